"""Everything the board counts: stages and lateness by class, districts, softcopies by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, QuerySet, Value, When
from django.db.models.functions import Greatest

from kanal.compliance.rows import Staged
from kanal.compliance.stages import OPEN, Stage, late, stage_sql, waited_for_since_sql
from kanal.directory.models import UnitClass
from kanal.mandates.models import UnitStatus

WEEKS = 5
WITH_ACCOUNTS = {Stage.COMPLETE, *OPEN}


@dataclass(frozen=True)
class Window:
    """The days of the pace: whole weeks from a Sunday, the deadline inside if it is near."""

    first: date
    last: date

    @classmethod
    def around(cls, day: date, due: date | None) -> Window:
        first = day - timedelta(weeks=WEEKS)
        if due is not None and day - timedelta(weeks=2 * WEEKS) <= due <= day:
            first = min(first, due - timedelta(weeks=WEEKS - 1))
        return cls(first - timedelta(days=(first.weekday() + 1) % 7), day)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def index(self, day: date) -> int:
        return (day - self.first).days


@dataclass
class District:
    units: int = 0
    with_accounts: int = 0
    complete: int = 0


@dataclass
class Figures:
    window: Window
    stages: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    late: Counter[str] = field(default_factory=Counter)
    # Offices that the instruction, or a circular after it, has not reached.
    undelivered: Counter[str] = field(default_factory=Counter)
    # By class: on how many units' newest softcopy each day ended; earlier days on the first.
    soft: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    districts: dict[str, District] = field(default_factory=lambda: defaultdict(District))
    counted_at: datetime | None = None

    @property
    def classes(self) -> list[str]:
        return [kind for kind in UnitClass.values if kind in self.stages]

    def stage(self, *stages: str, of: str | None = None) -> int:
        counts = self.stages.values() if of is None else [self.stages[of]]
        return sum(count[stage] for count in counts for stage in stages)

    def units(self, of: str | None = None) -> int:
        return self.stage(*Stage.values, of=of)

    def with_accounts(self, of: str | None = None) -> int:
        return self.stage(*WITH_ACCOUNTS, of=of)

    def pace(self, of: str) -> list[float]:
        """The share of units with accounts whose softcopy had come, day by day."""
        base = self.with_accounts(of)
        reached, shares = 0, []
        for n in range(self.window.days):
            reached += self.soft[of][self.window.first + timedelta(days=n)]
            shares.append(reached / base if base else 0.0)
        return shares


def count(rows: Iterable[Staged], window: Window) -> Figures:
    found = Figures(window)
    for row, stage, late_for in rows:
        found.stages[row.unit_class][stage] += 1
        if late_for:
            found.late[row.unit_class] += 1
        if row.undelivered_since:
            found.undelivered[row.unit_class] += 1
        if stage in (Stage.SOFT, Stage.COMPLETE) and row.softcopy_on:
            found.soft[row.unit_class][max(row.softcopy_on, window.first)] += 1
        if row.unit_class == UnitClass.VILLAGE:
            district = found.districts[row.district]
            district.units += 1
            district.with_accounts += stage in WITH_ACCOUNTS
            district.complete += stage == Stage.COMPLETE
    return found


def with_stage(statuses: QuerySet[UnitStatus], day: date) -> QuerySet[Any, Any]:
    return statuses.annotate(stage=stage_sql(day)).annotate(since=waited_for_since_sql(day))


def count_in_database(statuses: QuerySet[UnitStatus], window: Window) -> Figures:
    """The same without the districts, for boards too large to read row by row."""
    day = window.last
    found = Figures(window)
    is_late = Case(When(late(day), then=Value(True)), default=False, output_field=BooleanField())
    soft = Case(
        When(
            stage__in=[Stage.SOFT.value, Stage.COMPLETE.value],
            then=Greatest("softcopy_on", Value(window.first)),
        )
    )
    groups = (
        with_stage(statuses, day)
        .annotate(is_late=is_late, soft=soft)
        .values_list("unit_class", "stage", "is_late", "soft")
        .annotate(n=Count("*"), undelivered=Count("undelivered_since"))
    )
    for kind, stage, came_late, soft_on, n, undelivered in groups:
        found.stages[kind][stage] += n
        if undelivered:
            found.undelivered[kind] += undelivered
        if came_late:
            found.late[kind] += n
        if soft_on:
            found.soft[kind][soft_on] += n
    return found


def count_stages(statuses: QuerySet[UnitStatus], day: date) -> tuple[Counter[str], int, int]:
    """How many units of a selection stand at each stage, how many of them are late, and how many

    of them something has not reached.
    """
    stages: Counter[str] = Counter()
    late_units = undelivered = 0
    for stage, n, came_late, unreached in (
        with_stage(statuses, day)
        .values_list("stage")
        .annotate(
            n=Count("*"),
            late=Count("pk", filter=late(day)),
            unreached=Count("undelivered_since"),
        )
        .order_by()
    ):
        stages[stage] += n
        late_units += came_late
        undelivered += unreached
    return stages, late_units, undelivered


def keep(figures: Figures) -> dict[str, Any]:
    """As JSON."""
    return {
        "first": figures.window.first.isoformat(),
        "stages": figures.stages,
        "late": figures.late,
        "undelivered": figures.undelivered,
        "soft": {
            kind: {day.isoformat(): n for day, n in days.items()}
            for kind, days in figures.soft.items()
        },
        "districts": {code: astuple(district) for code, district in figures.districts.items()},
    }


def kept(counts: dict[str, Any], day: date, counted_at: datetime | None) -> Figures:
    return Figures(
        Window(date.fromisoformat(counts["first"]), day),
        stages=defaultdict(
            Counter, {kind: Counter(stages) for kind, stages in counts["stages"].items()}
        ),
        late=Counter(counts["late"]),
        undelivered=Counter(counts.get("undelivered", {})),
        soft=defaultdict(
            Counter,
            {
                kind: Counter({date.fromisoformat(day): n for day, n in days.items()})
                for kind, days in counts["soft"].items()
            },
        ),
        districts=defaultdict(
            District, {code: District(*numbers) for code, numbers in counts["districts"].items()}
        ),
        counted_at=counted_at,
    )
