"""The lines of tables on a straightened page: long dark strokes across and down."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from kanal.paper.reading.rules import MOST_RULES, Rule
from kanal.paper.reading.scan_pictures import Pixels

# In points. No letter's stroke is as long as the shortest line of a table.
_REACH, _MOST_PAIRS = 6.0, 400_000
_LEAST_LONG, _MOST_THICK = 18.0, 5.0
_ENOUGH_DPI = 170.0
_NEIGHBOURHOOD, _DARKER = 25, 14


def rules_seen(page: Pixels, dpi: float) -> tuple[Rule, ...]:
    """Lines in points of an upright grey page."""
    part = min(_ENOUGH_DPI / dpi, 1.0)
    if part < 1:
        smaller = cv2.resize(page, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
        page, dpi = np.asarray(smaller, dtype=np.uint8), part * dpi
    block = cv2.adaptiveThreshold(
        page,
        1,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        _NEIGHBOURHOOD,
        _DARKER,
    )
    ink = np.asarray(block, dtype=np.uint8)
    across = [*_strokes(ink, dpi, across=True)]
    down = [*_strokes(ink, dpi, across=False)]
    if len(across) * len(down) > _MOST_PAIRS:
        return ()
    across = [line for line in across if _is_held(line, down, 0)]
    down = [line for line in down if _is_held(line, across, 1)]
    return tuple([*across, *down][:MOST_RULES])


def _is_held(line: Rule, others: list[Rule], way: int) -> bool:
    """Both ends lie at lines of the other direction: a row of small print runs out between them.

    `way`: 0 for a line across, 1 for one that runs down.
    """
    at = line[1 - way]
    crossing = [
        other[way] for other in others if other[1 - way] - _REACH <= at <= other[3 - way] + _REACH
    ]
    ends = (line[way], line[way + 2])
    return all(any(abs(end - place) <= _REACH for place in crossing) for end in ends)


def _strokes(ink: Pixels, dpi: float, *, across: bool) -> Iterator[Rule]:
    """Strokes in one direction."""
    scale = dpi / 72
    long = max(round(_LEAST_LONG * scale), 9)
    # A line that is not quite level runs on in the next row of dots.
    thick = np.ones((3, 1) if across else (1, 3), np.uint8)
    kernel = np.ones((1, long) if across else (long, 1), np.uint8)
    opened = cv2.morphologyEx(cv2.dilate(ink, thick), cv2.MORPH_OPEN, kernel)
    kept = np.asarray(opened, dtype=np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    for x, y, wide, high, _area in stats[1 : min(count, MOST_RULES)].tolist():
        if (high if across else wide) > _MOST_THICK * scale:
            continue
        x0, y0, x1, y1 = x / scale, y / scale, (x + wide) / scale, (y + high) / scale
        if across:
            yield round(x0, 1), round((y0 + y1) / 2, 1), round(x1, 1), round((y0 + y1) / 2, 1)
        else:
            yield round((x0 + x1) / 2, 1), round(y0, 1), round((x0 + x1) / 2, 1), round(y1, 1)
