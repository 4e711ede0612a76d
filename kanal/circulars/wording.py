"""The message that brings a circular to one office, and where its own link leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kanal.circulars.models import KIND, Circular, Notice
from kanal.directory.models import Unit
from kanal.lib.dates import say_day
from kanal.lib.files import PDF
from kanal.post.outbox import Attached, Draft, one_line

# A larger file is fetched by the link: a thousand copies of it would stop the office's own mail.
ATTACHED_UP_TO = 2 * 1024 * 1024


def link_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("circulars:personal", args=[token])


@dataclass(frozen=True)
class Wording:
    """What all messages of a circular have in common, said once, in the language of the moment."""

    subject: str
    attachments: list[Attached]
    # `%(head)s`, `%(unit)s` and `%(link)s` are each office's own.
    text: str
    head: str

    @classmethod
    def of(cls, circular: Circular) -> Wording:
        attached = _attached(circular)
        return cls(
            subject=one_line(f"{circular.name}: {circular.subject}"),
            attachments=attached,
            text=_text(circular, is_attached=bool(attached)),
            head=_("Pimpinan"),
        )

    def draft(self, notice: Notice, unit: Unit, to: str) -> Draft:
        own = {
            "head": unit.head_title or self.head,
            "unit": unit.name,
            "link": link_of(notice.token),
        }
        return Draft(
            key=notice.next_key,
            kind=KIND,
            to=to,
            subject=self.subject,
            text=self.text % own,
            attachments=self.attachments,
            unit_id=unit.pk,
            is_generated=True,
        )


def _attached(circular: Circular) -> list[Attached]:
    if not 0 < circular.file_bytes <= ATTACHED_UP_TO:
        return []
    name = one_line(circular.file_name) or "surat.pdf"
    return [Attached(name, circular.kept_as, circular.file_sha256, PDF)]


def _text(circular: Circular, *, is_attached: bool) -> str:
    facts = {
        "form": circular.form,
        "number": circular.number,
        "day": say_day(circular.dated, "id"),
        "subject": circular.subject,
    }
    attached = _("Suratnya terlampir dan dapat juga dibaca di halaman untuk kantor Bapak/Ibu:")
    linked = _("Suratnya dapat dibaca di halaman untuk kantor Bapak/Ibu:")
    said = _(
        "Bersama ini disampaikan %(form)s Nomor %(number)s tanggal %(day)s tentang %(subject)s."
    )
    government = circular.government
    lines = [
        said % facts,
        "",
        attached if is_attached else linked,
    ]
    closing = [
        "",
        _("Mohon buka halaman itu dan tekan “Kami sudah menerima”."),
        _("Tautan ini khusus untuk kantor Bapak/Ibu; mohon tidak diteruskan ke luar kantor."),
        "",
        _("Terima kasih."),
        government.verifying_unit_name or government.name,
    ]
    own = [_("Yth. %(head)s"), "%(unit)s", ""]
    return "\n".join([*own, *map(_plain, lines), "%(link)s", *map(_plain, closing)])


def _plain(line: str) -> str:
    """A percent sign in what an office wrote is no place to fill in."""
    return line.replace("%", "%%")
