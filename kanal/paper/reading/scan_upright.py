"""A scanned page as a clerk would lay it on the table: upright, flat, evenly lit, black on white.

Coordinates of what is read are points of this upright page, so a crop cut from it shows exactly
the words that were read.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kanal.paper.reading.scan_pictures import Picture, Pixels
from kanal.paper.reading.scan_sheet import A4, corners_of, flat_size

Points = npt.NDArray[np.float32]

READING_DPI = 230.0
_MOST_ENLARGED = 2.5
_SKEW_LIMIT = 9.0
_SEARCH_WIDTH = 900
_STRIP_PART = 0.06
_PLAINLY_READ = 0.75

# How well a strip reads, 0..1: given by whichever engine is there.
Legible = Callable[[Pixels], float]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture was laid upright, so that a crop can be laid the same way without reading it.

    Corners of the sheet in the picture (none where paper fills it), quarter turns clockwise, then
    degrees, then `scale`; `dpi` is that of the result.
    """

    corners: tuple[tuple[float, float], ...] = ()
    quarters: int = 0
    degrees: float = 0.0
    scale: float = 1.0
    dpi: float = READING_DPI

    def as_plain(self) -> list[Any]:
        return [
            [list(corner) for corner in self.corners],
            self.quarters,
            self.degrees,
            self.scale,
            self.dpi,
        ]

    @classmethod
    def of_plain(cls, plain: list[Any]) -> Fit:
        corners, quarters, degrees, scale, dpi = plain
        return cls(tuple((x, y) for x, y in corners), quarters, degrees, scale, dpi)


def fit(picture: Picture, legible: Legible) -> tuple[Fit, Pixels]:
    """How to lay it, and the even gray page ready for reading.

    `legible` is asked only to tell a page from one that stands on its head.
    """
    gray = dark(picture.pixels)
    corners = corners_of(gray)
    laid = Fit(tuple((float(x), float(y)) for x, y in corners))
    flat = lay(gray, laid)
    quarters, degrees = _slope(flat)
    width = flat.shape[1] if quarters == 0 else flat.shape[0]
    height = flat.shape[0] if quarters == 0 else flat.shape[1]
    dpi = picture.dpi if picture.dpi and not corners else _a4_dpi(width, height)
    scale = min(READING_DPI / dpi, _MOST_ENLARGED)
    laid = replace(laid, quarters=quarters, degrees=degrees, scale=scale, dpi=dpi * scale)
    page = even(lay(gray, laid))
    if _stands_on_its_head(page, legible):
        laid = replace(laid, quarters=(quarters + 2) % 4)
        page = np.ascontiguousarray(page[::-1, ::-1])
    return laid, page


def lay(pixels: Pixels, laid: Fit) -> Pixels:
    """Gray or coloured pixels turned, straightened and scaled."""
    if laid.corners:
        width, height = flat_size(laid.corners)
        target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        source = np.array(laid.corners, dtype=np.float32)
        pixels = _pixels(
            cv2.warpPerspective(
                pixels,
                cv2.getPerspectiveTransform(source, target),
                (width, height),
                flags=cv2.INTER_CUBIC,
                borderMode=cv2.BORDER_REPLICATE,
            )
        )
    pixels = np.ascontiguousarray(np.rot90(pixels, -laid.quarters))
    if laid.scale < 0.92:
        size = (round(pixels.shape[1] * laid.scale), round(pixels.shape[0] * laid.scale))
        pixels = _pixels(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
        return _turned(pixels, laid.degrees, 1.0)
    return _turned(pixels, laid.degrees, laid.scale)


def dark(pixels: Pixels) -> Pixels:
    """Gray in which coloured ink (stamps, ballpoint) is paler than print, yet never lost."""
    red, green, blue = cv2.split(pixels)
    brightest = cv2.max(cv2.max(red, green), blue)
    return _pixels(
        cv2.addWeighted(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), 0.5, brightest, 0.5, 0)
    )


def even(gray: Pixels) -> Pixels:
    """Shade divided away, speckle smoothed where there is much of it, print stretched to black."""
    clean = _pixels(cv2.divide(gray, _ground(gray), scale=255))
    if _speckle(clean) > 4:
        clean = _pixels(cv2.GaussianBlur(clean, (3, 3), 0))
    black = min(float(np.percentile(clean[::4, ::4], 1.0)), 200.0)
    steps = (np.arange(256) - black) * (255 / (250 - black))
    return _pixels(cv2.LUT(clean, steps.clip(0, 255).astype(np.uint8)))


def _pixels(image: object) -> Pixels:
    return np.asarray(image, dtype=np.uint8)


