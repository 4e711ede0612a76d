"""When a government works: its calendar, and the hours in which reminders may leave."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kanal.directory.models import Government
from kanal.lib.workdays import Calendar
from kanal.reminders.models import DayOverride, SendingHours


def calendar_of(government_id: int) -> Calendar:
    rows = DayOverride.objects.filter(government_id=government_id, ended_at=None)
    return Calendar(dict(rows.values_list("day", "is_working")))


def hours_of(government_id: int) -> SendingHours:
    found = SendingHours.objects.filter(government_id=government_id).first()
    return found or SendingHours(government_id=government_id)


def may_leave(government: Government, now: datetime, calendar: Calendar) -> bool:
    """Inside the sending hours of a working day, by the wall clock of the government's zone."""
    there = now.astimezone(ZoneInfo(government.timezone))
    hours = hours_of(government.pk)
    return calendar.is_working(there.date()) and hours.opens <= there.time() < hours.closes
