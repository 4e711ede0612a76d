"""The picture a proposed value was read from, under its field."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

from kanal.intake.entry import Entry

register = template.Library()


@register.inclusion_tag("intake/proposed.html")
def proposed(entry: Entry, bound: BoundField) -> dict[str, Any]:
    mark = entry.proposals.marks.get(bound.html_name) if entry.proposals else None
    return {
        "mark": mark,
        "ticked": bound.html_name in entry.ticked,
        "id": bound.auto_id,
        "label": bound.label,
    }
