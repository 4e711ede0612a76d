"""What a PDF's streams unpack to, and how large its pictures are, before anybody draws them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf

from kanal.paper.inspection import pdf_actions, streams
from kanal.paper.inspection.report import Bomb, Limits, Report

_PIXEL_BYTES = 8
# These hold no drawing, so no picture can stand within them.
_NO_CONTENT = frozenset({"/XRef", "/ObjStm", "/Metadata", "/EmbeddedFile", "/Sig"})
_SMALL = 1 << 20


def weigh(pdf: pikepdf.Pdf, report: Report, limits: Limits) -> None:
    left = limits.unpacked_bytes
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        size = _unpacked_size(thing, limits)
        # Pictures are drawn one page at a time, each within its own bounds.
        left -= 0 if _is_image(thing.stream_dict) else size
        if left < 0:
            raise Bomb("decompression_bomb")


def _unpacked_size(stream: pikepdf.Stream, limits: Limits) -> int:
    about = stream.stream_dict
    filters = pdf_actions.filters_of(about)
    try:
        data = stream.read_raw_bytes()
    except pikepdf.PdfError:
        return 0
    most = limits.stream_bytes
    if _is_image(about):
        most = max(most, _check_pixels(about, filters, data, limits) * _PIXEL_BYTES)
    elif _may_draw(about):
        return _content_size(data, filters, limits)
    # What cannot grow beyond a bomb's first spark need not be unpacked to be known.
    if (size := streams.at_most(len(data), filters)) <= _SMALL:
        return size
    return streams.unpacked_size(data, filters, most)


def _is_image(about: Any) -> bool:
    return pdf_actions.name_of(about.get("/Subtype")) == "/Image"


def _check_pixels(about: Any, filters: list[str], data: bytes, limits: Limits) -> int:
    said = (_number(about.get("/Width")), _number(about.get("/Height")))
    own = streams.picture_size(data, filters) or (0, 0)
    pixels = max(said[0] * said[1], own[0] * own[1])
    if pixels > limits.pixels:
        raise Bomb("pixel_bomb")
    return pixels


def _content_size(data: bytes, filters: list[str], limits: Limits) -> int:
    content = streams.unpacked(data, filters, limits.stream_bytes)
    if streams.inline_pixels(content) > limits.pixels:
        raise Bomb("pixel_bomb")
    return len(content)


def _may_draw(about: Any) -> bool:
    if "/Length1" in about or "/N" in about or "/FunctionType" in about:
        return False
    return pdf_actions.name_of(about.get("/Type")) not in _NO_CONTENT


def _number(value: Any) -> int:
    return max(0, int(value)) if isinstance(value, int | Decimal) else 0
