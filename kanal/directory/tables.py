"""A CSV or Excel sheet as rows of plain text, read with limits; and the same rows written back."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kanal.lib.refusal import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
SEPARATORS = (",", ";", "\t")
MOST_NAMED = 20

# What a spreadsheet would run. A leading apostrophe is how such text is written down harmlessly.
_RUNS = re.compile(r"[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_WOULD_RUN = re.compile(r"'*[=+\-@\t\r]")
_PHONE = re.compile(r"\+\d[\d ()./-]*")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+\d+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u202a-\u202e\u2066-\u2069]")


class TableRefused(Refused):
    """The file as a whole can't be read as this kind of sheet."""

    status = 422

    def __init__(self, what: str, *, next_step: str = "") -> None:
        super().__init__(
            what,
            kept=_("Tidak ada yang dimuat."),
            next_step=next_step or _("Pakai berkas hasil unduhan Kanal sebagai contoh."),
            field="file",
        )


@dataclass(frozen=True)
class Fault:
    """One mistake in one row: the column, what is wrong, how to mend it."""

    column: str
    what: str
    mend: str


@dataclass(frozen=True)
class Column:
    name: str
    required: bool = False
    longest: int = 250
    # Codes and numbers that Excel spoils when it takes them for quantities.
    exact: bool = False
    # May begin with +; a whole number has lost its zero.
    phone: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the file, under the number the spreadsheet shows beside it."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    lines: list[Line]
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Raw:
    """A cell before it is understood; `trouble` names what the spreadsheet did to it."""

    text: str
    trouble: str = ""


Numbered = tuple[int, Sequence[Raw]]
EMPTY = Raw("")


def understand(rows: Iterable[Numbered], columns: Sequence[Column]) -> tuple[list[str], list[Line]]:
    """The header, and the rows below it that are not blank. Raises TableRefused."""
    filled = ((number, cells) for number, cells in rows if any(cell.text for cell in cells))
    first = next(filled, None)
    if first is None:
        raise TableRefused(_("Berkas ini tidak berisi apa pun."))
    header = header_of(first[1], columns)
    known = {column.name: column for column in columns}
    lines: list[Line] = []
    for number, cells in filled:
        if len(lines) == MAX_ROWS:
            raise TableRefused(
                _("Berkas ini lebih dari %(most)s baris.")
                % {"most": f"{MAX_ROWS:,}".replace(",", ".")},
                next_step=_("Bagi menjadi beberapa berkas, lalu unggah satu per satu."),
            )
        lines.append(_line(number, cells, header, known))
    if not lines:
        raise TableRefused(
            _("Berkas ini hanya berisi judul kolom."),
            next_step=_("Isi sekurangnya satu baris di bawah judul kolom."),
        )
    return [name for name in header if name], lines


def header_of(cells: Sequence[Raw], columns: Sequence[Column]) -> list[str]:
    """The column names as we call them, in the file's order; "" for an empty heading."""
    names = [heading(cell.text) for cell in cells]
    known = [column.name for column in columns]
    strangers = [name for name in dict.fromkeys(names) if name and name not in known]
    if strangers:
        raise _unknown(strangers, known)
    for name in names:
        if name and names.count(name) > 1:
            raise TableRefused(
                _("Kolom %(name)s ada dua kali.") % {"name": name},
                next_step=_("Hapus salah satunya."),
            )
    missing = [column.name for column in columns if column.required and column.name not in names]
    if missing:
        raise TableRefused(
            _("Kolom yang wajib ada belum ada: %(names)s.") % {"names": ", ".join(missing)},
            next_step=_("Baris pertama harus judul kolom, persis seperti pada contoh."),
        )
    return names


def heading(text: str) -> str:
    return "_".join(text.strip().lstrip("\ufeff").casefold().split())


def _unknown(names: list[str], known: list[str]) -> TableRefused:
    if not all(name.isprintable() for name in names):
        return TableRefused(
            _("Menurut isinya, ini bukan CSV atau Excel."),
            next_step=_("Unggah berkas .csv atau .xlsx."),
        )
    near = [found[0] for name in names if (found := get_close_matches(name, known, n=1))]
    hint = _("Mungkin maksudnya %(name)s.") % {"name": ", ".join(near)} if near else ""
    told = ", ".join(name[:60] for name in names[:MOST_NAMED])
    named = {"name": told, "known": ", ".join(known)}
    return TableRefused(
        ngettext("Kolom %(name)s tidak dikenal.", "Kolom %(name)s tidak dikenal.", len(names))
        % named,
        next_step=f"{hint} {_('Kolom yang dikenal: %(known)s.') % named}".strip(),
    )


