"""Reading a text without losing one's place: what is found keeps where it stood."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

# Marks of a text's dress (markdown, quoting, tables), each blanked in place.
_DRESS = dict.fromkeys("*#`>|", " ")
_BLANKS = dict.fromkeys("\t\r\u00a0\u2007\u2009\u202f\u200b\ufeff", " ")
_BREAKS = dict.fromkeys("\v\f\u0085\u2028\u2029", "\n")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_PLAIN = str.maketrans({**_DRESS, **_BLANKS, **_BREAKS, **_DASHES, "：": ":", "’": "'"})
_PAGE_NUMBER = re.compile(
    r"\f[ \n]{0,9}(-? ?\d{1,3} ?-?)[ ]{0,9}\n|\n[ ]{0,40}(-? ?\d{1,3} ?-?)\s{0,9}\f"
)
_BROKEN_WORD = re.compile("[\u0002\u00ad\ufffe]\\s*")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value read, and the words it was read from: `text` is the original's slice at `span`."""

    value: T
    span: tuple[int, int]
    text: str


@dataclass(frozen=True)
class Piece:
    """One entry of a list: its label as written, and where its words stand."""

    label: str
    start: int
    end: int


class View:
    """A text beside its plain form of the same length, so that places are the same in both."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = _PAGE_NUMBER.sub(_without_number, text).translate(_PLAIN)

    def words(self, start: int, end: int) -> str:
        """What stands between two places, as one line."""
        return tidy(self.plain[start:end])

    def found(self, value: T, start: int, end: int) -> Found[T]:
        start, end = self.trim(start, end)
        return Found(value, (start, end), self.text[start:end])

    def found_words(self, start: int, end: int) -> Found[str] | None:
        """The words between two places as a finding; None when there are none."""
        said = self.words(start, end)
        return self.found(said, start, end) if said else None

    def trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.plain[start].isspace():
            start += 1
        while end > start and self.plain[end - 1].isspace():
            end -= 1
        return start, end

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Places of the lines that are not blank."""
        at = start
        while at < end:
            stop = self.plain.find("\n", at, end)
            stop = end if stop < 0 else stop
            line = self.trim(at, stop)
            if line[0] < line[1]:
                yield line
            at = stop + 1

    def listed(self, start: int, end: int, style: str) -> list[Piece]:
        """Entries `1.`, `a.` or `(1)` in unbroken order, or dashes; empty when there is no list."""
        marks = self._dashes(start, end) if style == "-" else self._labels(start, end, style)
        return [
            Piece(mark.label, mark.end, stop)
            for mark, stop in zip(marks, stops(marks, end), strict=True)
        ]

    def _labels(self, start: int, end: int, style: str) -> list[Piece]:
        marks: list[Piece] = []
        at = start
        for label in _sequence(style):
            hit = _mark(label, style).search(self.plain, at, end)
            if hit is None:
                break
            marks.append(Piece(label, hit.start(), hit.end()))
            at = hit.end() - 1
        return marks

    def _dashes(self, start: int, end: int) -> list[Piece]:
        hits = list(re.compile(r"^[ ]*[-•]\s+", re.MULTILINE).finditer(self.plain, start, end))
        letters = _sequence("a")
        return [Piece(next(letters), hit.start(), hit.end()) for hit in hits[:26]]


def stops(marks: list[Piece], end: int) -> list[int]:
    """Where each entry ends: where the next begins, the last one at `end`."""
    return [mark.start for mark in marks[1:]] + [end] * bool(marks)


def _sequence(style: str) -> Iterator[str]:
    if style == "a":
        yield from "abcdefghijklmnopqrstuvwxyz"
    else:
        yield from (str(number) for number in range(1, 200))


def _mark(label: str, style: str) -> re.Pattern[str]:
    body = rf"\({label}\)" if style == "(1)" else rf"{label}[.)]"
    return re.compile(rf"(?<![\w/.(-])(?<!huruf\s)(?<!angka\s){body}\s")


def _without_number(hit: re.Match[str]) -> str:
    return re.sub(r"[\d-]", " ", hit[0])


def tidy(text: str) -> str:
    """Words on one line: broken words joined, dress and trailing list marks gone."""
    whole = _BROKEN_WORD.sub("", text)
    line = " ".join(unicodedata.normalize("NFKC", whole).split())
    return re.sub(r"\s+([,.;])", r"\1", line).removesuffix(" -").strip()
