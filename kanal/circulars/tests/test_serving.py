"""Each office is brought it once: pressed twice, cut off in between, opened later."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kanal.circulars import actions, addressing, serving, watching, wording
from kanal.circulars.models import (
    Acknowledgement,
    Circular,
    Errand,
    Fate,
    Notice,
    Service,
)
from kanal.circulars.standing import columns
from kanal.circulars.tests.story import (
    TODAY,
    a_circular,
    a_mandate,
    an_admin,
    arrived,
    came_back,
    is_proven,
    mailed,
    notice_of,
    offices,
    served,
    standing_of,
)
from kanal.directory.models import RoleKind, UnitClass
from kanal.directory.units import change_contact
from kanal.journal.models import Entry
from kanal.lib import addresses
from kanal.lib.files import FileMistake
from kanal.lib.refusal import NotAllowed
from kanal.mandates.models import Mandate
from kanal.post.models import DeadAddress, Outgoing, State
from kanal.post.outbox import tidy_address
from tests.factories import a_government, a_user, a_verifier, an_office, pdf_bytes


def test_each_office_gets_its_own_link(jakarta, admin):
    tebet, menteng, without = offices(["tebet@contoh.go.id", "menteng@contoh.go.id", ""])
    circular = served(a_circular(admin), admin)
    first, second = mailed(tebet), mailed(menteng)
    assert first.key == f"circular:{circular.pk}:{tebet.pk}"
    assert (first.kind, first.is_generated, first.to) == ("circular", True, "tebet@contoh.go.id")
    assert wording.link_of(notice_of(tebet).token) in first.text
    assert notice_of(menteng).token not in first.text
    assert len(notice_of(tebet).token) >= 32
    assert [each["name"] for each in second.attachments] == ["edaran.pdf"]
    assert notice_of(without).fate == Fate.NO_ADDRESS
    assert notice_of(tebet).fate == Fate.WAITING
    assert Service.objects.get().done_at is not None
    assert (Service.objects.get().offices, Service.objects.get().messages) == (3, 2)


def test_pressing_twice_sends_once(jakarta, admin):
    offices(["a@contoh.go.id", "b@contoh.go.id"])
    circular = a_circular(admin)
    first = actions.serve(circular=circular, by=admin, today=TODAY)
    assert actions.serve(circular=circular, by=admin, today=TODAY).pk == first.pk
    serving.work_off()
    serving.work_off()
    with pytest.raises(actions.NobodyLeft):
        actions.serve(circular=circular, by=admin, today=TODAY)
    assert (Notice.objects.count(), Outgoing.objects.count()) == (2, 2)


def test_cut_off_between_the_messages_and_the_rows_it_begins_again(jakarta, admin, monkeypatch):
    offices([f"k{n}@contoh.go.id" for n in range(5)])
    actions.serve(circular=a_circular(admin), by=admin, today=TODAY)
    service = Service.objects.get()
    assert serving.serve_next(service.pk, at_once=2) == 2

    class Killed(Exception):
        pass

    def killed(*_rows):
        raise Killed

    with monkeypatch.context() as cut:
        cut.setattr(Notice.objects, "bulk_create", killed, raising=False)
        with pytest.raises(Killed):
            serving.serve_next(service.pk, at_once=2)
    assert (Notice.objects.count(), Outgoing.objects.count()) == (2, 2)
    serving.work_off()
    assert (Notice.objects.count(), Outgoing.objects.count()) == (5, 5)
    for notice in Notice.objects.select_related("message"):
        assert notice.message is not None
        assert notice.token in notice.message.text


def test_offices_opened_later_are_brought_it_alone(jakarta, admin):
    offices(["a@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    (later,) = offices(["baru@contoh.go.id"])
    assert addressing.left(circular, TODAY).get() == later
    served(circular, admin)
    assert Outgoing.objects.count() == 2
    assert [each.offices for each in Service.objects.order_by("pk")] == [1, 1]


def test_only_open_offices_of_the_classes_addressed(jakarta, admin):
    an_office(government=jakarta, email="b@contoh.go.id", unit_class=UnitClass.BUREAU)
    an_office(government=jakarta, email="c@contoh.go.id", closed_on=TODAY)
    an_office(government=jakarta, email="d@contoh.go.id", opened_on=TODAY + timedelta(days=1))
    (meant,) = offices(["a@contoh.go.id"])
    served(a_circular(admin), admin)
    assert [notice.unit_id for notice in Notice.objects.all()] == [meant.pk]


def test_a_dead_address_is_told_before_and_after(jakarta, admin):
    DeadAddress.objects.create(
        government=jakarta, address="mati@contoh.go.id", bounced_at="2026-01-01T00:00:00Z"
    )
    dead, alive, none = offices(["Mati@contoh.go.id", "hidup@contoh.go.id", "bukan alamat"])
    circular = a_circular(admin)
    reach = addressing.reach(addressing.left(circular, TODAY))
    assert (reach.units, reach.by_mail, reach.dead, reach.without) == (3, 1, 1, 1)
    served(circular, admin)
    assert notice_of(dead).fate == Fate.FAILED
    assert notice_of(none).fate == Fate.NO_ADDRESS
    assert standing_of(dead).undelivered_since == TODAY
    assert standing_of(none).undelivered_since == TODAY
    assert standing_of(alive).undelivered_since is None
    assert is_proven(jakarta)


def test_back_it_comes_and_the_mark_goes_once_the_address_is_mended(jakarta, admin):
    tebet, menteng = offices(["lama@contoh.go.id", "menteng@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    arrived(tebet, menteng)
    assert notice_of(tebet).fate == Fate.SENT
    came_back(tebet)
    assert notice_of(tebet).fate == Fate.FAILED
    assert standing_of(tebet).undelivered_since == TODAY
    assert standing_of(menteng).undelivered_since is None
    assert is_proven(jakarta)
    actions.mend_address(
        notice=notice_of(tebet), email=" baru@contoh.go.id ", by=admin, today=TODAY
    )
    again = mailed(tebet)
    assert (again.to, again.key) == (
        "baru@contoh.go.id",
        f"circular:{circular.pk}:{tebet.pk}:2",
    )
    assert notice_of(tebet).token in again.text
    assert notice_of(tebet).fate == Fate.WAITING
    assert standing_of(tebet).undelivered_since is None
    tebet.refresh_from_db()
    assert tebet.email == "baru@contoh.go.id"
    assert is_proven(jakarta)
    assert Outgoing.objects.filter(unit=menteng).count() == 1


def test_mended_by_import_they_are_sent_again_together_and_once(jakarta, admin):
    units = offices(["a@contoh.go.id", "b@contoh.go.id", "", "d@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    arrived(*units)
    came_back(units[0], units[1])
    DeadAddress.objects.create(
        government=jakarta, address="b@contoh.go.id", bounced_at="2026-11-01T00:00:00Z"
    )
    units[0].email, units[2].email = "a.baru@contoh.go.id", "c@contoh.go.id"
    units[0].save()
    units[2].save()
    assert {unit.pk for unit in addressing.mended(circular)} == {units[0].pk, units[2].pk}
    service = actions.serve_again(circular=circular, by=admin, today=TODAY)
    assert service.errand == Errand.AGAIN
    serving.work_off()
    assert {notice_of(unit).fate for unit in (units[0], units[2])} == {Fate.WAITING}
    assert notice_of(units[1]).fate == Fate.FAILED
    assert Outgoing.objects.filter(state=State.WAITING).count() == 2
    with pytest.raises(actions.NobodyLeft):
        actions.serve_again(circular=circular, by=admin, today=TODAY)
    assert is_proven(jakarta)


def test_sent_again_from_the_outbox_the_mark_goes_by_itself(jakarta, admin):
    (unit,) = offices(["a@contoh.go.id"])
    served(a_circular(admin), admin)
    Outgoing.objects.update(state=State.REFUSED, problem="permanent")
    came = serving_watch()
    assert (came, standing_of(unit).undelivered_since) == (1, TODAY)
    Outgoing.objects.update(state=State.WAITING)
    assert serving_watch() == 1
    assert standing_of(unit).undelivered_since is None
    assert serving_watch() == 0


def serving_watch() -> int:
    return watching.refresh_all()


def test_the_number_of_queries_is_the_same_for_few_and_for_many(jakarta, admin):
    def queries(count: int) -> int:
        made = offices([f"{jakarta.pk}.{count}.{n}@contoh.go.id" for n in range(count)])
        actions.serve(circular=a_circular(admin, number=f"{count}/SE"), by=admin, today=TODAY)
        service = Service.objects.latest("pk")
        with CaptureQueriesContext(connection) as asked:
            assert serving.serve_next(service.pk) >= len(made)
        serving.work_off()
        return len(asked)

    queries(2)  # the first wakes the sender
    assert queries(3) == queries(40) < 30


def test_the_instruction_is_drafted_once_and_read_as_text(jakarta, admin, mandate):
    first = actions.draft_instruction(mandate=mandate, by=admin)
    assert actions.draft_instruction(mandate=mandate, by=admin).pk == first.pk
    assert first.name == "Instruksi Sekretaris Daerah Nomor 20 Tahun 2018"
    assert (first.text, first.kept_as) == (mandate.text, "")
    (unit,) = offices(["a@contoh.go.id"])
    served(first, admin)
    assert mailed(unit).attachments == []
    assert standing_of(unit).served_on == TODAY
    assert standing_of(unit).acknowledged_on is None


def test_the_instructions_own_file_is_attached(jakarta, admin, mandate):
    name = default_storage.save("dasar-hukum/x.pdf", ContentFile(pdf_bytes("Instruksi")))
    Mandate.objects.update(file=name, file_name="instruksi.pdf")
    mandate.refresh_from_db()
    circular = actions.draft_instruction(mandate=mandate, by=admin)
    assert circular.file_bytes > 0
    (unit,) = offices(["a@contoh.go.id"])
    served(circular, admin)
    assert mailed(unit).attachments[0]["kept_as"] == name


def test_a_large_file_goes_as_a_link(jakarta, admin, monkeypatch):
    monkeypatch.setattr(wording, "ATTACHED_UP_TO", 100)
    (unit,) = offices(["a@contoh.go.id"])
    served(a_circular(admin), admin)
    assert mailed(unit).attachments == []


def test_a_draft_goes_whole_and_what_was_served_stays(jakarta, admin):
    draft = a_circular(admin)
    assert default_storage.exists(draft.kept_as)
    actions.discard(circular=draft, by=admin)
    assert not Circular.objects.exists()
    offices(["a@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    with pytest.raises(actions.AlreadyServed):
        actions.discard(circular=circular, by=admin)


def test_what_is_no_pdf_is_refused_and_not_kept(jakarta, admin):
    facts = actions.CircularFacts(form="SE", number="1", dated=TODAY, subject="x")
    with pytest.raises(FileMistake):
        actions.draft_letter(
            mandate=jakarta.mandates.get(),
            facts=facts,
            file=SimpleUploadedFile("a.pdf", b"<html>"),
            by=admin,
            today=TODAY,
        )
    assert not Circular.objects.exists()


def test_an_ended_or_unconfirmed_mandate_is_not_served(jakarta, admin, mandate):
    offices(["a@contoh.go.id"])
    circular = a_circular(admin)
    Mandate.objects.update(in_force_until=TODAY)
    with pytest.raises(actions.CircularRefused):
        actions.serve(circular=circular, by=admin, today=TODAY)
    Mandate.objects.update(confirmed_at=None, confirmed_by_name="")
    mandate.refresh_from_db()
    with pytest.raises(actions.CircularRefused):
        actions.draft_instruction(mandate=mandate, by=admin)


@pytest.mark.parametrize("kind", [RoleKind.UNIT_HEAD, RoleKind.READER, RoleKind.INSPECTOR])
def test_whoever_does_not_serve_may_not(jakarta, admin, kind):
    (unit,) = offices(["a@contoh.go.id"])
    circular = a_circular(admin)
    bound = unit if kind == RoleKind.UNIT_HEAD else None
    user = a_user(kind, bound, government=jakarta)
    notice = notice_of(unit, served(circular, admin))
    for press in (
        lambda: actions.serve(circular=circular, by=user, today=TODAY),
        lambda: actions.serve_again(circular=circular, by=user, today=TODAY),
        lambda: actions.discard(circular=circular, by=user),
        lambda: actions.mark_printed(circular=circular, notices=[notice.pk], by=user, today=TODAY),
        lambda: actions.mend_address(notice=notice, email="x@y.id", by=user, today=TODAY),
        lambda: actions.record_paper(
            notice=notice, name="A", post="", on=TODAY, by=user, today=TODAY
        ),
    ):
        with pytest.raises(NotAllowed):
            press()


def test_another_government_presses_nothing_here(jakarta, admin):
    far = a_government(code="32", name="Jawa Barat", short_name="Jabar")
    a_mandate(far)
    stranger = an_admin(far)
    (unit,) = offices(["a@contoh.go.id"])
    circular = served(a_circular(admin), admin)
    with pytest.raises(NotAllowed):
        actions.serve(circular=circular, by=stranger, today=TODAY)
    with pytest.raises(NotAllowed):
        actions.mend_address(notice=notice_of(unit), email="x@y.id", by=stranger, today=TODAY)
    offices(["jauh@contoh.go.id"], far)
    served(a_circular(stranger), stranger)
    assert Notice.objects.filter(government=far).count() == 1
    assert Notice.objects.filter(government=jakarta).count() == 1


def test_the_journal_tells_who_sent_what(jakarta, admin):
    offices(["a@contoh.go.id"])
    served(a_circular(admin), admin)
    told = Entry.objects.filter(verb__contains="circular").order_by("pk")
    assert [(entry.verb, entry.actor_id) for entry in told] == [
        ("draft-circular", admin.pk),
        ("serve-circular", admin.pk),
        ("served-circular", None),
    ]
    assert told[2].after == {"offices": 1, "messages": 1}


def test_a_past_day_knows_what_had_not_come(jakarta, admin):
    (unit,) = offices(["a@contoh.go.id"])
    served(a_circular(admin), admin)
    assert columns(jakarta.pk, TODAY - timedelta(days=1)) == {}
    came_back(unit)
    actions.record_paper(
        notice=notice_of(unit),
        name="Siti",
        post="Sekretaris",
        on=TODAY,
        by=a_verifier(),
        today=TODAY + timedelta(days=3),
    )
    assert columns(jakarta.pk, TODAY)[unit.pk]["undelivered_since"] is None
    Acknowledgement.objects.update(given_on=TODAY + timedelta(days=2))
    assert columns(jakarta.pk, TODAY + timedelta(days=1))[unit.pk]["undelivered_since"] == TODAY
    assert columns(jakarta.pk, TODAY + timedelta(days=2))[unit.pk]["undelivered_since"] is None


@given(st.from_regex(addresses.USABLE, fullmatch=True).filter(lambda email: len(email) <= 254))
def test_what_counts_as_an_address_is_taken_by_the_outbox(email):
    assert addresses.usable(email) == email
    assert tidy_address(email).lower() == email.lower()


@pytest.mark.parametrize("email", ["a@b", "a..b@c.id", "a@b.id ", "a@b.id\n", "ü@b.id", "a b@c.id"])
def test_what_is_no_address_in_python_is_none_in_the_database(jakarta, admin, email):
    offices([email])
    assert addresses.usable(email) == ""
    assert addressing.reach(addressing.left(a_circular(admin), TODAY)).without == 1


def test_signs_in_an_offices_words_stay_what_they_are(jakarta, admin):
    (unit,) = offices(["a@contoh.go.id"])
    unit.name, unit.head_title = "Kantor 100% %(link)s", "Kepala {x} %s"
    unit.save()
    served(a_circular(admin, subject="Naik 5% %(unit)s"), admin)
    assert "Kantor 100% %(link)s" in mailed(unit).text
    assert "Naik 5% %(unit)s" in mailed(unit).text


def test_what_is_queued_keeps_the_address_it_was_written_for(jakarta, admin):
    (unit,) = offices(["lama@contoh.go.id"])
    served(a_circular(admin), admin)
    change_contact(unit=unit, email="baru@contoh.go.id", by=admin)
    assert mailed(unit).to == "lama@contoh.go.id"
    served(a_circular(admin, number="13/SE/2026"), admin)
    assert mailed(unit).to == "baru@contoh.go.id"
