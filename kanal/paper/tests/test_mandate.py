"""Diktum by diktum: what a verifier needs from an instruction, read from its own text."""

import random
import re
import time
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal.paper.mandate import Found, MandateReading, read_mandate, text_of, warnings
from kanal.paper.tests.pdf import pdf_of

PAPERS = Path(__file__).parent / "papers"
TEN_CLASSES = [
    "inspektorat",
    "badan",
    "kota",
    "kabupaten",
    "satpol_pp",
    "dinas",
    "setwan",
    "biro",
    "kecamatan",
    "kelurahan",
]


def paper(name: str) -> str:
    return text_of((PAPERS / name).read_bytes(), "text/plain")


def values(reading: MandateReading) -> dict[str, object]:
    """What was read, without places, for comparing two writings of one paper."""
    said: dict[str, object] = {}
    for field in fields(reading):
        value = getattr(reading, field.name)
        said[field.name] = value.value if isinstance(value, Found) else value
    said["addressees"] = [(a.order, a.text, a.unit_class) for a in reading.addressees]
    said["dicta"] = [
        (d.label, d.order, d.text, [(i.label, i.text) for i in d.items]) for d in reading.dicta
    ]
    said["copies"] = [copy.value for copy in reading.copies]
    return said


@pytest.fixture(scope="module")
def jakarta() -> MandateReading:
    return read_mandate(paper("instruksi-sekda-20-2018.md"))


def test_jakartas_instruction_says_who_when_and_under_which_number(jakarta: MandateReading) -> None:
    read = values(jakarta)
    issuer = "Sekretaris Daerah Provinsi Daerah Khusus Ibukota Jakarta"
    assert read["form"] == "Instruksi Sekretaris Daerah"
    assert (read["number"], read["year"]) == ("20", 2018)
    assert read["title"] == "Penunjukan Petugas Pengelola Media Sosial"
    assert read["issuer"] == issuer
    assert (read["place"], read["signed_on"]) == ("Jakarta", date(2018, 3, 28))
    assert read["in_force_from"] == date(2018, 3, 28)
    assert read["signer_name"] == "Saefullah"
    assert read["signer_nip"] == "196402111984031002"
    assert read["signer_post"] == issuer
    assert read["copies"] == [
        "Gubernur Provinsi DKI Jakarta",
        "Wakil Gubernur Provinsi DKI Jakarta",
    ]
    assert str(read["opening"]).startswith("Dalam rangka meningkatkan kinerja")
    assert str(read["opening"]).endswith("dengan ini menginstruksikan :")


def test_its_ten_addressees_are_the_ten_classes_of_the_unit_list(jakarta: MandateReading) -> None:
    assert [one.unit_class for one in jakarta.addressees] == TEN_CLASSES
    assert [one.order for one in jakarta.addressees] == list(range(1, 11))
    assert jakarta.addressees[9].text == "Para Lurah Provinsi DKI Jakarta"


def test_its_four_dicta_keep_their_words_and_points(jakarta: MandateReading) -> None:
    first, second, third, fourth = jakarta.dicta
    assert [d.label for d in jakarta.dicta] == ["KESATU", "KEDUA", "KETIGA", "KEEMPAT"]
    assert first.text.startswith("Bagi Organisasi Perangkat Daerah yang memiliki akun")
    assert second.text.endswith("mempunyai tugas sebagai berikut :")
    assert [item.label for item in second.items] == ["a", "b"]
    assert second.items[0].text.startswith("bertanggung jawab dalam penyediaan")
    assert second.items[1].text.endswith("dalam penyelenggaraan pengelolaan media sosial.")
    assert third.items == ()
    assert fourth.text.endswith("Informatika dan Statistik Provinsi DKI Jakarta.")
    assert "mulai berlaku" not in fourth.text


def test_its_deadline_before_the_signing_is_a_warning_and_nothing_more(
    jakarta: MandateReading,
) -> None:
    assert jakarta.deadline is not None
    assert jakarta.deadline.value == date(2018, 3, 16)
    assert jakarta.deadline.text == "paling lambat tanggal 16 Maret 2018"
    assert jakarta.submission_address is not None
    assert jakarta.submission_address.value == "diskominfo@jakarta.go.id"
    assert warnings(jakarta) == ["deadline-before-signing"]


def test_everything_found_is_shown_at_its_place_in_the_text(jakarta: MandateReading) -> None:
    text = paper("instruksi-sekda-20-2018.md")
    for field in fields(jakarta):
        value = getattr(jakarta, field.name)
        if isinstance(value, Found):
            assert text[slice(*value.span)] == value.text, field.name
            assert value.text == value.text.strip(), field.name
    for one in (*jakarta.addressees, *jakarta.dicta, *jakarta.dicta[1].items):
        words = text[slice(*one.span)]
        assert one.text[-12:] in " ".join(words.replace("*", " ").split()) or one.items


