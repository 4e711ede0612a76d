"""The pages of mail settings and of what is sent."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.directory.models import RoleKind
from kanal.journal.models import Entry
from kanal.lib.secrets import SealBroken, seal, unseal
from kanal.post import oauth, outbox
from kanal.post.connecting import Unreachable
from kanal.post.models import DeadAddress, Mailbox, Outgoing, Sender, SignIn, State
from tests.factories import a_government, a_user, a_verifier

pytestmark = pytest.mark.django_db

SECRET = "rahasia-yang-panjang"
BOX = {
    "name": "Surat penunjukan",
    "host": "surel.invalid",
    "port": "993",
    "security": "tls",
    "folder": "INBOX",
    "user": "surat@contoh.go.id",
    "sign_in": "password",
    "secret": SECRET,
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(a_user(RoleKind.ADMINISTRATOR))
    return client


def test_an_empty_page_says_what_to_do(admin: Client) -> None:
    page = admin.get(reverse("post:settings")).content.decode()
    assert "Belum ada kotak surat." in page
    assert "Belum ada server pengirim" in page


def test_a_mailbox_is_added_tried_and_its_password_never_shown(admin: Client) -> None:
    page = admin.post(reverse("post:add-mailbox"), BOX, follow=True).content.decode()
    assert "Nama server tidak ditemukan." in page
    box = Mailbox.objects.get()
    assert box.opened_secret == SECRET
    assert box.problem == "dns"
    shown = admin.get(reverse("post:mailbox", args=[box.pk])).content.decode()
    for text in (page, shown, box.secret, json.dumps(list(Entry.objects.values("after")))):
        assert SECRET not in text


def test_a_new_server_asks_for_the_password_anew(admin: Client) -> None:
    admin.post(reverse("post:add-mailbox"), BOX)
    box = Mailbox.objects.get()
    address = reverse("post:mailbox", args=[box.pk])
    kept = admin.post(address, {**BOX, "secret": "", "folder": "Surat"})
    assert kept.status_code == 302
    stolen = admin.post(address, {**BOX, "secret": "", "host": "jahat.invalid"})
    assert stolen.status_code == 422
    box.refresh_from_db()
    assert (box.host, box.folder, box.opened_secret) == ("surel.invalid", "Surat", SECRET)


def test_one_mailbox_once_and_again_after_it_was_ended(admin: Client) -> None:
    admin.post(reverse("post:add-mailbox"), BOX)
    assert admin.post(reverse("post:add-mailbox"), BOX).status_code == 422
    box = Mailbox.objects.get()
    admin.post(reverse("post:end-mailbox", args=[box.pk]))
    box.refresh_from_db()
    assert box.secret == ""
    assert admin.post(reverse("post:add-mailbox"), BOX).status_code == 302
    assert admin.post(reverse("post:try-mailbox", args=[box.pk])).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": "https://surel.contoh.id/"}, "host"),
        ({"security": "none"}, "security"),
        ({"secret": ""}, "secret"),
        ({"user": "a\x07b"}, "user"),
        ({"sign_in": "oauth2"}, "client_id"),
        (
            {"sign_in": "oauth2", "client_id": "x", "token_endpoint": "http://a.id/"},
            "token_endpoint",
        ),
    ],
)
def test_mistakes_stand_at_their_field(admin: Client, change: dict[str, str], field: str) -> None:
    answer = admin.post(reverse("post:add-mailbox"), {**BOX, **change})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_the_sender_is_set_and_wakes_what_waits(admin: Client) -> None:
    given = {
        "host": "127.0.0.1",
        "port": "1",
        "security": "none",
        "address": "surat@Contoh.go.id",
        "name": "Diskominfotik",
    }
    page = admin.post(reverse("post:sender"), given, follow=True).content.decode()
    assert "Server tidak menerima sambungan." in page
    assert Sender.objects.get().address == "surat@contoh.go.id"
    assert admin.post(reverse("post:sender"), {**given, "host": "luar.id"}).status_code == 422


def test_the_outbox_shows_what_did_not_arrive_and_sends_it_again(admin: Client) -> None:
    DeadAddress.objects.create(
        government=a_government(), address="mati@contoh.id", bounced_at=timezone.now()
    )
    message = outbox.enqueue(
        government_id=a_government().pk,
        draft=outbox.Draft(
            key="k", kind="t", to="mati@contoh.id", subject="Pengingat <b>", text="Isi"
        ),
    )
    page = admin.get(reverse("post:outbox"), {"keadaan": "gagal"}).content.decode()
    assert "memantulkan surel" in page
    assert "Pengingat &lt;b&gt;" in page
    admin.post(reverse("post:revive-address", args=[DeadAddress.objects.get().pk]))
    admin.post(reverse("post:send-again", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == State.WAITING
    assert "Isi" in admin.get(reverse("post:message", args=[message.pk])).content.decode()


def test_a_verifier_reads_the_outbox_and_changes_nothing(client: Client) -> None:
    client.force_login(a_verifier())
    assert client.get(reverse("post:outbox")).status_code == 200
    assert client.get(reverse("post:settings")).status_code == 403
    assert client.post(reverse("post:add-mailbox"), BOX).status_code == 403


def test_another_governments_mail_is_not_there(admin: Client) -> None:
    other = a_government(code="32", name="Lain", short_name="Lain")
    message = outbox.enqueue(
        government_id=other.pk,
        draft=outbox.Draft(key="k", kind="t", to="a@b.id", subject="s", text="t"),
    )
    assert admin.get(reverse("post:message", args=[message.pk])).status_code == 404
    assert "a@b.id" not in admin.get(reverse("post:outbox")).content.decode()


def test_the_outbox_asks_as_much_for_many_as_for_one(
    admin: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        Outgoing.objects.get_or_create(
            government=a_government(),
            key=str(number),
            defaults={
                "kind": "t",
                "to": f"k{number}@b.id",
                "subject": "s",
                "text": "t",
                "message_id": f"<{number}@x>",
                "made_at": timezone.now(),
                "due_at": timezone.now(),
            },
        )
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        admin.get(reverse("post:outbox"))


def test_what_is_sealed_opens_for_its_own_purpose_only() -> None:
    sealed = seal("rahasia", "satu")
    assert "rahasia" not in sealed
    assert unseal(sealed, "satu") == "rahasia"
    for wrong in (sealed, sealed[:-4] + "AAAA", ""):
        with pytest.raises(SealBroken):
            unseal(wrong, "dua")


class _Provider(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []
    answer: tuple[int, dict[str, str]] = (200, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append(body)
        status, told = self.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_words: object) -> None:
        return


@pytest.fixture
def provider() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), _Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Provider.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}/token"
    server.shutdown()
    server.server_close()


def an_oauth_box(endpoint: str) -> Mailbox:
    return Mailbox.objects.create(
        government=a_government(),
        name="Gmail",
        host="imap.invalid",
        user="a@b.id",
        sign_in=SignIn.OAUTH2,
        secret=seal("token-lama", "mailbox"),
        client_id="klien",
        client_secret=seal("rahasia-klien", "mailbox client"),
        token_endpoint=endpoint,
    )


def test_a_refresh_token_becomes_an_access_token_and_its_successor_is_kept(provider: str) -> None:
    _Provider.answer = (200, {"access_token": "masuk", "refresh_token": "token-baru"})
    box = an_oauth_box(provider)
    assert oauth.access_token(box) == "masuk"
    assert "refresh_token=token-lama" in _Provider.asked[0]
    box.refresh_from_db()
    assert box.opened_secret == "token-baru"


def test_a_withdrawn_permission_is_said_without_the_token(provider: str) -> None:
    _Provider.answer = (400, {"error": "invalid_grant"})
    with pytest.raises(Unreachable) as failed:
        oauth.access_token(an_oauth_box(provider))
    assert (failed.value.code, failed.value.detail) == ("token", "400 invalid_grant")
    assert "token-lama" not in str(failed.value)
