"""Tesseract with the Indonesian data: words, their boxes and how sure it is of each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

# One core a page: Tesseract reads this when its library is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr  # type: ignore[import-untyped]

Gray = npt.NDArray[np.uint8]
LANGUAGE = "ind"
_LINE_DPI = 300
PACKAGE = "tesseract-ocr-ind"
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class DataMissing(Exception):
    """Tesseract's Indonesian data is not on this machine."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in pixels of the picture read; confidence 0..1; `line` groups words of one line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: int = 0


def data_folder() -> str:
    """The folder with the Indonesian data; TESSDATA_PREFIX, where set, is the only one.

    Raises DataMissing.
    """
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (named,) if named else _FOLDERS:
        if (Path(folder) / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise DataMissing(PACKAGE)


class Tesseract:
    """One engine for the whole process: loading it costs more than a line of text."""

    def __init__(self) -> None:
        folder = data_folder()
        try:
            self._api = tesserocr.PyTessBaseAPI(
                path=folder, lang=LANGUAGE, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
            )
        except RuntimeError as error:
            raise DataMissing(PACKAGE) from error

    def words(self, gray: Gray, dpi: float, *, one_block: bool = False) -> list[Seen]:
        return self._read(
            gray, dpi, tesserocr.PSM.SINGLE_BLOCK if one_block else tesserocr.PSM.AUTO
        )

    def line(self, gray: Gray) -> list[Seen]:
        """Words of a picture that holds one line of text."""
        return self._read(gray, _LINE_DPI, tesserocr.PSM.SINGLE_LINE)

    def _read(self, gray: Gray, dpi: float, mode: int) -> list[Seen]:
        self._api.SetPageSegMode(mode)
        plain = np.ascontiguousarray(gray)
        height, width = plain.shape
        self._api.SetImageBytes(plain.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(int(dpi))
        try:
            if not self._api.Recognize(30_000):
                return []
            return list(self._found())
        finally:
            self._api.Clear()

    def _found(self) -> list[Seen]:
        seen: list[Seen] = []
        line = 0
        level = tesserocr.RIL.WORD
        found = self._api.GetIterator()
        if found is None:
            return []
        for at in tesserocr.iterate_level(found, level):
            if at.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
                line += 1
            box = at.BoundingBox(level)
            if at.Empty(level) or box is None:
                continue
            text = at.GetUTF8Text(level).strip()
            x0, y0, x1, y1 = map(float, box)
            if text:
                seen.append(Seen(text, x0, y0, x1, y1, at.Confidence(level) / 100, line))
        return seen
