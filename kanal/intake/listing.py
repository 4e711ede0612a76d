"""The list of letters: which of them, in which order, with their receipts, in a fixed number of
queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from kanal.appointments.models import Letter, LetterOfficer, LetterQuerySet, LetterState
from kanal.directory.models import User
from kanal.intake.forms import FilterForm
from kanal.intake.models import Medium, Receipt
from kanal.lib.chips import Chip
from kanal.lib.dates import local_day
from kanal.lib.numbers import fold_letter_number

A_PAGE = 40
STATE_OF = {
    "menunggu": LetterState.SUBMITTED,
    "ditunda": LetterState.HELD,
    "dikembalikan": LetterState.RETURNED,
    "diterima": LetterState.ACCEPTED,
}


@dataclass(frozen=True)
class Row:
    letter: Letter
    softcopy: Receipt | None
    hardcopy: Receipt | None
    # Days since it came in, while it waits for a decision.
    waiting: int | None

    @property
    def agenda(self) -> str:
        first = self.softcopy or self.hardcopy
        return first.agenda if first else ""


def searched(rows: LetterQuerySet, words: str, unit: str) -> LetterQuerySet:
    if unit:
        rows = rows.filter(unit__code=unit)
    if not words:
        return rows
    named = LetterOfficer.objects.filter(letter=OuterRef("pk"), person__name__icontains=words)
    wanted: Q = (
        Q(subject__icontains=words)
        | Q(unit__name__icontains=words)
        | Q(unit__abbreviation__icontains=words)
        | Q(signer_name__icontains=words)
        | Q(Exists(named))
    )
    if key := fold_letter_number(words):
        wanted |= Q(number_key__contains=key)
    if agenda := _agenda(words):
        wanted |= Q(Exists(Receipt.objects.filter(agenda, letter=OuterRef("pk"))))
    return rows.filter(wanted)


def _agenda(words: str) -> Q | None:
    """`0012/2026`, or the number alone."""
    number, _slash, year = words.partition("/")
    if not number.isdecimal() or len(number) > 7:
        return None
    found = Q(agenda_number=int(number))
    return found & Q(agenda_year=int(year)) if year.isdecimal() and len(year) == 4 else found


def chips(rows: LetterQuerySet) -> list[Chip]:
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    counts = {key: counted.get(state, 0) for key, state in STATE_OF.items()}
    counts["semua"] = sum(counted.values())
    return [Chip(key, label, counts[key]) for key, label in FilterForm.STATES.items()]


def page_of(rows: LetterQuerySet, chosen: str, number: str | None) -> Page[Letter]:
    """Waiting letters stand oldest first; decided ones newest first."""
    if chosen in STATE_OF:
        rows = rows.filter(state=STATE_OF[chosen])
    order = (
        ("submitted_at", "pk") if chosen in ("menunggu", "ditunda") else ("-submitted_at", "-pk")
    )
    standing = Prefetch("receipts", Receipt.objects.standing(), to_attr="standing_receipts")
    rows = rows.select_related("unit").prefetch_related(standing).order_by(*order)
    return Paginator(rows, A_PAGE).get_page(number)


def rows_of(page: Page[Letter], user: User, today: date) -> list[Row]:
    return [_row(letter, user.government.timezone, today) for letter in page]


def _row(letter: Letter, timezone: str, today: date) -> Row:
    receipts: list[Receipt] = letter.standing_receipts  # type: ignore[attr-defined]
    by_medium = {receipt.medium: receipt for receipt in receipts}
    came = local_day(letter.submitted_at, timezone)
    return Row(
        letter,
        by_medium.get(Medium.SOFTCOPY),
        by_medium.get(Medium.HARDCOPY),
        (today - came).days if letter.is_waiting else None,
    )
