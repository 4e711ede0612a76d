"""A DOCX as pages of words: a place is made up for each, rows and columns as the file has them."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kanal.paper.reading.rules import MOST_RULES, Rule, RuledPage
from kanal.paper.words import View, Word

WIDTH, LINE, SIZE = 595.0, 14.0, 10.0
_LEFT, _RIGHT = 70.0, 545.0
_LETTER = 4.6
_TAB = 60.0
_LEAST_HUNG = 80.0
_COLON_AT, _COLON_SHARE = 190.0, 0.4
_MOST_WORDS = 60_000
_MOST_NESTED = 6
_UNREAD = ("w:txbxContent", "w:del", "w:moveFrom")


class UnreadableDocx(ValueError):
    """Not a DOCX that can be opened."""


@dataclass
class _Paper:
    """Where the next line goes. Coordinates are invented: only their order has a meaning."""

    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pages: list[RuledPage] = field(default_factory=list)
    y: float = 40.0

    def feed(self, lines: float = 1.0) -> None:
        self.y += lines * LINE

    def turn(self) -> None:
        number, height = len(self.pages) + 1, self.y + 40
        words, rules = tuple(self.words), tuple(self.rules[:MOST_RULES])
        self.pages.append(RuledPage(number, WIDTH, height, words, rules))
        self.words, self.rules, self.y = [], [], 40.0


def view_of(data: bytes) -> View:
    """The words of a DOCX. Raises UnreadableDocx."""
    try:
        document = docx.Document(io.BytesIO(data))
        paper = _Paper()
        _write(document, paper)
    except Exception as error:
        # The one place where a stranger's DOCX is opened: python-docx answers with any error.
        raise UnreadableDocx(str(error)) from error
    paper.turn()
    return View("docx", tuple(page for page in paper.pages if page.words))


def _write(document: Document, paper: _Paper) -> None:
    for section in document.sections[:1]:
        first = section.different_first_page_header_footer
        header = section.first_page_header if first else section.header
        _unwrap(header._element)
        _blocks(header.iter_inner_content(), paper)
    _unwrap(document.element.body)
    _blocks(document.iter_inner_content(), paper)
    for section in document.sections[:1]:
        paper.feed(2)
        _blocks(section.footer.iter_inner_content(), paper)


def _unwrap(root: Any) -> None:
    """Paragraphs, rows and words stand in their places again, out of the controls of a form."""
    for wrapper in [*root.iter(qn("w:sdt")), *root.iter(qn("w:customXml"))]:
        content = wrapper.find(qn("w:sdtContent")) if wrapper.tag == qn("w:sdt") else wrapper
        for element in list(content) if content is not None else ():
            wrapper.addprevious(element)
        wrapper.getparent().remove(wrapper)


def _blocks(blocks: Iterator[Paragraph | Table], paper: _Paper) -> None:
    numbers: dict[str, int] = {}
    for block in blocks:
        if len(paper.words) > _MOST_WORDS:
            return
        if isinstance(block, Table):
            _table(block, paper)
        else:
            _paragraph(block, paper, numbers)


def _paragraph(paragraph: Paragraph, paper: _Paper, numbers: dict[str, int]) -> None:
    if paragraph.paragraph_format.page_break_before or _breaks(paragraph):
        paper.turn()
    for text in (_listed(paragraph, numbers) + _text(paragraph), *_boxed(paragraph)):
        if not text.strip():
            paper.feed(max(1, text.count("\n")))
            continue
        for line in text.split("\n"):
            _line(line, paper, _LEFT, _RIGHT)


def _breaks(paragraph: Paragraph) -> bool:
    return any(
        element.get(qn("w:type")) == "page" for element in paragraph._p.iter(qn("w:br"))
    ) or any(True for _ in paragraph._p.iter(qn("w:lastRenderedPageBreak")))


def _text(paragraph: Paragraph) -> str:
    """Runs, links and insertions in order; what was deleted or only drawn in a box is not text."""
    parts: list[str] = []
    for element in paragraph._p.iter():
        if any(_inside(element, name, paragraph._p) for name in _UNREAD):
            continue
        if _is_vanished(element):
            continue
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag in (qn("w:tab"), qn("w:ptab")) and element.getparent().tag == qn("w:r"):
            parts.append("\t")
        elif element.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
    return "".join(parts)


def _is_vanished(element: Any) -> bool:
    run = element.getparent()
    if run is None or run.tag != qn("w:r"):
        return False
    return run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _inside(element: Any, name: str, root: Any) -> bool:
    tag, at = qn(name), element
    while at is not None and at is not root:
        if at.tag == tag:
            return True
        at = at.getparent()
    return False


def _boxed(paragraph: Paragraph) -> Iterator[str]:
    """Text boxes drawn in this paragraph, once each (a fallback repeats them)."""
    seen: set[str] = set()
    for box in paragraph._p.iter(qn("w:txbxContent")):
        lines = [
            "".join(text.text or "" for text in each.iter(qn("w:t")))
            for each in box.iter(qn("w:p"))
        ]
        said = "\n".join(lines)
        if said not in seen:
            seen.add(said)
            yield said


def _listed(paragraph: Paragraph, numbers: dict[str, int]) -> str:
    """Automatic numbers are not in the text: a plain `1.` stands for them."""
    properties = paragraph._p.pPr
    number = properties.find(f".//{qn('w:numId')}") if properties is not None else None
    style = _style(paragraph)
    by_style = style.startswith("List Number")
    if not (by_style or number is not None) or not paragraph.text.strip():
        return ""
    key = style if number is None else str(number.get(qn("w:val")))
    numbers[key] = numbers.get(key, 0) + 1
    return f"{numbers[key]}. "


def _style(paragraph: Paragraph) -> str:
    """Empty for the document's usual one, which the library would look for among all it has."""
    own = paragraph._p.style and paragraph.style
    return str(own.name) if own else ""


