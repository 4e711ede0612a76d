"""The instruction's text as a page: what was read is marked, headings, bold and lists are drawn.

Texts come as plain words or with the marks of Markdown (`#`, `**`, `- `, `1. `); nothing else of it and no
HTML is understood. Every piece of the text is escaped by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kanal.paper.mandate import Found, MandateReading

LABELS = {
    "form": _("bentuk"),
    "number": _("nomor"),
    "year": _("tahun"),
    "title": _("tentang"),
    "issuer": _("penerbit"),
    "place": _("tempat"),
    "signed_on": _("tanggal"),
    "opening": _("pembukaan"),
    "deadline_words": _("batas waktu"),
    "submission_address": _("alamat"),
    "effect": _("mulai berlaku"),
    "signer_name": _("penandatangan"),
    "signer_nip": _("NIP"),
    "signer_post": _("jabatan"),
}

Span = tuple[int, int, object]

_MARK = re.compile(r"\s{0,3}(?:(?P<heading>#{1,6})|(?P<item>[-*+])|(?P<number>\d{1,3}[.)]))\s+")
_BOLD = re.compile(r"\*\*")


@dataclass
class Block:
    """Lines that stand together: where their words begin and end in the text."""

    kind: str
    lines: list[tuple[int, int]] = field(default_factory=list)


def marked(text: str, reading: MandateReading) -> SafeString:
    """Each found span in a <mark> with its name; overlapping ones keep the first."""
    spans = list(_spans(reading))
    drawn = ((_block(text, block, spans),) for block in _blocks(text))
    return format_html_join("\n", "{}", drawn)


def _spans(reading: MandateReading) -> Iterator[Span]:
    reached = 0
    told = sorted(
        (found.span[0], found.span[1], name)
        for name, found in _found(reading)
        if name in LABELS and name != "opening"
    )
    for start, stop, name in told:
        if start >= reached:
            yield start, stop, LABELS[name]
            reached = stop


def _found(reading: MandateReading) -> list[tuple[str, Found[object]]]:
    values = [(field.name, getattr(reading, field.name)) for field in fields(reading)]
    return [(name, value) for name, value in values if isinstance(value, Found)]


def _blocks(text: str) -> Iterator[Block]:
    """A heading, an item, or a paragraph: lines until a blank one or until the next mark."""
    block = Block("")
    for line in re.finditer(r"[^\n]+|(?<=\n)\n", text):
        start, stop = line.span()
        mark = _MARK.match(text, start, stop)
        if not line[0].strip() or mark:
            if block.lines:
                yield block
            block = Block("")
        if not line[0].strip():
            continue
        if mark and not block.lines:
            block.kind = mark.lastgroup or ""
            # A number is a part of what is said; a dash and a hash are only drawn.
            start = start if block.kind == "number" else mark.end()
        block.lines.append((start, stop))
    if block.lines:
        yield block


def _block(text: str, block: Block, spans: Iterable[Span]) -> SafeString:
    first, last = block.lines[0][0], block.lines[-1][1]
    # A lone pair of stars ends what began bold where a list's dash stands today.
    is_bold = len(_BOLD.findall(text, first, last)) % 2 == 1
    kind = "label" if is_bold and block.kind == "item" else block.kind
    pieces: list[tuple[SafeString]] = []
    for start, stop in block.lines:
        drawn, is_bold = _line(text, start, stop, spans, is_bold)
        pieces.append((drawn,))
    return format_html(_TAGS[kind], format_html_join(SafeString("<br>"), "{}", pieces))


_TAGS = {
    "": "<p>{}</p>",
    "heading": '<p class="judul-t">{}</p>',
    "item": '<p class="butir">{}</p>',
    "label": '<p class="label-t">{}</p>',
    "number": '<p class="nomor-t">{}</p>',
}


def _line(
    text: str, start: int, stop: int, spans: Iterable[Span], is_bold: bool
) -> tuple[SafeString, bool]:
    """One line, cut wherever a mark or bold begins or ends; and whether bold goes on after it."""
    stars = [hit.span() for hit in _BOLD.finditer(text, start, stop)]
    within = [span for span in spans if span[0] < stop and span[1] > start]
    edges = {start, stop, *(edge for pair in stars for edge in pair)}
    edges |= {edge for span in within for edge in span[:2] if start < edge < stop}
    pieces: list[tuple[SafeString]] = []
    cuts = sorted(edges)
    for begin, end in pairwise(cuts):
        if (begin, end) in stars:
            is_bold = not is_bold
            continue
        piece = format_html("{}", text[begin:end])
        for span in within:
            if span[0] <= begin < span[1]:
                piece = _mark(piece, span[2] if end >= span[1] else "")
        pieces.append((format_html("<b>{}</b>", piece) if is_bold else piece,))
    return format_html_join("", "{}", pieces), is_bold


def _mark(piece: SafeString, label: object) -> SafeString:
    """The name stands after the last piece only."""
    if not label:
        return format_html("<mark>{}</mark>", piece)
    return format_html('<mark>{}<span class="sr"> ({})</span></mark>', piece, label)
