"""Tables of people: columns by their headings and by the white between them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kanal.paper.reading.cells import ORDINAL, draft_of, each_once
from kanal.paper.reading.headings import Column, heading_at, is_heading
from kanal.paper.reading.layout import Passage, Row, Token
from kanal.paper.reading.nips import find_nips
from kanal.paper.reading.persons import Draft

_AFTER_TABLE = re.compile(
    r"(?i)^(?:adapun|demikian|akun\b|media sosial|dengan\b|surat\b|tembusan|untuk\b|catatan|agar|"
    r"selanjutnya|sebagai|yang\b|ditetapkan|dikeluarkan|jakarta\s?,|a\.\sbertanggung|kedua\b|"
    r"ketiga\b|kesatu\b|bersama|mengelola|tugas\b|terhitung|penunjukan ini|keputusan ini)"
)
# What a heading that stands beside a label (`Kepada : No. Nama ...`) holds at least.
_HEADING_BESIDE = re.compile(r"(?i)\b(?:nama|semula)\b")
_ADDRESSED = re.compile(r"(?i)^(?:kepada|memerintahkan|menugaskan|menunjuk)\s?:$")
_MOST_IN_LABEL = 5
_LEAST_WHITE = 1.8
# A heading may be wider than all below it by this much.
_AROUND = 4.0
# How much of a number's width may be taken for white: it overflows a cell that is too narrow.
_OVERFLOW = 2.6
_LONG_NUMBER = re.compile(r"^\d{14,18}$")
_FAR_BELOW = 2.4
_MOST_IN_CELL = 400
_LEAST_SMALL = 3


@dataclass
class Table:
    columns: list[Column]
    heading: tuple[Token, ...]
    rows: list[Row] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    # Words that end left of here are a label beside the table.
    edge: float = float("-inf")

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.heading + tuple(token for row in self.rows for token in row.tokens)


def tables_in(rows: tuple[Row, ...]) -> Iterator[Table]:
    """Every table whose heading names a person's columns, with the rows below it."""
    at = 0
    carried: Table | None = None
    while at < len(rows):
        columns, used, edge = _heading(rows, at)
        if not columns:
            at += 1
            continue
        heading = tuple(t for row in rows[at : at + used] for t in row.tokens if t.x1 > edge)
        table = Table(columns, heading, edge=edge)
        at = _fill(table, rows, at + used)
        _hold_numbers(table)
        if table.rows and _is_same(carried, table) and carried:
            carried.rows.extend(table.rows)
            carried.heading += table.heading
        elif table.rows:
            if carried:
                yield carried
            carried = table
    if carried:
        yield carried


def _hold_numbers(table: Table) -> None:
    """Where no column is for numbers, they stand under the names."""
    kinds = {kind for column in table.columns for kind in column.kinds}
    numbers = (found for row in table.rows for found in find_nips(Passage(row.tokens)))
    if kinds & {"nip", "person"} or next(numbers, None) is None:
        return
    for column in table.columns:
        if "name" in column.kinds:
            column.kinds = ("person",)


def _heading(rows: tuple[Row, ...], at: int) -> tuple[list[Column], int, float]:
    """The columns of a heading, its rows, and where a label beside the table ends."""
    edge = _end_of_label(rows[at])
    if edge is None:
        return (*heading_at(rows, at), float("-inf"))
    beside = tuple(cut for row in rows[at : at + 5] if (cut := _right_of(row, edge)))
    return (*heading_at(beside, 0), edge)


def _end_of_label(row: Row) -> float | None:
    """Where `Kepada :` ends when nothing but a table's heading stands right of it."""
    for token in row.tokens[:_MOST_IN_LABEL]:
        if token.text.endswith(":"):
            beside = _right_of(row, token.x1)
            fits = beside and len(beside.runs) > 1 and _HEADING_BESIDE.search(beside.text)
            return token.x1 if fits and beside and is_heading(beside) else None
    return None


def _right_of(row: Row, edge: float) -> Row | None:
    tokens = tuple(token for token in row.tokens if token.x1 > edge)
    return Row(tokens) if tokens else None


def _is_same(one: Table | None, other: Table) -> bool:
    """The heading repeated on the next page."""
    return bool(
        one
        and one.rows[-1].page != other.heading[0].page
        and [column.kinds for column in one.columns] == [column.kinds for column in other.columns]
    )


def _fill(table: Table, rows: tuple[Row, ...], at: int) -> int:
    """Takes rows as long as white remains between every two columns; says where it stopped."""
    spans = [
        (one.x1 - _AROUND, max(other.x0 + _AROUND, one.x1 + _LEAST_WHITE))
        for one, other in pairwise(table.columns)
    ]
    white = [[span] for span in spans]
    above: Row | None = None
    while at < len(rows):
        row = _inside(rows[at], table, above)
        if row is None or (above is not None and _is_beyond(above, row, table)):
            break
        rest = [_less(gaps, row) for gaps in white]
        if any(max((b - a for a, b in gaps), default=0.0) < _LEAST_WHITE for gaps in rest):
            break
        white = rest
        if not _numbers_columns(row, table):
            table.rows.append(row)
        above = row
        at += 1
    table.cuts = [_cut(table, which, gaps) for which, gaps in enumerate(white)]
    return at


