"""This room's columns of a unit's standing: since when it has accounts, where, or since when none."""

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Min, Q

from kanal.register.models import Account, NilReturn

DEFAULTS: dict[str, object] = {"accounts_since": None, "networks": [], "nil_since": None}


def columns(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    mine = Q(government_id=government_id) if units is None else Q(unit_id__in=units)
    found: dict[int, dict[str, object]] = {}
    accounts = (
        Account.objects.filter(mine, running_on(day))
        .values("unit_id")
        .annotate(
            since=Min("declared_on"),
            on=ArrayAgg("network", distinct=True, order_by="network"),
        )
    )
    for row in accounts:
        found[row["unit_id"]] = {
            **DEFAULTS,
            "accounts_since": row["since"],
            "networks": row["on"],
        }
    for unit_id, since in (
        NilReturn.objects.on(day).filter(mine).values_list("unit_id", "declared_on")
    ):
        found.setdefault(unit_id, dict(DEFAULTS))["nil_since"] = since
    return found


def running_on(day: date) -> Q:
    """Accounts that a unit answers for that day: declared, and neither parked nor closed."""
    return Q(declared_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
