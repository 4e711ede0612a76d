"""A DOCX: the zip around it, the relationships that reach outside, and what its XML hides."""

from __future__ import annotations

import html
import io
import re
import zipfile
from xml.parsers import expat

from kanal.paper.inspection import archive, kinds, links, oldword
from kanal.paper.inspection.cfb import Broken, CompoundFile
from kanal.paper.inspection.kinds import DOCX, ZIP
from kanal.paper.inspection.report import Bomb, Inside, Limits, Report
from kanal.paper.verdicts import Verdict

_MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_MOST_XML = 32 << 20
_XML = (".xml", ".rels", ".vml")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["']""")
_PLAIN_CODES = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "utf-16"}
)
_RELATIONSHIP = re.compile(r"<(?:[\w.-]+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_INSTRUCTION = re.compile(
    r"""<(?:[\w.-]+:)?instrText\b[^>]*>([^<]*)<|\binstr\s*=\s*"([^"]*)"|\binstr\s*=\s*'([^']*)'"""
)
_STARTS = re.compile(r"\b(?:DDE|DDEAUTO)\b|\bQUOTE(?:\s+\"?\d{2,3}\"?){3}", re.IGNORECASE)
_FETCHES = re.compile(
    r"\b(?:INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b[^\\]*?(?:[a-z]+:|\\\\)//?",
    re.IGNORECASE,
)
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".emf", ".wmf", ".webp")
_TEXT_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def examine(data: bytes, limits: Limits) -> Report:
    """Any zip: a DOCX is looked through, other archives are judged by their listing."""
    report = Report(ZIP)
    try:
        with archive.opened(data, limits) as opened:
            names = set(opened.namelist())
            if _TYPES not in names:
                return archive.examine(data, limits)
            report.media_type = _office_kind(opened, names)
            _look_at_members(opened, report)
            cleaned = _look_at_xml(opened, report, limits)
            if cleaned and not report.is_rejected:
                report.cleaned = _rewritten(opened, cleaned)
    except (archive.Unreadable, Bomb) as problem:
        if report.media_type == ZIP and b"word/" in data:
            report.media_type = DOCX
        report.reject(str(problem))
    except archive.BROKEN:
        report.reject("broken_file")
    return report


def _office_kind(opened: zipfile.ZipFile, names: set[str]) -> str:
    types = _text(opened.read(_TYPES))
    is_word = _MAIN in names or "wordprocessingml.document.main" in types
    return DOCX if is_word else kinds.OTHER_OFFICE


def _look_at_members(opened: zipfile.ZipFile, report: Report) -> None:
    for name, head in archive.heads(opened):
        low = name.lower()
        kind = kinds.kind_of(head)
        if low.endswith(("vbaproject.bin", "vbadata.xml")):
            report.reject("macro")
        elif kind == kinds.CFB:
            report.reject(_ole_reason(opened.read(name)))
        elif kinds.is_program(name, head):
            report.reject("embedded_executable")
        elif kind == ZIP and "embeddings/" in low:
            embedded = opened.read(name)
            report.inside.append(Inside(name, embedded))
            if _TYPES.encode() not in embedded:
                report.reject("nested_archive")
        elif kind in kinds.ARCHIVES and not low.endswith(_PICTURES):
            report.reject("nested_archive")  # .emz and .wmz are packed pictures, and unreadable too
        elif "/activex/" in low:
            report.reject("activex")
        elif kind in kinds.PICTURES:
            report.inside.append(Inside(name, opened.read(name)))


def _ole_reason(data: bytes) -> str:
    try:
        return "macro" if oldword.has_macros(CompoundFile(data).names) else "embedded_object"
    except (Broken, ValueError):
        return "embedded_object"


