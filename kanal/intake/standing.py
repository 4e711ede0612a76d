"""This room's columns of a unit's standing: on which day the letters in force were all received."""

from collections.abc import Sequence
from datetime import date

from kanal.lib.statements import asked

DEFAULTS: dict[str, object] = {"softcopy_on": None, "hardcopy_on": None}

_RECEIVED = """
with letter as (
    select distinct unit_id, letter_id from appointments_appointment
    where government_id = %(government)s and upper_inf(recorded)
      and valid @> %(day)s::date {units}
), received as (
    select letter.unit_id, letter.letter_id,
        max(received_on) filter (where medium = 'softcopy') as softcopy,
        max(received_on) filter (where medium = 'hardcopy') as hardcopy
    from letter left join intake_receipt receipt
        on receipt.letter_id = letter.letter_id
        and receipt.voided_at is null and receipt.received_on <= %(day)s
    group by letter.unit_id, letter.letter_id
)
select unit_id,
    case when count(softcopy) = count(*) then max(softcopy) end,
    case when count(hardcopy) = count(*) then max(hardcopy) end
from received group by unit_id
"""


def columns(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    narrowed = "" if units is None else "and unit_id = any(%(units)s)"
    found = asked(
        _RECEIVED.format(units=narrowed), government=government_id, day=day, units=list(units or [])
    )
    return {
        unit_id: {"softcopy_on": softcopy, "hardcopy_on": hardcopy}
        for unit_id, softcopy, hardcopy in found
    }
