"""Loading a list of units: what is new opens, what is renamed gets a dated name, what is gone closes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Government, Succession, Unit, UnitClass, UnitName
from kanal.journal.actions import Actor, record
from kanal.lib.refusal import Refused

DATA = Path(__file__).resolve().parent / "data"
Row = Mapping[str, str]
NEEDED = ("code", "class", "name", "parent_code")
# What a later list may say anew about a unit it already knows, besides its name.
FACTS = ("region_code", "head_title", "website", "source")
BATCH = 2000


class ListRefused(Refused):
    """The list can't be loaded as it is; nothing of it was."""

    status = 422


@dataclass
class Loaded:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0


def read_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def load_jakarta(*, by: Actor) -> Government:
    """The real offices of 2018, then those of the latest list, with who followed whom."""
    with transaction.atomic():
        government, _new = Government.objects.get_or_create(
            code="31",
            defaults={
                "name": "Pemerintah Provinsi DKI Jakarta",
                "short_name": "Pemprov DKI Jakarta",
                "verifying_unit_name": "Diskominfotik",
            },
        )
        load_units(read_rows(DATA / "units_dki_2018.csv"), government=government, as_of=None, by=by)
        load_units(
            read_rows(DATA / "units_dki_latest.csv"),
            government=government,
            as_of=date(2021, 9, 1),
            by=by,
        )
        load_successions(read_rows(DATA / "unit_successions_dki.csv"), government=government, by=by)
    return government


def load_units(
    rows: Iterable[Row], *, government: Government, as_of: date | None, by: Actor
) -> Loaded:
    """`as_of` None: the first list, whose units stand since before we know. A whole list each time:
    units missing from a dated list close on its day. Loading the same list again changes nothing.
    """
    listed = _checked(list(rows))
    with transaction.atomic():
        known = {
            unit.code: unit
            for unit in Unit.objects.select_for_update().filter(government=government)
        }
        if as_of is None and any(unit.closed_on for unit in known.values()):
            return Loaded(unchanged=len(listed))  # the first list, after later ones
        done = Loaded()
        _open(listed, known, government, as_of, done)
        _renew(listed, known, as_of, done)
        if as_of is not None:
            done.closed = _close_missing(listed, known, as_of)
        if done.created or done.changed or done.closed:
            record(
                verb="load-units",
                by=by,
                government=government.pk,
                subject="units",
                after=vars(done),
                note=f"{as_of or ''}",
            )
    return done


def _checked(rows: list[Row]) -> dict[str, Row]:
    """By code, parents before children. Refuses what would leave the tree broken."""
    missing = [column for column in NEEDED if rows and column not in rows[0]]
    if not rows or missing:
        raise ListRefused(
            _("Daftar kantor ini tidak lengkap: kolom %(columns)s tidak ada.")
            % {"columns": ", ".join(missing) or "code"},
            next_step=_("Pakai berkas hasil unduhan Kanal sebagai contoh."),
        )
    by_code = {row["code"].strip(): row for row in rows}
    for number, row in enumerate(rows, 2):
        parent = row["parent_code"].strip()
        if parent and parent not in by_code:
            raise ListRefused(
                _("Baris %(row)s: induk %(code)s tidak ada dalam daftar.")
                % {"row": number, "code": parent},
                next_step=_("Tambahkan induknya, atau perbaiki kodenya."),
            )
        if row["class"] not in UnitClass.values:
            raise ListRefused(
                _("Baris %(row)s: jenis %(kind)s tidak dikenal.")
                % {"row": number, "kind": row["class"]},
                next_step=_("Pilih salah satu: %(kinds)s.")
                % {"kinds": ", ".join(UnitClass.values)},
            )
    return {code: by_code[code] for code in _parents_first(by_code)}


def _parents_first(by_code: Mapping[str, Row]) -> list[str]:
    depth: dict[str, int] = {}

    def measure(code: str) -> int:
        trail = []
        while code and code not in depth:
            if code in trail:
                raise ListRefused(
                    _("Kantor %(code)s menjadi induk dirinya sendiri.") % {"code": code},
                    next_step=_("Perbaiki kolom induk."),
                )
            trail.append(code)
            code = by_code[code]["parent_code"].strip()
        base = depth.get(code, 0)
        for step, passed in enumerate(reversed(trail), 1):
            depth[passed] = base + step
        return base

    for code in by_code:
        measure(code)
    return sorted(by_code, key=lambda code: depth[code])


