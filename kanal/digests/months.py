"""Months as addresses and screens write them: `2026-10`, Oktober 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kanal.lib.dates import say_day


@dataclass(frozen=True, order=True)
class Month:
    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.replace(day=1))

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Month:
        return Month.of(self.first + timedelta(days=31))

    @property
    def before(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    def back(self, count: int) -> list[Month]:
        """So many months before this one, the earliest first."""
        found = [self]
        for _each in range(count):
            found.append(found[-1].before)
        return found[:0:-1]

    @property
    def name(self) -> str:
        """`Oktober 2026`, in the reader's language."""
        return say_day(self.first).partition(" ")[2]

    @property
    def short(self) -> str:
        """`Okt`."""
        return say_day(self.first, short=True).split(" ")[1]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


class MonthConverter:
    """In addresses. What is no month leads nowhere."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return parse(value)

    def to_url(self, value: Month | str) -> str:
        return str(value)


def parse(text: str) -> Month:
    """Raises ValueError."""
    year, _dash, month = text.partition("-")
    return Month(date(int(year), int(month), 1))