def _line(text: str, paper: _Paper, left: float, right: float, letter: float = _LETTER) -> None:
    """One line, wrapped at the right edge.

    Tabs and rows of spaces jump, and one before a colon is a column, under which the rest hangs.
    """
    x = hang = left
    column = left + min(_COLON_AT, _COLON_SHARE * (right - left))
    for part in re.split(r"(\t| {3,})", text):
        if part == "\t" or part.startswith("   "):
            x = max(x + 12, left + ((x - left) // _TAB + 1) * _TAB)
            continue
        if part.startswith(":") and x < column and right > left + _COLON_AT:
            x = column
        for word in part.split():
            wide = len(word) * letter
            if x + wide > right and x > hang:
                paper.feed()
                x = hang
            paper.words.append(Word(word, x, paper.y, x + wide, paper.y + SIZE))
            x += wide + 0.55 * letter
            if word == ":" and right - x > _LEAST_HUNG:
                hang = x
    paper.feed()


def _table(
    table: Table, paper: _Paper, left: float = _LEFT, right: float = _RIGHT, depth: int = 0
) -> None:
    """Each row as high as its highest cell, columns far enough apart to be seen as columns."""
    paper.feed(0.4)
    rows = [cells for row in table.rows if (cells := _distinct(row.cells))]
    widths = _widths(rows)
    letter = min(_LETTER, 0.95 * (right - left) / sum(widths)) if widths else _LETTER
    nests = next(table._tbl.iterdescendants(qn("w:tbl")), None) is not None
    above: set[int] = set()
    for cells in rows:
        edges = _edges(widths, cells, left, right)
        top, lowest = paper.y, paper.y
        for (cell, _), (x0, x1) in zip(cells, edges, strict=True):
            paper.y = top
            # A cell that goes on from the row above has said its words there.
            if id(cell._tc) not in above:
                _cell(cell, paper, (x0 + 1, x1 - 3 * letter), letter, depth)
            lowest = max(lowest, paper.y)
        paper.y = lowest + 0.45 * LINE
        if not nests:
            paper.rules.extend(_outlines(cells, edges, (top - 2, paper.y - 2), above))
        above = {id(cell._tc) for cell, _ in cells}
    paper.feed(0.4)


def _outlines(
    cells: list[tuple[_Cell, int]],
    edges: list[tuple[float, float]],
    heights: tuple[float, float],
    above: set[int],
) -> Iterator[Rule]:
    """The sides of a row's cells; none runs between a cell and its part in the row above."""
    top, bottom = heights
    for (cell, _), (x0, x1) in zip(cells, edges, strict=True):
        if id(cell._tc) not in above:
            yield x0, top, x1, top
        yield x0, bottom, x1, bottom
        yield x0, top, x0, bottom
        yield x1, top, x1, bottom


def _distinct(cells: tuple[_Cell, ...]) -> list[tuple[_Cell, int]]:
    """Cells of a row with how many columns each spans."""
    kept: list[tuple[_Cell, int]] = []
    for cell in cells:
        if kept and kept[-1][0]._tc is cell._tc:
            kept[-1] = (cell, kept[-1][1] + 1)
        else:
            kept.append((cell, 1))
    return kept


def _edges(
    widths: list[float], cells: list[tuple[_Cell, int]], left: float, right: float
) -> list[tuple[float, float]]:
    """Columns as wide as the words they hold ask for, the same in every row."""
    scale = (right - left) / sum(widths)
    edges, at = [], 0
    for _, span in cells:
        x0 = left + sum(widths[:at]) * scale
        at += span
        edges.append((x0, left + sum(widths[:at]) * scale))
    return edges


def _widths(rows: list[list[tuple[_Cell, int]]]) -> list[float]:
    count = max((sum(span for _, span in cells) for cells in rows), default=1)
    widest = [4.0] * count
    for cells in rows:
        at = 0
        for cell, span in cells:
            if span == 1:
                text = cell.text
                longest = max(len(line) for line in text.split("\n"))
                word = max((len(word) for word in text.split()), default=0)
                widest[at] = max(widest[at], min(longest, 24), word)
            at += span
    return [wide + 5 for wide in widest]


def _cell(
    cell: _Cell, paper: _Paper, edges: tuple[float, float], letter: float, depth: int
) -> None:
    left, right = edges
    numbers: dict[str, int] = {}
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            if depth < _MOST_NESTED:
                _table(block, paper, left, right, depth + 1)
            continue
        text = _listed(block, numbers) + _text(block)
        for line in text.split("\n"):
            _line(line, paper, left, max(right, left + 20), letter)
