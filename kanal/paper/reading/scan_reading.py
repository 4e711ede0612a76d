"""One page read by the engines that are there: its words, upright, in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kanal.paper.reading import ocr_rapid, ocr_tesseract
from kanal.paper.reading.ocr_tesseract import Seen
from kanal.paper.reading.rules import Rule
from kanal.paper.reading.scan_look import corrected, cut, looked, places_of, without_stamps
from kanal.paper.reading.scan_numbers import (
    around,
    groups_of,
    lines_of,
    overlap,
    possible_nip,
)
from kanal.paper.reading.scan_pictures import Picture, Pixels
from kanal.paper.reading.scan_rules import rules_seen
from kanal.paper.reading.scan_shapes import Box
from kanal.paper.reading.scan_upright import Fit, dark, even, fit
from kanal.paper.words import Word

_STRIP_DPI = 200
_WORDS_IN_REACH = 2.5
_MANY_DIGITS, _LONG_DIGITS, _FEW_WORDS = 4, 14, 8


@dataclass(frozen=True, slots=True)
class PageRead:
    """Width and height in points; words by engine (`tesseract`, `rapidocr` or `mix`)."""

    fit: Fit
    width: float
    height: float
    words: dict[str, list[Word]]
    rules: tuple[Rule, ...] = ()


class Engines:
    """What could be loaded on this machine; `missing` names Debian packages and wheels."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        self.tesseract: ocr_tesseract.Tesseract | None = None
        self.rapid: ocr_rapid.Rapid | None = None
        try:
            self.tesseract = ocr_tesseract.Tesseract()
        except ocr_tesseract.DataMissing:
            self.missing.append(ocr_tesseract.PACKAGE)
        try:
            self.rapid = ocr_rapid.Rapid()
        except ocr_rapid.ModelsMissing:
            self.missing.append(ocr_rapid.PACKAGE)

    @property
    def none(self) -> bool:
        return self.tesseract is None and self.rapid is None

    def legible(self, strip: Pixels) -> float:
        """How sure the engine is of a strip, by letters; 0 where it sees none."""
        seen = self._strip(strip)
        letters = sum(len(word.text) for word in seen)
        return sum(word.confidence * len(word.text) for word in seen) / letters if letters else 0.0

    def _strip(self, strip: Pixels) -> list[Seen]:
        if self.tesseract is not None:
            return self.tesseract.words(strip, _STRIP_DPI, one_block=True)
        return self.rapid.words(strip) if self.rapid is not None else []

    def read(self, picture: Picture, mode: str) -> PageRead:
        """Mode `both` or `small`. With one engine missing the other reads alone."""
        laid, page = fit(picture, self.legible)
        words: dict[str, list[Word]] = {}
        if self.tesseract is not None:
            clean = without_stamps(page)
            words["tesseract"] = in_points(self.tesseract.words(clean, laid.dpi), laid.dpi)
        if self.rapid is not None and (mode == "both" or self.tesseract is None):
            words["rapidocr"] = in_points(self.rapid.words(page), laid.dpi)
        elif self.rapid is not None:
            words["mix"] = self._mixed(self.rapid, page, laid.dpi, words["tesseract"])
        self._look_again(page, laid.dpi, words)
        height, width = (side * 72 / laid.dpi for side in page.shape)
        return PageRead(laid, width, height, words, rules_seen(page, laid.dpi))

    def _mixed(
        self, rapid: ocr_rapid.Rapid, page: Pixels, dpi: float, words: Sequence[Word]
    ) -> list[Word]:
        """The lines that hold facts, in RapidOCR's words."""
        found: list[Word] = []
        for number, piece in enumerate(_telling(words)):
            box = _padded(piece, page, dpi)
            x0, y0, x1, y1 = box
            (line,) = rapid.recogniser.read([page[y0:y1, x0:x1]])
            found.extend(in_points(ocr_rapid.words_of(line, box, number), dpi))
        return found

    def _look_again(self, page: Pixels, dpi: float, words: dict[str, list[Word]]) -> None:
        for place in places_of(list(words.values())):
            parts = cut(page, place, dpi)
            if "mix" in words:
                looks = looked(parts[1:], self._rapid_line)
                words["mix"] = corrected(words["mix"], place, looks)
                if _alike(words, place):
                    continue
                words["mix"] = corrected(words["mix"], place, looked(parts, self._rapid_line))
            if "rapidocr" in words:
                looks = looked(parts, self._rapid_line)
                words["rapidocr"] = corrected(words["rapidocr"], place, looks)
            if "tesseract" in words:
                looks = looked(parts, self._tesseract_line)
                words["tesseract"] = corrected(words["tesseract"], place, looks)

    def _tesseract_line(self, part: Pixels) -> tuple[str, float]:
        assert self.tesseract is not None
        framed = np.pad(part, 16, constant_values=255)
        seen = self.tesseract.line(framed)
        digits = [word.confidence for word in seen if any(map(str.isdigit, word.text))]
        return " ".join(word.text for word in seen), min(digits, default=0.0)

    def _rapid_line(self, part: Pixels) -> tuple[str, float]:
        assert self.rapid is not None
        (line,) = self.rapid.recogniser.read([part])
        pairs = zip(line.text, line.confidences, strict=True)
        return line.text, min((sure for letter, sure in pairs if letter.isdigit()), default=0.0)


