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
    as lists. Raises TypeError for anything else, TooMuchOutput beyond `most` bytes."""
    blobs: list[bytes] = []
    text = json.dumps(_without_bytes(value, blobs), ensure_ascii=False).encode(
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
        return _with_bytes(json.loads(text.decode("utf-8", "surrogatepass")), blobs)
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


def _without_bytes(value: Any, blobs: list[bytes]) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        blobs.append(bytes(value))
        return {_MARK: len(blobs) - 1}
    if isinstance(value, dict):
        return {_text(key): _without_bytes(each, blobs) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_bytes(each, blobs) for each in value]
    raise TypeError(f"a {type(value).__name__} is not plain")


def _text(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys must be text")
    return key


def _with_bytes(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, list):
        return [_with_bytes(each, blobs) for each in value]
    if isinstance(value, dict):
        if len(value) == 1 and _MARK in value:
            return blobs[value[_MARK]]
        return {key: _with_bytes(each, blobs) for key, each in value.items()}
    return value
