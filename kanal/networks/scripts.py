"""Which script a letter is of, in Indonesian: an official need not know Unicode's English names."""

from __future__ import annotations

import unicodedata

from kanal.networks.refusals import _

# By the first word of the letter's name in Unicode.
SCRIPTS = {
    "CYRILLIC": _("huruf Kiril"),
    "GREEK": _("huruf Yunani"),
    "COPTIC": _("huruf Koptik"),
    "ARMENIAN": _("huruf Armenia"),
    "GEORGIAN": _("huruf Georgia"),
    "CHEROKEE": _("huruf Cherokee"),
    "HEBREW": _("huruf Ibrani"),
    "ARABIC": _("huruf Arab"),
    "DEVANAGARI": _("huruf Dewanagari"),
    "THAI": _("huruf Thai"),
    "JAVANESE": _("aksara Jawa"),
    "BALINESE": _("aksara Bali"),
    "SUNDANESE": _("aksara Sunda"),
    "CJK": _("aksara Han"),
    "HIRAGANA": _("aksara Jepang"),
    "KATAKANA": _("aksara Jepang"),
    "HANGUL": _("aksara Korea"),
    "LATIN": _("huruf Latin berhias"),
    "FULLWIDTH": _("huruf Latin lebar"),
    "MATHEMATICAL": _("lambang matematika"),
}
OTHER = _("tanda dari aksara lain")


def script_of(letter: str) -> str:
    """To be translated by whoever shows it."""
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], OTHER)
