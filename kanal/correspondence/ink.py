"""Is there ink where a letter of ours leaves room for the signature? Judged in a child process.

The scan is laid over our own rendering by the place of the QR code. Only what is sure is answered:
a scan that can't be laid over it, or whose paper is not plain, is left to the person who looks.
Nothing here knows Django: the child has none of the office's settings.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from kanal.paper import workshop

_LIMITS = workshop.Limits(seconds=30, cpu_seconds=24, memory=1 << 30)
_MOST_PAGES, _MOST_PIXELS = 6, 40_000_000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# Dots a millimetre of our own rendering, and of every scan once laid over it.
_DOTS = 6
# Where the signature stands beside the code: from its left edge, its top and its bottom, in mm.
_COLUMN, _ABOVE, _BELOW = (84, 160), 40, 22
# The room between the post and the name is at least so high; a pen keeps off its edges by so much.
_LEAST_ROOM, _EDGE = 12, 2.5
# Lines of print above and below the room by which a scan is known to lie rightly.
_FRAME, _SLACK, _ALIKE = 14, 1.2, 0.6
# Darker than the paper by so much is ink; of blank paper less than this share is.
_DARKER, _SPECKS = 45, 0.002

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Points = npt.NDArray[np.complex128]


def is_blank(scan: bytes, composed: bytes) -> bool:
    """Surely without ink in the signature's room on every page that has one."""
    try:
        told = workshop.run(
            f"{__name__}:blank", scan, limits=_LIMITS, options={"ours": composed}, bench="codes"
        )
    except workshop.JobFailed:
        return False
    return told is True


@dataclass(frozen=True)
class _Room:
    """`corners` of the code in our rendering; `top`, `bottom` and `ink` of the signature's column."""

    corners: Points
    left: int
    top: int
    bottom: int
    ink: Mask
    words: str


def blank(scan: bytes, *, ours: bytes) -> bool:
    """The child's side; whatever it raises is the file's fault."""
    rooms = [room for page in _pages(ours) if (room := _room(page)) is not None]
    found = [
        told
        for page in _pages(scan)
        for words, corners in _codes(page)
        if (told := _without_ink(page, corners, [one for one in rooms if one.words == words]))
        is not None
    ]
    return bool(found) and all(found)


def _pages(data: bytes) -> Iterator[Grey]:
    """In the darkest of the three colours, so that blue and violet ink count like black."""
    if data[:1024].find(b"%PDF-") < 0:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height <= _MOST_PIXELS:
            yield _darkest(ImageOps.exif_transpose(picture))
        return
    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        scale = _DOTS * 25.4 / 72
        if page.get_width() * page.get_height() * scale * scale <= _MOST_PIXELS:
            yield _darkest(page.render(scale=scale).to_pil())


def _darkest(picture: Image.Image) -> Grey:
    dark: Grey = np.asarray(picture.convert("RGB")).min(axis=2)
    return dark


def _codes(page: Grey) -> Iterator[tuple[str, Points]]:
    """The corners in the code's own order, so that a page upside down is known as such."""
    for code in zxingcpp.read_barcodes(page, formats=_QR):
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        yield code.text, np.array([complex(one.x, one.y) for one in corners])


def _room(page: Grey) -> _Room | None:
    """The widest gap between lines of print in the column of the signature."""
    for words, corners in _codes(page):
        left, top, bottom = corners.real.min(), corners.imag.min(), corners.imag.max()
        first = int(max(top - _ABOVE * _DOTS, 0))
        across = slice(int(left + _COLUMN[0] * _DOTS), int(left + _COLUMN[1] * _DOTS))
        ink = page[:, across] < 255 - _DARKER
        printed = np.flatnonzero(ink[first : int(bottom + _BELOW * _DOTS)].any(axis=1)) + first
        gaps = np.diff(printed)
        if not gaps.size or gaps.max() < _LEAST_ROOM * _DOTS:
            continue
        at = int(gaps.argmax())
        return _Room(corners, across.start, int(printed[at]), int(printed[at + 1]), ink, words)
    return None


def _without_ink(page: Grey, corners: Points, rooms: list[_Room]) -> bool | None:
    """None where the page can't be laid over any of ours."""
    laid = [
        (alike, window, room)
        for room in rooms
        for window in (_window(page, corners, room),)
        if window is not None and (alike := _likeness(window, room)) >= _ALIKE
    ]
    if not laid:
        return None
    _alike, window, room = max(laid, key=lambda one: one[0])
    edge = int(_EDGE * _DOTS)
    first = _frame(room).start
    inside = window[room.top - first + edge : room.bottom - first - edge, edge:-edge]
    return bool(inside.mean() < _SPECKS)


def _frame(room: _Room) -> slice:
    return slice(
        max(room.top - _FRAME * _DOTS, 0), min(room.bottom + _FRAME * _DOTS, len(room.ink))
    )


def _window(page: Grey, corners: Points, room: _Room) -> Mask | None:
    """The ink of the scan where our column stands: turned, moved and scaled like the code."""
    turn, start = np.polyfit(room.corners, corners, 1)
    rows, columns = _frame(room), room.ink.shape[1]
    y, x = np.mgrid[rows, room.left : room.left + columns]
    there = (x + 1j * y) * turn + start
    across, down = np.rint(there.real).astype(int), np.rint(there.imag).astype(int)
    if min(across.min(), down.min()) < 0:
        return None
    if across.max() >= page.shape[1] or down.max() >= page.shape[0]:
        return None
    seen = page[down, across].astype(int)
    ink: Mask = seen < np.percentile(seen, 80) - _DARKER
    return ink


def _likeness(window: Mask, room: _Room) -> float:
    """How much of our print above and below the room the scan has in the same place."""
    print_of_ours = room.ink[_frame(room)]
    wider = (
        Image.fromarray(window)
        .convert("L")
        .filter(ImageFilter.MaxFilter(2 * int(_SLACK * _DOTS) + 1))
    )
    return float((np.asarray(wider)[print_of_ours] > 0).mean()) if print_of_ours.any() else 0.0
