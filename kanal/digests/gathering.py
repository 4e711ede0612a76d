"""The figures of a month's last day, from the facts of that day as the register has them now.

As JSON, kept with the sheet and attached to its PDF:
`board` (compliance.figures.keep), `numbers`, `before` and `months` (the same numbers of earlier
months' ends), `waiting`, `changes`, `vacancies`.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kanal.compliance import board as boards
from kanal.compliance import figures as counted
from kanal.compliance.actions import CHUNK, compose
from kanal.compliance.board import LARGE, Basis
from kanal.compliance.figures import Figures, Window
from kanal.compliance.listing import Line, Names
from kanal.compliance.rows import Row, staged
from kanal.compliance.stages import OPEN, Stage, stage_of, waited_for_since
from kanal.compliance.summary import NAMED, RECEIVED
from kanal.digests import changes
from kanal.digests.models import Sheet
from kanal.digests.months import Month
from kanal.directory.models import Government
from kanal.mandates import standing

VERSION = 1
LONGEST = 5
EARLIER = 11

# Told how many of how many offices were counted.
Progress = Callable[[int, int], None]
Numbers = dict[str, int]


@dataclass
class Noticed:
    """What is worth naming among the rows that pass: kept small however many there are."""

    day: date
    longest: list[tuple[date, int, Row]] = field(default_factory=list)
    vacant: int = 0
    vacant_since: date | None = None

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._notice(row)
            yield row

    def _notice(self, row: Row) -> None:
        stage = stage_of(row, self.day)
        if stage in OPEN:
            since = waited_for_since(row, stage, self.day) or date.max
            self.longest.append((since, row.unit_id, row))
            if len(self.longest) > 50 * LONGEST:
                self.longest = self._first()
        if stage == Stage.NONE and row.vacant_since is not None:
            self.vacant += 1
            self.vacant_since = min(self.vacant_since or date.max, row.vacant_since)

    def _first(self) -> list[tuple[date, int, Row]]:
        return heapq.nsmallest(LONGEST, self.longest, key=lambda found: found[:2])

    @property
    def rows(self) -> list[Row]:
        """In the order of the board's list."""
        return [row for _since, _unit, row in self._first()]


def basis_of(government: Government, month: Month, today: date) -> Basis | None:
    """None: no instruction was in force on the month's last day."""
    return boards.basis(government.pk, day=month.last, today=today)


def gather(
    government: Government, month: Month, basis: Basis, progress: Progress
) -> dict[str, Any]:
    noticed = Noticed(basis.day)
    board = _count(basis, progress, noticed)
    own = numbers_of(board)
    earlier = _earlier(government, month, basis, is_small=board.units() <= LARGE)
    before = earlier.get(month.before)
    found = {
        "kanal": VERSION,
        "government": government.short_name,
        "month": str(month),
        "day": basis.day.isoformat(),
        "mandate": {"id": basis.mandate.pk, "name": basis.mandate.short_name},
        "due": basis.due.isoformat() if basis.due else None,
        "board": counted.keep(board),
        "numbers": own,
        "before": {"month": str(month.before), "numbers": before} if before else None,
        "months": [{"month": str(each), "numbers": earlier[each]} for each in sorted(earlier)]
        + [{"month": str(month), "numbers": own}],
        "waiting": _waiting(government.pk, noticed.rows, basis.day),
        "changes": changes.in_month(government.pk, month).as_json(),
        "vacancies": {
            "count": noticed.vacant,
            "since": noticed.vacant_since.isoformat() if noticed.vacant_since else None,
        },
    }
    # Lists and plain names, as they will come back from the table.
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


def _count(basis: Basis, progress: Progress, noticed: Noticed | None = None) -> Figures:
    rows = _rows(basis, progress)
    if noticed is not None:
        rows = noticed.passing(rows)
    return counted.count(staged(rows, basis.day), Window.around(basis.day, basis.due))


def _rows(basis: Basis, progress: Progress) -> Iterator[Row]:
    """As `compliance.rows.on`, some thousand offices at a time."""
    units = standing.addressed(basis.mandate, basis.day)
    progress(0, len(units))
    for start in range(0, len(units), CHUNK):
        for fact in compose(basis.mandate, basis.day, units[start : start + CHUNK]):
            yield Row._make(getattr(fact, name) for name in Row._fields)
        progress(min(start + CHUNK, len(units)), len(units))


def numbers_of(board: Figures) -> Numbers:
    return {
        "units": board.units(),
        "with_accounts": board.with_accounts(),
        "named": board.stage(*NAMED),
        "soft": board.stage(*RECEIVED),
        "hard": board.stage(Stage.COMPLETE),
        "nil": board.stage(Stage.NIL),
        "unknown": board.stage(Stage.UNKNOWN),
        "late": board.late.total(),
    }


def _earlier(
    government: Government, month: Month, basis: Basis, *, is_small: bool
) -> dict[Month, Numbers]:
    """The numbers of earlier months' ends: from their sheets, and counted where there is none.

    A large government counts no more than the month before, so that its first sheet takes twice
    as long as the later ones and not twelve times.
    """
    wanted = month.back(EARLIER)
    known = _known(government, wanted)
    for each in reversed(wanted):
        if each in known:
            continue
        if not (is_small or each == month.before):
            break
        before = basis_of(government, each, basis.day)
        if before is None or before.mandate.pk != basis.mandate.pk:
            break
        counted_then = numbers_of(_count(before, _unheard))
        if not counted_then["with_accounts"]:
            break
        known[each] = counted_then
    return known


def _known(government: Government, wanted: list[Month]) -> dict[Month, Numbers]:
    """A month's own newest sheet counts before what another month's sheet says of it."""
    sheets = Sheet.objects.filter(government=government, month__in=[each.first for each in wanted])
    rows = list(sheets.newest().values_list("month", "figures__numbers", "figures__months"))
    known: dict[Month, Numbers] = {}
    for _month, _numbers, months in rows:
        for each in months:
            known.setdefault(_parsed(each["month"]), each["numbers"])
    known |= {Month(first): numbers for first, numbers, _months in rows}
    return {each: known[each] for each in wanted if each in known}


def _parsed(text: str) -> Month:
    return Month(date.fromisoformat(f"{text}-01"))


def _unheard(_done: int, _all: int) -> None:
    """Earlier months are counted without telling."""


def _waiting(government_id: int, rows: list[Row], day: date) -> list[dict[str, Any]]:
    names = Names.of(government_id, rows)
    return [_line(names.line(row, day), day) for row in rows]


def _line(line: Line, day: date) -> dict[str, Any]:
    since = waited_for_since(line.row, line.stage, day)
    return {
        "code": line.unit.code,
        "name": line.unit.short,
        "place": line.place,
        "stage": line.stage.value,
        "since": since.isoformat() if since else None,
        "late": line.late,
        "days_left": line.days_left,
    }
