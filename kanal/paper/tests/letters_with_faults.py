"""Sample letters that a person must look at, and letters about other business."""

from __future__ import annotations

from typing import Any

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import Drawn, Scenario, truth_of
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent

SCENARIOS: list[Scenario] = []


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


def _plain(unit: dict[str, str], place: str, day: str, number: str, people: list[dict[str, Any]],
           boss: dict[str, Any]) -> list[Block]:  # fmt: skip
    """A short letter with numbered officers, each in four lines."""
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA PONTIANAK", unit["agency"].upper()], "Jl. Letjen Sutoyo, Pontianak"),
        ("center", ["SURAT PENUGASAN", f"Nomor : {number}"]),
        ("p", "Dalam rangka keterbukaan informasi, ditugaskan kepada :"),
    ]  # fmt: skip
    for at, one in enumerate(people, 1):
        blocks.append(("rows", [0.8, 3, 0.4, 0], [
            [f"{at}.", "Nama", ":", one["name"]], ["", "NIP", ":", one["nip"]],
            ["", "Pangkat / Gol", ":", one["rank"]], ["", "Jabatan", ":", one["position"]]]))  # fmt: skip
    closing: list[Block] = [
        ("p", "Sebagai operator media sosial resmi pada akun Instagram @ptk_resmi."),
        ("sign", [f"Dikeluarkan di {place}", f"pada tanggal {day}", f"{unit['position']},"],
         [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return blocks + closing


PTK = accounts(("Instagram", "@ptk_resmi"))


def _judged(make: Invent, reason: str, day: str, iso: str | None, **change: Any) -> Drawn:
    unit = office("Dinas Perdagangan", "Kepala Dinas Perdagangan")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    if "nip" in change:
        people[1]["nip"] = change["nip"](people[1]["nip"], people[0]["nip"], boss["nip"])
    number = change.get("number", "090/77/Disdag/2022")
    blocks = _plain(unit, "Pontianak", day, number, people, boss)
    truth = truth_of(unit, number or None, iso, boss, people, accounts=PTK)
    return Drawn(blocks, [truth], "review", [reason])


@scenario
def bulan_ketiga_belas(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_invalid_birthdate", "3 Maret 2022", "2022-03-03",
                   nip=lambda own, other, head: own[:4] + "13" + own[6:])  # fmt: skip


@scenario
def tujuh_belas_angka(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_length", "3 Maret 2022", "2022-03-03",
                   nip=lambda own, other, head: own[:9] + own[10:])  # fmt: skip


@scenario
def nip_berulang(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_duplicate", "3 Maret 2022", "2022-03-03",
                   nip=lambda own, other, head: other)  # fmt: skip


@scenario
def nip_kepala(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_equals_signatory", "3 Maret 2022", "2022-03-03",
                   nip=lambda own, other, head: head)  # fmt: skip


@scenario
def tahun_depan(make: Invent, which: int) -> Drawn:
    return _judged(make, "date_in_future", "3 Maret 2027", "2027-03-03")


@scenario
def tanggal_dikosongkan(make: Invent, which: int) -> Drawn:
    return _judged(make, "date_missing", "....................", None)


@scenario
def nomor_dikosongkan(make: Invent, which: int) -> Drawn:
    return _judged(make, "number_missing", "3 Maret 2022", "2022-03-03", number="")


@scenario
def tanpa_penandatangan(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Perdagangan", "Kepala Dinas Perdagangan")
    people = [make.officer(), make.officer()]
    boss = {"name": "", "nip": "", "position": unit["position"]}
    blocks = _plain(unit, "Pontianak", "3 Maret 2022", "090/77/Disdag/2022", people, boss)
    blocks[-1] = ("sign", ["Dikeluarkan di Pontianak", "pada tanggal 3 Maret 2022",
                           "Kepala Dinas Perdagangan,"], ["(...........................)", "NIP"])  # fmt: skip
    truth = truth_of(unit, "090/77/Disdag/2022", "2022-03-03", {}, people, accounts=PTK)
    return Drawn(blocks, [truth], "review", ["signatory_missing"])


def _other_business(title: str, hal: str, *text: str) -> Scenario:
    def make_it(make: Invent, which: int) -> Drawn:
        boss = make.signatory("Kepala Dinas Perdagangan")
        blocks: list[Block] = [
            ("head", ["PEMERINTAH KOTA PONTIANAK", "DINAS PERDAGANGAN"], "Jl. Letjen Sutoyo, Pontianak"),
            *([("center", [title, "Nomor : 500/12/Disdag/2022"])] if title else []),
            ("right", ["Pontianak, 8 Maret 2022"]),
            *([] if title else [("pairs", [("Nomor", "500/12/Disdag/2022"), ("Hal", hal)])]),
            *(("p", part.replace("BOSS", boss["name"])) for part in text),
            ("sign", ["Kepala Dinas Perdagangan,"], [boss["name"], f"NIP {boss['nip']}"]),
        ]  # fmt: skip
        return Drawn(blocks, [], "reject", ["not_an_appointment"])

    return make_it


def _named(name: str, make: Scenario) -> None:
    make.__name__ = name
    SCENARIOS.append(make)


_named("undangan_pelatihan", _other_business(
    "", "Undangan Bimbingan Teknis",
    "Bersama ini kami mengundang Saudara beserta petugas pengelola media sosial untuk hadir pada Bimbingan "
    "Teknis Pengelolaan Media Sosial, hari Selasa tanggal 15 Maret 2022 pukul 08.30 WIB di Aula.",
    "Mengingat pentingnya acara, diharapkan hadir tepat waktu."))  # fmt: skip
_named("edaran_bermedia_sosial", _other_business(
    "SURAT EDARAN", "",
    "Setiap pegawai agar bijak dalam menggunakan media sosial dan tidak menyebarkan berita bohong.",
    "Kepala perangkat daerah agar mengawasi pegawai di lingkungannya masing-masing."))  # fmt: skip
_named("nota_pengadaan", _other_business(
    "NOTA DINAS", "",
    "Bersama ini kami usulkan pengadaan kamera dan lampu untuk mendukung pembuatan konten media sosial.",
    "Anggaran dibebankan pada DPA Dinas Perdagangan Tahun Anggaran 2022."))  # fmt: skip
