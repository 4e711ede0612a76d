"""The codes that a file shows: read in a child process, since strangers hand these files in.

Nothing here knows Django: the child has none of the office's settings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from kanal.paper import workshop
from kanal.paper.composing.codes import parse_code
from kanal.paper.reading.own import facts_inside

_LIMITS = workshop.Limits(seconds=20, cpu_seconds=16, memory=768 << 20)
_ADDRESS = re.compile(r"/v/([0-9A-Za-z-]{12,20})/?$")
_MOST_PAGES, _MOST_CODES = 12, 20
_SCALES = (2.5, 4.0)
_MOST_PIXELS = 40_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(data: bytes) -> list[str]:
    """Codes of letters in the QR codes and the attachment; empty where nothing can be read."""
    try:
        told = workshop.run(f"{__name__}:told", data, limits=_LIMITS, bench="codes")
    except workshop.JobFailed:
        return []
    return [code for one in told if isinstance(one, str) and (code := parse_code(one))]


def told(data: bytes) -> list[str]:
    """The child's side; whatever it raises is the file's fault."""
    found = _in_pdf(data) if data[:1024].find(b"%PDF-") >= 0 else _in_picture(data)
    return list(dict.fromkeys(found))[:_MOST_CODES]


def _in_pdf(data: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        for scale in _SCALES:
            if page.get_width() * page.get_height() * scale * scale > _MOST_PIXELS:
                break
            codes = list(_read(page.render(scale=scale, grayscale=True).to_pil()))
            if codes:
                yield from codes
                break
    inside = facts_inside(document)
    code = parse_code(str(inside.get("code", ""))) if inside else None
    if code:
        yield code


def _in_picture(data: bytes) -> Iterator[str]:
    picture = Image.open(io.BytesIO(data))
    if picture.width * picture.height > _MOST_PIXELS:
        return
    yield from _read(ImageOps.exif_transpose(picture).convert("L"))


def _read(picture: Image.Image) -> Iterator[str]:
    for found in zxingcpp.read_barcodes(picture, formats=_QR):
        hit = _ADDRESS.search(found.text[:300])
        code = parse_code(hit[1]) if hit else None
        if code:
            yield code
