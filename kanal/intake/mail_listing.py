"""The list of mails: which, in which order, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import User
from kanal.intake.mail_tables import WAITING_STATES, Mail, MailQuerySet, MailState
from kanal.intake.mail_words import said
from kanal.lib.chips import Chip

A_PAGE = 40
STATES: dict[str, tuple[Promise, list[MailState]]] = {
    "tunggu": (_("Menunggu"), WAITING_STATES),
    "belum": (_("Belum terfilekan"), [MailState.HELD]),
    "catat": (_("Menunggu dicatat"), [MailState.FILED]),
    "sudah": (_("Sudah dicatat"), [MailState.ENTERED]),
    "bukan": (_("Bukan surat"), [MailState.CLOSED]),
    "lain": (
        _("Otomatis dan ditolak"),
        [MailState.AUTOMATIC, MailState.REFUSED, MailState.ARRIVED],
    ),
    "semua": (_("Semua"), list(MailState)),
}


@dataclass(frozen=True)
class Row:
    """`why`: the reason a person has to look, for a mail that waits or was refused."""

    mail: Mail
    waiting: int | None
    why: str


def searched(rows: MailQuerySet, words: str) -> MailQuerySet:
    if not words:
        return rows
    wanted = (
        Q(subject__icontains=words)
        | Q(sender__icontains=words)
        | Q(sender_name__icontains=words)
        | Q(unit__name__icontains=words)
    )
    number, _slash, year = words.partition("/")
    if number.isdecimal() and len(number) < 8:
        agenda = Q(agenda_number=int(number))
        wanted |= (
            agenda & Q(agenda_year=int(year)) if len(year) == 4 and year.isdecimal() else agenda
        )
    return rows.filter(wanted)


def chips(rows: MailQuerySet) -> list[Chip]:
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        Chip(key, label, sum(counted.get(state, 0) for state in states))
        for key, (label, states) in STATES.items()
    ]


def page_of(rows: MailQuerySet, chosen: str, number: str | None) -> Page[Mail]:
    """What waits stands oldest first, the rest newest first."""
    _label, states = STATES[chosen]
    order = ("received_at", "pk") if set(states) <= set(WAITING_STATES) else ("-received_at", "-pk")
    rows = rows.filter(state__in=states).select_related("unit").defer("body").order_by(*order)
    return Paginator(rows, A_PAGE).get_page(number)


def rows_of(page: Page[Mail], user: User, today: date) -> list[Row]:
    timezone = user.government.timezone
    return [Row(mail, mail.days_waiting(today, timezone), _why(mail)) for mail in page]


def _why(mail: Mail) -> str:
    """Only where somebody has to do something about it."""
    is_open = mail.state in (MailState.HELD, MailState.REFUSED)
    return said(mail.reasons[-1]).what if mail.reasons and is_open else ""
