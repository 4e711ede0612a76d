"""Tables of people whose cells are ruled: what stands in one cell belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kanal.paper.reading import labelled
from kanal.paper.reading.accounts import names_network
from kanal.paper.reading.cells import ORDINAL, draft_of, each_once, people_of_cell
from kanal.paper.reading.facts import Person
from kanal.paper.reading.grids import Grid
from kanal.paper.reading.headings import Column, column_of, side_said, side_told
from kanal.paper.reading.layout import Passage, Sheet, Token, rows_of
from kanal.paper.reading.nips import find_nips
from kanal.paper.reading.persons import Draft, name_fact

_SAME_EDGE = 7.0
_MOST_HEADINGS = 4
_NAMED_SHARE = 0.6
# Small words before a number in a cell that are a sentence, not a name.
_LEAST_TOLD = 5
_ORDERS = re.compile(
    r"(?i)\b(?:menunjuk|menugaskan|mem(?:bebas|berhenti|erintah)kan|mengangkat|mencabut|menetapkan)\b"
)
_OVERFLOW = 0.25
_LONGEST_NETWORK = 20
_PEOPLE = frozenset(("name", "person"))
# Columns that say who somebody is; any other may name the accounts.
_PERSONAL = frozenset(("no", "name", "person", "nip", "rank", "position"))

Line = list[list[Token]]


@dataclass
class RuledTable:
    """`tokens`: every word of the table; `accounts`: the cells that name accounts."""

    people: list[Draft] = field(default_factory=list)
    tokens: tuple[Token, ...] = ()
    accounts: list[Passage] = field(default_factory=list)


@dataclass
class _Table:
    """Columns with the words of their headings, and records: one list of words per column."""

    grid: Grid
    columns: list[Column]
    headings: Line
    records: list[Line] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    # The cell that named the last record: a cell over several lines is one person.
    named: int | None = None


def tables_in(sheet: Sheet) -> Iterator[RuledTable]:
    """Every ruled table that lists people; one that goes on over pages is one."""
    pages: dict[int, list[Token]] = {}
    for row in sheet.rows:
        pages.setdefault(row.page, []).extend(row.tokens)
    carried: _Table | None = None
    for grid in sheet.grids:
        cells = _cells(grid, pages.get(grid.page, ()))
        upright = _upright(grid, cells)
        if upright:
            yield upright
            continue
        table = _table(grid, cells, carried)
        if table is None:
            yield from _by_network(grid, cells)
            continue
        if carried is not None and table is not carried:
            yield from _told(carried)
        carried = table
    if carried is not None:
        yield from _told(carried)


def _cells(grid: Grid, tokens: Sequence[Token]) -> dict[int, list[Token]]:
    """The words of each cell, line by line; a word belongs to where it begins."""
    cells: dict[int, list[Token]] = {}
    for token in tokens:
        cell = grid.at(token.x0 + _OVERFLOW * (token.x1 - token.x0), token.middle)
        if cell is not None:
            cells.setdefault(cell, []).append(token)
    return {
        cell: [token for row in rows_of(inside) for token in row.tokens]
        for cell, inside in cells.items()
    }


def _text(tokens: Sequence[Token]) -> str:
    return Passage(tokens).text.replace("\n", " ")


def _table(grid: Grid, cells: Mapping[int, list[Token]], carried: _Table | None) -> _Table | None:
    """The table with this grid's lines in it; none when it does not list people."""
    columns, headings, first = _heading(grid, cells)
    body = [_line(grid, cells, row) for row in range(first, grid.size[0])]
    known = _known_by_content(columns, body)
    goes_on = carried is not None and _continues(carried, grid)
    if carried is not None and goes_on and (not known or _repeats(carried, columns)):
        start = first if _repeats(carried, columns) else 0
        _fill(carried, grid, cells, start)
        return carried
    if not known:
        return None
    table = _Table(grid, columns, headings)
    _fill(table, grid, cells, first)
    table.tokens.extend(token for cell in headings for token in cell)
    return table if table.records and not _is_crowded(table) else None


