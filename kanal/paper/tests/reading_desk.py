"""What the reading tests share: the day, views made of lines, files from the sample letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from kanal.paper.words import Page, View, Word

TODAY = date(2026, 11, 22)
LETTERS = Path(__file__).parents[3] / "tests" / "letters"
_LETTER, _LINE = 5.0, 15.0


def view_of_lines(
    lines: Iterable[str], engine: str = "pdf", *, sure: float = 1.0, left: float = 60.0
) -> View:
    """A page of lines; two or more spaces make a gap as wide as a column's."""
    words: list[Word] = []
    for row, line in enumerate(lines):
        y = 40 + row * _LINE
        at = 0
        for part in line.split(" "):
            if part:
                x = left + at * _LETTER
                words.append(Word(part, x, y, x + len(part) * _LETTER - 1.5, y + 10, sure))
            at += len(part) + 1 if part else 3
    return View(engine, (Page(1, 595.0, 842.0, tuple(words)),))


def view_of_cells(rows: Iterable[Mapping[float, str]]) -> View:
    """A page of rows, each with what begins at which place; an empty row is a line's white."""
    words: list[Word] = []
    for row, cells in enumerate(rows):
        y = 40 + row * _LINE
        for x, cell in cells.items():
            for word in cell.split():
                words.append(Word(word, x, y, x + len(word) * _LETTER - 1.5, y + 10, 1.0))
                x += (len(word) + 1) * _LETTER
    return View("pdf", (Page(1, 595.0, 842.0, tuple(words)),))
