"""The board's pictures as SVG. Every coordinate is written here: a template would localise it.

No style attribute and no <style>: the classes are in kanal.css, so a strict CSP holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kanal.compliance.layouts import Layout
from kanal.compliance.stages import Stage

SIDE, GAP = 40, 3
STRIP = 22
DRAWN_MARKS = 500


def percent(part: float, whole: float) -> str:
    """A share as an SVG length: at most three decimals, always with a point."""
    share = 100 * part / whole if whole else 0
    return f"{share:.3f}".rstrip("0").rstrip(".") + "%"


def level(share: float) -> int:
    """0 for nothing, 5 for everything, four quarters between."""
    if share >= 0.9995:
        return 5
    return 0 if share <= 0 else 1 + min(3, int(share * 4))


def bar(part: int, whole: int) -> SafeString:
    """Decoration beside a number that says the same."""
    return mark_safe(
        '<svg class="t-bar" width="100%" height="8" aria-hidden="true">'
        '<rect class="t-alas" width="100%" height="8" rx="1"/>'
        f'<rect class="t-isi" width="{percent(part, whole)}" height="8" rx="1"/></svg>'
    )


def marks(counts: Mapping[str, int], *, of_all: int) -> SafeString:
    """One mark per office, furthest first; above 500 offices one bar in the same order.

    Decoration: the same numbers stand beside it.
    """
    if of_all > DRAWN_MARKS:
        return _stacked(counts)
    drawn = "".join(f'<i class="s {stage}"></i>' * counts.get(stage, 0) for stage in Stage.values)
    return mark_safe(f'<span class="pita" aria-hidden="true">{drawn}</span>')


def _stacked(counts: Mapping[str, int]) -> SafeString:
    whole = sum(counts.values())
    parts, before = [], 0
    for stage in Stage.values:
        n = counts.get(stage, 0)
        if n:
            parts.append(
                f'<rect class="{stage}" x="{percent(before, whole)}" '
                f'width="{percent(n, whole)}" height="14"/>'
            )
        before += n
    return mark_safe(
        f'<svg class="tumpuk" width="100%" height="14" aria-hidden="true">{"".join(parts)}</svg>'
    )


def tile_map(layout: Layout, filled: Mapping[str, tuple[int, int]]) -> SafeString:
    """Equal-area tiles; `filled`: by district code, how many villages are complete, of how many."""
    width = (1 + max(tile.column for tile in layout.values())) * (SIDE + GAP) - GAP
    height = (1 + max(tile.row for tile in layout.values())) * (SIDE + GAP) - GAP
    title = _("Peta petak %(count)d kecamatan") % {"count": len(layout)}
    about = _(
        "Letak kira-kira, bukan peta skala. Angka ialah persen kelurahan yang lengkap di antara "
        "yang punya akun; rincian ada pada tabel di bawah peta."
    )
    tiles = "".join(
        _tile(layout, code, *filled.get(code, (0, 0)))
        for code in sorted(layout, key=lambda code: layout[code][1::-1])
    )
    return mark_safe(
        f'<svg class="petak" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="petak-j petak-d"><title id="petak-j">{escape(title)}</title>'
        f'<desc id="petak-d">{escape(about)}</desc>{tiles}</svg>'
    )


def _tile(layout: Layout, code: str, complete: int, whole: int) -> str:
    tile = layout[code]
    x, y = tile.column * (SIDE + GAP), tile.row * (SIDE + GAP)
    share = complete / whole if whole else 0
    ink = "t" if level(share) >= 4 else "g"
    said = (
        _("%(name)s: %(complete)d dari %(whole)d kelurahan lengkap")
        if whole
        else _("%(name)s: belum ada kelurahan yang menyatakan akun")
    )
    title = said % {"name": tile.name, "complete": complete, "whole": whole}
    number = round(share * 100) if whole else "–"
    return (
        f"<g><title>{escape(title)}</title>"
        f'<rect class="r{level(share)}" x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="3"/>'
        f'<text class="{ink} a" x="{x + 5}" y="{y + 14}">{escape(tile.short)}</text>'
        f'<text class="{ink} n" x="{x + 5}" y="{y + 32}">{number}</text></g>'
    )


def pace_strip(shares: Sequence[float], *, deadline: int | None, label: str) -> SafeString:
    """One row of the heat strip: a cell a day, alike neighbours drawn as one.

    `deadline` is the index of its day. Percent coordinates: the strip stretches and nothing in
    it is scaled. It starts on a Sunday, so a white line stands before every Monday.
    """
    days = len(shares)
    cells, start = [], 0
    for n in range(1, days + 1):
        if n == days or level(shares[n]) != level(shares[start]):
            cells.append(
                f'<rect class="r{level(shares[start])}" x="{percent(start, days)}" '
                f'width="{percent(n - start, days)}" height="{STRIP}"/>'
            )
            start = n
    weeks = [
        f'<line class="sela" x1="{percent(n, days)}" x2="{percent(n, days)}" y2="{STRIP}"/>'
        for n in range(1, days, 7)
    ]
    line = ""
    if deadline is not None:
        at = percent(deadline + 1, days)
        line = f'<line class="batas" x1="{at}" x2="{at}" y1="-2" y2="{STRIP + 2}"/>'
    return mark_safe(
        f'<svg class="laju" role="img" aria-label="{escape(label)}" width="100%" '
        f'height="{STRIP}">{"".join(cells)}{"".join(weeks)}{line}</svg>'
    )


def pace_axis(first: str, deadline: str, *, at: int | None, days: int) -> SafeString:
    """The days under the strips: the first, and the deadline's words under its line.

    Decoration: the strips say their days themselves.
    """
    place = (at + 1) / days if at is not None else 1
    words = [f'<text x="0" y="12">{escape(first)}</text>'] if place > 0.3 else []
    if at is not None:
        anchor = "end" if place > 0.8 else "middle"
        words.append(
            f'<text class="l-batas" x="{percent(at + 1, days)}" y="12" '
            f'text-anchor="{anchor}">{escape(deadline)}</text>'
        )
    return mark_safe(
        f'<svg class="laju-s" width="100%" height="16" aria-hidden="true">{"".join(words)}</svg>'
    )