def _open(
    listed: Mapping[str, Row],
    known: dict[str, Unit],
    government: Government,
    as_of: date | None,
    done: Loaded,
) -> None:
    """New units, one level of the tree at a time, so that parents have their keys."""
    waiting = [code for code in listed if code not in known]
    while waiting:
        level = [c for c in waiting if (p := listed[c]["parent_code"].strip()) in known or not p]
        units = [_unit(listed[code], known, government, as_of) for code in level]
        Unit.objects.bulk_create(units, batch_size=BATCH)
        UnitName.objects.bulk_create(
            (
                UnitName(unit=u, name=u.name, abbreviation=u.abbreviation, valid_from=as_of)
                for u in units
            ),
            batch_size=BATCH,
        )
        known.update((unit.code, unit) for unit in units)
        done.created += len(units)
        waiting = [code for code in waiting if code not in known]


def _unit(row: Row, known: Mapping[str, Unit], government: Government, as_of: date | None) -> Unit:
    code, parent = row["code"].strip(), known.get(row["parent_code"].strip())
    return Unit(
        government=government,
        code=code,
        unit_class=row["class"],
        name=row["name"].strip(),
        abbreviation=(row.get("abbreviation") or "")[:80],
        parent=parent,
        path=f"{parent.path if parent else '/'}{code}/",
        opened_on=as_of,
        aliases=[alias for alias in (row.get("aliases") or "").split("|") if alias],
        **{fact: (row.get(fact) or "")[:250] for fact in FACTS},
    )


def _renew(
    listed: Mapping[str, Row], known: Mapping[str, Unit], as_of: date | None, done: Loaded
) -> None:
    fresh, renamed = [], []
    for code, row in listed.items():
        unit, name = known[code], row["name"].strip()
        facts = {fact: (row.get(fact) or "")[:250] for fact in FACTS}
        differs = any(getattr(unit, fact) != value for fact, value in facts.items())
        if unit.name != name:
            renamed.append(unit)
        if differs or unit.name != name:
            unit.name = name
            for fact, value in facts.items():
                setattr(unit, fact, value)
            fresh.append(unit)
    Unit.objects.bulk_update(fresh, ["name", *FACTS], batch_size=BATCH)
    UnitName.objects.filter(unit__in=renamed, valid_until=None).update(valid_until=as_of)
    UnitName.objects.bulk_create(
        UnitName(unit=u, name=u.name, abbreviation=u.abbreviation, valid_from=as_of)
        for u in renamed
    )
    done.changed = len(fresh)
    done.unchanged = len(listed) - done.created - done.changed


def _close_missing(listed: Mapping[str, Row], known: Mapping[str, Unit], as_of: date) -> int:
    gone = [unit.pk for code, unit in known.items() if code not in listed and not unit.closed_on]
    UnitName.objects.filter(unit__in=gone, valid_until=None).update(valid_until=as_of)
    return Unit.objects.filter(pk__in=gone).update(closed_on=as_of)


def load_successions(rows: Iterable[Row], *, government: Government, by: Actor) -> int:
    """Who followed whom. An exact month closes the one and opens the other on its first day."""
    units = {unit.code: unit for unit in Unit.objects.filter(government=government)}
    made = 0
    for row in rows:
        effective = _month(row["effective"])
        before, after = units[row["predecessor_2018"]], units[row["successor_latest"]]
        _row, new = Succession.objects.get_or_create(
            predecessor=before,
            successor=after,
            event=row["event"],
            defaults={
                "effective_on": effective,
                "effective_text": row["effective"],
                "source": row["source"],
            },
        )
        made += new
        if new and effective:
            Unit.objects.filter(pk=before.pk).update(closed_on=effective)
            Unit.objects.filter(pk=after.pk).update(opened_on=effective)
            UnitName.objects.filter(unit=before).update(valid_until=effective)
            UnitName.objects.filter(unit=after).update(valid_from=effective)
    if made:
        record(
            verb="load-successions",
            by=by,
            government=government.pk,
            subject="units",
            after={"successions": made},
        )
    return made


def _month(text: str) -> date | None:
    """ "2020-01 (Perda 2/2019 ...)" names its month; "between 2019-03 and 2021-09" does not."""
    exact = re.match(r"(\d{4})-(\d{2})\b", text)
    return date(int(exact[1]), int(exact[2]), 1) if exact else None
