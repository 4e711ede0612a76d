"""Who came and went in a month, as the letters say: officers counted, not rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import connection

from kanal.digests.months import Month


@dataclass(frozen=True)
class Changes:
    """Officers that a letter appointed, put in another's place, or that left without a successor."""

    appointed: int
    replaced: int
    ended: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


# A ralat does what the letter it corrects should have done. The rest of a term that was split by
# account begins on a later day than its letter: nobody came that day.
_CHANGES = """
with recursive meant as (
    select id, id as root from appointments_letter
    where government_id = %(government)s and corrects_id is null
    union all
    select letter.id, meant.root from appointments_letter letter
    join meant on letter.corrects_id = meant.id
), term as (
    select letter_id, person_id, unit_id, ended_by_id, lower(valid) as begins, upper(valid) as ends
    from appointments_appointment
    where government_id = %(government)s and upper_inf(recorded)
), began as (
    select distinct root.kind, term.letter_id, term.person_id
    from term
    join appointments_letter letter on letter.id = term.letter_id
    join meant on meant.id = letter.id
    join appointments_letter root on root.id = meant.root
    where term.begins = letter.begins_on and term.begins between %(first)s and %(last)s
), went as (
    select distinct term.unit_id, term.person_id
    from term left join meant on meant.id = term.ended_by_id
    left join appointments_letter root on root.id = meant.root
    where term.ends between %(first)s and %(last)s
      and (root.id is null or root.kind = 'penghentian')
      and not exists (
        select from term later where later.unit_id = term.unit_id
          and later.person_id = term.person_id and later.begins = term.ends)
)
select (select count(*) from began where kind = 'penunjukan'),
    (select count(*) from began where kind = 'penggantian'),
    (select count(*) from went)
"""


def in_month(government_id: int, month: Month) -> Changes:
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGES, {"government": government_id, "first": month.first, "last": month.last}
        )
        row = cursor.fetchone()
    return Changes(*row)
