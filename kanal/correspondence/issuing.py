"""Approval: number, code and the finished paper, all at one instant; and taking it back aloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.appointments.models import Letter, LetterState
from kanal.correspondence.actions import PaperRefused, locked, tell
from kanal.correspondence.composing import CannotCompose, facts_of
from kanal.correspondence.models import FileRole, Paper, PaperFile, PaperState
from kanal.correspondence.permissions import require_head
from kanal.directory.models import User
from kanal.lib.files import DOCX, PDF, Kept, keep
from kanal.lib.numbers import fold_letter_number
from kanal.lib.refusal import Refused
from kanal.paper.composing import letter as letters
from kanal.paper.composing.codes import new_code
from kanal.paper.composing.completeness import check
from kanal.paper.composing.editable import editable
from kanal.paper.composing.facts import Facts
from kanal.paper.composing.mistakes import ComposingMistake, FactsMistake, GlyphMissing
from kanal.paper.composing.phrases import subject_of
from kanal.stationery.actions import take_number, void_number
from kanal.stationery.choosing import template_for

FOLDER = "surat-keluar"


class NumberClashes(Refused):
    """The book's next number was given to a letter that came from outside."""


def verify_url(code: str) -> str:
    return f"{settings.PUBLIC_URL}/v/{code}"


def preview(paper: Paper, day: date) -> list[bytes]:
    """PNG pages under a watermark, as the draft would look today."""
    with in_words():
        facts = facts_of(paper, day)
        template, _row = template_for(paper.government_id, facts)
        return letters.preview(template, facts)


@contextmanager
def in_words() -> Iterator[None]:
    """What the typesetter can't set, said to the person who can mend it."""
    try:
        yield
    except ComposingMistake as mistake:
        field = mistake.field if isinstance(mistake, FactsMistake | GlyphMissing) else ""
        said = getattr(mistake, "message", str(mistake))
        raise CannotCompose(
            _(said), kept=_("Konsepnya tetap tersimpan."), next_step=_mend(field)
        ) from mistake


def _mend(field: str) -> str:
    if field == "place" or field.startswith("letterhead"):
        return _("Lengkapi kop surat kantor ini, termasuk kotanya.")
    if field.startswith(("basis", "addressee")):
        return _("Minta Diskominfotik mengonfirmasi dasar hukum yang berlaku.")
    if field.startswith("signatory"):
        return _("Lengkapi data kepala kantor: jabatan, kapasitas, dan atas nama siapa.")
    if field.startswith("corrections"):
        return _("Ubah bagian surat yang keliru; selebihnya biarkan.")
    return _("Ubah konsepnya, lalu coba lagi.")


def approve(*, paper: Paper, by: User, today: date, at: datetime) -> Paper:
    """Dated today. What is kept now is never rendered again. `at` has a zone."""
    require_head(by=by, unit=paper.unit)
    kept: list[Kept] = []
    try:
        with transaction.atomic():
            current = locked(paper, PaperState.DRAFT)
            _approve(current, by, today, at, kept)
    except (Refused, ComposingMistake):
        for file in kept:
            default_storage.delete(file.name)
        raise
    return current


def _approve(paper: Paper, by: User, today: date, at: datetime, kept: list[Kept]) -> None:
    code = new_code()
    with in_words():
        # Looked at before a number is taken, so that most mistakes cost no lock on the book.
        facts = facts_of(paper, today)
        check(facts, needs_number=False)
    entry = take_number(
        unit=paper.unit,
        form=paper.form,
        dated=today,
        subject=subject_of(facts)[:300],
        code=code,
        by=by,
    )
    _refuse_known_number(paper, entry.text, today)
    paper.number, paper.number_text, paper.code, paper.dated = entry, entry.text, code, today
    paper.state, paper.approved_at = PaperState.APPROVED, at
    paper.approved_by, paper.approved_by_name = by, by.name
    write_files(paper, facts_of(paper, today), at, kept)
    tell(
        "approve-paper",
        paper,
        by,
        before={"state": PaperState.DRAFT},
        after={
            "state": paper.state,
            "code": code,
            "template": paper.template_name,
            "files": [file.sha256 for file in kept],
        },
    )


def _refuse_known_number(paper: Paper, number: str, day: date) -> None:
    known = Letter.objects.filter(
        unit_id=paper.unit_id,
        form=paper.form,
        year=day.year,
        number_key=fold_letter_number(number),
    )
    if known.exclude(state=LetterState.RETURNED).exists():
        raise NumberClashes(
            _("Nomor %(number)s sudah dipakai surat yang ditulis di luar Kanal.")
            % {"number": number},
            kept=_("Konsepnya tetap tersimpan; belum ada nomor yang terpakai."),
            next_step=_("Catat nomor terakhir yang terpakai di buku nomor, lalu setujui lagi."),
        )


def write_files(paper: Paper, facts: Facts, at: datetime, kept: list[Kept]) -> None:
    """Sets the paper once and keeps it, with its editable copy beside it."""
    code = str(paper.code)
    local = at.astimezone(ZoneInfo(paper.government.timezone))
    with in_words():
        template, row = template_for(paper.government_id, facts)
        made = letters.compose(template, facts, verify_url=verify_url(code), code=code, at=local)
        copy = editable(template, facts, verify_url=verify_url(code), code=code, at=local)
    paper.template, paper.template_name = row, f"{template.name}"[:80]
    paper.facts = json.loads(facts.to_json()) | {"letterhead": None}
    paper.save()
    name = file_name(paper)
    for role, data, media_type, ending, pages in (
        (FileRole.COMPOSED, made.pdf, PDF, "pdf", made.pages),
        (FileRole.EDITABLE, copy, DOCX, "docx", 0),
    ):
        file = keep(ContentFile(data, name=f"{name}.{ending}"), FOLDER, allowed={media_type})
        kept.append(file)
        add_file(paper, role, f"{name}.{ending}", file, pages)


def file_name(paper: Paper) -> str:
    """`penunjukan-e-0007-HM.03.00`: what a desktop takes as a name."""
    plain = "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in paper.number_text)
    return f"{paper.kind}-{plain.strip('-.')}"[:150]


def add_file(paper: Paper, role: FileRole, name: str, kept: Kept, pages: int = 0) -> PaperFile:
    return PaperFile.objects.create(
        paper=paper,
        role=role,
        name=name[:200],
        kept_as=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        media_type=kept.media_type,
        pages=pages,
    )


def void(*, paper: Paper, reason: str, by: User) -> None:
    """Batal: number and code stay visible with the reason. What was sent in is mended by a ralat."""
    require_head(by=by, unit=paper.unit)
    with transaction.atomic():
        current = locked(paper, PaperState.APPROVED, PaperState.SIGNED, PaperState.SENT)
        letter = current.letter
        if letter is not None and letter.state != LetterState.RETURNED:
            raise PaperRefused(
                _("Surat ini sudah masuk ke Diskominfotik."),
                next_step=_("Terbitkan ralat, penggantian, atau penghentian."),
            )
        before, current.state = current.state, PaperState.VOID
        current.voided_at, current.voided_by_name = timezone.now(), by.name
        current.void_reason = reason
        current.save()
        if current.number is not None:
            void_number(entry=current.number, reason=reason, by=by)
        tell("void-paper", current, by, before={"state": before}, after={"reason": reason})
