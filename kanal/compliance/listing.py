"""The list under the board: which units are asked for, in which order, which page of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kanal.compliance.figures import Figures, count_stages, with_stage
from kanal.compliance.rows import Row, Staged
from kanal.compliance.stages import OPEN, Stage, late, late_days, stage_of, waited_for_since
from kanal.directory.models import Unit, UnitClass
from kanal.lib.dates import say_day
from kanal.lib.statements import asked
from kanal.lib.templatetags.kanal import network, network_icon
from kanal.mandates.models import WAITED_FOR_SINCE, UnitStatus

NEEDS_ACTION, LATE, UNDELIVERED, EVERY = "perlu", "telat", "tak-sampai", "semua"
STAGES: dict[str, frozenset[str]] = {
    NEEDS_ACTION: frozenset({*OPEN, Stage.UNKNOWN}),
    LATE: frozenset(OPEN),
    UNDELIVERED: frozenset(Stage),
    Stage.NONE: frozenset({Stage.NONE}),
    Stage.NAMED: frozenset({Stage.NAMED}),
    Stage.SOFT: frozenset({Stage.SOFT}),
    Stage.UNKNOWN: frozenset({Stage.UNKNOWN}),
    Stage.NIL: frozenset({Stage.NIL}),
    Stage.COMPLETE: frozenset({Stage.COMPLETE}),
    EVERY: frozenset(Stage),
}
LABELS: dict[str, str | Promise] = {
    NEEDS_ACTION: gettext_lazy("Perlu tindakan"),
    LATE: gettext_lazy("Lewat batas"),
    UNDELIVERED: gettext_lazy("Belum tersampaikan"),
    EVERY: gettext_lazy("Semua"),
}
WHOLE_GOVERNMENT = "provinsi"
PER_PAGE = (10, 25)


@dataclass(frozen=True)
class Wanted:
    words: str = ""
    unit_class: str = ""
    region: str = ""
    status: str = NEEDS_ACTION
    page: str = "1"
    per: int = PER_PAGE[0]

    @classmethod
    def from_query(cls, query: QueryDict) -> Wanted:
        """What makes no sense counts as not asked."""
        kind, status, per = query.get("jenis", ""), query.get("status", ""), query.get("per", "")
        return cls(
            words=" ".join(query.get("cari", "").replace("\0", "").split())[:100],
            unit_class=kind if kind in UnitClass.values else "",
            region=query.get("wilayah", "").replace("\0", "")[:20],
            status=status if status in STAGES else NEEDS_ACTION,
            page=query.get("hal", "1"),
            per=int(per) if per in map(str, PER_PAGE) else PER_PAGE[0],
        )

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.unit_class or self.region)


@dataclass(frozen=True)
class Chip:
    status: str
    label: str | Promise
    count: int
    chosen: bool


def chips(stages: Counter[str], late_units: int, undelivered: int, wanted: Wanted) -> list[Chip]:
    found = []
    counted = {LATE: late_units, UNDELIVERED: undelivered}
    for status, included in STAGES.items():
        count = counted.get(status)
        if count is None:
            count = sum(stages[stage] for stage in included)
        if status == UNDELIVERED and not count and wanted.status != UNDELIVERED:
            continue
        found.append(Chip(status, label_of(status), count, status == wanted.status))
    return found


def label_of(status: str) -> str | Promise:
    return LABELS.get(status) or Stage(status).label


class Selection:
    """Rows in memory, narrowed and sorted as wanted: small boards and past days."""

    def __init__(
        self, rows: Iterable[Staged], government_id: int, day: date, wanted: Wanted
    ) -> None:
        self.day, self.wanted = day, wanted
        named = _named(government_id, wanted.words) if wanted.words else None
        self._staged = [one for one in rows if _matches(one.row, wanted, named)]

    def chips(self) -> list[Chip]:
        stages = Counter[str](one.stage for one in self._staged)
        late_units = sum(one.late > 0 for one in self._staged)
        undelivered = sum(one.row.undelivered_since is not None for one in self._staged)
        return chips(stages, late_units, undelivered, self.wanted)

    def rows(self) -> list[Row]:
        wanted = STAGES[self.wanted.status]
        chosen = [one for one in self._staged if one.stage in wanted]
        if self.wanted.status == LATE:
            chosen = [one for one in chosen if one.late]
        if self.wanted.status == UNDELIVERED:
            chosen = [one for one in chosen if one.row.undelivered_since]
        chosen.sort(key=self._order)
        return [one.row for one in chosen]

    def _order(self, staged: Staged) -> tuple[date, int]:
        row, stage, _late = staged
        if self.wanted.status == UNDELIVERED:
            return row.undelivered_since or date.max, row.unit_id
        return waited_for_since(row, stage, self.day) or date.max, row.unit_id

    def page(self) -> Page[Row]:
        return Paginator(self.rows(), self.wanted.per).get_page(self.wanted.page)


def _named(government_id: int, words: str) -> set[int]:
    units = Unit.objects.filter(government_id=government_id).named_like(words)
    return set(units.values_list("pk", flat=True))


def _matches(row: Row, wanted: Wanted, named: set[int] | None) -> bool:
    if wanted.unit_class and row.unit_class != wanted.unit_class:
        return False
    if wanted.region and row.region != _region(wanted):
        return False
    if named is None:
        return True
    return row.unit_id in named or wanted.words.casefold() in row.officer_names.casefold()


def _region(wanted: Wanted) -> str:
    return "" if wanted.region == WHOLE_GOVERNMENT else wanted.region


class Query:
    """The same as a query, for boards too large to read row by row.

    Rows are read in the order of an index and counted beforehand, so a page costs its rows.
    """

    def __init__(
        self, statuses: QuerySet[UnitStatus], government_id: int, day: date, wanted: Wanted
    ) -> None:
        self.day, self.wanted = day, wanted
        self._matching = _narrowed(statuses, government_id, wanted)

    def chips(self, figures: Figures) -> list[Chip]:
        if not self.wanted.words and not self.wanted.region:
            kinds = [self.wanted.unit_class] if self.wanted.unit_class else figures.classes
            stages = sum((figures.stages[kind] for kind in kinds), Counter[str]())
            late_units = sum(figures.late[kind] for kind in kinds)
            undelivered = sum(figures.undelivered[kind] for kind in kinds)
            return chips(stages, late_units, undelivered, self.wanted)
        return chips(*count_stages(self._matching, self.day), self.wanted)

    def rows(self) -> QuerySet[Any, Any]:
        included = STAGES[self.wanted.status]
        found = with_stage(self._matching, self.day).filter(stage__in=sorted(included))
        if self.wanted.status == LATE:
            found = found.filter(late(self.day))
        if self.wanted.status == UNDELIVERED:
            found = found.filter(undelivered_since__isnull=False)
            return found.order_by("undelivered_since", "unit_id").values_list(*Row._fields)
        waiting = included & {*OPEN}
        order = (WAITED_FOR_SINCE, "unit_id") if waiting else ("unit_id",)
        return found.order_by(*order).values_list(*Row._fields)

    def page(self, total: int) -> Page[Row]:
        found: Any = _Counted(self.rows(), total)
        return Paginator(found, self.wanted.per).get_page(self.wanted.page)


def _narrowed(
    statuses: QuerySet[UnitStatus], government_id: int, wanted: Wanted
) -> QuerySet[UnitStatus]:
    narrowed = Q()
    if wanted.unit_class:
        narrowed &= Q(unit_class=wanted.unit_class)
    if wanted.region:
        narrowed &= Q(region=_region(wanted))
    if wanted.words:
        named = Unit.objects.filter(government_id=government_id).named_like(wanted.words)
        officers = statuses.filter(officer_names__icontains=wanted.words)
        narrowed &= Q(unit_id__in=named.values("pk").union(officers.values("unit_id"), all=True))
    return statuses.filter(narrowed)


class _Counted:
    """For a paginator: a query whose number of rows is known, so that nobody counts again."""

    def __init__(self, found: QuerySet[Any, Any], total: int) -> None:
        self._found, self._total = found, total

    def count(self) -> int:
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> list[Row]:
        return [Row._make(values) for values in self._found[part]]


@dataclass(frozen=True)
class Offer:
    """A link that says what it is for; `is_main` is the one thing to do here today."""

    label: str
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class Line:
    """One unit as the list shows it."""

    row: Row
    unit: Unit
    place: str
    stage: Stage
    late: int
    days_left: int | None
    offers: tuple[Offer, ...] = ()

    @property
    def softcopy_on(self) -> date | None:
        return self.row.softcopy_on if self.stage in (Stage.SOFT, Stage.COMPLETE) else None

    @property
    def hardcopy_on(self) -> date | None:
        return self.row.hardcopy_on if self.stage == Stage.COMPLETE else None

    # Said here and not by filters: the list is the dearest part of the page, line by line.

    @property
    def softcopy(self) -> str:
        return _short(self.softcopy_on)

    @property
    def hardcopy(self) -> str:
        return _short(self.hardcopy_on)

    @property
    def due(self) -> str:
        if self.late:
            return ngettext("lewat %(days)d hari", "lewat %(days)d hari", self.late) % {
                "days": self.late
            }
        if self.days_left is not None:
            return ngettext("%(days)d hari lagi", "%(days)d hari lagi", self.days_left) % {
                "days": self.days_left
            }
        return _("selesai") if self.stage == Stage.COMPLETE else "–"

    @property
    def networks(self) -> SafeString:
        return format_html_join(
            mark_safe('<span class="sr">, </span>'),
            "{}",
            ((_network(key),) for key in self.row.networks),
        )


def _short(day: date | None) -> str:
    return say_day(day, get_language() or "id", short=True) if day else ""


@cache
def _network(key: str) -> SafeString:
    return format_html('{}<span class="sr">{}</span>', network_icon(key), network(key))


# Asked by every board, so put together once.
_NAMES = """
select id, government_id, code, name, path, unit_class from directory_unit
where government_id = %(government)s
    and (id = any(%(units)s) or code = any(%(districts)s) or unit_class = any(%(cities)s))
