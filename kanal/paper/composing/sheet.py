"""The sheet of the month: one A4 page for those who only glance, with its figures inside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kanal.paper.composing import jsonfacts, qr
from kanal.paper.composing.glyphs import covered
from kanal.paper.composing.sheetpictures import map_svg, pace_svg
from kanal.paper.composing.template import FOLDER, Template
from kanal.paper.composing.typesetting import to_pdf, to_pictures

NAME = "lembar.json"
# Drawn by the second where the first has no such letter; what neither has stands as a question mark.
FONTS = ("Plus Jakarta Sans", "Liberation Sans")
_UNKNOWN = "?"
_SIZE = 9


@dataclass(frozen=True, slots=True)
class Number:
    """One of the five. `change` is against the month before, None where there was none."""

    name: str
    value: int
    whole: int
    note: str
    change: int | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """`stages`: how many offices stand at each stage, in the order of the legend."""

    name: str
    stages: tuple[int, ...]
    units: int
    with_accounts: int
    complete: int
    late: int


@dataclass(frozen=True, slots=True)
class Tile:
    """One district: how many of its villages are complete, of how many with accounts."""

    column: int
    row: int
    short: str
    name: str
    complete: int
    whole: int


@dataclass(frozen=True, slots=True)
class Month:
    """One column of the pace: each number is part of the one before it."""

    name: str
    short: str
    with_accounts: int
    named: int
    complete: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """`stage` is the colour's name, `label` what the board calls it, `waits` how long."""

    name: str
    place: str
    stage: str
    label: str
    waits: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Count:
    name: str
    value: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """Everything the page says. `sentence`: pieces of it; `alarm` is a number worth red."""

    title: str
    month: str
    government: str
    basis: str
    day: str
    complete: str
    sentence: str
    alarm: str
    alarm_sentence: str
    numbers: tuple[Number, ...]
    before: str
    stages: tuple[str, ...]
    stage_names: tuple[str, ...]
    classes: tuple[ClassRow, ...]
    tiles: tuple[Tile, ...]
    months: tuple[Month, ...]
    waiting_title: str
    waiting: tuple[Waiting, ...]
    changes: tuple[Count, ...]
    vacancies: Count
    edition: str
    correction: str
    made: str
    sample: str


def compose(sheet: MonthSheet, *, url: str, figures: str, at: datetime) -> bytes:
    """PDF/A-3a and PDF/UA-1; the same bytes for the same arguments.

    `url` is where the page lives; `figures` is JSON, attached as `lembar.json`; `at` has a zone.
    """
    return to_pdf(_template(), _inputs(sheet, url, figures), at)


def picture(sheet: MonthSheet, *, url: str, ppi: int = 96) -> bytes:
    """PNG of the page, before it is one."""
    (page,) = to_pictures(_template(), _inputs(sheet, url, ""), ppi)
    return page


def _template() -> Template:
    """No letter's: it has no kind, no form and no rule to follow."""
    return Template(
        name="lembar",
        title="Lembar bulanan",
        kinds=frozenset(),
        forms=frozenset(),
        rule="",
        from_year=2018,
        until_year=None,
        source=Path(FOLDER / "lembar.typ").read_text(encoding="utf-8"),
        is_shipped=True,
    )


def _inputs(sheet: MonthSheet, url: str, figures: str) -> dict[str, str]:
    said = _printable(jsonfacts.to_json(sheet))
    style = {"font": FONTS, "size": _SIZE}
    return {
        "content": json.dumps(said, ensure_ascii=False),
        "facts": json.dumps({"agency": said["government"], "form": ""}, ensure_ascii=False),
        "style": json.dumps(style),
        "map": map_svg(sheet.tiles) if sheet.tiles else "",
        "pace": pace_svg(sheet.months) if sheet.months else "",
        "figures": figures,
        "qr": qr.as_svg(url),
        "verify-at": url,
        # What `paper` asks of every template; a sheet attaches its own file and has one page.
        "code": "",
        "attachment": "",
        "pages": "",
        "logo": "",
        "is-short": "yes",
    }


def _printable(value: Any) -> Any:
    """A sheet is made by nobody's hand: no sign in the name of an office may stop it."""
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_printable(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def printable(text: str) -> str:
    drawn = covered("Liberation Sans")
    return "".join(
        sign if sign in drawn else _UNKNOWN for sign in text if sign.isprintable() or sign == " "
    )
