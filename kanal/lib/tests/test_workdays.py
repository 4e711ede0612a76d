from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lib.workdays import Calendar, NoSuchDay, holidays_of

DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


def test_five_working_days_after_the_instruction_was_signed() -> None:
    """Good Friday and a weekend lie between."""
    assert Calendar().shift(date(2018, 3, 28), 5) == date(2018, 4, 5)
    assert Calendar().shift(date(2018, 4, 5), -5) == date(2018, 3, 28)


def test_joint_leave_is_no_working_day() -> None:
    calendar = Calendar()
    assert not calendar.is_working(date(2026, 12, 24))
    assert not calendar.is_working(date(2026, 12, 25))
    assert calendar.is_working(date(2026, 12, 28))
    assert holidays_of(2026)[date(2026, 12, 24)] == "Cuti Bersama Hari Raya Natal"
    assert holidays_of(2026, "en")[date(2026, 12, 25)] == "Christmas Day"


def test_what_was_decreed_else_counts_first() -> None:
    election, worked = date(2026, 11, 25), date(2026, 11, 28)
    calendar = Calendar({election: False, worked: True})
    assert calendar.shift(date(2026, 11, 24), 1) == date(2026, 11, 26)
    assert calendar.shift(date(2026, 11, 27), 1) == worked
    assert calendar.next_working(election) == date(2026, 11, 26)


def test_none_is_the_day_itself_or_the_last_working_day_before() -> None:
    calendar = Calendar()
    assert calendar.shift(date(2026, 11, 23), 0) == date(2026, 11, 23)
    assert calendar.shift(date(2026, 11, 22), 0) == date(2026, 11, 20)
    assert calendar.shift(date(2026, 1, 1), 0) == date(2025, 12, 31)


def test_across_years() -> None:
    calendar = Calendar()
    assert calendar.shift(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert calendar.shift(date(2027, 1, 4), -1) == date(2026, 12, 31)
    assert 470 < calendar.between(date(2024, 12, 31), date(2027, 1, 1)) < 490


def test_no_calendar_reaches_there() -> None:
    with pytest.raises(NoSuchDay):
        Calendar().shift(date(9999, 12, 31), 3)


@given(day=DAYS, count=st.integers(1, 300))
def test_as_counted_on_fingers(day: date, count: int) -> None:
    calendar, there, left = Calendar(), day, count
    while left:
        there += timedelta(days=1)
        left -= calendar.is_working(there)
    assert calendar.shift(day, count) == there
    assert calendar.between(day, there) == count


@given(day=DAYS, count=st.integers(1, 300))
def test_there_and_back(day: date, count: int) -> None:
    calendar = Calendar()
    there = calendar.shift(day, -count)
    assert there < day
    assert calendar.between(there, day - timedelta(days=1)) == count - 1
