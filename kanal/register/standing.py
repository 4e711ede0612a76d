"""This room's columns of a unit's standing: since when it has accounts, where, or since when none."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from kanal.lib.statements import asked

DEFAULTS: dict[str, object] = {"accounts_since": None, "networks": [], "nil_since": None}

# One query for both facts: a unit has rows of one kind or the other, seldom of both.
_DECLARED = """
select unit_id, min(since) filter (where network is not null),
    array_agg(distinct network order by network) filter (where network is not null),
    min(since) filter (where network is null)
from (
    select unit_id, network, declared_on as since from register_account
    where government_id = %(government)s and declared_on <= %(day)s
      and (ended_on is null or ended_on > %(day)s) {units}
    union all
    select unit_id, null, declared_on from register_nilreturn
    where government_id = %(government)s and declared_on <= %(day)s
      and (ended_on is null or ended_on > %(day)s) {units}
) declared
group by unit_id
"""


def columns(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    narrowed = "" if units is None else "and unit_id = any(%(units)s)"
    found = asked(
        _DECLARED.format(units=narrowed), government=government_id, day=day, units=list(units or [])
    )
    return {
        unit_id: {
            "accounts_since": accounts_since,
            "networks": networks or [],
            "nil_since": nil_since,
        }
        for unit_id, accounts_since, networks, nil_since in found
    }


def running_on(day: date) -> Q:
    """Accounts that a unit answers for that day: declared, and neither parked nor closed."""
    return Q(declared_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
