"""Typst at work: our templates in this process, anybody else's in a child without a network."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

import typst

from kanal.paper.composing.glyphs import FONTS
from kanal.paper.composing.mistakes import TemplateMistake
from kanal.paper.composing.offline import forbid_sockets
from kanal.paper.composing.template import FOLDER, Template
from kanal.paper.workshop import JobFailed, Limits, run

# Before the template's first line, on that line, so that its lines keep their numbers.
_BEFORE = '#import "/parts.typ": *;#show: paper;'
_STANDARDS: list[Any] = ["a-3a", "ua-1"]
_LIMITS = Limits(seconds=10, cpu_seconds=8, memory=1 << 30, output_bytes=32 << 20)
_MAIN = re.compile(r"__typst_py_bytes__\.typ:(\d+):(\d+)")
_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
# Typst's commonest complaints as an administrator reads them; the others stay as they are.
_COMPLAINTS = [
    (re.compile(r"unknown variable: (\S+).*", re.DOTALL), r"Nama “\1” tidak dikenal."),
    (re.compile(r"unclosed delimiter"), "Tanda kurung belum ditutup."),
    (re.compile(r"unexpected closing (\w+).*"), "Ada tanda kurung tutup yang berlebih."),
    (
        re.compile(r"failed to (?:download|load) .*|package not found.*", re.DOTALL),
        "Templat tidak boleh memakai paket dari luar.",
    ),
    (
        re.compile(r"path .+ would escape .*|file not found .*", re.DOTALL),
        "Templat tidak boleh membaca berkas ini.",
    ),
    (re.compile(r".*missing document title"), "Templat menghapus judul dokumen."),
    (re.compile(r".*missing alt text"), "Gambar belum mempunyai teks pengganti (alt)."),
    (re.compile(r".*the text `\"(.+?)\"` could not.*"), r"Huruf “\1” tidak dapat dicetak."),
    (
        re.compile(r"condition is always true|loop seems .*"),
        "Pengulangan ini tidak pernah selesai.",
    ),
]
_LOCK = threading.Lock()
_JOB = f"{__name__}:set_foreign"


class Undrawable(Exception):
    """Typst met a letter that the font does not have."""

    def __init__(self, text: str, mistake: TemplateMistake) -> None:
        super().__init__(text)
        self.text = text
        self.mistake = mistake


def to_pdf(template: Template, inputs: dict[str, str], at: datetime) -> bytes:
    """PDF/A-3a and PDF/UA-1, dated `at`. Raises TemplateMistake, Undrawable."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("the moment of a letter needs its zone")
    seconds, zone = int(at.timestamp()), int(offset.total_seconds())
    (pdf,) = _set(template, {"inputs": inputs, "seconds": seconds, "zone": zone, "ppi": 0})
    return pdf


def to_pictures(template: Template, inputs: dict[str, str], ppi: int) -> list[bytes]:
    """PNG pages. Raises TemplateMistake."""
    return _set(template, {"inputs": inputs, "seconds": 0, "zone": 0, "ppi": ppi})


def _set(template: Template, asked: dict[str, Any]) -> list[bytes]:
    if template.is_shipped:
        return _answer(_typeset(template.source.encode(), **asked))
    try:
        told = run(_JOB, template.source.encode(), limits=_LIMITS, options=asked, bench="composing")
    except JobFailed as error:
        # Typst ends its process when it is refused memory, so the two look alike.
        raise TemplateMistake(None, "Templat ini terlalu berat: disusun terlalu lama.") from error
    return _answer(told)


def _answer(told: dict[str, Any]) -> list[bytes]:
    if "pages" in told:
        pages: list[bytes] = told["pages"]
        return pages
    mistake = TemplateMistake(told["line"], told["message"], told["hint"])
    if told["undrawable"]:
        raise Undrawable(told["undrawable"], mistake)
    raise mistake


def set_foreign(data: bytes, **asked: Any) -> dict[str, Any]:
    """The child's job."""
    forbid_sockets()
    return _typeset(data, **asked)


def _typeset(
    source: bytes, inputs: dict[str, str], seconds: int, zone: int, ppi: int
) -> dict[str, Any]:
    main = _BEFORE.encode() + source
    try:
        with _LOCK:
            if ppi:
                made = _compiler().compile(input=main, sys_inputs=inputs, format="png", ppi=ppi)
            else:
                made = _compiler().compile(
                    input=main,
                    sys_inputs=inputs,
                    format="pdf",
                    pdf_standards=_STANDARDS,
                    timestamp=datetime.fromtimestamp(seconds, timezone(timedelta(seconds=zone))),
                )
    except typst.TypstError as error:
        return _mistake(error)
    return {"pages": made if isinstance(made, list) else [made]}


@cache
def _compiler() -> typst.Compiler:
    """Sees its own folder and the shipped fonts; not the system's fonts, nor any package."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=str(FOLDER), font_paths=fonts, ignore_system_fonts=True)


def _in_words(complaint: str) -> str:
    for pattern, words in _COMPLAINTS:
        if hit := pattern.fullmatch(complaint):
            return hit.expand(words)
    return complaint


def _mistake(error: typst.TypstError) -> dict[str, Any]:
    """The first place within the template's own text, also when a part of ours noticed it."""
    place = _MAIN.search("\n".join([error.diagnostic, *error.trace]))
    glyph = _GLYPH.search(error.message)
    return {
        "line": int(place[1]) if place else None,
        "message": _in_words(error.message),
        "hint": "" if error.message.startswith("path ") else "; ".join(error.hints),
        "undrawable": glyph[1] if glyph else "",
    }
