"""The board's list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO, TypeAlias

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from kanal.compliance.listing import Line
from kanal.directory.models import UnitClass
from kanal.lib.refusal import Refused

Value: TypeAlias = str | date | int | None

MOST_ROWS = 50_000
WIDTHS = (18, 44, 22, 34, 22, 24, 40, 13, 13, 13, 13, 11, 13, 13, 13)


class TooLong(Refused):
    """More rows than a workbook should be made of while somebody waits."""

    status = 413


def write(target: IO[bytes], lines: Sequence[Line], *, title: str, day: date) -> None:
    if len(lines) > MOST_ROWS:
        raise TooLong(
            _("Daftar ini lebih dari %(most)d baris, terlalu panjang untuk satu lembar.")
            % {"most": MOST_ROWS},
            next_step=_("Saring menurut wilayah atau jenis kantor, lalu unduh lagi."),
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Papan"))
    for n, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "C4"
    _append(sheet, [title], bold=True)
    _append(sheet, [])
    _append(sheet, _head(), bold=True)
    for line in lines:
        _append(sheet, _values(line))
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(WIDTHS))}{3 + len(lines)}"
    book.save(target)


def _head() -> list[Value]:
    return [
        _("Kode"),
        _("Kantor"),
        _("Jenis"),
        _("Wilayah"),
        _("Status"),
        _("Akun"),
        _("Petugas"),
        _("Surat sejak"),
        _("Softcopy"),
        _("Hardcopy"),
        _("Batas waktu"),
        _("Lewat (hari)"),
        _("Instruksi disampaikan"),
        _("Instruksi diterima"),
        _("Belum tersampaikan sejak"),
    ]


def _values(line: Line) -> list[Value]:
    row = line.row
    return [
        line.unit.code,
        line.unit.name,
        str(UnitClass(row.unit_class).label),
        line.place,
        str(line.stage.label),
        ", ".join(row.networks),
        row.officer_names,
        row.letter_since,
        line.softcopy_on,
        line.hardcopy_on,
        row.due_on,
        line.late or None,
        row.served_on,
        row.acknowledged_on,
        row.undelivered_since,
    ]


def _append(sheet: WriteOnlyWorksheet, values: Sequence[Value], *, bold: bool = False) -> None:
    cells = []
    for value in values:
        cell = WriteOnlyCell(sheet)
        cell.value = value
        # A name that begins with "=" stays a name: openpyxl would take it for a formula.
        if isinstance(value, str):
            cell.data_type = "s"
        elif isinstance(value, date):
            cell.number_format = "dd-mm-yyyy"
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
