"""Pictures by their headers: how large they say they are, how many, and whether the end is there.

Nothing is decoded here; a decoder that is handed thirty thousand by thirty thousand pixels has
already lost.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kanal.paper.inspection import kinds
from kanal.paper.inspection.report import Limits, Report

_MOST_CHUNKS = 200_000
_TIFF_WIDTH, _TIFF_HEIGHT, _TIFF_OFFSETS, _TIFF_COUNTS = 256, 257, 273, 279
_TILE_OFFSETS, _TILE_COUNTS = 324, 325
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_TRAILERS = (b"PK\x05\x06", b"%PDF-", b"<script", b"<html", b"This program cannot be run")


@dataclass(slots=True)
class Picture:
    """`end` is where the picture is over; None when it never is."""

    sizes: list[tuple[int, int]]
    end: int | None


class NotAPicture(ValueError):
    """The header is there, and what follows makes no sense."""


def examine(data: bytes, kind: str, limits: Limits) -> Report:
    report = Report(kind)
    try:
        picture = _READERS[kind](data, limits.pages)
    except (struct.error, IndexError):
        report.reject("truncated")
        return report
    except NotAPicture:
        report.reject("broken_file")
        return report
    report.pages = len(picture.sizes)
    problem = _problem(picture, data, limits)
    if problem:
        report.reject(problem)
    return report


def _problem(picture: Picture, data: bytes, limits: Limits) -> str | None:
    if any(width * height > limits.pixels for width, height in picture.sizes):
        return "pixel_bomb"
    if len(picture.sizes) > limits.pages:
        return "too_many_pages"
    if picture.end is None:
        return "truncated"
    if not picture.sizes or any(0 in size for size in picture.sizes):
        return "broken_file"
    beyond = data[picture.end :]
    if b"%PDF-" in data[:1100] or any(mark in beyond for mark in _TRAILERS):
        return "polyglot"
    return None


def _png(data: bytes, most: int) -> Picture:
    size = struct.unpack_from(">II", data, 16)
    if data[12:16] != b"IHDR":
        raise NotAPicture
    frames, seen, at = 1, False, 8
    for _ in range(_MOST_CHUNKS):
        length, name = struct.unpack_from(">I4s", data, at) if at + 8 <= len(data) else (0, b"")
        if not name or at + 12 + length > len(data):
            return Picture([size], None)
        seen = seen or name == b"IDAT"
        if name == b"acTL":
            (frames,) = struct.unpack_from(">I", data, at + 8)
        at += 12 + length
        if name == b"IEND":
            return Picture([size] * max(1, min(frames, most + 1)), at if seen else None)
    raise NotAPicture


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height as the first frame header says them."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotAPicture
        mark = data[at + 1]
        if mark == 0xFF or 0xD0 <= mark <= 0xD8 or mark == 0x01:
            at += 1 if mark == 0xFF else 2
            continue
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + max(length, 2)
    raise NotAPicture


def _jpeg(data: bytes, _most: int) -> Picture:
    size = jpeg_size(data)
    end = data.rfind(b"\xff\xd9")
    return Picture([size], end + 2 if end > 0 else None)


def _webp(data: bytes, most: int) -> Picture:
    (said,) = struct.unpack_from("<I", data, 4)
    end = said + 8 if said + 8 <= len(data) else None
    sizes: list[tuple[int, int]] = []
    frames, at = 0, 12
    while at + 8 <= min(len(data), said + 8) and frames <= most:
        name, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + min(length, 32)]
        if name == b"VP8X":
            sizes.append((_three(body, 4) + 1, _three(body, 7) + 1))
        elif name == b"VP8 ":
            width, height = struct.unpack_from("<HH", body, 6)
            sizes.append((width & 0x3FFF, height & 0x3FFF))
        elif name == b"VP8L":
            (bits,) = struct.unpack_from("<I", body, 1)
            sizes.append(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        elif name == b"ANMF":
            frames += 1
            sizes.append((_three(body, 6) + 1, _three(body, 9) + 1))
        at += 8 + length + (length & 1)
    largest = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    return Picture([largest] * max(1, frames), end)


def _three(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 3], "little")


def _tiff(data: bytes, most: int) -> Picture:
    order = "<" if data[:2] == b"II" else ">"
    (version,) = struct.unpack_from(order + "H", data, 2)
    if version != 42:  # BigTIFF is for maps and telescopes, not for letters
        raise NotAPicture
    (at,) = struct.unpack_from(order + "I", data, 4)
    sizes: list[tuple[int, int]] = []
    end, seen = 8, set[int]()
    while at and at not in seen and len(sizes) <= most:
        seen.add(at)
        if at + 2 > len(data):
            return Picture(sizes or [(1, 1)], None)
        fields = dict(_tiff_fields(data, order, at))
        sizes.append((_first(fields, _TIFF_WIDTH), _first(fields, _TIFF_HEIGHT)))
        end = max(end, _tiff_reach(fields))
        (count,) = struct.unpack_from(order + "H", data, at)
        if at + 2 + 12 * count + 4 > len(data):
            return Picture(sizes, None)
        (at,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    # The directory stands before or after the pixels, so the end is not known, only its lack.
    return Picture(sizes, len(data) if end <= len(data) else None)


def _tiff_fields(data: bytes, order: str, at: int) -> Iterator[tuple[int, list[int]]]:
    (count,) = struct.unpack_from(order + "H", data, at)
    for number in range(count):
        tag, kind, values = struct.unpack_from(order + "HHI", data, at + 2 + 12 * number)
        letter = {1: "B", 3: "H", 4: "I"}.get(kind)
        if letter is None or tag not in (256, 257, 273, 279, 324, 325):
            continue
        size = _TIFF_SIZES[kind] * values
        where = at + 2 + 12 * number + 8
        if size > 4:
            (where,) = struct.unpack_from(order + "I", data, where)
        if where + size > len(data):
            raise struct.error
        yield tag, list(struct.unpack_from(f"{order}{values}{letter}", data, where))


def _tiff_reach(fields: dict[int, list[int]]) -> int:
    """Where the last strip or tile ends."""
    pairs = [(_TIFF_OFFSETS, _TIFF_COUNTS), (_TILE_OFFSETS, _TILE_COUNTS)]
    ends = [
        offset + count
        for starts, counts in pairs
        for offset, count in zip(fields.get(starts, []), fields.get(counts, []), strict=False)
    ]
    return max(ends, default=0)


def _first(fields: dict[int, list[int]], tag: int) -> int:
    values = fields.get(tag)
    return values[0] if values else 0


_READERS = {kinds.PNG: _png, kinds.JPEG: _jpeg, kinds.WEBP: _webp, kinds.TIFF: _tiff}
