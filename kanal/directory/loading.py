"""Loading whole lists: what is new opens, what is renamed gets a dated name, what is gone closes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Government, Succession, Unit, UnitName
from kanal.directory.tables import Fault
from kanal.directory.unit_tree import (
    BATCH,
    Known,
    UnitChange,
    UnitLine,
    Written,
    check_line,
    check_lines,
    known_units,
    write,
)
from kanal.directory.waking import wake_the_board
from kanal.journal.actions import Actor, Deed, record, record_many
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused

DATA = Path(__file__).resolve().parent / "data"
Row = Mapping[str, str]
NEEDED = ("code", "class", "name", "parent_code")
NEEDED_OF_SUCCESSIONS = ("predecessor_2018", "successor_latest", "event", "effective", "source")
# Kanal's own export may be loaded as well.
OUR_HEADINGS = {
    "kode": "code",
    "kelas": "class",
    "nama": "name",
    "singkatan": "abbreviation",
    "kode_induk": "parent_code",
    "wilayah": "region_code",
    "jabatan_kepala": "head_title",
    "situs": "website",
    "alias": "aliases",
    "surel": "email",
    "telepon": "phone",
    "sumber": "source",
}
TEXTS = {
    "abbreviation": 80,
    "region_code": 20,
    "head_title": 250,
    "website": 250,
    "email": 254,
    "phone": 40,
    "source": 250,
}
JAKARTA = {
    "name": "Pemerintah Provinsi DKI Jakarta",
    "short_name": "Pemprov DKI Jakarta",
    "verifying_unit_name": "Diskominfotik",
}
JAKARTA_CODE = "31"
# The month of the source that lists every office of Jakarta anew (SE Sekda 46/SE/2021).
JAKARTA_LATEST = date(2021, 9, 1)
SAID_AT_MOST = 20


class ListRefused(Refused):
    """The list can't be loaded as it is; nothing of it was."""

    status = 422


@dataclass
class Loaded:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0


def load_jakarta(*, by: Actor) -> Government:
    """The real offices of 2018, then those of the latest list, with who followed whom.

    Offices already on record are left as they are.
    """
    with transaction.atomic():
        government = the_government(JAKARTA_CODE)
        if government.units.exists():
            return government
        load_units(read_rows(DATA / "units_dki_2018.csv"), government=government, as_of=None, by=by)
        load_units(
            read_rows(DATA / "units_dki_latest.csv"),
            government=government,
            as_of=JAKARTA_LATEST,
            by=by,
        )
        load_successions(read_rows(DATA / "unit_successions_dki.csv"), government=government, by=by)
    return government


def the_government(code: str) -> Government:
    """The one of this code; Jakarta is made when it is missing. Raises ListRefused."""
    if code == JAKARTA_CODE:
        return Government.objects.get_or_create(code=code, defaults=JAKARTA)[0]
    found = Government.objects.filter(code=code).first()
    if found is None:
        raise ListRefused(
            _("Tidak ada pemerintah dengan kode %(code)s.") % {"code": code},
            next_step=_("Sebut namanya dengan --name untuk membuatnya."),
        )
    return found


