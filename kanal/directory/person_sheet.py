"""People as a sheet, one row per posting: checked against the register, written, exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kanal.directory.models import Government, Person, Posting, Unit
from kanal.directory.person_plan import (
    Given,
    Planned,
    find_people,
    plan_person,
    plan_posting,
)
from kanal.directory.plan import Plan, PlannedRow, RowState
from kanal.directory.tables import Column, Fault, Line, Table
from kanal.directory.unit_sheet import read_day, read_email, shown
from kanal.directory.unit_tree import BATCH
from kanal.journal.actions import Actor, Deed, record_many
from kanal.lib.dates import say_day
from kanal.lib.identity import (
    LABELS,
    Identity,
    IdentityKind,
    IdentityMistake,
    parse,
    read_employee_number,
)
from kanal.lib.names import split_titles

COLUMNS = (
    Column("nama_lengkap", required=True, longest=300),
    Column("jenis_identitas", required=True, longest=40),
    Column("nomor_identitas", required=True, longest=40, exact=True),
    Column("alasan", longest=200),
    Column("kode_kantor", longest=60, exact=True),
    Column("jabatan", longest=200),
    Column("pangkat", longest=80),
    Column("surel", longest=254),
    Column("telepon", longest=40, phone=True),
    Column("mulai", longest=40),
    Column("selesai", longest=40),
)
KINDS = {
    **{kind.value: kind for kind in IdentityKind},
    **{str(label).casefold(): kind for kind, label in LABELS.items()},
    "ni pppk": IdentityKind.PPPK,
    "": None,
}
NOWHERE: list[Posting | None] = [None]
LONGEST = {"name": 160, "title_before": 60, "title_after": 80}


@dataclass
class PersonPlan(Plan):
    government: Government
    planned: list[Planned] = field(default_factory=list)

    def carry_out(self, *, by: Actor) -> None:
        """Call inside the transaction that made the plan, and only when no row is wrong."""
        people = _once(row.person for row in self.planned if row.person.pk is None)
        Person.objects.bulk_create(people, batch_size=BATCH)
        edited = [row for row in self.planned if row.edits]
        Person.objects.bulk_update(
            [row.person for row in edited],
            ["title_before", "name", "title_after", "name_folded", "email", "phone"],
            batch_size=BATCH,
        )
        named = [row.posting for row in self.planned if row.posting]
        begun = [posting for posting in named if posting.pk is None]
        changed = [row for row in self.planned if row.posting and row.posting.pk and row.moves]
        for posting in begun:
            posting.person_id = posting.person.pk  # known only since the people were written
        Posting.objects.bulk_update(
            [row.posting for row in changed if row.posting],
            ["post", "rank", "begins_on", "ends_on"],
            batch_size=BATCH,
        )
        Posting.objects.bulk_create(begun, batch_size=BATCH)
        record_many(by=by, deeds=self._deeds(people, edited, begun, changed))

    def _deeds(
        self,
        people: list[Person],
        edited: list[Planned],
        begun: list[Posting],
        changed: list[Planned],
    ) -> Iterator[Deed]:
        pk = self.government.pk
        for person in people:
            yield added(person)
        for row in edited:
            yield _changes("change-person", pk, row.person, "", row.edits)
        for posting in begun:
            yield Deed(
                verb="begin-posting",
                government=pk,
                subject=f"person:{posting.person.pk}",
                unit=posting.unit.code,
                after=posting_facts(posting),
            )
        for row in changed:
            if row.posting:
                yield _changes("change-posting", pk, row.person, row.posting.unit.code, row.moves)


def added(person: Person) -> Deed:
    return Deed(
        verb="add-person",
        government=person.government_id,
        subject=f"person:{person.pk}",
        after={"name": person.full_name, "identity": person.masked_identity},
    )


def posting_facts(posting: Posting) -> dict[str, Any]:
    return {
        "post": posting.post,
        "rank": posting.rank,
        "begins_on": shown(posting.begins_on),
        "ends_on": shown(posting.ends_on),
    }


def _changes(
    verb: str, government: int, person: Person, unit: str, changes: Sequence[tuple[str, str, str]]
) -> Deed:
    return Deed(
        verb=verb,
        government=government,
        subject=f"person:{person.pk}",
        unit=unit,
        before={name: before for name, before, _after in changes},
        after={name: after for name, _before, after in changes},
    )


def _once(people: Iterable[Person]) -> list[Person]:
    """Each new person once, though several rows may name it; not yet saved, so by identity."""
    return list({id(person): person for person in people}.values())


def plan_people(
    table: Table, *, government: Government, on: date | None = None, lock: bool = False
) -> PersonPlan:
    """What the sheet would do. Changes nothing. A posting's own days are in its row."""
    codes = {line.cells.get("kode_kantor", "") for line in table.lines} - {""}
    units = {u.code: u for u in Unit.objects.filter(government=government, code__in=codes)}
    faults: dict[int, list[Fault]] = {line.number: list(line.faults) for line in table.lines}
    given = [_read(line, table.columns, units, faults[line.number]) for line in table.lines]
    register = find_people(government, [row for row in given if row], lock=lock)
    plan = PersonPlan([], list(table.remarks), government)
    for line, row in zip(table.lines, given, strict=True):
        own = faults[line.number]
        planned = None
        if row and not own:
            planned = plan_person(row, register, own)
        if row and planned and not own:
            plan_posting(row, planned, register, own)
        plan.rows.append(_planned(line, row, planned, own))
        if planned and not own:
            plan.planned.append(planned)
    return plan


