"""Each kind of fact on its own: numbers, days, grades, names, units, accounts, signatures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.paper.reading.accounts import accounts_in
from kanal.paper.reading.agencies import agency_of, unit_led_by
from kanal.paper.reading.casing import say_name, say_office
from kanal.paper.reading.layout import Passage, sheet_of
from kanal.paper.reading.letters import letters_in
from kanal.paper.reading.nips import find_nips, mistake_in
from kanal.paper.reading.numbering import day_of, days_in, numbers_of
from kanal.paper.reading.ranks import say_rank
from kanal.paper.reading.signatories import say_title
from kanal.paper.tests.reading_desk import TODAY, view_of_cells, view_of_lines

NIP = "199501162015022004"


def _passage(*lines: str) -> Passage:
    return sheet_of(view_of_lines(lines)).passage


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Nomor : 0412/-1.823.5", "0412/-1.823.5"),
        ("NOMOR 14 TAHUN 2018", "14 TAHUN 2018"),
        ("Nomor : e-0213/HM.03.00", "e-0213/HM.03.00"),
        ("Nomor   :   e-OO37/HM.03.00   9 April 2024", "e-0037/HM.03.00"),
        ("No. 311 / SP / IV / 2018", "311/SP/IV/2018"),
        ("Nomor   1   233/-1.711.31", "233/-1.711.31"),
        ("Nomor : B-88/UM.01/2022", "B-88/UM.01/2022"),
        ("NOMOR : KEC.AMR.045.2/31/VI/2022", "KEC.AMR.045.2/31/VI/2022"),
    ],
)
def test_a_letters_own_number(line: str, number: str) -> None:
    found = next(numbers_of(sheet_of(view_of_lines([line])).rows))
    assert found.number is not None
    assert found.number.value == number


def test_a_number_without_its_label_stands_under_the_title() -> None:
    lines = ["SURAT TUGAS", "B.31.500.12/1174/DISKOMINFO", "Kepala Dinas menugaskan pegawai ini."]
    found = next(numbers_of(sheet_of(view_of_lines(lines)).rows))
    assert found.number is not None
    assert found.number.value == "B.31.500.12/1174/DISKOMINFO"


@pytest.mark.parametrize("line", ["Nomor :", "Nomor : ......../-1.823.5", "Nomor : -"])
def test_a_number_left_open_is_missing(line: str) -> None:
    lines = [line, "Menindaklanjuti Instruksi Sekretaris Daerah", "Nomor 20 Tahun 2018 tentang"]
    found = next(numbers_of(sheet_of(view_of_lines(lines)).rows))
    assert (found.number, found.missing) == (None, True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28 Maret 2018", date(2018, 3, 28)),
        ("5 Pebruari 2018", date(2018, 2, 5)),
        ("21 Nopember 2019", date(2019, 11, 21)),
        ("02-03-2022", date(2022, 3, 2)),
        ("2/7/2021", date(2021, 7, 2)),
        ("28 Des 2020", date(2020, 12, 28)),
        ("31 April 2019", None),
    ],
)
def test_days_as_offices_write_them(text: str, day: date | None) -> None:
    assert [found.day for found in days_in(text)] == [day]


def test_a_scan_misspells_months_and_figures() -> None:
    assert [found.day for found in days_in("l2 Aprii 2O18", recognised=True)] == [date(2018, 4, 12)]
    assert not list(days_in("12 Aprii 2018"))


def test_the_day_of_signing_counts_and_not_a_day_in_a_sentence() -> None:
    rows = sheet_of(
        view_of_lines(
            [
                "Menindaklanjuti surat tanggal 2 Mei 2017 kami sampaikan petugas baru",
                "Ditetapkan di Jakarta",
                "pada tanggal 3 Mei 2018",
            ]
        )
    ).rows
    found = day_of(rows).fact
    assert found is not None
    assert found.value == "2018-05-03"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (f"NIP {NIP}", True),
        ("NIP. 19950116 201502 2 004", True),
        ("NIP : 19950116.201502.2.004", True),
        ("N I P : 199501162015022004", True),
        ("NIP 1995O1162015022004", False),
        ("NIP 1995 0116 2015 0220 04", False),
    ],
)
def test_a_nip_is_sure_only_as_it_is_printed(text: str, sure: bool) -> None:
    (found,) = find_nips(_passage(text))
    assert (found.nip.digits, found.nip.sure) == (NIP, sure)


def test_a_number_beside_a_nip_does_not_join_it() -> None:
    (found,) = find_nips(_passage("NIP 19950116201502200, 1 orang"))
    assert found.nip.digits == "19950116201502200"
    (found,) = find_nips(_passage(f"NIP {NIP} 2. Budi"))
    assert found.nip.digits == NIP


@pytest.mark.parametrize(
    ("digits", "reason"),
    [
        (NIP, None),
        (NIP[:-1], "nip_length"),
        ("199013452017041022", "nip_invalid_birthdate"),
        ("199501162015142004", "nip_invalid"),
        ("199501162015023004", "nip_invalid"),
        ("201001162015022004", "nip_invalid"),
    ],
)
def test_why_a_nip_cannot_be(digits: str, reason: str | None) -> None:
    assert mistake_in(digits, TODAY) == reason


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Penata Muda Tingkat I, III/b", "Penata Muda Tk. I (III/b)"),
        ("Penata Muda (IlI/a)", "Penata Muda (III/a)"),
        ("Pengatur Tk.I / II d", "Pengatur Tk. I (II/d)"),
        ("PEMBINA UTAMA MUDA (IV/c)", "Pembina Utama Muda (IV/c)"),
        ("III/a", "III/a"),
        ("IX", "IX"),
        ("Arsiparis Terampil", None),
    ],
)
def test_grades_in_one_form(text: str, rank: str | None) -> None:
    assert say_rank(text) == rank


def test_words_in_capitals_become_names_and_offices() -> None:
    assert say_name("ZAINAL GUNAWAN, AP, M.SI") == "Zainal Gunawan, AP, M.Si"
    assert say_name("Sari Purnama, S.IP., M.A.P.") == "Sari Purnama, S.IP., M.A.P."
    assert say_office("KEPALA BIRO UMUM SETDA PROVINSI DKI JAKARTA") == (
        "Kepala Biro Umum Setda Provinsi DKI Jakarta"
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["CAMAT TEBET,"], ("Camat Tebet", "definitif")),
        (["Plt. Direktur RSUD Tarakan,"], ("Direktur RSUD Tarakan", "Plt.")),
        (["a.n. Kepala Dinas Sosial", "Sekretaris Dinas,"], ("Sekretaris Dinas", "a.n.")),
        (["a.n. Camat", "Sekretaris", "u.b.", "Kasubbag Umum,"], ("Kasubbag Umum", "u.b.")),
        (["Penjabat Bupati Kepulauan Seribu"], ("Bupati Kepulauan Seribu", "Pj.")),
    ],
)
def test_who_signs_in_which_capacity(lines: list[str], title: tuple[str, str]) -> None:
    assert say_title(lines) == title


@pytest.mark.parametrize(
    ("position", "unit"),
    [
        ("Camat Tebet", "Kecamatan Tebet"),
        ("Walikota Jakarta Barat", "Kota Administrasi Jakarta Barat"),
        ("Kepala Biro Umum Setda Provinsi DKI Jakarta", "Biro Umum"),
        ("Sekretaris DPRD", "Sekretariat DPRD"),
        ("Inspektur", "Inspektorat"),
        ("Sekretaris", None),
    ],
)
def test_a_position_tells_its_unit(position: str, unit: str | None) -> None:
    assert unit_led_by(position) == unit


def test_the_secretariat_writes_for_itself() -> None:
    head = ["PEMERINTAH PROVINSI DKI JAKARTA", "SEKRETARIAT DAERAH PROVINSI DKI JAKARTA", "SURAT"]
    (letter,) = letters_in(view_of_lines(head))
    assert letter.agency is not None
    assert letter.agency.value == "Sekretariat Daerah"


def test_accounts_in_sentences_lists_and_addresses() -> None:
    said = _passage(
        "Instagram dan Twitter : @kec_tebet; Facebook fb.com/kectebet, TikTok (@kec.tebet),",
        "https://www.youtube.com/@kectebet dan surel kec.tebet@jakarta.go.id",
    )
    assert [(one.platform, one.handle) for one in accounts_in([said])] == [
        ("Instagram", "@kec_tebet"),
        ("Twitter", "@kec_tebet"),
        ("Facebook", "fb.com/kectebet"),
        ("TikTok", "@kec.tebet"),
        ("YouTube", "youtube.com/@kectebet"),
    ]


def test_a_handle_goes_on_below_only_in_its_own_column() -> None:
    label = _passage("Akun yang : Instagram @kel.joglo", "dikelola")
    cell = _passage("     Instagram @kel_pulau", "     kelapa")
    assert [one.handle for one in accounts_in([label])] == ["@kel.joglo"]
    assert [one.handle for one in accounts_in([cell])] == ["@kel_pulaukelapa"]


@given(st.lists(st.text(max_size=60), max_size=30))
def test_no_words_make_reading_fail(lines: list[str]) -> None:
    for engine in ("pdf", "tesseract"):
        letters_in(view_of_lines(lines, engine))


@given(
    st.lists(
        st.sampled_from(
            ["No", "Nama", "NIP", "Jabatan", "Semula", "Menjadi", "1", "1", "2", "-", NIP, "Budi",
             "Nama :", "NIP :", "Nomor :", "PEMERINTAH", "Kepala Dinas,", "Pangkat/Gol", "\n", "  "]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_no_order_of_a_letters_own_words_makes_reading_fail(words: list[str]) -> None:
    letters_in(view_of_lines("   ".join(words).split("\n")))


def test_a_sentence_under_two_columns_of_people_is_no_row() -> None:
    lines = [
        "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
        "KECAMATAN PULOGADUNG",
        "SURAT PERGANTIAN PENGELOLA MEDIA SOSIAL",
        "Pengelola lama                   Pengelola baru",
        "Marlina Siregar, S.E.            Bayu Anggoro Seto, S.Kom.",
        "NIP 198409012009062020           NIP 199312232019041008",
        "Pengelola baru melanjutkan pengelolaan akun Instagram @kecamatanpulogadung dan",
        "Facebook @kecpulogadung terhitung mulai hari ini.",
    ]
    (letter,) = letters_in(view_of_lines(lines))
    assert [one.handle for one in letter.accounts] == [
        "@kecamatanpulogadung",
        "@kecpulogadung",
    ]
    assert [one.nip.digits for one in letter.replaced if one.nip] == ["198409012009062020"]
    assert [one.nip.digits for one in letter.officers if one.nip] == ["199312232019041008"]


def test_an_office_of_a_kind_unknown_is_the_one_its_head_signs_for() -> None:
    head = ["PEMERINTAH PROVINSI JAWA TENGAH", "DINAS KELAUTAN", "GRAHA BAHARI TAWANG"]
    sheet = sheet_of(view_of_lines(head))
    said = agency_of(sheet.rows, "Kepala Graha Bahari Tawang")
    assert said is not None
    assert said.value == "Graha Bahari Tawang"
    doctor = sheet_of(
        view_of_lines(["PEMERINTAH KOTA PADANG", "DINAS KESEHATAN", "RSUD dr. RASIDIN"])
    )
    said = agency_of(doctor.rows, None)
    assert said is not None
    assert said.value == "RSUD dr. Rasidin"


def test_a_name_may_stand_under_its_label() -> None:
    lines = [
        "Kepada : 1. Nama   :",
        "                   Muhamad Ilham Fadillah, S.AP.",
        "            NIP    : 199304052019031009",
        "         2. Nama   : Sumiyati",
        "            NIP    : - (Non ASN)",
    ]
    (letter,) = letters_in(view_of_lines(lines))
    assert [one.name.value for one in letter.officers if one.name] == [
        "Muhamad Ilham Fadillah, S.AP.",
        "Sumiyati",
    ]


def test_numbers_under_names_in_a_table_that_calls_them_employees() -> None:
    rows = [
        {60: "Jabatan", 200: "Pegawai", 400: "Peran"},
        {60: "Kepala Instalasi", 200: "dr. Yovita Maharani", 400: "Koordinator"},
        {60: "Promosi", 200: "NIP 198805142015032004"},
        {60: "Penata Layanan", 200: "Febrina Octaviani, S.Ds.", 400: "Desainer"},
        {60: "Operasional", 200: "NIP 199702182023212007"},
    ]
    (letter,) = letters_in(view_of_cells(rows))
    found = {one.name.value: one.nip.digits for one in letter.officers if one.name and one.nip}
    assert found == {
        "dr. Yovita Maharani": "198805142015032004",
        "Febrina Octaviani, S.Ds.": "199702182023212007",
    }


def test_whoever_takes_the_task_signs_beside_who_gives_it() -> None:
    rows: list[dict[float, str]] = [
        {60: "Lurah Kalibata menunjuk:"},
        {60: "Nama", 160: ": Rahmat Hidayatullah, S.Kom."},
        {60: "NIP", 160: ": 199202032019031010"},
        {60: "untuk mengelola akun Instagram @kelurahan_kalibata."},
        {60: "Yang menerima tugas,", 320: "Yang memberi tugas,"},
        {320: "Lurah Kalibata,"},
        {},
        {},
        {60: "Rahmat Hidayatullah, S.Kom.", 320: "Ir. Sri Mulyaningsih"},
        {60: "NIP 199202032019031010", 320: "NIP 196809211994032006"},
    ]
    (letter,) = letters_in(view_of_cells(rows))
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "Ir. Sri Mulyaningsih"
    assert len(letter.officers) == 1
