"""The office says that it has it: by its own link, signed in, or on paper. Once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kanal.circulars import actions, personal
from kanal.circulars.models import Fate, How, Notice
from kanal.circulars.tests.story import (
    TODAY,
    a_circular,
    came_back,
    is_proven,
    notice_of,
    offices,
    served,
    standing_of,
)
from kanal.directory.models import RoleKind
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from tests.factories import a_user, a_verifier

WHO = {"name": "Siti Maesaroh", "post": "Sekretaris Lurah"}


@pytest.fixture
def notice(jakarta, admin) -> Notice:
    unit, _other = offices(["a@contoh.go.id", "b@contoh.go.id"])
    return notice_of(unit, served(a_circular(admin), admin))


@pytest.fixture
def link(notice) -> str:
    return reverse("circulars:personal", args=[notice.token])


def again(notice: Notice) -> Notice:
    return Notice.objects.with_fate().get(pk=notice.pk)


def test_opening_the_link_says_nothing(client, notice, link):
    for _n in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert client.get(link, WHO).status_code == 200
    assert again(notice).acknowledged_on is None
    assert not Entry.objects.filter(verb="acknowledge-circular").exists()


def test_the_page_shows_the_letter_and_one_button(client, notice, link):
    page = client.get(link)
    said = page.content.decode()
    assert notice.circular.name in said
    assert notice.unit.name in said
    assert "Kami sudah menerima" in said
    assert 'name="robots" content="noindex' in said
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_link_opens_the_letter_itself(client, notice):
    address = reverse("circulars:personal-file", args=[notice.token])
    answer = client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "attachment" in client.get(address, {"unduh": "1"}).headers["Content-Disposition"]


def test_pressing_acknowledges_once(client, notice, link):
    answer = client.post(link, WHO, follow=True)
    assert "Kantor ini menyatakan sudah menerima sejak" in answer.content.decode()
    found = again(notice)
    assert (found.acknowledged_on, found.acknowledged_how) == (TODAY, How.LINK)
    assert (found.acknowledged_name, found.acknowledged_post) == (WHO["name"], WHO["post"])
    assert (found.fate, found.recorded_by) == (Fate.ACKNOWLEDGED, None)
    client.post(link, {"name": "Orang Lain", "post": "x"})
    assert again(notice).acknowledged_name == WHO["name"]
    told = Entry.objects.get(verb="acknowledge-circular")
    assert (told.actor_id, told.actor_name) == (None, "Pemegang tautan kantor")
    assert told.unit == notice.unit.code
    assert told.after["how"] == "link"


def test_later_visitors_are_not_told_who(client, notice, link):
    client.post(link, WHO)
    said = client.get(link).content.decode()
    assert WHO["name"] not in said
    assert "<form" not in said.partition("<main")[2].partition("</main>")[0]


def test_a_name_is_needed(client, notice, link):
    assert client.post(link, {"name": " ", "post": ""}).status_code == 422
    assert again(notice).acknowledged_on is None


def test_what_is_typed_stays_text(client, desk, notice, link):
    client.post(link, {"name": "<script>x</script>", "post": "'\"><b>"})
    said = desk.get(reverse("circulars:unit", args=[notice.unit.code])).content.decode()
    assert "<script>x" not in said
    assert "&lt;script&gt;x" in said


def test_a_page_of_another_place_cannot_press(notice, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, WHO).status_code == 403
    assert again(notice).acknowledged_on is None


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "x" * 32,
        "x" * 5000,
        "..",
        "%00",
        "%F0%9F%92%A9" * 9,
        "' or 1=1 --aaaaaaaaaaaaaaa",
        "a%2Fb",
    ],
)
def test_hostile_keys_open_nothing(client, notice, token):
    for path in (f"/p/{token}/", f"/p/{token}/berkas/"):
        assert client.get(path).status_code == 404
        assert client.post(path, WHO).status_code in (404, 405)


def test_one_address_asks_so_often_and_no_more(client, notice, link, monkeypatch):
    monkeypatch.setattr(personal, "VISITS", 2)
    assert [client.get(link).status_code for _n in range(3)] == [200, 200, 429]


def test_signed_in_the_offices_own_people_press(client, notice):
    head = a_user(RoleKind.UNIT_HEAD, notice.unit, name="Hendra Gunawan")
    client.force_login(head)
    page = client.get(reverse("circulars:unit", args=[notice.unit.code]))
    assert "Kami sudah menerima" in page.content.decode()
    press = reverse("circulars:acknowledge", args=[notice.pk])
    assert client.get(press).status_code == 405
    assert client.post(press).status_code == 302
    found = again(notice)
    assert (found.acknowledged_name, found.acknowledged_how) == ("Hendra Gunawan", How.OFFICE)
    assert (found.acknowledged_post, found.recorded_by) == ("Kepala kantor", head)
    assert client.post(press).status_code == 409
    assert Entry.objects.get(verb="acknowledge-circular").actor_id == head.pk


def test_another_offices_people_do_not(client, jakarta, notice):
    (other,) = offices(["c@contoh.go.id"])
    client.force_login(a_user(RoleKind.OFFICER, other))
    assert client.post(reverse("circulars:acknowledge", args=[notice.pk])).status_code == 403
    assert client.get(reverse("circulars:unit", args=[notice.unit.code])).status_code == 403
    with pytest.raises(NotAllowed):
        actions.acknowledge_for_office(
            notice=notice, by=a_verifier(government=jakarta), post="", today=TODAY
        )
    assert again(notice).acknowledged_on is None


def test_a_signed_sheet_is_recorded(desk, notice):
    page = reverse("circulars:paper", args=[notice.pk])
    assert desk.get(page).status_code == 200
    early = {**WHO, "on": (TODAY - timedelta(days=9)).isoformat()}
    assert desk.post(page, early).status_code == 422
    late = {**WHO, "on": (TODAY + timedelta(days=1)).isoformat()}
    assert desk.post(page, late).status_code == 422
    assert desk.post(page, {**WHO, "on": TODAY.isoformat()}).status_code == 302
    assert again(notice).acknowledged_how == How.PAPER
    assert "Sudah diterima pada" in desk.get(page).content.decode()


def test_whoever_has_it_is_reached_although_the_mail_came_back(jakarta, admin, notice):
    actions.draft_instruction(mandate=jakarta.mandates.get(), by=admin)
    came_back(notice.unit)
    assert standing_of(notice.unit).undelivered_since == TODAY
    actions.acknowledge_by_link(notice=notice, **WHO, today=TODAY)
    assert standing_of(notice.unit).undelivered_since is None
    assert is_proven(jakarta)


def test_the_instructions_day_is_in_the_standing(jakarta, admin, mandate):
    (unit,) = offices(["a@contoh.go.id"])
    circular = served(actions.draft_instruction(mandate=mandate, by=admin), admin)
    actions.acknowledge_by_link(notice=notice_of(unit, circular), **WHO, today=TODAY)
    row = standing_of(unit)
    assert (row.served_on, row.acknowledged_on) == (TODAY, TODAY)
    assert is_proven(jakarta)


def test_printed_counts_as_on_its_way(jakarta, admin):
    (unit,) = offices([""])
    circular = served(a_circular(admin), admin)
    assert standing_of(unit).undelivered_since == TODAY
    marked = [notice_of(unit).pk, 10**12]
    assert actions.mark_printed(circular=circular, notices=marked, by=admin, today=TODAY) == 1
    assert actions.mark_printed(circular=circular, notices=marked, by=admin, today=TODAY) == 0
    assert notice_of(unit).fate == Fate.PRINTED
    assert standing_of(unit).undelivered_since is None
    assert is_proven(jakarta)
