"""The pictures of the sheet of the month as SVG. Their words for screen readers stand beside them.

Numbers that are not whole are written with a point and at most two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol

INK, GREY, LINE = "#16242d", "#5c6872", "#dbd7cb"
RAMP = ("#e9e6dc", "#cfe2e6", "#a3cbd5", "#6fb0c4", "#27758f", "#0c3f52")
WITH_ACCOUNTS, NAMED, COMPLETE = "#dfe7e6", "#8fc0cf", "#0f5a73"
_SIDE, _GAP = 40, 3
_FONT = 'font-family="Plus Jakarta Sans, Liberation Sans"'


class Tile(Protocol):
    @property
    def column(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def short(self) -> str: ...
    @property
    def complete(self) -> int: ...
    @property
    def whole(self) -> int: ...


class Month(Protocol):
    @property
    def short(self) -> str: ...
    @property
    def with_accounts(self) -> int: ...
    @property
    def named(self) -> int: ...
    @property
    def complete(self) -> int: ...


def level(share: float) -> int:
    """0 for nothing, 5 for everything, four quarters between."""
    if share >= 0.9995:
        return 5
    return 0 if share <= 0 else 1 + min(3, int(share * 4))


def map_svg(tiles: Sequence[Tile]) -> str:
    """Equal-area tiles, each with its short name and the percentage that is complete."""
    width = (1 + max(tile.column for tile in tiles)) * (_SIDE + _GAP) - _GAP
    height = (1 + max(tile.row for tile in tiles)) * (_SIDE + _GAP) - _GAP
    return _svg(width, height, "".join(map(_tile, tiles)))


def _tile(tile: Tile) -> str:
    x, y = tile.column * (_SIDE + _GAP), tile.row * (_SIDE + _GAP)
    share = tile.complete / tile.whole if tile.whole else 0
    ink = "#ffffff" if level(share) >= 4 else INK
    number = str(round(share * 100)) if tile.whole else "–"
    return (
        f'<rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" rx="3" fill="{RAMP[level(share)]}"/>'
        + _text(x + 5, y + 14, tile.short, size=10.5, ink=ink)
        + _text(x + 5, y + 32, number, size=14.5, ink=ink, weight=700)
    )


_WIDE, _HIGH, _FOOT, _HEAD = 420, 172, 20, 16


def pace_svg(months: Sequence[Month], attributes: str = "") -> str:
    """Columns within columns: complete is part of named, named of all with accounts.

    `attributes` for the element itself, where the picture stands in a page.
    """
    most = max(1, *(month.with_accounts for month in months))
    step = _WIDE / max(6, len(months))
    base = _HEAD + _HIGH
    drawn = [f'<path d="M0 {base}h{_WIDE}" stroke="{LINE}" stroke-width="1"/>']
    for at, month in enumerate(months):
        drawn.append(_column(month, at * step, step, most, is_last=at == len(months) - 1))
    return _svg(_WIDE, _HEAD + _HIGH + _FOOT, "".join(drawn), attributes)


def _column(month: Month, x: float, step: float, most: int, *, is_last: bool) -> str:
    width, middle = step * 0.72, x + step / 2
    parts = []
    for count, colour in (
        (month.with_accounts, WITH_ACCOUNTS),
        (month.named, NAMED),
        (month.complete, COMPLETE),
    ):
        tall = _HIGH * count / most
        if tall:
            parts.append(
                f'<rect x="{_n(middle - width / 2)}" y="{_n(_HEAD + _HIGH - tall)}" '
                f'width="{_n(width)}" height="{_n(tall)}" fill="{colour}"/>'
            )
    top = _HEAD + _HIGH - _HIGH * month.complete / most
    inside = _HIGH * month.complete / most > 20
    parts.append(
        _text(
            middle,
            top + 14 if inside else top - 5,
            _said(month.complete),
            size=11.5,
            ink="#ffffff" if inside else INK,
            weight=700,
            anchor="middle",
        )
    )
    parts.append(
        _text(
            middle,
            _HEAD + _HIGH + 15,
            month.short,
            size=11.5,
            ink=INK if is_last else GREY,
            weight=700 if is_last else 400,
            anchor="middle",
        )
    )
    return "".join(parts)


def _said(number: int) -> str:
    """Short enough for a column: `9.876`, `98 rb`, `1,2 jt`."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} jt".replace(".", ",")
    return f"{number // 1000} rb" if number >= 10_000 else f"{number:,}".replace(",", ".")


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    ink: str,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" {_FONT} font-size="{size}" font-weight="{weight}" '
        f'fill="{ink}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _svg(width: float, height: float, inside: str, attributes: str = "") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" {attributes}>{inside}</svg>'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
