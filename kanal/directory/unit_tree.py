"""Lists of units held against the tree on record: checked as a whole, then written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kanal.directory.bulk import copy_in, reserve_keys
from kanal.directory.models import Government, Unit, UnitClass, UnitName
from kanal.directory.tables import Fault
from kanal.directory.waking import wake_the_board
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused

BATCH = 2000
# What a list may say about a unit besides its place in the tree and its name.
FACTS = (
    "abbreviation",
    "region_code",
    "head_title",
    "website",
    "aliases",
    "email",
    "phone",
    "opened_on",
    "closed_on",
    "source",
)
# Of these, what the rows of its dated names repeat.
NAME_FACTS = {"abbreviation", "opened_on", "closed_on"}
CODE_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_")


class OlderThanRecorded(Refused):
    """A list of a day before the last dated change of the same units."""

    status = 422


@dataclass(frozen=True)
class UnitLine:
    """One unit as a list gives it. `facts` holds only what the list has a column for."""

    number: int
    code: str
    unit_class: str
    name: str
    parent_code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class UnitChange:
    unit: Unit
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Written:
    created: list[Unit] = field(default_factory=list)
    changed: list[UnitChange] = field(default_factory=list)


Known = dict[str, Unit]
Report = Callable[[UnitLine, Fault], None]


def known_units(government: Government, *, lock: bool = False) -> Known:
    units = Unit.objects.filter(government=government)
    return {unit.code: unit for unit in (units.select_for_update() if lock else units)}


def parents_of(known: Known) -> dict[str, str]:
    codes = {unit.pk: code for code, unit in known.items()}
    return {
        code: codes.get(unit.parent_id, "") if unit.parent_id else ""
        for code, unit in known.items()
    }


def check_lines(lines: Sequence[UnitLine], known: Known, report: Report) -> None:
    """What no single row shows: codes twice, parents nobody knows, circles."""
    seen: dict[str, int] = {}
    above = parents_of(known)
    for line in lines:
        if line.code in seen:
            report(line, _twice(line.code, seen[line.code]))
            continue
        seen[line.code] = line.number
        above[line.code] = line.parent_code
    for line in lines:
        if line.parent_code and line.parent_code not in above:
            report(line, _no_parent(line.parent_code))
    circling = _in_circles(above)
    for line in lines:
        if line.code in circling and seen[line.code] == line.number:
            report(line, _circle(line.code))


def check_line(line: UnitLine) -> Iterator[Fault]:
    """What one row shows by itself."""
    if not line.code:
        yield Fault("kode", _("Kodenya kosong."), _("Isi kode kantor."))
    elif not set(line.code) <= CODE_SIGNS:
        yield Fault(
            "kode",
            _("Kode hanya boleh berisi huruf, angka, titik, tanda hubung, dan garis bawah."),
            _("Perbaiki kodenya."),
        )
    if not line.name:
        yield Fault("nama", _("Namanya kosong."), _("Isi nama lengkap kantor."))
    if line.unit_class not in UnitClass.values:
        yield Fault(
            "kelas",
            _("Jenis “%(kind)s” tidak dikenal.") % {"kind": line.unit_class},
            _("Pilih salah satu: %(kinds)s.") % {"kinds": ", ".join(UnitClass.values)},
        )
    opened, closed = line.facts.get("opened_on"), line.facts.get("closed_on")
    if opened and closed and closed <= opened:
        yield Fault(
            "ditutup",
            _("Tanggal tutup tidak sesudah tanggal buka."),
            _("Periksa kolom dibuka dan ditutup."),
        )


def _twice(code: str, first: int) -> Fault:
    return Fault(
        "kode",
        _("Kode %(code)s sudah ada di baris %(row)s.") % {"code": code, "row": first},
        _("Hapus salah satu barisnya, atau beri kode lain."),
    )


def _no_parent(code: str) -> Fault:
    return Fault(
        "kode_induk",
        _("Induk %(code)s tidak ada, baik di Kanal maupun di berkas ini.") % {"code": code},
        _("Tambahkan induknya sebagai baris, atau perbaiki kodenya."),
    )


def _circle(code: str) -> Fault:
    return Fault(
        "kode_induk",
        _("Kantor %(code)s menjadi induk dirinya sendiri lewat induk-induknya.") % {"code": code},
        _("Perbaiki kolom kode_induk sampai rantainya berakhir di pucuk."),
    )


def _in_circles(above: Mapping[str, str]) -> set[str]:
    done: set[str] = set()
    circling: set[str] = set()
    for start in above:
        trail: list[str] = []
        on_trail: set[str] = set()
        code = start
        while code and code in above and code not in done:
            if code in on_trail:
                circling |= set(trail[trail.index(code) :])
                break
            trail.append(code)
            on_trail.add(code)
            code = above[code]
        done |= on_trail
    return circling


def differences(
    line: UnitLine, unit: Unit, parent_code: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the list says otherwise than the record, as before and after."""
    said = {"unit_class": line.unit_class, "name": line.name, **line.facts}
    before = {key: getattr(unit, key) for key, value in said.items() if getattr(unit, key) != value}
    after = {key: said[key] for key in before}
    if parent_code != line.parent_code:
        before["parent_code"], after["parent_code"] = parent_code, line.parent_code
    return before, after


def write(
    lines: Iterable[UnitLine], known: Known, government: Government, *, on: date | None
) -> Written:
    """Writes checked lines. `on`: since when what is new or renamed holds; None: since ever,

    and a name that differs is then a mistake put right, not a renaming.
    """
    done = Written()
    listed = {line.code: line for line in lines}
    _open([line for code, line in listed.items() if code not in known], known, government, on, done)
    above = parents_of(known)
    for code, line in listed.items():
        before, after = differences(line, known[code], above[code])
        if before:
            done.changed.append(UnitChange(known[code], before, after))
    _change(done.changed, known, on)
    if done.created or done.changed:
        wake_the_board()
    return done