def plain_jakarta() -> str:
    """The instruction as Word would save it: no stars, letters where Markdown has dashes."""
    text = paper("instruksi-sekda-20-2018.md").replace("*", "")
    text = text.replace("- bertanggung", "a. bertanggung").replace("- mengoord", "b. mengoord")
    return re.sub(r"(?m)^- ", "", text)


def test_plain_text_reads_as_markdown_does(jakarta: MandateReading) -> None:
    assert values(read_mandate(plain_jakarta())) == values(jakarta)


@pytest.mark.parametrize("seed", range(40))
def test_lines_may_break_anywhere(jakarta: MandateReading, seed: int) -> None:
    chance = random.Random(seed)
    words = plain_jakarta().split()
    broken = "".join(word + chance.choice((" ", " ", " ", "\n")) for word in words)
    assert values(read_mandate(broken)) == values(jakarta)


def test_one_endless_line_reads_too(jakarta: MandateReading) -> None:
    assert values(read_mandate(" ".join(plain_jakarta().split()))) == values(jakarta)


def test_carriage_returns_and_hard_spaces_change_nothing(jakarta: MandateReading) -> None:
    dressed = plain_jakarta().replace(" Maret", "\u00a0Maret").replace("\n", "\r\n")
    assert values(read_mandate(dressed)) == values(jakarta)


def test_a_pdf_reads_like_its_text(jakarta: MandateReading) -> None:
    pages = plain_jakarta().split("KETIGA")
    pdf = pdf_of([pages[0], "- 2 -\nKETIGA" + pages[1]])
    assert values(read_mandate(text_of(pdf, "application/pdf"))) == values(jakarta)


def test_a_governors_instruction_with_hospitals_leaves_the_uncertain_open() -> None:
    reading = read_mandate(paper("ingub-rsud.txt"))
    read = values(reading)
    assert read["form"] == "Instruksi Gubernur"
    assert read["issuer"] == "Gubernur Kalimantan Contoh"
    assert read["title"] == (
        "Pengelolaan Akun Media Sosial Resmi di Lingkungan Pemerintah Provinsi Kalimantan Contoh"
    )
    assert [one.unit_class for one in reading.addressees] == [
        "inspektorat",
        None,
        None,
        None,
        None,
        None,
        None,
        "kota",
    ]
    assert [d.order for d in reading.dicta] == [1, 2, 3, 4]
    assert [item.label for item in reading.dicta[1].items] == ["a", "b", "c"]
    assert reading.dicta[0].text.endswith("KEDUA Instruksi Gubernur Nomor 3 Tahun 2019.")
    assert reading.dicta[3].text.startswith("Instruksi Gubernur ini mulai berlaku")
    assert read["deadline"] is None
    assert str(read["deadline_words"]).startswith("paling lambat 14 (empat belas) hari kerja")
    assert read["submission_address"] is None, "two addresses: neither is chosen"
    assert read["in_force_from"] == date(2024, 2, 1)
    assert (read["signer_name"], read["signer_nip"]) == ("Hj. SRI REKAAN, S.E., M.M.", None)
    assert read["place"] == "Tanjung Contoh"
    assert warnings(reading) == ["deadline-without-day", "addressee-open"]


def test_a_circular_has_points_instead_of_dicta() -> None:
    reading = read_mandate(paper("se-sekda.txt"))
    read = values(reading)
    assert read["form"] == "Surat Edaran"
    assert (read["number"], read["year"]) == ("46/SE/2021", 2021)
    assert [one.unit_class for one in reading.addressees] == ["dinas", None, "setwan"]
    assert [d.label for d in reading.dicta] == ["1", "2", "3"]
    assert [item.text for item in reading.dicta[1].items] == ["nama dan NIP; dan", "nama akun."]
    assert "Demikian" not in reading.dicta[2].text
    assert read["deadline"] == date(2021, 10, 1)
    assert read["submission_address"] == "Diskominfo.Rekaan@rekaan.go.id"
    assert (read["place"], read["signed_on"]) == ("Rekaan", date(2021, 9, 16))
    assert read["signer_name"] == "Drs. Tokoh Contoh, M.Si."
    assert read["signer_nip"] == "197001011995031001"
    assert read["signer_post"] == "a.n. WALI KOTA REKAAN SEKRETARIS DAERAH"
    assert read["copies"] == ["Wali Kota Rekaan"]
    assert read["in_force_from"] is None


