"""Which letters the shipped fonts can draw, read from the fonts themselves."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from kanal.paper.composing import jsonfacts
from kanal.paper.composing.facts import Facts
from kanal.paper.composing.mistakes import GlyphMissing

FONTS = Path(__file__).parent / "fonts"
FAMILIES = {
    "Liberation Serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "Liberation Sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
}


def check_glyphs(facts: Facts, family: str) -> None:
    """Raises GlyphMissing. Capitals count too: headings are printed in them."""
    drawn = covered(family)
    for field, text in jsonfacts.texts(facts):
        if drawn.issuperset(text) and drawn.issuperset(text.upper()):
            continue
        for letter in text:
            if not drawn.issuperset(letter + letter.upper()):
                raise GlyphMissing(letter, field)


@cache
def covered(family: str) -> frozenset[str]:
    """Letters that both the regular and the bold face have."""
    faces = [_letters((FONTS / name).read_bytes()) for name in FAMILIES[family]]
    return frozenset.intersection(*faces)


def _letters(font: bytes) -> frozenset[str]:
    """From the font's `cmap` table, format 4: runs of code points of the basic plane."""
    cmap = font[_table(font, b"cmap") :]
    for at in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = struct.unpack_from(">I", cmap, 8 + 8 * at)[0]
        if struct.unpack_from(">H", cmap, start)[0] == 4:
            return frozenset(_runs(cmap[start:]))
    raise ValueError("no format 4 map in this font")


def _table(font: bytes, name: bytes) -> int:
    for at in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * at)
        if tag == name:
            return int(offset)
    raise ValueError(f"no table {name!r} in this font")


def _runs(table: bytes) -> list[str]:
    count = struct.unpack_from(">H", table, 6)[0] // 2

    def words(at: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", table, at)

    ends, starts = words(14), words(16 + 2 * count)
    deltas, ranges = words(16 + 4 * count), words(16 + 6 * count)
    letters = []
    for run, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if ranges[run]:
                where = 16 + 6 * count + 2 * run + ranges[run] + 2 * (point - start)
                glyph = struct.unpack_from(">H", table, where)[0]
            if glyph and (glyph + deltas[run]) % 0x10000:
                letters.append(chr(point))
    return letters
