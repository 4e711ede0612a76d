"""Whether a PDF's font draws the digits it says: text may claim a 7 and show a 1.

Each digit's outline is compared with the outlines of plain fonts built into PDFium. A strange
typeface may look suspicious too; the answer is only a reason to look at the picture.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

Shape = npt.NDArray[np.float32]

_TALL, _WIDE = 24, 20
_PLAIN_FONTS = (b"Helvetica", b"Helvetica-Bold", b"Times-Roman", b"Times-Bold", b"Courier")
_MARGIN = 0.1
_UNITS = 1000.0
_NOTHING: Shape = np.zeros(_TALL * _WIDE, dtype=np.float32)


def warm() -> None:
    """Draws the plain fonts once, before the fork that every job is."""
    _known()


def misdrawn(font: object, digits: str) -> str:
    """Those of `digits` whose outline is plainly another digit's."""
    return "".join(digit for digit in sorted(set(digits)) if _another(font, digit))


def _another(font: object, digit: str) -> bool:
    shape = _shape(font, digit)
    if not shape.any():
        return False
    # Rows: plain fonts' digits, ten to a font; both sides have length 1, so this is the cosine.
    likeness = (_known() @ shape).reshape(-1, 10).max(axis=0)
    return bool(likeness.max() - likeness[int(digit)] > _MARGIN)


@lru_cache(maxsize=1)
def _known() -> Shape:
    document = pdfium.PdfDocument.new()
    rows: list[Shape] = []
    for name in _PLAIN_FONTS:
        font = raw.FPDFText_LoadStandardFont(document.raw, name)
        rows += [_shape(font, digit) for digit in "0123456789"]
        raw.FPDFFont_Close(font)
    document.close()
    return np.stack(rows)


def _shape(font: object, digit: str) -> Shape:
    """The outline filled in a small frame, as a vector of length 1; zeros where there is none."""
    rings = _rings(font, digit)
    if not rings:
        return _NOTHING
    points = np.concatenate(rings)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    if not np.isfinite(points).all() or size[1] <= 0:
        return _NOTHING
    scale = min(_TALL / size[1], _WIDE / max(size[0], 1e-6))
    offset = np.array([(_WIDE - size[0] * scale) / 2, 0])
    placed = [(((ring - low) * scale + offset) * 8).round().astype(np.int32) for ring in rings]
    frame = np.zeros((_TALL * 8, _WIDE * 8), dtype=np.uint8)
    cv2.fillPoly(frame, placed, 255)
    small = cv2.resize(frame, (_WIDE, _TALL), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (3, 3), 0).astype(np.float32).ravel()
    soft -= soft.mean()
    length = float(np.linalg.norm(soft))
    return np.asarray(soft / length, dtype=np.float32) if length else _NOTHING


def _rings(font: object, digit: str) -> list[npt.NDArray[np.float64]]:
    path = raw.FPDFFont_GetGlyphPath(font, ord(digit), ctypes.c_float(_UNITS))
    rings: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFGlyphPath_CountGlyphSegments(path) if path else 0, 2000)):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not rings:
            rings.append([])
        rings[-1].append((x.value, y.value))
    return [np.array(ring) for ring in rings if len(ring) > 2]
