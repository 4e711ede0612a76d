"""Compose a letter, or look at it before it is one."""

from __future__ import annotations

import dataclasses
import io
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from kanal.paper.composing import jsonfacts, qr, saying
from kanal.paper.composing.codes import parse_code
from kanal.paper.composing.completeness import check, find_letter
from kanal.paper.composing.content import Content
from kanal.paper.composing.facts import Facts
from kanal.paper.composing.glyphs import FAMILIES, FONTS, check_glyphs
from kanal.paper.composing.mistakes import FactsMistake, GlyphMissing
from kanal.paper.composing.template import Template
from kanal.paper.composing.typesetting import Undrawable, to_pdf, to_pictures
from kanal.paper.composing.wording import content_of

SCREEN_PPI = 96
# A copy is a line, 700 letters are ten: with the signature about 130 of a page's 260 mm.
_FEW_COPIES, _SHORT_END = 5, 700
# More rows than these never fit one page together with the rest of a letter.
_ONE_PAGE = 20
_WATERMARK = "PRATINJAU"


@dataclass(frozen=True, slots=True)
class Composed:
    """`pdf` is PDF/A-3a and PDF/UA-1 with `surat.json` inside."""

    pdf: bytes
    pages: int


def compose(
    template: Template, facts: Facts, *, verify_url: str, code: str, at: datetime
) -> Composed:
    """The finished letter; the same bytes for the same arguments.

    `verify_url` is the whole address, `https://HOST/v/CODE`; `at` needs a zone. Raises
    FactsMistake, GlyphMissing, TemplateMistake; ValueError for a code or address that is none.
    """
    if parse_code(code) != code or not verify_url.endswith(f"/v/{code}"):
        raise ValueError(f"{verify_url} does not lead to {code}")
    check(facts)
    inputs = _inputs(template, facts) | {
        "code": code,
        "verify-at": verify_url,
        "qr": qr.as_svg(verify_url),
        "attachment": saying.attachment(facts, code=code, verify_url=verify_url),
    }
    try:
        pdf = to_pdf(template, inputs, at)
        pages = _count(pdf)
        if pages > 1 and not inputs["pages"]:
            pdf = to_pdf(template, inputs | {"pages": str(pages)}, at)
    except Undrawable as error:
        raise _named(error, facts) from error
    return Composed(pdf, pages)


def preview(template: Template, facts: Facts) -> list[bytes]:
    """PNG pages at screen size under a watermark, without number and QR code."""
    shown = dataclasses.replace(facts, number=None)
    check(shown, needs_number=False)
    inputs = _inputs(template, shown) | {"code": "", "verify-at": "", "qr": "", "attachment": ""}
    pages = to_pictures(template, inputs, SCREEN_PPI)
    if len(pages) > 1 and not inputs["pages"]:
        pages = to_pictures(template, inputs | {"pages": str(len(pages))}, SCREEN_PPI)
    return [_marked(page) for page in pages]


def _inputs(template: Template, facts: Facts) -> dict[str, str]:
    if not template.fits(facts):
        raise FactsMistake("form", f"Templat “{template.title}” bukan untuk surat ini.")
    check_glyphs(facts, template.style.font)
    logo = facts.letterhead.logo
    bare = dataclasses.replace(facts, letterhead=dataclasses.replace(facts.letterhead, logo=None))
    content = content_of(facts)
    return {
        "content": _json(content),
        "is-short": "yes" if _ends_shortly(content) else "no",
        "pages": "count" if _is_long(facts) else "",
        "facts": _json(bare),
        "style": _json(template.style),
        "logo": json.dumps(list(logo.png)) if logo else "",
    }


def _is_long(facts: Facts) -> bool:
    """Surely more than one page, so that its pages are counted while it is set."""
    return max(len(facts.officers), len(facts.replaced), len(facts.corrections)) > _ONE_PAGE


def _ends_shortly(content: Content) -> bool:
    """Do the last paragraphs, signature and copies certainly fit half a page?"""
    if content.parties or len(content.copies) > _FEW_COPIES:
        return False
    end = (content.tail, content.signature, content.copies)
    return sum(len(text) for _, text in jsonfacts.texts(end)) <= _SHORT_END


def _json(value: Any) -> str:
    return json.dumps(jsonfacts.to_json(value), ensure_ascii=False)


def _named(error: Undrawable, facts: Facts) -> Exception:
    """A letter of the facts is the facts' mistake, any other one the template's."""
    for character in error.text:
        field = find_letter(facts, character)
        if field and not character.isascii():
            return GlyphMissing(character, field)
    return error.mistake


def _count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _marked(page: bytes) -> bytes:
    """The watermark is laid on afterwards, so that no template can leave it out."""
    picture = Image.open(io.BytesIO(page)).convert("RGB")
    width = picture.width
    font = ImageFont.truetype(FONTS / FAMILIES["Liberation Sans"][1], width // 7)
    veil = Image.new("L", (width, width // 4), 0)
    ImageDraw.Draw(veil).text((width // 2, width // 8), _WATERMARK, 70, font=font, anchor="mm")
    veil = veil.rotate(45, expand=True)
    grey = Image.new("RGB", veil.size, (120, 120, 120))
    place = ((width - veil.width) // 2, (picture.height - veil.height) // 2)
    picture.paste(grey, place, veil)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
