"""Whatever letters come, in whatever order they are accepted, the table says what they mean.

Beside the table stands a model that knows nothing of it: for each person, on each day, the
accounts they answer for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.appointments import actions as letters
from kanal.appointments.chain import instant
from kanal.appointments.models import Appointment, CheckName, Letter, LetterKind, Verdict
from kanal.appointments.responsible import who_answered
from kanal.appointments.tests.story import wib
from kanal.appointments.timeline import terms_of
from kanal.directory.models import Person, Unit, User
from kanal.lib.refusal import Refused
from kanal.register.models import Account
from tests.factories import (
    TODAY,
    a_clerk,
    a_verifier,
    an_account,
    an_employee,
    an_office,
    an_officer,
    letter_facts,
)

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(24)]
# What somebody answers for: two accounts by number, and whatever is opened later.
LATER = -1


@dataclass(frozen=True)
class Wish:
    """A letter somebody may write. People and accounts by number; no accounts: all of them."""

    kind: LetterKind
    person: int
    day: int
    accounts: tuple[int, ...] = ()
    replaces: int = 0
    lasts: int | None = None

    @property
    def begins_on(self) -> date:
        return DAYS[self.day]

    @property
    def until(self) -> date | None:
        return None if self.lasts is None else self.begins_on + timedelta(days=self.lasts)


@dataclass
class Model:
    """For each person and scope (None: all accounts) the days of it. Nothing of the table's."""

    held: dict[tuple[int, int | None], set[date]] = field(default_factory=dict)

    def in_office(self, person: int, day: date) -> bool:
        return any(day in days for (who, _scope), days in self.held.items() if who == person)

    def can(self, wish: Wish) -> bool:
        """Nobody can be replaced or stopped who isn't in office on that day."""
        if wish.kind == LetterKind.REPLACEMENT:
            return self.in_office(wish.replaces, wish.begins_on)
        if wish.kind == LetterKind.TERMINATION:
            return self.in_office(wish.person, wish.begins_on)
        return True

    def take(self, wish: Wish) -> None:
        if wish.kind == LetterKind.REPLACEMENT:
            self._release(wish.replaces, wish)
        if wish.kind == LetterKind.TERMINATION:
            self._release(wish.person, wish)
            return
        for scope in wish.accounts or (None,):
            before = {day for day in self._days(wish.person, scope) if day < wish.begins_on}
            after = {
                day
                for day in DAYS
                if day >= wish.begins_on and (wish.until is None or day < wish.until)
            }
            self.held[wish.person, scope] = before | after

    def _release(self, person: int, wish: Wish) -> None:
        """From the day on not for the accounts named; for the others all goes on."""
        if not wish.accounts:
            for who, scope in list(self.held):
                if who == person:
                    self._cut(person, scope, wish.begins_on)
            return
        wide = {day for day in self._days(person, None) if day >= wish.begins_on}
        self._cut(person, None, wish.begins_on)
        for account in (0, 1):
            if account in wish.accounts:
                self._cut(person, account, wish.begins_on)
            else:
                self.held[person, account] = self._days(person, account) | wide

    def _cut(self, person: int, scope: int | None, begins_on: date) -> None:
        kept = {day for day in self._days(person, scope) if day < begins_on}
        self.held[person, scope] = kept

    def _days(self, person: int, scope: int | None) -> set[date]:
        return self.held.get((person, scope), set())

    def answers(self) -> dict[tuple[date, int], set[int]]:
        found: dict[tuple[date, int], set[int]] = {}
        for (person, scope), days in self.held.items():
            reached = (0, 1, LATER) if scope is None else (scope,)
            for day in days:
                for account in reached:
                    found.setdefault((day, account), set()).add(person)
        return found


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    kind = draw(
        st.sampled_from([LetterKind.APPOINTMENT, LetterKind.REPLACEMENT, LetterKind.TERMINATION])
    )
    person = draw(st.integers(0, 2))
    others = [other for other in range(3) if other != person]
    return Wish(
        kind=kind,
        person=person,
        day=draw(st.integers(0, len(DAYS) - 4)),
        accounts=draw(st.sampled_from([(), (), (0,), (1,), (0, 1)])),
        replaces=draw(st.sampled_from(others)),
        lasts=draw(st.sampled_from([None, None, 3, 8])) if kind != LetterKind.TERMINATION else None,
    )