def _look_at_xml(opened: zipfile.ZipFile, report: Report, limits: Limits) -> dict[str, bytes]:
    """The parts to be replaced in a cleaned copy."""
    cleaned: dict[str, bytes] = {}
    for name in opened.namelist():
        if not name.lower().endswith(_XML):
            continue
        if opened.getinfo(name).file_size > _MOST_XML:
            raise Bomb("zip_bomb")
        raw = opened.read(name)
        code = _DECLARED.search(raw[:200])
        text = _text(raw)
        if _DOCTYPE.search(text) or (code and code[1].decode().lower() not in _PLAIN_CODES):
            report.reject("xml_entities")
            continue
        if name == _TYPES:
            _judge_types(text, report)
        elif name.lower().endswith(".rels"):
            without = _judge_relationships(text, report, limits)
            if without != text:
                cleaned[name] = without.encode()
        elif _TEXT_PARTS.fullmatch(name):
            _judge_fields(text, report)
            _check_form(raw, report)
    return cleaned


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw[:4] in (b"<\0?\0", b"<\0!\0"):
        return raw.decode("utf-16-le", "replace")
    if raw[:4] in (b"\0<\0?", b"\0<\0!"):
        return raw.decode("utf-16-be", "replace")
    return raw.decode("utf-8", "replace").removeprefix("\ufeff")


def _judge_types(text: str, report: Report) -> None:
    if _MACRO_TYPES.search(text):
        report.reject("macro")
    if "activeX" in text:
        report.reject("activex")
    if "oleObject" in text and "oleObject+bin" not in text:
        report.reject("embedded_object")


def _judge_relationships(text: str, report: Report, limits: Limits) -> str:
    """The text with links that are not harmless led nowhere."""

    def judged(match: re.Match[str]) -> str:
        said = {key: html.unescape(one or two) for key, one, two in _ATTRIBUTE.findall(match[0])}
        kind = said.get("Type", "").rpartition("/")[2]
        outside = said.get("TargetMode", "").strip().lower() == "external"
        target = said.get("Target", "")
        if kind == "vbaProject":
            report.reject("macro")
        elif kind == "aFChunk":
            report.reject("alt_chunk")
        elif kind == "control":
            report.reject("activex")
        elif outside and kind == "hyperlink":
            return _judged_link(match[0], target, report, limits)
        elif outside and kind == "attachedTemplate":
            if not _is_local(target):
                report.reject("external_template")
        elif outside:
            report.reject("external_relationship")
        return match[0]

    return _RELATIONSHIP.sub(judged, text)


def _judged_link(found: str, target: str, report: Report, limits: Limits) -> str:
    if target.startswith("#") or links.is_harmless(target, limits.own_hosts):
        return found
    report.add(Verdict.SANITISED, "external_uri")
    return re.sub(r"""\bTarget\s*=\s*("[^"]*"|'[^']*')""", 'Target="about:blank"', found)


def _is_local(target: str) -> bool:
    """A template on the writer's own disk, as Word notes it for every file: never fetched."""
    path = re.sub(r"^file:/{0,3}", "", target, flags=re.IGNORECASE).replace("\\", "/")
    return re.match(r"(?:[A-Za-z]:/|[^/:]+$)", path) is not None


def _judge_fields(text: str, report: Report) -> None:
    joined = "".join("".join(each) for each in _INSTRUCTION.findall(text))
    instructions = html.unescape(joined)
    if _STARTS.search(instructions):
        report.reject("dde_field")
    if _FETCHES.search(instructions):
        report.reject("external_relationship")
    if re.search(r"<(?:[\w.-]+:)?altChunk\b", text):
        report.reject("alt_chunk")


def _check_form(raw: bytes, report: Report) -> None:
    parser = expat.ParserCreate()
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        report.reject("broken_file")


def _rewritten(opened: zipfile.ZipFile, cleaned: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in opened.infolist():
            data = cleaned.get(member.filename) or opened.read(member)
            copy.writestr(zipfile.ZipInfo(member.filename, member.date_time), data)
    return out.getvalue()
