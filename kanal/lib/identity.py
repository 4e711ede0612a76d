"""Staff numbers of Indonesian officials: read strictly, explained, masked. Never a NIK."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kanal.lib import staffnumber
from kanal.lib.dates import say_day
from kanal.lib.dates import today as this_day
from kanal.lib.daywords import MONTH_NAMES
from kanal.lib.refusal import Refused, Words
from kanal.lib.staffnumber import Identity, IdentityKind, NumberMistake, Sex, mask

__all__ = [
    "LABELS",
    "Identity",
    "IdentityKind",
    "IdentityMistake",
    "Sex",
    "mask",
    "parse",
    "read_employee_number",
]

LABELS: dict[IdentityKind, Words] = {
    IdentityKind.NIP: _("NIP"),
    IdentityKind.PPPK: _("NI PPPK"),
    IdentityKind.OLD_NIP: _("NIP lama"),
    IdentityKind.NRK: _("NRK"),
    IdentityKind.NONE: _("Tanpa nomor"),
}

_AS_IN_THE_DECREE = _("Cocokkan dengan SK atau kartu pegawai, lalu ketik ulang.")
_MONTH = _("Bulan %(what)s tertulis %(month)02d, padahal bulan hanya 01 sampai 12.")
_WORDS: dict[str, Words] = {
    "number-with-none": _("Jenisnya “tanpa nomor”, tetapi sebuah nomor diisi."),
    "pppk-as-nip": _("Ini nomor induk PPPK, bukan NIP: angka ke-13 dan 14 menunjukkan kontrak."),
    "nip-as-pppk": _("Ini NIP (PNS), bukan nomor induk PPPK: angka ke-13 dan 14 sebuah bulan."),
    "empty": _("%(label)s belum diisi."),
    "letter-like-digit": _("Ada huruf “%(letter)s” di tempat angka, mungkin maksudnya %(digit)s."),
    "not-digits": _("%(label)s hanya angka; “%(letter)s” bukan angka."),
    "nik": _("Enam belas angka adalah panjang NIK. Kanal tidak meminta dan tidak menyimpan NIK."),
    "length": _("%(label)s harus %(length)s angka; yang diisi %(given)s angka."),
    "birth-month": _MONTH,
    "birth-day": _("Tanggal lahir %(day)s %(month)s %(year)s tidak ada di kalender."),
    "birth-year": _("Tahun lahir %(year)s tidak mungkin."),
    "appointment-month": _MONTH,
    "appointment-year": _("Tahun pengangkatan %(year)s tidak mungkin."),
    "appointment-future": _("Pengangkatan tertulis %(since)s, sesudah hari ini."),
    "age": _("Menurut nomor ini ia diangkat pada umur sekitar %(age)s tahun; itu tidak mungkin."),
    "contract": _("Angka ke-14 NI PPPK adalah kontrak ke-1 sampai ke-9, bukan 0."),
    "sex": _("Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan); tertulis %(digit)s."),
    "serial": _("Tiga angka terakhir tidak mungkin 000."),
}
_NEXT_STEPS: dict[str, Words] = {
    "number-with-none": _("Kosongkan nomornya, atau pilih jenis nomor yang sesuai."),
    "pppk-as-nip": _("Pilih jenis NI PPPK, lalu ketik nomor yang sama."),
    "nip-as-pppk": _("Pilih jenis NIP, lalu ketik nomor yang sama."),
    "letter-like-digit": _("Kanal tidak memperbaikinya sendiri: lihat suratnya, ketik angkanya."),
    "nik": _("Isi nomor pegawai, atau pilih “tanpa nomor” dengan alasannya."),
}
_WHAT_BEGAN: dict[str, Words] = {
    "birth-month": _("kelahiran"),
    "appointment-month": _("pengangkatan"),
}


class IdentityMistake(Refused):
    """A number that cannot be what it is said to be. `code` names the mistake for machines."""

    status = 422

    def __init__(self, code: str, what: Words, *, next_step: Words = _AS_IN_THE_DECREE) -> None:
        super().__init__(what, next_step=next_step)
        self.code = code


def parse(kind: IdentityKind, text: str, *, today: date | None = None) -> Identity:
    """The number written in `text`, which the writer says is of this kind."""
    try:
        return staffnumber.parse(kind, text, today=today or this_day())
    except NumberMistake as mistake:
        raise _in_words(mistake) from mistake


def read_employee_number(text: str, *, today: date | None = None) -> Identity:
    """An 18-digit number whose kind nobody named: NIP or NI PPPK, told apart by digits 13-14."""
    try:
        return staffnumber.read_employee_number(text, today=today or this_day())
    except NumberMistake as mistake:
        raise _in_words(mistake) from mistake


def _in_words(mistake: NumberMistake) -> IdentityMistake:
    """The same mistake as a sentence of the office."""
    said = dict(mistake.details)
    kind, since, month = said.get("kind"), said.get("since"), said.get("month")
    if isinstance(kind, IdentityKind):
        said["label"] = LABELS[kind]
    if isinstance(since, date):
        said["since"] = say_day(since)
    if mistake.code == "birth-day" and isinstance(month, int):
        said["month"] = MONTH_NAMES[month - 1]
    said["what"] = _WHAT_BEGAN.get(mistake.code, "")
    return IdentityMistake(
        mistake.code,
        _WORDS[mistake.code] % said,
        next_step=_NEXT_STEPS.get(mistake.code, _AS_IN_THE_DECREE),
    )
