"""Units as a sheet: the columns, the rows checked against the register, and the rows of an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kanal.directory.loading import change_deed, plainly
from kanal.directory.models import Government, Unit, UnitClass
from kanal.directory.plan import Plan, PlannedRow, RowState, differing
from kanal.directory.tables import Column, Fault, Line, Table
from kanal.directory.unit_tree import (
    Known,
    UnitLine,
    check_line,
    check_lines,
    differences,
    known_units,
    parents_of,
    write,
)
from kanal.journal.actions import Actor, Deed, record_many
from kanal.lib.dates import DayMistake, parse_day, say_day

COLUMNS = (
    Column("kode", required=True, longest=60, exact=True),
    Column("kelas", required=True, longest=40),
    Column("nama", required=True),
    Column("singkatan", longest=80),
    Column("kode_induk", required=True, longest=60, exact=True),
    Column("wilayah", longest=20, exact=True),
    Column("jabatan_kepala"),
    Column("situs"),
    Column("alias", longest=4000),
    Column("surel", longest=254),
    Column("telepon", longest=40, phone=True),
    Column("dibuka", longest=40),
    Column("ditutup", longest=40),
    Column("sumber"),
)
TEXTS = {
    "singkatan": "abbreviation",
    "wilayah": "region_code",
    "jabatan_kepala": "head_title",
    "situs": "website",
    "telepon": "phone",
    "sumber": "source",
}
SAID = {
    "unit_class": "kelas",
    "name": "nama",
    "parent_code": "kode_induk",
    "aliases": "alias",
    "email": "surel",
    "opened_on": "dibuka",
    "closed_on": "ditutup",
    **{fact: column for column, fact in TEXTS.items()},
}
DAYS = {"dibuka": "opened_on", "ditutup": "closed_on"}
LONGEST_ALIAS = 250


@dataclass
class UnitPlan(Plan):
    government: Government
    on: date | None
    lines: list[UnitLine] = field(default_factory=list)
    known: Known = field(default_factory=dict)

    def carry_out(self, *, by: Actor) -> None:
        """Call inside the transaction that made the plan, and only when no row is wrong."""
        written = write(self.lines, self.known, self.government, on=self.on)
        opened = [open_deed(unit) for unit in written.created]
        changed = [change_deed(change, self.government) for change in written.changed]
        record_many(by=by, deeds=[*opened, *changed])


def open_deed(unit: Unit) -> Deed:
    facts = {
        "name": unit.name,
        "unit_class": str(unit.unit_class),
        "path": unit.path,
        "opened_on": unit.opened_on,
    }
    return Deed(
        verb="add-unit",
        government=unit.government_id,
        subject=f"unit:{unit.pk}",
        unit=unit.code,
        after=plainly(facts),
    )


def plan_units(
    table: Table, *, government: Government, on: date | None, lock: bool = False
) -> UnitPlan:
    """What the sheet would do. Changes nothing."""
    known = known_units(government, lock=lock)
    faults: dict[int, list[Fault]] = {line.number: list(line.faults) for line in table.lines}
    lines = [_read(line, table.columns, faults[line.number]) for line in table.lines]
    for line in lines:
        # A cell that couldn't be read at all has said so already.
        said = {fault.column for fault in faults[line.number]}
        faults[line.number] += [fault for fault in check_line(line) if fault.column not in said]

    def report(line: UnitLine, fault: Fault) -> None:
        faults[line.number].append(fault)

    check_lines(lines, known, report)
    _check_against_record(lines, known, on, faults)
    above = parents_of(known)
    rows = [_planned(line, known, above, faults[line.number]) for line in lines]
    plan = UnitPlan(rows, list(table.remarks), government, on)
    plan.lines, plan.known = lines, known
    return plan


def _read(line: Line, columns: Sequence[str], faults: list[Fault]) -> UnitLine:
    cells = line.cells
    facts: dict[str, Any] = {TEXTS[name]: cells[name] for name in columns if name in TEXTS}
    if "alias" in columns:
        facts["aliases"] = _aliases(cells["alias"], faults)
    if "surel" in columns:
        facts["email"] = read_email(cells["surel"], faults)
    for name, fact in DAYS.items():
        if name in columns:
            facts[fact] = read_day(cells[name], name, faults)
    return UnitLine(
        number=line.number,
        code=cells["kode"],
        unit_class=read_class(cells["kelas"]),
        name=cells["nama"],
        parent_code=cells["kode_induk"],
        facts=facts,
    )


def read_class(text: str) -> str:
    """The class by its code, or by what the screens call it."""
    labels = {str(label).casefold(): value for value, label in UnitClass.choices}
    return labels.get(text.casefold(), text.lower())


def _aliases(text: str, faults: list[Fault]) -> list[str]:
    found = [part.strip() for part in text.split("|") if part.strip()]
    if any(len(alias) > LONGEST_ALIAS for alias in found):
        faults.append(
            Fault(
                "alias",
                _("Sebuah nama lain lebih panjang dari %(most)s huruf.") % {"most": LONGEST_ALIAS},
                _("Pisahkan nama-nama lain dengan tanda |."),
            )
        )
    return found


def read_email(text: str, faults: list[Fault]) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            faults.append(
                Fault(
                    "surel",
                    _("“%(text)s” bukan alamat surel.") % {"text": text[:60]},
                    _("Tulis satu alamat, misalnya kelurahan@jakarta.go.id."),
                )
            )
    return text


def read_day(text: str, column: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except DayMistake as mistake:
        faults.append(Fault(column, str(mistake.what), str(mistake.next_step)))
        return None


def _check_against_record(
    lines: Sequence[UnitLine], known: Known, on: date | None, faults: dict[int, list[Fault]]
) -> None:
    closing = {line.code for line in lines if line.facts.get("closed_on")}
    still_open = _open_children(lines, known)
    root = next((unit for unit in known.values() if unit.parent_id is None), None)
    named = {line.code: line for line in lines}
    for line in lines:
        unit = known.get(line.code)
        own = faults[line.number]
        if unit is None:
            own += _new_faults(line, known, root)
        elif unit.closed_on and "closed_on" in line.facts and not line.facts["closed_on"]:
            own.append(_reopened(unit))
        if on and unit and unit.name != line.name and unit.opened_on and unit.opened_on > on:
            own.append(_renamed_too_early(unit, on))
        if line.code in closing and not (unit and unit.closed_on):
            left = [code for code in still_open.get(line.code, ()) if code not in closing]
            if left:
                own.append(_left_below(line, left, named, known))


def _open_children(lines: Sequence[UnitLine], known: Known) -> dict[str, list[str]]:
    above = parents_of(known) | {line.code: line.parent_code for line in lines}
    found: dict[str, list[str]] = {}
    for code, parent in above.items():
        if parent and not (code in known and known[code].closed_on):
            found.setdefault(parent, []).append(code)
    return found


def _new_faults(line: UnitLine, known: Known, root: Unit | None) -> Iterator[Fault]:
    parent = known.get(line.parent_code)
    if parent and parent.closed_on:
        yield Fault(
            "kode_induk",
            _("Induk %(unit)s sudah tutup pada %(day)s.")
            % {"unit": parent.name, "day": say_day(parent.closed_on)},
            _("Pilih kantor penerusnya sebagai induk."),
        )
    if not line.parent_code and root:
        yield Fault(
            "kode_induk",
            _("Induknya kosong, padahal pucuknya sudah ada: %(unit)s.") % {"unit": root.name},
            _("Isi kode induk, misalnya %(code)s.") % {"code": root.code},
        )


def _reopened(unit: Unit) -> Fault:
    day = say_day(unit.closed_on) if unit.closed_on else ""
    return Fault(
        "ditutup",
        _("%(unit)s tercatat tutup pada %(day)s; kantor yang tutup tidak dibuka lagi lewat impor.")
        % {"unit": unit.name, "day": day},
        _("Isi kembali tanggal tutupnya, atau catat kantor baru dengan kode lain."),
    )


def _renamed_too_early(unit: Unit, on: date) -> Fault:
    return Fault(
        "nama",
        _("%(unit)s belum ada pada %(day)s, tanggal berlaku nama barunya.")
        % {"unit": unit.name, "day": say_day(on)},
        _("Pilih tanggal berlaku yang lebih baru."),
    )


def _left_below(line: UnitLine, left: list[str], named: dict[str, UnitLine], known: Known) -> Fault:
    first = left[0]
    name = named[first].name if first in named else known[first].name
    return Fault(
        "ditutup",
        _("Masih ada %(n)s unit di bawahnya, antara lain %(name)s.")
        % {"n": len(left), "name": name},
        _("Tutup atau pindahkan unit di bawahnya juga, dalam berkas yang sama."),
    )


def _planned(
    line: UnitLine, known: Known, above: dict[str, str], faults: list[Fault]
) -> PlannedRow:
    title = f"{line.code} {line.name}".strip()
    if faults:
        return PlannedRow(line.number, RowState.WRONG, title, faults=tuple(faults))
    if line.code not in known:
        return PlannedRow(line.number, RowState.NEW, title)
    before, after = differences(line, known[line.code], above[line.code])
    changes = differing(
        (SAID.get(key, key), shown(before[key]), shown(after[key])) for key in after
    )
    return PlannedRow(line.number, RowState.CHANGED if changes else RowState.SAME, title, changes)


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return "|".join(value) if isinstance(value, list) else str(value)


def unit_rows(units: QuerySet[Unit]) -> Iterator[list[str]]:
    """The register's rows under the same columns, parents before children."""
    facts = ["code", "unit_class", "name", "abbreviation", "parent__code"]
    facts += ["region_code", "head_title", "website", "aliases", "email", "phone"]
    facts += ["opened_on", "closed_on", "source"]
    rows = units.order_by("path").values_list(*facts)
    for row in rows.iterator(chunk_size=2000):
        yield [shown(value) for value in row]
