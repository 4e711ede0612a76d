"""The bytes of a CSV or Excel file, opened with care, as the rows `tables` understands."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kanal.directory.tables import (
    EMPTY,
    MAX_BYTES,
    SEPARATORS,
    Column,
    Numbered,
    Raw,
    Table,
    TableRefused,
    heading,
    understand,
)
from kanal.lib.files import OLD_WORD, XLSX, FileMistake, media_type_of

MAX_COLUMNS = 60
# Empty cells with a colour may stand further out; a row of thousands is made to hurt.
WIDEST = 1000
EXCEL_ROWS = 1_048_576
# A sheet of 50,000 honest rows unpacks to about 60 MB; its shared texts to a quarter of that.
MAX_UNPACKED = 150 << 20
MAX_SHARED_TEXTS = 40 << 20
EXACT_DIGITS = 15
# What openpyxl lets through of a file that only looks like a workbook.
BROKEN_BOOK = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def read_table(data: bytes, columns: Sequence[Column], name: str = "") -> Table:
    """Raises TableRefused when the file as a whole can't be read; rows carry their own faults."""
    if not data.strip():
        raise TableRefused(_("Berkas ini kosong."))
    if len(data) > MAX_BYTES:
        raise TableRefused(
            _("Berkas ini lebih dari 10 MB."),
            next_step=_("Bagi menjadi beberapa berkas, lalu unggah satu per satu."),
        )
    kind = _kind(data)
    if kind == XLSX:
        return _from_book(data, columns)
    if kind is not None:
        raise _not_a_table(kind)
    if name.casefold().endswith((".xlsx", ".xls", ".xlsm", ".ods")):
        raise TableRefused(
            _("Nama berkasnya berakhiran .%(ending)s, tetapi isinya bukan Excel.")
            % {"ending": name.rpartition(".")[2].casefold()},
            next_step=_(
                "Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi; atau beri nama .csv bila"
                " isinya memang CSV."
            ),
        )
    text, remarks = decode(data)
    header, lines = understand(_csv_rows(text, columns), columns)
    return Table(tuple(header), lines, remarks)


def _kind(data: bytes) -> str | None:
    try:
        return media_type_of(BytesIO(data))
    except FileMistake as mistake:
        raise TableRefused(
            str(mistake.what), next_step=_("Simpan sebagai .xlsx tanpa makro, lalu unggah lagi.")
        ) from mistake


def _not_a_table(kind: str) -> TableRefused:
    if kind == OLD_WORD:
        return TableRefused(
            _("Ini berkas Excel lama (.xls)."),
            next_step=_("Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."),
        )
    return TableRefused(
        _("Menurut isinya, ini bukan CSV atau Excel."),
        next_step=_("Unggah berkas .csv atau .xlsx."),
    )


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text, and what had to be assumed to read it."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig"), []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16"), [_("Dibaca sebagai UTF-16.")]
    if data.count(0) * 4 > len(data):
        guess = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strictly(data, guess), [_("Dibaca sebagai UTF-16.")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        assumed = _(
            "Berkas ini bukan UTF-8; dibaca sebagai Windows-1252 (Excel lama). "
            "Periksa huruf beraksen pada pratinjau."
        )
        return _strictly(data, "cp1252"), [assumed]


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableRefused(
            _("Pengodean huruf berkas ini tidak dikenali."),
            next_step=_("Simpan sebagai “CSV UTF-8” atau .xlsx, lalu unggah lagi."),
        ) from error


def _csv_rows(text: str, columns: Sequence[Column]) -> Iterator[Numbered]:
    separator, skip = _separator(text, columns)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number > skip:
                yield number, [Raw(cell) for cell in row]
    except csv.Error as error:
        raise TableRefused(
            _("Baris sesudah baris %(row)s tidak terbaca: tanda kutipnya tidak berpasangan.")
            % {"row": number},
            next_step=_("Perbaiki tanda kutip di baris itu, atau unggah sebagai .xlsx."),
        ) from error


def _separator(text: str, columns: Sequence[Column]) -> tuple[str, int]:
    """Excel may name it in a first line `sep=;`; else the one that finds most of our columns."""
    lines = text.lstrip("\ufeff").splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4], 1
    first = next((line for line in lines if line.strip()), "")
    names = {column.name for column in columns}

    def found(separator: str) -> int:
        return len({heading(part.strip('" ')) for part in first.split(separator)} & names)

    return max(SEPARATORS, key=found), 0


def _from_book(data: bytes, columns: Sequence[Column]) -> Table:
    _check_unpacked(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        remarks = []
        if len(book.worksheets) > 1:
            remarks.append(
                _("Hanya lembar pertama, “%(name)s”, yang dibaca.") % {"name": sheet.title}
            )
        header, lines = understand(_book_rows(sheet), columns)
    except BROKEN_BOOK as error:
        raise TableRefused(
            _("Berkas Excel ini rusak atau terkunci."),
            next_step=_("Buka di Excel, simpan ulang tanpa kata sandi, lalu unggah lagi."),
        ) from error
    return Table(tuple(header), lines, remarks)


def _check_unpacked(data: bytes) -> None:
    """A zip says how far it unpacks, and zipfile never reads past what it says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if sum(part.file_size for part in parts) > MAX_UNPACKED or shared > MAX_SHARED_TEXTS:
        raise TableRefused(
            _("Isi berkas Excel ini mengembang jauh di luar kewajaran."),
            next_step=_("Salin isinya ke berkas baru, lalu unggah lagi."),
        )


def _book_rows(sheet: Any) -> Iterator[Numbered]:
    # The sheet's own word on its size may be wrong either way.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > EXCEL_ROWS:
            raise TableRefused(_("Berkas Excel ini menyebut baris yang tidak mungkin ada."))
        beyond = cells[MAX_COLUMNS:]
        if len(cells) > WIDEST or any(cell.value is not None for cell in beyond):
            raise TableRefused(_("Berkas ini lebih dari %(most)s kolom.") % {"most": MAX_COLUMNS})
        yield number, [_raw(cell) for cell in cells[:MAX_COLUMNS]]


def _raw(cell: Any) -> Raw:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "f":
        return Raw(str(getattr(value, "text", value)) or "=", "formula")
    if cell.data_type == "e":
        return Raw(str(value), "error")
    if isinstance(value, bool):
        return Raw(str(value), "boolean")
    if isinstance(value, datetime):
        return Raw(value.date().isoformat())
    if isinstance(value, date):
        return Raw(value.isoformat())
    if isinstance(value, int | float):
        return _number(value)
    return Raw(str(value))


def _number(value: float) -> Raw:
    """A quantity as a person would have typed it, marked when digits may be gone."""
    if isinstance(value, float) and not value.is_integer():
        return Raw(repr(value), "number")
    digits = str(int(value))
    # Excel keeps 15 digits; what is longer came back rounded. Shorter ones only lose zeros.
    return Raw(digits, "number" if len(digits) > EXACT_DIGITS else "whole")
