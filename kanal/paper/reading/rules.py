"""The straight lines drawn on a page: what parts the cells of a table for whoever looks at it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from kanal.paper.words import Page

# x0, y0, x1, y1 in points from the upper left corner; as high or as wide as it is thin.
Rule = tuple[float, float, float, float]
MOST_RULES = 4_000
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400
_THIN, _LEAST_LONG = 2.6, 6.0
# A path with so few segments is one rectangle.
_OF_A_RECTANGLE = 6


@dataclass(frozen=True, slots=True)
class RuledPage(Page):
    """A page with its lines. A recognised page has none: engines do not see them."""

    rules: tuple[Rule, ...] = ()


def rules_of(page: pypdfium2.PdfPage) -> tuple[Rule, ...]:
    """Lines across and down, also as edges of rectangles, in no order."""
    height = page.get_height()
    rules: list[Rule] = []
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        rules.extend(_of_path(thing, height))
        if len(rules) > MOST_RULES:
            break
    return tuple(rules[:MOST_RULES])


def _of_path(path: object, height: float) -> Iterator[Rule]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    box = (left.value, height - top.value, right.value, height - bottom.value)
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        yield from _line(box)
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if count <= _OF_A_RECTANGLE:
        yield from edges_of(box)
    elif count <= _MOST_SEGMENTS:
        yield from _segments(path, count, height)


def _line(box: Rule) -> Iterator[Rule]:
    x0, y0, x1, y1 = box
    if x1 - x0 >= max(_LEAST_LONG, y1 - y0):
        yield x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    elif y1 - y0 >= _LEAST_LONG:
        yield (x0 + x1) / 2, y0, (x0 + x1) / 2, y1


def edges_of(box: Rule) -> Iterator[Rule]:
    """The four sides of a rectangle."""
    x0, y0, x1, y1 = box
    yield x0, y0, x1, y0
    yield x0, y1, x1, y1
    yield x0, y0, x0, y1
    yield x1, y0, x1, y1


def _segments(path: object, count: int, height: float) -> Iterator[Rule]:
    """A whole table drawn as one path: each of its strokes."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix)):
        return
    before: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            height - (matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        if before and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            (xa, xb), (ya, yb) = sorted((before[0], here[0])), sorted((before[1], here[1]))
            if min(xb - xa, yb - ya) < _THIN:
                yield from _line((xa, ya, xb, yb))
        before = here
