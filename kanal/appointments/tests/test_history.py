"""Two times: since when it is so, and since when the register knows it. Neither is rewritten."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from kanal.appointments.chain import LaterLettersStandOnIt, instant
from kanal.appointments.models import Appointment, LetterKind
from kanal.appointments.tests.story import Story, wib
from kanal.register import actions as register
from kanal.register.models import Account, AccountState
from tests.factories import an_account, an_office, an_officer

pytestmark = pytest.mark.django_db

# Long before any machine runs these tests: what is accepted now is accepted late.
JANUARY = date(2025, 1, 6)
JUNE = date(2025, 6, 2)


@pytest.fixture
def story() -> Story:
    return Story(an_office("Kelurahan Rawa Melati"))


@pytest.fixture
def account(story: Story) -> Account:
    return an_account(story.unit, by=story.verifier, today=JANUARY)


def test_a_letter_that_came_late_was_lawful_before_it_was_known(
    story: Story, account: Account
) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    between = instant()
    story.replace(lilis, "Wulan Kartikasari", JUNE)
    answer = story.ask(account, between)
    assert [officer.person.name for officer in answer.lawful] == ["Wulan Kartikasari"]
    assert [officer.person.name for officer in answer.known_then] == ["Lilis Suryani"]
    (learned,) = answer.learned
    assert learned.letter.decided_at > between
    (gone,) = answer.forgotten
    assert gone.officer.person == lilis
    assert gone.changed_by == learned.letter
    assert story.ask(account, instant()).agrees


def test_in_may_nobody_could_know_what_was_accepted_in_november(
    story: Story, account: Account
) -> None:
    story.appoint("Lilis Suryani", JANUARY)
    answer = story.ask(account, wib(2025, 5, 5, 14, 5))
    assert [officer.person.name for officer in answer.lawful] == ["Lilis Suryani"]
    assert answer.known_then == []
    assert not answer.agrees


def test_a_back_dated_letter_shortens_days_already_served(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    story.replace(lilis, "Wulan Kartikasari", date(2025, 9, 1))
    before = instant()
    wulan = Appointment.objects.known().get(person__name="Wulan Kartikasari").person
    story.stop(wulan, JUNE.replace(year=2026))
    july = wib(2026, 7, 1, 9)
    assert story.names(account, july) == []
    assert [t.person for t in Appointment.objects.known(before).on(july.date())] == [wulan]


def test_what_was_known_stays_what_was_known(story: Story, account: Account) -> None:
    """Every answer of every moment is asked again after more letters, and is the same."""
    asked: list[tuple[datetime, date, list[str]]] = []

    def remember() -> None:
        moment = instant()
        for day in (JANUARY, JUNE, date(2025, 12, 1), date(2026, 10, 1)):
            asked.append((moment, day, known_on(moment, day)))

    def known_on(moment: datetime, day: date) -> list[str]:
        rows = Appointment.objects.known(moment).on(day).answering_for(account)
        return sorted(f"{row.person.name} {row.letter.number}" for row in rows)

    remember()
    lilis = story.appoint("Lilis Suryani", JANUARY)
    remember()
    dimas = story.appoint("Dimas Arkananta", JUNE, ends_on=date(2025, 12, 31))
    remember()
    wulan = story.replace(lilis, "Wulan Kartikasari", date(2025, 11, 3))
    remember()
    story.accept(
        story.letter(
            LetterKind.CORRECTION,
            an_officer("Wulan Handayani", replaces=lilis),
            dated=date(2025, 11, 5),
            begins_on=date(2025, 11, 3),
            corrects=wulan.named_in.get().letter,
        )
    )
    remember()
    story.stop(dimas, date(2025, 8, 4))
    remember()
    assert len({tuple(names) for _moment, _day, names in asked}) > 4
    for moment, day, names in asked:
        assert known_on(moment, day) == names, (moment, day)


def test_a_row_is_ended_never_edited_or_deleted(story: Story, account: Account) -> None:
    story.appoint("Lilis Suryani", JANUARY)
    row = Appointment.objects.get()
    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(valid=DateRange(JUNE, None))
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        row.delete()


def test_a_letter_that_others_stand_on_is_not_pulled_away(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JANUARY)
    first = lilis.named_in.get().letter
    story.replace(lilis, "Wulan Kartikasari", JUNE)
    ralat = story.letter(
        LetterKind.CORRECTION,
        an_officer("Lilis Handayani"),
        dated=JUNE,
        begins_on=JANUARY,
        corrects=first,
    )
    with pytest.raises(LaterLettersStandOnIt):
        story.accept(ralat)
    assert story.names(account, wib(2025, 7, 1, 9)) == ["Wulan Kartikasari"]


def test_the_account_too_has_a_past(story: Story, account: Account) -> None:
    register.change_state(
        account=account,
        to=AccountState.CLOSED,
        by=story.verifier,
        today=date(2026, 3, 2),
        note="Diganti akun baru",
    )
    assert story.ask(account, wib(2025, 1, 5, 12)).state is None
    assert story.ask(account, wib(2026, 3, 1, 12)).was_running
    closed = story.ask(account, wib(2026, 3, 2, 12))
    assert not closed.was_running
    assert closed.state is not None
    assert closed.state.note == "Diganti akun baru"


def test_an_answer_costs_the_same_after_many_letters(story: Story, account: Account) -> None:
    serving = story.appoint("Lilis Suryani", JANUARY)
    moment = instant()
    for month in range(1, 5):
        serving = story.replace(serving, f"Petugas {month}", JANUARY + timedelta(days=30 * month))
    with CaptureQueriesContext(connection) as asked:
        answer = story.ask(account, moment)
    # Terms, their receipts, the letters that changed them, the account's state.
    assert len(asked) == 4
    assert answer.lawful[0].person == serving
