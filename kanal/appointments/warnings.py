"""What an office or its verifier should look at: vacancies, officers leaving, acting heads past
their time, letters that contradict each other, appointments about to end.

One query answers, for some units or for a whole government.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kanal.lib.dates import say_day
from kanal.lib.statements import asked

SOON = 30
# No office and no verifier reads more of one kind in one sitting; `total` says how many there are.
AT_MOST = 100


class Kind(StrEnum):
    VACANCY = "vacancy"
    LEAVING = "leaving"
    ACTING = "acting"
    CONTRADICTION = "contradiction"
    ENDING = "ending"


@dataclass(frozen=True)
class Alert:
    """`letters`: the pages where it is mended, as far as letters mend it."""

    kind: Kind
    unit_id: int
    text: str
    letters: tuple[int, ...]
    since: date | None


@dataclass(frozen=True)
class Found:
    alerts: list[Alert]
    totals: dict[str, int]


_WARNINGS = """
with term as (
    select * from appointments_appointment
    where government_id = %(government)s and upper_inf(recorded) {units}
), account as (
    select id, unit_id, shown from register_account
    where government_id = %(government)s and declared_on <= %(day)s
      and (ended_on is null or ended_on > %(day)s) {units}
), vacancy as (
    select 'vacancy' as kind, unit_id,
        jsonb_build_object('accounts', jsonb_agg(shown order by id)) as said,
        max(since) as since, '{{}}'::bigint[] as letters
    from (
        select account.id, account.unit_id, account.shown, (
            select max(upper(term.valid)) from term
            where term.unit_id = account.unit_id and upper(term.valid) <= %(day)s
              and (term.account_id is null or term.account_id = account.id)
        ) as since
        from account
        where exists (select from term where term.unit_id = account.unit_id)
          and not exists (
            select from term
            where term.unit_id = account.unit_id and term.valid @> %(day)s::date
              and (term.account_id is null or term.account_id = account.id))
    ) bare
    group by unit_id
), leaving as (
    select 'leaving' as kind, term.unit_id,
        jsonb_build_object('name', max(person.name), 'day', max(posting.ends_on),
            'reason', max(posting.end_reason)) as said,
        max(posting.ends_on) as since, array_agg(distinct term.letter_id) as letters
    from term
    join directory_unit unit on unit.id = term.unit_id
    join directory_person person on person.id = term.person_id
    join directory_posting posting on posting.person_id = term.person_id
        and posting.ends_on <= %(day)s::date + %(soon)s
    join directory_unit place on place.id = posting.unit_id
        and starts_with(place.path, unit.path)
    where term.valid @> %(day)s::date
      and coalesce(upper(term.valid) > posting.ends_on, true)
      and not exists (
        select from directory_posting other
        join directory_unit elsewhere on elsewhere.id = other.unit_id
        where other.person_id = term.person_id and starts_with(elsewhere.path, unit.path)
          and coalesce(other.ends_on > %(day)s::date + %(soon)s, true))
    group by term.unit_id, term.person_id
), acting as (
    select 'acting' as kind, headship.unit_id,
        jsonb_build_object('name', person.name, 'capacity', headship.capacity,
            'begins', headship.begins_on) as said,
        allowed.until as since, '{{}}'::bigint[] as letters
    from directory_headship headship
    join directory_unit unit on unit.id = headship.unit_id
        and unit.government_id = %(government)s
    join directory_person person on person.id = headship.person_id
    cross join lateral (
        select (headship.begins_on + case headship.capacity
            when 'plt' then interval '1 year' else interval '3 months' end)::date as until
    ) allowed
    where headship.capacity in ('plt', 'plh') and allowed.until <= %(day)s
      and (headship.ends_on is null or headship.ends_on > %(day)s) {units}
), named as (
    select letter.id, letter.unit_id, letter.number, letter.dated, letter.begins_on,
        letter.decided_at, letter.corrects_id, letter.state = 'accepted' as accepted,
        who.person_id
    from appointments_letter letter
    join appointments_letterofficer officer on officer.letter_id = letter.id
    cross join lateral (values (officer.person_id), (officer.replaces_id)) who(person_id)
    where letter.government_id = %(government)s and letter.state <> 'returned'
      and who.person_id is not null {units}
      and not exists (
        select from appointments_letter correction
        where correction.corrects_id = letter.id and correction.state = 'accepted')
), contradiction as (
    select 'contradiction' as kind, one.unit_id,
        jsonb_build_object('number', one.number, 'other', other.number,
            'dated', other.dated, 'waiting', not one.accepted, 'both', not other.accepted,
            'names', jsonb_agg(distinct person.name)) as said,
        max(one.dated) as since, array[one.id, other.id] as letters
    from named one
    join named other on other.unit_id = one.unit_id and other.person_id = one.person_id
        and other.id <> one.id
    join directory_person person on person.id = one.person_id
    where one.corrects_id is distinct from other.id and other.corrects_id is distinct from one.id
      and case
        when not one.accepted and not other.accepted then one.id < other.id
        when not one.accepted then other.dated > one.dated
        when not other.accepted then false
        else one.decided_at > other.decided_at and one.begins_on < other.begins_on
            and exists (
                select from term where term.letter_id in (one.id, other.id)
                  and coalesce(upper(term.valid) > %(day)s, true))
        end
    group by one.unit_id, one.id, one.number, one.dated, one.accepted, other.id, other.number,
        other.dated, other.accepted
), ending as (
    select 'ending' as kind, term.unit_id,
        jsonb_build_object('name', max(person.name), 'day', upper(term.valid) - 1) as said,
        upper(term.valid) - 1 as since, array_agg(distinct term.letter_id) as letters
    from term
    join directory_person person on person.id = term.person_id
    where term.valid @> %(day)s::date and upper(term.valid) - 1 <= %(day)s::date + %(soon)s
      and not exists (
        select from term later
        where later.unit_id = term.unit_id and later.valid @> upper(term.valid)
          and (later.account_id is null or later.account_id = term.account_id)
          and (term.ended_by_id is not null or later.person_id = term.person_id))
    group by term.unit_id, term.person_id, upper(term.valid)
), warning as (
    select * from vacancy union all select * from leaving union all select * from acting
    union all select * from contradiction union all select * from ending
), ranked as (
    select warning.*, count(*) over (partition by kind) as total,
        row_number() over (partition by kind order by since nulls first, unit_id) as place
    from warning
)
select kind, unit_id, said, letters, since, total from ranked where place <= %(most)s
order by array_position(%(kinds)s, kind), place
"""


def warnings(
    government_id: int, day: date, units: Sequence[int] | None = None, *, most: int = AT_MOST
) -> Found:
    """All of the government's, or those of some units; at most so many of each kind."""
    narrowed = "" if units is None else "and unit_id = any(%(units)s)"
    rows = asked(
        _WARNINGS.format(units=narrowed),
        government=government_id,
        day=day,
        units=list(units or []),
        soon=SOON,
        most=most,
        kinds=[str(kind) for kind in Kind],
    )
    totals = {kind: total for kind, *_rest, total in rows}
    return Found([_alert(*row[:5], day=day) for row in rows], totals)