def _planned(
    line: Line, row: Given | None, planned: Planned | None, faults: list[Fault]
) -> PlannedRow:
    title = line.cells.get("nama_lengkap", "")
    if faults or planned is None:
        return PlannedRow(line.number, RowState.WRONG, title, faults=tuple(faults))
    changes = (*planned.edits, *planned.moves)
    new = planned.is_new or bool(planned.posting and planned.posting.pk is None)
    state = RowState.NEW if new else RowState.CHANGED if changes else RowState.SAME
    if new and row and row.unit:
        title = f"{title}, {row.unit.short}"
    return PlannedRow(line.number, state, title, changes)


def _read(
    line: Line, columns: Sequence[str], units: dict[str, Unit], faults: list[Fault]
) -> Given | None:
    cells = {name: line.cells.get(name, "") for name in (column.name for column in COLUMNS)}
    identity = _identity(cells, faults)
    name = split_titles(cells["nama_lengkap"])
    if not name.bare:
        faults.append(Fault("nama_lengkap", _("Namanya kosong."), _("Isi nama lengkap.")))
    elif _too_long(name.prefix, name.bare, name.suffix):
        faults.append(
            Fault("nama_lengkap", _("Nama atau gelarnya terlalu panjang."), _("Pendekkan isinya."))
        )
    code = cells["kode_kantor"]
    if code and code not in units:
        faults.append(
            Fault(
                "kode_kantor",
                _("Tidak ada kantor dengan kode %(code)s.") % {"code": code},
                _("Salin kodenya dari daftar Instansi."),
            )
        )
    begins, ends = _days(cells, faults)
    email = read_email(cells["surel"], faults)
    if identity is None or faults:
        return None
    return Given(
        number=line.number,
        columns=frozenset(columns),
        full_name=cells["nama_lengkap"],
        name=name,
        identity=identity,
        reason=cells["alasan"],
        unit=units.get(code),
        post=cells["jabatan"],
        rank=cells["pangkat"],
        email=email,
        phone=cells["telepon"],
        begins_on=begins,
        ends_on=ends,
    )


def _too_long(before: str, bare: str, after: str) -> bool:
    return (
        len(bare) > LONGEST["name"]
        or len(before) > LONGEST["title_before"]
        or len(after) > LONGEST["title_after"]
    )


def _identity(cells: dict[str, str], faults: list[Fault]) -> Identity | None:
    said, number = cells["jenis_identitas"].casefold(), cells["nomor_identitas"]
    if said not in KINDS:
        faults.append(
            Fault(
                "jenis_identitas",
                _("Jenis “%(kind)s” tidak dikenal.") % {"kind": said[:40]},
                _("Pilih salah satu: %(kinds)s.") % {"kinds": ", ".join(IdentityKind)},
            )
        )
        return None
    if any(fault.column == "nomor_identitas" for fault in faults):
        return None
    if "*" in number:
        faults.append(
            Fault(
                "nomor_identitas",
                _("Nomornya disamarkan."),
                _("Minta berkas dari orang yang perannya boleh melihat nomor lengkap."),
            )
        )
        return None
    return _parsed(KINDS[said], number, cells["alasan"], faults)


def _parsed(
    kind: IdentityKind | None, number: str, reason: str, faults: list[Fault]
) -> Identity | None:
    if kind is IdentityKind.NONE and not reason:
        faults.append(
            Fault(
                "alasan",
                _("Orang tanpa nomor pegawai perlu alasannya."),
                _("Isi kolom alasan, misalnya PJLP."),
            )
        )
        return None
    if kind is not IdentityKind.NONE and reason:
        faults.append(
            Fault(
                "alasan",
                _("Alasan hanya untuk orang tanpa nomor."),
                _("Kosongkan alasannya, atau pilih jenis “tanpa”."),
            )
        )
        return None
    try:
        return parse(kind, number) if kind else read_employee_number(number)
    except IdentityMistake as mistake:
        faults.append(Fault("nomor_identitas", str(mistake.what), str(mistake.next_step)))
        return None


def _days(cells: dict[str, str], faults: list[Fault]) -> tuple[date | None, date | None]:
    begins = read_day(cells["mulai"], "mulai", faults)
    ends = read_day(cells["selesai"], "selesai", faults)
    if begins and ends and ends <= begins:
        faults.append(
            Fault(
                "selesai",
                _("Selesai %(ends)s tidak sesudah mulai %(begins)s.")
                % {"ends": say_day(ends), "begins": say_day(begins)},
                _("Tanggal selesai adalah hari pertama orang itu tidak lagi di kantor ini."),
            )
        )
    filled = [name for name in ("jabatan", "pangkat", "mulai", "selesai") if cells[name]]
    if filled and not cells["kode_kantor"]:
        faults.append(
            Fault(
                "kode_kantor",
                _("Kolom %(names)s terisi, tetapi kantornya kosong.")
                % {"names": ", ".join(filled)},
                _("Isi kode kantor tempat orang ini bekerja."),
            )
        )
    return begins, ends


def person_rows(people: QuerySet[Person], *, in_full: bool) -> Iterator[list[str]]:
    """One row per posting under the same columns; somebody without one has a row of their own."""
    wanted = people.prefetch_related("postings__unit").order_by("name_folded", "pk")
    for person in wanted.iterator(chunk_size=1000):
        number = person.identity_number if in_full else person.masked_identity
        first = [person.full_name, person.identity_kind, number, person.identity_reason]
        postings = sorted(person.postings.all(), key=lambda p: (p.begins_on or date.min, p.pk))
        for posting in postings or NOWHERE:
            at = [posting.unit.code, posting.post, posting.rank] if posting else ["", "", ""]
            days = [shown(posting.begins_on), shown(posting.ends_on)] if posting else ["", ""]
            yield [*first, *at, person.email, person.phone, *days]
