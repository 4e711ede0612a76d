"""The limited child that opens letters which carry their own text; answers are plain values."""

from __future__ import annotations

import ctypes
import io
import json
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, UnidentifiedImageError
from pypdfium2 import raw

from kanal.paper.reading import docx
from kanal.paper.reading.own import facts_inside, qr_in_pdf, qr_in_picture
from kanal.paper.reading.pdf import carried_text
from kanal.paper.reading.rules import RuledPage
from kanal.paper.reading.scan_crops import layer_of
from kanal.paper.words import View


class _Document(pypdfium2.PdfDocument):  # type: ignore[misc]
    """Keeps the page it was last asked for: each look at it would parse it anew."""

    last: tuple[int, pypdfium2.PdfPage | None] = (-1, None)

    def get_page(self, index: int) -> pypdfium2.PdfPage:
        if self.last[0] != index:
            self.last = (index, super().get_page(index))
        return self.last[1]


def pdf(data: bytes) -> dict[str, Any]:
    """Words by page, pages that are pictures, the QR code, our attachment, and lies of the text."""
    try:
        document = _Document(data)
    except pypdfium2.PdfiumError:
        return {"refused": "broken"}
    try:
        carried = carried_text(document)
        qr = qr_in_pdf(document, carried.pictures)
        said = facts_inside(document)
        texts = [page.number for page in carried.view.pages if page.number not in carried.pictures]
        layers = [[number, layer_of(document, number)] for number in texts]
    finally:
        document.close()
    return {
        "pages": _pages(carried.view),
        "pictures": list(carried.pictures),
        "layered": carried.layered,
        "qr": [qr[0], list(qr[1])] if qr else None,
        "said": json.dumps(said) if said is not None else "",
        "layers": layers,
    }


def word(data: bytes) -> dict[str, Any]:
    """A DOCX as pages of words."""
    try:
        return {"pages": _pages(docx.view_of(data))}
    except docx.UnreadableDocx:
        return {"refused": "broken"}


def picture(data: bytes) -> dict[str, Any]:
    """The QR code in a picture, as far as one can be seen."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            grey = np.ascontiguousarray(np.asarray(opened.convert("L")))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return {"refused": "broken"}
    return {"qr": qr_in_picture(grey) or ""}


def _pages(view: View) -> list[Any]:
    return [
        [
            page.number,
            page.width,
            page.height,
            [[one.text, one.x0, one.y0, one.x1, one.y1] for one in page.words],
            [list(rule) for rule in page.rules] if isinstance(page, RuledPage) else [],
        ]
        for page in view.pages
    ]


def rehearsal() -> bytes:
    """A small letter of our own, read before the fork: what Python and PDFium build at first use

    is there for every child then, which saves each a quarter of its time.
    """
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    font = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    text = ctypes.create_string_buffer("Contoh surat, NIP 198001012005011001\0".encode("utf-16-le"))
    written = raw.FPDFPageObj_CreateTextObj(document.raw, font, 11.0)
    raw.FPDFText_SetText(written, ctypes.cast(text, raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(written, 1, 0, 0, 1, 72, 700)
    raw.FPDFPage_InsertObject(page.raw, written)
    page.gen_content()
    saved = io.BytesIO()
    document.save(saved)
    document.close()
    return saved.getvalue()


pdf(rehearsal())
