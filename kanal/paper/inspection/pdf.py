"""A PDF, opened as a structure and never drawn."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pikepdf

from kanal.paper.inspection import pdf_actions, pdf_streams, streams
from kanal.paper.inspection.kinds import PDF, is_program
from kanal.paper.inspection.report import Bomb, Limits, Report
from kanal.paper.verdicts import Verdict

_END = 2048
_OTHER_HEADS = (
    b"MZ",
    b"PK\x03\x04",
    b"GIF8",
    b"\x7fELF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"Rar!",
    b"#!",
)
_MARKUP = re.compile(rb"<(html|script|svg|\?php|!doctype|body)\b", re.IGNORECASE)
_START = re.compile(rb"startxref\s+\d+")
_PACKED_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b")
_NAMES = re.compile(
    rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|ASCIIHexDecode|ASCII85Decode)\b"
)
_INHERITED_DEPTH = 40


def examine(data: bytes, limits: Limits) -> Report:
    report = Report(PDF)
    if _is_something_else_too(data):
        report.reject("polyglot")
        return report
    if data.count(b"endobj") > 2 * limits.objects:
        report.reject("too_many_objects")  # before a reader tries to list them all
        return report
    try:
        _check_packed_objects(data, limits)
        pdf, repaired = _opened(data, report)
        if pdf is None:
            return report
        with pdf:
            _look_through(pdf, report, limits, data)
            if not report.is_rejected:
                _keep_a_copy(pdf, report, repaired, data, limits)
    except Bomb as bomb:
        report.reject(str(bomb))
    return report


def _is_something_else_too(data: bytes) -> bool:
    """Before its beginning, or after its end, another program finds a file of its own."""
    lead = data[: data.find(b"%PDF-")]
    if lead.startswith(_OTHER_HEADS) or _MARKUP.search(lead):
        return True
    last = data.rfind(b"%%EOF")
    tail = data[last + 5 :] if last >= 0 else b""
    if is_program("", tail.lstrip()) or _MARKUP.search(tail[:_END]):
        return True
    archive = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_600))
    if archive < 0 or len(data) - archive < 22:
        return False
    comment = int.from_bytes(data[archive + 20 : archive + 22], "little")
    return b"PK\x05\x06" in tail or archive + 22 + comment == len(data)


def _has_its_end(data: bytes) -> bool:
    last = data.rfind(b"%%EOF")
    if last >= 0 and b" obj" not in data[last:]:
        return True
    return _START.search(data[-_END:]) is not None


def _check_packed_objects(data: bytes, limits: Limits) -> None:
    """Object streams are unpacked whole as soon as a reader opens the file, so they come first."""
    total = 0
    for match in _PACKED_OBJECTS.finditer(data):
        start = data.find(b"stream", match.end(), match.end() + 1024)
        if start < 0:
            continue
        opening = data.rfind(b"obj", max(0, match.start() - 1024), match.start())
        filters = streams.full_names(
            [name.decode() for name in _NAMES.findall(data[max(0, opening) : start])]
        )
        begin = start + 6 + (2 if data[start + 6 : start + 8] == b"\r\n" else 1)
        end = data.find(b"endstream", begin)
        body = data[begin : end if end >= 0 else None]
        if streams.at_most(len(body), filters) > limits.stream_bytes // 4:
            total += streams.unpacked_size(body, filters, limits.stream_bytes)
            if total > limits.stream_bytes:
                raise Bomb("decompression_bomb")


def _opened(data: bytes, report: Report) -> tuple[pikepdf.Pdf | None, bool]:
    """And whether it had to be put together again."""
    try:
        return pikepdf.open(io.BytesIO(data), attempt_recovery=False), False
    except pikepdf.PasswordError:
        report.reject("encrypted_needs_password")
        return None, False
    except pikepdf.PdfError as error:
        if "encrypt" in str(error).lower() or "security handler" in str(error).lower():
            report.reject("encrypted_needs_password")
            return None, False
    if not _has_its_end(data):
        report.reject("truncated")
        return None, False
    try:
        return pikepdf.open(io.BytesIO(data)), True
    except pikepdf.PasswordError:
        report.reject("encrypted_needs_password")
    except pikepdf.PdfError:
        report.reject("broken_file")
    return None, False


def _look_through(pdf: pikepdf.Pdf, report: Report, limits: Limits, data: bytes) -> None:
    report.signed = b"/ByteRange" in data
    if len(pdf.objects) > limits.objects:
        report.reject("too_many_objects")
        return
    report.pages = _count_pages(pdf)
    if report.pages == 0:
        report.reject("broken_file")
    elif report.pages > limits.pages:
        report.reject("too_many_pages")
    elif any(_is_too_large(page.obj, limits.page_points) for page in pdf.pages):
        report.reject("page_too_large")
    if not report.is_rejected:
        pdf_actions.look(pdf, report, limits)
    if not report.is_rejected:
        pdf_streams.weigh(pdf, report, limits)


def _count_pages(pdf: pikepdf.Pdf) -> int:
    try:
        return len(pdf.pages)
    except (pikepdf.PdfError, ValueError, TypeError):
        return 0


def _is_too_large(page: Any, most: float) -> bool:
    unit = page.get("/UserUnit", 1)
    scale = float(unit) if isinstance(unit, int | float | Decimal) else 1.0
    for name in ("/MediaBox", "/CropBox"):
        sides = _sides(page, name)
        if sides and max(sides) * max(scale, 1.0) > most:
            return True
    return False


def _sides(page: Any, name: str) -> tuple[float, float] | None:
    node = page
    for _ in range(_INHERITED_DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        box = node.get(name)
        if isinstance(box, pikepdf.Array) and len(box) >= 4:
            corners = [float(each) for each in list(box)[:4] if isinstance(each, int | Decimal)]
            if len(corners) == 4:
                return abs(corners[2] - corners[0]), abs(corners[3] - corners[1])
            return None
        node = node.get("/Parent")
    return None


def _keep_a_copy(
    pdf: pikepdf.Pdf, report: Report, repaired: bool, data: bytes, limits: Limits
) -> None:
    """The copy that is read on. A signed file is never rewritten: a person looks at it."""
    if pdf.is_encrypted:
        report.add(Verdict.SANITISED, "encrypted_owner_only")
    if repaired:
        report.add(Verdict.REPAIRED, "broken_xref")
    if not report.findings:
        return
    if report.signed:
        report.add(Verdict.REVIEW, "signed_and_changed")
        return
    out = io.BytesIO()
    try:
        pdf.save(out, encryption=False, deterministic_id=True)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        report.reject("broken_file")
        return
    if out.tell() > 2 * len(data) + limits.file_bytes:
        raise Bomb("decompression_bomb")
    report.cleaned = out.getvalue()