def _heading(grid: Grid, cells: Mapping[int, list[Token]]) -> tuple[list[Column], Line, int]:
    """Columns by the words over them, those words, and the first row below them."""
    rows, count = grid.size
    first = next((row for row in range(rows) if len(_owners(grid, row)) > 1), 0)
    last = first + 1
    while last < min(rows, first + _MOST_HEADINGS) and _goes_on(grid, first, last):
        last += 1
    if any(_has_number(cells.get(cell, ())) for cell in _owners(grid, first)):
        last = first
    columns, headings = [], []
    for at in range(count):
        over = dict.fromkeys(grid.owner[row, at] for row in range(first, last))
        parts = [cells.get(cell, []) for cell in over]
        columns.append(column_of([_text(part) for part in parts], grid.xs[at], grid.xs[at + 1]))
        headings.append([token for part in parts for token in part])
    _settle_sides(columns)
    return columns, headings, last


def _settle_sides(columns: list[Column]) -> None:
    """`NIP Lama` beside one `Nama` is an old number, not somebody who leaves."""
    if not any(column.role and _PEOPLE & set(column.kinds) for column in columns):
        for column in columns:
            column.role = ""
    _share_sides(columns)
    sides = {column.role for column in columns if _PEOPLE & set(column.kinds)}
    if "" in sides and len(sides) == 2:
        # `Nama | NIP | Digantikan oleh`: who stands beside a side is of the other.
        other = "officer" if "replaced" in sides else "replaced"
        for column in columns:
            if not column.role and _PERSONAL - {"no"} & set(column.kinds):
                column.role = other


def _share_sides(columns: list[Column]) -> None:
    """`Yang Diganti | NIP | Pengganti | NIP`: a number behind a side is of that side."""
    if {"replaced", "officer"} <= {column.role for column in columns}:
        for before, column in pairwise(columns):
            if not column.role and _PERSONAL - {"no", "name", "person"} & set(column.kinds):
                column.role = before.role


def _owners(grid: Grid, row: int) -> list[int]:
    return list(dict.fromkeys(grid.owner[row, at] for at in range(grid.size[1])))


def _goes_on(grid: Grid, first: int, last: int) -> bool:
    """A heading has a second line where one of its cells spans several columns, or two lines."""
    above, below = _owners(grid, last - 1), _owners(grid, last)
    split = len(below) > len(above) and any(cell in above for cell in below)
    spans = len(above) < grid.size[1] and len(below) > len(above)
    return split or spans or (last - first > 0 and set(below) <= set(above))


def _has_number(tokens: Sequence[Token]) -> bool:
    return any(True for _ in find_nips(Passage(tokens)))


def _known_by_content(columns: list[Column], body: list[Line]) -> bool:
    """Whether people are listed; columns that no heading names are known by what they hold."""
    if any(_orders(cell) for line in body for cell in line):
        return False
    told = any(_PEOPLE & set(column.kinds) for column in columns)
    for at, column in enumerate(columns):
        cells = [line[at] for line in body if line[at]]
        numbered = [cell for cell in cells if _has_number(cell)]
        if not numbered or column.kinds[0] in ("person", "account"):
            continue
        if not told and len(numbered) < 2 and not _is_listed(body):
            # Two boxes side by side under a letter are signatures.
            continue
        if "name" in column.kinds:
            column.kinds = ("person",)
        elif "nip" not in column.kinds and len(numbered) > len(cells) / 2:
            bare = all(_is_only_number(cell) for cell in numbered)
            column.kinds = ("nip",) if bare else ("person",)
    kinds = {kind for column in columns for kind in column.kinds}
    if "nip" in kinds and not kinds & _PEOPLE:
        _name_column(columns, body)
        kinds = {kind for column in columns for kind in column.kinds}
    numbers = any(_has_number(cell) for line in body for cell in line)
    return bool(kinds & _PEOPLE) and (
        numbers or bool(kinds & {"nip", "rank", "position", "status"})
    )


def _is_listed(body: list[Line]) -> bool:
    """Whether the lines are numbered in their first cell."""
    return bool(body) and all(not line[0] or ORDINAL.match(_text(line[0])) for line in body)


def _orders(tokens: Sequence[Token]) -> bool:
    """A decree's sentence that names somebody is no list of people."""
    found = next(find_nips(Passage(tokens)), None)
    if found is None:
        return False
    before = Passage(tokens).text[: found.start].split()
    tells = sum(word.isalpha() and word.islower() for word in before) >= _LEAST_TOLD
    return tells or _ORDERS.search(_text(tokens)) is not None


