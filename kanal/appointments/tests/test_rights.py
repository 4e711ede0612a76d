"""Rights come from the letter: from the day it says, for the accounts it names, until the next."""

from datetime import date, timedelta

import pytest

from kanal.appointments import chain
from kanal.appointments.models import LetterKind
from kanal.appointments.tests.story import Story, wib
from kanal.appointments.timeline import Gap, gaps, lanes, terms_of
from kanal.directory.models import Unit
from kanal.register import actions as register
from kanal.register.models import Account, AccountState
from tests.factories import TODAY, an_account, an_office, an_officer

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 28)
SEPTEMBER = date(2026, 9, 15)


@pytest.fixture
def story() -> Story:
    return Story(an_office("Kelurahan Rawa Melati"))


@pytest.fixture
def account(story: Story) -> Account:
    return an_account(story.unit, by=story.verifier, today=date(2025, 1, 6))


def open_gaps(unit: Unit, day: date = TODAY) -> list[Gap]:
    return gaps(terms_of(unit.pk), list(unit.accounts.all()), day)


def test_a_replacement_leaves_no_second_with_both_or_neither(
    story: Story, account: Account
) -> None:
    lilis = story.appoint("Lilis Suryani", JULY)
    story.replace(lilis, "Wulan Kartikasari", SEPTEMBER)
    midnight = wib(2026, 9, 15, 0, 0, 0)
    for second in range(-90, 91):
        moment = midnight + timedelta(seconds=second)
        expected = "Lilis Suryani" if second < 0 else "Wulan Kartikasari"
        assert story.names(account, moment) == [expected], moment
    # The day turns at midnight in Jakarta, seven hours before it does in Greenwich.
    assert story.names(account, wib(2026, 9, 15, 6, 59, 59)) == ["Wulan Kartikasari"]


def test_the_first_day_counts_from_its_first_second(story: Story, account: Account) -> None:
    story.appoint("Lilis Suryani", JULY)
    assert story.names(account, wib(2025, 7, 27, 23, 59, 59)) == []
    assert story.names(account, wib(2025, 7, 28)) == ["Lilis Suryani"]


def test_the_last_day_a_letter_names_is_the_last_one_in_force(
    story: Story, account: Account
) -> None:
    story.appoint("Lilis Suryani", JULY, ends_on=date(2025, 12, 31))
    assert story.names(account, wib(2025, 12, 31, 23, 59, 59)) == ["Lilis Suryani"]
    assert story.names(account, wib(2026, 1, 1)) == []


def test_a_future_letter_waits_for_its_day(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JULY)
    later = TODAY + timedelta(days=9)
    story.replace(lilis, "Wulan Kartikasari", TODAY, begins_on=later)
    eve = later - timedelta(days=1)
    assert story.names(account, wib(eve.year, eve.month, eve.day, 23, 59)) == ["Lilis Suryani"]
    first = wib(later.year, later.month, later.day, 0, 0)
    assert story.names(account, first) == ["Wulan Kartikasari"]


def test_a_stop_without_replacement_leaves_the_account_bare(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JULY)
    story.stop(lilis, date(2026, 6, 30))
    assert story.names(account, wib(2026, 6, 29, 23, 59, 59)) == ["Lilis Suryani"]
    bare = story.ask(account, wib(2026, 6, 30))
    assert bare.lawful == []
    assert bare.last is not None
    assert bare.last.last_day == date(2026, 6, 29)
    assert open_gaps(story.unit) == [
        Gap(date(2025, 1, 6), JULY),
        Gap(date(2026, 6, 30), None),
    ]
    story.appoint("Wulan Kartikasari", date(2026, 7, 28))
    assert open_gaps(story.unit)[-1] == Gap(date(2026, 6, 30), date(2026, 7, 28))
    assert open_gaps(story.unit)[-1].days(TODAY) == 28


