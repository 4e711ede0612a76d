"""Staff numbers found in text: printed in groups, broken over rows, or misread."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kanal.lib.staffnumber import LOOKS_LIKE_A_DIGIT, NumberMistake, read_employee_number
from kanal.paper.reading.facts import Nip
from kanal.paper.reading.layout import Passage

# What an eye or a machine takes for a digit.
_MISREAD = str.maketrans(
    {
        **LOOKS_LIKE_A_DIGIT,
        "Z": "2",
        "z": "2",
        "Q": "0",
        "D": "0",
        "!": "1",
        "i": "1",
        "s": "5",
        "b": "6",
        "G": "6",
        "g": "9",
        "?": "7",
        "]": "1",
        "[": "1",
        "A": "4",
        "T": "7",
    }
)
_DIGITLIKE = r"0-9OoQDlI|!iSsBZzbGg\[\]?"
LABEL = (
    r"(?:(?i:N\.?\s?[I1l|]\.?\s?P)\.?(?:\s?/\s?N\.?I\.?K\.?)?|N\.?I\.?K\.?\s?/\s?N\.?I\.?P\.?|"
    r"NI\s?(?:PPPK|P3K)|NIPPPK|NIP3K|Nomor Induk Pegawai(?: Negeri Sipil)?)(?![A-Za-z])"
)
# A letter counts as a figure only among figures: the `o` of `orang` is none.
_FIGURE = rf"[{_DIGITLIKE}](?![a-z]{{2}})"
_LABELLED = re.compile(
    rf"(?<![A-Za-z]){LABEL}(?:\s?(?:PPPK|P3K|baru))?[\s.:;,·=-]{{0,6}}"
    rf"(?P<body>{_FIGURE}(?:[\s.\-]{{0,2}}{_FIGURE}){{13,21}})(?![0-9])"
)
_BARE = re.compile(
    r"(?<![\w/.@-])(?P<body>[12]\d{7}(?P<mark>[-/])\d{6}(?P=mark)\d(?P=mark)\d{3}|"
    r"[12][0-9](?:[\s.]{0,2}[0-9]){13,20})(?![\w/@-])"
)
# Spaces between digits are a NIP's own, or one break where a narrow cell or a row ended.
_GROUPED = re.compile(
    r"\d{8}[ .-]{0,3}\d{6}[ .-]{0,3}\d[ .-]{0,3}\d{3}|\d{8}/\d{6}/\d/\d{3}|\d{8}\s\d{6}\s\d\s\d{3}|"
    r"\d{8}\s\d{4}\s?2[1-9]\s\d\s\d{3}|\d{8}[ .-]{0,3}\d{4}[ .-]{0,3}\d{2}[ .-]{0,3}\d[ .-]{0,3}\d{3}"
)
# `1. 1987...`: a list's number, or a colon that was read as 1.
_NUMBERED = re.compile(r"^1[.\s]{1,3}(?=\d{18}(?!\d)|\d{8}\s\d{6}\s\d\s\d{3}(?!\d))")
# More numbers than this are nobody's list of officers.
MOST_NUMBERS = 2_000
_LEAST_DIGITS, _MOST_MISREAD = 14, 4

REASONS = {
    "length": "nip_length",
    "nik": "nip_length",
    "empty": "nip_length",
    "birth-month": "nip_invalid_birthdate",
    "birth-day": "nip_invalid_birthdate",
    "birth-year": "nip_invalid_birthdate",
}


@dataclass(frozen=True)
class FoundNip:
    nip: Nip
    start: int
    end: int
    labelled: bool


def mistake_in(digits: str, today: date) -> str | None:
    """The reason word for what is wrong with a number; None when it passes every check."""
    try:
        read_employee_number(digits, today=today)
    except NumberMistake as mistake:
        return REASONS.get(mistake.code, "nip_invalid")
    return None


def find_nips(passage: Passage) -> Iterator[FoundNip]:
    """Every number that is a NIP by its label or its length, in reading order."""
    found: dict[int, FoundNip] = {}
    for hit in islice(_LABELLED.finditer(passage.text), MOST_NUMBERS):
        one = _nip(passage, hit, labelled=True)
        if one:
            found[one.start] = one
    starts = sorted(found)
    for hit in islice(_BARE.finditer(passage.text), MOST_NUMBERS):
        near = bisect_right(starts, hit.start())
        taken = near > 0 and found[starts[near - 1]].end > hit.start()
        one = None if taken else _nip(passage, hit, labelled=False)
        if one and not (near < len(starts) and starts[near] < one.end):
            found[one.start] = one
    for start in sorted(found):
        yield found[start]


def _nip(passage: Passage, hit: re.Match[str], labelled: bool) -> FoundNip | None:
    start, end = hit.span("body")
    body = hit["body"]
    end, body = _without_neighbour(body, start)
    digits = re.sub(r"\D", "", body.translate(_MISREAD))
    misread = sum(char.isalpha() or char in "|!?[]" for char in body)
    if len(digits) < _LEAST_DIGITS or misread > _MOST_MISREAD:
        return None
    if not labelled and len(digits) not in (17, 18, 19):
        return None
    sure = not misread and (
        body.replace("\n", "", 1).isdigit()
        or bool(_GROUPED.fullmatch(body) or _GROUPED.fullmatch(body.replace("\n", "", 1)))
    )
    nip = Nip(digits, sure, passage.place(start, end), passage.confidence(start, end))
    return FoundNip(nip, hit.start() if labelled else start, end, labelled)


def _without_neighbour(body: str, start: int) -> tuple[int, str]:
    """A whole NIP followed by another number (`... 1 002 2. Nama`) ends where it ends."""
    before = _NUMBERED.match(body)
    if before:
        start, body = start + before.end(), body[before.end() :]
    for pattern in (r"\d{18}(?=\D)", rf"(?:{_GROUPED.pattern})(?=\D|$)"):
        whole = re.match(pattern, body)
        if whole:
            body = whole[0]
            break
    body = body.rstrip(" .,-/\n")
    return start + len(body), body


def nip_in_cell(passage: Passage) -> FoundNip | None:
    """The number of a cell that holds nothing else, however its rows break it."""
    bare = re.sub(rf"(?i){LABEL}", "", passage.text)
    squeezed = re.sub(r"[\s.:,\-]", "", _NUMBERED.sub("", bare.strip()))
    digits = squeezed.translate(_MISREAD)
    misread = sum(not char.isdigit() for char in squeezed)
    if not digits.isdigit() or len(digits) < _LEAST_DIGITS or misread > _MOST_MISREAD:
        return None
    if len(digits) > 21:
        return None
    everything = (0, len(passage.text))
    nip = Nip(digits, misread == 0, passage.place(*everything), passage.confidence(*everything))
    return FoundNip(nip, *everything, labelled=True)
