"""The lists: circulars with their progress, and the offices of one, before and after service."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kanal.circulars import addressing, pictures
from kanal.circulars.models import UNREACHED, Circular, Fate, Notice, NoticeQuerySet, fate
from kanal.directory.models import Unit, UnitClass, UnitQuerySet
from kanal.lib.chips import Chip

A_PAGE = 40
SHEETS_A_PAGE = 100
EVERY, OPEN = "semua", "belum"
# Who gets a sheet of paper: whom nothing reached, whoever has not acknowledged, everybody.
SHEETS = {
    "gagal": _("Yang belum tersampaikan"),
    OPEN: _("Yang belum menyatakan terima"),
    EVERY: _("Semua kantor"),
}


@dataclass(frozen=True)
class Part:
    """One colour of the bar with what it says."""

    fate: Fate
    colour: str
    count: int


@dataclass(frozen=True)
class Tally:
    """How many notices of a circular met which fate."""

    counts: Counter[str]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def acknowledged(self) -> int:
        return self.counts[Fate.ACKNOWLEDGED]

    @property
    def waiting(self) -> int:
        return self.counts[Fate.WAITING]

    @property
    def unreached(self) -> int:
        return sum(self.counts[fate] for fate in UNREACHED)

    @cached_property
    def parts(self) -> list[Part]:
        return [
            Part(fate, colour, self.counts[fate])
            for fate, colour in pictures.COLOURS.items()
            if self.counts[fate]
        ]

    @property
    def bar(self) -> SafeString:
        return pictures.bar(self.counts, self.total)


def tallies(circulars: Iterable[Circular]) -> dict[int, Tally]:
    """By circular, in one query."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Notice.objects.filter(circular__in=[each.pk for each in circulars])
    counted = rows.annotate(fate=fate()).values_list("circular_id", "fate").annotate(n=Count("pk"))
    for circular, met, n in counted:
        counts[circular][met] = n
    return {each.pk: Tally(counts[each.pk]) for each in circulars}


def chips(tally: Tally) -> list[Chip]:
    found = [Chip(EVERY, _("Semua"), tally.total)]
    unreached = Chip("gagal", Fate.FAILED.label, tally.unreached)
    others = [
        Chip(each.value, each.label, tally.counts[each])
        for each in Fate
        if each not in UNREACHED and tally.counts[each]
    ]
    return [*found, *([unreached] if tally.unreached else []), *others]


def of_fate(notices: NoticeQuerySet, chosen: str) -> NoticeQuerySet:
    """`gagal` takes in those without an address: nothing reached them either."""
    if chosen == Fate.FAILED:
        return notices.unreached()
    if chosen == OPEN:
        return notices.unacknowledged()
    if chosen in Fate.values:
        return notices.annotate(fate=fate()).filter(fate=chosen)
    return notices


def page_of(notices: NoticeQuerySet, chosen: str, words: str, number: str | None) -> Page[Notice]:
    found = of_fate(notices, chosen)
    if words:
        found = found.filter(
            Q(unit__name__icontains=words)
            | Q(unit__abbreviation__icontains=words)
            | Q(unit__code__startswith=words)
        )
    rows = found.with_fate().select_related("unit", "message").order_by("unit_id")
    rows = rows.prefetch_related("acknowledgements")
    return Paginator(rows, A_PAGE).get_page(number)


def sheets_of(circular: Circular, whose: str, region: str, number: str | None) -> Page[Notice]:
    """A hundred sheets at a time, in the order of the offices' codes."""
    found = of_fate(circular.notices.all(), whose)
    if region:
        found = found.filter(unit__region_code__startswith=region)
    rows = found.select_related("unit").order_by("unit__code", "pk")
    return Paginator(rows, SHEETS_A_PAGE).get_page(number)


def regions(government_id: int) -> list[tuple[str, str]]:
    cities = Unit.objects.filter(
        government_id=government_id, unit_class__in=[UnitClass.CITY, UnitClass.REGENCY]
    )
    found = cities.exclude(region_code="").order_by("region_code")
    return list(found.values_list("region_code", "name"))


@dataclass(frozen=True)
class Preview:
    """Whom a press would reach, before it is made."""

    reach: addressing.Reach
    chosen: str
    page: Page[Unit]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(addressing.WITH_ADDRESS, _("Dikirim lewat surel"), self.reach.by_mail),
            Chip(addressing.WITHOUT_ADDRESS, _("Tanpa alamat surel"), self.reach.without),
            Chip(addressing.DEAD_ADDRESS, _("Alamatnya mati"), self.reach.dead),
        ]


def preview(circular: Circular, day: date, chosen: str, number: str | None) -> Preview:
    units: UnitQuerySet = addressing.left(circular, day)
    kinds = (addressing.WITH_ADDRESS, addressing.WITHOUT_ADDRESS, addressing.DEAD_ADDRESS)
    chosen = chosen if chosen in kinds else addressing.WITH_ADDRESS
    rows = addressing.by_address(units, chosen).order_by("path")
    return Preview(addressing.reach(units), chosen, Paginator(rows, A_PAGE).get_page(number))
