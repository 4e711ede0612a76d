"""The sheet of paper in a photograph: its four corners, and the size it has when laid flat."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from kanal.paper.reading.scan_pictures import Pixels

Corners = Sequence[tuple[float, float]]
Quad = npt.NDArray[np.float32]

A4 = (595.28, 841.89)
_SHAPES = (math.sqrt(2), 330 / 215)
_SEARCH_SIDE = 500
_LEAST_PART, _MOST_PART = 0.3, 0.985
_LEAST_GROUND = 0.12
_LEAST_STEP = 25.0


def corners_of(gray: Pixels) -> list[tuple[float, float]]:
    """Clockwise from the upper left; none unless bright paper lies on a darker ground."""
    scale = _SEARCH_SIDE / max(gray.shape)
    reduced = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small: Pixels = np.asarray(cv2.medianBlur(reduced, 7), dtype=np.uint8)
    rim = np.concatenate(
        [small[:3].ravel(), small[-3:].ravel(), small[:, :3].ravel(), small[:, -3:].ravel()]
    )
    paper = float(np.percentile(small, 80))
    if float((rim < paper - 2 * _LEAST_STEP).mean()) < _LEAST_GROUND:
        return []
    ground = float(np.percentile(rim, 10))
    tries = [ground + part * (paper - ground) for part in (0.2, 0.3, 0.4, 0.5, 0.6)]
    found = [quad for level in tries if (quad := _paper_above(small, level)) is not None]
    if not found:
        return []
    best = max(found, key=lambda quad: _quad_score(small, quad))
    return [(float(x), float(y)) for x, y in _clockwise(best) / scale]


def flat_size(corners: Corners) -> tuple[int, int]:
    """Width and height in pixels. A slanted view shortens a side: near A4 or F4 it is that paper."""
    upper_left, upper_right, lower_right, lower_left = corners
    width = max(math.dist(upper_left, upper_right), math.dist(lower_left, lower_right))
    height = max(math.dist(upper_left, lower_left), math.dist(upper_right, lower_right))
    shape = max(width, height) / min(width, height)
    nearest = min(_SHAPES, key=lambda one: abs(one - shape))
    if abs(shape / nearest - 1) < 0.08:
        if height > width:
            height = width * nearest
        else:
            width = height * nearest
    return round(width), round(height)


def _paper_above(small: Pixels, level: float) -> Quad | None:
    paper = np.asarray(small > level, dtype=np.uint8)
    closed = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    area = cv2.contourArea(hull)
    if not _LEAST_PART * small.size < area < _MOST_PART * small.size:
        return None
    if cv2.contourArea(outline) < 0.96 * area:
        return None
    for slack in (0.01, 0.02, 0.03, 0.05):
        shape = cv2.approxPolyDP(hull, slack * cv2.arcLength(hull, True), True)
        if len(shape) == 4 and cv2.contourArea(shape) > 0.95 * area:
            return np.asarray(shape, dtype=np.float32).reshape(4, 2)
    return None


def _quad_score(small: Pixels, quad: Quad) -> float:
    """The step in brightness across the sheet's edges: a real edge is steep all along."""
    inner = np.zeros_like(small)
    cv2.fillConvexPoly(inner, quad.astype(np.int32), 1)
    reach = np.ones((9, 9), np.uint8)
    inside = np.asarray(cv2.erode(inner, reach)) != np.asarray(
        cv2.erode(inner, reach, iterations=2)
    )
    outside = np.asarray(cv2.dilate(inner, reach, iterations=2)) != np.asarray(
        cv2.dilate(inner, reach)
    )
    if not outside.any() or not inside.any():
        return 0.0
    return float(np.median(small[inside])) - float(np.percentile(small[outside], 75))


def _clockwise(corners: Quad) -> Quad:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    start = int(np.argmin(ordered.sum(axis=1)))
    return np.asarray(np.roll(ordered, -start, axis=0), dtype=np.float32)