def _alert(
    kind: str,
    unit_id: int,
    said: str,
    letters: list[int],
    since: date | None,
    *,
    day: date,
) -> Alert:
    told = _WORDS[Kind(kind)](_plain(said), since, day)
    return Alert(Kind(kind), unit_id, told, tuple(letters), since)


def _plain(said: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(said)
    for name in ("day", "begins", "dated"):
        if facts.get(name):
            facts[name] = date.fromisoformat(facts[name])
    return facts


def _said(day: date) -> str:
    return say_day(day, get_language() or "id")


def _vacancy(facts: dict[str, Any], since: date | None, day: date) -> str:
    told = {"accounts": ", ".join(facts["accounts"])}
    if since is None:
        return _("%(accounts)s belum punya petugas.") % told
    days = (day - since).days
    return ngettext(
        "%(accounts)s tanpa petugas sejak %(since)s, sudah %(days)s hari.",
        "%(accounts)s tanpa petugas sejak %(since)s, sudah %(days)s hari.",
        days,
    ) % {**told, "since": _said(since), "days": days}


def _leaving(facts: dict[str, Any], since: date | None, day: date) -> str:
    told = {"name": facts["name"], "day": _said(facts["day"])}
    if facts["day"] > day:
        return _("%(name)s meninggalkan kantor ini %(day)s tetapi masih petugas.") % told
    return _("%(name)s tidak lagi bekerja di kantor ini sejak %(day)s tetapi masih petugas.") % told


def _acting(facts: dict[str, Any], since: date | None, day: date) -> str:
    told = {"name": facts["name"], "begins": _said(facts["begins"])}
    if facts["capacity"] == "plt":
        return _("%(name)s menjadi Plt. sejak %(begins)s, lebih dari satu tahun.") % told
    return _("%(name)s menjadi Plh. sejak %(begins)s, lebih dari tiga bulan.") % told


def _contradiction(facts: dict[str, Any], since: date | None, day: date) -> str:
    told = {
        "number": facts["number"],
        "other": facts["other"],
        "names": ", ".join(facts["names"]),
        "dated": _said(facts["dated"]),
    }
    if facts["both"]:
        return _("Surat %(number)s dan %(other)s sama-sama menunggu dan menyebut %(names)s.") % told
    if facts["waiting"]:
        return (
            _(
                "Surat %(number)s menunggu, padahal surat %(other)s tanggal %(dated)s yang lebih baru"
                " sudah diterima dan menyebut %(names)s."
            )
            % told
        )
    return (
        _(
            "Surat %(number)s berlaku lebih awal tetapi diterima sesudah surat %(other)s; keduanya"
            " menyebut %(names)s."
        )
        % told
    )


def _ending(facts: dict[str, Any], since: date | None, day: date) -> str:
    left = (facts["day"] - day).days
    told = {"name": facts["name"], "day": _said(facts["day"]), "left": left}
    if left == 0:
        return _("Penunjukan %(name)s berakhir hari ini, tanpa kelanjutan.") % told
    return (
        ngettext(
            "Penunjukan %(name)s berakhir %(day)s, %(left)s hari lagi, tanpa kelanjutan.",
            "Penunjukan %(name)s berakhir %(day)s, %(left)s hari lagi, tanpa kelanjutan.",
            left,
        )
        % told
    )


_WORDS = {
    Kind.VACANCY: _vacancy,
    Kind.LEAVING: _leaving,
    Kind.ACTING: _acting,
    Kind.CONTRADICTION: _contradiction,
    Kind.ENDING: _ending,
}
