"""Adding and ending an office's own templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.refusal import Refused
from kanal.paper.composing.mistakes import TemplateMistake
from kanal.paper.composing.trial import try_out
from kanal.stationery.choosing import as_template
from kanal.stationery.models import PaperTemplate
from kanal.stationery.permissions import MANAGE_TEMPLATES


class TemplateRefused(Refused):
    """`line` counts from 1 in the template's text; 0 where it is not in one line."""

    status = 422

    def __init__(self, what: str, *, line: int = 0, next_step: str = "") -> None:
        super().__init__(what, next_step=next_step, field="source")
        self.line = line


class AlreadyEnded(Refused):
    """Somebody else was quicker, or the page was old."""


@dataclass(frozen=True, kw_only=True)
class TemplateFacts:
    name: str
    title: str
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    rule: str
    from_year: int
    until_year: int | None
    font: str
    size: int
    source: str


def add_template(*, facts: TemplateFacts, by: User) -> PaperTemplate:
    """Tried on example letters first. One of the same name that stands is ended by it."""
    require(by=by, permission=MANAGE_TEMPLATES)
    row = PaperTemplate(
        government_id=by.government_id,
        name=facts.name,
        title=facts.title,
        kinds=list(facts.kinds),
        forms=list(facts.forms),
        rule=facts.rule,
        from_year=facts.from_year,
        until_year=facts.until_year,
        font=facts.font,
        size=facts.size,
        source=facts.source.replace("\r\n", "\n"),
        added_by=by,
        added_by_name=by.name,
    )
    _try(row)
    with transaction.atomic():
        before = PaperTemplate.objects.filter(government_id=by.government_id, name=facts.name)
        for standing in before.standing().select_for_update():
            _end(standing, by)
        row.version = (before.aggregate(last=Max("version"))["last"] or 0) + 1
        row.save(force_insert=True)
        record(
            verb="add-paper-template",
            by=by,
            government=by.government_id,
            subject=f"paper-template:{row.pk}",
            after=_said(row),
        )
    return row


def _try(row: PaperTemplate) -> None:
    try:
        found = try_out(as_template(row))
    except TemplateMistake as mistake:
        raise TemplateRefused(
            _("Baris %(line)s: %(mistake)s") % {"line": mistake.line, "mistake": mistake.message}
            if mistake.line
            else mistake.message,
            line=mistake.line or 0,
            next_step=mistake.hint or _("Perbaiki, lalu simpan lagi."),
        ) from mistake
    if found:
        raise TemplateRefused(
            " ".join(found[:4]), next_step=_("Lengkapi templatnya, lalu simpan lagi.")
        )


def end_template(*, template: PaperTemplate, by: User) -> None:
    """No new paper is set with it; those that were stay as they are."""
    require(by=by, permission=MANAGE_TEMPLATES)
    with transaction.atomic():
        row = PaperTemplate.objects.select_for_update().get(
            pk=template.pk, government_id=by.government_id
        )
        if row.ended_at is not None:
            raise AlreadyEnded(_("Templat ini sudah diakhiri."), next_step=_("Muat ulang halaman."))
        _end(row, by)
        record(
            verb="end-paper-template",
            by=by,
            government=by.government_id,
            subject=f"paper-template:{row.pk}",
            before=_said(row),
        )


def _end(row: PaperTemplate, by: User) -> None:
    row.ended_at, row.ended_by_name = timezone.now(), by.name
    row.save(update_fields=["ended_at", "ended_by_name"])


def _said(row: PaperTemplate) -> dict[str, Any]:
    names = ("name", "version", "title", "kinds", "forms", "rule", "from_year", "until_year")
    return {name: getattr(row, name) for name in names}
