"""Appointments in two times. Each verb here takes the one instant `at` of its acceptance:
rows closed and rows begun by a letter share it, which is how a ralat finds them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange, TimestamptzRange

from kanal.appointments.models import Appointment, Letter, LetterOfficer
from kanal.directory.models import Person
from kanal.lib.refusal import Refused
from kanal.register.models import Account

Scope = list[Account | None]
Days = tuple[date, date | None]


class LaterLettersStandOnIt(Refused):
    """What the letter did was changed by later letters; mending it would pull their ground away."""


def instant() -> datetime:
    """The database's own clock, not the transaction's start: unique under the unit's lock."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def begin(
    *, letter: Letter, officer: LetterOfficer, scope: Scope, until: date | None, at: datetime
) -> list[Appointment]:
    """The officer answers for the scope from the letter's day. An own earlier term gives way."""
    end(
        known(letter, officer.person, scope, exactly=True),
        on=letter.begins_on,
        letter=letter,
        at=at,
    )
    return Appointment.objects.bulk_create(
        Appointment(
            government_id=letter.government_id,
            unit_id=letter.unit_id,
            person=officer.person,
            account=account,
            letter=letter,
            duties=officer.duties,
            valid=DateRange(letter.begins_on, until),
            recorded=TimestamptzRange(at, None),
        )
        for account in scope
    )


def known(
    letter: Letter, person: Person, scope: Scope, *, exactly: bool = False
) -> list[Appointment]:
    """The person's terms in the letter's unit, as recorded now, that reach the letter's day.

    All accounts when the scope is [None]; `exactly` compares scopes like for like.
    """
    rows = Appointment.objects.known().filter(unit_id=letter.unit_id, person=person)
    ids = [account.pk for account in scope if account is not None]
    if exactly and None in scope:
        rows = rows.filter(account=None)
    elif exactly:
        rows = rows.filter(account_id__in=ids)
    elif None not in scope:
        rows = rows.filter(Q(account=None) | Q(account_id__in=ids))
    return [row for row in rows if row.until is None or row.until > letter.begins_on]


def end(rows: Iterable[Appointment], *, on: date, letter: Letter, at: datetime) -> None:
    """`on` is the first day without. A term that had not begun by then never takes effect."""
    shortened = []
    for row in rows:
        close(row, at)
        if row.begins_on < on:
            shortened.append(_copy(row, DateRange(row.begins_on, on), letter, at))
    Appointment.objects.bulk_create(shortened)


def release(
    rows: Iterable[Appointment], *, scope: Scope, rest: list[Account], letter: Letter, at: datetime
) -> None:
    """Ends the scope only: a term over all accounts goes on over the rest of them."""
    taken = {account.pk for account in scope if account is not None}
    going = list(rows)
    end(going, on=letter.begins_on, letter=letter, at=at)
    if None in scope:
        return
    wide = [row for row in going if row.account_id is None]
    kept = [account for account in rest if account.pk not in taken]
    held = _held(wide, kept)
    Appointment.objects.bulk_create(
        _copy(row, days, None, at, account)
        for row in wide
        for account in kept
        for days in _without(
            max(row.begins_on, letter.begins_on),
            row.until,
            held.get((row.person_id, account.pk), []),
        )
    )


def _held(wide: list[Appointment], kept: list[Account]) -> dict[tuple[int, int], list[Days]]:
    """Days for which the same people have a term over one of the kept accounts alone."""
    found: dict[tuple[int, int], list[Days]] = {}
    if wide:
        alone = Appointment.objects.known().filter(
            unit_id=wide[0].unit_id,
            person_id__in={row.person_id for row in wide},
            account_id__in=[account.pk for account in kept],
        )
        for row in alone:
            found.setdefault((row.person_id, row.account_id or 0), []).append(
                (row.begins_on, row.until)
            )
    return found


def _without(begins: date, until: date | None, held: list[Days]) -> list[DateRange]:
    """What is left of the days: where a term over one account stands, its own letter goes on."""
    last = until or date.max
    pieces = []
    for other_begins, other_until in sorted(held, key=lambda days: days[0]):
        stop = min(other_begins, last)
        if stop > begins:
            pieces.append(DateRange(begins, stop))
        begins = max(begins, other_until or date.max)
    if begins < last:
        pieces.append(DateRange(begins, until))
    return pieces


def undo(letter: Letter, *, at: datetime) -> None:
    """Puts the unit's terms back as they were before the letter, for its ralat to tell anew."""
    moment = letter.decided_at
    begun = Appointment.objects.filter(unit_id=letter.unit_id, recorded__startswith=moment)
    if begun.filter(recorded__endswith__isnull=False).exists():
        raise LaterLettersStandOnIt(
            _("Surat %(number)s sudah diikuti surat yang lebih baru.") % {"number": letter.number},
            next_step=_("Ralat surat yang paling baru, atau kirim surat penggantian."),
        )
    closed = list(Appointment.objects.filter(unit_id=letter.unit_id, recorded__endswith=moment))
    for row in begun:
        close(row, at)
    Appointment.objects.bulk_create(
        Appointment(
            government_id=row.government_id,
            unit_id=row.unit_id,
            person_id=row.person_id,
            account_id=row.account_id,
            letter_id=row.letter_id,
            ended_by_id=row.ended_by_id,
            duties=row.duties,
            valid=row.valid,
            recorded=TimestamptzRange(at, None),
        )
        for row in closed
    )


def close(row: Appointment, at: datetime) -> None:
    Appointment.objects.filter(pk=row.pk).update(recorded=TimestamptzRange(row.recorded.lower, at))


def _copy(
    row: Appointment,
    valid: DateRange,
    ended_by: Letter | None,
    at: datetime,
    account: Account | None = None,
) -> Appointment:
    return Appointment(
        government_id=row.government_id,
        unit_id=row.unit_id,
        person_id=row.person_id,
        account_id=account.pk if account else row.account_id,
        letter_id=row.letter_id,
        ended_by=ended_by,
        duties=row.duties,
        valid=valid,
        recorded=TimestamptzRange(at, None),
    )
