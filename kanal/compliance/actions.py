"""The status rows against the facts: composed afresh by the rooms that own them, compared, mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kanal.directory.models import Government, Unit
from kanal.mandates import standing
from kanal.mandates.models import Mandate, UnitStatus

CHUNK = 2000
COLUMNS = tuple(
    field.attname
    for field in UnitStatus._meta.concrete_fields
    if field.attname not in {"id", "government_id", "mandate_id", "unit_id"}
)


@dataclass(frozen=True)
class Difference:
    """One column of one unit's row that does not say what the facts say."""

    unit: str
    column: str
    row: object
    fact: object


@dataclass(frozen=True)
class Rebuilt:
    units: int
    differences: list[Difference]


def compose(mandate: Mandate, day: date, units: Sequence[Unit]) -> list[UnitStatus]:
    """These units' rows as the facts have them for that day, as we know the facts now. Unsaved."""
    own = standing.columns(mandate, day, units)
    found = standing.collect(mandate.government_id, day, list(own))
    nothing = standing.defaults()
    return [
        UnitStatus(
            government_id=mandate.government_id,
            mandate_id=mandate.pk,
            unit_id=unit_id,
            **{**nothing, **found.get(unit_id, {}), **columns},
        )
        for unit_id, columns in own.items()
    ]


def rebuild(*, government: Government, today: date, check: bool = False) -> Rebuilt:
    """Every row under the mandates in force. With `check` nothing is written.

    Only rows that differ are written: a night without a change writes nothing.
    """
    units = 0
    differences: list[Difference] = []
    for mandate in Mandate.objects.filter(government=government).in_force(today):
        addressed = standing.addressed(mandate, today)
        units += len(addressed)
        for chunk in _chunks(addressed):
            differences += _mend(mandate, today, chunk, check=check)
        differences += _forget(mandate, addressed, check=check)
    return Rebuilt(units, differences)


def refresh(*, government: Government, today: date) -> int:
    """Rows whose day has come: an appointment began or ended by itself. Returns how many."""
    count = 0
    for mandate in Mandate.objects.filter(government=government).in_force(today):
        turned = Unit.objects.filter(
            statuses__mandate=mandate, statuses__turns_on__lte=today
        ).order_by("pk")
        for chunk in _chunks(list(turned)):
            _mend(mandate, today, chunk, check=False)
            count += len(chunk)
    return count


def _mend(mandate: Mandate, today: date, units: Sequence[Unit], *, check: bool) -> list[Difference]:
    # Locked before the facts are read: an action that changes a fact of these units either has
    # committed, and is read here, or waits, and writes its own columns afterwards.
    with transaction.atomic():
        rows = {
            row.unit_id: row
            for row in UnitStatus.objects.filter(mandate=mandate, unit__in=units)
            .order_by("pk")
            .select_for_update(of=("self",))
        }
        facts = compose(mandate, today, units)
        codes = dict(Unit.objects.filter(pk__in=[u.pk for u in units]).values_list("pk", "code"))
        wrong: list[UnitStatus] = []
        differences: list[Difference] = []
        for fact in facts:
            found = list(_compare(codes[fact.unit_id], rows.get(fact.unit_id), fact))
            if found:
                wrong.append(fact)
                differences += found
        if wrong and not check:
            standing.write(mandate, wrong, COLUMNS)
    return differences


def _compare(code: str, row: UnitStatus | None, fact: UnitStatus) -> Iterator[Difference]:
    if row is None:
        yield Difference(code, "row", None, "addressed")
        return
    for column in COLUMNS:
        stored, true = getattr(row, column), getattr(fact, column)
        if stored != true:
            yield Difference(code, column, stored, true)


def _forget(mandate: Mandate, addressed: Sequence[Unit], *, check: bool) -> list[Difference]:
    kept = {unit.pk for unit in addressed}
    rows = UnitStatus.objects.filter(mandate=mandate).values_list("unit_id", "unit__code")
    gone = {unit_id: code for unit_id, code in rows if unit_id not in kept}
    if gone and not check:
        standing.forget(mandate, but=kept)
    return [Difference(code, "row", "present", None) for code in sorted(gone.values())]


def _chunks(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    for start in range(0, len(units), CHUNK):
        yield units[start : start + CHUNK]
