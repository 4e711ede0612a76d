"""The piece of a page that each fact was read from, as small pictures to show beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kanal.paper.reading import scans

PDF = "application/pdf"
MARGIN = 4.0
WIDEST = 720
MOST_PIECES = 200


def pieces_of(
    data: bytes, media_type: str, places: Mapping[str, Sequence[float]]
) -> Iterator[tuple[str, bytes]]:
    """(field, PNG) of every place; a place is `[page, x0, y0, x1, y1]` in points, upright.

    Only pages that can be drawn have pieces: a DOCX has none. A piece that fails is left out:
    the fact stands without its picture.
    """
    if media_type != PDF and not media_type.startswith("image/"):
        return
    for field, (page, x0, y0, x1, y1) in list(places.items())[:MOST_PIECES]:
        box = (x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, y1 + MARGIN)
        width = min(WIDEST, max(120, round((x1 - x0 + 2 * MARGIN) * 2)))
        try:
            yield field, scans.crop(data, media_type, int(page), box, width_px=width)
        except scans.ScanFailed:
            continue