def _is_only_number(tokens: Sequence[Token]) -> bool:
    words = re.sub(r"(?i)\bnip\b|[\W\d_]", "", _text(tokens))
    return len(words) < 3


def _name_column(columns: list[Column], body: list[Line]) -> None:
    """Beside a column of numbers, the first that holds names is the name's: rather names of
    several words, as `Ketua` and `Anggota` would pass for short ones."""
    for least in (2, 1):
        for at, column in enumerate(columns):
            cells = [line[at] for line in body if line[at]]
            named = [cell for cell in cells if len(cell) >= least and name_fact(_text(cell), cell)]
            if column.kinds == ("other",) and cells and len(named) >= _NAMED_SHARE * len(cells):
                column.kinds = ("name",)
                return


def _continues(carried: _Table, grid: Grid) -> bool:
    """On the next page, with the same columns."""
    edges = carried.grid.xs
    return (
        grid.page == carried.grid.page + 1
        and len(edges) == len(grid.xs)
        and all(abs(a - b) < _SAME_EDGE for a, b in zip(edges, grid.xs, strict=True))
    )


def _repeats(carried: _Table, columns: list[Column]) -> bool:
    return [one.kinds for one in carried.columns] == [one.kinds for one in columns]


def _line(grid: Grid, cells: Mapping[int, list[Token]], row: int) -> Line:
    """One row's cells; a cell over several columns counts for the first of them."""
    line: Line = []
    before: int | None = None
    for at in range(grid.size[1]):
        cell = grid.owner[row, at]
        line.append(cells.get(cell, []) if cell != before else [])
        before = cell
    return line


def _fill(table: _Table, grid: Grid, cells: Mapping[int, list[Token]], first: int) -> None:
    """Adds the rows of a grid; a row that a page break cut goes on with the record above."""
    table.tokens.extend(token for inside in cells.values() for token in inside)
    table.grid, table.named = grid, None
    key = next((at for at, one in enumerate(table.columns) if _PEOPLE & set(one.kinds)), 0)
    for row in range(first, grid.size[0]):
        line = _line(grid, cells, row)
        if not any(line) or _numbers_columns(line):
            continue
        named = grid.owner[row, key]
        if table.records and (named == table.named or _is_rest(table, line, row == first)):
            for column, cell in zip(table.records[-1], line, strict=True):
                column.extend(token for token in cell if token not in column)
        else:
            table.records.append([list(cell) for cell in line])
        table.named = named


def _is_rest(table: _Table, line: Line, first: bool) -> bool:
    """The first row of a new page without a number of its own, where all others have one."""
    if not first or table.columns[0].kinds != ("no",):
        return False
    return bool(table.records[0][0]) and not line[0]


def _numbers_columns(line: Line) -> bool:
    """The row `1 2 3 4` under a heading."""
    filled = [_text(cell) for cell in line if cell]
    return len(filled) > 2 and all(ORDINAL.match(text) for text in filled)


def _is_crowded(table: _Table) -> bool:
    """Several numbers in one cell: no line parts the people, so white must."""
    which = [at for at, column in enumerate(table.columns) if "nip" in column.kinds]
    return any(
        len(list(find_nips(Passage(record[at])))) > 1 for record in table.records for at in which
    )


def _told(table: _Table) -> Iterator[RuledTable]:
    people = [draft for record in table.records for draft in _people(table.columns, record)]
    if all(draft.person.name is None for draft in people) or _misses(table, people):
        return
    accounts = [_accounts(table, record) for record in table.records]
    yield RuledTable(each_once(people, table.columns), tuple(table.tokens), accounts)


def _misses(table: _Table, people: list[Draft]) -> bool:
    """A number in the table that is nobody's: its lines were not all seen, so white must part it."""
    cells = [Passage(cell) for record in table.records for cell in record]
    numbers = {found.nip.digits for cell in cells for found in find_nips(cell)}
    known = {draft.person.nip.digits for draft in people if draft.person.nip}
    return len(known) < len(numbers)


def _accounts(table: _Table, record: Line) -> Passage:
    """The cells that say nothing of the person, each after a heading that names a network."""
    words: list[Token] = []
    for heading, column, cell in zip(table.headings, table.columns, record, strict=True):
        if cell and not _PERSONAL & set(column.kinds):
            words += [*heading, *cell] if names_network(_text(heading)) else cell
    return Passage(words)


