"""Which of a rule's days has come."""

from __future__ import annotations

from datetime import date

from kanal.lib.workdays import Calendar, NoSuchDay
from kanal.reminders.models import Rule


def due(
    rule: Rule, counted_from: date, *, first: date, day: date, calendar: Calendar
) -> tuple[int, date] | None:
    """The rule's newest time between `first` and `day`: its number from 0, and its day.

    Days before the rule began to be one are nobody's.
    """
    try:
        begins = calendar.shift(counted_from, rule.offset)
        if begins > day:
            return None
        nth = min(rule.times, calendar.between(begins, day) // rule.every) if rule.every else 0
        on = calendar.shift(begins, nth * rule.every) if rule.every else begins
    except NoSuchDay:
        return None
    return (nth, on) if on >= max(first, rule.active_from) else None


def upcoming(rule: Rule, counted_from: date, day: date, calendar: Calendar) -> date | None:
    """The rule's next time after the day; None where there is no more."""
    try:
        on = calendar.shift(counted_from, rule.offset)
        if on > day or not rule.every:
            return on if on > day else None
        nth = calendar.between(on, day) // rule.every + 1
        return calendar.shift(on, nth * rule.every) if nth <= rule.times else None
    except NoSuchDay:
        return None
