"""Which words a letter has: by its form, and within it by its kind."""

from __future__ import annotations

from collections.abc import Callable

from kanal.paper.composing.certificates import handover, receipt
from kanal.paper.composing.content import Content
from kanal.paper.composing.decree import decree
from kanal.paper.composing.facts import Facts, Form
from kanal.paper.composing.surat import surat
from kanal.paper.composing.titled import titled

_FORMS: dict[Form, Callable[[Facts], Content]] = {
    Form.SURAT: surat,
    Form.SURAT_PENUNJUKAN: titled,
    Form.SURAT_TUGAS: titled,
    Form.SURAT_PERINTAH_TUGAS: titled,
    Form.SURAT_PENUGASAN: titled,
    Form.KEPUTUSAN: decree,
    Form.TANDA_TERIMA: receipt,
    Form.BERITA_ACARA: handover,
}


def content_of(facts: Facts) -> Content:
    """The facts must have passed `completeness.check`."""
    return _FORMS[facts.form](facts)
