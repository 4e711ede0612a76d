"""Who answered for an account at an instant: by the letters as we know them now, and as the
register knew them at that very instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from kanal.appointments.models import Appointment, Duty, Letter
from kanal.directory.models import Person
from kanal.lib.dates import local_day
from kanal.register.models import Account, AccountState, StateChange


@dataclass(frozen=True)
class Officer:
    """Somebody who answered that day, under one letter."""

    person: Person
    letter: Letter
    duties: tuple[str, ...]
    begins_on: date
    until: date | None
    # When the register came to hold that this is so, and when it stopped (None: it still does).
    recorded_at: datetime
    recorded_until: datetime | None
    whole_unit: bool

    @property
    def last_day(self) -> date | None:
        return self.until - timedelta(days=1) if self.until else None

    @property
    def duty_words(self) -> list[str]:
        return [str(duty.label) for duty in Duty if duty in self.duties]

    @property
    def told(self) -> tuple[int, int, tuple[str, ...]]:
        """What somebody who asked would have been told: two answers differ when this differs."""
        return (self.person.pk, self.letter.pk, self.duties)


@dataclass(frozen=True)
class Forgotten:
    """What the register held then and no longer holds, with the letter that changed it."""

    officer: Officer
    changed_by: Letter | None


@dataclass(frozen=True)
class Answer:
    account: Account
    at: datetime
    day: date
    lawful: list[Officer]
    known_then: list[Officer]
    # Then unknown, now known to have been lawful; and the other way round.
    learned: list[Officer]
    forgotten: list[Forgotten]
    # Around a vacancy: whoever was last, and whoever came next.
    last: Officer | None
    following: Officer | None
    # The account's state that day; None before it was registered.
    state: StateChange | None

    @property
    def was_running(self) -> bool:
        return self.state is not None and self.state.after not in (
            AccountState.PARKED,
            AccountState.CLOSED,
        )

    @property
    def agrees(self) -> bool:
        return not self.learned and not self.forgotten


def who_answered(account: Account, at: datetime, timezone: str) -> Answer:
    """Four queries at most. `timezone` is the government's: days turn at its midnight."""
    day = local_day(at, timezone)
    now, then = _rows(account, at)
    lawful = [_officer(row) for row in now if _on(row, day)]
    known_then = [_officer(row) for row in then if _on(row, day)]
    told_now = {officer.told for officer in lawful}
    told_then = {officer.told for officer in known_then}
    gone = [officer for officer in known_then if officer.told not in told_now]
    return Answer(
        account=account,
        at=at,
        day=day,
        lawful=lawful,
        known_then=known_then,
        learned=[officer for officer in lawful if officer.told not in told_then],
        forgotten=_with_letters(account, gone),
        last=_last(now, day),
        following=_following(now, day),
        state=_state(account, day),
    )


def _rows(account: Account, at: datetime) -> tuple[list[Appointment], list[Appointment]]:
    """The account's terms as recorded now, and as they were recorded then."""
    rows = list(
        Appointment.objects.answering_for(account)
        .filter(Q(recorded__endswith=None) | Q(recorded__contains=at))
        .select_related("person", "letter")
        .prefetch_related("letter__receipts")
        .order_by("pk")
    )
    rows.sort(key=lambda row: (row.begins_on, row.person.name))
    now = [row for row in rows if row.recorded.upper is None]
    return now, [row for row in rows if at in row.recorded]


def _on(row: Appointment, day: date) -> bool:
    return row.begins_on <= day and (row.until is None or day < row.until)


def _officer(row: Appointment) -> Officer:
    return Officer(
        person=row.person,
        letter=row.letter,
        duties=tuple(row.duties),
        begins_on=row.begins_on,
        until=row.until,
        recorded_at=row.recorded.lower,
        recorded_until=row.recorded.upper,
        whole_unit=row.account_id is None,
    )


def _with_letters(account: Account, gone: list[Officer]) -> list[Forgotten]:
    """A unit's letters are accepted one at a time, so the first one decided once the row was
    closed is the one that closed it. (A ralat undoes an instant before it tells anew.)
    """
    moments = [officer.recorded_until for officer in gone if officer.recorded_until]
    if not moments:
        return [Forgotten(officer, None) for officer in gone]
    letters = Letter.objects.accepted().filter(
        unit_id=account.unit_id, decided_at__gte=min(moments)
    )
    in_order = list(letters.order_by("decided_at"))
    return [Forgotten(officer, _first_since(in_order, officer)) for officer in gone]


def _first_since(letters: list[Letter], officer: Officer) -> Letter | None:
    closed = officer.recorded_until
    if closed is None:
        return None
    return next((one for one in letters if one.decided_at and one.decided_at >= closed), None)


def _last(rows: list[Appointment], day: date) -> Officer | None:
    ended = [row for row in rows if row.until is not None and row.until <= day]
    return _officer(max(ended, key=lambda row: row.until or day)) if ended else None


def _following(rows: list[Appointment], day: date) -> Officer | None:
    later = [row for row in rows if row.begins_on > day]
    return _officer(min(later, key=lambda row: row.begins_on)) if later else None


def _state(account: Account, day: date) -> StateChange | None:
    return account.changes.filter(on__lte=day).last()
