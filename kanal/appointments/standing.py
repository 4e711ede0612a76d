"""This room's columns of a unit's standing: the stretch of days with an officer.

A day is covered when every account the unit runs that day has somebody answering for it.
"""

from collections.abc import Sequence
from datetime import date

from kanal.lib.statements import asked

DEFAULTS: dict[str, object] = {
    "officer_from": None,
    "officer_until": None,
    "vacant_since": None,
    "officer_names": "",
    "letter_since": None,
    "turns_on": None,
}

_COVERED = """
with term as (
    select unit_id, account_id, person_id, letter_id, valid
    from appointments_appointment
    where government_id = %(government)s and upper_inf(recorded) {units}
), account as (
    select id, unit_id, declared_on from register_account
    where government_id = %(government)s and declared_on <= %(day)s
      and (ended_on is null or ended_on > %(day)s) {units}
), one_account as (
    select account.unit_id,
        coalesce(range_agg(term.valid), '{{}}'::datemultirange)
            + datemultirange(daterange(null, account.declared_on)) as days
    from account left join term on term.unit_id = account.unit_id
        and (term.account_id is null or term.account_id = account.id)
    group by account.unit_id, account.id, account.declared_on
), every_account as (
    select unit_id, range_intersect_agg(days) as days from one_account group by unit_id
), anybody as (
    select term.unit_id, range_agg(valid) as days,
        string_agg(distinct person.name, ', ' order by person.name)
            filter (where valid @> %(day)s::date) as names,
        max(lower(valid)) filter (where valid @> %(day)s::date) as letter_since,
        min(least(case when lower(valid) > %(day)s then lower(valid) end,
                  case when upper(valid) > %(day)s then upper(valid) end)) as turns_on
    from term join directory_person person on person.id = term.person_id
    group by term.unit_id
)
select anybody.unit_id,
    anybody.days * coalesce(every_account.days, '{{(,)}}'::datemultirange) as covered,
    coalesce(names, ''), letter_since, turns_on
from anybody left join every_account using (unit_id)
"""


def columns(
    government_id: int, day: date, units: Sequence[int] | None = None
) -> dict[int, dict[str, object]]:
    narrowed = "" if units is None else "and unit_id = any(%(units)s)"
    found = asked(
        _COVERED.format(units=narrowed), government=government_id, day=day, units=list(units or [])
    )
    return {
        unit_id: {
            **_stretch([(part.lower, part.upper) for part in covered], day),
            "officer_names": names[:400],
            "letter_since": letter_since,
            "turns_on": turns_on,
        }
        for unit_id, covered, names, letter_since, turns_on in found
    }


def _stretch(covered: list[tuple[date, date | None]], day: date) -> dict[str, object]:
    """The covered stretch that holds the day, else the next one; and since when nobody answers."""
    vacant_since: date | None = None
    for begins, until in covered:
        if until is not None and until <= day:
            vacant_since = until
            continue
        vacant = vacant_since if begins > day else None
        return {"officer_from": begins, "officer_until": until, "vacant_since": vacant}
    return {"officer_from": None, "officer_until": None, "vacant_since": vacant_since}
