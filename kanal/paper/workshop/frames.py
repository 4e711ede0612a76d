"""What goes between the processes: lengths, plain values and bytes, and no code.

A child that opened a hostile file may have been taken over, so its answer is JSON with the byte
strings beside it, never a pickle.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

from kanal.paper.workshop.limits import TooMuchOutput

_LENGTHS = struct.Struct("!QQ")
HEAD_BYTES = _LENGTHS.size
_MARK = "\0bytes"


def encode(value: Any, *, most: int) -> list[bytes]:
    """None, bool, numbers, text, bytes, lists, tuples and dicts with text keys; tuples come back
    as lists, number keys as text. Raises TypeError for anything else, TooMuchOutput beyond `most`
    bytes."""
    blobs: list[bytes] = []
    text = json.dumps(value, ensure_ascii=False, default=_set_aside(blobs)).encode(
        "utf-8", "surrogatepass"
    )
    sizes = json.dumps([len(blob) for blob in blobs]).encode()
    body = [struct.pack("!Q", len(sizes)), sizes, struct.pack("!Q", len(text)), text, *blobs]
    total = sum(map(len, body))
    if total > most:
        raise TooMuchOutput(f"{total} bytes")
    return [_LENGTHS.pack(total, 0), *filter(None, body)]


def total_of(head: bytes) -> int:
    total, _ = _LENGTHS.unpack(head)
    return int(total)


def decode(body: bytes) -> Any:
    """Raises ValueError (also for JSON nested too deeply) when it is no frame of ours."""
    try:
        sizes, at = _part(body, 0)
        text, at = _part(body, at)
        blobs = []
        for size in json.loads(sizes):
            blobs.append(body[at : at + size])
            at += size
        return json.loads(text.decode("utf-8", "surrogatepass"), object_hook=_put_back(blobs))
    except (struct.error, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("not a frame") from error


def read_exactly(receive: Callable[[int], bytes], size: int) -> bytes:
    """Raises EOFError when the other side went away first."""
    parts: list[bytes] = []
    while size:
        part = receive(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _part(body: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack_from("!Q", body, at)
    return body[at + 8 : at + 8 + size], at + 8 + size


def _set_aside(blobs: list[bytes]) -> Callable[[object], dict[str, int]]:
    """For what JSON has no way to write."""

    def replaced(value: object) -> dict[str, int]:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"a {type(value).__name__} is not plain")
        blobs.append(bytes(value))
        return {_MARK: len(blobs) - 1}

    return replaced


def _put_back(blobs: list[bytes]) -> Callable[[dict[str, Any]], Any]:
    def replaced(value: dict[str, Any]) -> Any:
        return blobs[value[_MARK]] if len(value) == 1 and _MARK in value else value

    return replaced