def _line(
    number: int, cells: Sequence[Raw], header: Sequence[str], known: Mapping[str, Column]
) -> Line:
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for at, cell in enumerate(cells):
        name = header[at] if at < len(header) else ""
        if not name:
            if cell.text:
                faults.append(_beyond(at + 1))
            continue
        texts[name], fault = _read_cell(cell, known[name])
        if fault:
            faults.append(fault)
    missing = {name: "" for name in header if name and name not in texts}
    return Line(number, {**texts, **missing}, tuple(faults))


def _beyond(position: int) -> Fault:
    return Fault(
        _("kolom ke-%(n)s") % {"n": position},
        _("Ada isi di kolom tanpa judul; mungkin ada pemisah yang berlebih."),
        _("Apit isi yang mengandung pemisah dengan tanda kutip, atau kosongkan sel ini."),
    )


def _read_cell(cell: Raw, column: Column) -> tuple[str, Fault | None]:
    if _spoilt(cell, column):
        return cell.text, _trouble(cell, column)
    if column.exact and _SCIENTIFIC.fullmatch(cell.text.strip()):
        return cell.text, _trouble(Raw(cell.text, "number"), column)
    if _UNSEEN.search(cell.text):
        return "", Fault(
            column.name,
            _("Ada karakter yang tidak terlihat atau rusak di sel ini."),
            _("Hapus isinya, lalu ketik ulang."),
        )
    return _plain(cell.text, column)


def _spoilt(cell: Raw, column: Column) -> bool:
    if cell.trouble == "whole":
        return column.phone  # a zero in front is gone
    return bool(cell.trouble) and (cell.trouble != "number" or column.exact)


def _plain(written: str, column: Column) -> tuple[str, Fault | None]:
    lead = written.lstrip(" ")
    if _ESCAPED.match(lead):
        text = lead[1:]
    elif _RUNS.match(lead) and not (column.phone and _PHONE.fullmatch(lead.strip())):
        return written, _formula(column, lead)
    else:
        text = written
    text = " ".join(text.split())
    if len(text) > column.longest:
        return text, Fault(
            column.name,
            _("Isinya %(given)s huruf; paling panjang %(most)s.")
            % {"given": len(text), "most": column.longest},
            _("Pendekkan isinya."),
        )
    return text, None


def _formula(column: Column, text: str) -> Fault:
    return Fault(
        column.name,
        _("Isinya diawali “%(sign)s”, sehingga bisa dijalankan sebagai rumus oleh Excel.")
        % {"sign": text[0].strip() or _("tab")},
        _("Hapus tanda itu, atau kosongkan sel ini."),
    )


def _trouble(cell: Raw, column: Column) -> Fault:
    said = {
        "formula": (
            _("Sel ini berisi rumus, bukan teks."),
            _("Salin, lalu tempel sebagai nilai (Tempel Khusus, Nilai)."),
        ),
        "number": (
            _(
                "Sel ini disimpan sebagai bilangan; Excel membuang nol di depan dan angka di belakang."
            ),
            _("Format kolomnya sebagai Teks, lalu ketik ulang angkanya dari SK."),
        ),
        "error": (
            _("Sel ini berisi galat Excel (%(text)s).") % {"text": cell.text[:20]},
            _("Perbaiki rumusnya, lalu tempel sebagai nilai."),
        ),
        "boolean": (
            _("Sel ini berisi nilai benar/salah, bukan teks."),
            _("Format kolomnya sebagai Teks, lalu ketik ulang."),
        ),
    }
    what, mend = said.get(cell.trouble, said["number"])
    return Fault(column.name, what, mend)


def escape(text: str) -> str:
    """Text that no spreadsheet runs; `_plain` takes the apostrophe away again."""
    return f"'{text}" if _WOULD_RUN.match(text) else text


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """UTF-8 with a mark at its beginning, by which Excel knows it."""
    yield b"\xef\xbb\xbf"
    for row in _chain(columns, rows):
        line = StringIO()
        csv.writer(line).writerow([escape(cell) for cell in row])
        yield line.getvalue().encode()


def _chain(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield columns
    yield from rows


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """Every cell is text: nothing is run, no digit is lost."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in _chain(columns, rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", escape(text)))
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    made = BytesIO()
    book.save(made)
    return made.getvalue()
