"""Working days: weekends, national holidays and joint leave of Indonesia, and what was decreed else.

Next year's joint leave is decreed each autumn and local days never stand in a table: whatever the
table does not know is told to a Calendar as an override.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from holidays.countries.indonesia import Indonesia

_SATURDAY = 5
_LANGUAGES = {"id": "id", "en": "en_US"}


class NoSuchDay(Exception):
    """So far away that no calendar reaches there."""


class Calendar:
    """Working days of one government. Each year is counted once; then a look-up is a bisection."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._years: dict[int, list[date]] = {}

    def is_working(self, day: date) -> bool:
        said = self._overrides.get(day)
        if said is not None:
            return said
        return day.weekday() < _SATURDAY and day not in holidays_of(day.year)

    def shift(self, day: date, count: int) -> date:
        """The count-th working day after the day; before it where count is negative.

        0 is the day itself, or the last working day before it. Raises NoSuchDay.
        """
        year = day.year
        days = self._of(year)
        place = (bisect_left(days, day) if count < 0 else bisect_right(days, day) - 1) + count
        while place < 0:
            year -= 1
            place += len(self._of(year))
        while place >= len(self._of(year)):
            place -= len(self._of(year))
            year += 1
        return self._of(year)[place]

    def between(self, first: date, last: date) -> int:
        """How many working days come after `first`, up to and with `last`."""
        if last <= first:
            return 0
        if first.year == last.year:
            days = self._of(first.year)
            return bisect_right(days, last) - bisect_right(days, first)
        head = self._of(first.year)
        whole = sum(len(self._of(year)) for year in range(first.year + 1, last.year))
        return (
            len(head) - bisect_right(head, first) + whole + bisect_right(self._of(last.year), last)
        )

    def next_working(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return day if self.is_working(day) else self.shift(day, 1)

    def _of(self, year: int) -> list[date]:
        if not MINYEAR < year < MAXYEAR:
            raise NoSuchDay(year)
        if year not in self._years:
            first = date(year, 1, 1)
            every = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
            self._years[year] = [day for day in every if self.is_working(day)]
            if not self._years[year]:
                raise NoSuchDay(year)
        return self._years[year]


@lru_cache(maxsize=256)
def holidays_of(year: int, language: str = "id") -> Mapping[date, str]:
    """National holidays and joint leave (cuti bersama) of a year, with their names."""
    named = Indonesia(
        years=year,
        expand=False,
        categories=("public", "government"),
        language=_LANGUAGES.get(language[:2], "id"),
    )
    return dict(named.items())
