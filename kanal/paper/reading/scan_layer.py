"""Signs that the text a PDF carries is not the text a reader sees.

Looking for signs costs a few milliseconds and draws nothing. Only where there are signs is the page
drawn and recognised, and only what then differs is called a lie:

- `hidden_text`: letters that are drawn invisibly, white on white, far too small, outside the page,
  or under a picture, and that do not show on the page;
- `text_layer_disagrees`: a number that the text says and the picture says otherwise, be it the
  layer some scanner laid over a scan, or a font that draws other digits than it claims.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypdfium2 as pdfium
from pypdfium2 import raw

from kanal.paper.reading.painted import bounds_of, painted_on
from kanal.paper.reading.scan_glyphs import misdrawn
from kanal.paper.reading.scan_numbers import groups_of, overlap
from kanal.paper.reading.scan_shapes import Box, Lie
from kanal.paper.words import Word

HIDDEN = "hidden_text"
DISAGREES = "text_layer_disagrees"

_INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_MOST_OBJECTS = 20_000
_PALE = 225
_TINY = 2.5
_FULL = 0.6
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .]?\d){13,19}(?!\d)")
_ALIKE = 0.6
_MOST_SAID = 20_000


@dataclass(frozen=True, slots=True)
class Sign:
    """Text that may not be what is seen: `why` is mode, pale, tiny, outside, covered or font."""

    why: str
    text: str
    box: Box
    on_picture: bool = False


@dataclass(slots=True)
class _Thing:
    kind: int
    box: tuple[float, float, float, float]
    handle: object


def signs_on(page: pdfium.PdfPage) -> list[Sign]:
    """Signs on one page of an open document; none on an honest page."""
    things = _things(page)
    frame = page.get_bbox()
    text_page = page.get_textpage()
    try:
        signs = _odd_texts(text_page, things, frame) + _odd_fonts(text_page, frame)
    finally:
        text_page.close()
    return signs


def _things(page: pdfium.PdfPage) -> list[_Thing]:
    """Text, pictures and filled shapes in the order in which they are painted."""
    things: list[_Thing] = []
    for kind, handle in painted_on(page, depth=4):
        if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            things.append(_Thing(kind, bounds_of(handle), handle))
        if len(things) >= _MOST_OBJECTS:
            break
    return things


def _odd_texts(text_page: pdfium.PdfTextPage, things: list[_Thing], frame: Box) -> list[Sign]:
    signs: list[Sign] = []
    covers = [at for at, thing in enumerate(things) if _hides(thing)]
    pictures = [thing for thing in things if thing.kind == raw.FPDF_PAGEOBJ_IMAGE]
    for at, thing in enumerate(things):
        if thing.kind != raw.FPDF_PAGEOBJ_TEXT:
            continue
        over = any(_inside(thing.box, things[cover].box) for cover in covers if cover > at)
        why = _oddity(thing, frame, over)
        if why is None:
            continue
        text = _said_by(thing.handle, text_page)
        if any(map(str.isalnum, text)):
            on = any(_inside(thing.box, picture.box) for picture in pictures)
            signs.append(Sign(why, text, _from_above(thing.box, frame), on))
    return signs


def _said_by(handle: object, text_page: pdfium.PdfTextPage) -> str:
    """Its own words only: a full stop of its own is as small as a lie, and stands beside letters."""
    size = raw.FPDFTextObj_GetText(handle, text_page.raw, None, 0)
    kept = ctypes.create_string_buffer(min(size, _MOST_SAID))
    raw.FPDFTextObj_GetText(
        handle, text_page.raw, ctypes.cast(kept, ctypes.POINTER(ctypes.c_ushort)), len(kept)
    )
    return " ".join(kept.raw.decode("utf-16-le", "replace").replace("\0", " ").split())


def _oddity(thing: _Thing, frame: Box, covered: bool) -> str | None:
    left, bottom, right, top = thing.box
    if right < frame[0] or left > frame[2] or top < frame[1] or bottom > frame[3]:
        return "outside"
    if raw.FPDFTextObj_GetTextRenderMode(thing.handle) in _INVISIBLE_MODES:
        return "mode"
    if covered:
        return "covered"
    if 0 < top - bottom < _TINY and right - left > 0:
        return "tiny"
    return "pale" if _is_pale(thing.handle) else None


def _colour(handle: object) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(handle, *parts):
        return (0, 0, 0, 255)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _is_pale(handle: object) -> bool:
    red, green, blue, alpha = _colour(handle)
    return min(red, green, blue) >= _PALE or alpha < 40


def _hides(thing: _Thing) -> bool:
    """Pictures, and shapes filled without letting anything through."""
    if thing.kind == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    if thing.kind != raw.FPDF_PAGEOBJ_PATH:
        return False
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(thing.handle, mode, stroke) or mode.value == 0:
        return False
    return _colour(thing.handle)[3] > 128


def _inside(box: Box, other: Box) -> bool:
    """Whether the middle of one lies in the other, which is not merely a line."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= across <= other[2] and other[1] <= down <= other[3]


