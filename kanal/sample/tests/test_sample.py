"""The sample is a living office that could have been; it goes again without a trace on what is real."""

from datetime import date, timedelta
from io import StringIO
from itertools import pairwise

import pytest

from kanal.appointments.models import Appointment, Letter, LetterState
from kanal.compliance import rows
from kanal.compliance.actions import rebuild
from kanal.compliance.stages import Stage
from kanal.digests.making import make
from kanal.digests.models import Dispatch, Making, Sheet, Subscription
from kanal.digests.sending import KIND, send
from kanal.digests.subscriptions import stop_by_link
from kanal.directory.models import Government, Headship, Person, Posting, Unit, User
from kanal.intake.models import AgendaBook, Receipt
from kanal.journal.actions import SYSTEM
from kanal.journal.models import Entry
from kanal.lib.dates import today
from kanal.lib.identity import IdentityKind, parse
from kanal.mandates.models import Mandate
from kanal.post.models import Outgoing
from kanal.register.models import Account, NilReturn
from kanal.sample.invent import handle
from kanal.sample.loading import ensure
from kanal.sample.removing import remove
from kanal.sample.year import SHOWN
from tests.factories import a_clerk, a_letter, accepted

pytestmark = pytest.mark.django_db
FEW_LEAVE = 5


@pytest.fixture
def office() -> Government:
    ensure(empty=False, out=StringIO())
    return Government.objects.get()


def test_it_is_marked_told_and_true(office: Government) -> None:
    assert office.is_sample
    assert rebuild(government=office, today=today(), check=True).differences == []
    invented = Account.objects.filter(is_sample=True)
    assert invented.count() > 300
    assert all("contoh" in account.handle for account in invented)
    sourced = Account.objects.filter(is_sample=False)
    assert sourced.count() == 32
    assert set(sourced.values_list("state", flat=True)) == {"declared"}
    for person in Person.objects.exclude(identity_kind="tanpa"):
        parse(IdentityKind(person.identity_kind), person.identity_number)


def test_its_agenda_has_no_gap(office: Government) -> None:
    for book in AgendaBook.objects.all():
        numbers = Receipt.objects.filter(agenda_year=book.year).values_list(
            "agenda_number", flat=True
        )
        assert sorted(numbers) == list(range(1, book.last + 1))


def test_a_second_start_loads_nothing(office: Government) -> None:
    before = Letter.objects.count(), Account.objects.count(), User.objects.count()
    told = StringIO()
    ensure(empty=False, out=told)
    assert (Letter.objects.count(), Account.objects.count(), User.objects.count()) == before
    assert "verifikator@" in told.getvalue()


def test_it_goes_and_what_is_real_stays(office: Government) -> None:
    tebet = Unit.objects.get(code="31.74.01")
    real = accepted(a_letter(tebet, by=a_clerk(tebet), dated=date(2026, 11, 2)))
    gone = remove(government=office, today=today())
    assert gone.letters > 300
    assert list(Letter.objects.all()) == [real]
    assert not Account.objects.filter(is_sample=True).exists()
    assert not NilReturn.objects.filter(is_sample=True).exists()
    assert Appointment.objects.known().get().letter == real
    assert not User.objects.filter(is_sample=True, is_active=True).exists()
    assert Account.objects.count() == 32
    office.refresh_from_db()
    assert not office.is_sample
    assert rebuild(government=office, today=today(), check=True).differences == []


def test_its_sheets_of_two_months_wait_for_the_worker_and_go_with_it(
    office: Government,
) -> None:
    assert Making.objects.filter(ended_at=None).count() == 2
    making = Making.objects.earliest("month")
    sheet = make(making)
    assert sheet is not None
    assert sheet.is_sample
    send(sheet=sheet, by=SYSTEM)
    reader = User.objects.get(email__startswith="pimpinan@")
    mails = Outgoing.objects.filter(kind=KIND)
    assert mails.get().to == reader.email
    stop_by_link(user=reader)
    remove(government=office, today=today())
    assert not mails.exists()
    for gone in (Sheet, Making, Dispatch, Subscription):
        assert not gone.objects.exists()


def test_empty_has_offices_and_one_administrator() -> None:
    told = StringIO()
    ensure(empty=True, out=told)
    assert User.objects.count() == 1
    assert Unit.objects.count() == 376
    assert not Letter.objects.exists()
    assert "kata sandi" in told.getvalue()


def test_invented_handles_say_so_or_are_not_made() -> None:
    assert handle("Kelurahan Tebet Barat", "instagram") == "keltebetbarat.contoh"
    assert handle("Kelurahan Tebet Barat", "x") is None
    assert handle("Kelurahan Ancol", "x") == "ancol_contoh"


def test_whoever_heads_an_office_is_one_civil_servant_of_fitting_rank(office: Government) -> None:
    heads = Headship.objects.filter(unit__government=office).select_related("person", "unit")
    assert all(head.person.identity_kind == IdentityKind.NIP for head in heads)
    ranks = {
        (posting.unit.unit_class, posting.rank.rpartition("(")[2])
        for posting in Posting.objects.filter(person__in=heads.values("person")).select_related(
            "unit"
        )
    }
    assert {rank for kind, rank in ranks if kind == "kelurahan"} == {"III/c)", "III/d)"}
    assert {rank for kind, rank in ranks if kind == "kecamatan"} == {"IV/a)"}
    signs_in = User.objects.get(email__startswith="lurah@")
    assert signs_in.person is not None
    assert signs_in.person.name == signs_in.name
    assert Headship.objects.get(unit__code=SHOWN).person == signs_in.person
    letters = Letter.objects.filter(unit__code=SHOWN)
    assert {letter.signer_name for letter in letters} == {signs_in.person.full_name}
    named = User.objects.get(email__startswith="petugas@").person
    assert Appointment.objects.known().on(today()).filter(unit__code=SHOWN, person=named).exists()


def test_letters_stand_in_every_state_and_in_the_journal(office: Government) -> None:
    assert set(Letter.objects.values_list("state", flat=True)) == set(LetterState.values)
    told = Entry.objects.filter(verb="load-sample-letter", unit=SHOWN)
    assert told.count() == Letter.objects.filter(unit__code=SHOWN).count()


def test_the_year_fills_month_by_month(office: Government) -> None:
    """Complete offices at the end of each month, up to today."""
    mandate, day = Mandate.objects.get(), today()
    ends = [day.replace(day=1) - timedelta(days=1)]
    while len(ends) < 6:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    counts = [
        sum(one.stage == Stage.COMPLETE for one in rows.staged(rows.on(mandate, end), end))
        for end in [*reversed(ends), day]
    ]
    steps = [later - earlier for earlier, later in pairwise(counts)]
    # Officers who leave take a few offices back; which month that falls into depends on the day.
    assert min(steps) >= -FEW_LEAVE
    assert sum(step > 0 for step in steps) >= len(steps) - 2
    assert counts[-1] > counts[0]
