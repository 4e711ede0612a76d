"""When a government works: its calendar, and the hours in which messages that keep them leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kanal.directory.models import Government
from kanal.lib.workdays import Calendar
from kanal.post.models import DayOverride, SendingHours


def calendar_of(government_id: int) -> Calendar:
    rows = DayOverride.objects.filter(government_id=government_id, ended_at=None)
    return Calendar(dict(rows.values_list("day", "is_working")))


def hours_of(government_id: int) -> SendingHours:
    found = SendingHours.objects.filter(government_id=government_id).first()
    return found or SendingHours(government_id=government_id)


@dataclass(frozen=True)
class WorkingTime:
    """The days and hours of one government, by the wall clock of its own zone."""

    zone: ZoneInfo
    calendar: Calendar
    hours: SendingHours

    @classmethod
    def of(cls, government: Government) -> WorkingTime:
        return cls(
            ZoneInfo(government.timezone), calendar_of(government.pk), hours_of(government.pk)
        )

    def is_open(self, now: datetime) -> bool:
        there = now.astimezone(self.zone)
        in_hours = self.hours.opens <= there.time() < self.hours.closes
        return in_hours and self.calendar.is_working(there.date())

    def next_opening(self, now: datetime) -> datetime:
        """The first opening after the moment. Raises NoSuchDay where no day is worked any more."""
        there = now.astimezone(self.zone)
        day = there.date() + timedelta(days=there.time() >= self.hours.opens)
        return datetime.combine(self.calendar.next_working(day), self.hours.opens, self.zone)

    def waits_until(self, now: datetime) -> datetime | None:
        """When what keeps the hours may leave again; None: now."""
        return None if self.is_open(now) else self.next_opening(now)
