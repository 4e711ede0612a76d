"""The limited child that opens letters which carry their own text; answers are plain values."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, UnidentifiedImageError

from kanal.paper.reading import docx
from kanal.paper.reading.own import facts_inside, qr_in_pdf, qr_in_picture
from kanal.paper.reading.pdf import carried_text
from kanal.paper.reading.scan_crops import layer
from kanal.paper.words import View


def pdf(data: bytes) -> dict[str, Any]:
    """Words by page, pages that are pictures, the QR code, our attachment, and lies of the text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return {"refused": "broken"}
    try:
        carried = carried_text(document)
        qr = qr_in_pdf(document, carried.pictures)
        said = facts_inside(document)
    finally:
        document.close()
    pages = [page.number for page in carried.view.pages if page.number not in carried.pictures]
    return {
        "pages": _pages(carried.view),
        "pictures": list(carried.pictures),
        "layered": carried.layered,
        "qr": [qr[0], list(qr[1])] if qr else None,
        "said": json.dumps(said) if said is not None else "",
        "layers": [[number, layer(data, number)] for number in pages],
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
        ]
        for page in view.pages
    ]