order by code
"""
_UNIT_COLUMNS = ("id", "government_id", "code", "name", "path")
_CITIES = [UnitClass.CITY.value, UnitClass.REGENCY.value]


@dataclass(frozen=True)
class Names:
    """Units of one page, their districts' names, and every city's, in one query."""

    units: dict[int, Unit]
    districts: dict[str, str]
    regions: dict[str, str]

    @classmethod
    def of(cls, government_id: int, rows: Sequence[Row]) -> Names:
        wanted = {row.unit_id for row in rows}
        districts = {row.district for row in rows if row.unit_class == UnitClass.VILLAGE}
        told = asked(
            _NAMES,
            government=government_id,
            units=list(wanted),
            districts=list(districts),
            cities=_CITIES,
        )
        # Only the page's own become models: a whole country has hundreds of cities.
        found = [
            Unit.from_db(DEFAULT_DB_ALIAS, _UNIT_COLUMNS, values)
            for *values, _class in told
            if values[0] in wanted or values[2] in districts
        ]
        return cls(
            units={unit.pk: unit for unit in found},
            districts={unit.code: unit.short for unit in found},
            regions={code: name for _id, _of, code, name, _path, kind in told if kind in _CITIES},
        )

    def line(self, row: Row, day: date) -> Line:
        stage = stage_of(row, day)
        late_for = late_days(row, stage, day)
        to_come = row.due_on is not None and stage in OPEN and not late_for
        left = (row.due_on - day).days if to_come and row.due_on else None
        return Line(
            row, self.units[row.unit_id], self._place(row), stage, late_for,
            left if left is None or left >= 0 else 0,
        )  # fmt: skip

    def _place(self, row: Row) -> str:
        parts = []
        if row.unit_class == UnitClass.VILLAGE:
            parts.append(self.districts.get(row.district, ""))
        if row.unit_class not in (UnitClass.CITY, UnitClass.REGENCY):
            parts.append(self.regions.get(row.region, "") if row.region else "")
        return ", ".join(part for part in parts if part)
