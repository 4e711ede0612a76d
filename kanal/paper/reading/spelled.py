"""Days written out in words: `tanggal dua puluh delapan bulan Maret tahun dua ribu delapan belas`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kanal.lib.daywords import month_number

_UNITS = {
    word: value
    for value, word in enumerate(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    )
} | {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
_TIMES = {"puluh": 10, "ratus": 100, "ribu": 1000}
_WORD = "|".join([*_UNITS, *_TIMES, "belas"])
_NUMBER = rf"(?:\d{{1,4}}|(?:(?:{_WORD})\s+){{0,7}}(?:{_WORD}))"
_DAY = re.compile(
    rf"\b(?:tanggal|tgl\.?|,)\s+(?P<day>{_NUMBER})\s*(?:\([\d\s./-]+\))?,?\s+(?:bulan\s+)?"
    rf"(?P<month>[A-Za-z]{{3,10}})\s*(?:\(\d+\))?,?\s+(?:tahun\s+)?(?P<year>{_NUMBER})\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"(?i)\bhari\s+ini\b[^.;:]{0,60}$")


@dataclass(frozen=True)
class SpelledDay:
    """`day` is None when the words name a day that does not exist."""

    day: date | None
    start: int
    end: int


def spelled_days(text: str) -> Iterator[SpelledDay]:
    """Days whose number or year is in words, and those said to be today (`pada hari ini`)."""
    for hit in _DAY.finditer(text):
        month = month_number(hit["month"])
        worded = not (hit["day"].isdigit() and hit["year"].isdigit())
        if month is None or not (worded or _TODAY.search(text[: hit.start() + 1])):
            continue
        day, year = number_in_words(hit["day"]), number_in_words(hit["year"])
        if not 1 <= day <= 31 or not 1900 <= year <= 2999:
            continue
        try:
            yield SpelledDay(date(year, month, day), *hit.span())
        except ValueError:
            yield SpelledDay(None, *hit.span())


def number_in_words(text: str) -> int:
    """`dua ribu delapan belas` is 2018; figures stay what they are."""
    if text.isdigit():
        return int(text)
    total, group, unit = 0, 0, 0
    for word in text.lower().split():
        if word == "belas":
            group, unit = group + unit + 10, 0
        elif word == "ribu":
            total, group, unit = total + (group + unit) * 1000, 0, 0
        elif word in _TIMES:
            group, unit = group + unit * _TIMES[word], 0
        elif word == "seribu":
            total += 1000
        elif _UNITS.get(word, 0) >= 10:
            group += _UNITS[word]
        else:
            unit = _UNITS.get(word, 0)
    return total + group + unit
