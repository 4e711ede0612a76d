"""The directory and the streams of an OLE compound file, read with suspicion.

After the published description of the format [MS-CFB]: sectors, a table of chains, a directory of
128-byte entries. Chains that loop or leave the file raise Broken.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE_FROM = 0xFFFFFFFA
_ROOT, _STREAM, _STORAGE = 5, 2, 1
_MOST_ENTRIES = 20_000


class Broken(ValueError):
    """Not a whole compound file."""


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    is_stream: bool
    start: int
    size: int


class CompoundFile:
    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise Broken("no header")
        self.data = data
        self.major, _, shift, mini_shift = struct.unpack_from("<HHHH", data, 26)
        if shift not in (9, 12) or mini_shift != 6:
            raise Broken("odd sector size")
        self.sector = 1 << shift
        (directory, _, self.mini_cutoff, mini_start) = struct.unpack_from("<IIII", data, 48)
        self.table = self._read_table()
        self.entries = self._read_directory(directory)
        self._mini_table = (
            self._numbers(self._chain_bytes(mini_start)) if mini_start < _FREE_FROM else ()
        )
        self._mini = self._mini_stream()

    def streams(self, name: str) -> list[Entry]:
        return [each for each in self.entries if each.is_stream and each.name == name]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.entries)

    def read(self, entry: Entry, most: int) -> bytes:
        size = min(entry.size, most)
        if entry.size >= self.mini_cutoff:
            return self._chain_bytes(entry.start, size)[:size]
        found, at, seen = bytearray(), entry.start, 0
        while at < _FREE_FROM and len(found) < size:
            if at >= len(self._mini_table) or seen > len(self._mini_table):
                raise Broken("mini chain")
            found += self._mini[at * 64 : at * 64 + 64]
            at, seen = self._mini_table[at], seen + 1
        return bytes(found[:size])

    def _read_table(self) -> tuple[int, ...]:
        count, first, extra = (
            struct.unpack_from("<I", self.data, 44)[0],
            *struct.unpack_from("<II", self.data, 68),
        )
        places = [at for at in struct.unpack_from("<109I", self.data, 76) if at < _FREE_FROM]
        most = len(self.data) // self.sector + 1
        for _ in range(min(extra, most)):
            if first >= _FREE_FROM:
                break
            numbers = self._numbers(self._sector_bytes(first))
            places += [at for at in numbers[:-1] if at < _FREE_FROM]
            first = numbers[-1]
        if count > most or len(places) > most:
            raise Broken("table")
        return self._numbers(b"".join(self._sector_bytes(at) for at in places[:count]))

    def _read_directory(self, start: int) -> list[Entry]:
        raw = self._chain_bytes(start)
        if len(raw) // 128 > _MOST_ENTRIES:
            raise Broken("directory")
        entries = []
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            if kind not in (_ROOT, _STREAM, _STORAGE) or length > 64:
                continue
            name = raw[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            first, size, high = struct.unpack_from("<III", raw, at + 116)
            whole = size if self.major == 3 else size | high << 32
            entries.append(Entry(name, kind == _STREAM, first, whole))
        if not entries:
            raise Broken("no directory")
        return entries

    def _mini_stream(self) -> bytes:
        root = self.entries[0]
        return self._chain_bytes(root.start) if root.size and root.start < _FREE_FROM else b""

    def _chain_bytes(self, at: int, most: int | None = None) -> bytes:
        found: list[bytes] = []
        while at < _FREE_FROM:
            if at >= len(self.table) or len(found) > len(self.table):
                raise Broken("chain")
            found.append(self._sector_bytes(at))
            if most is not None and len(found) * self.sector >= most:
                break
            at = self.table[at]
        return b"".join(found)

    def _sector_bytes(self, number: int) -> bytes:
        begin = (number + 1) * self.sector
        if begin >= len(self.data):
            raise Broken("sector beyond the end")
        return self.data[begin : begin + self.sector]

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
