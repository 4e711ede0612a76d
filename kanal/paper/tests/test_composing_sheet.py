"""The sheet of the month on paper: one page, whatever it says, and its figures inside."""

from __future__ import annotations

import dataclasses
import io
import json
from datetime import datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from kanal.paper.composing.conformance import problems
from kanal.paper.composing.sheet import (
    ClassRow,
    Count,
    Month,
    MonthSheet,
    Number,
    Tile,
    Waiting,
    compose,
    picture,
    printable,
)
from kanal.paper.composing.sheetpictures import map_svg, pace_svg

URL = "https://kanal.contoh.go.id/lembar/2026-10/"
AT = datetime(2026, 11, 2, 8, tzinfo=timezone(timedelta(hours=7)))
STAGES = ("lengkap", "soft", "tunjuk", "belum", "kosong", "belum_lapor")
SHEET = MonthSheet(
    title="Lembar bulanan Oktober 2026",
    month="Oktober 2026",
    government="Pemprov DKI Jakarta",
    basis="Instruksi Sekda No. 20 Tahun 2018",
    day="31 Oktober 2026",
    complete="216",
    sentence="dari 338 kantor yang punya akun sudah lengkap.",
    alarm="99",
    alarm_sentence="lewat batas 16 Oktober 2026.",
    numbers=tuple(
        Number(name, value, 357, "34 belum menunjuk", change)
        for name, value, change in [
            ("Kantor terdata", 357, 0),
            ("Punya akun", 338, 4),
            ("Petugas ditunjuk", 304, None),
            ("Softcopy diterima", 269, 41),
            ("Hardcopy diterima", 216, -3),
        ]
    ),
    before="Angka kecil: perubahan terhadap 30 September 2026.",
    stages=STAGES,
    stage_names=("Lengkap", "Hardcopy belum", "Surat belum dikirim", "Belum menunjuk", "Nihil", "?"),
    classes=(ClassRow("Kelurahan", (155, 38, 28, 29, 12, 5), 267, 250, 155, 79),),
    tiles=(Tile(0, 0, "Gbr", "Gambir", 4, 6), Tile(1, 1, "Sen", "Senen", 6, 6)),
    months=(Month("September 2026", "Sep", 300, 250, 180), Month("Oktober 2026", "Okt", 338, 304, 216)),
    waiting_title="Paling lama ditunggu",
    waiting=(
        Waiting("Kelurahan Gedong Waru", "Jakarta Timur", "belum", "Belum menunjuk", "lewat 23 hari", True),
    ),
    changes=(Count("Penunjukan", 41), Count("Penggantian", 12), Count("Berhenti", 3)),
    vacancies=Count("Lowong", 7, "kantor, terlama sejak 14 Jul 2026"),
    edition="Edisi 1",
    correction="",
    made="Dibuat 2 November 2026 pukul 08.00 oleh Kanal.",
    sample="",
)  # fmt: skip
NATION = 1_234_567
FULLEST = dataclasses.replace(
    SHEET,
    title="Lembar bulanan September 2026",
    government="Pemerintah Daerah Khusus Ibukota Jakarta dan sekitarnya",
    basis="Instruksi Gubernur dan Sekretaris Daerah Nomor 20-A/INSTR/VII Tahun 2018",
    complete="1.234.567",
    sentence="dari 1.234.567 kantor yang punya akun sudah lengkap.",
    alarm="1.234.567",
    numbers=tuple(
        Number("Softcopy diterima", NATION, NATION, "1.234.567 nihil, 1.234.567 belum menyatakan", -9999)
        for _ in range(5)
    ),
    classes=tuple(
        ClassRow("Kabupaten Administrasi", (NATION,) * 6, NATION, NATION, NATION, NATION)
        for _ in range(13)
    ),
    tiles=tuple(Tile(n % 9, n // 9, "Mmm", "Kepulauan Seribu Selatan", 999, 999) for n in range(90)),
    months=tuple(Month("September 2026", "Sep", NATION, NATION, NATION) for _ in range(12)),
    waiting=tuple(
        Waiting("Badan Perencanaan Pembangunan Penelitian", "Kec. Kebayoran Lama, Jakarta Se…",
                "tunjuk", "Surat belum dikirim", "lewat 1.234 hari", True)
        for _ in range(5)
    ),
    changes=tuple(Count("Penggantian", NATION, "petugas pengganti") for _ in range(3)),
    vacancies=Count("Lowong", NATION, "kantor, terlama sejak 14 Sep 2026"),
    edition="Edisi 12",
    correction="Menggantikan edisi 11 tanggal 30 September 2026. Sebab: " + "tanda terima baru, " * 8,
    made="Dibuat 30 September 2026 pukul 16.00 oleh " + "Raden Ayu " * 16,
    sample="Data contoh: nama dan angka karangan",
)  # fmt: skip


def made(sheet: MonthSheet, figures: str = '{"kanal": 1}') -> bytes:
    return compose(sheet, url=URL, figures=figures, at=AT)


@pytest.mark.parametrize("sheet", [SHEET, FULLEST])
def test_it_is_one_accessible_page_for_the_archive(sheet: MonthSheet) -> None:
    pdf = made(sheet)
    assert problems(pdf) == []
    assert len(pypdfium2.PdfDocument(pdf)) == 1


@pytest.mark.parametrize(
    "emptied",
    [
        {"tiles": (), "months": (), "waiting": (), "classes": ()},
        {"complete": "", "sentence": "Belum ada kantor yang menyatakan akunnya.", "alarm": ""},
        {"months": SHEET.months[:1], "tiles": SHEET.tiles[:1]},
    ],
)
def test_what_a_government_lacks_leaves_no_hole(emptied: dict[str, object]) -> None:
    pdf = made(dataclasses.replace(SHEET, **emptied))
    assert problems(pdf) == []
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_its_figures_are_inside_and_its_code_leads_to_the_page() -> None:
    figures = json.dumps({"kanal": 1, "numbers": {"hard": 216}})
    pdf = made(SHEET, figures)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == ["lembar.json"]
        assert document.attachments["lembar.json"].get_file().read_bytes().decode() == figures
    page = pypdfium2.PdfDocument(pdf)[0]
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert code.text == URL


def test_the_same_words_make_the_same_bytes() -> None:
    assert made(SHEET) == made(SHEET)


def test_its_text_and_its_pictures_can_be_read_aloud() -> None:
    pdf = made(SHEET)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Lembar bulanan Oktober 2026" in text
    assert "Kelurahan Gedong Waru" in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alts = [
            str(thing.Alt)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert any("Gambir 67%" in alt for alt in alts)
    assert any("Oktober 2026: 338 punya akun, 304 petugas ditunjuk, 216 lengkap" in a for a in alts)


def test_no_name_stops_it() -> None:
    strange = 'Kelurahan "<b>&amp;\u202e#strong[x] 東京 \x00\\'
    waiting = dataclasses.replace(SHEET.waiting[0], name=strange)
    tile = dataclasses.replace(SHEET.tiles[0], short="<x&", name=strange)
    sheet = dataclasses.replace(SHEET, waiting=(waiting,), tiles=(tile,), government=strange)
    assert problems(made(sheet)) == []
    assert printable("東 Tebet\x00\u202e") == "? Tebet"


def test_a_picture_of_it_before_it_is_made() -> None:
    assert picture(SHEET, url=URL).startswith(b"\x89PNG")


def test_pictures_without_numbers_are_drawn_too() -> None:
    nothing = Month("Oktober 2026", "Okt", 0, 0, 0)
    assert ">0<" in pace_svg([nothing])
    assert "–" in map_svg([Tile(0, 0, "Gbr", "Gambir", 0, 0)])