def _alike(words: dict[str, list[Word]], place: Box) -> bool:
    """Whether every engine already reads one possible NIP there."""
    said = {
        next((one.digits for one in groups_of(own) if overlap(one.box, place) > 0.5), "")
        for own in words.values()
    }
    return len(said) == 1 and possible_nip(said.pop())


def plain_words(engines: Engines, shown: Picture) -> list[list[Seen]]:
    """Words of a page as it is drawn, not turned and not straightened, by engine."""
    gray = even(dark(shown.pixels))
    seen = []
    if engines.tesseract is not None:
        seen.append(engines.tesseract.words(gray, shown.dpi))
    if engines.rapid is not None:
        seen.append(engines.rapid.words(gray))
    return seen


def in_points(seen: Sequence[Seen], dpi: float) -> list[Word]:
    scale = 72 / dpi
    return [
        Word(
            word.text,
            round(word.x0 * scale, 2),
            round(word.y0 * scale, 2),
            round(word.x1 * scale, 2),
            round(word.y1 * scale, 2),
            round(min(max(word.confidence, 0.0), 1.0), 3),
        )
        for word in seen
    ]


def _telling(words: Sequence[Word]) -> list[list[Word]]:
    """Short pieces of lines with digits: numbers of letters, dates; NIPs are looked at anyway."""
    pieces = [piece for line in lines_of(words) for piece in _pieces(line)]
    return [
        piece
        for piece in pieces
        if _MANY_DIGITS <= _digits(piece) < _LONG_DIGITS and len(piece) <= _FEW_WORDS
    ]


def _digits(piece: Sequence[Word]) -> int:
    return sum(letter.isdigit() for word in piece for letter in word.text)


def _pieces(line: list[Word]) -> list[list[Word]]:
    """A line cut where columns part."""
    pieces: list[list[Word]] = []
    for word in line:
        if not pieces or word.x0 - pieces[-1][-1].x1 > _WORDS_IN_REACH * word.height:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _padded(piece: Sequence[Word], page: Pixels, dpi: float) -> ocr_rapid.Box:
    x0, y0, x1, y1 = (value * dpi / 72 for value in around(piece))
    rim = 0.22 * (y1 - y0)
    return (
        max(int(x0 - 2 * rim), 0),
        max(int(y0 - rim), 0),
        min(int(x1 + 2 * rim) + 1, page.shape[1]),
        min(int(y1 + rim) + 1, page.shape[0]),
    )
