"""A clerk's file, in all the ways it arrives: what is read, what is refused, and in which words."""

import zipfile
from contextlib import suppress
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.directory import tables
from kanal.directory.tablefiles import read_table
from kanal.directory.tables import MAX_ROWS, TableRefused, escape, write_csv, write_xlsx
from kanal.directory.tests.sheets import COLUMNS, as_csv, as_xlsx, cells_of, with_part

HEADER = ["kode", "nama", "telepon"]


def read(data: bytes) -> tables.Table:
    return read_table(data, COLUMNS)


def names(data: bytes) -> list[str]:
    return [line.cells["nama"] for line in read(data).lines]


def fault(data: bytes) -> tables.Fault:
    (line,) = read(data).lines
    (only,) = line.faults
    return only


def refusal(data: bytes) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_common_separator_and_encoding_is_read(separator: str, encoding: str) -> None:
    data = as_csv([HEADER, ["31.1", "Kelurahan Café; Baru, Dua", ""]], separator, encoding)
    assert names(data) == ["Kelurahan Café; Baru, Dua"]


def test_what_had_to_be_assumed_is_said() -> None:
    rows = [HEADER, ["31.1", "Café", ""]]
    assert read(as_csv(rows)).remarks == []
    assert "Windows-1252" in read(as_csv(rows, encoding="cp1252")).remarks[0]
    assert "UTF-16" in read(as_csv(rows, encoding="utf-16")).remarks[0]
    assert names(as_csv(rows, encoding="utf-16-le")) == ["Café"]
    assert names(as_csv(rows, encoding="utf-16-be")) == ["Café"]


def test_bytes_of_no_encoding_are_refused() -> None:
    assert "Pengodean" in str(refusal(b"kode,nama\n31.1,caf\x81\xff\n").what)


def test_excel_may_name_the_separator_itself() -> None:
    assert names(b"sep=;\nkode;nama\n31.1;Satu\n") == ["Satu"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    data = b'\n kode ,NAMA\n\n31.1,"Satu\nDua"\n,,\n31.2,Tiga\n'
    assert [(line.number, line.cells["nama"]) for line in read(data).lines] == [
        (4, "Satu Dua"),
        (6, "Tiga"),
    ]


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", " =1", "\t=1"])
@pytest.mark.parametrize("kind", [as_csv, as_xlsx])
def test_what_a_spreadsheet_would_run_is_refused(kind, text: str) -> None:
    found = fault(kind([HEADER, ["31.1", text, ""]]))
    assert found.column == "nama"
    assert "rumus" in found.what


def test_a_formula_in_a_sheet_is_refused_even_where_text_may_begin_with_plus() -> None:
    data = as_xlsx([HEADER, ["31.1", "Satu", "=1+1"]])
    assert fault(data).column == "telepon"


def test_an_international_telephone_number_is_not_a_formula() -> None:
    (line,) = read(as_csv([HEADER, ["31.1", "Satu", "+62 21 (345) 678"]])).lines
    assert line.faults == ()
    assert fault(as_csv([HEADER, ["31.1", "Satu", "+62*cmd"]])).column == "telepon"


@given(st.text(max_size=40).map(lambda text: " ".join(text.split())))
def test_escaped_text_is_never_run_and_comes_back_as_it_was(text: str) -> None:
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert tables._plain(escape(text), tables.Column("nama")) == (text, None)


def test_exported_files_hold_text_only_and_are_read_back() -> None:
    rows = [["31.1", "=cmd", "+6221"], ["007", "'=dua", ""], ["1", "Kel. 'Café'", "0812"]]
    plain = b"".join(write_csv(HEADER, rows))
    book = write_xlsx(HEADER, rows, title="uji")
    assert plain.startswith(b"\xef\xbb\xbf")
    assert cells_of(book)[1] == ["31.1", "'=cmd", "'+6221"]
    for data in (plain, book):
        assert [list(line.cells.values()) for line in read(data).lines] == rows
        assert all(line.faults == () for line in read(data).lines)


def test_a_number_excel_has_rounded_is_recognised() -> None:
    for value in (1.96402111984031e17, 196402111984031002, 31.7):
        found = fault(as_xlsx([HEADER, [value, "Satu", ""]]))
        assert (found.column, "Teks" in found.mend) == ("kode", True)
    assert fault(as_csv([HEADER, ["1,96402E+17", "Satu", ""]])).column == "kode"
    assert fault(as_xlsx([HEADER, ["31", "Satu", 81234567]])).column == "telepon"
    (line,) = read(as_xlsx([HEADER, [31, 2018, None]])).lines
    assert (line.cells["kode"], line.cells["nama"], line.faults) == ("31", "2018", ())


def test_dates_truths_and_errors_of_excel() -> None:
    (line,) = read(as_xlsx([HEADER, ["31", datetime(2018, 3, 28), ""]])).lines
    assert line.cells["nama"] == "2018-03-28"
    assert "#REF!" in fault(as_xlsx([HEADER, ["31", "#REF!", ""]])).what
    assert "benar/salah" in fault(as_xlsx([HEADER, ["31", True, ""]])).what


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x7f", "\u202e", "\ufffd"])
def test_unseen_signs_are_refused(sign: str) -> None:
    assert "tidak terlihat" in fault(as_csv([HEADER, ["31", f"Sa{sign}tu", ""]])).what


def test_too_long_text_is_refused_not_cut() -> None:
    found = fault(as_csv([HEADER, ["31", "a" * 61, ""]]))
    assert "61" in found.what
    assert "60" in found.what


def test_a_cell_too_many_is_a_mistake_of_its_row() -> None:
    assert fault(b"kode,nama\n31,Satu,Dua\n").column == "kolom ke-3"
    (line,) = read(b"kode,nama,\n31,Satu,\n").lines
    assert line.faults == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong"),
        (b" \n\n", "kosong"),
        (b"kode,nama\n", "hanya berisi judul"),
        (b"kode\n31\n", "wajib ada belum ada: nama"),
        (b"kode,nama,kode\n1,2,3\n", "dua kali"),
        (b'kode,nama\n31,"Satu\n', "tanda kutip"),
        (b"kode,nama\n31,satu" + b"a" * 200_000, "tanda kutip"),
        (b"%PDF-1.4\n", "bukan CSV atau Excel"),
        (b"\x89PNG\r\n\x1a\n", "bukan CSV atau Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel lama"),
        (b"PK\x03\x04 not a zip at all", "rusak"),
        (b"kode,nama\n" + b"a" * (10 << 20), "10 MB"),
    ],
)
def test_files_that_cannot_be_read_are_refused_whole(data: bytes, said: str) -> None:
    assert said in str(refusal(data).what)


