"""Whom an instruction addresses: the written line, and the class of units it means, if certain."""

import re

# What may follow the head of a whole class: where, never which one.
_WHERE = re.compile(
    r"(?:(?:administrasi|provinsi|propinsi|kabupaten|kota|daerah|dki|setda|sekretariat daerah|"
    r"di|pada|dalam|se)\b.*)?"
)
_MANY = re.compile(r"(?:(?:yth|yang terhormat|saudara|sdr|para|seluruh|semua|setiap)\b[ .]*)*")
_HEADS: tuple[tuple[str, str], ...] = (
    (r"inspektur|inspektorat|kepala inspektorat", "inspektorat"),
    (r"kepala (?:pelaksana )?badan", "badan"),
    (r"wali ?kota", "kota"),
    (r"kepala (?:satuan polisi pamong praja|satpol pp)", "satpol_pp"),
    (r"kepala dinas", "dinas"),
    (r"sekretaris (?:dewan perwakilan rakyat daerah|dprd)", "setwan"),
    (r"sekretaris daerah", "setda"),
    (r"kepala biro", "biro"),
    (r"bupati", "kabupaten"),
    (r"camat|kepala distrik", "kecamatan"),
    (r"lurah", "kelurahan"),
)
_CLASSES = tuple((re.compile(head), unit_class) for head, unit_class in _HEADS)
# The one administrative regency: naming it names its whole class.
_ONLY_REGENCY = re.compile(r"bupati (?:kabupaten )?(?:administrasi )?kepulauan seribu\b")
# A part of the class, or another class besides.
_NARROWED = re.compile(
    r"\bse (?:kota|kabupaten)\b|\b(?:kecuali|selain|kecamatan|kelurahan|wilayah)\b|\b(?:dan|serta)\b|/"
)


def unit_class(text: str) -> str | None:
    """The class all the addressed belong to, as in the lists of units; None when not certain."""
    line = " ".join(re.sub(r"[-,;.]", " ", text.lower()).split())
    line = line[_match_end(_MANY, line) :]
    if _ONLY_REGENCY.match(line) and not _NARROWED.search(line):
        return "kabupaten"
    for head, name in _CLASSES:
        hit = head.match(line)
        if hit is None:
            continue
        where = line[hit.end() :].strip()
        certain = _WHERE.fullmatch(where) and not _NARROWED.search(where.replace("/kota", ""))
        return name if certain else None
    return None


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    hit = pattern.match(text)
    return hit.end() if hit else 0
