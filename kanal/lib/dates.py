"""Days as offices write and say them. Only the edges of the program ask what day it is."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kanal.lib.daywords import MONTH_NAMES, WEEKDAYS, month_number, plain
from kanal.lib.refusal import Refused, Words

JAKARTA = "Asia/Jakarta"
_SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]
_ENGLISH_NAMES = (
    "January February March April May June July August September October November December"
)
_ENGLISH = _ENGLISH_NAMES.split()

_WEEKDAY = re.compile(r"^([A-Za-z'’]{4,6})\s*,\s*(.+)$", re.DOTALL)
_IN_WORDS = re.compile(r"^(\d{1,2})[\s.-]{1,3}([A-Za-z]{3,10})\.?[\s,-]{1,3}(\d{2,4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_IN_FIGURES = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})$")
_MONTH_ONLY = re.compile(r"^([A-Za-z]{3,10})\.?\s+(\d{4})$")
_EXAMPLE = _("Tulis misalnya 28 Maret 2018 atau 28-03-2018.")


class DayMistake(Refused):
    """Text that is not one certain day."""

    status = 422

    def __init__(self, what: Words, *, next_step: Words = _EXAMPLE) -> None:
        super().__init__(what, next_step=next_step)


def parse_day(text: str) -> date:
    """One written day: in words, ISO, or day-month-year in figures. Nothing is guessed."""
    written = " ".join(plain(text).split())
    if not written:
        raise DayMistake(_("Tanggal belum diisi."))
    named = _WEEKDAY.match(written)
    weekday = WEEKDAYS.get(named[1].lower()) if named else None
    if named and weekday is not None:
        day = _day(named[2].strip())
        if day.weekday() != weekday:
            raise DayMistake(
                _("%(day)s bukan hari %(weekday)s.")
                % {"day": say_day(day), "weekday": named[1].capitalize()},
                next_step=_("Cocokkan hari dan tanggalnya dengan surat."),
            )
        return day
    return _day(written)


def _day(written: str) -> date:
    if hit := _ISO.match(written):
        return _checked(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := _IN_FIGURES.match(written):
        return _checked(_year(hit[3]), int(hit[2]), int(hit[1]))
    if hit := _IN_WORDS.match(written):
        month = month_number(hit[2])
        if month is None:
            raise DayMistake(_("“%(word)s” bukan nama bulan.") % {"word": hit[2]})
        return _checked(_year(hit[3]), month, int(hit[1]))
    if (hit := _MONTH_ONLY.match(written)) and month_number(hit[1]):
        raise DayMistake(_("Baru bulan dan tahun yang tertulis; tanggalnya belum ada."))
    raise DayMistake(_("Tanggal ini tidak terbaca."))


def _year(digits: str) -> int:
    if len(digits) != 4:
        raise DayMistake(_("Tahun harus empat angka, misalnya 2018."))
    return int(digits)


def _checked(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise DayMistake(
            _("Bulan %(month)s tidak ada.") % {"month": month},
            next_step=_("Urutannya tanggal, bulan, tahun: 28-03-2018."),
        )
    if not 1900 <= year <= 2100:
        raise DayMistake(_("Tahun %(year)s di luar 1900 sampai 2100.") % {"year": year})
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayMistake(
            _("Tanggal %(day)s %(month)s %(year)s tidak ada di kalender.")
            % {"day": day, "month": MONTH_NAMES[month - 1], "year": year}
        ) from error


def say_day(day: date, language: str = "", short: bool = False) -> str:
    """`28 Maret 2018`, or short `28 Mar 2018`; in the reader's language unless one is named."""
    language = language or get_language() or "id"
    names = _ENGLISH if language.startswith("en") else MONTH_NAMES
    name = names[day.month - 1]
    if short:
        name = name[:3] if language.startswith("en") else _SHORT[day.month - 1]
    return f"{day.day} {name} {day.year}"


def today(tz: str = JAKARTA) -> date:
    """The day now where the government is."""
    return datetime.now(ZoneInfo(tz)).date()


def local_day(instant: datetime, tz: str = JAKARTA) -> date:
    """The day an instant falls on where the government is."""
    return instant.astimezone(ZoneInfo(tz)).date()
