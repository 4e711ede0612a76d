"""How a book writes its numbers: `{n}/-1.823.5`, `e-{n:04}/HM.03.00`, `{n} TAHUN {year}`."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from kanal.lib.refusal import Refused
from kanal.stationery.models import PaperForm

_PLACE = re.compile(r"\{n(?::0([1-9]))?\}|\{year\}|\{|\}")
_PLAIN = re.compile(r"[A-Za-z0-9 ./()-]*")
LONGEST = 60

_OF_FORM = {PaperForm.KEPUTUSAN: "{n} TAHUN {year}", PaperForm.BERITA_ACARA: "{n:04}/BA/{year}"}
_USUAL = "e-{n:04}/HM.03.00"


class PatternRefused(Refused):
    """A pattern that would print no number, or signs that no letter's number has."""

    status = 422


def usual(form: str) -> str:
    """Where a book is opened that had none before."""
    return _OF_FORM.get(PaperForm(form), _USUAL)


def check(pattern: str) -> str:
    """The pattern, tidied. Raises PatternRefused."""
    tidy = " ".join(pattern.split())
    found = [hit[0] for hit in _PLACE.finditer(tidy)]
    numbers = [one for one in found if one.startswith("{n")]
    if len(tidy) > LONGEST or "{" in found or "}" in found:
        raise _refused(_("Kurung kurawal hanya untuk {n}, {n:04}, dan {year}."))
    if len(numbers) != 1:
        raise _refused(_("Pola harus berisi {n} tepat satu kali."))
    if not _PLAIN.fullmatch(_PLACE.sub("", tidy)):
        raise _refused(_("Pola hanya boleh berisi huruf, angka, spasi, titik, garis, dan kurung."))
    return tidy


def _refused(what: str) -> PatternRefused:
    return PatternRefused(
        what, next_step=_("Contoh: {n}/-1.823.5 atau e-{n:04}/HM.03.00."), field="pattern"
    )


def written(pattern: str, n: int, year: int) -> str:
    """`check` has looked at the pattern."""

    def put(hit: re.Match[str]) -> str:
        if hit[0] == "{year}":
            return str(year)
        return f"{n:0{hit[1]}}" if hit[1] else str(n)

    return _PLACE.sub(put, pattern)
