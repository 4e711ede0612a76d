"""Under a field the picture its proposed value was read from, or that it was not read."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

from kanal.intake.entry import Entry
from kanal.intake.proposals import DUTIES

register = template.Library()


@register.inclusion_tag("intake/proposed.html")
def proposed(entry: Entry, bound: BoundField) -> dict[str, Any]:
    proposals = entry.proposals
    # Duties stand once in a letter and apply to all its officers.
    name = DUTIES if bound.name == DUTIES else bound.html_name
    return {
        "mark": proposals.marks.get(name) if proposals else None,
        "note": proposals.notes.get(name) if proposals else None,
        "ticked": bound.html_name in entry.ticked,
        "id": bound.auto_id,
        "label": bound.label,
    }
