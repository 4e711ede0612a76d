"""The same letter as DOCX, for offices that still change a word before they print."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from kanal.paper.composing import qr
from kanal.paper.composing.completeness import check
from kanal.paper.composing.content import Annex, Content, Signature
from kanal.paper.composing.docxblocks import (
    Sheet,
    add_block,
    add_pairs,
    grid,
    lines_into,
    paragraph,
)
from kanal.paper.composing.facts import Facts, Form, Letterhead
from kanal.paper.composing.template import Style, Template
from kanal.paper.composing.wording import content_of

# The fonts everybody has, with the measures of ours.
_FONTS = {"Liberation Serif": "Times New Roman", "Liberation Sans": "Arial"}
_TEXT_MM, _SIGNATURE_MM, _SIDE_MM, _MARK_MM = 165, 84, 70, 9


def editable(
    template: Template, facts: Facts, *, verify_url: str, code: str, at: datetime
) -> bytes:
    """DOCX with the letter's words in the template's style; an own template's layout is not kept.

    Without a code (empty) there is no QR picture. Raises FactsMistake.
    """
    check(facts, needs_number=bool(code))
    content, style = content_of(facts), template.style
    sheet = Sheet(_blank(style, content, at), style.size)
    _letterhead(sheet, facts.letterhead, style)
    if content.reference:
        _reference(sheet, content, style)
    else:
        _title(sheet, content)
    for block in content.body:
        add_block(sheet, block)
    _closing(sheet, content, style, facts, (verify_url, code))
    if content.annex:
        _annex(sheet, content.annex)
        _signature_row(sheet, content.signature, style, facts, (verify_url, code))
    out = io.BytesIO()
    sheet.document.save(out)
    return out.getvalue()


def _blank(style: Style, content: Content, at: datetime) -> Any:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(15), Mm(20)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONTS[style.font], Pt(style.size)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    core = document.core_properties
    core.title, core.language, core.author, core.comments = content.title[:255], "id-ID", "", ""
    core.created = core.modified = at.astimezone(UTC).replace(tzinfo=None)
    return document


def _letterhead(sheet: Sheet, head: Letterhead, style: Style) -> None:
    place = sheet.document
    if head.logo:
        cells = grid(place, (24, _TEXT_MM - 48, 24))
        run = cells[0].paragraphs[0].add_run()
        height = Mm(22)
        run.add_picture(io.BytesIO(head.logo.png), height=height)
        widest = Mm(23)
        if head.logo.width * height > widest * head.logo.height:
            shape = run._r.xpath(".//wp:extent | .//a:ext[@cx]")
            for extent in shape:
                extent.set("cx", str(widest))
                extent.set("cy", str(Emu(int(widest * head.logo.height / head.logo.width))))
        place = cells[1]
    lines = [(one.upper(), style.size + 1.5, False) for one in (head.government, *head.above)]
    lines.append((head.unit.upper(), style.size + style.unit_larger, True))
    lines += [(one, style.size - 2.5, False) for one in (head.address, head.contact) if one]
    for text, size, bold in lines:
        line = paragraph(place, text, size=size, bold=bold, after=0)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _double_rule(paragraph(sheet.document, "", size=2, after=10))


def _double_rule(line: Any) -> None:
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "1")):
        top.set(qn(f"w:{name}"), value)
    top.set(qn("w:color"), "000000")
    borders.append(top)
    line._p.get_or_add_pPr().append(borders)


def _reference(sheet: Sheet, content: Content, style: Style) -> None:
    day = f"{content.place}, {content.day}" if style.date_with_place else content.day
    left, right = grid(sheet.document, (_TEXT_MM - _SIDE_MM, _SIDE_MM))
    add_pairs(left, content.reference, (22, 4, _TEXT_MM - _SIDE_MM - 28), sheet.size)
    to = (f"Yth. {content.addressee[0]}", *content.addressee[1:]) if content.addressee else ()
    lines_into(right.paragraphs[0], (day,))
    if style.address_side == "right":
        paragraph(right, "", after=0)
        lines_into(paragraph(right, "", after=0), ("Kepada", *to))
    else:
        right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        lines_into(paragraph(sheet.document, ""), to)
    paragraph(sheet.document, "", size=4, after=0)


def _title(sheet: Sheet, content: Content) -> None:
    heading = sheet.document.add_heading(level=1)
    lines_into(heading, tuple(line.upper() for line in content.heading))
    centered = [heading, paragraph(sheet.document, content.number_line)]
    if content.about:
        centered.append(paragraph(sheet.document, "TENTANG"))
        about = paragraph(sheet.document, "")
        lines_into(about, tuple(line.upper() for line in content.about), bold=True)
        centered.append(about)
    if content.authority:
        centered.append(paragraph(sheet.document, f"{content.authority.upper()},"))
    for line in centered:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _plain_heading(heading, sheet)


def _plain_heading(heading: Any, sheet: Sheet) -> None:
    heading.paragraph_format.space_before = Pt(0)
    for run in heading.runs:
        run.font.name = sheet.document.styles["Normal"].font.name
        run.font.size, run.font.bold = Pt(sheet.size + 1), True
        run.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "")
        del run._r.rPr.rFonts.attrib[qn("w:asciiTheme")]


def _closing(
    sheet: Sheet, content: Content, style: Style, facts: Facts, checked: tuple[str, str]
) -> None:
    for block in content.tail:
        for line in add_block(sheet, block):
            line.paragraph_format.keep_with_next = True
            line.paragraph_format.keep_together = True
    if content.parties:
        cells = grid(sheet.document, (_TEXT_MM // 2, _TEXT_MM // 2))
        for cell, by in zip(cells, content.parties, strict=True):
            _signature(cell, by, style, is_decree=False)
        paragraph(sheet.document, "", after=0).paragraph_format.keep_with_next = True
    _signature_row(sheet, content.signature, style, facts, checked)
    if content.copies:
        paragraph(sheet.document, "", size=4, after=0)
        paragraph(sheet.document, "Tembusan:", size=style.size - 1, after=0)
        for at, copy in enumerate(content.copies, 1):
            paragraph(sheet.document, f"{at}. {copy}", size=style.size - 1, after=0)


def _signature_row(
    sheet: Sheet, by: Signature, style: Style, facts: Facts, checked: tuple[str, str]
) -> None:
    url, code = checked
    left, right = grid(sheet.document, (_TEXT_MM - _SIGNATURE_MM, _SIGNATURE_MM))
    if code:
        picture = left.paragraphs[0].add_run()
        picture.add_picture(io.BytesIO(qr.as_png(url)), width=Mm(25))
        for shape in picture._r.xpath(".//wp:docPr"):
            shape.set("descr", f"Kode QR untuk memeriksa keaslian surat ini: {url}")
        left.paragraphs[0].paragraph_format.space_after = Pt(0)
        paragraph(left, code, size=9, bold=True, after=0)
        host = url.split("//")[-1].split("/v/")[0]
        paragraph(left, f"Periksa keaslian surat ini di {host}/v", size=8, after=0)
    _signature(right, by, style, is_decree=facts.form is Form.KEPUTUSAN)


def _signature(cell: Any, by: Signature, style: Style, *, is_decree: bool) -> None:
    upper = style.post_upper or is_decree
    posts = [post.upper() if upper and post != "u.b." else post for post in by.posts]
    lines_into(cell.paragraphs[0], by.opening)
    post = paragraph(cell, "") if by.opening else cell.paragraphs[0]
    if by.mark:
        posts[0] = f"{by.mark}\t{posts[0]}"
        post.paragraph_format.left_indent = Mm(_MARK_MM)
        post.paragraph_format.first_line_indent = Mm(-_MARK_MM)
        post.paragraph_format.tab_stops.add_tab_stop(Mm(_MARK_MM))
    lines_into(post, tuple(posts))
    for _ in range(4):
        paragraph(cell, "", after=0)
    name = paragraph(cell, by.name, bold=style.name_bold, after=0)
    name.runs[0].underline = style.name_underlined
    if by.rank:
        paragraph(cell, by.rank, after=0)
    if by.nip:
        paragraph(cell, f"{by.nip_label}{style.nip_mark} {by.nip}", after=0)
    for line in cell.paragraphs[:-1]:
        line.paragraph_format.keep_with_next = True


def _annex(sheet: Sheet, annex: Annex) -> None:
    paragraph(sheet.document, "").add_run().add_break(WD_BREAK.PAGE)
    _, right = grid(sheet.document, (_TEXT_MM - _SIGNATURE_MM, _SIGNATURE_MM))
    lines_into(right.paragraphs[0], (annex.owner,))
    add_pairs(right, annex.reference, (22, 4, _SIGNATURE_MM - 28), sheet.size)
    paragraph(sheet.document, "")
    heading = sheet.document.add_heading(level=1)
    lines_into(heading, tuple(line.upper() for line in annex.heading))
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _plain_heading(heading, sheet)
    for block in annex.body:
        add_block(sheet, block)
    for table in sheet.document.tables[-1:]:
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in table.rows[-2:]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    sheet.document.paragraphs[-1].paragraph_format.keep_with_next = True