def _people(columns: list[Column], record: Line) -> Iterator[Draft]:
    """One record's people: one, or one for each side of a replacement."""
    for role in dict.fromkeys(column.role for column in columns if column.kinds != ("no",)):
        cells = [
            (column, cell)
            for column, cell in zip(columns, record, strict=True)
            if column.role == role and cell
        ]
        alone = [cell for column, cell in cells if column.kinds == ("person",)]
        several = people_of_cell(alone[0], role) if len(alone) == 1 else []
        if len(several) > 1:
            yield from several
            continue
        draft = draft_of(cells, role or _side_of_row(cells))
        if draft:
            yield draft


def _side_of_row(cells: list[tuple[Column, list[Token]]]) -> str:
    """`Semula` or `Petugas Baru` in a cell of its own says what the whole row is."""
    said = (_text(cell) for column, cell in cells if not _PERSONAL & set(column.kinds))
    return next((side for text in said if (side := side_told(text))), "")


def _by_network(grid: Grid, cells: Mapping[int, list[Token]]) -> Iterator[RuledTable]:
    """`Instagram | Twitter` over their handles: each cell is read after its own heading."""
    heads, *body = [_line(grid, cells, row) for row in range(grid.size[0])]
    if sum(_is_network(cell) for cell in heads) < 2:
        return
    named = [
        Passage([*head, *cell])
        for line in body
        for head, cell in zip(heads, line, strict=True)
        if cell and _is_network(head)
    ]
    yield RuledTable([], tuple(token for inside in cells.values() for token in inside), named)


def _is_network(tokens: Sequence[Token]) -> bool:
    text = _text(tokens)
    return names_network(text) and "@" not in text and len(text) <= _LONGEST_NETWORK


def _upright(grid: Grid, cells: Mapping[int, list[Token]]) -> RuledTable | None:
    """Labels down one column (`Nama`, `NIP`), and beside it one column for each person."""
    rows, count = grid.size
    lines = [_line(grid, cells, row) for row in range(rows)]
    for at in range(min(2, count - 1)):
        kinds = [labelled.kind_of_label(_text(line[at])) for line in lines]
        compares = not side_said(_text(lines[0][at])) and _compares(kinds, lines[0])
        if kinds.count("name") and (kinds.count("nip") or compares):
            first = kinds.index("name")
            over = lines[first - 1] if first else [[] for _ in range(count)]
            drafts = [
                draft
                for column in range(at + 1, count)
                if not _holds_labels([line[column] for line in lines])
                for draft in _down(kinds, [line[column] for line in lines], over[column])
            ]
            tokens = tuple(token for inside in cells.values() for token in inside)
            others = [
                Passage([token for cell in line for token in cell])
                for kind, line in zip(kinds, lines, strict=True)
                if kind in (None, "other") and any(line)
            ]
            return RuledTable(drafts, tokens, others) if drafts else None
    return None


def _compares(kinds: list[str | None], heads: Line) -> bool:
    """`Semula | Menjadi` over what is put right of one person, maybe only the name."""
    sides = {side_said(_text(cell)) for cell in heads if cell}
    return {"replaced", "officer"} <= sides and any(
        kind in ("name", "position", "rank") for kind in kinds
    )


def _holds_labels(cells: Line) -> bool:
    """A second pair of columns beside the first: `Nama : ...  Nama : ...`."""
    return sum(labelled.kind_of_label(_text(cell)) is not None for cell in cells if cell) > 1


def _down(kinds: list[str | None], cells: Line, over: list[Token]) -> Iterator[Draft]:
    """The people of one column, each beginning at a `Nama`."""
    role = column_of([_text(over)], 0.0, 0.0).role
    part: list[tuple[Column, list[Token]]] = []
    for kind, cell in [*zip(kinds, cells, strict=True), ("name", [])]:
        if kind == "name" and part:
            draft = draft_of(part, role)
            if draft and draft.person != Person():
                yield replace(draft, role=role)
            part = []
        bare = [token for token in cell if token.text.strip(":")]
        if kind and bare:
            part.append((Column((kind,), 0.0, 0.0), bare))
