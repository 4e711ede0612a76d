"""What every template can use without loading it: icons, network names, fields, paging."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Names of the networks as they write themselves; no language translates them.
NETWORK_NAMES = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "x": "X",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "threads": "Threads",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "linkedin": "LinkedIn",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
}


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """A picture from icons.svg. Without a label it is decoration, hidden from screen readers."""
    return _drawn(_icons(), name, size, label)


@cache
def _icons() -> str:
    """Files keep their address as long as the process lives."""
    return static("kanal/icons.svg")


@lru_cache(maxsize=1024)
def _drawn(file: str, name: str, size: int, label: str) -> SafeString:
    link = f"{file}#{name}"
    if label:
        return format_html(
            '<svg class="ik" width="{}" height="{}" role="img" aria-label="{}">'
            '<use href="{}"/></svg>',
            str(size),
            str(size),
            label,
            link,
        )
    return format_html(
        '<svg class="ik" width="{}" height="{}" aria-hidden="true"><use href="{}"/></svg>',
        str(size),
        str(size),
        link,
    )


@register.simple_tag
def network_icon(network: str, size: int = 18, label: str = "") -> SafeString:
    return icon(f"brand-{network}", size, label)


@register.filter
def network(key: str) -> str:
    return NETWORK_NAMES.get(key, key)


@register.filter
def percent(part: int, whole: int) -> int:
    return round(part / whole * 100) if whole else 0


@register.inclusion_tag("kanal/field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, Any]:
    """One form field with its label, help and mistakes tied together for screen readers.

    A field that `depends` on what another says is not told to be one that may be empty.
    """
    if help:
        bound.help_text = help
    return {
        "field": bound,
        "label": label or bound.label,
        "is_box": isinstance(bound.field.widget, CheckboxInput),
        "is_group": bound.use_fieldset,
        "required": bound.field.required or getattr(bound.field, "depends", False),
    }


@dataclass(frozen=True)
class Mistake:
    """One thing wrong with a field: where it is, what it is called there, what is wrong."""

    anchor: str
    label: str
    text: str


@register.simple_tag
def mistakes_of(form: BaseForm) -> list[Mistake]:
    """Of the fields that are seen. `in_summary` names a field whose label needs its surroundings."""
    return [
        Mistake(
            # A group of radio buttons has no label of its own: its first button takes the focus.
            bound.id_for_label or f"{bound.auto_id}_0",
            str(getattr(bound.field, "in_summary", bound.label)),
            str(text),
        )
        for bound in form.visible_fields()
        for text in bound.errors
    ]


@register.inclusion_tag("kanal/pages.html", takes_context=True)
def pages(
    context: template.Context, page: Page[Any], what: str = "", target: str = "", name: str = "hal"
) -> dict[str, Any]:
    """Earlier and later pages. `target`: the id htmx replaces; links work without it."""
    request: HttpRequest = context["request"]

    def link(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "what": what,
        "target": target,
        "before": link(page.previous_page_number()) if page.has_previous() else "",
        "after": link(page.next_page_number()) if page.has_next() else "",
    }
