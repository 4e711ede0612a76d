"""Rows and runs of a page: where words stand beside and below each other."""

import math
import re
import statistics
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kanal.paper.reading.grids import Grid, grids_of
from kanal.paper.reading.kept import kept
from kanal.paper.reading.rules import Rule, RuledPage
from kanal.paper.words import Page, View, Word

# Page number, then x0, y0, x1, y1 in points from the upper left corner.
Place = tuple[int, float, float, float, float]
Box = tuple[float, float, float, float]

_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), "’": "'", "‘": "'", "\u00ad": None})
_LEAST_FOR_ANGLE = 12
_LEAST_STEP, _MOST_STEP, _OF_A_STEP = 6.0, 30.0, 0.72
# What engines make of the lines of a table.
_RULE = re.compile(r"[|\[\]{}_~=\u2014]+")
# More words than fifty full pages hold are nobody's letter.
MOST_WORDS = 25_000
# A run of one cell or sentence ends at a gap wider than this part of the letters' height.
WIDE_GAP = 0.95
_STRETCHED = 1.6


@dataclass(frozen=True, slots=True)
class Token:
    """A word made plain; x0..y1 straightened for comparing, `box` where it really stands."""

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    box: Box

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Passage:
    """Tokens as one text: words parted by spaces, rows by line breaks; places are kept."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        parts: list[str] = []
        starts: list[int] = []
        at = 0
        before: Token | None = None
        for token in self.tokens:
            if before is not None:
                parts.append("\n" if _on_another_row(before, token) else " ")
                at += 1
            starts.append(at)
            parts.append(token.text)
            at += len(token.text)
            before = token
        self.text = "".join(parts)
        self._starts = starts

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that a part of the text touches."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._starts[first] + len(self.tokens[first].text) <= start:
            first += 1
        return self.tokens[first : bisect_left(self._starts, end)]

    def starts(self) -> dict[int, int]:
        """Where each token begins, by the token's identity."""
        return dict(zip(map(id, self.tokens), self._starts, strict=True))

    def place(self, start: int, end: int) -> Place | None:
        return place_of(self.between(start, end))

    def confidence(self, start: int, end: int) -> float:
        return min((token.confidence for token in self.between(start, end)), default=0.0)


def _on_another_row(one: Token, other: Token) -> bool:
    if one.page != other.page:
        return True
    if one.y0 == other.y0 and one.y1 == other.y1:  # the rule in text that a file carries
        return False
    return abs(one.middle - other.middle) > 0.6 * max(one.height, other.height, 1.0)


def place_of(tokens: Sequence[Token]) -> Place | None:
    """The box around tokens of the first one's page."""
    if not tokens:
        return None
    page = tokens[0].page
    boxes = [token.box for token in tokens if token.page == page]
    return (
        page,
        round(min(box[0] for box in boxes), 1),
        round(min(box[1] for box in boxes), 1),
        round(max(box[2] for box in boxes), 1),
        round(max(box[3] for box in boxes), 1),
    )


@dataclass(frozen=True)
class Run:
    """Words beside each other without a wide gap: a cell, or a line of a paragraph."""

    tokens: tuple[Token, ...]

    @property
    def page(self) -> int:
        return self.tokens[0].page

    @property
    def x0(self) -> float:
        return self.tokens[0].x0

    @kept
    def x1(self) -> float:
        return max(token.x1 for token in self.tokens)

    @kept
    def y0(self) -> float:
        return min(token.y0 for token in self.tokens)

    @kept
    def y1(self) -> float:
        return max(token.y1 for token in self.tokens)

    @property
    def height(self) -> float:
        return self.tokens[0].height

    @kept
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)


@dataclass(frozen=True)
class Row(Run):
    """Everything on one line of a page."""

    @kept
    def runs(self) -> tuple[Run, ...]:
        return tuple(Run(tuple(part)) for part in parted(self.tokens, WIDE_GAP))


