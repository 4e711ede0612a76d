"""A second, closer look at every place where a NIP stands or should stand.

A page read once at one size loses digits under stamps and pens. Each place is cut out, enlarged,
and read again, plainly and with everything paler than print gone. An engine that reads one place
in two ways is not believed: its words there get a confidence no rule takes for certain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kanal.paper.reading.scan_numbers import (
    NIP_LENGTH,
    Group,
    groups_of,
    lines_of,
    overlap,
    possible_nip,
)
from kanal.paper.reading.scan_pictures import Pixels
from kanal.paper.reading.scan_shapes import Box
from kanal.paper.words import Word

_LABEL = re.compile(r"^\W*N[I1l][PK]\w?[.:,;]*$", re.IGNORECASE)
_LONGEST = 24.0
_ENLARGED_HEIGHT = 64
_DOUBTED = 0.3
_MOST_PLACES = 60
_PALE_FROM, _PALE_OVER = 60.0, 90.0

# What one line of text says: digits and other letters, with the least confidence of a character.
ReadLine = Callable[[Pixels], tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Look:
    digits: str
    confidence: float


def places_of(views: Sequence[Sequence[Word]]) -> list[Box]:
    """Boxes in points: digit groups of any engine, and what follows a NIP label without one."""
    places: list[Box] = []
    for words in views:
        for group in groups_of(words):
            _add(places, group.box)
    for words in views:
        for line in lines_of(words):
            for box in _after_labels(line):
                _add(places, box)
    return places[:_MOST_PLACES]


def _add(places: list[Box], box: Box) -> None:
    if not any(overlap(place, box) > 0.5 for place in places):
        places.append(box)


def _after_labels(line: list[Word]) -> list[Box]:
    boxes: list[Box] = []
    for at, word in enumerate(line):
        if not _LABEL.match(word.text):
            continue
        end = word.x1 + _LONGEST * word.height
        rest = [one for one in line[at + 1 :] if one.x0 < end]
        if not rest:
            boxes.append((word.x1, word.y0, word.x1 + 0.6 * _LONGEST * word.height, word.y1))
        elif any(letter.isdigit() for one in rest for letter in one.text):
            boxes.append((rest[0].x0, word.y0, rest[-1].x1, word.y1))
    return boxes


def cut(page: Pixels, box: Box, dpi: float) -> list[Pixels]:
    """The place with a little paper around it, enlarged; plain, and with print only."""
    x0, y0, x1, y1 = (value * dpi / 72 for value in box)
    tall = max(y1 - y0, 8)
    left, right = max(int(x0 - 0.7 * tall), 0), min(int(x1 + 0.7 * tall), page.shape[1])
    top, bottom = max(int(y0 - 0.25 * tall), 0), min(int(y1 + 0.25 * tall), page.shape[0])
    part = page[top:bottom, left:right]
    if min(part.shape) < 6:
        return []
    start, end = _middle_line(print_only(part))
    part = part[start:end]
    scale = _ENLARGED_HEIGHT / part.shape[0]
    large = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    plain = np.asarray(large, dtype=np.uint8)
    return [plain, print_only(plain)]


def _middle_line(part: Pixels) -> tuple[int, int]:
    """Rows of the line of print in the middle, without the feet and heads of its neighbours."""
    inked = (part < 128).sum(axis=1)
    full = inked > max(0.25 * float(np.percentile(inked, 90)), 1)
    middle = len(full) // 2
    rows = np.flatnonzero(full)
    if not len(rows):
        return 0, len(full)
    start = end = int(rows[np.argmin(np.abs(rows - middle))])
    while start > 0 and full[max(start - 2, 0) : start].any():
        start -= 1
    while end < len(full) - 1 and full[end + 1 : end + 3].any():
        end += 1
    rim = max(3, round(0.3 * (end - start)))
    if end - start < 6:
        return 0, len(full)
    return max(start - rim, 0), min(end + rim, len(full))


def print_only(part: Pixels) -> Pixels:
    """Stamps and pens, paler than print, gone; the edges of letters stay soft."""
    return _without(part, float(np.percentile(part, 3)) + 50, 70)


def without_stamps(page: Pixels) -> Pixels:
    """The same for a whole even page, more gently: small print must stay."""
    return _without(page, _PALE_FROM, _PALE_OVER)


def _without(part: Pixels, start: float, over: float) -> Pixels:
    end = min(start + over, 245)
    steps = (np.arange(256) - start) * (255 / (end - start))
    return np.asarray(cv2.LUT(part, steps.clip(0, 255).astype(np.uint8)), dtype=np.uint8)


def looked(parts: Sequence[Pixels], read: ReadLine) -> list[Look]:
    """Long digit groups read in several renderings of one place."""
    looks: list[Look] = []
    for part in parts:
        text, confidence = read(part)
        for found in re.finditer(r"(?<!\d)\d(?:[ .]?\d){13,19}(?!\d)", text):
            looks.append(Look(re.sub(r"\D", "", found[0]), confidence))
    return looks


def corrected(words: Sequence[Word], box: Box, looks: Sequence[Look]) -> list[Word]:
    """An engine's words after it looked again at one place."""
    own = next((one for one in groups_of(words) if overlap(one.box, box) > 0.5), None)
    possible = [look for look in looks if possible_nip(look.digits)]
    said = {look.digits for look in possible}
    if own is not None and possible_nip(own.digits):
        if said - {own.digits}:
            return _with(words, own.words, own.words, own.digits, own.box, _DOUBTED)
        best = max((look.confidence for look in possible), default=0.0)
        if best <= own.confidence:
            return list(words)
        return _with(words, own.words, own.words, own.digits, own.box, best)
    if not possible:
        if own is not None or not looks:
            return list(words)
        return _with(words, [], (), looks[-1].digits, box, _DOUBTED)
    surest = max(possible, key=lambda look: look.confidence)
    sure = (
        surest.confidence if len(said) == 1 and not _contradicts(own, surest.digits) else _DOUBTED
    )
    if own is not None:
        return _with(words, own.words, own.words, surest.digits, own.box, sure)
    covered = [word for word in words if overlap(_box(word), box) > 0.5]
    return _with(words, covered, (), surest.digits, box, sure)


def _contradicts(own: Group | None, digits: str) -> bool:
    """A full-length number that says otherwise, even an impossible one, is a doubt."""
    return own is not None and len(own.digits) == NIP_LENGTH and own.digits != digits


def _box(word: Word) -> Box:
    return (word.x0, word.y0, word.x1, word.y1)


def _with(
    words: Sequence[Word],
    gone: Sequence[Word],
    labelled: Sequence[Word],
    digits: str,
    box: Box,
    confidence: float,
) -> list[Word]:
    kept = [word for word in words if word not in gone]
    x0, y0, x1, y1 = box
    if labelled and (label := re.match(r"\W*[A-Za-z]\w{1,3}[.:]*", labelled[0].text)):
        start = labelled[0].x0
        x0 = start + (labelled[0].x1 - start) * label.end() / max(len(labelled[0].text), 1)
        kept.append(Word(label[0], start, y0, x0, y1, labelled[0].confidence))
    return [*kept, Word(digits, x0, y0, x1, y1, confidence)]
