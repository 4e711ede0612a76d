"""The office says that it has it: by its own link, signed in, or on paper. Once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kanal.circulars import actions, addressing, personal
from kanal.circulars.models import Acknowledgement, Fate, How, Notice
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
from kanal.directory.models import UNIT_ROLES, RoleKind
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from tests.factories import GovernmentFactory, a_user, a_verifier

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
    assert again(notice).acknowledgement is None
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
    given = found.acknowledgements.get()
    assert (given.given_on, given.how) == (TODAY, How.LINK)
    assert (given.name, given.post) == (WHO["name"], WHO["post"])
    assert (found.fate, given.recorded_by) == (Fate.ACKNOWLEDGED, None)
    client.post(link, {"name": "Orang Lain", "post": "x"})
    assert again(notice).acknowledgements.get().name == WHO["name"]
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
    assert again(notice).acknowledgement is None


def test_what_is_typed_stays_text(client, desk, notice, link):
    client.post(link, {"name": "<script>x</script>", "post": "'\"><b>"})
    said = desk.get(reverse("circulars:unit", args=[notice.unit.code])).content.decode()
    assert "<script>x" not in said
    assert "&lt;script&gt;x" in said


def test_a_page_of_another_place_cannot_press(notice, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, WHO).status_code == 403
    assert again(notice).acknowledgement is None


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
    given = again(notice).acknowledgements.get()
    assert (given.name, given.how) == ("Hendra Gunawan", How.OFFICE)
    assert (given.post, given.recorded_by) == ("Kepala kantor", head)
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
    assert again(notice).acknowledgement is None


def test_a_signed_sheet_is_recorded(desk, notice):
    page = reverse("circulars:paper", args=[notice.pk])
    assert desk.get(page).status_code == 200
    early = {**WHO, "on": (TODAY - timedelta(days=9)).isoformat()}
    assert desk.post(page, early).status_code == 422
    late = {**WHO, "on": (TODAY + timedelta(days=1)).isoformat()}
    assert desk.post(page, late).status_code == 422
    assert desk.post(page, {**WHO, "on": TODAY.isoformat()}).status_code == 302
    assert again(notice).acknowledgements.get().how == How.PAPER
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


class TestVoid:
    """A mistaken one is ended with its reason; nothing of it is rewritten."""

    @pytest.fixture
    def given(self, notice) -> Acknowledgement:
        actions.acknowledge_by_link(notice=notice, **WHO, today=TODAY)
        return notice.acknowledgements.get()

    def void(self, given, by, reason="Ditekan kantor lain"):
        actions.void_acknowledgement(acknowledgement=given, reason=reason, by=by, today=TODAY)

    @pytest.mark.parametrize("kind", [RoleKind.ADMINISTRATOR, RoleKind.VERIFIER])
    def test_it_counts_no_more_and_stays_as_it_was(self, jakarta, notice, given, kind):
        by = a_user(kind, government=jakarta, name="Ratna Dewanti")
        before = (given.given_on, given.how, given.name, given.post, given.recorded_at)
        self.void(given, by, "  Ditekan   kantor lain ")
        given.refresh_from_db()
        assert (given.given_on, given.how, given.name, given.post, given.recorded_at) == before
        assert (given.voided_by, given.voided_by_name) == (by, "Ratna Dewanti")
        assert given.void_reason == "Ditekan kantor lain"
        assert again(notice).acknowledgement is None
        assert again(notice).fate == Fate.WAITING
        told = Entry.objects.get(verb="void-acknowledgement")
        assert (told.actor_id, told.unit) == (by.pk, notice.unit.code)
        assert told.before["name"] == WHO["name"]
        assert told.after == {"reason": "Ditekan kantor lain"}

    def test_the_office_can_say_so_again_and_it_can_be_voided_again(self, admin, notice, given):
        self.void(given, admin)
        actions.acknowledge_by_link(notice=notice, name="Dewi", post="", today=TODAY)
        second = notice.acknowledgements.standing().get()
        with pytest.raises(actions.AlreadyVoided):
            self.void(given, admin)
        assert notice.acknowledgements.standing().get() == second
        self.void(second, admin, "Keliru lagi")
        assert [each.name for each in again(notice).voided] == [WHO["name"], "Dewi"]

    def test_the_standing_and_the_board_follow(self, jakarta, admin, mandate):
        unit, _other = offices(["a@contoh.go.id", "b@contoh.go.id"])
        circular = served(actions.draft_instruction(mandate=mandate, by=admin), admin)
        notice = notice_of(unit, circular)
        came_back(unit)
        actions.acknowledge_by_link(notice=notice, **WHO, today=TODAY)
        assert standing_of(unit).acknowledged_on == TODAY
        assert standing_of(unit).undelivered_since is None
        assert not addressing.mended(circular).filter(pk=unit.pk).exists()
        self.void(notice.acknowledgements.get(), admin)
        assert standing_of(unit).acknowledged_on is None
        assert standing_of(unit).undelivered_since == TODAY
        assert again(notice).fate == Fate.FAILED
        assert Notice.objects.unreached().filter(pk=notice.pk).exists()
        assert is_proven(jakarta)

    def test_a_reason_is_needed(self, admin, given):
        with pytest.raises(actions.CircularRefused) as refused:
            self.void(given, admin, "  ")
        assert refused.value.field == "reason"
        assert Acknowledgement.objects.standing().count() == 1

    @pytest.mark.parametrize(
        "kind", [RoleKind.UNIT_HEAD, RoleKind.OFFICER, RoleKind.INSPECTOR, RoleKind.READER]
    )
    def test_nobody_else_does(self, jakarta, notice, given, kind):
        bound = notice.unit if kind in UNIT_ROLES else None
        with pytest.raises(NotAllowed):
            self.void(given, a_user(kind, bound, government=jakarta))
        for kind_far in (RoleKind.ADMINISTRATOR, RoleKind.VERIFIER):
            stranger = a_user(kind_far, government=GovernmentFactory(code="32"))
            with pytest.raises(NotAllowed):
                self.void(given, stranger)
            client = Client()
            client.force_login(stranger)
            page = reverse("circulars:void", args=[given.pk])
            assert client.post(page, {"reason": "x"}).status_code == 404
        assert Acknowledgement.objects.standing().get() == given
        assert not Entry.objects.filter(verb="void-acknowledgement").exists()

    def test_the_database_holds_it(self, admin, notice, given):
        twin = Acknowledgement(
            notice=notice, given_on=TODAY, how=How.PAPER, name="x", recorded_at=given.recorded_at
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            Acknowledgement.objects.update(voided_at=given.recorded_at)

    def test_in_the_browser(self, desk, client, notice, given, link):
        own = reverse("circulars:unit", args=[notice.unit.code])
        page = reverse("circulars:void", args=[given.pk])
        assert page in desk.get(own).content.decode()
        asked = desk.get(page).content.decode()
        assert WHO["name"] in asked
        assert desk.post(page, {"reason": " "}).status_code == 422
        after = desk.post(page, {"reason": "<b>Salah tekan"}, follow=True).content.decode()
        assert "Penerimaan yang dibatalkan" in after
        assert "&lt;b&gt;Salah tekan" in after
        assert page not in after
        assert "Sudah dibatalkan pada" in desk.get(page).content.decode()
        assert desk.post(page, {"reason": "lagi"}).status_code == 409
        assert "Kami sudah menerima" in client.get(link).content.decode()
        client.post(link, WHO)
        assert again(notice).fate == Fate.ACKNOWLEDGED

    def test_a_sheet_of_paper_may_follow(self, desk, admin, notice, given):
        self.void(given, admin)
        page = reverse("circulars:paper", args=[notice.pk])
        assert desk.post(page, {**WHO, "on": TODAY.isoformat()}).status_code == 302
        assert again(notice).acknowledgement.how == How.PAPER
