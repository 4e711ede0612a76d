"""The journal as a page: who did what, when, under which letter, and what it was before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kanal.desk.journal_words import SENTENCES, sentence
from kanal.directory.models import Government, Unit, User
from kanal.directory.permissions import READ_JOURNAL, requires
from kanal.journal import sealing
from kanal.journal.models import Entry, EntryQuerySet
from kanal.lib.refusal import Words

PAGE = 50
_POSITION = "sebelum"


class FilterForm(forms.Form):
    kantor = forms.CharField(label=_("Kantor"), required=False, max_length=200)
    surat = forms.CharField(label=_("Nomor surat"), required=False, max_length=100)
    pelaku = forms.CharField(label=_("Pelaku"), required=False, max_length=160)
    perbuatan = forms.ChoiceField(
        label=_("Perbuatan"), required=False, choices=[("", _("Semua")), *SENTENCES.items()]
    )
    dari = forms.DateField(label=_("Dari tanggal"), required=False)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("dari", "sampai"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True)
class Change:
    """One fact of a row, as it was and as it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    entry: Entry
    sentence: Words
    unit: str
    changes: list[Change]


@requires(READ_JOURNAL)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    government = request.user.government
    form = FilterForm(request.GET)
    entries = Entry.objects.of(government.pk)
    if form.is_valid():
        entries = _filtered(entries, form.cleaned_data, government)
    page, older = _page(entries, request.GET)
    context = {
        "form": form,
        "lines": _lines(page, government),
        "older": older,
        "newest": _without_position(request.GET) if _POSITION in request.GET else "",
        "seals": sealing.state(),
    }
    with timezone.override(ZoneInfo(government.timezone)):
        return render(request, "desk/journal.html", context, status=422 if form.errors else 200)


def _filtered(
    entries: EntryQuerySet, asked: dict[str, Any], government: Government
) -> EntryQuerySet:
    if asked["kantor"]:
        entries = entries.in_units(_codes(asked["kantor"], government))
    if asked["surat"]:
        entries = entries.under_letter(asked["surat"])
    if asked["pelaku"]:
        entries = entries.by_actor(asked["pelaku"])
    if asked["perbuatan"]:
        entries = entries.saying(asked["perbuatan"])
    if asked["dari"]:
        entries = entries.since(asked["dari"], government.timezone)
    if asked["sampai"]:
        entries = entries.until(asked["sampai"], government.timezone)
    return entries


def _codes(words: str, government: Government) -> QuerySet[Unit, str]:
    """By code, or by a part of the name."""
    units = Unit.objects.filter(government=government)
    found = units.filter(Q(code=words) | Q(pk__in=units.named_like(words).values("pk")))
    return found.values_list("code", flat=True)


def _page(entries: EntryQuerySet, query: QueryDict) -> tuple[list[Entry], str]:
    """The rows of this page, and the query of the older ones."""
    position = _read_position(query.get(_POSITION, ""))
    if position is not None:
        entries = entries.before_row(*position)
    page = list(entries.newest_first()[: PAGE + 1])
    if len(page) <= PAGE:
        return page, ""
    last = page[PAGE - 1]
    older = query.copy()
    older[_POSITION] = f"{last.at.isoformat()}~{last.pk}"
    return page[:PAGE], f"?{older.urlencode()}"


def _read_position(text: str) -> tuple[datetime, int] | None:
    """A position somebody mangled means the first page."""
    at, _tilde, number = text.partition("~")
    try:
        instant = datetime.fromisoformat(at)
        return (instant, int(number)) if instant.tzinfo else None
    except ValueError:
        return None


def _without_position(query: QueryDict) -> str:
    newest = query.copy()
    del newest[_POSITION]
    return f"?{newest.urlencode()}"


def _lines(entries: list[Entry], government: Government) -> list[Line]:
    codes = {entry.unit for entry in entries if entry.unit}
    names = dict(
        Unit.objects.filter(government=government, code__in=codes).values_list("code", "name")
    )
    return [
        Line(
            entry=entry,
            sentence=sentence(entry.verb),
            unit=names.get(entry.unit, entry.unit),
            changes=_changes(entry.before, entry.after),
        )
        for entry in entries
    ]


def _changes(before: Any, after: Any) -> list[Change]:
    old, new = _facts(before), _facts(after)
    return [
        Change(name, _shown(old.get(name)), _shown(new.get(name)))
        for name in [*old, *(name for name in new if name not in old)]
    ]


def _facts(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _shown(value: Any) -> str:
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