def _odd_fonts(text_page: pdfium.PdfTextPage, frame: Box) -> list[Sign]:
    """Long numbers in a font whose digits look like other digits."""
    text = text_page.get_text_range()
    signs: list[Sign] = []
    judged: dict[tuple[int, str], str] = {}
    for found in list(_NUMBER.finditer(text))[:200]:
        handle = raw.FPDFText_GetTextObject(text_page.raw, found.start())
        font = raw.FPDFTextObj_GetFont(handle) if handle else None
        if not font:
            continue
        key = (ctypes.cast(font, ctypes.c_void_p).value or 0, "")
        digits = "".join(sorted(set(re.sub(r"\D", "", found[0]))))
        unknown = "".join(digit for digit in digits if (key[0], digit) not in judged)
        wrong = misdrawn(font, unknown) if unknown else ""
        judged.update({(key[0], digit): "x" if digit in wrong else "" for digit in unknown})
        if any(judged[key[0], digit] for digit in digits):
            boxes = [text_page.get_charbox(at) for at in (found.start(), found.end() - 1)]
            box = (boxes[0][0], boxes[0][1], boxes[1][2], boxes[1][3])
            signs.append(Sign("font", found[0], _from_above(box, frame)))
    return signs


def _from_above(box: Box, frame: Box) -> Box:
    return (box[0] - frame[0], frame[3] - box[3], box[2] - frame[0], frame[3] - box[1])


# --- judging the signs by what is seen


def needs_eyes(signs: Sequence[Sign]) -> bool:
    """Whether the page must be drawn and recognised to tell."""
    return any(not _plainly_hidden(sign) for sign in signs)


def _plainly_hidden(sign: Sign) -> bool:
    return sign.why in {"outside", "tiny"} or (sign.why == "mode" and not sign.on_picture)


def lies_of(
    signs: Sequence[Sign], seen: Sequence[Sequence[Word]], carried: Sequence[Word] = ()
) -> list[Lie]:
    """What is a lie among the signs, given the words each engine saw on the page as drawn.

    `carried` are the text layer's own words, for comparing a scan with the layer over it.
    """
    lies = [Lie(HIDDEN, sign.text, "", sign.box) for sign in signs if _plainly_hidden(sign)]
    doubtful = [sign for sign in signs if not _plainly_hidden(sign)]
    for sign in doubtful:
        if sign.why == "font" or sign.on_picture:
            continue
        shown = max((_shown(sign, words) for words in seen), key=len, default="")
        if not _same(sign.text, shown):
            lies.append(Lie(HIDDEN, sign.text, shown, sign.box))
    if any(sign.why == "font" or sign.on_picture for sign in doubtful):
        lies += _disagreements(carried, seen)
    return lies


def _shown(sign: Sign, words: Sequence[Word]) -> str:
    inside = [
        word for word in words if overlap((word.x0, word.y0, word.x1, word.y1), sign.box) > 0.4
    ]
    return " ".join(word.text for word in sorted(inside, key=lambda word: word.x0))


def _same(said: str, seen: str) -> bool:
    one, other = (re.sub(r"\W", "", text).casefold() for text in (said, seen))
    if not one:
        return True
    common = sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())
    return common / len(one) >= _ALIKE


def _disagreements(carried: Sequence[Word], seen: Sequence[Sequence[Word]]) -> list[Lie]:
    """Numbers of the layer that nobody sees, and a layer whose words are mostly not there."""
    numbers = [group.digits for words in seen for group in groups_of(words)]
    lies: list[Lie] = []
    for group in groups_of(carried):
        if group.digits not in numbers:
            nearest = max(numbers, key=lambda one: _likeness(one, group.digits), default="")
            lies.append(Lie(DISAGREES, group.digits, nearest, group.box))
    long = {word.text.casefold() for word in carried if len(word.text) > 4 and word.text.isalpha()}
    known = {word.text.casefold() for words in seen for word in words}
    if len(long) > 8 and len(long & known) < 0.4 * len(long):
        lies.append(Lie(DISAGREES, " ".join(sorted(long)[:12]), "", (0, 0, 0, 0)))
    return lies


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def carried_words(page: pdfium.PdfPage) -> list[Word]:
    """The text layer's words with their boxes, in points from the upper left corner."""
    frame = page.get_bbox()
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    words: list[Word] = []
    for found in re.finditer(r"\S+", text):
        first = text_page.get_charbox(found.start())
        last = text_page.get_charbox(found.end() - 1)
        box = (first[0], min(first[1], last[1]), last[2], max(first[3], last[3]))
        words.append(Word(found[0], *_from_above(box, frame), 0.5))
        if len(words) >= _MOST_OBJECTS:
            break
    text_page.close()
    return words
