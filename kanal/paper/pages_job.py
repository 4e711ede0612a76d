"""In the child: one page of a PDF as a picture for the screen."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

# Wide enough to read on a desk, light enough for a phone's line.
_WIDE, _MOST_HIGH, _COLOURS = 900, 3600, 48


def page(data: bytes, number: int) -> dict[str, Any]:
    """`png` is None past the last page, or for one that can't be drawn."""
    document = pdfium.PdfDocument(data)
    count = len(document)
    png = _drawn(document[number - 1]) if 1 <= number <= count else None
    return {"pages": count, "png": png}


def _drawn(sheet: Any) -> bytes | None:
    wide, high = sheet.get_size()
    if wide <= 0 or high <= 0:
        return None
    scale = min(_WIDE / wide, _MOST_HIGH / high)
    picture = sheet.render(scale=scale).to_pil().convert("RGB")
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()
