"""Pages drawn for the tests as a scanner or a telephone would see them."""

import io
import math
import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import kanal
from kanal.paper.reading import scans
from kanal.paper.reading.scan_pictures import Pixels

ROOT = Path(kanal.__file__).parent
LETTERS = ROOT.parent / "tests" / "letters"
NIPS = ("196402111984031002", "198709022012042024")
LINES = (
    "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
    "KECAMATAN CONTOH",
    "",
    "Sehubungan dengan instruksi tentang penunjukan petugas pengelola media",
    "sosial, dengan hormat kami sampaikan petugas pada kecamatan sebagai berikut :",
    "",
    "Nama            :  Petugas Pertama",
    f"NIP             :  {NIPS[0]}",
    "Jabatan         :  Kepala Subbagian Umum",
    "Nama            :  Petugas Kedua",
    f"NIP             :  {NIPS[1]}",
    "Jabatan         :  Pengadministrasi Umum",
    "",
    "Demikian kami sampaikan untuk menjadi periksa, atas perhatiannya diucapkan",
    "terima kasih.",
)


def letter(dpi: int = 150, lines: tuple[str, ...] = LINES) -> Pixels:
    """An A4 page with a few lines, in RGB."""
    image = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    path = ROOT / "paper" / "composing" / "fonts" / "LiberationSerif-Regular.ttf"
    font = ImageFont.truetype(str(path), round(12 * dpi / 72))
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((dpi, dpi * (1 + 0.28 * at)), line, "black", font=font)
    return np.asarray(image, dtype=np.uint8)


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """Clockwise, as paper lies askew on the glass."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255, 255, 255)),
        dtype=np.uint8,
    )


def photographed(pixels: Pixels) -> tuple[Pixels, list[tuple[float, float]]]:
    """On a dark table, seen slantwise, half in the shade; and where its corners are."""
    height, width = pixels.shape[:2]
    corners = [
        (0.08 * width, 0.05 * height),
        (0.95 * width, 0.08 * height),
        (0.92 * width, 0.96 * height),
        (0.04 * width, 0.93 * height),
    ]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, dtype=np.float32))
    seen = cv2.warpPerspective(pixels, matrix, (width, height), borderValue=(70, 60, 50))
    shade = np.linspace(1, 0.65, width)[None, :, None]
    return (seen * shade).astype(np.uint8), corners


def encoded(pixels: Pixels, kind: str = "PNG", **options: object) -> bytes:
    kept = io.BytesIO()
    Image.fromarray(pixels).save(kept, kind, **options)
    return kept.getvalue()


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.dist(one, other)


@pytest.fixture(scope="session")
def engines() -> None:
    """Both engines; without them these tests say so, and in the full run they fail."""
    missing = scans.missing_engines()
    if missing and os.environ.get("KANAL_CI"):
        pytest.fail("install " + ", ".join(missing))
    if missing:
        pytest.skip("OCR is not installed here: " + ", ".join(missing))
