"""The head of a unit's papers: its own words, else those of the units above it, up to the root."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.storage import default_storage

from kanal.directory.models import Unit, UnitClass
from kanal.directory.reading import above
from kanal.paper.composing import facts
from kanal.stationery.models import Letterhead


@dataclass(frozen=True)
class Head:
    """What is printed, and where the city of the dateline comes from (empty: nobody said)."""

    printed: facts.Letterhead
    city: str


def head_of(unit: Unit) -> Head:
    """In two queries: the units above, and what any of them wrote down."""
    line = [*above(unit), unit]
    rows = {row.unit_id: row for row in Letterhead.objects.filter(unit__in=line)}
    own = rows.get(unit.pk)
    written = [rows[one.pk] for one in reversed(line) if one.pk in rows]
    return Head(
        facts.Letterhead(
            government=_first(written, "government_line") or unit.government.name,
            unit=(own.unit_line if own else "") or unit.short,
            above=tuple(own.above) if own and own.above else tuple(_names_above(line)),
            address=_first(written, "address"),
            contact=_first(written, "contact"),
            logo=_logo(written),
        ),
        _first(written, "city"),
    )


def _first(rows: list[Letterhead], name: str) -> str:
    return next((value for row in rows if (value := str(getattr(row, name)))), "")


def _names_above(line: list[Unit]) -> list[str]:
    return [unit.short for unit in line[:-1] if unit.unit_class != UnitClass.GOVERNMENT]


def _logo(rows: list[Letterhead]) -> facts.Logo | None:
    row = next((row for row in rows if row.logo), None)
    if row is None:
        return None
    data = logo_bytes(row)
    return facts.Logo(data, row.logo_width, row.logo_height) if data else None


def logo_bytes(row: Letterhead) -> bytes:
    """Nothing when its file is lost: the page where a new one is uploaded must still open."""
    if not default_storage.exists(row.logo):
        return b""
    with default_storage.open(row.logo) as file:
        data: bytes = file.read()
    return data
