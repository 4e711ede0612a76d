"""Who served when, and the days nobody answered: what a unit's picture and its table are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kanal.appointments.models import Appointment, Duty, Letter
from kanal.directory.models import Person
from kanal.register.models import Account


@dataclass(frozen=True)
class Term:
    """One person's days under one letter. `accounts` empty: all the unit's."""

    person: Person
    letter: Letter
    begins_on: date
    until: date | None
    duties: tuple[str, ...]
    accounts: tuple[Account, ...]

    def holds(self, day: date) -> bool:
        return self.begins_on <= day and (self.until is None or day < self.until)

    @property
    def last_day(self) -> date | None:
        return self.until - timedelta(days=1) if self.until else None

    def covers(self, account: Account) -> bool:
        return not self.accounts or account in self.accounts

    @property
    def duty_words(self) -> list[str]:
        return [str(duty.label) for duty in Duty if duty in self.duties]


@dataclass(frozen=True)
class Stretch:
    """Days without a break under one letter, whichever accounts: one bar of the picture."""

    letter: Letter
    begins_on: date
    until: date | None
    duties: frozenset[str]
    # The letter's first days, where its envelope is drawn.
    opens: bool

    def holds(self, day: date) -> bool:
        return self.begins_on <= day and (self.until is None or day < self.until)

    @property
    def duty_words(self) -> list[str]:
        return [str(duty.label) for duty in Duty if duty in self.duties]


@dataclass(frozen=True)
class Lane:
    """One person's terms, the earliest first: one row of the picture."""

    person: Person
    terms: list[Term]

    @property
    def begins_on(self) -> date:
        return self.terms[0].begins_on

    def holds(self, day: date) -> bool:
        return any(term.holds(day) for term in self.terms)

    @property
    def stretches(self) -> list[Stretch]:
        found: list[Stretch] = []
        for term in sorted(self.terms, key=lambda term: (term.letter.pk, term.begins_on)):
            last = found[-1] if found and found[-1].letter == term.letter else None
            if last and (last.until is None or term.begins_on <= last.until):
                found[-1] = _joined(last, term)
            else:
                begins, until, duties = term.begins_on, term.until, frozenset(term.duties)
                found.append(Stretch(term.letter, begins, until, duties, opens=last is None))
        return sorted(found, key=lambda stretch: stretch.begins_on)


def _joined(stretch: Stretch, term: Term) -> Stretch:
    both = (stretch.until, term.until)
    until = None if None in both else max(day for day in both if day)
    duties = stretch.duties | set(term.duties)
    return replace(stretch, until=until, duties=duties)


@dataclass(frozen=True)
class Gap:
    """Days without an officer. `until` is the first day with one again; None: still nobody."""

    begins_on: date
    until: date | None

    def days(self, day: date) -> int:
        """How long it lasted, up to and with the day when it is still open."""
        if self.until is None:
            return (day - self.begins_on).days + 1
        return (self.until - self.begins_on).days


def terms_of(unit_id: int, *, known_at: datetime | None = None) -> list[Term]:
    """Every term of the unit in one query, the earliest first; as known now, or at an instant."""
    rows = (
        Appointment.objects.known(known_at)
        .filter(unit_id=unit_id)
        .select_related("person", "letter", "account")
    )
    return gathered(rows)


def gathered(rows: Iterable[Appointment]) -> list[Term]:
    """Rows that differ in nothing but the account are one term over several accounts."""
    alike: dict[tuple[object, ...], list[Appointment]] = {}
    for row in rows:
        key = (row.person_id, row.letter_id, row.begins_on, row.until, tuple(row.duties))
        alike.setdefault(key, []).append(row)
    found = [_term(group) for group in alike.values()]
    return sorted(found, key=lambda term: (term.begins_on, term.person.name, term.letter.pk))


def _term(group: list[Appointment]) -> Term:
    row = group[0]
    accounts = sorted((each.account for each in group if each.account), key=lambda one: one.pk)
    return Term(
        row.person, row.letter, row.begins_on, row.until, tuple(row.duties), tuple(accounts)
    )


def lanes(terms: Sequence[Term]) -> list[Lane]:
    by_person: dict[int, list[Term]] = {}
    for term in terms:
        by_person.setdefault(term.person.pk, []).append(term)
    found = [Lane(held[0].person, held) for held in by_person.values()]
    return sorted(found, key=lambda lane: (lane.begins_on, lane.person.name))


def gaps(terms: Sequence[Term], accounts: Sequence[Account], day: date) -> list[Gap]:
    """Days up to `day` on which an account that ran had nobody, the earliest first.

    Before the first account was registered the unit's officers are asked for as soon as the first
    of them had begun; once accounts are registered, only while one of them runs.
    """
    edges = sorted(edge for edge in _edges(terms, accounts) if edge <= day)
    found: list[Gap] = []
    begun: date | None = None
    for edge in edges:
        bare = _uncovered(terms, accounts, edge)
        if bare and begun is None:
            begun = edge
        elif not bare and begun is not None:
            found.append(Gap(begun, edge))
            begun = None
    if begun is not None:
        found.append(Gap(begun, None))
    return found


def _edges(terms: Sequence[Term], accounts: Sequence[Account]) -> set[date]:
    """The only days on which anything can change."""
    edges = {term.begins_on for term in terms} | {term.until for term in terms if term.until}
    edges |= {account.declared_on for account in accounts}
    return edges | {account.ended_on for account in accounts if account.ended_on}


def _uncovered(terms: Sequence[Term], accounts: Sequence[Account], day: date) -> bool:
    serving = [term for term in terms if term.holds(day)]
    running = [account for account in accounts if runs(account, day)]
    if running:
        return not all(any(term.covers(one) for term in serving) for one in running)
    registered = any(account.declared_on <= day for account in accounts)
    return not serving and not registered


def runs(account: Account, day: date) -> bool:
    ended = account.ended_on is not None and account.ended_on <= day
    return account.declared_on <= day and not ended
