"""Long digit groups (NIPs) on recognised pages, and what each engine read in the same place.

For whoever gathers fields from views:

    views = views_of(data, media_type)
    for found in readings_of_numbers(views):
        found.page, found.box            # page from 1; points of the upright page
        found.texts["tesseract"]         # digits only, exactly as that engine read them
        found.agreed                     # digits read alike by two engines, else None
        found.certain                    # agreed, 18 digits, a possible NIP, clear enough
        found.best                       # most trustworthy digits to show to a person

Only `certain` may ever become a confidence of 0.95 or more. Digits are never repaired here: a
letter O stays a letter, and a number with one digit too few stays one digit too short.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kanal.paper.reading.scan_shapes import Box
from kanal.paper.words import View, Word

Chain = list[tuple[Word, str]]

NIP_LENGTH = 18
# Of 360 numbers that two engines read alike none was wrong, whatever each thought of itself.
SURE, VERY_SURE, DOUBTED = 0.6, 0.97, 0.25
# On the same numbers it misread one in nine, the other engine one in sixty.
_WEAKER = "tesseract"
_LEAST_DIGITS, _MOST_DIGITS = 14, 20
_LEAST_BROKEN = 8
# Digits, perhaps with a label or the letters of a stamp before them.
_DIGITS = re.compile(r"\W*(?:[A-Za-z]\w{0,5}?\W*(?=\d{8}))?(\d+)\W*")
# Gaps inside a printed NIP are narrower than a letter is high.
_WIDEST_GAP = 1.1
_NEXT_LINE = 2.2


@dataclass(frozen=True, slots=True)
class Group:
    """One digit group as one engine read it."""

    digits: str
    box: Box
    confidence: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The same place of a page as several engines read it."""

    page: int
    box: Box
    texts: dict[str, str] = field(default_factory=dict)
    confidences: dict[str, float] = field(default_factory=dict)

    @property
    def agreed(self) -> str | None:
        said = set(self.texts.values())
        return said.pop() if len(self.texts) > 1 and len(said) == 1 else None

    @property
    def certain(self) -> bool:
        digits = self.agreed
        return digits is not None and possible_nip(digits) and self._is_clear()

    def _is_clear(self) -> bool:
        """Each engine sure; or the one that reads digits best so sure that the other's doubt is
        about its own eyes."""
        doubts = [engine for engine, sure in self.confidences.items() if sure < SURE]
        if not doubts:
            return True
        best = max(sure for engine, sure in self.confidences.items() if engine != _WEAKER)
        least = min(self.confidences.values())
        return doubts == [_WEAKER] and best >= VERY_SURE and least >= DOUBTED

    @property
    def best(self) -> str:
        """Possible NIPs before others, then the engine that is surer."""
        return self.texts[max(self.texts, key=self._trust)]

    def _trust(self, engine: str) -> tuple[bool, float]:
        return possible_nip(self.texts[engine]), self.confidences[engine]


def readings_of_numbers(views: Sequence[View]) -> list[Reading]:
    """Every long digit group of the recognised views, from the top of each page downwards."""
    readings: list[Reading] = []
    for view in views:
        if not view.is_recognised:
            continue
        for page in view.pages:
            for group in groups_of(page.words):
                _join(readings, page.number, view.engine, group)
    return sorted(readings, key=lambda one: (one.page, one.box[1], one.box[0]))


def groups_of(words: Iterable[Word]) -> list[Group]:
    """Digit groups of 14 to 20 digits; a NIP printed in parts is one group."""
    lines = lines_of(words)
    chains = [chain for line in lines for chain in _chains(line)]
    edges = frozenset(id(word) for line in lines for word in (line[0], line[-1]))
    groups = [group for chain in chains if (group := _whole(chain, chains, edges)) is not None]
    return [group for group in groups if _LEAST_DIGITS <= len(group.digits) <= _MOST_DIGITS]


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand side by side, from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.middle):
        for line in reversed(lines[-6:]):
            last = line[-1]
            if abs(last.middle - word.middle) < 0.4 * min(last.height, word.height):
                line.append(word)
                break
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def possible_nip(digits: str) -> bool:
    """Birth date, month of appointment, sex and age at appointment are possible."""
    if len(digits) != NIP_LENGTH or not digits.isascii() or not digits.isdecimal():
        return False
    born = (int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    appointed, month, sex = int(digits[8:12]), int(digits[12:14]), digits[14]
    try:
        date(*born)
    except ValueError:
        return False
    # Employees on contract (PPPK) have 21 in place of the month.
    months = (*range(1, 13), 21)
    return month in months and sex in "12" and 15 <= appointed - born[0] <= 60 and born[0] > 1920


def _chains(line: list[Word]) -> list[Chain]:
    chains: list[Chain] = []
    last: Word | None = None
    for word in line:
        found = _DIGITS.fullmatch(word.text)
        if found is None:
            last = None
            continue
        if last is None or word.x0 - last.x1 > _WIDEST_GAP * max(word.height, last.height):
            chains.append([])
        chains[-1].append((word, found[1]))
        last = word
    return chains


def _whole(chain: Chain, chains: Sequence[Chain], edges: frozenset[int]) -> Group | None:
    """A chain as one group; a narrow column, or a line's end, may have broken off its rest.

    `edges`: the first and last words of the lines, by their identity.
    """
    while sum(len(text) for _, text in chain) > NIP_LENGTH and len(chain[0][1]) <= 2:
        # A row's running number may stand just before its NIP: it belongs to nobody.
        chain = chain[1:]
    digits = _text(chain)
    if len(digits) < _LEAST_BROKEN:
        return None
    if len(digits) < NIP_LENGTH:
        rest = next((one for one in chains if _continues(chain, one)), [])
        if not rest and id(chain[-1][0]) in edges:
            rest = next((one for one in chains if _begins_next_line(chain, one, edges)), [])
        if len(digits) + len(_text(rest)) == NIP_LENGTH:
            chain, digits = [*chain, *rest], digits + _text(rest)
    words = tuple(word for word, _ in chain)
    return Group(digits, around(words), min(word.confidence for word in words), words)


def _text(chain: Chain) -> str:
    return "".join(text for _, text in chain)


def _continues(chain: Chain, below: Chain) -> bool:
    """Whether it starts right under the other's start."""
    first, start = chain[0][0], below[0][0]
    down = start.middle - first.middle
    return (
        0.5 * first.height < down < 1.9 * first.height
        and abs(start.x0 - first.x0) < 0.8 * first.height
    )


def _begins_next_line(chain: Chain, below: Chain, edges: frozenset[int]) -> bool:
    """Whether it is the first on the line under the one that ends with the other."""
    last, start = chain[-1][0], below[0][0]
    down = start.middle - last.middle
    return (
        id(start) in edges
        and start.x0 < last.x0
        and 0.5 * last.height < down < _NEXT_LINE * last.height
    )


def around(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def overlap(one: Box, other: Box) -> float:
    """The part of the smaller box that lies in the other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / smaller if smaller > 0 else 0.0


def _join(readings: list[Reading], page: int, engine: str, group: Group) -> None:
    for reading in readings:
        if (
            reading.page == page
            and engine not in reading.texts
            and overlap(reading.box, group.box) > 0.5
        ):
            reading.texts[engine] = group.digits
            reading.confidences[engine] = group.confidence
            return
    readings.append(Reading(page, group.box, {engine: group.digits}, {engine: group.confidence}))
