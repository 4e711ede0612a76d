"""A letter gives the duties that its own text states, and no others."""

from __future__ import annotations

import pytest

from kanal.paper.reading.document import read_letters
from kanal.paper.reading.duties import duties_in
from kanal.paper.reading.kinds import form_of
from kanal.paper.reading.layout import sheet_of
from kanal.paper.reading.subjects import subject_in
from kanal.paper.tests.reading_desk import LETTERS, TODAY, view_of_lines

CONTENT = (
    "a. bertanggung jawab dalam penyediaan, penempatan dan pembaharuan",
    "konten informasi secara lengkap, valid dan akuntabel; dan",
)
COORDINATION = (
    "b. mengoordinasikan pengumpulan konten informasi pada OPD serta",
    "melakukan koordinasi dengan Dinas Komunikasi, Informatika dan Statistik.",
)
MENTIONED = (
    "Sehubungan dengan Instruksi Sekretaris Daerah Nomor 20 Tahun 2018 tentang",
    "Penunjukan Petugas Pengelola Media Sosial diktum KESATU, dengan hormat kami sampaikan",
    "petugas pengelola media sosial pada Kecamatan Tebet :",
)


def said(*lines: str) -> list[str]:
    return [duty.value for duty in duties_in(sheet_of(view_of_lines(lines)).passage)]


def test_the_instructions_own_words_give_both() -> None:
    assert said("dengan tugas :", *CONTENT, *COORDINATION) == ["konten", "koordinasi"]


@pytest.mark.parametrize(
    "line",
    [
        "bertugas menyiapkan, mengunggah, dan memutakhirkan konten media sosial kantor",
        "bertanggung jawab atas informasi yang lengkap, benar dan dapat dipertanggungjawabkan",
    ],
)
def test_an_offices_own_words_for_content(line: str) -> None:
    assert said(line) == ["konten"]


def test_collecting_alone_is_only_half_of_a_duty() -> None:
    assert said("menghimpun bahan dari seksi dan berkoordinasi dengan Diskominfotik") == [
        "koordinasi"
    ]
    assert said("menghimpun bahan dari seksi") == []
    assert said("berkoordinasi dengan Diskominfotik") == []


@pytest.mark.parametrize(
    "line",
    [
        "melaksanakan tugas sebagaimana dimaksud dalam diktum KEDUA Instruksi tersebut",
        "mempunyai tugas sesuai Instruksi Sekretaris Daerah Nomor 20 Tahun 2018",
        "dengan tugas dan tanggung jawab sebagaimana tercantum pada diktum KEDUA",
    ],
)
def test_a_letter_may_point_to_the_instruction(line: str) -> None:
    assert said(line) == ["konten", "koordinasi"]


@pytest.mark.parametrize(
    "lines",
    [
        MENTIONED,
        ("Surat Tugas sesuai Instruksi Sekretaris Daerah",),
        ("melaksanakan tugas sesuai instruksi pimpinan",),
        ("Dalam rangka penyediaan, penempatan dan pembaruan konten informasi kami tunjuk :",),
        ("Petugas tidak bertugas dalam penyediaan, penempatan dan pembaruan konten",),
        ("Demikian informasi ini kami buat lengkap, benar dan dapat dipertanggungjawabkan",),
        (*MENTIONED, "INSTRUKSI SEKRETARIS DAERAH", *CONTENT, *COORDINATION),
        ("KEDUA : Akun dikelola bersama", "KETIGA : Tugas sebagaimana diktum KEDUA berlaku"),
    ],
)
def test_what_gives_no_duty(lines: tuple[str, ...]) -> None:
    assert said(*lines) == []


def test_a_subject_is_read_whole_beside_the_address() -> None:
    sheet = sheet_of(
        view_of_lines(
            [
                "Nomor : 12/-1.2",
                "Hal : Penyampaian Nama Petugas             Yth. Sekretaris Daerah",
                "  Pengelola Media Sosial                   Provinsi DKI Jakarta",
            ]
        )
    )
    subject = subject_in(sheet)
    assert subject is not None
    assert subject.value == "Penyampaian Nama Petugas Pengelola Media Sosial"
    form = form_of(sheet)
    assert form is not None
    assert (form.value, form.place) == ("Surat Dinas", None)


def test_a_letter_without_a_subject_line_has_its_title() -> None:
    sheet = sheet_of(view_of_lines(["SURAT TUGAS / PENUNJUKAN", "Nomor : 311/SP/IV/2018"]))
    subject, form = subject_in(sheet), form_of(sheet)
    assert subject is not None
    assert subject.value == "SURAT TUGAS / PENUNJUKAN"
    assert form is not None
    assert form.value == "Surat Tugas"
    assert form.place is not None
    plain = sheet_of(view_of_lines(["Kami sampaikan nama petugas kami."]))
    assert (subject_in(plain), form_of(plain)) == (None, None)


@pytest.mark.parametrize(
    ("file", "form", "subject", "duties"),
    [
        (
            "p03_tebet_kv.pdf",
            "Surat Dinas",
            "Penyampaian Nama Petugas Pengelola Media Sosial",
            [],
        ),
        (
            "p02_hub_tabel.pdf",
            "Surat Dinas",
            "Penunjukan Petugas Pengelola Media Sosial",
            [],
        ),
        (
            "p06_ancol_judul.pdf",
            "Surat Penunjukan",
            "SURAT PENUNJUKAN",
            ["konten", "koordinasi"],
        ),
        (
            "p07_tapem_keputusan.pdf",
            "Keputusan",
            "PENUNJUKAN PETUGAS PENGELOLA MEDIA SOSIAL BIRO TATA PEMERINTAHAN",
            ["konten"],
        ),
    ],
)
def test_sample_letters(file: str, form: str, subject: str, duties: list[str]) -> None:
    (answer,) = read_letters([LETTERS / file], today=TODAY)
    (letter,) = answer["letters"]
    assert (letter["form"], letter["subject"], letter["duties"]) == (form, subject, duties)
    assert "subject" in letter["places"]
    assert ("duties" in letter["places"]) is bool(duties)