class Office:
    """A fresh office for one run of the story."""

    def __init__(self, clerk: User, verifier: User) -> None:
        self.unit: Unit = an_office(government=verifier.government)
        clerk.roles.update(unit=self.unit)
        self.clerk = User.objects.get(pk=clerk.pk)
        self.verifier = verifier
        self.people: list[Person] = [an_employee(self.unit, f"Petugas {n}") for n in "ABC"]
        self.accounts: list[Account] = [
            an_account(self.unit, by=verifier, today=FIRST) for _n in range(2)
        ]
        self.number = {person.pk: n for n, person in enumerate(self.people)}

    def submit(self, wish: Wish) -> Letter:
        replaces = self.people[wish.replaces] if wish.kind == LetterKind.REPLACEMENT else None
        officer = an_officer(
            person=self.people[wish.person],
            replaces=replaces,
            accounts=[self.accounts[n] for n in wish.accounts],
        )
        last = wish.until - timedelta(days=1) if wish.until else None
        letter = letters.submit(
            unit=self.unit,
            facts=letter_facts(
                [officer], kind=wish.kind, dated=FIRST, begins_on=wish.begins_on, ends_on=last
            ),
            by=self.clerk,
            today=TODAY,
        )
        for name in CheckName:
            letters.check(
                letter=letter, name=name, verdict=Verdict.MEETS, note="", by=self.verifier
            )
        return letter

    def accept(self, letter: Letter) -> None:
        letters.accept(letter=letter, by=self.verifier, today=TODAY)

    def answers(self, known_at: datetime | None = None) -> dict[tuple[date, int], set[int]]:
        found: dict[tuple[date, int], set[int]] = {}
        for term in terms_of(self.unit.pk, known_at=known_at):
            named = [self.accounts.index(account) for account in term.accounts]
            for day in filter(term.holds, DAYS):
                for account in named or (0, 1, LATER):
                    found.setdefault((day, account), set()).add(self.number[term.person.pk])
        return found


def overlapping(rows: Iterable[Appointment]) -> list[tuple[Appointment, Appointment]]:
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if (one.person_id, one.account_id) == (other.person_id, other.account_id)
        and one.begins_on < (other.until or date.max)
        and other.begins_on < (one.until or date.max)
    ]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=st.lists(st.tuples(wishes(), st.integers(0, 3)), min_size=2, max_size=7))
def test_the_table_means_what_the_letters_say(
    plan: list[tuple[Wish, int]], clerk: User, verifier: User
) -> None:
    """Each step writes a letter and accepts one of those that wait: not always the oldest."""
    office, model = Office(clerk, verifier), Model()
    waiting: list[tuple[Wish, Letter]] = []
    remembered: list[tuple[datetime, dict[tuple[date, int], set[int]]]] = []
    for wish, choice in [*plan, *((None, n) for n in range(3))]:
        if wish is not None:
            _write(office, model, wish, waiting)
        if not waiting or (wish is not None and choice == 3):
            continue
        taken, letter = waiting.pop(choice % len(waiting))
        if model.can(taken):
            office.accept(letter)
            model.take(taken)
        else:
            with pytest.raises(Refused):
                office.accept(letter)
        assert office.answers() == model.answers()
        assert overlapping(Appointment.objects.known().filter(unit=office.unit)) == []
        remembered.append((instant(), model.answers()))
    for moment, then in remembered:
        assert office.answers(moment) == then
    _asked_at_noon(office, model)


def _write(office: Office, model: Model, wish: Wish, waiting: list[tuple[Wish, Letter]]) -> None:
    if model.can(wish):
        waiting.append((wish, office.submit(wish)))
    else:
        with pytest.raises(Refused):
            office.submit(wish)


def _asked_at_noon(office: Office, model: Model) -> None:
    """The page's own question agrees on a few days."""
    told = model.answers()
    for day in DAYS[::6]:
        moment = wib(day.year, day.month, day.day, 12)
        for number, account in enumerate(office.accounts):
            answer = who_answered(account, moment, "Asia/Jakarta")
            people = {office.number[officer.person.pk] for officer in answer.lawful}
            assert people == told.get((day, number), set())


@pytest.fixture
def clerk() -> User:
    return a_clerk(an_office())


@pytest.fixture
def verifier() -> User:
    return a_verifier()
