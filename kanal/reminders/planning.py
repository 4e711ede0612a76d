"""Who would be reminded of what on a day: worked out whole before anything is sent or shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, When

from kanal.compliance.stages import Stage, stage_sql, waited_for_since_sql
from kanal.lib.workdays import Calendar
from kanal.mandates.models import Mandate, UnitStatus
from kanal.reminders.models import Rule, Run, Sent, Step
from kanal.reminders.occurrences import due, upcoming
from kanal.reminders.recipients import Reachable, Reached, Recipient, reachable
from kanal.reminders.wording import Office

Cell = tuple[str, date]  # a stage, and the day it is counted from


@dataclass(frozen=True, slots=True)
class Timed:
    """A rule, and which of its times has come."""

    rule: Rule
    occurrence: int
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One office, one rule, one step: a message to each recipient there."""

    unit_id: int
    office: Office
    timed: Timed
    reached: Reached

    @property
    def rule(self) -> Rule:
        return self.timed.rule

    @property
    def stage(self) -> Stage:
        return Stage(self.office.stage)

    @property
    def step(self) -> Step:
        return Step(self.reached.step)

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return self.reached.recipients

    @property
    def went_up(self) -> bool:
        return self.reached.step != self.timed.rule.step


@dataclass
class Plan:
    """`messages` counts mails: all that goes to one verifier in a day is one."""

    mandate: Mandate
    day: date
    lines: list[Line] = field(default_factory=list)

    @property
    def units(self) -> int:
        return len({line.unit_id for line in self.lines})

    @property
    def messages(self) -> int:
        single = sum(len(line.recipients) for line in self.lines if line.step != Step.VERIFIER)
        return single + len(self.verifiers)

    @property
    def verifiers(self) -> set[str]:
        return {
            one.address
            for line in self.lines
            if line.step == Step.VERIFIER
            for one in line.recipients
        }

    def by_step(self) -> Counter[str]:
        return Counter(line.reached.step for line in self.lines)

    def by_stage(self) -> Counter[str]:
        return Counter(line.office.stage for line in self.lines)

    def figures(self) -> dict[str, int]:
        steps = self.by_step()
        return {
            "units": self.units,
            "messages": self.messages,
            "went_up": sum(line.went_up for line in self.lines),
            "dead": len({address for line in self.lines for address in line.reached.dead}),
            **{str(step): steps[step] for step in Step},
        }


def plan(mandate: Mandate, day: date, *, calendar: Calendar, first: date | None = None) -> Plan:
    """What would leave on the day, as everything is known now.

    Whatever was missed since `first`, by default the last run, is made good once: an office gets
    the newest only.
    """
    made = Plan(mandate, day)
    rules = list(mandate.reminder_rules.active(day))
    statuses = _statuses(mandate, day)
    first = first or _missed_since(mandate, day)
    came = _come(rules, statuses, first=first, day=day, calendar=calendar)
    if not came:
        return made
    rows = statuses.filter(_in_cells(came))
    offices = {row[0]: Office(*row[1:]) for row in rows.values_list(*_COLUMNS)}
    there = reachable(mandate.government_id, offices, day)
    already = _already(came)
    for unit, office in offices.items():
        times = came.get((office.stage, office.counted_from), [])
        for line in _lines(unit, office, times, there):
            if _mark(line) not in already:
                made.lines.append(line)
    return made


def next_day(mandate: Mandate, day: date, *, calendar: Calendar) -> date | None:
    """The first day after it on which somebody is reminded, as offices stand now."""
    rules = list(mandate.reminder_rules.active(day))
    days = [
        on
        for stage, counted_from in _cells(_statuses(mandate, day))
        for rule in rules
        if stage in rule.stages and (on := upcoming(rule, counted_from, day, calendar))
    ]
    return min(days, default=None)


_COLUMNS = ("unit_id", "unit__code", "unit__name", "officer_names", "stage", "counted_from")


def _statuses(mandate: Mandate, day: date) -> QuerySet[Any]:
    """Offices with a deadline: until there is one nobody is late and nothing is due."""
    return staged(UnitStatus.objects.filter(mandate=mandate, due_on__isnull=False), day)


def staged(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """With `stage`, and with `counted_from`: the deadline, or the later day the duty arose."""
    counted = Case(
        When(stage=Stage.UNKNOWN.value, then=F("due_on")),
        default=waited_for_since_sql(day),
        output_field=DateField(null=True),
    )
    found: QuerySet[Any] = rows.annotate(stage=stage_sql(day)).annotate(counted_from=counted)
    return found


def _missed_since(mandate: Mandate, day: date) -> date:
    """The day of the last run before: what became due later that day is not lost either."""
    last = Run.objects.filter(mandate=mandate, day__lt=day).order_by("-day").values("day").first()
    return last["day"] if last else day


def _come(
    rules: Iterable[Rule],
    statuses: QuerySet[Any],
    *,
    first: date,
    day: date,
    calendar: Calendar,
) -> dict[Cell, list[Timed]]:
    """By stage and day: offices that stand alike are asked about once."""
    found: dict[Cell, list[Timed]] = {}
    for stage, counted_from in _cells(statuses):
        for rule in rules:
            if stage not in rule.stages:
                continue
            time = due(rule, counted_from, first=first, day=day, calendar=calendar)
            if time is not None:
                found.setdefault((stage, counted_from), []).append(Timed(rule, *time))
    return found


def _cells(statuses: QuerySet[Any]) -> list[Cell]:
    rows = statuses.exclude(counted_from=None).order_by()
    return list(rows.values_list("stage", "counted_from").distinct())


def _in_cells(came: dict[Cell, list[Timed]]) -> Q:
    by_stage: dict[str, list[date]] = {}
    for stage, counted_from in came:
        by_stage.setdefault(stage, []).append(counted_from)
    found = Q()
    for stage, days in by_stage.items():
        found |= Q(stage=stage, counted_from__in=days)
    return found


def _lines(unit: int, office: Office, times: list[Timed], there: Reachable) -> list[Line]:
    """One line per step that is reached: the newest, and rather what was meant for that step."""
    best: dict[str, Line] = {}
    for timed in times:
        line = Line(unit, office, timed, there.reach(unit, timed.rule.step))
        other = best.get(line.reached.step)
        if other is None or _weight(line) > _weight(other):
            best[line.reached.step] = line
    return list(best.values())


def _weight(line: Line) -> tuple[date, bool, int, int]:
    return line.timed.on, not line.went_up, line.rule.order, line.rule.pk


Mark = tuple[int, int, date, int]


def _mark(line: Line) -> Mark:
    return line.rule.pk, line.unit_id, line.office.counted_from, line.timed.occurrence


def _already(came: dict[Cell, list[Timed]]) -> set[Mark]:
    """What was sent before, of these rules' times."""
    asked: dict[tuple[int, int], set[date]] = {}
    for (_stage, counted_from), times in came.items():
        for timed in times:
            asked.setdefault((timed.rule.pk, timed.occurrence), set()).add(counted_from)
    wanted = Q(pk__in=[])
    for (rule, occurrence), days in asked.items():
        wanted |= Q(rule_id=rule, occurrence=occurrence, counted_from__in=days)
    rows = Sent.objects.filter(wanted)
    return set(rows.values_list("rule_id", "unit_id", "counted_from", "occurrence"))
