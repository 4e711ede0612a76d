"""The parts of a letter as Word has them: paragraphs, borderless grids, tables with a header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kanal.paper.composing.content import (
    Block,
    Centered,
    Clause,
    Listed,
    Pairs,
    Prose,
    Table,
)

_LABEL_MM, _COLON_MM, _TEXT_MM = 30, 4, 165
_NUMBER_MM, _NIP_MM = 10, 38


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document (python-docx) and the size of its text in points."""

    document: Any
    size: int


def paragraph(
    place: Any, text: str, *, size: float | None = None, bold: bool = False, after: float = 6
) -> Any:
    """`place` is a document or a cell; line breaks within the text stay within the paragraph."""
    line = place.add_paragraph()
    lines_into(line, tuple(text.split("\n")), size=size, bold=bold)
    line.paragraph_format.space_after = Pt(after)
    return line


def lines_into(
    line: Any, texts: tuple[str, ...], *, size: float | None = None, bold: bool = False
) -> None:
    for at, text in enumerate(texts):
        run = line.add_run()
        if at:
            run.add_break()
        run.add_text(text)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)


def grid(place: Any, widths: tuple[float, ...]) -> Any:
    """One row of cells without borders, `widths` in millimetres."""
    table = _laid_out(place.add_table(rows=1, cols=len(widths)), widths)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table.rows[0].cells


def _laid_out(table: Any, widths: tuple[float, ...]) -> Any:
    table.autofit = False
    for column, width in enumerate(widths):
        table.columns[column].width = Mm(width)
        for cell in table.columns[column].cells:
            cell.width = Mm(width)
    return table


def add_block(sheet: Sheet, block: Block, place: Any = None) -> list[Any]:
    """Adds one part and gives back its paragraphs, for whoever wants to keep them together."""
    place = place if place is not None else sheet.document
    if isinstance(block, Prose):
        line = paragraph(place, block.text)
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return [line]
    if isinstance(block, Centered):
        line = paragraph(place, block.text, bold=True)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return [line]
    if isinstance(block, Listed):
        return _listed(place, block)
    if isinstance(block, Pairs):
        return add_pairs(place, block.rows, (36, _COLON_MM, 90), sheet.size)
    if isinstance(block, Clause):
        return _clause(sheet, block)
    return _table(sheet, block, place)


def _listed(place: Any, block: Listed) -> list[Any]:
    if len(block.items) == 1:
        return [paragraph(place, block.items[0])]
    made = []
    for at, item in enumerate(block.items):
        mark = f"{chr(ord('a') + at % 26)}." if block.style == "a" else f"{at + 1}."
        line = paragraph(place, f"{mark}\t{item}", after=3)
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.left_indent = Mm(7)
        line.paragraph_format.first_line_indent = Mm(-7)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        made.append(line)
    return made


def add_pairs(
    place: Any, rows: tuple[tuple[str, str], ...], widths: tuple[float, ...], size: int
) -> list[Any]:
    table = place.add_table(rows=len(rows), cols=3)
    _laid_out(table, widths)
    made = []
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            lines_into(cell.paragraphs[0], (text,), size=size)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            made.append(cell.paragraphs[0])
    _spacer(place)
    return made


def _spacer(place: Any) -> None:
    """Word needs a paragraph after a table, at the end of a cell too."""
    paragraph(place, "", size=4, after=0)


def _clause(sheet: Sheet, block: Clause) -> list[Any]:
    label, colon, text = grid(
        sheet.document, (_LABEL_MM, _COLON_MM, _TEXT_MM - _LABEL_MM - _COLON_MM)
    )
    lines_into(label.paragraphs[0], (block.label,))
    lines_into(colon.paragraphs[0], (":",))
    made = [label.paragraphs[0], colon.paragraphs[0]]
    for part in block.parts:
        made += add_block(sheet, part, text)
    first = text.paragraphs[0]._p
    if first.getnext() is not None:
        first.getparent().remove(first)
    return made


def _table(sheet: Sheet, block: Table, place: Any) -> list[Any]:
    table = place.add_table(rows=1 + len(block.rows), cols=len(block.head))
    if place is sheet.document:
        table.style = "Table Grid"
    _bordered(table)
    widths = _widths(block, _TEXT_MM if place is sheet.document else _TEXT_MM - 40)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    # Asking a table for single cells is quadratic; rows are asked for theirs once.
    for row, texts in zip(table.rows, (block.head, *block.rows), strict=True):
        is_head = texts is block.head
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            line = cell.paragraphs[0]
            lines_into(line, tuple(text.split("\n")), size=sheet.size - 1.5, bold=is_head)
            line.paragraph_format.space_after = Pt(0)
            if is_head:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    keep_rows_whole(table)
    _spacer(place)
    return []


def _widths(block: Table, total: float) -> list[float]:
    fixed = {at: _NUMBER_MM if at == 0 else _NIP_MM for at in block.fixed}
    rest = (total - sum(fixed.values())) / (len(block.head) - len(fixed))
    return [fixed.get(at, rest) for at in range(len(block.head))]


def _bordered(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def keep_rows_whole(table: Any) -> None:
    """No row is broken over pages, and the first is repeated on each."""
    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if not properties.xpath("./w:cantSplit"):
            properties.append(OxmlElement("w:cantSplit"))
        if at == 0 and not properties.xpath("./w:tblHeader"):
            properties.append(OxmlElement("w:tblHeader"))