def test_a_decision_is_not_confused_by_the_instruction_it_rests_on() -> None:
    reading = read_mandate(paper("kepbup.txt"))
    read = values(reading)
    assert read["form"] == "Keputusan Bupati"
    assert (read["number"], read["year"]) == ("188.45/123/KPTS/2023", 2023)
    assert str(read["title"]).startswith("Pembentukan Tim Pengelola Media Sosial")
    assert str(read["opening"]).startswith("a. bahwa informasi harus cepat")
    assert reading.addressees == ()
    assert [d.label for d in reading.dicta] == ["KESATU", "KEDUA", "KEEMPAT"]
    assert read["signed_on"] is None, "the day was left blank for a pen"
    assert read["deadline"] is None, "two deadlines: neither is chosen"
    assert (read["signer_name"], read["signer_nip"]) == ("TOKOH REKAAN", None)
    assert warnings(reading) == ["several-deadlines", "dictum-missing"]


def test_a_regulation_has_articles_and_comes_into_force_when_promulgated() -> None:
    reading = read_mandate(paper("perwali.txt"))
    read = values(reading)
    assert read["form"] == "Peraturan Wali Kota"
    assert [d.label for d in reading.dicta] == ["Pasal 1", "Pasal 2", "Pasal 3"]
    assert [item.text for item in reading.dicta[1].items] == [
        "Setiap akun didaftarkan.",
        "Pendaftaran dilakukan oleh kepala perangkat daerah.",
    ]
    assert read["signed_on"] == date(2022, 11, 3)
    assert read["in_force_from"] == date(2022, 11, 7)
    assert read["signer_name"] == "TOKOH CONTOH"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rapat koordinasi akan dilaksanakan pada tanggal 3 Mei 2021. NIP 196402111984031002",
        "Sesuai Instruksi Sekretaris Daerah Nomor 20 Tahun 2018 tentang Penunjukan Petugas.",
        "Kepada Yth. Bapak Lurah\ndi Tempat",
    ],
)
def test_what_is_no_instruction_is_left_open(text: str) -> None:
    reading = read_mandate(text)
    assert reading.form is reading.number is reading.signed_on is reading.signer_name is None
    assert reading.dicta == ()
    assert "nothing-said" in warnings(reading)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("NOMOR 20 TAHUN 2018", "NOMOR ...... TAHUN 2018", "number"),
        ("16 Maret 2018", "31 Februari 2018", "deadline"),
        ("NIP 196402111984031002", "NIP 19640211198403100", "signer_nip"),
        ("NIP 196402111984031002", "NIP I964O2111984031002", "signer_nip"),
        ("diskominfo@jakarta.go.id", "diskominfo", "submission_address"),
        ("pada tanggal 28 Maret 2018", "pada tanggal      Maret 2018", "signed_on"),
        ("mulai berlaku pada tanggal ditetapkan", "berlaku", "effect"),
    ],
)
def test_a_field_that_cannot_be_read_is_open_and_the_rest_stands(
    jakarta: MandateReading, before: str, after: str, field: str
) -> None:
    text = plain_jakarta()
    assert before in text
    reading = read_mandate(text.replace(before, after))
    assert getattr(reading, field) is None
    assert values(reading)["title"] == values(jakarta)["title"]
    assert len(reading.dicta) == 4
    assert values(reading)["signer_name"] == "Saefullah"


_WORDS = st.sampled_from(
    [
        "INSTRUKSI",
        "GUBERNUR",
        "NOMOR",
        "20",
        "TAHUN",
        "2018",
        "TENTANG",
        "Kepada",
        ":",
        "1.",
        "2.",
        "Untuk",
        "KESATU",
        "KEDUA",
        ":",
        "a.",
        "b.",
        "-",
        "\n",
        "paling",
        "lambat",
        "16",
        "Maret",
        "2018",
        "x@y.id",
        "Ditetapkan",
        "di",
        "Jakarta",
        "pada",
        "tanggal",
        "NIP",
        "196402111984031002",
        "Tembusan",
        ",",
        "ini",
        "mulai",
        "berlaku",
        "Pasal",
        "1",
        "Yth.",
        "Surat",
        "Edaran",
        "SURAT",
        "EDARAN",
        "\x0c",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join)))
def test_no_text_makes_the_reader_fail_or_lose_its_place(text: str) -> None:
    reading = read_mandate(text)
    warnings(reading)
    for field in fields(reading):
        value = getattr(reading, field.name)
        if isinstance(value, Found):
            assert text[slice(*value.span)] == value.text


@pytest.mark.parametrize(
    "part",
    ["KESATU : ", "a. b. ", "\f1\n", "Ditetapkan di A ", "x@y.zz ", "INSTRUKSI ", "- a\n", "1 "],
)
def test_a_megabyte_of_nonsense_is_done_in_a_second(part: str) -> None:
    head = "INSTRUKSI GUBERNUR NOMOR 1 TAHUN 2018 TENTANG A\nDalam rangka b KESATU : "
    nonsense = head + part * (1_000_000 // len(part))
    begun = time.process_time()
    reading = read_mandate(nonsense)
    assert time.process_time() - begun < 1.0
    assert reading.cut
