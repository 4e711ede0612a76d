"""The picture of a page: rendered from a PDF, or decoded from PNG, JPEG, TIFF or WEBP.

Runs only in the limited child; every figure a file states is checked before anything is decoded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

Pixels = npt.NDArray[np.uint8]

MAX_SOURCE_PIXELS = 40_000_000
MAX_RENDERED_PIXELS = 10_000_000
MAX_PAGES = 50
MAX_SIDE = 20_000
PDF = "application/pdf"
PICTURE_TYPES = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
}
_WORTH_READING, _ALL_PICTURE = 0.3, 0.6
_SOME_LETTERS = 30
_A4_WIDTH_INCHES = 8.27
_PLAIN_DPI = 300.0
_DPI_LIMITS = (72.0, 300.0)


class Unreadable(Exception):
    """The bytes give no picture; `reason` is a word for the verdict (`pixel_bomb`, `broken`, ...)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """`pixels` is height x width x 3 (RGB); `dpi` is 0 where the file does not say believably.

    `width` and `height` are points of the page as shown, 0 where the file has no paper size.
    """

    pixels: Pixels
    dpi: float = 0.0
    width: float = 0.0
    height: float = 0.0


def count(data: bytes, media_type: str) -> int:
    """Pages in the file. Raises Unreadable."""
    if media_type == PDF:
        document = opened(data)
        try:
            pages = len(document)
        finally:
            document.close()
    else:
        with _image(data, media_type) as image:
            # A telephone's JPEG carries a small second picture, a WEBP may move: neither is a page.
            pages = getattr(image, "n_frames", 1) if media_type == "image/tiff" else 1
    if pages > MAX_PAGES:
        raise Unreadable("too_many_pages")
    return pages


def picture(data: bytes, media_type: str, page: int) -> Picture:
    """Page `page`, counted from 1. Raises Unreadable."""
    if media_type != PDF:
        return _decoded(data, media_type, page)
    document = opened(data)
    try:
        return _rendered(document, page)
    finally:
        document.close()


def opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        secret = "password" in str(error).lower()
        raise Unreadable("encrypted_needs_password" if secret else "broken") from error


def text_pages(data: bytes) -> set[int]:
    """Pages of a PDF that carry text and no picture worth reading."""
    document = opened(data)
    try:
        return {
            number
            for number in range(1, len(document) + 1)
            if _picture_part(document[number - 1]) < _WORTH_READING
            and len(_text_of(document[number - 1])) > _SOME_LETTERS
        }
    except pdfium.PdfiumError as error:
        raise Unreadable("broken") from error
    finally:
        document.close()


def is_picture_page(data: bytes, number: int) -> bool:
    """Whether a PDF page is one picture, however much invisible text lies over it."""
    document = opened(data)
    try:
        return _picture_part(document[number - 1]) > _ALL_PICTURE
    except (pdfium.PdfiumError, IndexError) as error:
        raise Unreadable("broken") from error
    finally:
        document.close()


def drawn(data: bytes, number: int) -> Picture:
    """A PDF page as a reader shows it, at a resolution that suits both engines."""
    document = opened(data)
    try:
        return _rendered(document, number)
    finally:
        document.close()


def _text_of(page: pdfium.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range()).strip()
    finally:
        text_page.close()


def _picture_part(page: pdfium.PdfPage) -> float:
    """The part of the page under its largest picture."""
    width, height = page.get_size()
    parts = [0.0]
    for image in images_on(page):
        left, bottom, right, top = image.get_bounds()
        parts.append((right - left) * (top - bottom) / max(width * height, 1))
    return float(max(parts))


def images_on(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    return [found for found in page.get_objects(max_depth=3) if isinstance(found, pdfium.PdfImage)]


def _rendered(document: pdfium.PdfDocument, number: int) -> Picture:
    try:
        page = document[number - 1]
        width, height = page.get_size()
        dpi = _dpi_of(page, width, height)
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=False)
        pixels = np.ascontiguousarray(bitmap.to_numpy()[..., :3]).copy()
    except (pdfium.PdfiumError, IndexError, ValueError) as error:
        raise Unreadable("broken") from error
    return Picture(pixels, dpi, width, height)


