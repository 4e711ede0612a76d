"""The board of one government on one day: today from the status rows, earlier from the facts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page
from django.utils import timezone

from kanal.compliance import figures, rows
from kanal.compliance.figures import Figures, Window
from kanal.compliance.listing import Chip, Line, Names, Query, Selection, Wanted
from kanal.compliance.models import BoardFigures
from kanal.compliance.rows import Row, Staged
from kanal.mandates.models import IN_FORCE, Mandate

# Up to so many units the board is counted from its rows in every request; above, its figures are
# kept for a while. A worker renews them every minute; nobody waits longer than this for it.
LARGE = 3000
OLDEST = timedelta(minutes=5)


@dataclass(frozen=True)
class Basis:
    """Under which instruction, until when, on which day."""

    mandate: Mandate
    due: date | None
    day: date
    is_past: bool


@dataclass(frozen=True)
class Board:
    basis: Basis
    figures: Figures
    chips: list[Chip]
    page: Page[Row]
    lines: list[Line]
    regions: dict[str, str]


def basis(government_id: int, *, day: date, today: date) -> Basis | None:
    """None: no instruction was in force that day."""
    asked = {"government": government_id, "day": day}
    mandate = next(iter(Mandate.objects.raw(_IN_FORCE, asked)), None)
    if mandate is None:
        return None
    due: date | None = vars(mandate)["general_due"]
    return Basis(mandate, due, day, is_past=day < today)


# Asked by every board, so put together once: without the long texts, with the newest general
# deadline known that day and the figures kept for large boards.
_IN_FORCE = f"""
select mandate.id, mandate.government_id, form, number, year, title, signed_on, in_force_from,
    figures.day as figures_day, figures.counted_at as figures_at, figures.counts::text as figures_kept,
    (select effective_on from mandates_deadlinedecision
      where mandate_id = mandate.id and unit_id is null and decided_on <= %(day)s
      order by decided_on desc, id desc limit 1) as general_due
from mandates_mandate mandate
left join compliance_boardfigures figures on figures.mandate_id = mandate.id
where mandate.government_id = %(government)s and {IN_FORCE}
order by in_force_from desc, mandate.id desc limit 1
"""


def read(basis: Basis, wanted: Wanted) -> Board:
    kept = None if basis.is_past else _kept(basis)
    if kept is None:
        found = _rows(basis, limit=LARGE + 1)
        if basis.is_past or len(found) <= LARGE:
            return _small(basis, found, wanted)
        kept = recount(basis, now=timezone.now())
    return _large(basis, kept, wanted)


def every_line(basis: Basis, wanted: Wanted, *, most: int) -> list[Line]:
    """The whole list, for the sheet and for paper; no more than `most` lines of it."""
    found = _rows(basis, limit=LARGE + 1)
    if basis.is_past or len(found) <= LARGE:
        chosen = _selection(basis, rows.staged(found, basis.day), wanted).rows()[:most]
    else:
        chosen = [Row._make(values) for values in _query(basis, wanted).rows()[:most]]
    names = Names.of(basis.mandate.government_id, chosen)
    return [names.line(row, basis.day) for row in chosen]


def recount(basis: Basis, *, now: datetime) -> Figures:
    """Counts a large board and keeps the figures for the next readers."""
    window = Window.around(basis.day, basis.due)
    found = figures.count_in_database(rows.of(basis.mandate), window)
    found.counted_at = now
    BoardFigures.objects.bulk_create(
        [
            BoardFigures(
                mandate=basis.mandate, day=basis.day, counted_at=now, counts=figures.keep(found)
            )
        ],
        update_conflicts=True,
        unique_fields=["mandate"],
        update_fields=["day", "counted_at", "counts"],
    )
    return found


def _kept(basis: Basis) -> Figures | None:
    told = vars(basis.mandate)
    if told["figures_day"] != basis.day or timezone.now() - told["figures_at"] > OLDEST:
        return None
    return figures.kept(json.loads(told["figures_kept"]), basis.day, told["figures_at"])


def _rows(basis: Basis, limit: int) -> list[Row]:
    """All of them for a past day."""
    if basis.is_past:
        return rows.on(basis.mandate, basis.day)
    return rows.read(basis.mandate, most=limit)


def _selection(basis: Basis, staged: Iterable[Staged], wanted: Wanted) -> Selection:
    return Selection(staged, basis.mandate.government_id, basis.day, wanted)


def _query(basis: Basis, wanted: Wanted) -> Query:
    return Query(rows.of(basis.mandate), basis.mandate.government_id, basis.day, wanted)


def _small(basis: Basis, found: Sequence[Row], wanted: Wanted) -> Board:
    staged = list(rows.staged(found, basis.day))
    selection = _selection(basis, staged, wanted)
    counted = figures.count(staged, Window.around(basis.day, basis.due))
    return _board(basis, counted, selection.chips(), selection.page())


def _large(basis: Basis, counted: Figures, wanted: Wanted) -> Board:
    query = _query(basis, wanted)
    chips = query.chips(counted)
    total = next(chip.count for chip in chips if chip.chosen)
    return _board(basis, counted, chips, query.page(total))


def _board(basis: Basis, counted: Figures, chips: list[Chip], page: Page[Row]) -> Board:
    found = list(page.object_list)
    names = Names.of(basis.mandate.government_id, found)
    shown = [names.line(row, basis.day) for row in found]
    return Board(basis, counted, chips, page, shown, names.regions)
