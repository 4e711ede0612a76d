"""Where each unit stands: this room's columns of UnitStatus, and the keeping of everybody's.

Rooms above name their module in `settings.STANDING_COLUMNS`; each fills its own columns from its
own facts. A fact of one room can turn a column of another (a new account uncovers an officer's
days), so a change refreshes all columns of its unit.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Q

from kanal.directory.models import Unit, UnitQuerySet
from kanal.mandates.models import DeadlineDecision, Mandate, UnitStatus


class Room(Protocol):
    """A room's `standing` module."""

    DEFAULTS: dict[str, object]

    def columns(
        self, government_id: int, day: date, units: Sequence[int] | None = None
    ) -> dict[int, dict[str, object]]: ...


OWN = ("unit_class", "region", "district", "due_on")


def addressees(mandate: Mandate, day: date) -> UnitQuerySet:
    """The open units of the classes the instruction is addressed to."""
    classes = mandate.addressees.exclude(unit_class="").values("unit_class")
    units = Unit.objects.filter(government_id=mandate.government_id, unit_class__in=classes)
    return units.open_on(day)


def addressed(mandate: Mandate, day: date) -> list[Unit]:
    """The same, with what a status row needs of them."""
    units = addressees(mandate, day)
    return list(units.only("id", "government_id", "unit_class", "region_code"))


def columns(mandate: Mandate, day: date, units: Iterable[Unit]) -> dict[int, dict[str, object]]:
    general, extended = _deadlines(mandate, day)
    return {
        unit.pk: {
            "unit_class": unit.unit_class,
            "region": ".".join(unit.region_code.split(".")[:2]) if "." in unit.region_code else "",
            "district": _district(unit.region_code),
            "due_on": extended.get(unit.pk, general),
        }
        for unit in units
    }


def _district(region_code: str) -> str:
    parts = region_code.split(".")
    return ".".join(parts[:3]) if len(parts) >= 3 else ""


def _deadlines(mandate: Mandate, day: date) -> tuple[date | None, dict[int, date]]:
    """The general deadline and the units' own, the newest decision of each as known that day."""
    general: date | None = None
    extended: dict[int, date] = {}
    for decision in mandate.deadlines.known_on(day).order_by("decided_on", "pk"):
        if decision.unit_id is None:
            general = decision.effective_on
        else:
            extended[decision.unit_id] = decision.effective_on
    return general, extended


def collect(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    """The facts of every room above, joined per unit; of all units when none are named."""
    joined: dict[int, dict[str, object]] = {}
    for room in _rooms():
        for unit_id, values in room.columns(government_id, day, units).items():
            joined.setdefault(unit_id, defaults()).update(values)
    return joined


def defaults() -> dict[str, object]:
    """What a unit without any fact has in those columns."""
    return {name: value for room in _rooms() for name, value in room.DEFAULTS.items()}


@cache
def _rooms() -> list[Room]:
    return [cast("Room", import_module(name)) for name in settings.STANDING_COLUMNS]


def refresh(*, government_id: int, units: Sequence[int], today: date) -> None:
    """Called by the action that changed a fact of these units, inside its transaction."""
    found = collect(government_id, today, units)
    for unit_id in units:
        UnitStatus.objects.filter(unit_id=unit_id).update(**found.get(unit_id, defaults()))


def write(mandate: Mandate, rows: Iterable[UnitStatus], fields: Iterable[str]) -> None:
    """All columns of many units; units no longer addressed lose their row."""
    kept = list(rows)
    UnitStatus.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["mandate", "unit"],
        update_fields=list(fields),
        batch_size=2000,
    )


def forget(mandate: Mandate, *, but: Iterable[int]) -> int:
    """Rows of units that the mandate no longer addresses. Returns how many went."""
    gone = UnitStatus.objects.filter(~Q(unit_id__in=list(but)), mandate=mandate)
    return gone.delete()[0]


def newest_decision(mandate: Mandate) -> DeadlineDecision | None:
    return mandate.deadlines.filter(unit=None).first()


def facts(mandate: Mandate, day: date) -> dict[int, dict[str, object]]:
    """Every column of every addressed unit, straight from the facts."""
    units = addressed(mandate, day)
    joined = collect(mandate.government_id, day)
    own = columns(mandate, day, units)
    return {unit.pk: {**defaults(), **joined.get(unit.pk, {}), **own[unit.pk]} for unit in units}


def rebuild(mandate: Mandate, day: date) -> int:
    """Writes the rows anew from the facts; returns how many units are addressed."""
    found = facts(mandate, day)
    rows = [
        UnitStatus(government_id=mandate.government_id, mandate=mandate, unit_id=unit_id, **values)
        for unit_id, values in found.items()
    ]
    write(mandate, rows, (*OWN, *defaults()))
    forget(mandate, but=found)
    return len(rows)
