"""One office with all that is known of it on a day, in a fixed number of queries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404

from kanal.appointments import timeline
from kanal.appointments.models import Duty, Letter
from kanal.appointments.timeline import Gap, Lane, Term
from kanal.appointments.warnings import Alert, warnings
from kanal.compliance.actions import compose
from kanal.compliance.stages import Stage, late_days, stage_of
from kanal.directory.models import Capacity, Person, Unit
from kanal.intake.models import Medium
from kanal.mandates import standing
from kanal.mandates.models import IN_FORCE, Mandate, UnitStatus
from kanal.register.flags import flags
from kanal.register.models import Account

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
    def _told(self) -> dict[str, list[dict[str, Any]]]:
        told: dict[str, list[dict[str, Any]] | None] = json.loads(vars(self.unit)["told"])
        return {name: rows or [] for name, rows in told.items()}

    @property
    def above(self) -> list[Unit]:
        return [_as_unit(facts) for facts in self._told["above"]]

    @cached_property
    def heads(self) -> list[Head]:
        return [
            Head(_full_name(facts), facts["capacity"], date.fromisoformat(facts["begins_on"]))
            for facts in self._told["heads"]
            if facts["begins_on"] <= self.day.isoformat()
            and (facts["ends_on"] is None or facts["ends_on"] > self.day.isoformat())
        ]

    @cached_property
    def former_names(self) -> list[dict[str, Any]]:
        return [
            {**name, "valid_until": date.fromisoformat(name["valid_until"])}
            for name in self._told["names"]
        ]

    @cached_property
    def predecessors(self) -> list[Related]:
        return [_related(facts) for facts in self._told["before"]]

    @cached_property
    def successors(self) -> list[Related]:
        return [_related(facts) for facts in self._told["after"]]

    @cached_property
    def nil(self) -> dict[str, Any] | None:
        """The nil return in force that day."""
        for facts in self._told["nil"]:
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

    @cached_property
    def running(self) -> list[AccountLine]:
        return [line for line in self.account_lines if line.runs]

    @cached_property
    def letters(self) -> list[Letter]:
        asked = {"unit": self.unit.pk, "day": self.day, "most": LETTERS_SHOWN}
        return list(Letter.objects.raw(_LETTERS, asked))

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


_UNIT = """
select unit.*, government.timezone,
    exists (select from directory_unit below where below.parent_id = unit.id) as has_below,
    jsonb_build_object(
        'above', (
            select jsonb_agg(jsonb_build_object('code', code, 'name', name) order by path)
            from directory_unit above
            where above.government_id = unit.government_id and above.parent_id is not null
              and above.code = any(string_to_array(unit.path, '/')) and above.id <> unit.id),
        'names', (
            select jsonb_agg(jsonb_build_object(
                'name', name, 'valid_until', valid_until, 'basis', basis) order by valid_until desc)
            from directory_unitname where unit_id = unit.id and valid_until is not null),
        'heads', (
            select jsonb_agg(jsonb_build_object(
                'title_before', title_before, 'name', name, 'title_after', title_after,
                'capacity', capacity, 'begins_on', begins_on, 'ends_on', ends_on)
                order by begins_on)
            from directory_headship headship join directory_person person
                on person.id = headship.person_id
            where headship.unit_id = unit.id),
        'before', (
            select jsonb_agg(jsonb_build_object(
                'code', code, 'name', name, 'event', event, 'when', effective_text)
                order by effective_on, succession.id)
            from directory_succession succession join directory_unit other
                on other.id = predecessor_id
            where successor_id = unit.id),
        'after', (
            select jsonb_agg(jsonb_build_object(
                'code', code, 'name', name, 'event', event, 'when', effective_text)
                order by effective_on, succession.id)
            from directory_succession succession join directory_unit other
                on other.id = successor_id
            where predecessor_id = unit.id),
        'nil', (
            select jsonb_agg(jsonb_build_object(
                'declared_on', declared_on, 'ended_on', ended_on,
                'signer_name', signer_name, 'signer_post', signer_post))
            from register_nilreturn where unit_id = unit.id)
    )::text as told
from directory_unit unit join directory_government government
    on government.id = unit.government_id
where unit.government_id = %s and unit.code = %s
"""


def find(government_id: int, code: str) -> Unit:
    """The unit with its tree, names, heads and relations, in one query."""
    found = list(Unit.objects.raw(_UNIT, [government_id, code]))
    if not found:
        raise Http404
    return found[0]


def _as_unit(facts: dict[str, Any]) -> Unit:
    return Unit(code=facts["code"], name=facts["name"])


def _related(facts: dict[str, Any]) -> Related:
    return Related(_as_unit(facts), facts["event"], facts["when"])


def _full_name(facts: dict[str, Any]) -> str:
    return Person(
        title_before=facts["title_before"], name=facts["name"], title_after=facts["title_after"]
    ).full_name


# Asked by every page of an office, so put together once; as `Receipt.objects.standing()` says.
_LETTERS = """
select letter.*,
    (select id from appointments_letterfile
      where letter_id = letter.id and not is_evidence limit 1) as file_pk,
    (select received_on from intake_receipt
      where letter_id = letter.id and medium = 'softcopy' and voided_at is null
        and received_on <= %(day)s limit 1) as softcopy_on,
    (select received_on from intake_receipt
      where letter_id = letter.id and medium = 'hardcopy' and voided_at is null
        and received_on <= %(day)s limit 1) as hardcopy_on
from appointments_letter letter
where letter.unit_id = %(unit)s and dated <= %(day)s
order by dated desc, letter.id desc limit %(most)s
"""

_STATUS = f"""
select status.* from mandates_unitstatus status
join mandates_mandate mandate on mandate.id = status.mandate_id
where status.unit_id = %(unit)s and mandate.government_id = %(government)s and {IN_FORCE}
order by in_force_from desc, mandate.id desc limit 1
"""


def _status(unit: Unit, day: date, today: date) -> UnitStatus:
    """Today's row; for another day, or an office the instruction doesn't name, from the facts."""
    if day == today:
        asked = {"unit": unit.pk, "government": unit.government_id, "day": day}
        row = next(iter(UnitStatus.objects.raw(_STATUS, asked)), None)
        if row is not None:
            return row
    in_force = Mandate.objects.filter(government_id=unit.government_id).in_force(day)
    mandate = in_force.filter(addressees__unit_class=unit.unit_class).first()
    if mandate is not None:
        return compose(mandate, day, [unit])[0]
    found = standing.collect(unit.government_id, day, [unit.pk])
    facts = {**standing.defaults(), **found.get(unit.pk, {})}
    return UnitStatus(government_id=unit.government_id, unit=unit, unit_class="", **facts)
