"""The words of a written day, without Django, so that papers can be read with the same rules."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Full names as printed, then every spelling met in letters of the last decades.
_NAMES = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
MONTH_NAMES = _NAMES.split()
_SPELLINGS = (
    "januari jan january",
    "februari feb pebruari peb februarie february",
    "maret mar mrt maart march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus agt ags agu agst aug august",
    "september sep sept",
    "oktober okt oct october",
    "november nov nopember nop",
    "desember des dec december",
)
MONTHS = {word: no for no, row in enumerate(_SPELLINGS, 1) for word in row.split()}
WEEKDAYS = {
    word: no
    for no, row in enumerate(
        ("senin", "selasa", "rabu", "kamis", "jumat jum'at jum’at", "sabtu", "minggu ahad")
    )
    for word in row.split()
}

_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\s{1,4}([A-Za-z]{3,10})\.?,?\s{1,4}(\d{4})(?!\d)")


@dataclass(frozen=True)
class FoundDay:
    day: date
    start: int
    end: int


def plain(text: str) -> str:
    """Compatibility forms (fullwidth digits, no-break spaces) become ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip()


def month_number(word: str) -> int | None:
    return MONTHS.get(word.lower().rstrip("."))


def find_days(text: str) -> Iterator[FoundDay]:
    """Days written in words (`28 Maret 2018`), line breaks between the parts allowed."""
    for hit in _WRITTEN.finditer(text):
        month = month_number(hit[2])
        if month is None:
            continue
        try:
            yield FoundDay(date(int(hit[3]), month, int(hit[1])), hit.start(), hit.end())
        except ValueError:
            continue
