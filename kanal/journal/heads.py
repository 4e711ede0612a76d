"""Signed heads as lines of JSON, outside the database: the part of the journal meant to be copied.

A database can be set back to an earlier day together with everything in it; a copy of this file on
another machine cannot. Pure: files and hashes only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kanal.journal import canonical

_TAIL = 64 * 1024  # far more than one line
_LONGEST = 8 * 1024


class LineUnreadable(Exception):
    """A line that is no head. `number` counts lines from 1; 0 when it is not known."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(f"line {number}")
        self.number = number


@dataclass(frozen=True)
class Head:
    """`values` in the order of canonical.HEAD_FIELDS."""

    values: tuple[str | None, ...]
    hash: bytes
    signature: bytes

    @property
    def number(self) -> int:
        return int(self.values[0] or 0)

    @property
    def previous(self) -> str | None:
        return self.values[1]

    @property
    def root(self) -> str | None:
        return self.values[2]

    @property
    def key(self) -> str:
        return self.values[-1] or ""

    @property
    def signed(self) -> bytes:
        return canonical.head_bytes(self.values)

    def as_dict(self) -> dict[str, str | None]:
        fields = dict(zip(canonical.HEAD_FIELDS, self.values, strict=True))
        return {**fields, "head": self.hash.hex(), "signature": self.signature.hex()}


def from_dict(fields: dict[str, str | None]) -> Head:
    """Raises KeyError, TypeError or ValueError for anything that is no head."""
    values = tuple(fields[name] for name in canonical.HEAD_FIELDS)
    int(values[0] or "")
    return Head(
        values, bytes.fromhex(fields["head"] or ""), bytes.fromhex(fields["signature"] or "")
    )


def append(path: Path, heads: Iterable[Head]) -> int:
    """Adds one line each and returns how many, after they are on the disk."""
    written = 0
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        for head in heads:
            file.write(json.dumps(head.as_dict()).encode() + b"\n")
            written += 1
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        _fsync_folder(path.parent)
    return written


def last(path: Path) -> Head | None:
    """The last whole line. A line torn by a power cut is cut off: it was never complete."""
    if not path.exists():
        return None
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(size - len(tail) + len(whole))
    if not whole:
        return None
    return _read(whole.splitlines()[-1])


def stream(path: Path, size: int) -> Iterator[Head]:
    """Every head in the first `size` bytes. Raises LineUnreadable at the first that is none."""
    with path.open("rb") as file:
        number = 0
        while file.tell() < size and (line := file.readline(_LONGEST)):
            number += 1
            if line.endswith(b"\n"):
                yield _read(line, number)


def _read(line: bytes, number: int = 0) -> Head:
    try:
        return from_dict(json.loads(line))
    except (ValueError, KeyError, TypeError) as mistake:
        raise LineUnreadable(number) from mistake


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