def _a4_dpi(width: float, height: float) -> float:
    return 72 * width / A4[0 if height >= width else 1]


def _slope(gray: Pixels) -> tuple[int, float]:
    """Quarter turns (0 or 1) that lay the lines level, and the degrees that remain."""
    level = _letters(gray)
    upright = skew(level)
    sideways = np.stack([1 - level[:, 1], level[:, 0]], axis=1)
    lying = skew(sideways)
    if _gathered(sideways, lying) > 1.15 * _gathered(level, upright):
        return 1, lying
    return 0, upright


def _letters(gray: Pixels) -> Points:
    """Middles of marks the size of letters, x and y as parts of the picture's longer side."""
    scale = _SEARCH_WIDTH / min(gray.shape)
    small = _pixels(cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    ground = cv2.blur(small, (41, 41))
    deeper = cv2.subtract(ground, small)
    depth = max(1.5 * float(np.std(deeper)), 6.0)
    ink = _pixels(deeper > depth)
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, tall, area = stats[:, 2], stats[:, 3], stats[:, 4]
    size = (tall >= 3) & (tall <= 40) & (wide >= 3) & (wide <= 40) & (area >= 8)
    size[0] = False
    return np.asarray(middles[size] / max(small.shape), dtype=np.float32)


def _gathered(points: Points, degrees: float) -> float:
    """How much the marks gather in lines when seen at this slope."""
    if len(points) < 30:
        return 0.0
    heights = points[:, 1] - points[:, 0] * math.tan(math.radians(degrees))
    filled = np.bincount(((heights - heights.min()) * 700).astype(np.intp)).astype(np.float64)
    return float((filled**2).sum()) / len(points) ** 2


def skew(points: Points) -> float:
    """Degrees by which lines fall to the right."""
    if len(points) < 30:
        return 0.0
    some = points[:: len(points) // 4000 + 1]
    rough = np.arange(-_SKEW_LIMIT, _SKEW_LIMIT + 0.1, 0.3)
    best = max(rough, key=lambda degrees: _gathered(some, float(degrees)))
    fine = np.arange(best - 0.3, best + 0.31, 0.05)
    return float(max(fine, key=lambda degrees: _gathered(some, float(degrees))))


def _turned(pixels: Pixels, degrees: float, scale: float) -> Pixels:
    """Turned against the slope and enlarged in one step; the ground is the paper's colour."""
    if abs(degrees) < 0.08 and abs(scale - 1) < 0.02:
        return pixels
    height, width = pixels.shape[:2]
    across, down = round(width * scale), round(height * scale)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    matrix[:, 2] += ((across - width) / 2, (down - height) / 2)
    sample = pixels[::16, ::16]
    paper = np.median(sample.reshape(-1, *sample.shape[2:]), axis=0)
    return _pixels(
        cv2.warpAffine(
            pixels,
            matrix,
            (across, down),
            flags=cv2.INTER_CUBIC,
            borderValue=[float(value) for value in np.atleast_1d(paper)],
        )
    )


def _stands_on_its_head(page: Pixels, legible: Legible) -> bool:
    strip = _strip(page)
    as_is = legible(strip)
    if as_is >= _PLAINLY_READ:
        return False
    return legible(np.ascontiguousarray(strip[::-1, ::-1])) > as_is + 0.05


def _strip(page: Pixels) -> Pixels:
    """The part of the page with most small marks: lines of running text."""
    rows = int(_STRIP_PART * page.shape[0])
    places = _letters(page)[:, 1] * max(page.shape)
    counts = np.convolve(np.histogram(places, 60, (0, page.shape[0]))[0], np.ones(6), "same")
    middle = int((int(np.argmax(counts)) + 0.5) / 60 * page.shape[0])
    top = max(0, min(middle - rows // 2, page.shape[0] - rows))
    return np.ascontiguousarray(page[top : top + rows])


def _ground(gray: Pixels) -> Pixels:
    """The paper's brightness everywhere, without the print."""
    height, width = gray.shape
    size = (max(width // 8, 8), max(height // 8, 8))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    filled = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    smooth = cv2.max(cv2.blur(filled, (15, 15)), np.ones_like(filled))
    return _pixels(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))


def _speckle(gray: Pixels) -> float:
    """Typical difference of a pixel of the paper from its neighbours, in steps of 255."""
    height, width = gray.shape
    part = np.ascontiguousarray(gray[height // 3 : height // 2, width // 3 : width * 2 // 3])
    differences = cv2.absdiff(part, cv2.medianBlur(part, 3))[part > 128]
    return float(differences.mean()) if differences.size else 0.0
