"""The attachments in a winmail.dat, after the published description of the format [MS-OXTNEF].

A signature, then attributes one after another: level, number, length, data, checksum. Only names
and contents of attachments are taken.
"""

from __future__ import annotations

import struct

_SIGNATURE = 0x223E9F78
_RENDER, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME = 0x3707
_FIXED = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 2, 0x14: 8, 0x40: 8, 0x48: 16}
_COUNTED = frozenset({0x0D, 0x1E, 0x1F, 0x102})


class Unreadable(ValueError):
    """Not a winmail.dat, or cut short."""


def attachments(data: bytes, *, most: int) -> list[tuple[str, bytes]]:
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        raise Unreadable
    found: list[tuple[str, bytes]] = []
    name, content, at = "", None, 6
    while at + 9 <= len(data) and len(found) < most:
        number, length = struct.unpack_from("<HxxI", data, at + 1)
        body = data[at + 9 : at + 9 + length]
        if len(body) < length:
            raise Unreadable
        at += 9 + length + 2
        if number == _RENDER:  # the first attribute of each attachment
            if content is not None:
                found.append((name, content))
            name, content = "", None
        elif number == _TITLE and not name:
            name = body.rstrip(b"\0").decode("cp1252", "replace")
        elif number == _DATA:
            content = body
        elif number == _PROPERTIES:
            name = _long_name(body) or name
    if at < len(data) and len(found) < most:
        raise Unreadable
    if content is not None and len(found) < most:
        found.append((name, content))
    return found


def _long_name(body: bytes) -> str:
    """From the attachment's properties; empty when they cannot be followed."""
    try:
        (count,) = struct.unpack_from("<I", body)
        at = 4
        for _ in range(min(count, 500)):
            kind, number = struct.unpack_from("<HH", body, at)
            at += 4
            if number >= 0x8000:
                at = _after_named(body, at)
            if kind in _FIXED:
                at += max(4, _FIXED[kind])
                continue
            if kind not in _COUNTED:
                return ""
            (values,) = struct.unpack_from("<I", body, at)
            at += 4
            for _ in range(min(values, 500)):
                (length,) = struct.unpack_from("<I", body, at)
                value = body[at + 4 : at + 4 + length]
                at += 4 + length + (-length % 4)
                if number == _LONG_NAME:
                    code = "utf-16-le" if kind == 0x1F else "cp1252"
                    return value.decode(code, "replace").rstrip("\0")
    except struct.error:
        return ""
    return ""


def _after_named(body: bytes, at: int) -> int:
    """Past a property's GUID and its number or name."""
    (by_name,) = struct.unpack_from("<I", body, at + 16)
    if not by_name:
        return at + 24
    (length,) = struct.unpack_from("<I", body, at + 20)
    return int(at + 24 + length + (-length % 4))
