"""The instruction's text with what was read marked in it, so that a person can compare."""

from dataclasses import fields

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kanal.paper.mandate import Found, MandateReading

LABELS = {
    "form": _("bentuk"),
    "number": _("nomor"),
    "year": _("tahun"),
    "title": _("tentang"),
    "issuer": _("penerbit"),
    "place": _("tempat"),
    "signed_on": _("tanggal"),
    "opening": _("pembukaan"),
    "deadline_words": _("batas waktu"),
    "submission_address": _("alamat"),
    "effect": _("mulai berlaku"),
    "signer_name": _("penandatangan"),
    "signer_nip": _("NIP"),
    "signer_post": _("jabatan"),
}


def marked(text: str, reading: MandateReading) -> SafeString:
    """Each found span in a <mark> with its name; overlapping ones keep the first."""
    spans = sorted(
        (found.span[0], found.span[1], LABELS[name])
        for name, found in _found(reading)
        if name in LABELS and name != "opening"
    )
    pieces: list[SafeString] = []
    reached = len(text) - len(text.lstrip())
    for start, stop, label in spans:
        if start < reached:
            continue
        pieces.append(format_html("{}", text[reached:start]))
        pieces.append(
            format_html('<mark>{}<span class="sr"> ({})</span></mark>', text[start:stop], label)
        )
        reached = stop
    pieces.append(format_html("{}", text[reached:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _found(reading: MandateReading) -> list[tuple[str, Found[object]]]:
    values = [(field.name, getattr(reading, field.name)) for field in fields(reading)]
    return [(name, value) for name, value in values if isinstance(value, Found)]
