"""One description of a letter drawn twice: as PDF by typst, as DOCX by python-docx."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

# A block is its name and what it holds, e.g. ("p", "Dengan hormat ...").
Block = tuple[object, ...]
FONT = "Liberation Serif"


def as_pdf(blocks: Sequence[Block], *, align: str = "left") -> bytes:
    """`align`: how table cells lie in their rows, `left` or `horizon`."""
    source = "\n".join([*_preamble(align), *(_typst(block) for block in blocks)])
    return bytes(typst.compile(source.encode(), format="pdf"))


def _preamble(align: str) -> Iterator[str]:
    yield f'#set text(font: ("{FONT}", "Libertinus Serif"), size: 11pt, lang: "id")'
    yield '#set page(paper: "a4", margin: 2.4cm)'
    yield "#set par(justify: true)"
    yield f"#set table(align: {align if align == 'horizon' else 'left + top'}, inset: 4pt)"


def _said(text: object) -> str:
    """An expression in brackets: a string literal, its line breaks kept."""
    parts = str(text).split("\n")
    said = (f"text({json.dumps(part, ensure_ascii=False)})" for part in parts)
    return f"({' + linebreak() + '.join(said)})"


def _typst(block: Block) -> str:
    kind, *rest = block
    return _TYPST[str(kind)](*rest)


def _head(lines: Sequence[str], address: str) -> str:
    said = " + linebreak() + ".join(f"strong({_said(line)})" for line in lines)
    return f"#align(center)[#({said}) #linebreak() #{_said(address)}]\n#line(length: 100%)"


def _center(lines: Sequence[str]) -> str:
    said = " + linebreak() + ".join(f"strong({_said(line)})" for line in lines)
    return f"#align(center, {said})"


def _pairs(pairs: Sequence[tuple[str, str]], right: Sequence[str] = ()) -> str:
    cells = ", ".join(f"[#{_said(label)}], [:], [#{_said(value)}]" for label, value in pairs)
    left = f"grid(columns: (2.6cm, 0.4cm, 1fr), row-gutter: 5pt, {cells})"
    if not right:
        return f"#{left}"
    said = _said("\n".join(right))
    return f"#grid(columns: (1.25fr, 1fr), column-gutter: 12pt, {left}, {said})"


def _table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], above: Sequence[tuple[str, int]] = ()
) -> str:
    first = [len(header) < 4 for header in headers]
    columns = ", ".join("auto" if short else "1fr" for short in first)
    top = ", ".join(
        f"table.cell(colspan: {span}, align: center)[#{_said(text)}]" for text, span in above
    )
    head = ", ".join(f"align(center, strong({_said(header)}))" for header in headers)
    body = ", ".join(f"[#{_said(cell)}]" for row in rows for cell in row)
    inside = f"{top}, {head}" if top else head
    return f"#table(columns: ({columns}), table.header({inside}), {body})"


def _sign(title: Sequence[str], lines: Sequence[str]) -> str:
    said = _said("\n".join(title))
    name = _said("\n".join(lines))
    return f"#v(6pt)\n#grid(columns: (1fr, 1fr), [], align(center, {said} + v(1.7cm) + {name}))"


def _side_head(lines: Sequence[str], address: str) -> str:
    """A letterhead beside its emblem, flush left."""
    said = " + linebreak() + ".join(f"strong({_said(line)})" for line in lines)
    emblem = "circle(radius: 0.7cm, stroke: 1pt)"
    text = f"{said} + linebreak() + {_said(address)}"
    return f"#grid(columns: (2cm, 1fr), {emblem}, {text})\n#line(length: 100%)"


def _rows(widths: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """Columns without lines; a width of nought takes what is left."""
    columns = ", ".join(f"{width}cm" if width else "1fr" for width in widths)
    cells = ", ".join(f"[#{_said(cell)}]" for row in rows for cell in row)
    return f"#grid(columns: ({columns}), row-gutter: 5pt, {cells})"


Cell = str | tuple[str, int, int]


def _bare_table(headers: Sequence[str], rows: Sequence[Sequence[str]], lines: str = "none") -> str:
    """Columns parted by white alone (`none`), or rows by lines across (`across`)."""
    columns = ", ".join("auto" if len(header) < 4 else "1fr" for header in headers)
    cells = ", ".join(f"[#{_said(cell)}]" for row in [headers, *rows] for cell in row)
    stroke = "none" if lines == "none" else "(x, y) => (top: 0.6pt, bottom: 0.6pt)"
    return f"#table(columns: ({columns}), stroke: {stroke}, {cells})"


def _merged_table(columns: int, rows: Sequence[Sequence[Cell]]) -> str:
    """Cells given as words, or as words with how many columns and rows they take."""
    cells = []
    for cell in (cell for row in rows for cell in row):
        text, wide, high = (cell, 1, 1) if isinstance(cell, str) else cell
        cells.append(f"table.cell(colspan: {wide}, rowspan: {high})[#{_said(text)}]")
    return f"#table(columns: (auto, {'1fr, ' * (columns - 1)}), {', '.join(cells)})"


def _two_sign(left: Sequence[str], right: Sequence[str]) -> str:
    """Two who sign side by side; an empty line leaves room for the hand."""
    sides = ", ".join(
        "align(center, " + _said("\n".join(line or "\n" for line in side)) + ")"
        for side in (left, right)
    )
    return f"#v(6pt)\n#grid(columns: (1fr, 1fr), {sides})"


def _sign_left(title: Sequence[str], lines: Sequence[str]) -> str:
    """In the right half, its lines flush left."""
    said, name = _said("\n".join(title)), _said("\n".join(lines))
    return f"#v(6pt)\n#grid(columns: (1.1fr, 1fr), [], {said} + v(1.5cm) + {name})"


_TYPST: dict[str, Callable[..., str]] = {
    "side-head": _side_head,
    "rows": _rows,
    "bare-table": _bare_table,
    "merged-table": _merged_table,
    "font": lambda name, size: f'#set text(font: "{name}", size: {size}pt)',
    "two-sign": _two_sign,
    "sign-left": _sign_left,
    "left": lambda lines: f"#par(justify: false, {_said(chr(10).join(lines))})",
    "small": lambda text: f"#text(size: 7.5pt, {_said(text)})",
    "head": _head,
    "center": _center,
    "pairs": _pairs,
    "p": lambda text: f"#par({_said(text)})",
    "items": lambda items: "\n".join(
        f"#grid(columns: (0.7cm, 1fr), [{at}.], {_said(item)})" for at, item in enumerate(items, 1)
    ),
    "table": _table,
    "right": lambda lines: f"#align(right, {_said(chr(10).join(lines))})",
    "sign": _sign,
    "page": lambda: "#pagebreak()",
}


def as_docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    for kind, *rest in blocks:
        _DOCX[str(kind)](document, *rest)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(document, lines: Sequence[str], where=WD_ALIGN_PARAGRAPH.LEFT) -> None:  # type: ignore[no-untyped-def]
    for line in lines:
        document.add_paragraph(line).alignment = where


def _docx_head(document, lines: Sequence[str], address: str) -> None:  # type: ignore[no-untyped-def]
    _lines(document, [*lines, address, "_" * 70], WD_ALIGN_PARAGRAPH.CENTER)


def _docx_pairs(document, pairs, right: Sequence[str] = ()) -> None:  # type: ignore[no-untyped-def]
    if not right:
        for label, value in pairs:
            document.add_paragraph(f"{label}\t: {value}")
        return
    count = max(len(pairs), len(right))
    table = document.add_table(rows=count, cols=4)
    for at, (label, value) in enumerate(pairs):
        for column, text in enumerate((label, ":", value)):
            table.cell(at, column).text = text
    for at, line in enumerate(right):
        table.cell(at, 3).text = line


def _docx_table(document, headers, rows, above=()) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=0, cols=len(headers))
    table.style = "Table Grid"
    if above:
        cells, at = table.add_row().cells, 0
        for text, span in above:
            cells[at].merge(cells[at + span - 1]).text = text
            at += span
    for row in [headers, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("")


def _docx_sign(document, title: Sequence[str], lines: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    for text in [*title, "", "", "", *lines]:
        document.add_paragraph(text).paragraph_format.left_indent = Cm(8)


def _docx_rows(document, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for row in rows:
        for cell, width, text in zip(table.add_row().cells, widths, row, strict=True):
            cell.text, cell.width = text, Cm(width or 9)


def _docx_bare_table(document, headers, rows, lines: str = "none") -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=0, cols=len(headers))
    for row in [headers, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _docx_merged_table(document, columns: int, rows: Sequence[Sequence[Cell]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=len(rows), cols=columns)
    table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            text, wide, high = (cell, 1, 1) if isinstance(cell, str) else cell
            while (at, column) in taken:
                column += 1
            last = table.cell(at + high - 1, column + wide - 1)
            table.cell(at, column).merge(last).text = text
            taken |= {(at + y, column + x) for y in range(high) for x in range(wide)}


def _docx_two_sign(document, left: Sequence[str], right: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.text = "\n".join(line or "\n" for line in lines)


def _docx_side_head(document, lines: Sequence[str], address: str) -> None:  # type: ignore[no-untyped-def]
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[1].text = "\n".join([*lines, address])


_DOCX: dict[str, Callable[..., object]] = {
    "side-head": _docx_side_head,
    "rows": _docx_rows,
    "bare-table": _docx_bare_table,
    "merged-table": _docx_merged_table,
    "font": lambda document, name, size: None,
    "two-sign": _docx_two_sign,
    "sign-left": _docx_sign,
    "left": _lines,
    "small": lambda document, text: document.add_paragraph(text),
    "head": _docx_head,
    "center": lambda document, lines: _lines(document, lines, WD_ALIGN_PARAGRAPH.CENTER),
    "pairs": _docx_pairs,
    "p": lambda document, text: document.add_paragraph(text),
    "items": lambda document, items: [
        document.add_paragraph(item, style="List Number") for item in items
    ],
    "table": _docx_table,
    "right": lambda document, lines: _lines(document, lines, WD_ALIGN_PARAGRAPH.RIGHT),
    "sign": _docx_sign,
    "page": lambda document: document.add_page_break(),
}


def write(folder: Path, name: str, blocks: Sequence[Block], form: str) -> Path:
    """Draws one letter into a folder; `form` is pdf, pdf-middle or docx."""
    path = folder / f"{name}.{form.split('-')[0]}"
    if form == "docx":
        path.write_bytes(as_docx(blocks))
    else:
        path.write_bytes(as_pdf(blocks, align="horizon" if form == "pdf-middle" else "left"))
    return path
