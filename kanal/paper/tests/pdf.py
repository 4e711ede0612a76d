"""Small PDFs for the tests, drawn with pypdfium2: one line of text under another."""

import ctypes
from io import BytesIO
from textwrap import wrap

import pypdfium2
import pypdfium2.raw as pdfium


def pdf_of(pages: list[str]) -> bytes:
    document = pypdfium2.PdfDocument.new()
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    for text in pages:
        page = document.new_page(1200, 1600)
        lines = [part for line in text.splitlines() for part in wrap(line, 150)]
        for at, line in enumerate(lines):
            _draw(document, page, font, line, 1560 - 16 * at)
        page.gen_content()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _draw(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: object, line: str, y: float
) -> None:
    shape = pdfium.FPDFPageObj_CreateTextObj(document, font, ctypes.c_float(9))
    words = (line + "\0").encode("utf-16-le")
    buffer = ctypes.cast(ctypes.create_string_buffer(words), pdfium.FPDF_WIDESTRING)
    pdfium.FPDFText_SetText(shape, buffer)
    pdfium.FPDFPageObj_Transform(shape, 1, 0, 0, 1, 30, y)
    pdfium.FPDFPage_InsertObject(page, shape)