def test_no_officer_is_asked_for_while_no_account_runs(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", date(2025, 1, 6))
    register.change_state(
        account=account,
        to=AccountState.PARKED,
        by=story.verifier,
        today=date(2026, 2, 2),
        note="Tidak dipakai",
    )
    story.stop(lilis, date(2026, 3, 2))
    assert open_gaps(story.unit) == []
    an_account(story.unit, by=story.verifier, today=date(2026, 5, 4))
    assert open_gaps(story.unit) == [Gap(date(2026, 5, 4), None)]


def test_a_letter_for_some_accounts_opens_only_those(story: Story, account: Account) -> None:
    other = an_account(story.unit, by=story.verifier, today=date(2025, 1, 6))
    story.appoint("Lilis Suryani", date(2025, 1, 6), accounts=[account])
    day = wib(2026, 1, 1, 14, 5)
    assert story.names(account, day) == ["Lilis Suryani"]
    assert story.names(other, day) == []
    assert open_gaps(story.unit) == [Gap(date(2025, 1, 6), None)]
    story.appoint("Dimas Arkananta", date(2026, 2, 2), accounts=[other])
    assert story.names(other, wib(2026, 2, 2, 8)) == ["Dimas Arkananta"]
    assert open_gaps(story.unit) == [Gap(date(2025, 1, 6), date(2026, 2, 2))]


def test_a_stop_for_one_account_goes_on_over_the_others(story: Story, account: Account) -> None:
    other = an_account(story.unit, by=story.verifier, today=date(2025, 1, 6))
    lilis = story.appoint("Lilis Suryani", JULY)
    story.stop(lilis, SEPTEMBER, accounts=[account])
    moment = wib(2026, 9, 15, 9)
    assert story.names(account, moment) == []
    assert story.names(other, moment) == ["Lilis Suryani"]
    assert story.names(account, wib(2026, 9, 14, 9)) == ["Lilis Suryani"]
    # Still one stretch under one letter: one bar of the picture.
    (lane,) = lanes(terms_of(story.unit.pk))
    (stretch,) = lane.stretches
    assert (stretch.begins_on, stretch.until) == (JULY, None)


def test_an_own_term_over_one_account_survives_the_end_of_another(
    story: Story, account: Account
) -> None:
    """Named for all accounts and again for one: a stop for the other leaves the one alone."""
    other = an_account(story.unit, by=story.verifier, today=date(2025, 1, 6))
    lilis = story.appoint("Lilis Suryani", JULY)
    story.appoint(lilis, date(2026, 2, 2), accounts=[other])
    story.stop(lilis, SEPTEMBER, accounts=[account])
    moment = wib(2026, 9, 15, 9)
    assert story.names(account, moment) == []
    assert story.names(other, moment) == ["Lilis Suryani"]


def test_an_account_opened_later_belongs_to_whoever_answers_for_all(story: Story) -> None:
    story.appoint("Lilis Suryani", JULY)
    later = an_account(story.unit, by=story.verifier, today=date(2026, 8, 3))
    assert story.names(later, wib(2026, 8, 3, 10)) == ["Lilis Suryani"]


def test_a_correction_tells_anew_who_it_was_from_the_start(story: Story, account: Account) -> None:
    lilis = story.appoint("Lilis Suryani", JULY)
    wrong = lilis.named_in.get().letter
    before = chain.instant()
    from_the_start = wib(2025, 7, 28, 8)
    ralat = story.letter(
        LetterKind.CORRECTION,
        an_officer("Lilis Handayani"),
        dated=SEPTEMBER,
        begins_on=JULY,
        corrects=wrong,
    )
    story.accept(ralat)
    assert story.names(account, from_the_start) == ["Lilis Handayani"]
    told = story.ask(account, before)
    assert [officer.person.name for officer in told.known_then] == ["Lilis Suryani"]
    (gone,) = told.forgotten
    assert gone.changed_by == ralat
