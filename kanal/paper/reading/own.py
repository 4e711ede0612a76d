"""Our own letters: the facts that travel inside the file, and the QR that names the letter."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp

from kanal.paper.composing.codes import OWN_QR
from kanal.paper.reading.layout import Place
from kanal.paper.reading.painted import bounds_of, painted_on

ATTACHMENT = "surat.json"
_QR_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MOST_BYTES = 1 << 20
_MOST_ATTACHMENTS = 20
_FIRST_PAGES, _LAST_PAGES = 3, 2
_QR_SCALE = 2.5
_MOST_PATHS = 250
# A code drawn as one shape has thousands of lines; a letter or a crest has far fewer.
_LINES_OF_A_CODE = 300
_MOST_TEXT = 600
_MOST_BOXES = 6
_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)


def facts_inside(document: pypdfium2.PdfDocument) -> dict[str, Any] | None:
    """The attached `surat.json` of a letter that Kanal made; None when there is none."""
    try:
        count = min(document.count_attachments(), _MOST_ATTACHMENTS)
        for at in range(count):
            attachment = document.get_attachment(at)
            if attachment.get_name() == ATTACHMENT:
                return _parsed(bytes(attachment.get_data()))
    except pypdfium2.PdfiumError:
        return None
    return None


def _parsed(data: bytes) -> dict[str, Any] | None:
    if len(data) > _MOST_BYTES:
        return None
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("kanal") != 1:
        return None
    letters = said.get("letters")
    return said if isinstance(letters, list) and all(isinstance(x, dict) for x in letters) else None


def qr_in_pdf(
    document: pypdfium2.PdfDocument, pictures: Sequence[int] = ()
) -> tuple[str, Place] | None:
    """The first QR code of the first and last pages; looked for where something square is drawn.

    `pictures`: the pages, from 1, that are pictures and are searched whole.
    """
    count = len(document)
    numbers = {*range(min(count, _FIRST_PAGES)), *range(max(count - _LAST_PAGES, 0), count)}
    for number in sorted(numbers):
        page = document[number]
        whole = (0.0, 0.0, page.get_width(), page.get_height())
        boxes = [whole] if number + 1 in pictures else _squares(page)
        for left, bottom, right, top in boxes:
            found = _look(page, number + 1, (left, bottom, right, top))
            if found:
                return found
    return None


def _squares(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Boxes of square pictures and of square shapes of many lines; the whole page where hundreds
    of shapes may form a code."""
    boxes, paths = [], 0
    for kind, thing in painted_on(page, depth=3):
        if kind not in _DRAWN:
            continue
        is_path = kind == pdfium.FPDF_PAGEOBJ_PATH
        paths += is_path
        if is_path and pdfium.FPDFPath_CountSegments(thing) < _LINES_OF_A_CODE:
            continue
        left, bottom, right, top = bounds_of(thing)
        wide, high = right - left, top - bottom
        if wide > 20 and 0.8 < wide / max(high, 1.0) < 1.25 and wide < 300:
            boxes.append((left, bottom, right, top))
    boxes = boxes[-_MOST_BOXES:]
    if paths > _MOST_PATHS:
        boxes.append((0.0, 0.0, page.get_width(), page.get_height()))
    return boxes


def _look(
    page: pypdfium2.PdfPage, number: int, box: tuple[float, float, float, float]
) -> tuple[str, Place] | None:
    left, bottom, right, top = box
    wide, high = page.get_width(), page.get_height()
    margin = 12.0
    crop = (
        max(left - margin, 0.0),
        max(bottom - margin, 0.0),
        max(wide - right - margin, 0.0),
        max(high - top - margin, 0.0),
    )
    picture = page.render(scale=_QR_SCALE, grayscale=True, crop=crop).to_numpy()
    text = qr_in_picture(np.ascontiguousarray(picture.squeeze()))
    return (text, (number, left, high - top, right, high - bottom)) if text else None


def qr_in_picture(picture: npt.NDArray[np.uint8]) -> str | None:
    """The text of a QR code in a grey picture: ours before any other."""
    found = [
        each.text[:_MOST_TEXT]
        for each in zxingcpp.read_barcodes(picture, formats=_QR_ONLY)
        if each.text
    ]
    return next((text for text in found if OWN_QR.match(text)), found[0] if found else None)