def _open(
    lines: list[UnitLine], known: Known, government: Government, on: date | None, done: Written
) -> None:
    """One level of the tree after the other, since a path begins with the parent's."""
    while lines:
        level = [line for line in lines if not line.parent_code or line.parent_code in known]
        units = [_unit(line, known, government, on) for line in level]
        known.update((unit.code, unit) for unit in units)
        done.created += units
        lines = [line for line in lines if line.code not in known]
    reserve_keys(done.created)
    for unit in done.created:
        unit.parent_id = unit.parent.pk if unit.parent else None
    copy_in(done.created)
    names = [_name(unit) for unit in done.created]
    reserve_keys(names)
    copy_in(names)


def _unit(line: UnitLine, known: Known, government: Government, on: date | None) -> Unit:
    parent = known.get(line.parent_code)
    facts = {"opened_on": on, **{key: value for key, value in line.facts.items() if value}}
    return Unit(
        government=government,
        code=line.code,
        unit_class=line.unit_class,
        name=line.name,
        parent=parent,
        path=path_below(parent, line.code),
        **facts,
    )


def path_below(parent: Unit | None, code: str) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def _name(unit: Unit) -> UnitName:
    return UnitName(
        unit=unit,
        name=unit.name,
        abbreviation=unit.abbreviation,
        valid_from=unit.opened_on,
        valid_until=unit.closed_on,
    )


def _name_since(unit: Unit, day: date | None) -> UnitName:
    return UnitName(unit=unit, name=unit.name, abbreviation=unit.abbreviation, valid_from=day)


def _change(changes: list[UnitChange], known: Known, on: date | None) -> None:
    if not changes:
        return
    for change in changes:
        for key, value in change.after.items():
            if key == "parent_code":
                change.unit.parent = known.get(value)
            else:
                setattr(change.unit, key, value)
    units = [change.unit for change in changes]
    touched = {key for change in changes for key in change.after}
    columns = sorted("parent" if key == "parent_code" else key for key in touched)
    Unit.objects.bulk_update(units, columns, batch_size=BATCH)
    if "parent_code" in touched:
        _move(known)
    _rename([change for change in changes if "name" in change.after], on)
    _mend_names([change for change in changes if NAME_FACTS & set(change.after)])


def _move(known: Known) -> None:
    """Every path follows from the parents; those that no longer do are written anew."""
    above = parents_of(known)
    paths: dict[str, str] = {"": "/"}
    for start in known:
        trail, code = [], start
        while code not in paths:
            trail.append(code)
            code = above[code]
        for passed in reversed(trail):
            paths[passed] = f"{paths[above[passed]]}{passed}/"
    moved = [unit for code, unit in known.items() if unit.path != paths[code]]
    for unit in moved:
        unit.path = paths[unit.code]
    Unit.objects.bulk_update(moved, ["path"], batch_size=BATCH)


def _rename(changes: list[UnitChange], on: date | None) -> None:
    """The name so far ends on the day, another begins; without a day the name is corrected."""
    present = _last_names(change.unit for change in changes)
    ended: list[UnitName] = []
    corrected: list[UnitName] = []
    begun: list[UnitName] = []
    for change in changes:
        unit, name = change.unit, present.get(change.unit.pk)
        if name is None:  # a unit older than the record of names
            if on:
                begun.append(UnitName(unit=unit, name=change.before["name"], valid_until=on))
            begun.append(_name_since(unit, on))
            continue
        if on is None or name.valid_from == on or unit.closed_on:
            name.name, name.abbreviation = unit.name, unit.abbreviation
            corrected.append(name)
            continue
        if name.valid_from and name.valid_from > on:
            raise older(unit, name.valid_from, on)
        name.valid_until = on
        ended.append(name)
        begun.append(_name_since(unit, on))
    UnitName.objects.bulk_update(
        [*ended, *corrected], ["name", "abbreviation", "valid_until"], batch_size=BATCH
    )
    UnitName.objects.bulk_create(begun, batch_size=BATCH)


def _mend_names(changes: list[UnitChange]) -> None:
    """A name row says what its unit says: from its opening, until its closing, abbreviated so."""
    last = _last_names(change.unit for change in changes)
    first = _first_names(change.unit for change in changes if "opened_on" in change.after)
    for change in changes:
        if name := last.get(change.unit.pk):
            name.abbreviation, name.valid_until = change.unit.abbreviation, change.unit.closed_on
    UnitName.objects.bulk_update(last.values(), ["abbreviation", "valid_until"], batch_size=BATCH)
    for change in changes:
        if change.unit.pk in first:
            first[change.unit.pk].valid_from = change.unit.opened_on
    UnitName.objects.bulk_update(first.values(), ["valid_from"], batch_size=BATCH)


def _last_names(units: Iterable[Unit]) -> dict[int, UnitName]:
    rows = UnitName.objects.filter(unit__in=list(units)).order_by("pk")
    return {row.unit_id: row for row in rows}


def _first_names(units: Iterable[Unit]) -> dict[int, UnitName]:
    rows = UnitName.objects.filter(unit__in=list(units)).order_by("-pk")
    return {row.unit_id: row for row in rows}


def older(unit: Unit, recorded: date, asked: date) -> OlderThanRecorded:
    return OlderThanRecorded(
        _("Nama %(unit)s sudah tercatat berlaku sejak %(recorded)s, sesudah %(asked)s.")
        % {"unit": unit.name, "recorded": say_day(recorded), "asked": say_day(asked)},
        next_step=_("Pakai tanggal yang lebih baru."),
        field="on",
    )
