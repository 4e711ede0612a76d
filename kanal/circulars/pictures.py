"""How far a circular has come, as one bar. Coordinates are written here: a template localises."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

from kanal.circulars.models import Fate

# The colours of kanal.css, by what they mean there.
COLOURS = {
    Fate.ACKNOWLEDGED: "lengkap",
    Fate.SENT: "soft",
    Fate.PRINTED: "r1",
    Fate.WAITING: "tunjuk",
    Fate.FAILED: "belum",
    Fate.NO_ADDRESS: "belum_lapor",
}


def bar(counts: Mapping[str, int], whole: int) -> SafeString:
    """Decoration beside numbers that say the same."""
    parts, before = [], 0
    for fate, colour in COLOURS.items():
        n = counts.get(fate, 0)
        if n:
            x, width = _percent(before, whole), _percent(n, whole)
            parts.append(f'<rect class="{colour}" x="{x}" width="{width}" height="14"/>')
        before += n
    return mark_safe(
        f'<svg class="tumpuk" width="100%" height="14" aria-hidden="true">{"".join(parts)}</svg>'
    )


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0
    return f"{share:.3f}".rstrip("0").rstrip(".") + "%"
