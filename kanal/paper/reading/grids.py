"""Cells of ruled tables, from the lines of a page: a cell that spans several stays one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kanal.paper.reading.rules import Rule

_SNAP = 2.5
_TOUCH = 3.5
# More lines than this are a drawing or a form, not a list of officers.
_MOST_LINES = 500
_MOST_CELLS = 12_000


@dataclass(frozen=True)
class Grid:
    """`xs` and `ys` are the edges of columns and rows; `owner` is the cell of (row, column)."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], int]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def at(self, x: float, y: float) -> int | None:
        """The cell around a point; none outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.owner.get((row, column))


@dataclass(slots=True)
class _Line:
    """`at`: its one x or y; `low` and `high`: from where to where it runs."""

    at: float
    low: float
    high: float


def grids_of(page: int, rules: Sequence[Rule]) -> Iterator[Grid]:
    """Every table of at least two columns, from the top; one row alone may end one of the page
    before."""
    across = _merged(_Line(y0, x0, x1) for x0, y0, x1, y1 in rules if x1 - x0 > y1 - y0)
    down = _merged(_Line(x0, y0, y1) for x0, y0, x1, y1 in rules if x1 - x0 <= y1 - y0)
    if len(across) + len(down) > _MOST_LINES:
        return
    grids = (_grid(page, *part) for part in _together(across, down))
    yield from sorted((grid for grid in grids if grid), key=lambda grid: grid.ys[0])


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Pieces of one stroke, cell by cell, are one line."""
    kept: list[_Line] = []
    open_lines: list[_Line] = []
    for line in sorted(lines, key=lambda each: (each.at, each.low)):
        open_lines = [one for one in open_lines if line.at - one.at <= _SNAP]
        same = next(
            (o for o in open_lines if line.low <= o.high + _TOUCH and line.high >= o.low - _TOUCH),
            None,
        )
        if same:
            same.low, same.high = min(same.low, line.low), max(same.high, line.high)
        else:
            kept.append(line)
            open_lines.append(line)
    return kept


def _together(across: list[_Line], down: list[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Lines that touch each other, however indirectly."""
    left = list(down)
    while left:
        verticals, horizontals = [left.pop()], []
        at = 0
        while at < len(verticals):
            for line in across:
                if line not in horizontals and _meet(line, verticals[at]):
                    horizontals.append(line)
                    near = [other for other in left if _meet(line, other)]
                    verticals.extend(near)
                    left = [other for other in left if other not in near]
            at += 1
        yield horizontals, verticals


def _meet(across: _Line, down: _Line) -> bool:
    return (
        across.low - _TOUCH <= down.at <= across.high + _TOUCH
        and down.low - _TOUCH <= across.at <= down.high + _TOUCH
    )


def _grid(page: int, across: list[_Line], down: list[_Line]) -> Grid | None:
    if not across or not down:
        return None
    ends_x = [min(line.low for line in across), max(line.high for line in across)]
    ends_y = [min(line.low for line in down), max(line.high for line in down)]
    xs = _distinct([*(line.at for line in down), *ends_x])
    ys = _distinct([*(line.at for line in across), *ends_y])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    return Grid(page, xs, ys, _owners(xs, ys, across, down))


def _distinct(places: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCH:
            kept.append(place)
    return tuple(kept)


def _owners(
    xs: tuple[float, ...], ys: tuple[float, ...], across: list[_Line], down: list[_Line]
) -> dict[tuple[int, int], int]:
    """Cells between which no line runs are one; its number is that of its first part."""
    owner: dict[tuple[int, int], int] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            mine = row * (len(xs) - 1) + column
            if column and not _runs(down, xs[column], y):
                mine = owner[row, column - 1]
            elif row and not _runs(across, ys[row], x):
                mine = owner[row - 1, column]
            owner[row, column] = mine
    return owner


def _runs(lines: list[_Line], at: float, through: float) -> bool:
    return any(
        abs(line.at - at) <= _TOUCH and line.low - _SNAP <= through <= line.high + _SNAP
        for line in lines
    )