def test_an_unknown_column_is_named_with_what_was_probably_meant() -> None:
    refused = refusal(b"kode,nama,telpon\n1,2,3\n")
    assert "telpon" in str(refused.what)
    assert "Mungkin maksudnya telepon" in str(refused.next_step)


def test_every_unknown_column_is_named() -> None:
    assert "warna, bentuk" in str(refusal(b"kode,nama,warna,bentuk\n1,2,3,4\n").what)


def test_a_name_of_excel_around_plain_words_is_said() -> None:
    with pytest.raises(TableRefused) as refused:
        read_table(b"not an xlsx", COLUMNS, "kantor.XLSX")
    assert "berakhiran .xlsx, tetapi isinya bukan Excel" in str(refused.value.what)


def test_fifty_thousand_rows_and_no_more() -> None:
    rows = "".join(f"{n},Satu\n" for n in range(MAX_ROWS))
    assert len(read(f"kode,nama\n{rows}".encode()).lines) == MAX_ROWS
    assert "50.000" in str(refusal(f"kode,nama\n{rows}x,Satu\n".encode()).what)


def test_only_the_first_sheet_is_read_and_that_is_said() -> None:
    table = read(as_xlsx([HEADER, ["31", "Satu", ""]], more_sheets=1))
    assert len(table.lines) == 1
    assert "lembar pertama" in table.remarks[0]


def test_a_zip_that_swells_is_refused_unopened() -> None:
    honest = as_xlsx([HEADER, ["31", "Satu", ""]])
    bomb = with_part(honest, "xl/worksheets/sheet1.xml", b" " * (200 << 20))
    assert len(bomb) < 1 << 20
    assert "kewajaran" in str(refusal(bomb).what)
    shared = with_part(honest, "xl/sharedStrings.xml", b" " * (50 << 20))
    assert "kewajaran" in str(refusal(shared).what)


def test_entities_that_multiply_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8)
    )
    sheet = laughs + b"]><worksheet><sheetData>&i;</sheetData></worksheet>"
    data = with_part(as_xlsx([HEADER, ["31", "Satu", ""]]), "xl/worksheets/sheet1.xml", sheet)
    assert "rusak" in str(refusal(data).what)


def test_a_sheet_that_names_an_impossible_row_is_refused() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c t="inlineStr"><is><t>kode</t></is></c>'
        b'<c t="inlineStr"><is><t>nama</t></is></c></row>'
        b'<row r="99999999999"><c t="inlineStr"><is><t>31</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    data = with_part(as_xlsx([HEADER]), "xl/worksheets/sheet1.xml", sheet)
    assert "baris" in str(refusal(data).what)


def test_a_sheet_as_wide_as_a_field_is_refused() -> None:
    assert "60 kolom" in str(refusal(as_xlsx([[*HEADER, *([None] * 70), "jauh"]])).what)


def test_other_zips_are_not_workbooks() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "bukan CSV atau Excel" in str(refusal(made.getvalue()).what)


def test_macros_are_refused() -> None:
    data = with_part(as_xlsx([HEADER]), "xl/vbaProject.bin", b"x")
    assert "makro" in str(refusal(data).what)


@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    with suppress(TableRefused):
        assert read(data).lines
