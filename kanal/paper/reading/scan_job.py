"""What the limited child does for scans: engines are loaded once in the warm process before it.

Every function takes the file's bytes and plain values, and answers with plain values; what a file
makes impossible is answered as `{"refused": reason}`.
"""

from __future__ import annotations

import os

# One core a page, and no threads before the fork: libraries read these when they are loaded.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ[_name] = "1"

from typing import Any

import cv2

from kanal.paper.reading import scan_layer
from kanal.paper.reading.scan_pictures import (
    PDF,
    Unreadable,
    count,
    drawn,
    opened,
    picture,
    text_pages,
)
from kanal.paper.reading.scan_reading import Engines, in_points, plain_words
from kanal.paper.reading.scan_upright import fit
from kanal.paper.words import Word

cv2.setNumThreads(1)
_ENGINES = Engines()

Plain = dict[str, Any]


def engines(_: bytes) -> Plain:
    return {"missing": _ENGINES.missing, "none": _ENGINES.none}


def pages(data: bytes, media_type: str) -> Plain:
    """Numbers of the pages that must be looked at: all but those with honest text of their own."""
    try:
        many = count(data, media_type)
        known = text_pages(data) if media_type == PDF else set()
    except Unreadable as error:
        return {"refused": error.reason}
    return {"pages": [number for number in range(1, many + 1) if number not in known]}


def page(data: bytes, media_type: str, number: int, mode: str) -> Plain:
    """One page's words by engine, each as a list of its fields."""
    try:
        read = _ENGINES.read(picture(data, media_type, number), mode)
    except Unreadable as error:
        return {"refused": error.reason}
    return {
        "width": read.width,
        "height": read.height,
        "fit": read.fit.as_plain(),
        "rules": [list(rule) for rule in read.rules],
        "words": {name: [_plain(word) for word in words] for name, words in read.words.items()},
    }


def fit_of(data: bytes, media_type: str, number: int) -> Plain:
    try:
        laid, _ = fit(picture(data, media_type, number), _ENGINES.legible)
    except Unreadable as error:
        return {"refused": error.reason}
    return {"fit": laid.as_plain()}


def layer(data: bytes, number: int) -> Plain:
    """Lies of a page's text, told by drawing the page and reading it."""
    try:
        document = opened(data)
        signs = scan_layer.signs_on(document[number - 1])
        carried = scan_layer.carried_words(document[number - 1])
        document.close()
        shown = drawn(data, number)
    except Unreadable as error:
        return {"refused": error.reason}
    seen = [in_points(words, shown.dpi) for words in plain_words(_ENGINES, shown)]
    lies = scan_layer.lies_of(signs, seen, carried)
    return {"lies": [[lie.reason, lie.said, lie.seen, list(lie.box)] for lie in lies]}


def _plain(word: Word) -> list[Any]:
    return [word.text, word.x0, word.y0, word.x1, word.y1, word.confidence]
