"""RapidOCR's models, run straight by onnxruntime: where text stands, and what a line says.

The models are inside RapidOCR's wheel and its metadata holds the alphabet: nothing is ever fetched.
RapidOCR's own pipeline is not used because it gives no confidence and no place for single characters.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

from kanal.paper.reading.ocr_tesseract import Gray, Seen

Floats = npt.NDArray[np.float32]
Box = tuple[int, int, int, int]

PACKAGE = "rapidocr"
_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_LINE_HEIGHT = 48
_MAX_LINE_WIDTH = 3200
_INK = 0.3
_SURE = 0.5
_GROW = 1.6


class ModelsMissing(Exception):
    """RapidOCR's wheel, or the models inside it, is not installed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: text, one confidence and one centre (0..1 of the width) per character."""

    text: str
    confidences: tuple[float, ...]
    places: tuple[float, ...]


def model(name: str) -> Path:
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        raise ModelsMissing("rapidocr")
    path = Path(found.origin).parent / "models" / name
    if not path.is_file():
        raise ModelsMissing(name)
    return path


def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(model(name)), options, providers=["CPUExecutionProvider"]
    )


class Recogniser:
    def __init__(self) -> None:
        self._session = _session(_RECOGNISER)
        letters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *letters, " "]

    def read(self, crops: list[Gray]) -> list[Line]:
        """What each crop of one line says; one at a time, so memory stays that of one line."""
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Gray) -> Line:
        height, width = crop.shape
        across = min(max(round(width * _LINE_HEIGHT / height), 16), _MAX_LINE_WIDTH)
        scaled = cv2.resize(
            crop,
            (across, _LINE_HEIGHT),
            interpolation=cv2.INTER_AREA if height > _LINE_HEIGHT else cv2.INTER_CUBIC,
        )
        plane = (scaled.astype(np.float32) / 127.5) - 1
        batch = np.broadcast_to(plane, (1, 3, *plane.shape))
        odds: Floats = self._session.run(None, {"x": np.ascontiguousarray(batch)})[0][0]
        return self._decoded(odds)

    def _decoded(self, odds: Floats) -> Line:
        best = odds.argmax(axis=1)
        sure = odds[np.arange(len(best)), best]
        new = np.ones(len(best), dtype=bool)
        new[1:] = best[1:] != best[:-1]
        columns = np.flatnonzero(new & (best != 0))
        text = [self._letters[best[at]] for at in columns]
        return Line(
            "".join(text),
            tuple(float(sure[at]) for at in columns),
            tuple((float(at) + 0.5) / len(best) for at in columns),
        )


class Detector:
    def __init__(self, side: int = 1280) -> None:
        self._session = _session(_DETECTOR)
        self._side = side

    def lines(self, gray: Gray) -> list[Box]:
        """Boxes of lines of text in pixels, for a page that stands upright."""
        height, width = gray.shape
        ratio = min(self._side / max(height, width), 1.0)
        rows = max(32, round(height * ratio / 32) * 32)
        columns = max(32, round(width * ratio / 32) * 32)
        small = cv2.resize(gray, (columns, rows), interpolation=cv2.INTER_AREA)
        plane = (small.astype(np.float32) / 127.5) - 1
        batch = np.ascontiguousarray(np.broadcast_to(plane, (1, 3, rows, columns)))
        odds: Floats = self._session.run(None, {"x": batch})[0][0, 0]
        found = _boxes(odds)
        sx, sy = width / columns, height / rows
        return [
            (
                int(x0 * sx),
                int(y0 * sy),
                min(int(x1 * sx + 1), width),
                min(int(y1 * sy + 1), height),
            )
            for x0, y0, x1, y1 in found
        ]


def _boxes(odds: Floats) -> list[tuple[float, float, float, float]]:
    mask = cv2.dilate((odds > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    many, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rows, columns = odds.shape
    boxes = []
    for label in range(1, min(many, 1000)):
        x, y, width, height = (int(value) for value in stats[label][:4])
        if min(width, height) < 3:
            continue
        part = labels[y : y + height, x : x + width] == label
        if float(odds[y : y + height, x : x + width][part].mean()) < _SURE:
            continue
        grow = width * height * _GROW / (2 * (width + height))
        boxes.append(
            (
                max(x - grow, 0),
                max(y - grow, 0),
                min(x + width + grow, columns),
                min(y + height + grow, rows),
            )
        )
    return boxes


class Rapid:
    """Both models, for whole pages and for single lines."""

    def __init__(self) -> None:
        self.recogniser = Recogniser()
        self._detector = Detector()

    def words(self, gray: Gray) -> list[Seen]:
        boxes = self._detector.lines(gray)
        lines = self.recogniser.read([gray[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes])
        return [
            word
            for number, (box, line) in enumerate(zip(boxes, lines, strict=True))
            for word in words_of(line, box, number)
        ]


def words_of(line: Line, box: Box, number: int) -> list[Seen]:
    """A line's words with boxes from the places of their characters."""
    x0, y0, x1, y1 = box
    width = x1 - x0
    words: list[Seen] = []
    start: int | None = None
    half = 0.35 * (y1 - y0) * 0.7
    for at, letter in enumerate([*line.text, " "]):
        if letter != " " and start is None:
            start = at
        elif letter == " " and start is not None:
            sure = line.confidences[start:at]
            words.append(
                Seen(
                    line.text[start:at],
                    max(x0 + width * line.places[start] - half, x0),
                    y0,
                    min(x0 + width * line.places[at - 1] + half, x1),
                    y1,
                    min(sure),
                    number,
                )
            )
            start = None
    return words
