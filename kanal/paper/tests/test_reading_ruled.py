"""Lines drawn on pages become cells; what no line parts stays with the white between words."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kanal.paper.reading.grids import grids_of
from kanal.paper.reading.headings import column_of
from kanal.paper.reading.layout import sheet_of
from kanal.paper.reading.letters import letters_in
from kanal.paper.reading.numbering import day_of
from kanal.paper.reading.rules import Rule, RuledPage
from kanal.paper.reading.scan_rules import rules_seen
from kanal.paper.reading.spelled import number_in_words, spelled_days
from kanal.paper.tests.reading_desk import view_of_lines
from kanal.paper.words import View, Word


def _table(xs: list[float], ys: list[float]) -> list[Rule]:
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *((x, ys[0], x, ys[-1]) for x in xs)]


def test_lines_make_cells() -> None:
    (grid,) = grids_of(1, _table([50, 80, 200, 400], [100, 120, 160]))
    assert grid.size == (2, 3)
    assert len(set(grid.owner.values())) == 6
    assert grid.at(90, 110) == grid.at(190, 119)
    assert grid.at(90, 110) != grid.at(90, 130)
    assert grid.at(20, 110) is None


def test_a_cell_without_a_line_inside_is_one() -> None:
    rules = [rule for rule in _table([50, 80, 200], [100, 120, 160, 200]) if rule[0] != 80]
    rules.append((80, 120, 80, 200))
    (grid,) = grids_of(1, rules)
    assert grid.at(60, 110) == grid.at(100, 110)
    assert grid.at(60, 130) != grid.at(100, 130)


def test_strokes_drawn_cell_by_cell_are_one_line() -> None:
    pieces: list[Rule] = []
    for x0, y0, x1, y1 in _table([50, 80, 200], [100, 120, 160]):
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        pieces += [(x0, y0, x, y), (x, y, x1, y1)]
    (grid,) = grids_of(1, pieces)
    assert grid.size == (2, 2)


def test_underlines_and_frames_are_no_tables() -> None:
    assert list(grids_of(1, [(50, 100, 300, 100), (50, 300, 300, 300)])) == []
    assert list(grids_of(1, _table([20, 570], [20, 820]))) == []


def test_a_drawing_of_a_thousand_lines_is_left_alone() -> None:
    rules = [(float(at), 0.0, float(at), 800.0) for at in range(0, 6000, 5)]
    assert list(grids_of(1, rules)) == []


def test_lines_are_seen_on_a_picture() -> None:
    page = np.full((1200, 900), 235, dtype=np.uint8)
    for y in (300, 360, 480):
        page[y : y + 2, 100:700] = 60
    for x in (100, 180, 420, 698):
        page[300:482, x : x + 2] = 60
    (grid,) = grids_of(1, rules_seen(page, 150.0))
    assert grid.size == (2, 3)
    assert grid.xs == pytest.approx([48.2, 86.6, 201.8, 335.2], abs=1.5)


def test_print_without_lines_shows_none() -> None:
    page = np.full((1200, 900), 235, dtype=np.uint8)
    for y in range(200, 1000, 25):
        page[y : y + 12, 100:700:9] = 40
    assert rules_seen(page, 150.0) == ()


@pytest.mark.parametrize(
    ("texts", "kinds", "role"),
    [
        (["Nama Petugas Lama"], ("name",), "replaced"),
        (["SEMULA", "NIP"], ("nip",), "replaced"),
        (["Pengelola Pengganti"], ("person",), "officer"),
        (["Nama Akun"], ("account",), ""),
        (["No. KTP"], ("other",), ""),
    ],
)
def test_a_column_by_the_words_over_it(texts: list[str], kinds: tuple[str, ...], role: str) -> None:
    column = column_of(texts, 0.0, 1.0)
    assert (column.kinds, column.role) == (kinds, role)


def test_a_narrow_cell_holds_its_number_together() -> None:
    """Two lines of digits in one cell, and a name that reaches to the next column's edge."""
    lines = [
        "SURAT PENUNJUKAN", "Nomor : 1/SP/2022", "Menunjuk pengelola media sosial:",
        "Nama        NIP          Jabatan",
        "Siti        19950116     Arsiparis",
        "Rahayu      2015022004   Terampil",
    ]  # fmt: skip
    (page,) = view_of_lines(lines).pages
    xs = [55.0, 115.0, 180.0, 260.0]
    rules = tuple(_table(xs, [82.0, 97.0, 130.0]))
    view = View("pdf", (RuledPage(1, page.width, page.height, page.words, rules),))
    (letter,) = letters_in(view)
    (one,) = letter.officers
    assert one.name is not None
    assert one.nip is not None
    assert (one.name.value, one.nip.digits) == ("Siti Rahayu", "199501162015022004")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("dua puluh delapan", 28),
        ("sebelas", 11),
        ("tiga belas", 13),
        ("dua ribu delapan belas", 2018),
        ("dua ribu dua puluh satu", 2021),
        ("seribu sembilan ratus sembilan puluh sembilan", 1999),
        ("31", 31),
    ],
)
def test_numbers_in_words(words: str, number: int) -> None:
    assert number_in_words(words) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tanggal dua puluh delapan bulan Maret tahun dua ribu delapan belas", date(2018, 3, 28)),
        ("Pada hari ini Rabu tanggal 28 bulan Maret tahun 2018", date(2018, 3, 28)),
        ("tanggal tiga puluh satu April dua ribu dua puluh", None),
    ],
)
def test_days_in_words(text: str, day: date | None) -> None:
    assert [found.day for found in spelled_days(text)] == [day]


def test_a_day_of_a_law_is_not_spelled() -> None:
    assert list(spelled_days("Instruksi tanggal 28 Maret 2018 tentang Penunjukan")) == []


@pytest.mark.parametrize(
    "line",
    ["Banda Aceh, 24 Februari 2021 M", "Banda Aceh, 12 Rajab 1442 H / 24 Februari 2021 M"],
)
def test_the_common_year_beside_the_islamic_one(line: str) -> None:
    found = day_of(sheet_of(view_of_lines([line])).rows).fact
    assert found is not None
    assert found.value == "2021-02-24"


def test_words_outside_every_table_are_nobodys() -> None:
    page = RuledPage(
        1, 595, 842, (Word("Nama", 60, 40, 80, 50),), tuple(_table([1, 9, 20], [1, 9, 20]))
    )
    (letter,) = letters_in(View("pdf", (page,)))
    assert letter.officers == ()
