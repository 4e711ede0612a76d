"""Which duties a letter itself gives its officers; that it appoints them does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanal.paper.reading.facts import Fact, fact
from kanal.paper.reading.layout import Passage

CONTENT, COORDINATION = "konten", "koordinasi"

_MATTER = r"\b(?:konten|informasi|materi|bahan)\b"
_PROVIDING = r"\b(?:penyediaan|menyediakan|penyiapan|menyiapkan)\b"
_PLACING = (
    r"\b(?:penempatan|menempatkan|penayangan|menayangkan|pemuatan|pengunggahan|mengunggah|"
    r"publikasi|pem(?:p)?ublikasian|mem(?:p)?ublikasikan)\b"
)
_RENEWING = r"\b(?:pembaha?ruan|pembaruan|memperbaha?rui|memperbarui|pemutakhiran|memutakhirkan)\b"
_QUALITIES = (
    _MATTER + r"[^.;]{0,60}?\blengkap\b[^.;]{0,20}?\b(?:valid|sahih|benar)\b[^.;]{0,25}?"
    r"\b(?:akuntabel|dapat\s+dipertanggung\s?jawabkan)\b"
)
_COLLECTING = r"\b(?:pengumpulan|mengumpulkan|penghimpunan|menghimpun)\b[^.;]{0,40}?" + _MATTER
_COORDINATING = (
    r"\b(?:koordinasi|berkoordinasi|mengk?oordinasikan)\b[^.;]{0,40}?"
    r"\b(?:diskominfotik|diskominfo|kominfotik|kominfo|dinas\s+komunikasi)\b"
)
# Ways to state a duty whole: all parts near each other, in any order.
_WAYS = (
    (CONTENT, (_PROVIDING, _PLACING, _RENEWING)),
    (CONTENT, (_QUALITIES,)),
    (COORDINATION, (_COLLECTING, _COORDINATING)),
)
_REACH = 260
_POINTER = re.compile(
    r"(?i)(?<!surat )\btugas(?:nya)?\b(?:\s\w+){0,6}?"
    r"\s(?:sebagaimana|sesuai|menurut|berdasarkan|mengacu|berpedoman)\b[^.;:]{0,60}?"
    r"\b(?P<where>instruksi\s(?:sekretaris|sekda|gubernur|nomor|tersebut|dimaksud|di\s?atas)|"
    r"diktum\skedua)\b"
)
_INSTRUCTED = re.compile(r"(?i)[^.;:]{0,40}?\binstruksi\b")
# A decree's own second dictum is not the instruction's.
_OWN_DICTA = re.compile(r"(?m)^\W*KEDUA\b")
# Where the instruction itself is attached its words are not the letter's.
_INSTRUCTION = re.compile(r"(?m)^INSTRUKSI\s+[A-Z]{4,}")
# What a letter only gives as its reason, denies, or says of itself is no duty.
_NOT_GIVEN = re.compile(
    r"(?i)\b(?:dalam rangka|guna|demi|bukan|tidak|tanpa|kecuali|demikian|menyatakan)\b[^.;:]*$"
)
_CLAUSE = 120


def duties_in(passage: Passage) -> tuple[Fact, ...]:
    """Each duty of the instruction's second dictum that the letter's own text states whole."""
    attached = _INSTRUCTION.search(passage.text)
    own = passage.text[: attached.start()] if attached else passage.text
    # On one line, as long as before: places in it are places in the passage.
    text = own.replace("\n", " ")
    pointed = next(_pointers(text, own_dicta=bool(_OWN_DICTA.search(own))), None)
    found: list[Fact] = []
    for duty in (CONTENT, COORDINATION):
        stated = (span for of, parts in _WAYS if of == duty for span in _stated(text, parts))
        place = next(stated, pointed)
        said = fact(duty, passage.between(*place)) if place else None
        found.extend([said] if said else [])
    return tuple(found)


def _pointers(text: str, *, own_dicta: bool) -> Iterator[tuple[int, int]]:
    """`tugas sebagaimana dimaksud dalam diktum KEDUA Instruksi ...` gives what that lists."""
    for hit in _POINTER.finditer(text):
        of_others = hit["where"][0] in "iI" or _INSTRUCTED.match(text, hit.end())
        if (of_others or not own_dicta) and _is_given(text, hit.start()):
            yield hit.span()


def _stated(text: str, parts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for first in sorted(hit.start() for part in parts for hit in re.finditer(f"(?i){part}", text)):
        hits = [re.search(f"(?i){part}", text[first : first + _REACH]) for part in parts]
        if all(hits) and _is_given(text, first):
            yield first, first + max(hit.end() for hit in hits if hit)


def _is_given(text: str, start: int) -> bool:
    return not _NOT_GIVEN.search(text, max(start - _CLAUSE, 0), start)
