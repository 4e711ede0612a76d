"""Which template a paper is set with: the office's own before ours, the newest rule first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kanal.lib.refusal import Refused
from kanal.paper.composing.facts import Facts
from kanal.paper.composing.template import Template, fitting
from kanal.stationery.models import PaperTemplate


class NoTemplate(Refused):
    """No rule in the list covers this kind, form and year."""

    status = 422


def as_template(row: PaperTemplate) -> Template:
    """Raises TemplateMistake, which a row that was tried before it was added does not."""
    return Template.from_text(
        row.source,
        {
            "name": row.name,
            "title": row.title,
            "kinds": row.kinds,
            "forms": row.forms,
            "rule": row.rule,
            "from_year": row.from_year,
            "until_year": row.until_year,
            "style": {"font": row.font, "size": row.size},
        },
    )


def template_for(government_id: int, facts: Facts) -> tuple[Template, PaperTemplate | None]:
    """With its row where it is the office's own."""
    rows = PaperTemplate.objects.standing().filter(
        government_id=government_id,
        kinds__contains=[facts.kind.value],
        forms__contains=[facts.form.value],
        from_year__lte=facts.date.year,
    )
    for row in rows.order_by("-from_year", "-pk"):
        if row.until_year is None or facts.date.year <= row.until_year:
            return as_template(row), row
    ours = fitting(facts)
    if not ours:
        raise NoTemplate(
            _("Belum ada templat untuk bentuk surat ini pada tahun %(year)s.")
            % {"year": facts.date.year},
            next_step=_("Pilih bentuk lain, atau minta administrator menambah templat."),
            field="form",
        )
    return ours[0], None
