"""How large a PDF's stream unpacks, found out without ever holding it all."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from kanal.paper.inspection import pictures
from kanal.paper.inspection.report import Bomb

FLATE, LZW, RUNS = "/FlateDecode", "/LZWDecode", "/RunLengthDecode"
HEX, ASCII85 = "/ASCIIHexDecode", "/ASCII85Decode"
DCT, JPX, JBIG2, CCITT = "/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"
_SHORT = {
    "/Fl": FLATE, "/LZW": LZW, "/RL": RUNS, "/AHx": HEX, "/A85": ASCII85, "/DCT": DCT, "/CCF": CCITT,
}  # fmt: skip
# The most that one byte can become. Of a small stream that is all there is to know.
_GROWTH = {FLATE: 1032, LZW: 1400, RUNS: 128, HEX: 1, ASCII85: 4}
_PIECE = 1 << 16
_MOST_FILTERS = 8
# Letters of ASCII85 read at once, and each as the digit it stands for.
_GROUPS = 5 << 14
_MINUS_33 = bytes(max(0, letter - 33) for letter in range(256))
_LZW_CLEAR, _LZW_END = 256, 257


def full_names(filters: list[str]) -> list[str]:
    if len(filters) > _MOST_FILTERS:
        raise Bomb("decompression_bomb")
    return [_SHORT.get(name, name) for name in filters]


def unpacking(filters: list[str]) -> list[str]:
    """The filters that only pack; what comes after the first other one is a picture's own."""
    found: list[str] = []
    for name in filters:
        if name not in _GROWTH:
            break
        found.append(name)
    return found


def at_most(length: int, filters: list[str]) -> int:
    """No more than this can come out of `length` packed bytes."""
    for name in unpacking(filters):
        length *= _GROWTH[name]
    return length


def unpacked(data: bytes, filters: list[str], most: int) -> bytes:
    """The first `most` bytes; broken data ends where it breaks. Stages beyond raise Bomb."""
    return b"".join(_pieces(data, filters, most))[:most]


def unpacked_size(data: bytes, filters: list[str], most: int) -> int:
    """Raises Bomb as soon as any stage gives more than `most` bytes."""
    return sum(map(len, _pieces(data, filters, most)))


def _pieces(data: bytes, filters: list[str], most: int) -> Iterator[bytes]:
    pieces = _cut(data)
    for name in unpacking(filters):
        pieces = _guarded(_STAGES[name](pieces), most)
    return pieces


def _cut(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), _PIECE):
        yield data[at : at + _PIECE]


def _guarded(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            raise Bomb("decompression_bomb")
        yield piece


def _flate(pieces: Iterator[bytes]) -> Iterator[bytes]:
    machine = zlib.decompressobj()
    for piece in pieces:
        left = piece
        while left and not machine.eof:
            try:
                out = machine.decompress(left, _PIECE)
            except zlib.error:
                return
            yield out
            left = machine.unconsumed_tail
    while out := machine.flush(_PIECE) if not machine.eof else b"":
        yield out


def _runs(pieces: Iterator[bytes]) -> Iterator[bytes]:
    data, at = b"".join(pieces), 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            yield data[at + 1 : at + 2 + length]
            at += length + 2
        else:
            yield data[at + 1 : at + 2] * (257 - length)
            at += 2


def _hex(pieces: Iterator[bytes]) -> Iterator[bytes]:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", b"".join(pieces).partition(b">")[0])
    yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _ascii85(pieces: Iterator[bytes]) -> Iterator[bytes]:
    text = b"".join(pieces).partition(b"~")[0]
    letters = re.sub(rb"[^!-uz]", b"", text).replace(b"z", b"!!!!!")
    lacking = -len(letters) % 5
    digits = (letters + b"u" * lacking).translate(_MINUS_33)
    for at in range(0, len(digits), _GROUPS):
        some = digits[at : at + _GROUPS]
        columns = zip(some[::5], some[1::5], some[2::5], some[3::5], some[4::5], strict=True)
        words = [
            ((((a * 85 + b) * 85 + c) * 85 + d) * 85 + e) & 0xFFFFFFFF for a, b, c, d, e in columns
        ]
        out = struct.pack(f">{len(words)}I", *words)
        yield out if at + _GROUPS < len(digits) else out[: len(out) - lacking]


def _lzw(pieces: Iterator[bytes]) -> Iterator[bytes]:
    table: list[bytes] = []
    width, bits, held, before = 9, 0, 0, b""
    start = [bytes([value]) for value in range(256)] + [b"", b""]
    table = start.copy()
    for byte in b"".join(pieces):
        bits, held = bits << 8 | byte, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held
        bits &= (1 << held) - 1
        if code == _LZW_END:
            return
        if code == _LZW_CLEAR:
            table, width, before = start.copy(), 9, b""
            continue
        if code < len(table):
            out = table[code]
        elif before and code == len(table):
            out = before + before[:1]
        else:
            return
        yield out
        if before and len(table) < 4096:
            table.append(before + out[:1])
        before = out
        width = min(12, max(9, (len(table) + 1).bit_length()))


_STAGES = {FLATE: _flate, LZW: _lzw, RUNS: _runs, HEX: _hex, ASCII85: _ascii85}


def picture_size(data: bytes, filters: list[str]) -> tuple[int, int] | None:
    """The size a picture's own data claims, which the dictionary around it may understate."""
    own = filters[len(unpacking(filters)) :]
    if len(own) != 1 or len(own) != len(filters):
        return None
    try:
        if own[0] == DCT:
            return pictures.jpeg_size(data)
        if own[0] == JPX:
            return _jpx_size(data)
        if own[0] == JBIG2:
            return _jbig2_size(data)
    except (pictures.NotAPicture, struct.error, IndexError):
        return None
    return None


def _jpx_size(data: bytes) -> tuple[int, int] | None:
    at = data.find(b"\xff\x4f\xff\x51")
    if at < 0:
        return None
    right, bottom, left, top = struct.unpack_from(">IIII", data, at + 8)
    return max(0, right - left), max(0, bottom - top)


def _jbig2_size(data: bytes) -> tuple[int, int] | None:
    """From the first page information segment, when it stands first, as it does in a PDF."""
    if data[4] & 0x3F != 48:
        return None
    width, height = struct.unpack_from(">II", data, 11)
    return width, 0 if height == 0xFFFFFFFF else height


_INLINE = re.compile(rb"BI\b(.{0,600}?)\bID\b", re.DOTALL)
_SIDE = re.compile(rb"/(?:W|Width|H|Height)\s+(\d{1,9})\b")


def inline_pixels(content: bytes) -> int:
    """The pixels of the largest picture that stands within a page's content itself."""
    largest = 0
    if b"BI" not in content:
        return 0
    for match in _INLINE.finditer(content):
        sides = [int(side) for side in _SIDE.findall(match[1])]
        if len(sides) >= 2:
            largest = max(largest, sides[0] * sides[1])
    return largest
