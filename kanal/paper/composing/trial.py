"""An office's own template, tried on example letters before anybody may issue one with it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdfium2
import zxingcpp

from kanal.paper.composing import conformance
from kanal.paper.composing.completeness import FORMS
from kanal.paper.composing.examples import example, signatory
from kanal.paper.composing.facts import Capacity, Facts, Form, Kind
from kanal.paper.composing.letter import compose
from kanal.paper.composing.template import Template

_CODE = "0000-0000-0000"
_URL = f"https://contoh.go.id/v/{_CODE}"
_AT = datetime(2023, 4, 25, 3, tzinfo=UTC)
_SCALE = 2
_KINDS = {
    Kind.APPOINTMENT: "Penunjukan",
    Kind.REPLACEMENT: "Penggantian",
    Kind.TERMINATION: "Penghentian",
    Kind.CORRECTION: "Ralat",
    Kind.NIL: "Pernyataan nihil",
    Kind.REMINDER: "Surat pengingat",
    Kind.HANDOVER: "Serah terima",
    Kind.RECEIPT: "Tanda terima",
}


def try_out(template: Template) -> list[str]:
    """What is wrong with it, sentences for its author; empty when it may be used.

    Raises TemplateMistake for what cannot be set at all.
    """
    found: dict[str, list[str]] = {}
    for facts in _letters(template):
        made = compose(template, facts, verify_url=_URL, code=_CODE, at=_AT)
        name = f"{_KINDS[facts.kind]} ({facts.form.value.replace('_', ' ')})"
        for one in (*conformance.problems(made.pdf), *_missing(made.pdf, facts)):
            found.setdefault(one, []).append(name)
    if not _letters(template):
        return ["Templat ini tidak untuk surat apa pun."]
    return [f"{one} Terjadi pada: {', '.join(names)}." for one, names in found.items()]


def _letters(template: Template) -> list[Facts]:
    """One of each kind and form it is for, the longest signature block among them."""
    signer = signatory(Capacity.ON_BEHALF_BELOW)
    return [
        example(kind, form, signer=signer)
        for kind in sorted(template.kinds)
        for form in sorted(template.forms & FORMS[kind])
    ]


def _missing(pdf: bytes, facts: Facts) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        codes = [
            code.text
            for page in document
            for code in zxingcpp.read_barcodes(page.render(scale=_SCALE).to_pil())
        ]
    finally:
        document.close()
    said = "".join(text.split())
    missing = []
    numbered = "#reference()" if facts.form is Form.SURAT else "#title-block()"
    for what, words, part in (
        ("nomor surat", facts.number or "", numbered),
        ("nama penandatangan", facts.signatory.name, "#closing()"),
        ("kode surat", _CODE, "#closing()"),
    ):
        if "".join(words.split()).casefold() not in said.casefold():
            missing.append(f"Belum ada {what}: tambahkan {part}.")
    if _URL not in codes:
        missing.append("Belum ada kode QR yang dapat dibaca: tambahkan #closing().")
    return missing
