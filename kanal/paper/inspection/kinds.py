"""The kind of a file: by its content, and by what its name claims."""

from __future__ import annotations

import re
from collections.abc import Collection

PDF = "application/pdf"
PNG, JPEG, TIFF, WEBP = "image/png", "image/jpeg", "image/tiff", "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
CFB = "application/x-ole-storage"
MAIL = "message/rfc822"
ZIP = "application/zip"
OTHER_OFFICE = "application/vnd.openxmlformats-officedocument"
HTML, RTF, PROGRAM = "text/html", "application/rtf", "application/x-dosexec"
SEVEN, RAR, GZIP = "application/x-7z-compressed", "application/vnd.rar", "application/gzip"
HEIC, GIF, BMP = "image/heic", "image/gif", "image/bmp"

PICTURES = frozenset({PNG, JPEG, TIFF, WEBP})
READABLE = frozenset({PDF, DOCX, DOC, MAIL}) | PICTURES
ARCHIVES = frozenset({ZIP, SEVEN, RAR, GZIP})

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", CFB),
    (b"{\\rt", RTF),
    (b"GIF8", GIF),
    (b"BM", BMP),
    (b"7z\xbc\xaf\x27\x1c", SEVEN),
    (b"Rar!\x1a\x07", RAR),
    (b"\x1f\x8b", GZIP),
)
_PROGRAM_MAGIC = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",
    b"MSCF",
)
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|svg)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_LINE = re.compile(
    rb"(?im)^(from|to|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|reply-to|x-[a-z-]+)[ \t]*:"
)

_NEVER = frozenset[str]()
_ENDINGS: dict[str, Collection[str]] = {
    "pdf": {PDF},
    "docx": {DOCX},
    "dotx": {DOCX},
    "doc": {DOC},
    "dot": {DOC},
    "eml": {MAIL},
    "html": {HTML},
    "htm": {HTML},
    "rtf": {RTF},
    "zip": {ZIP},
    "7z": {SEVEN},
    "rar": {RAR},
    "gz": {GZIP},
    "heic": {HEIC},
    "heif": {HEIC},
    "gif": {GIF},
    "bmp": {BMP},
    # Phones and chat programs mix these up, and every reader goes by the content.
    **dict.fromkeys(("png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "webp"), PICTURES),
    # Never what we take, so whatever bears such a name is not what it says.
    **dict.fromkeys(
        ("xlsx", "xls", "pptx", "ppt", "odt", "ods", "txt", "csv", "xml", "json"), _NEVER
    ),
}
CLAIMS_READABLE = frozenset(
    said for said, means in _ENDINGS.items() if READABLE.intersection(means)
)
# A name that makes a desktop run it.
_PROGRAM_ENDINGS = frozenset(
    [
        "exe",
        "com",
        "scr",
        "pif",
        "bat",
        "cmd",
        "ps1",
        "psm1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "mjs",
        "wsf",
        "wsh",
        "ws",
        "hta",
        "msi",
        "msp",
        "mst",
        "dll",
        "cpl",
        "sys",
        "ocx",
        "jar",
        "class",
        "lnk",
        "reg",
        "scf",
        "url",
        "inf",
        "gadget",
        "msc",
        "appx",
        "msix",
        "apk",
        "app",
        "dmg",
        "pkg",
        "deb",
        "rpm",
        "sh",
        "bash",
        "run",
        "py",
        "pyw",
        "pl",
        "rb",
        "iso",
        "img",
        "vhd",
        "vhdx",
        "chm",
        "hlp",
        "sct",
        "xll",
        "application",
        "appref-ms",
        "settingcontent-ms",
        "library-ms",
        "search-ms",
        "diagcab",
        "docm",
        "dotm",
        "xlsm",
        "xltm",
        "xlam",
        "pptm",
        "potm",
        "ppam",
        "one",
    ]
)


def kind_of(data: bytes) -> str | None:
    """The media type its content shows. A zip or OLE file is only that until it is listed."""
    head = data[:1100]
    if head.startswith(_PROGRAM_MAGIC):
        return PROGRAM
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"mif1",
        b"msf1",
        b"avif",
    ):
        return HEIC
    if b"%PDF-" in head:
        return PDF
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    return MAIL if _looks_like_mail(data) else None


def _looks_like_mail(data: bytes) -> bool:
    head = data[:16_384].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if b"\0" in head:
        return False
    found = {match[1].lower() for match in _HEADER_LINE.finditer(head)}
    return len(found) >= 2 or bool(found & {b"from", b"received", b"return-path"})


def ending(name: str) -> str:
    """Lower case, without the dot, as the desktop would take it; empty when there is none."""
    last = name.replace("\\", "/").rpartition("/")[2].rstrip(". \t\r\n\0")
    return last.rpartition(".")[2].strip().lower() if "." in last else ""


def name_fits(name: str, kind: str | None) -> bool:
    """False when the name claims a kind that the content is not. An unknown ending claims none."""
    said = ending(name)
    if said in _PROGRAM_ENDINGS:
        return False
    return said not in _ENDINGS or kind in _ENDINGS[said]


def is_program(name: str, data: bytes) -> bool:
    """A file a desktop would run, by its name or by its first bytes."""
    return ending(name) in _PROGRAM_ENDINGS or data.startswith(_PROGRAM_MAGIC)
