"""A government in October 2026: some offices done, some late, one that lost its officer."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kanal.appointments.models import Letter
from kanal.appointments.tests.story import Story
from kanal.compliance.tests.story import a_mandate
from kanal.digests import actions, making
from kanal.digests.models import Making, Sheet
from kanal.digests.months import Month
from kanal.directory.models import Government, RoleKind, Unit, User
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.journal.actions import SYSTEM
from tests.factories import TODAY, a_government, a_letter, a_user, accepted, an_account, an_office

OCTOBER = Month(date(2026, 10, 1))
SEPTEMBER, NOVEMBER = OCTOBER.before, OCTOBER.after
DUE = date(2026, 10, 16)
# The first working day after October 2026: the 1st is a Sunday.
MONDAY = date(2026, 11, 2)


def clock(day: date, hour: int, minute: int = 0, zone: str = "Asia/Jakarta") -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))


def a_living_government(**facts: object) -> Government:
    """Seven offices; on 31 October one complete, one without hardcopy, two without an officer."""
    government = a_government(**facts)
    a_mandate(government, due=DUE)
    done, soft, never = (
        _office(government, f"Kelurahan {name}") for name in ("Dua", "Tiga", "Empat")
    )
    letter = _letter(done, date(2026, 9, 7))
    _hardcopy(letter, date(2026, 9, 14))
    _letter(soft, date(2026, 10, 5))
    an_account(never, today=date(2026, 8, 3))
    lost = Story(_office(government, "Kelurahan Lima"))
    an_account(lost.unit, today=date(2026, 8, 3))
    person = lost.appoint("Lilis Suryani", date(2026, 9, 1))
    lost.stop(person, date(2026, 10, 20))
    changed = Story(_office(government, "Kelurahan Enam"))
    an_account(changed.unit, today=date(2026, 8, 3))
    first = changed.appoint("Dimas Arkananta", date(2026, 9, 2))
    changed.replace(first, "Wulan Kartikasari", date(2026, 10, 12))
    _office(government, "Kelurahan Tujuh")
    _office(government, "Kelurahan Delapan")
    return government


def _office(government: Government, name: str) -> Unit:
    return an_office(name, government=government)


def _letter(unit: Unit, dated: date) -> Letter:
    """Accepted, its softcopy received with it."""
    an_account(unit, today=date(2026, 8, 3))
    return accepted(a_letter(unit, dated=dated, today=dated), today=TODAY)


def _hardcopy(letter: Letter, day: date) -> None:
    verifier = a_user(RoleKind.VERIFIER, government=letter.government)
    receive(
        letter=letter,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=day,
        by=verifier,
        today=TODAY,
    )


def asked(
    government: Government,
    month: Month = OCTOBER,
    *,
    sends: bool = False,
    reason: str = "",
    by: User | None = None,
) -> Making:
    return actions.ask(
        government=government,
        month=month,
        sends=sends,
        by=by or SYSTEM,
        today=max(month.after.first, MONDAY),
        reason=reason,
    )


def a_sheet(government: Government, month: Month = OCTOBER, **facts: object) -> Sheet:
    making_row = asked(government, month, **facts)  # type: ignore[arg-type]
    made = making.make(making_row)
    assert made is not None, making_row.problem
    return made
