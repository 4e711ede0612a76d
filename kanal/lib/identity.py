"""Staff numbers of Indonesian officials: read strictly, explained, masked. Never a NIK."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kanal.lib.dates import say_day, today
from kanal.lib.daywords import MONTH_NAMES
from kanal.lib.refusal import Refused, Words


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
LABELS: dict[IdentityKind, Words] = {
    IdentityKind.NIP: _("NIP"),
    IdentityKind.PPPK: _("NI PPPK"),
    IdentityKind.OLD_NIP: _("NIP lama"),
    IdentityKind.NRK: _("NRK"),
    IdentityKind.NONE: _("Tanpa nomor"),
}

_AS_IN_THE_DECREE = _("Cocokkan dengan SK atau kartu pegawai, lalu ketik ulang.")
_PRINTED_LABEL = re.compile(
    r"^(?:NI\s?(?:PPPK|P3K)|NIP\s?(?:PPPK|P3K|lama)?|NRK)[\s.:]*", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s.\-–]+")
_LOOKS_LIKE_A_DIGIT = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"}
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


class IdentityMistake(Refused):
    """A number that cannot be what it is said to be. `code` names the mistake for machines."""

    status = 422

    def __init__(self, code: str, what: Words, *, next_step: Words = _AS_IN_THE_DECREE) -> None:
        super().__init__(what, next_step=next_step)
        self.code = code


def parse(kind: IdentityKind, text: str, *, today: date | None = None) -> Identity:
    """The number written in `text`, which the writer says is of this kind."""
    kind = IdentityKind(kind)
    if kind is IdentityKind.NONE:
        return _nothing(text)
    digits = _digits(text, kind)
    if kind is IdentityKind.NIP and len(digits) == 18 and digits[12] == "2":
        raise IdentityMistake(
            "pppk-as-nip",
            _("Ini nomor induk PPPK, bukan NIP: angka ke-13 dan 14 menunjukkan kontrak."),
            next_step=_("Pilih jenis NI PPPK, lalu ketik nomor yang sama."),
        )
    if kind is IdentityKind.PPPK and len(digits) == 18 and digits[12] in "01":
        raise IdentityMistake(
            "nip-as-pppk",
            _("Ini NIP (PNS), bukan nomor induk PPPK: angka ke-13 dan 14 sebuah bulan."),
            next_step=_("Pilih jenis NIP, lalu ketik nomor yang sama."),
        )
    _check_length(kind, digits)
    if kind in (IdentityKind.OLD_NIP, IdentityKind.NRK):
        return Identity(kind, digits)
    return _read_eighteen(kind, digits, today)


def read_employee_number(text: str, *, today: date | None = None) -> Identity:
    """An 18-digit number whose kind nobody named: NIP or NI PPPK, told apart by digits 13-14."""
    digits = _digits(text, IdentityKind.NIP)
    _check_length(IdentityKind.NIP, digits)
    kind = IdentityKind.PPPK if digits[12] == "2" else IdentityKind.NIP
    return _read_eighteen(kind, digits, today)


def _nothing(text: str) -> Identity:
    if text.strip():
        raise IdentityMistake(
            "number-with-none",
            _("Jenisnya “tanpa nomor”, tetapi sebuah nomor diisi."),
            next_step=_("Kosongkan nomornya, atau pilih jenis nomor yang sesuai."),
        )
    return Identity(IdentityKind.NONE, "")


def _digits(text: str, kind: IdentityKind) -> str:
    """The digits alone. Letters that look like digits are named, never repaired."""
    written = unicodedata.normalize("NFKC", text).strip()
    bare = _SEPARATORS.sub("", _PRINTED_LABEL.sub("", written, count=1))
    label = LABELS[kind]
    if not bare:
        raise IdentityMistake("empty", _("%(label)s belum diisi.") % {"label": label})
    strange = [char for char in bare if char not in "0123456789"]
    if not strange:
        return bare
    meant = _LOOKS_LIKE_A_DIGIT.get(strange[0])
    if meant and all(char in _LOOKS_LIKE_A_DIGIT for char in strange):
        raise IdentityMistake(
            "letter-like-digit",
            _("Ada huruf “%(letter)s” di tempat angka, mungkin maksudnya %(digit)s.")
            % {"letter": strange[0], "digit": meant},
            next_step=_("Kanal tidak memperbaikinya sendiri: lihat suratnya, ketik angkanya."),
        )
    raise IdentityMistake(
        "not-digits",
        _("%(label)s hanya angka; “%(letter)s” bukan angka.")
        % {"label": label, "letter": strange[0]},
    )


def _check_length(kind: IdentityKind, digits: str) -> None:
    length = LENGTHS[kind]
    if len(digits) == length:
        return
    if len(digits) == _NIK_LENGTH:
        raise IdentityMistake(
            "nik",
            _("Enam belas angka adalah panjang NIK. Kanal tidak meminta dan tidak menyimpan NIK."),
            next_step=_("Isi nomor pegawai, atau pilih “tanpa nomor” dengan alasannya."),
        )
    raise IdentityMistake(
        "length",
        _("%(label)s harus %(length)s angka; yang diisi %(given)s angka.")
        % {"label": LABELS[kind], "length": length, "given": len(digits)},
    )


def _read_eighteen(kind: IdentityKind, digits: str, day: date | None) -> Identity:
    day = day or today()
    born = _birth(digits, day)
    if kind is IdentityKind.PPPK:
        since, contract = _first_contract(digits), int(digits[13])
    else:
        since, contract = _appointment(digits), None
    _check_age(born, since, day)
    serial = digits[15:]
    if digits[14] not in "12":
        raise IdentityMistake(
            "sex",
            _("Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan); tertulis %(digit)s.")
            % {"digit": digits[14]},
        )
    if serial == "000":
        raise IdentityMistake("serial", _("Tiga angka terakhir tidak mungkin 000."))
    sex = Sex.MAN if digits[14] == "1" else Sex.WOMAN
    return Identity(kind, digits, born, since, sex, serial, contract)


def _birth(digits: str, day: date) -> date:
    year, month, born_day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    _check_month("birth-month", _("kelahiran"), month)
    try:
        born = date(year, month, born_day)
    except ValueError as error:
        raise IdentityMistake(
            "birth-day",
            _("Tanggal lahir %(day)s %(month)s %(year)s tidak ada di kalender.")
            % {"day": born_day, "month": MONTH_NAMES[month - 1], "year": year},
        ) from error
    if born.year < 1900 or born > day:
        raise IdentityMistake(
            "birth-year", _("Tahun lahir %(year)s tidak mungkin.") % {"year": digits[:4]}
        )
    return born


def _appointment(digits: str) -> date:
    month = int(digits[12:14])
    _check_month("appointment-month", _("pengangkatan"), month)
    return _year_start(digits).replace(month=month)


def _first_contract(digits: str) -> date:
    if digits[13] == "0":
        raise IdentityMistake(
            "contract", _("Angka ke-14 NI PPPK adalah kontrak ke-1 sampai ke-9, bukan 0.")
        )
    return _year_start(digits)


def _year_start(digits: str) -> date:
    year = int(digits[8:12])
    if not 1900 <= year <= 2100:
        raise IdentityMistake(
            "appointment-year", _("Tahun pengangkatan %(year)s tidak mungkin.") % {"year": year}
        )
    return date(year, 1, 1)


def _check_month(code: str, what: Words, month: int) -> None:
    if not 1 <= month <= 12:
        raise IdentityMistake(
            code,
            _("Bulan %(what)s tertulis %(month)02d, padahal bulan hanya 01 sampai 12.")
            % {"what": what, "month": month},
        )


def _check_age(born: date, since: date, day: date) -> None:
    if since > day:
        raise IdentityMistake(
            "appointment-future",
            _("Pengangkatan tertulis %(since)s, sesudah hari ini.") % {"since": say_day(since)},
        )
    age = since.year - born.year
    if not 15 <= age <= 70:
        raise IdentityMistake(
            "age",
            _("Menurut nomor ini ia diangkat pada umur sekitar %(age)s tahun; itu tidak mungkin.")
            % {"age": age},
        )


def mask(kind: IdentityKind | str, digits: str) -> str:
    """The number as shown outside the person's own file."""
    kind = IdentityKind(kind)
    if kind is IdentityKind.NONE:
        return ""
    if len(digits) != LENGTHS[kind]:
        return "*" * len(digits)
    head, tail = {18: (8, 4), 9: (2, 2), 6: (1, 1)}[len(digits)]
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]