def stretched_gap(tokens: Sequence[Token]) -> float:
    """How wide a gap must be to part a line whose words are stretched; 0 in a short line."""
    spaces = sorted(other.x0 - one.x1 for one, other in pairwise(tokens))
    return _STRETCHED * spaces[len(spaces) // 4] if len(spaces) > 2 else 0.0


def parted(tokens: Sequence[Token], gap: float) -> list[list[Token]]:
    """Neighbours on a row parted wherever the gap exceeds `gap` times the letters' height.

    In a line stretched to both margins all gaps are wide: there only the widest part it.
    """
    stretched = stretched_gap(tokens)
    parts: list[list[Token]] = []
    for token in tokens:
        lowest = min(token.height, parts[-1][-1].height) if parts else 0.0
        if parts and token.x0 - parts[-1][-1].x1 <= max(gap * lowest, stretched):
            parts[-1].append(token)
        else:
            parts.append([token])
    return parts


@dataclass(frozen=True)
class Sheet:
    """One view's rows, from the first page's top to the last page's bottom."""

    engine: str
    recognised: bool
    rows: tuple[Row, ...]
    grids: tuple[Grid, ...] = ()

    def without(self, gone: Iterable[Token]) -> "Sheet":
        """The same sheet less some tokens (told apart by identity)."""
        ids = {id(token) for token in gone}
        if not ids:
            return self
        rows = (tuple(t for t in row.tokens if id(t) not in ids) for row in self.rows)
        return replace(self, rows=tuple(Row(tokens) for tokens in rows if tokens))

    @kept
    def passage(self) -> Passage:
        return Passage([token for row in self.rows for token in row.tokens])


def sheet_of(view: View) -> Sheet:
    rows: list[Row] = []
    grids: list[Grid] = []
    left = MOST_WORDS
    for page in view.pages:
        rows.extend(rows_of(_tokens(page, view.is_recognised)[:left]))
        left = max(left - len(page.words), 0)
        if isinstance(page, RuledPage):
            grids.extend(grids_of(page.number, _straightened(page, view.is_recognised)))
    return Sheet(view.engine, view.is_recognised, tuple(rows), tuple(grids))


# Each program draws its own mark before a line of a list.
_BULLETS = str.maketrans(dict.fromkeys("◦▪▫●○■□‣⁃∙\uf0b7\uf0a7\uf0d8", "•"))


def _tokens(page: Page, recognised: bool) -> list[Token]:
    angle = _angle(page.words) if recognised else 0.0
    cos, sin = math.cos(angle), math.sin(angle)
    even = _even_height(page.words) if recognised else None
    tokens: list[Token] = []
    for word in page.words:
        for text, x0, x1 in _pieces(word):
            if recognised and _RULE.fullmatch(text):
                continue
            text = text.strip("|") if recognised else text.translate(_BULLETS)
            middle_x, middle_y = (x0 + x1) / 2, word.middle
            half = (even or word.height) / 2
            x = middle_x * cos + middle_y * sin
            y = middle_y * cos - middle_x * sin
            wide = (x1 - x0) / 2
            box = (x0, word.y0, x1, word.y1)
            tokens.append(
                Token(
                    text, page.number, x - wide, y - half, x + wide, y + half, word.confidence, box
                )
            )
    return tokens


def _straightened(page: RuledPage, recognised: bool) -> list[Rule]:
    """Lines turned about the same corner as the words, so that both still meet."""
    angle = _angle(page.words) if recognised and page.rules else 0.0
    if not angle:
        return list(page.rules)
    cos, sin = math.cos(angle), math.sin(angle)
    turned: list[Rule] = []
    for x0, y0, x1, y1 in page.rules:
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        x, y = middle_x * cos + middle_y * sin, middle_y * cos - middle_x * sin
        wide, high = (x1 - x0) / 2, (y1 - y0) / 2
        turned.append((x - wide, y - high, x + wide, y + high))
    return turned


def _pieces(word: Word) -> list[tuple[str, float, float]]:
    """An engine may give a whole line as one word: parted by its spaces, widths by letters."""
    text = plain(word.text)
    if not text:
        return []
    if " " not in text:
        return [(text, word.x0, word.x1)]
    wide = (word.x1 - word.x0) / len(text)
    return [
        (hit[0], word.x0 + hit.start() * wide, word.x0 + hit.end() * wide)
        for hit in re.finditer(r"\S+", text)
    ]


def plain(text: str) -> str:
    """Compatibility forms and every kind of dash and space made ordinary; one line."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, without what stands between and around them."""
    return frozenset(re.findall(r"\w+", plain(text).casefold()))


def _even_height(words: Sequence[Word]) -> float | None:
    """One height for all recognised words: engines box ink, not lines, each in its own way."""
    middles = sorted(word.middle for word in words)
    steps = [b - a for a, b in pairwise(middles) if _LEAST_STEP < b - a < _MOST_STEP]
    if len(steps) < 4:
        return None
    return min(max(_OF_A_STEP * statistics.median_low(steps), 6.0), 14.0)


def _angle(words: Sequence[Word]) -> float:
    """How far the page is turned, in radians, from each word to its right neighbour."""
    if len(words) < _LEAST_FOR_ANGLE:
        return 0.0
    slopes: list[float] = []
    ordered = sorted(words, key=lambda word: word.x0)
    for at, word in enumerate(ordered):
        for other in ordered[at + 1 : at + 40]:
            step = (other.x0 + other.x1 - word.x0 - word.x1) / 2
            near = other.x0 - word.x1 < 1.5 * word.height and step > 2 * word.height
            if near and abs(other.middle - word.middle) < 0.45 * word.height:
                slopes.append((other.middle - word.middle) / step)
    if len(slopes) < _LEAST_FOR_ANGLE:
        return 0.0
    angle = math.atan(statistics.median(slopes))
    return angle if abs(angle) > 0.002 else 0.0


def rows_of(tokens: Sequence[Token]) -> list[Row]:
    """Tokens of one page in rows: each joins the row whose middle it meets."""
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=lambda each: (each.middle, each.x0)):
        for row in reversed(rows[-4:]):
            lead = row[0]
            if abs(token.middle - lead.middle) <= 0.42 * min(token.height, lead.height) + 0.5:
                row.append(token)
                break
        else:
            rows.append([token])
    return [Row(tuple(sorted(row, key=lambda each: each.x0))) for row in rows]