def read_rows(file: Path) -> list[Row]:
    """Raises ListRefused when it isn't UTF-8 text with a header."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened, restkey="", restval=""))
    except OSError as error:
        raise ListRefused(
            _("Berkas %(file)s tidak terbaca: %(why)s.")
            % {"file": file.name, "why": error.strerror or error}
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ListRefused(
            _("Berkas %(file)s bukan CSV UTF-8.") % {"file": file.name},
            next_step=_("Simpan sebagai “CSV UTF-8”, atau muat lewat halaman Impor."),
        ) from error
    return [{OUR_HEADINGS.get(key, key): value for key, value in row.items()} for row in rows]


def load_units(
    rows: Iterable[Row], *, government: Government, as_of: date | None, by: Actor
) -> Loaded:
    """A whole list: units of its classes that it no longer names close on its day.

    `as_of` None: the first list, whose units stand since before we know. Loading the same list
    again changes nothing.
    """
    lines = _lines(list(rows))
    with transaction.atomic():
        # Two lists of one government are loaded one after the other.
        Government.objects.select_for_update().get(pk=government.pk)
        known = known_units(government, lock=True)
        if as_of is None and any(unit.closed_on for unit in known.values()):
            return Loaded(unchanged=len(lines))  # the first list, after later ones
        _check(lines, known)
        gone = _gone(lines, known) if as_of else []
        _refuse_older(lines, known, gone, government, as_of)
        written = write(lines, known, government, on=as_of)
        if as_of:
            _close(gone, as_of)
            wake_the_board()
        done = Loaded(
            created=len(written.created),
            changed=len(written.changed),
            unchanged=len(lines) - len(written.created) - len(written.changed),
            closed=len(gone),
        )
        _tell(done, written, gone, government, as_of, by)
    return done


def _lines(rows: Sequence[Row]) -> list[UnitLine]:
    missing = [column for column in NEEDED if not rows or column not in rows[0]]
    if missing:
        raise ListRefused(
            _("Daftar kantor ini tidak lengkap: kolom %(columns)s tidak ada.")
            % {"columns": ", ".join(missing)},
            next_step=_("Pakai berkas hasil unduhan Kanal sebagai contoh."),
        )
    return [_line(number, row) for number, row in enumerate(rows, 2)]


def _line(number: int, row: Row) -> UnitLine:
    facts: dict[str, Any] = {
        name: " ".join(row[name].split())[:longest]
        for name, longest in TEXTS.items()
        if name in row
    }
    if "aliases" in row:
        facts["aliases"] = [part.strip() for part in row["aliases"].split("|") if part.strip()]
    return UnitLine(
        number=number,
        code=row["code"].strip(),
        unit_class=row["class"].strip(),
        name=" ".join(row["name"].split()),
        parent_code=row["parent_code"].strip(),
        facts=facts,
    )


def _check(lines: Sequence[UnitLine], known: Known) -> None:
    faults: list[str] = []

    def report(line: UnitLine, fault: Fault) -> None:
        faults.append(
            _("Baris %(row)s, kolom %(column)s: %(what)s %(mend)s")
            % {"row": line.number, **vars(fault)}
        )

    for line in lines:
        for fault in check_line(line):
            report(line, fault)
    check_lines(lines, known, report)
    if faults:
        more = len(faults) - SAID_AT_MOST
        said = faults[:SAID_AT_MOST] + ([_("... dan %d lagi") % more] if more > 0 else [])
        raise ListRefused("\n".join(said))


def _gone(lines: Sequence[UnitLine], known: Known) -> list[Unit]:
    """Open units the list no longer names, of the classes it is a list of."""
    listed = {line.code for line in lines}
    classes = {line.unit_class for line in lines}
    return [
        unit
        for code, unit in known.items()
        if code not in listed and unit.closed_on is None and unit.unit_class in classes
    ]


def _refuse_older(
    lines: Sequence[UnitLine],
    known: Known,
    gone: Sequence[Unit],
    government: Government,
    as_of: date | None,
) -> None:
    """A list of an earlier day would undo what has happened since."""
    back = [line for line in lines if line.code in known and known[line.code].closed_on]
    if back:
        unit = known[back[0].code]
        raise ListRefused(
            _("Baris %(row)s: %(unit)s sudah tutup pada %(day)s.")
            % {
                "row": back[0].number,
                "unit": unit.name,
                "day": say_day(unit.closed_on or date.max),
            },
            next_step=_("Muat daftar yang lebih baru, atau beri kantor baru itu kode lain."),
        )
    latest = max((unit.opened_on for unit in known.values() if unit.opened_on), default=None)
    if as_of and latest and as_of < latest and (gone or any(x.code not in known for x in lines)):
        raise ListRefused(
            _("Daftar per %(as_of)s lebih lama dari kantor yang tercatat sejak %(latest)s.")
            % {"as_of": say_day(as_of), "latest": say_day(latest)},
            next_step=_("Muat daftar yang lebih baru, dengan --as-of tanggalnya."),
        )


def _close(gone: Sequence[Unit], day: date) -> None:
    UnitName.objects.filter(unit__in=gone, valid_until=None).update(valid_until=day)
    for unit in gone:
        unit.closed_on = day
    Unit.objects.bulk_update(gone, ["closed_on"], batch_size=BATCH)


def _tell(
    done: Loaded,
    written: Written,
    gone: Sequence[Unit],
    government: Government,
    as_of: date | None,
    by: Actor,
) -> None:
    """One row for the list, and one for every unit it changed or closed."""
    if not (done.created or done.changed or done.closed):
        return
    record(
        verb="load-units",
        by=by,
        government=government.pk,
        subject="units",
        after=vars(done),
        note=as_of.isoformat() if as_of else "",
    )
    changed = [change_deed(change, government) for change in written.changed]
    closed = [
        Deed(
            verb="close-unit",
            government=government.pk,
            subject=f"unit:{unit.pk}",
            unit=unit.code,
            after={"closed_on": str(as_of)},
        )
        for unit in gone
    ]
    record_many(by=by, deeds=[*changed, *closed])


def change_deed(change: UnitChange, government: Government) -> Deed:
    return Deed(
        verb="change-unit",
        government=government.pk,
        subject=f"unit:{change.unit.pk}",
        unit=change.unit.code,
        before=plainly(change.before),
        after=plainly(change.after),
    )


def plainly(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()
    }


def load_successions(rows: Iterable[Row], *, government: Government, by: Actor) -> int:
    """Who followed whom. An exact month closes the one and opens the other on its first day."""
    links = _links(list(rows), known_units(government))
    with transaction.atomic():
        recorded = set(
            Succession.objects.filter(predecessor__government=government).values_list(
                "predecessor_id", "successor_id", "event"
            )
        )
        fresh = [
            link
            for link in links
            if (link.predecessor.pk, link.successor.pk, link.event) not in recorded
        ]
        Succession.objects.bulk_create(fresh)
        _date_exactly([link for link in fresh if link.effective_on])
        if fresh:
            record(
                verb="load-successions",
                by=by,
                government=government.pk,
                subject="units",
                after={"successions": len(fresh)},
            )
    return len(fresh)


def _links(rows: Sequence[Row], known: Known) -> list[Succession]:
    missing = [column for column in NEEDED_OF_SUCCESSIONS if not rows or column not in rows[0]]
    if missing:
        raise ListRefused(
            _("Daftar penerus ini tidak lengkap: kolom %(columns)s tidak ada.")
            % {"columns": ", ".join(missing)}
        )
    for number, row in enumerate(rows, 2):
        for code in (row["predecessor_2018"], row["successor_latest"]):
            if code not in known:
                raise ListRefused(
                    _("Baris %(row)s: kantor %(code)s tidak ada.") % {"row": number, "code": code},
                    next_step=_("Muat dulu daftar kantornya."),
                )
    return [
        Succession(
            predecessor=known[row["predecessor_2018"]],
            successor=known[row["successor_latest"]],
            event=row["event"],
            effective_on=_month(row["effective"]),
            effective_text=row["effective"],
            source=row["source"],
        )
        for row in rows
    ]


def _date_exactly(links: Sequence[Succession]) -> None:
    ended = {link.predecessor.pk: link.effective_on for link in links}
    begun = {link.successor.pk: link.effective_on for link in links}
    units = list(Unit.objects.filter(pk__in=[*ended, *begun]))
    names = list(UnitName.objects.filter(unit__in=units).order_by("pk"))
    for unit in units:
        unit.closed_on = ended.get(unit.pk, unit.closed_on)
        # A unit known before is not younger for having taken over somebody's tasks.
        if unit.opened_on:
            unit.opened_on = begun.get(unit.pk, unit.opened_on)
    dated = {unit.pk: unit for unit in units}
    for name in names:
        unit = dated[name.unit_id]
        if name.valid_until is None or name.unit_id in ended:
            name.valid_until = unit.closed_on
        if name.valid_from is not None and name.unit_id in begun:
            name.valid_from = unit.opened_on
    Unit.objects.bulk_update(units, ["opened_on", "closed_on"])
    UnitName.objects.bulk_update(names, ["valid_from", "valid_until"])


def _month(text: str) -> date | None:
    """`2020-01 (Perda 2/2019 ...)` names its month; `between 2019-03 and 2021-09` does not."""
    exact = re.match(r"(\d{4})-(\d{2})\b", text)
    return date(int(exact[1]), int(exact[2]), 1) if exact else None