def _inside(row: Row, table: Table, above: Row | None) -> Row | None:
    """The row without a label that stands beside the table; none where the next label begins."""
    if table.edge > float("-inf"):
        return _beside(row, table) if row.page == table.heading[0].page else row
    for token in row.tokens[: _MOST_IN_LABEL if above is None else 0]:
        label = Passage([one for one in row.tokens if one.x1 <= token.x1]).text
        if _ADDRESSED.match(label) and token.x1 < table.columns[0].x0:
            return _right_of(row, token.x1)
    return row


def _beside(row: Row, table: Table) -> Row | None:
    """A row right of its label's edge; prose and a label of its own reach over the edge."""
    label = [token for token in row.tokens if token.x1 <= table.edge]
    rest = _right_of(row, table.edge)
    if not label or rest is None:
        return rest if rest and rest.x0 > table.edge else None
    apart = rest.x0 - label[-1].x1 > row.height
    return rest if apart and ":" not in Passage(label).text else None


def _cut(table: Table, which: int, gaps: list[tuple[float, float]]) -> float:
    """The white beside the long numbers parts their column; else the widest white."""
    gaps = [gap for gap in gaps if gap[1] - gap[0] >= _LEAST_WHITE] or gaps
    numbers = [t for row in table.rows for t in row.tokens if _LONG_NUMBER.match(t.text)]
    low, high = table.columns[which].x0, table.columns[which + 1].x1
    if table.columns[which].kinds == ("no",):
        ends = [t.x1 for row in table.rows for t in row.tokens[:1] if ORDINAL.match(t.text)]
        edge = max((x1 for x1 in ends if x1 < table.columns[which].x1 + 8), default=None)
        gaps = [gap for gap in gaps if edge is not None and gap[0] >= edge - 1][:1] or gaps
    elif "nip" in table.columns[which + 1].kinds:
        edge = min((t.x0 for t in numbers if low < t.x0 < high), default=None)
        gaps = [gap for gap in gaps if edge is not None and gap[1] <= edge + 1][-1:] or gaps
    elif "nip" in table.columns[which].kinds:
        edge = max((t.x1 for t in numbers if low < t.x1 < high), default=None)
        gaps = [gap for gap in gaps if edge is not None and gap[0] >= edge - 4][:1] or gaps
    a, b = max(gaps, key=lambda gap: gap[1] - gap[0])
    return (a + b) / 2


def _is_beyond(above: Row, row: Row, table: Table) -> bool:
    if _AFTER_TABLE.match(row.text) or (is_heading(row) and len(row.runs) > 1):
        return True
    if _is_sentence(row, table):
        return True
    if row.page != above.page:
        return not ORDINAL.match(row.tokens[0].text)
    numbered = bool(ORDINAL.match(row.tokens[0].text)) and row.x0 < table.columns[0].x1 + 12
    return not numbered and row.y0 - above.y1 > _FAR_BELOW * above.height


def _is_sentence(row: Row, table: Table) -> bool:
    """Words without a gap over all columns: the body goes on."""
    over = row.x0 < table.columns[0].x1 and row.x1 > table.columns[-1].x0
    small = sum(len(token.text) > 2 and token.text.islower() for token in row.tokens)
    return over and len(row.runs) == 1 and small >= _LEAST_SMALL


