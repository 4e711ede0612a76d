"""The text a PDF carries, as words with boxes, and which of its pages are pictures."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from kanal.paper.reading.painted import bounds_of, painted_on
from kanal.paper.reading.rules import RuledPage, rules_of
from kanal.paper.words import Page, View, Word

MAX_PAGES = 50
MAX_CHARACTERS = 400_000
# Fewer letters than this on a page and the page is a picture.
LEAST_LETTERS = 25
# A NIP that overflows its cell touches the next one: the 18 digits end there.
_WORD = re.compile(r"\d{18}(?=[A-Za-z(])|[^\s\x00]+")
# PDFium's marks for a hyphen at the end of a line.
_HYPHEN = str.maketrans("\u0002\ufffe", "--")
_WHOLE_PAGE = 0.6
# Left, top, right, bottom in points from the lower left corner, as high as the font.
_Letter = tuple[float, float, float, float]
# A few rules and boxes; letters drawn as shapes have many more turns.
_MOST_STROKES = 120


@dataclass(frozen=True)
class Carried:
    """`pictures`: pages that must be looked at, from 1.

    `layered`: some of those pages have text laid under or over the picture.
    """

    view: View
    pictures: tuple[int, ...]
    layered: bool = False


def carried_text(document: pypdfium2.PdfDocument) -> Carried:
    """The words inside an open file, page by page."""
    pages: list[Page] = []
    pictures: list[int] = []
    bare: list[int] = []
    layered = False
    for number in range(1, min(len(document), MAX_PAGES) + 1):
        page = document[number - 1]
        words, letters = _words(page)
        if letters < LEAST_LETTERS:
            (pictures if _is_drawn(page) else bare).append(number)
        elif _is_layered(page):
            layered = True
            pictures.append(number)
        rules = () if number in pictures else rules_of(page)
        pages.append(RuledPage(number, page.get_width(), page.get_height(), words, rules))
    if len(bare) + len(pictures) == len(pages):
        pictures = sorted(pictures + bare)
    return Carried(View("pdf", tuple(pages)), tuple(pictures), layered)


def _words(page: pypdfium2.PdfPage) -> tuple[tuple[Word, ...], int]:
    """The words, and how many letters and digits the page carries."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()[:MAX_CHARACTERS]
        if len(text) != text_page.count_chars():
            text = "".join(
                chr(pdfium.FPDFText_GetUnicode(text_page, at))
                for at in range(min(text_page.count_chars(), MAX_CHARACTERS))
            )
        words = tuple(_boxed(text_page, text, page.get_height()))
    finally:
        text_page.close()
    return words, sum(map(str.isalnum, text))


def _boxed(text_page: pypdfium2.PdfTextPage, text: str, height: float) -> Iterator[Word]:
    for hit in _WORD.finditer(text.translate(_HYPHEN)):
        start, end = hit.span()
        for begin, stop, first, last in _straight(text_page, start, end):
            left, top, _, bottom = first
            right = last[2]
            if right > left and bottom < top:
                word = text[begin:stop].translate(_HYPHEN)
                yield Word(word, left, height - top, right, height - bottom)


def _straight(
    text_page: pypdfium2.PdfTextPage, start: int, end: int
) -> Iterator[tuple[int, int, _Letter, _Letter]]:
    """Where it begins and stops, and its outer letters; a word that jumps to another row in between
    is two words."""
    first = _loose_box(text_page, start)
    last = _loose_box(text_page, end - 1) if end - start > 1 else first
    if abs(first[1] - last[1]) < (first[1] - first[3] or 1.0) * 0.7 and last[2] >= first[0]:
        yield start, end, first, last
        return
    begin, opening, before = start, first, first
    for at in range(start + 1, end):
        box = _loose_box(text_page, at)
        if box[0] < before[0] - 1 or abs(box[1] - before[1]) > 0.7 * (before[1] - before[3]):
            yield begin, at, opening, before
            begin, opening = at, box
        before = box
    yield begin, end, opening, before


def _loose_box(text_page: pypdfium2.PdfTextPage, at: int) -> _Letter:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page.raw, at, ctypes.byref(box))
    return box.left, box.top, box.right, box.bottom


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether more than a few words may be seen on it.

    A letter that runs over by a line, or by nothing, leaves a page no engine need look at.
    """
    segments = 0
    for kind, thing in painted_on(page, depth=3):
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            return True
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            segments += pdfium.FPDFPath_CountSegments(thing)
    text_page = page.get_textpage()
    try:
        return segments > _MOST_STROKES or text_page.count_chars() > 2 * LEAST_LETTERS
    finally:
        text_page.close()


def _is_layered(page: pypdfium2.PdfPage) -> bool:
    """A scan with a text laid under or over it: the picture fills the page."""
    area = page.get_width() * page.get_height()
    for kind, thing in painted_on(page, depth=3):
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = bounds_of(thing)
        if (right - left) * (top - bottom) > _WHOLE_PAGE * area:
            return True
    return False