def _dpi_of(page: pdfium.PdfPage, width: float, height: float) -> float:
    """The resolution of the picture that fills the page, else one that suits small print."""
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise Unreadable("page_too_large")
    dpi = _PLAIN_DPI
    for image in images_on(page):
        columns, rows = image.get_px_size()
        if columns * rows > MAX_SOURCE_PIXELS:
            raise Unreadable("pixel_bomb")
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _ALL_PICTURE * width * height:
            own = 72 * (columns * rows / ((right - left) * (top - bottom))) ** 0.5
            dpi = float(min(max(own, _DPI_LIMITS[0]), _DPI_LIMITS[1]))
    most = 72 * (MAX_RENDERED_PIXELS / (width * height)) ** 0.5
    return float(min(dpi, most))


def _image(data: bytes, media_type: str) -> Image.Image:
    kind = PICTURE_TYPES.get(media_type)
    if kind is None:
        raise Unreadable("type_unknown")
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("broken") from error
    except Image.DecompressionBombError as error:
        raise Unreadable("pixel_bomb") from error
    return image


def _decoded(data: bytes, media_type: str, number: int) -> Picture:
    with _image(data, media_type) as image:
        try:
            if number > 1:
                image.seek(number - 1)
            if image.width * image.height > MAX_SOURCE_PIXELS:
                raise Unreadable("pixel_bomb")
            dpi = _believable(image)
            # JPEG alone can decode at an eighth, a quarter or half: enough for huge photographs.
            if image.width * image.height > 2 * MAX_RENDERED_PIXELS:
                image.draft("RGB", (image.width // 2, image.height // 2))
            turned = ImageOps.exif_transpose(image) or image
            plain = _flat(turned)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise Unreadable("broken") from error
    return Picture(np.asarray(plain, dtype=np.uint8).copy(), dpi)


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white paper, no larger than is worth reading."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        deep = np.asarray(image, dtype=np.float32)
        image = Image.fromarray((255 * deep / max(float(deep.max()), 1.0)).astype(np.uint8))
    image = image.convert("RGB")
    excess = image.width * image.height / MAX_RENDERED_PIXELS
    if excess > 1:
        side = excess**-0.5
        image = image.resize(
            (int(image.width * side), int(image.height * side)), Image.Resampling.BOX
        )
    return image


def _believable(image: Image.Image) -> float:
    """Cameras write 72 or 96 whatever they saw; a sheet narrower than A5 or wider than A3 is not one."""
    dpi = float(image.info.get("dpi", (0, 0))[0] or 0)
    if dpi <= 0:
        return 0.0
    inches = min(image.width, image.height) / dpi
    return dpi if 0.7 * _A4_WIDTH_INCHES < inches < 1.5 * _A4_WIDTH_INCHES else 0.0


def crop_rendered(
    data: bytes, number: int, box: tuple[float, float, float, float], width: int
) -> Pixels:
    """A part of a PDF page at `width` pixels; box in points from the upper left corner."""
    document = opened(data)
    try:
        page = document[number - 1]
        across, down = page.get_size()
        x0, y0, x1, y1 = box
        scale = width / (x1 - x0)
        if (x1 - x0) * (y1 - y0) * scale**2 > MAX_RENDERED_PIXELS:
            raise Unreadable("crop_too_large")
        margins = (x0, down - y1, across - x1, y0)
        bitmap = page.render(scale=scale, crop=margins, rev_byteorder=True)
        return np.ascontiguousarray(bitmap.to_numpy()[..., :3]).copy()
    except (pdfium.PdfiumError, IndexError, ValueError) as error:
        raise Unreadable("broken") from error
    finally:
        document.close()
