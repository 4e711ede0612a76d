"""The register as files: the very columns an import reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet

from kanal.directory import person_sheet, unit_sheet
from kanal.directory.models import Person, Unit, User
from kanal.directory.permissions import (
    READ_DIRECTORY,
    READ_PEOPLE,
    SEE_PERSON_FILE,
    require,
)
from kanal.directory.reading import people_reached
from kanal.directory.tables import write_csv, write_xlsx
from kanal.journal.actions import record

UNIT_COLUMNS = [column.name for column in unit_sheet.COLUMNS]
PERSON_COLUMNS = [column.name for column in person_sheet.COLUMNS]


def units_of(by: User) -> QuerySet[Unit]:
    require(by=by, permission=READ_DIRECTORY)
    return Unit.objects.filter(government_id=by.government_id)


def units_csv(*, by: User) -> Iterator[bytes]:
    return write_csv(UNIT_COLUMNS, unit_sheet.unit_rows(units_of(by)))


def units_xlsx(*, by: User) -> bytes:
    return write_xlsx(UNIT_COLUMNS, unit_sheet.unit_rows(units_of(by)), title="instansi")


def people_csv(*, by: User) -> Iterator[bytes]:
    return write_csv(PERSON_COLUMNS, _people_rows(by, "csv"))


def people_xlsx(*, by: User) -> bytes:
    return write_xlsx(PERSON_COLUMNS, _people_rows(by, "xlsx"), title="orang")


def _people_rows(by: User, form: str) -> Iterable[list[str]]:
    """Numbers in full only for who may open every one of these people's files, and journalled."""
    require(by=by, permission=READ_PEOPLE)
    in_full = by.may(SEE_PERSON_FILE)
    reached: QuerySet[Person] = people_reached(by, SEE_PERSON_FILE if in_full else READ_PEOPLE)
    if in_full:
        with transaction.atomic():
            record(
                verb="export-people",
                by=by,
                government=by.government_id,
                subject="people",
                after={"people": reached.count(), "numbers": "in full", "form": form},
            )
    return person_sheet.person_rows(reached, in_full=in_full)
