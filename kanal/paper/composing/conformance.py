"""Does a letter keep what PDF/A-3a and PDF/UA-1 ask of its structure? Asked of the file itself.

An independent look with another library than the one that wrote the file. It covers what these
letters use, not the whole of ISO 19005-3 and ISO 14289-1.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pikepdf

from kanal.paper.composing.tagging import tagging_problems

# Where a transparency, a script or another file would hang.
_FORBIDDEN_ACTIONS = frozenset({"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm"})
_PDF_DATE = re.compile(r"D:(\d{14})(Z|[+-]\d\d'?\d\d'?)?")
_LARGEST_PART, _RELATIONSHIPS = 3, {"/Source", "/Data", "/Alternative", "/Supplement"}


def problems(pdf: bytes) -> list[str]:
    """What is wrong, one phrase each; empty when it passes. Raises pikepdf.PdfError when broken."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *_file_problems(document, pdf),
            *_catalogue_problems(document),
            *_metadata_problems(document),
            *_intent_problems(document),
            *_font_problems(document),
            *_look_problems(document),
            *_attachment_problems(document),
            *tagging_problems(document),
        ]


def _file_problems(document: pikepdf.Pdf, pdf: bytes) -> Iterator[str]:
    if document.is_encrypted:
        yield "encrypted"
    if document.pdf_version > "1.7":
        yield f"version {document.pdf_version}"
    if not re.match(rb"%PDF-1\.\d\r?\n%[\x80-\xff]{4}", pdf):
        yield "header without its line of bytes above 127"
    if "/ID" not in document.trailer:
        yield "no file identifier"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "data after the end"


def _catalogue_problems(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "MarkInfo does not say Marked"
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "no document language"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the window would not show the title"
    for name in ("/AA", "/OpenAction", "/Collection", "/NeedsRendering"):
        if name in root:
            yield f"catalogue has {name}"
    form = root.get("/AcroForm", {})
    if "/XFA" in form or any(one.get("/FT") != "/Sig" for one in form.get("/Fields", [])):
        yield "a form that is more than a signature"
    if "/JavaScript" in root.get("/Names", {}):
        yield "named JavaScript"
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/S")) in _FORBIDDEN_ACTIONS:
            yield f"action {thing.get('/S')}"


def _metadata_problems(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "no XMP"
        return
    if "/Filter" in document.Root.Metadata:
        yield "XMP is compressed"
    info = document.docinfo
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name, wanted in (
            ("pdfaid:part", "3"),
            ("pdfaid:conformance", "A"),
            ("pdfuaid:part", "1"),
            ("dc:title", str(info.get("/Title", ""))),
            ("xmp:CreatorTool", str(info.get("/Creator", ""))),
        ):
            if not wanted or xmp.get(name) != wanted:
                yield f"XMP {name} is {xmp.get(name)!r}, not {wanted!r}"
        for name, of_info in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
            said, written = _iso_moment(xmp.get(name)), _pdf_moment(info.get(of_info))
            if said is None or said != written:
                yield f"{name} and {of_info} differ"


def _iso_moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _pdf_moment(text: Any) -> datetime | None:
    hit = _PDF_DATE.fullmatch(str(text))
    if hit is None:
        return None
    zone = (hit[2] or "Z").replace("'", "")
    away = timedelta() if zone == "Z" else timedelta(hours=int(zone[:3]), minutes=int(zone[3:]))
    return datetime.strptime(hit[1], "%Y%m%d%H%M%S").replace(tzinfo=timezone(away))


def _intent_problems(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root
    intents = [one for one in root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents of PDF/A"
        return
    profile = intents[0].get("/DestOutputProfile")
    if profile is None:
        yield "output intent without a profile"
    elif profile.read_bytes()[36:40] != b"acsp" or profile.get("/N") != _LARGEST_PART:
        yield "output profile is no RGB ICC profile"


def _resources(document: pikepdf.Pdf) -> Iterator[Any]:
    """Of every page and of every form drawn on one."""
    for page in document.pages:
        yield page.obj.get("/Resources", pikepdf.Dictionary())
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
            yield thing.get("/Resources", pikepdf.Dictionary())


def _font_problems(document: pikepdf.Pdf) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for resources in _resources(document):
        for font in resources.get("/Font", pikepdf.Dictionary()).values():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield from _problems_of_font(font)


def _problems_of_font(font: Any) -> Iterator[str]:
    name = font.get("/BaseFont", font.get("/Subtype"))
    described = font
    if font.get("/Subtype") == "/Type0":
        described = font.DescendantFonts[0]
        embedded = described.get("/Subtype") == "/CIDFontType2"
        if embedded and "/CIDToGIDMap" not in described:
            yield f"font {name} without CIDToGIDMap"
    descriptor = described.get("/FontDescriptor", pikepdf.Dictionary())
    if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"font {name} is not embedded"
    if "/ToUnicode" not in font:
        yield f"font {name} without ToUnicode"
    elif re.search(rb"<(0000|FEFF|FFFE)>\s*\n", font.ToUnicode.read_bytes()):
        yield f"font {name} maps a letter to nothing"


def _look_problems(document: pikepdf.Pdf) -> Iterator[str]:
    """Letters need no transparency, so none is allowed; nor are pictures for screens only."""
    things: Any = document.objects
    for thing in things:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            kind = thing.get("/Subtype")
            if kind == "/Image" and ("/SMask" in thing or "/Alternates" in thing):
                yield "a picture with transparency or alternates"
            if kind == "/Image" and thing.get("/Interpolate", False):
                yield "a picture with interpolation"
            if thing.get("/ColorSpace") == "/DeviceCMYK":
                yield "a colour space without its intent"
    for resources in _resources(document):
        for state in resources.get("/ExtGState", pikepdf.Dictionary()).values():
            opaque = state.get("/ca", 1) == 1 and state.get("/CA", 1) == 1
            blend = state.get("/BM", "/Normal")
            if not opaque or state.get("/SMask", "/None") != "/None" or blend != "/Normal":
                yield "transparency"


def _attachment_problems(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    listed = [str(one) for one in list(names)[::2]]
    associated = {str(one.get("/UF")) for one in root.get("/AF", [])}
    if not listed:
        yield "no attachment"
    for name, spec in zip(listed, list(names)[1::2], strict=True):
        if name not in associated:
            yield f"{name} is not associated with the document"
        if str(spec.get("/AFRelationship")) not in _RELATIONSHIPS:
            yield f"{name} has no relationship"
        if not (str(spec.get("/F", "")) and str(spec.get("/UF", ""))):
            yield f"{name} has no file name"
        file = spec.get("/EF", {}).get("/F")
        if file is None or "/Subtype" not in file:
            yield f"{name} has no media type"
        elif "/ModDate" not in file.get("/Params", {}):
            yield f"{name} has no day of change"
