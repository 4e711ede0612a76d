"""This room's columns of a unit's standing: the instruction sent out to it, acknowledged by it, and
since when something under a mandate in force has not reached it.

What the outbox holds is read as it stands: for a day in the past, as we know it now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from kanal.lib.statements import asked
from kanal.mandates.models import IN_FORCE

DEFAULTS: dict[str, object] = {
    "served_on": None,
    "acknowledged_on": None,
    "undelivered_since": None,
}

_SERVED = f"""
select notice.unit_id,
    (array_agg(notice.served_on order by mandate.in_force_from desc, mandate.id desc)
        filter (where circular.is_instruction))[1] as served_on,
    (array_agg(case when ack.given_on <= %(day)s then ack.given_on end
        order by mandate.in_force_from desc, mandate.id desc)
        filter (where circular.is_instruction))[1] as acknowledged_on,
    min(notice.served_on) filter (where message.id is null
        and (ack.given_on is null or ack.given_on > %(day)s)
        and (notice.printed_on is null or notice.printed_on > %(day)s)) as undelivered_since
from circulars_notice notice
join circulars_circular circular on circular.id = notice.circular_id
join mandates_mandate mandate on mandate.id = circular.mandate_id
join directory_government government on government.id = notice.government_id
left join circulars_acknowledgement ack on ack.notice_id = notice.id and ack.voided_at is null
left join post_outgoing message on message.id = notice.message_id
    and message.state in ('waiting', 'sent')
    and (message.made_at at time zone government.timezone)::date <= %(day)s
where notice.government_id = %(government)s and notice.served_on <= %(day)s
    and {IN_FORCE} {{units}}
group by notice.unit_id
"""
_STALE = """
select status.id, status.unit_id,
    found.served_on, found.acknowledged_on, found.undelivered_since
from mandates_unitstatus status left join ({served}) found on found.unit_id = status.unit_id
where status.government_id = %(government)s {units}
    and (status.served_on, status.acknowledged_on, status.undelivered_since)
        is distinct from (found.served_on, found.acknowledged_on, found.undelivered_since)
"""
_PUT_RIGHT = """
update mandates_unitstatus status
set served_on = stale.served_on, acknowledged_on = stale.acknowledged_on,
    undelivered_since = stale.undelivered_since
from ({stale}) stale where stale.id = status.id
"""


def columns(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    narrowed = "" if units is None else "and notice.unit_id = any(%(units)s)"
    found = asked(
        _SERVED.format(units=narrowed), government=government_id, day=day, units=list(units or [])
    )
    return {unit_id: dict(zip(DEFAULTS, values, strict=True)) for unit_id, *values in found}


def stale(government_id: int, day: date) -> list[int]:
    """Units whose rows say otherwise than the facts: mail comes back without asking this room."""
    question = _STALE.format(served=_SERVED.format(units=""), units="")
    return sorted({row[1] for row in asked(question, government=government_id, day=day)})


def put_right(government_id: int, units: Sequence[int], day: date) -> None:
    """This room's columns of these units, in one query whatever their number.

    Called by what changed a fact of this room, inside its transaction; no other room's columns
    rest on these facts.
    """
    served = _SERVED.format(units="and notice.unit_id = any(%(units)s)")
    found = _STALE.format(served=served, units="and status.unit_id = any(%(units)s)")
    with connection.cursor() as cursor:
        cursor.execute(
            _PUT_RIGHT.format(stale=found),
            {"government": government_id, "day": day, "units": list(units)},
        )
