"""Pieces of pages as small pictures, and the cheap look for lying text; no engine is loaded here."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from kanal.paper.reading.scan_glyphs import warm
from kanal.paper.reading.scan_layer import lies_of, needs_eyes, signs_on
from kanal.paper.reading.scan_pictures import (
    PDF,
    Pixels,
    Unreadable,
    crop_rendered,
    is_picture_page,
    opened,
    picture,
)
from kanal.paper.reading.scan_upright import Fit, lay

cv2.setNumThreads(1)
warm()

_COLOURS = 64


def crop(
    data: bytes, media_type: str, number: int, box: list[float], width: int, fit: list[Any] | None
) -> dict[str, Any]:
    """A PNG; or `{"fit": None}` when the page is a picture that has yet to be laid upright."""
    x0, y0, x1, y1 = box
    try:
        if media_type == PDF and not is_picture_page(data, number):
            return {"png": _png(crop_rendered(data, number, (x0, y0, x1, y1), width))}
        if fit is None:
            return {"fit": None}
        pixels = picture(data, media_type, number).pixels
        return {"png": _png(_cut(pixels, Fit.of_plain(fit), (x0, y0, x1, y1), width))}
    except Unreadable as error:
        return {"refused": error.reason}


def layer(data: bytes, number: int) -> dict[str, Any]:
    """Lies that need no reading; `eyes` says whether the page must be read to know."""
    try:
        document = opened(data)
    except Unreadable:
        return {"refused": "broken"}
    try:
        return layer_of(document, number)
    finally:
        document.close()


def layer_of(document: pdfium.PdfDocument, number: int) -> dict[str, Any]:
    """As `layer`, of a file that is open already."""
    try:
        signs = signs_on(document[number - 1])
    except (pdfium.PdfiumError, IndexError):
        return {"refused": "broken"}
    lies = [] if needs_eyes(signs) else lies_of(signs, [])
    return {
        "eyes": needs_eyes(signs),
        "lies": [[lie.reason, lie.said, lie.seen, list(lie.box)] for lie in lies],
    }


def _cut(pixels: Pixels, fit: Fit, box: tuple[float, float, float, float], width: int) -> Pixels:
    page = lay(pixels, fit)
    left, top, right, bottom = (round(value * fit.dpi / 72) for value in box)
    part = page[max(top, 0) : bottom, max(left, 0) : right]
    if part.size == 0:
        raise Unreadable("crop_outside")
    height = max(round(part.shape[0] * width / part.shape[1]), 1)
    if width * height > 10_000_000:
        raise Unreadable("crop_too_large")
    how = cv2.INTER_AREA if width < part.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (width, height), interpolation=how), dtype=np.uint8)


def _png(pixels: Pixels) -> bytes:
    """Few colours: a crop is for comparing letters, not for art."""
    kept = io.BytesIO()
    Image.fromarray(pixels).quantize(_COLOURS).save(kept, "PNG", optimize=True)
    return kept.getvalue()
