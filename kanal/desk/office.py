"""One office with all that is known of it on a day, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import Http404

from kanal.appointments import timeline
from kanal.appointments.models import Duty, Letter, LetterFile
from kanal.appointments.timeline import Gap, Lane, Term
from kanal.appointments.warnings import Alert, warnings
from kanal.compliance.actions import compose
from kanal.compliance.stages import Stage, late_days, stage_of
from kanal.directory.models import Capacity, Headship, Person, Succession, Unit, UnitName
from kanal.intake.models import Medium, Receipt
from kanal.mandates import standing
from kanal.mandates.models import Mandate, UnitStatus
from kanal.register.flags import flags
from kanal.register.models import Account, NilReturn

LETTERS_SHOWN = 40


@dataclass(frozen=True)
class Head:
    name: str
    capacity: str
    since: date

    @property
    def capacity_words(self) -> str:
        return str(Capacity(self.capacity).label)


@dataclass(frozen=True)
class Related:
    """An office whose tasks this one took over, or the other way round."""

    unit: Unit
    event: str
    when: str


@dataclass(frozen=True)
class Serving:
    """Somebody in office on the day, with every term that holds."""

    person: Person
    terms: list[Term]

    @property
    def duties(self) -> list[str]:
        held = {duty for term in self.terms for duty in term.duties}
        return [str(duty.label) for duty in Duty if duty in held]


@dataclass(frozen=True)
class DutyHeld:
    label: str
    names: list[str]


@dataclass(frozen=True)
class AccountLine:
    account: Account
    flags: list[str]
    names: list[str]
    runs: bool


@dataclass
class Office:
    """`day` may lie in the past: then all is told as it was in force that day, as known now."""

    unit: Unit
    day: date
    today: date

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def is_open(self) -> bool:
        return self.unit.is_open(self.day)

    @cached_property
    def above(self) -> list[Unit]:
        return [_as_unit(facts) for facts in vars(self.unit)["told_above"]]

    @cached_property
    def heads(self) -> list[Head]:
        found = [
            Head(_full_name(facts), facts["capacity"], date.fromisoformat(facts["begins_on"]))
            for facts in vars(self.unit)["told_heads"]
            if facts["begins_on"] <= self.day.isoformat()
            and (facts["ends_on"] is None or facts["ends_on"] > self.day.isoformat())
        ]
        return sorted(found, key=lambda head: head.since)

    @cached_property
    def former_names(self) -> list[dict[str, Any]]:
        names: list[dict[str, Any]] = vars(self.unit)["told_names"]
        for name in names:
            name["valid_until"] = date.fromisoformat(name["valid_until"])
        return names

    @cached_property
    def predecessors(self) -> list[Related]:
        return [_related(facts) for facts in vars(self.unit)["told_before"]]

    @cached_property
    def successors(self) -> list[Related]:
        return [_related(facts) for facts in vars(self.unit)["told_after"]]

    @cached_property
    def nil(self) -> dict[str, Any] | None:
        """The nil return in force that day."""
        for facts in vars(self.unit)["told_nil"]:
            begins, ends = date.fromisoformat(facts["declared_on"]), facts["ended_on"]
            if begins <= self.day and (ends is None or date.fromisoformat(ends) > self.day):
                return {**facts, "declared_on": begins}
        return None

    @cached_property
    def status(self) -> UnitStatus:
        return _status(self.unit, self.day, self.today)

    @property
    def is_addressed(self) -> bool:
        return self.status.mandate_id is not None

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.status, self.day)

    @property
    def late_days(self) -> int:
        return late_days(self.status, self.stage, self.day)

    @cached_property
    def terms(self) -> list[Term]:
        return timeline.terms_of(self.unit.pk)

    @cached_property
    def lanes(self) -> list[Lane]:
        return timeline.lanes(self.terms)

    @cached_property
    def gaps(self) -> list[Gap]:
        return timeline.gaps(self.terms, self.accounts, self.day)

    @cached_property
    def serving(self) -> list[Serving]:
        by_person: dict[int, list[Term]] = {}
        for term in self.terms:
            if term.holds(self.day):
                by_person.setdefault(term.person.pk, []).append(term)
        return [Serving(terms[0].person, terms) for terms in by_person.values()]

    @cached_property
    def duties(self) -> list[DutyHeld]:
        return [
            DutyHeld(
                str(duty.label),
                [
                    one.person.name
                    for one in self.serving
                    if any(duty in term.duties for term in one.terms)
                ],
            )
            for duty in Duty
        ]

    @cached_property
    def accounts(self) -> list[Account]:
        rows = self.unit.accounts.filter(declared_on__lte=self.day)
        return list(rows.order_by("network", "handle_key", "pk"))

    @cached_property
    def account_lines(self) -> list[AccountLine]:
        marked: dict[int, list[str]] = {}
        if self.accounts and not self.is_past:
            for flag in flags(self.unit.government_id, self.unit.pk):
                marked.setdefault(flag.account.pk, []).append(flag.text)
        lines = [self._line(account, marked.get(account.pk, [])) for account in self.accounts]
        return sorted(lines, key=lambda line: not line.runs)

    def _line(self, account: Account, marks: list[str]) -> AccountLine:
        names = {
            one.person.name: None
            for one in self.serving
            if any(term.covers(account) for term in one.terms)
        }
        return AccountLine(account, marks, list(names), timeline.runs(account, self.day))

    @property
    def running(self) -> list[AccountLine]:
        return [line for line in self.account_lines if line.runs]

    @cached_property
    def letters(self) -> list[Letter]:
        return list(_letters(self.unit, self.day)[:LETTERS_SHOWN])

    @cached_property
    def alerts(self) -> list[Alert]:
        if self.is_past:
            return []
        return warnings(self.unit.government_id, self.day, [self.unit.pk]).alerts

    def receiving(self, medium: Medium) -> Letter | None:
        """The newest letter in force whose copy of that kind is still missing."""
        in_force = {term.letter.pk for term in self.terms if term.holds(self.day)}
        missing = [
            letter
            for letter in self.letters
            if letter.pk in in_force and vars(letter)[f"{medium}_on"] is None
        ]
        return missing[0] if missing else None


def find(government_id: int, code: str) -> Unit:
    """The unit with its tree, names, heads and relations, in one query."""
    try:
        return (
            Unit.objects.filter(government_id=government_id, code=code)
            .select_related("government")
            .annotate(
                told_above=ArraySubquery(_above()),
                told_names=ArraySubquery(_former_names()),
                told_heads=ArraySubquery(_heads()),
                told_before=ArraySubquery(_relations("successor", "predecessor")),
                told_after=ArraySubquery(_relations("predecessor", "successor")),
                told_nil=ArraySubquery(_nils()),
                has_below=Exists(Unit.objects.filter(parent=OuterRef("pk"))),
            )
            .get()
        )
    except Unit.DoesNotExist as missing:
        raise Http404 from missing


class IsAnyOf(Func):
    """Whether a column is in an array: the form that an index on the column answers."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()


