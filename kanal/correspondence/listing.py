"""The list of an office's papers: which of them, with what to do next, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kanal.correspondence.forms import ListForm
from kanal.correspondence.models import Paper, PaperKind, PaperQuerySet, PaperState
from kanal.correspondence.permissions import heads
from kanal.directory.models import User
from kanal.lib.chips import Chip

A_PAGE = 40


@dataclass(frozen=True)
class Row:
    paper: Paper
    next_step: str
    # Whether the reader is the one who takes it.
    is_mine: bool


def searched(rows: PaperQuerySet, words: str, unit: str) -> PaperQuerySet:
    """Receipts stand in the agenda, not here."""
    rows = rows.exclude(kind=PaperKind.RECEIPT)
    if unit:
        rows = rows.filter(unit__code=unit)
    if not words:
        return rows
    return rows.filter(
        Q(number_text__icontains=words)
        | Q(unit__name__icontains=words)
        | Q(officers__full_name__icontains=words)
        | Q(code__istartswith=words)
    ).distinct()


def chips(rows: PaperQuerySet) -> list[Chip]:
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    counts: dict[str, int] = {state.value: counted.get(state.value, 0) for state in PaperState}
    counts["semua"] = sum(counted.values())
    return [Chip(key, label, counts[key]) for key, label in ListForm.STATES.items()]


def page_of(rows: PaperQuerySet, chosen: str, number: str | None) -> Page[Paper]:
    if chosen in PaperState.values:
        rows = rows.filter(state=chosen)
    rows = rows.select_related("unit", "letter").order_by("-drafted_at", "-pk")
    return Paginator(rows, A_PAGE).get_page(number)


def rows_of(page: Page[Paper], user: User) -> list[Row]:
    return [Row(paper, *next_step(paper, user)) for paper in page]


def next_step(paper: Paper, user: User) -> tuple[str, bool]:
    is_head = heads(user, paper.unit)
    if paper.state == PaperState.DRAFT:
        return (_("Periksa, lalu setujui") if is_head else _("Menunggu kepala kantor")), is_head
    if paper.state == PaperState.APPROVED:
        return (_("Tanda tangani") if is_head else _("Menunggu tanda tangan kepala")), is_head
    if paper.state == PaperState.SIGNED:
        return (_("Kirim ke Diskominfotik") if paper.is_letter else _("Kirim")), True
    if paper.state == PaperState.SENT and paper.letter is not None:
        return paper.letter.get_state_display(), False
    return "", False
