"""A DOC, or whatever else is an OLE file: macros, what is embedded, fields that start programs."""

from __future__ import annotations

import re
import struct

from kanal.paper.inspection.cfb import Broken, CompoundFile
from kanal.paper.inspection.kinds import CFB, DOC
from kanal.paper.inspection.report import Limits, Report

_MACRO_NAMES = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur", "vbaproject.bin"})
_PACKAGES = frozenset({"\x01Ole10Native", "Package"})
_WORD = "WordDocument"
_ENCRYPTED = 0x0100
_ASSOCIATIONS = 0x9A + 32 * 8
_FIELD = re.compile(r"\x13\s*(?:DDE(?:AUTO)?|LINK|IMPORT|INCLUDETEXT)\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?|ftp|file):|\\\\[^\\]", re.IGNORECASE)


def has_macros(names: frozenset[str]) -> bool:
    return any(name.lower() in _MACRO_NAMES for name in names)


def examine(data: bytes, limits: Limits) -> Report:
    report = Report(CFB)
    try:
        opened = CompoundFile(data)
        if "EncryptedPackage" in opened.names:
            report.reject("encrypted_needs_password")
        elif opened.streams(_WORD):
            report.media_type = DOC
            _look_at_word(opened, report, limits)
        if has_macros(opened.names):
            report.reject("macro")
    except (Broken, struct.error):
        report.media_type = DOC
        report.reject("truncated" if len(data) % 512 or len(data) < 1536 else "broken_file")
    return report


def _look_at_word(opened: CompoundFile, report: Report, limits: Limits) -> None:
    document = opened.read(opened.streams(_WORD)[0], limits.stream_bytes)
    (flags,) = struct.unpack_from("<H", document, 10)
    if flags & _ENCRYPTED:
        report.reject("encrypted_needs_password")
        return
    if opened.names & _PACKAGES or ("ObjectPool" in opened.names and _has_objects(opened)):
        report.reject("embedded_object")
    if any(_FIELD.search(document.decode(code, "replace")) for code in ("utf-16-le", "latin-1")):
        report.reject("dde_field")
    if _OUTSIDE.match(_template(opened, document, flags, limits)):
        report.reject("external_template")


def _has_objects(opened: CompoundFile) -> bool:
    return any(re.fullmatch(r"_\d+", name) for name in opened.names)


def _template(opened: CompoundFile, document: bytes, flags: int, limits: Limits) -> str:
    """The path of the attached template: the second of the file's associated texts."""
    tables = opened.streams("1Table" if flags & 0x0200 else "0Table")
    if not tables or len(document) < _ASSOCIATIONS + 8:
        return ""
    start, length = struct.unpack_from("<II", document, _ASSOCIATIONS)
    table = opened.read(tables[0], limits.stream_bytes)
    texts = table[start : start + length]
    if len(texts) < 6 or texts[:2] != b"\xff\xff":
        return ""
    at = 6
    for number in range(2):
        if at + 2 > len(texts):
            return ""
        (letters,) = struct.unpack_from("<H", texts, at)
        if number == 1:
            return texts[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", "replace")
        at += 2 + 2 * letters
    return ""
