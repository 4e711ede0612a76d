"""Files as offices send them, for the tests of reading and importing."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kanal.directory.tables import Column

COLUMNS = (
    Column("kode", required=True, longest=20, exact=True),
    Column("nama", required=True, longest=60),
    Column("telepon", phone=True),
)


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    made = StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]], *, more_sheets: int = 0) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for _n in range(more_sheets):
        book.create_sheet()
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one of its parts replaced."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def cells_of(data: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def upload(data: bytes, name: str = "daftar.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sheet_of(columns: Sequence[str], *rows: Mapping[str, str]) -> bytes:
    return as_csv([list(columns), *([row.get(name, "") for name in columns] for row in rows)])
