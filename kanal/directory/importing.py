"""An uploaded sheet: kept, shown as what it would do, then carried out whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory import person_sheet, unit_sheet
from kanal.directory.models import Government, User
from kanal.directory.permissions import EDIT_DIRECTORY, require
from kanal.directory.plan import Plan
from kanal.directory.tablefiles import read_table
from kanal.directory.tables import MAX_BYTES, Column, Table, TableRefused
from kanal.journal.actions import record
from kanal.lib.refusal import Refused

FOLDER = "impor"
KEPT_FOR = timedelta(days=1)


class SheetKind(StrEnum):
    UNITS = "kantor"
    PEOPLE = "orang"


class ImportRefused(Refused):
    """Nothing of the file was loaded."""

    status = 422


@dataclass(frozen=True)
class Sheet:
    columns: tuple[Column, ...]
    plan: Callable[..., Plan]
    verb: str


SHEETS = {
    SheetKind.UNITS: Sheet(unit_sheet.COLUMNS, unit_sheet.plan_units, "import-units"),
    SheetKind.PEOPLE: Sheet(person_sheet.COLUMNS, person_sheet.plan_people, "import-people"),
}


@dataclass(frozen=True)
class Draft:
    """An upload waiting for a yes. It lives in the session of who uploaded it."""

    kind: SheetKind
    stored: str
    file_name: str
    on: date | None

    def as_session(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "stored": self.stored,
            "file_name": self.file_name,
            "on": self.on.isoformat() if self.on else "",
        }

    @classmethod
    def of_session(cls, kept: dict[str, Any]) -> Draft:
        on = date.fromisoformat(kept["on"]) if kept["on"] else None
        return cls(SheetKind(kept["kind"]), kept["stored"], kept["file_name"], on)


def keep(*, kind: SheetKind, upload: File[bytes], on: date | None, by: User) -> Draft:
    """Keeps a sheet that can be read at all. Raises TableRefused, NotAllowed."""
    require(by=by, permission=EDIT_DIRECTORY)
    if (upload.size or 0) > MAX_BYTES:
        raise TableRefused(
            _("Berkas ini lebih dari 10 MB."),
            next_step=_("Bagi menjadi beberapa berkas, lalu unggah satu per satu."),
        )
    data = upload.read()
    read_table(data, SHEETS[kind].columns, upload.name or "")
    _forget_old_ones()
    stored = default_storage.save(f"{FOLDER}/{uuid4().hex}", ContentFile(data))
    return Draft(kind, stored, (upload.name or "")[:120], on)


def preview(*, draft: Draft, by: User) -> Plan:
    """What the kept sheet would do to the register as it stands now."""
    require(by=by, permission=EDIT_DIRECTORY)
    return _plan(draft, by.government, _table(draft))


def carry_out(*, draft: Draft, fingerprint: str, by: User) -> Plan:
    """All of what was shown, in one transaction, or nothing."""
    require(by=by, permission=EDIT_DIRECTORY)
    table = _table(draft)
    with transaction.atomic():
        # One import of a government at a time; each sees what the one before it wrote.
        government = Government.objects.select_for_update().get(pk=by.government_id)
        plan = _plan(draft, government, table, lock=True)
        if plan.wrong:
            raise ImportRefused(
                _("%(n)s baris masih salah.") % {"n": len(plan.wrong)},
                next_step=_("Perbaiki berkasnya, lalu unggah lagi."),
            )
        if plan.fingerprint != fingerprint:
            raise ImportRefused(
                _("Data Kanal berubah sejak pratinjau dibuat."),
                next_step=_("Periksa pratinjau yang baru, lalu jalankan lagi."),
            )
        plan.carry_out(by=by)
        if plan.to_do:
            record(
                verb=SHEETS[draft.kind].verb,
                by=by,
                government=government.pk,
                subject=f"import:{draft.kind}",
                after=dict(plan.counts),
                note=draft.file_name,
            )
    forget(draft)
    return plan


def _plan(draft: Draft, government: Government, table: Table, *, lock: bool = False) -> Plan:
    return SHEETS[draft.kind].plan(table, government=government, on=draft.on, lock=lock)


def _table(draft: Draft) -> Table:
    try:
        with default_storage.open(draft.stored) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise ImportRefused(
            _("Berkas unggahan ini sudah tidak disimpan."), next_step=_("Unggah lagi berkasnya.")
        ) from error
    return read_table(data, SHEETS[draft.kind].columns)


def forget(draft: Draft) -> None:
    default_storage.delete(draft.stored)


def _forget_old_ones() -> None:
    """Uploads nobody confirmed hold staff numbers: they don't stay."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    oldest = datetime.now(UTC) - KEPT_FOR
    _delete(name for name in names if _arrived(name) < oldest)


def _arrived(name: str) -> datetime:
    try:
        return default_storage.get_modified_time(f"{FOLDER}/{name}")
    except FileNotFoundError:  # another upload has just swept it away
        return datetime.now(UTC)


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(f"{FOLDER}/{name}")
