"""What is painted on a PDF's page, in its order: PDFium's own handles, which are cheap to walk."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium


def painted_on(page: pypdfium2.PdfPage, *, depth: int) -> Iterator[tuple[int, object]]:
    """Kind and handle of each thing; forms themselves too, and what is in them down to `depth`.

    Raises PdfiumError.
    """
    return _within(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, depth)


def _within(
    parent: object, count: Callable[..., int], get: Callable[..., object], depth: int
) -> Iterator[tuple[int, object]]:
    for at in range(count(parent)):
        thing = get(parent, at)
        if not thing:
            raise pypdfium2.PdfiumError("a thing on the page is not to be had")
        kind = pdfium.FPDFPageObj_GetType(thing)
        yield kind, thing
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _within(
                thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1
            )


def bounds_of(thing: object) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in points from the lower left corner. Raises PdfiumError."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        raise pypdfium2.PdfiumError("a thing on the page has no place")
    return left.value, bottom.value, right.value, top.value