def _less(gaps: list[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """White that is left between two columns once a row's words are laid over it."""
    for token, beside in zip(row.tokens, [*row.tokens[1:], None], strict=True):
        x1 = token.x1
        if _LONG_NUMBER.match(token.text):
            x1 = min(x1, beside.x0 if beside else x1) - _OVERFLOW
        left: list[tuple[float, float]] = []
        for a, b in gaps:
            if x1 <= a or token.x0 >= b:
                left.append((a, b))
                continue
            left.extend(gap for gap in ((a, token.x0), (x1, b)) if gap[1] > gap[0])
        gaps = left
    return gaps


def _numbers_columns(row: Row, table: Table) -> bool:
    """The row `1 2 3 4` under a heading."""
    return len(row.tokens) == len(table.columns) > 2 and all(
        ORDINAL.match(token.text) for token in row.tokens
    )


def people_in(table: Table) -> list[Draft]:
    """One draft per person; a row of a replacement table may hold two."""
    drafts: list[Draft] = []
    for record in _records(table):
        roles = dict.fromkeys(column.role for column in table.columns if column.kinds != ("no",))
        for role in roles:
            cells = [
                (column, cell)
                for column, cell in zip(table.columns, record, strict=True)
                if column.role == role and cell
            ]
            draft = draft_of(cells, role)
            if draft:
                drafts.append(draft)
    return each_once(drafts, table.columns)


def account_cells(table: Table) -> list[list[Token]]:
    """The words of the cells that name accounts, each cell for itself."""
    which = [at for at, column in enumerate(table.columns) if "account" in column.kinds]
    return [record[at] for record in _records(table) for at in which if record[at]]


def _records(table: Table) -> Iterator[list[list[Token]]]:
    """The body as cells: one list of tokens for every column, for every numbered row."""
    tokens = sorted((token for row in table.rows for token in row.tokens), key=_height_on)
    anchors, above = _anchors(table, tokens)
    if not anchors:
        return
    heights = [_height_on(token) for token in tokens]
    bounds = _bounds(anchors, heights, above)
    for low, high in pairwise(bounds):
        cells: list[list[Token]] = [[] for _ in table.columns]
        for token in tokens[bisect_left(heights, low) : bisect_left(heights, high)]:
            cell = cells[sum(cut < _anchor_of(token) for cut in table.cuts)]
            if len(cell) < _MOST_IN_CELL:
                cell.append(token)
        yield [sorted(cell, key=lambda t: (t.page, _line_of(t, cell), t.x0)) for cell in cells]


def _anchor_of(token: Token) -> float:
    """Where a token is held: its middle, a long number by the part that cannot overflow."""
    return (token.x0 + token.x1 - (2 * _OVERFLOW if _LONG_NUMBER.match(token.text) else 0)) / 2


def _line_of(token: Token, cell: list[Token]) -> float:
    """Words of one line share the highest middle among those that meet it."""
    return min(
        other.middle
        for other in cell
        if other.page == token.page and abs(other.middle - token.middle) < 0.45 * token.height
    )


def _height_on(token: Token) -> float:
    """Places of all pages on one scale."""
    return token.page * 100_000 + token.middle


def _anchors(table: Table, tokens: list[Token]) -> tuple[list[float], list[int]]:
    """Where each row's number or NIP stands, and how many lines of the row stand above it."""
    numbers: list[float] = []
    if table.columns[0].kinds == ("no",):
        edge = table.cuts[0] if table.cuts else table.columns[0].x1
        numbers = _apart(
            [_height_on(t) for t in tokens if t.x1 <= edge + 1 and ORDINAL.match(t.text)]
        )
    stacked = any("person" in column.kinds or {"name", "nip"} <= set(column.kinds)
                  for column in table.columns)  # fmt: skip
    marks = _nip_marks(table, tokens)
    on_top = all(number < mark - 4 for number, mark in zip(numbers, marks, strict=False))
    if stacked and marks and (not numbers or (len(numbers) == len(marks) and not on_top)):
        return marks, [_name_lines(table, tokens, mark) for mark in marks]
    anchors = numbers or marks
    return anchors, [0] * len(anchors)


def _name_lines(table: Table, tokens: list[Token], mark: float) -> int:
    """How many lines of a name stand above its number: more than one after a comma."""
    which = next(
        at for at, column in enumerate(table.columns) if {"person", "nip"} & set(column.kinds)
    )
    above: dict[int, str] = {}
    low, top = (bisect_left(tokens, mark - far, key=_height_on) for far in (60, 4))
    for token in tokens[low:top]:
        high = mark - _height_on(token)
        if sum(cut < _anchor_of(token) for cut in table.cuts) == which:
            above[round(high)] = token.text
    ends = [above[high] for high in sorted(above)]
    return 2 if len(ends) > 1 and ends[1].endswith(",") else 1


def _apart(heights: list[float]) -> list[float]:
    """Rising heights, each at least two points below the one before."""
    kept: list[float] = []
    for height in sorted(heights):
        if not kept or height - kept[-1] > 2.0:
            kept.append(height)
    return kept


def _nip_marks(table: Table, tokens: list[Token]) -> list[float]:
    """Heights at which a NIP, its label, or a dash in its place stands."""
    marks: list[float] = []
    for token in sorted(tokens, key=_height_on):
        which = sum(cut < _anchor_of(token) for cut in table.cuts)
        kinds = table.columns[which].kinds
        if "nip" not in kinds and "person" not in kinds:
            continue
        alone = token.text == "-" and "name" not in kinds and "person" not in kinds
        if alone or re.match(r"^(?:N\.?I\.?P\b|[12]\d{7})", token.text):
            here = _height_on(token)
            if not marks or here - marks[-1] > 1.2 * token.height:
                marks.append(here)
    return marks


def _bounds(anchors: list[float], heights: list[float], above: list[int]) -> list[float]:
    """Between two anchors the rows part at the widest white; where all lines stand evenly,
    `above` lines over the second anchor."""
    bounds = [float("-inf")]
    for (one, other), lines in zip(pairwise(anchors), above[1:], strict=True):
        inside = _lines(heights[bisect_left(heights, one) : bisect_right(heights, other)])
        gaps = [(b - a, a, b) for a, b in pairwise(inside)]
        widest = max(gap for gap, _, _ in gaps)
        wide = [gap for gap in gaps if gap[0] > 0.88 * widest]
        _, a, b = wide[0] if len(wide) == 1 else wide[max(-1 - lines, -len(wide))]
        bounds.append((a + b) / 2)
    bounds.append(float("inf"))
    return bounds


def _lines(heights: list[float]) -> list[float]:
    """Middles that differ by less than two points are one line; the ends are always kept."""
    return [*_apart(heights[:-1]), heights[-1]]
