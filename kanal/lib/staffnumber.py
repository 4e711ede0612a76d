"""The rules of Indonesian staff numbers, without words for people: papers and forms share them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IdentityKind(StrEnum):
    NIP = "nip"
    PPPK = "pppk"
    OLD_NIP = "nip_lama"
    NRK = "nrk"
    NONE = "tanpa"


class Sex(StrEnum):
    MAN = "l"
    WOMAN = "p"


LENGTHS = {
    IdentityKind.NIP: 18,
    IdentityKind.PPPK: 18,
    IdentityKind.OLD_NIP: 9,
    IdentityKind.NRK: 6,
}
LOOKS_LIKE_A_DIGIT = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"}

_PRINTED_LABEL = re.compile(
    r"^(?:NI\s?(?:PPPK|P3K)|NIP\s?(?:PPPK|P3K|lama)?|NRK)[\s.:]*", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s.\-–]+")
_NIK_LENGTH = 16


@dataclass(frozen=True)
class Identity:
    """A number that was read, and what it says. `since` is the month (NIP) or year (PPPK)."""

    kind: IdentityKind
    digits: str
    born: date | None = None
    since: date | None = None
    sex: Sex | None = None
    serial: str = ""
    contract: int | None = None


class NumberMistake(ValueError):
    """A number that cannot be what it is said to be: `code` names it, `details` what it says."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def parse(kind: IdentityKind, text: str, *, today: date) -> Identity:
    """The number written in `text`, which the writer says is of this kind."""
    kind = IdentityKind(kind)
    if kind is IdentityKind.NONE:
        if text.strip():
            raise NumberMistake("number-with-none")
        return Identity(IdentityKind.NONE, "")
    digits = _digits(text, kind)
    if kind is IdentityKind.NIP and len(digits) == 18 and digits[12] == "2":
        raise NumberMistake("pppk-as-nip")
    if kind is IdentityKind.PPPK and len(digits) == 18 and digits[12] in "01":
        raise NumberMistake("nip-as-pppk")
    _check_length(kind, digits)
    if kind in (IdentityKind.OLD_NIP, IdentityKind.NRK):
        return Identity(kind, digits)
    return _read_eighteen(kind, digits, today)


def read_employee_number(text: str, *, today: date) -> Identity:
    """An 18-digit number whose kind nobody named: NIP or NI PPPK, told apart by digits 13-14."""
    digits = _digits(text, IdentityKind.NIP)
    _check_length(IdentityKind.NIP, digits)
    kind = IdentityKind.PPPK if digits[12] == "2" else IdentityKind.NIP
    return _read_eighteen(kind, digits, today)


def _digits(text: str, kind: IdentityKind) -> str:
    """The digits alone. Letters that look like digits are named, never repaired."""
    written = unicodedata.normalize("NFKC", text).strip()
    bare = _SEPARATORS.sub("", _PRINTED_LABEL.sub("", written, count=1))
    if not bare:
        raise NumberMistake("empty", kind=kind)
    strange = [char for char in bare if char not in "0123456789"]
    if not strange:
        return bare
    meant = LOOKS_LIKE_A_DIGIT.get(strange[0])
    if meant and all(char in LOOKS_LIKE_A_DIGIT for char in strange):
        raise NumberMistake("letter-like-digit", letter=strange[0], digit=meant)
    raise NumberMistake("not-digits", kind=kind, letter=strange[0])


def _check_length(kind: IdentityKind, digits: str) -> None:
    length = LENGTHS[kind]
    if len(digits) == length:
        return
    if len(digits) == _NIK_LENGTH:
        raise NumberMistake("nik")
    raise NumberMistake("length", kind=kind, length=length, given=len(digits))


def _read_eighteen(kind: IdentityKind, digits: str, day: date) -> Identity:
    born = _birth(digits, day)
    if kind is IdentityKind.PPPK:
        since, contract = _first_contract(digits), int(digits[13])
    else:
        since, contract = _appointment(digits), None
    _check_age(born, since, day)
    serial = digits[15:]
    if digits[14] not in "12":
        raise NumberMistake("sex", digit=digits[14])
    if serial == "000":
        raise NumberMistake("serial")
    sex = Sex.MAN if digits[14] == "1" else Sex.WOMAN
    return Identity(kind, digits, born, since, sex, serial, contract)


def _birth(digits: str, day: date) -> date:
    year, month, born_day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not 1 <= month <= 12:
        raise NumberMistake("birth-month", month=month)
    try:
        born = date(year, month, born_day)
    except ValueError as error:
        raise NumberMistake("birth-day", day=born_day, month=month, year=year) from error
    if born.year < 1900 or born > day:
        raise NumberMistake("birth-year", year=digits[:4])
    return born


def _appointment(digits: str) -> date:
    month = int(digits[12:14])
    if not 1 <= month <= 12:
        raise NumberMistake("appointment-month", month=month)
    return _year_start(digits).replace(month=month)


def _first_contract(digits: str) -> date:
    if digits[13] == "0":
        raise NumberMistake("contract")
    return _year_start(digits)


def _year_start(digits: str) -> date:
    year = int(digits[8:12])
    if not 1900 <= year <= 2100:
        raise NumberMistake("appointment-year", year=year)
    return date(year, 1, 1)


def _check_age(born: date, since: date, day: date) -> None:
    if since > day:
        raise NumberMistake("appointment-future", since=since)
    age = since.year - born.year
    if not 15 <= age <= 70:
        raise NumberMistake("age", age=age)


def mask(kind: IdentityKind | str, digits: str) -> str:
    """The number as shown outside the person's own file."""
    kind = IdentityKind(kind)
    if kind is IdentityKind.NONE:
        return ""
    if len(digits) != LENGTHS[kind]:
        return "*" * len(digits)
    head, tail = {18: (8, 4), 9: (2, 2), 6: (1, 1)}[len(digits)]
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]
