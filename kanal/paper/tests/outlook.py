"""A winmail.dat as Outlook makes it, of files with short and long names."""

from __future__ import annotations

import struct


def attribute(level: int, number: int, kind: int, body: bytes) -> bytes:
    head = struct.pack("<BHHI", level, number, kind, len(body))
    return head + body + struct.pack("<H", sum(body) & 0xFFFF)


def winmail(*files: tuple[bytes, str, bytes]) -> bytes:
    """After the published description of the format, with short and long names."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for short, long, data in files:
        wide = (long + "\0").encode("utf-16-le")
        named = struct.pack("<IHHIHHII", 2, 0x0003, 0x3705, 1, 0x001F, 0x3707, 1, len(wide))
        named += wide + bytes(-len(wide) % 4)
        out += attribute(2, 0x9002, 6, bytes(14)) + attribute(2, 0x8010, 1, short + b"\0")
        out += attribute(2, 0x800F, 6, data) + attribute(2, 0x9005, 6, named)
    return out