def _above() -> QuerySet[Unit, Any]:
    """The units whose codes make up the path, without the root and the unit itself."""
    codes = Func(OuterRef("path"), Value("/"), function="string_to_array")
    return (
        Unit.objects.filter(IsAnyOf(F("code"), codes), government=OuterRef("government"))
        .exclude(pk=OuterRef("pk"))
        .exclude(parent=None)
        .order_by("path")
        .values(told=JSONObject(code="code", name="name"))
    )


def _former_names() -> QuerySet[UnitName, Any]:
    return (
        UnitName.objects.filter(unit=OuterRef("pk"), valid_until__isnull=False)
        .order_by("-valid_until")
        .values(told=JSONObject(name="name", valid_until="valid_until", basis="basis"))
    )


def _heads() -> QuerySet[Headship, Any]:
    return Headship.objects.filter(unit=OuterRef("pk")).values(
        told=JSONObject(
            title_before="person__title_before",
            name="person__name",
            title_after="person__title_after",
            capacity="capacity",
            begins_on="begins_on",
            ends_on="ends_on",
        )
    )


def _relations(here: str, there: str) -> QuerySet[Succession, Any]:
    return (
        Succession.objects.filter(**{here: OuterRef("pk")})
        .order_by("effective_on", "pk")
        .values(
            told=JSONObject(
                code=f"{there}__code", name=f"{there}__name", event="event", when="effective_text"
            )
        )
    )


def _nils() -> QuerySet[NilReturn, Any]:
    return NilReturn.objects.filter(unit=OuterRef("pk")).values(
        told=JSONObject(
            declared_on="declared_on",
            ended_on="ended_on",
            signer_name="signer_name",
            signer_post="signer_post",
        )
    )


def _as_unit(facts: dict[str, Any]) -> Unit:
    return Unit(code=facts["code"], name=facts["name"])


def _related(facts: dict[str, Any]) -> Related:
    return Related(_as_unit(facts), facts["event"], facts["when"])


def _full_name(facts: dict[str, Any]) -> str:
    return Person(
        title_before=facts["title_before"], name=facts["name"], title_after=facts["title_after"]
    ).full_name


def _letters(unit: Unit, day: date) -> QuerySet[Letter]:
    def received(medium: Medium) -> Subquery:
        rows = Receipt.objects.standing().filter(letter=OuterRef("pk"), medium=medium)
        return Subquery(rows.filter(received_on__lte=day).values("received_on")[:1])

    files = LetterFile.objects.filter(letter=OuterRef("pk"), is_evidence=False)
    return (
        unit.letters.filter(dated__lte=day)
        .annotate(
            softcopy_on=received(Medium.SOFTCOPY),
            hardcopy_on=received(Medium.HARDCOPY),
            file_pk=Subquery(files.values("pk")[:1]),
        )
        .order_by("-dated", "-pk")
    )


def _status(unit: Unit, day: date, today: date) -> UnitStatus:
    """Today's row; for another day, or an office the instruction doesn't name, from the facts."""
    in_force = Mandate.objects.filter(government_id=unit.government_id).in_force(day)
    if day == today:
        row = (
            UnitStatus.objects.filter(unit=unit, mandate__in=in_force.values("pk"))
            .select_related("mandate")
            .order_by("-mandate__in_force_from", "-mandate__pk")
            .first()
        )
        if row is not None:
            return row
    mandate = in_force.filter(addressees__unit_class=unit.unit_class).first()
    if mandate is not None:
        return compose(mandate, day, [unit])[0]
    found = standing.collect(unit.government_id, day, [unit.pk])
    facts = {**standing.defaults(), **found.get(unit.pk, {})}
    return UnitStatus(government_id=unit.government_id, unit=unit, unit_class="", **facts)
