"""Sample letters in words and layouts that no rule was written after; every person is invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kanal.paper.tests.drawn_letters import Block, write
from kanal.paper.tests.sample_people import Invent, grouped

PROVINCE = "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA"
BASIS = (
    "Instruksi Sekretaris Daerah Provinsi DKI Jakarta Nomor 20 Tahun 2018 tentang "
    "Penunjukan Petugas Pengelola Media Sosial"
)
FORMS = ("pdf", "docx", "pdf-middle")


@dataclass
class Drawn:
    """A letter to draw, what is true of it, and what must be said of it."""

    blocks: list[Block]
    truth: list[dict[str, Any]]
    expected: str = "accept"
    reasons: list[str] = field(default_factory=list)


Scenario = Callable[[Invent, int], Drawn]
SCENARIOS: list[Scenario] = []


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


def drawn(seed: int = 1) -> Iterator[tuple[str, Drawn, str]]:
    """Every scenario twice, each time with other people, another unit and another form."""
    for round_ in range(2):
        for at, make in enumerate(SCENARIOS):
            which = at + round_ * 3
            letter = make(Invent(seed * 1000 + round_ * 100 + at), which)
            form = FORMS[(at + round_) % 2] if round_ == 0 else FORMS[(at + 1) % 3]
            yield f"{round_}{at:02d}_{make.__name__}", letter, form


def as_files(scenarios: Sequence[Scenario], seed: int = 1) -> Iterator[tuple[str, Drawn, str]]:
    """Every scenario as PDF, every second as DOCX too, with other people and another unit."""
    for at, make in enumerate(scenarios):
        for also, form in enumerate(("pdf", "docx")[: 1 + at % 2]):
            letter = make(Invent(seed * 1000 + also * 100 + at), at + also * 3)
            yield f"{at:02d}_{make.__name__}_{form}", letter, form


def write_all(
    folder: Path, seed: int = 1, scenarios: Sequence[Scenario] | None = None
) -> list[dict[str, Any]]:
    """Draws all letters with a manifest beside them, as the sample letters have one."""
    entries = []
    letters = drawn(seed) if scenarios is None else as_files(scenarios, seed)
    for name, letter, form in letters:
        path = write(folder, name, letter.blocks, form)
        entries.append(
            {"file": path.name, "expected": letter.expected, "reasons": letter.reasons,
             "truth": letter.truth}
        )  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps({"sample": True, "files": entries}, indent=1))
    return entries


def truth_of(
    unit: Mapping[str, Any], number: str | None, date: str | None, signatory: Mapping[str, Any],
    officers: list[dict[str, Any]], **more: Any,
) -> dict[str, Any]:  # fmt: skip
    return {
        "kind": "penunjukan", "number": number, "date": date, "agency": unit["agency"],
        "officers": officers, "replaced": [], "signatory": dict(signatory),
        "accounts": [{"platform": "Instagram", "handle": "@akun_dinas"}], "qr": None,
    } | more  # fmt: skip


def head(
    unit: Mapping[str, Any], address: str = "Jl. Contoh Raya No. 5 Telp. 3822255 Jakarta"
) -> Block:
    return ("head", [PROVINCE, *unit["lines"]], address)


def signed(
    unit: Mapping[str, Any], signatory: Mapping[str, Any], *, title: list[str] | None = None
) -> Block:
    return (
        "sign", title or [f"{unit['position']},"], [signatory["name"], f"NIP {signatory['nip']}"]
    )  # fmt: skip


ACCOUNT = "Instagram @akun_dinas"


@scenario
def surat_tugas_satu_kalimat(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit),
        ("center", ["SURAT TUGAS", "Nomor: 094/ST/III/2021"]),
        ("p", (f"{unit['position']} dengan ini menugaskan Saudara {one['name']}, NIP "
              f"{grouped(one['nip'])}, pangkat/golongan {one['rank']}, jabatan {one['position']}, "
              f"sebagai admin media sosial {unit['agency']} dengan akun {ACCOUNT}.")),
        ("p", "Surat tugas ini berlaku sampai dengan adanya penugasan baru."),
        ("right", ["Jakarta, 8 Maret 2021"]),
        signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "094/ST/III/2021", "2021-03-08", boss, [one])])


@scenario
def surat_perintah_tugas_label(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer(), make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [head(unit), ("center", ["SURAT PERINTAH TUGAS", "NOMOR 17/SPT/2019"]),
                           ("pairs", [("Dasar", BASIS)]), ("center", ["MEMERINTAHKAN"]),
                           ("p", "Kepada :")]  # fmt: skip
    for at, one in enumerate(people, 1):
        blocks.append(("pairs", [(f"{at}. Nama", one["name"]), ("NIP", one["nip"]),
                                 ("Pangkat/Gol.", one["rank"]), ("Jabatan", one["position"])]))  # fmt: skip
    blocks += [("pairs", [("Untuk", f"Mengelola akun media sosial resmi, yaitu {ACCOUNT}")]),
               ("right", ["Dikeluarkan di Jakarta", "pada tanggal 21 Nopember 2019"]),
               signed(unit, boss)]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "17/SPT/2019", "2019-11-21", boss, people)])


@scenario
def surat_penugasan_daftar(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer(), make.officer()]
    boss = make.signatory(unit["position"], "Plt.")
    items = [f"{one['name']}, NIP {one['nip']}, {one['position']};" for one in people]
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUGASAN", "Nomor : B-88/UM.01/2022"]),
        ("p", f"Dalam rangka melaksanakan {BASIS}, kami menugaskan pegawai di bawah ini:"),
        ("items", items),
        ("p", f"sebagai pengelola media sosial {unit['agency']} ({ACCOUNT})."),
        ("right", ["Jakarta, 14 Februari 2022"]),
        signed(unit, boss, title=[f"Plt. {unit['position']},"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "B-88/UM.01/2022", "2022-02-14", boss, people)])


@scenario
def keputusan_dengan_lampiran(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer() for _ in range(3)]
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", one["name"], one["nip"], one["rank"], one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    title = unit["position"].upper()
    blocks: list[Block] = [
        head(unit), ("center", [f"KEPUTUSAN {title}", "NOMOR 31 TAHUN 2018", "TENTANG",
                                "TIM PENGELOLA MEDIA SOSIAL"]),
        ("pairs", [("Menimbang", f"bahwa untuk melaksanakan {BASIS} perlu menetapkan keputusan;"),
                   ("Mengingat", "1. Undang-Undang Nomor 14 Tahun 2008;")]),
        ("center", ["MEMUTUSKAN:"]),
        ("pairs", [("KESATU", "Menetapkan Petugas Pengelola Media Sosial sebagaimana Lampiran."),
                   ("KEDUA", f"Akun yang dikelola adalah {ACCOUNT}.")]),
        ("right", ["Ditetapkan di Jakarta", "pada tanggal 5 Pebruari 2018"]),
        signed(unit, boss, title=[f"{title},"]), ("page",),
        ("p", "Lampiran Keputusan"), ("pairs", [("Nomor", "31 TAHUN 2018"),
                                               ("Tanggal", "5 Pebruari 2018")]),
        ("table", ["No", "Nama Pegawai", "NIP", "Pangkat / Golongan", "Jabatan"], rows),
        signed(unit, boss, title=[f"{title},"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "31 TAHUN 2018", "2018-02-05", boss, people)])


@scenario
def surat_dinas_dua_orang_kalimat(make: Invent, which: int) -> Drawn:
    unit, (a, b) = make.head(which), (make.officer(), make.officer())
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit),
        ("pairs", [("Nomor", "702/-1.823.5"), ("Sifat", "Segera"), ("Lampiran", "-"),
                   ("Hal", "Penetapan Pengelola Media Sosial")],
         ["9 Agustus 2018", "", "Kepada", "Yth. Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", (f"Memperhatikan {BASIS}, bersama ini kami menunjuk Sdr. {a['name']} (NIP {a['nip']}) "
              f"dan Sdri. {b['name']} (NIP {b['nip']}) selaku petugas pengelola akun {ACCOUNT}.")),
        ("p", "Atas perhatian Saudara diucapkan terima kasih."),
        signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "702/-1.823.5", "2018-08-09", boss, [a, b])])


@scenario
def atas_nama_sekretaris(make: Invent, which: int) -> Drawn:
    unit, one = make.head(4), make.officer()
    boss = make.signatory("Sekretaris Badan", "a.n.")
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 3 Juni 2020"]),
        ("pairs", [("Nomor", "e-0213/HM.03.00"), ("Lampiran", "1 lembar"),
                   ("Perihal", "Nama Petugas Pengelola Media Sosial")]),
        ("p", f"Menindaklanjuti {BASIS}, dengan ini disampaikan data petugas:"),
        ("pairs", [("Nama Lengkap", one["name"]), ("NIP/NRK", one["nip"]),
                   ("Pangkat, Gol. Ruang", one["rank"]), ("Jabatan", one["position"]),
                   ("Nomor HP", "081200001111"), ("Akun", ACCOUNT)]),
        signed(unit, boss, title=["a.n. Kepala Badan Kepegawaian Daerah", "Sekretaris Badan,"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "e-0213/HM.03.00", "2020-06-03", boss, [one])])


@scenario
def untuk_beliau(make: Invent, which: int) -> Drawn:
    unit, people = make.head(0), [make.officer(), make.officer()]
    boss = make.signatory("Kepala Subbagian Umum", "u.b.")
    rows = [[str(at), f"{one['name']}\nNIP. {grouped(one['nip'])}", one["position"], "Admin"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUNJUKAN", "No. 55/SP/2020"]),
        ("p", ("Yang namanya tercantum dalam daftar berikut ini ditunjuk sebagai pengelola media "
              f"sosial {unit['agency']}:")),
        ("table", ["No.", "Nama/NIP", "Jabatan", "Tugas"], rows),
        ("p", f"Akun yang dikelola: {ACCOUNT}."), ("right", ["Jakarta, 17 Desember 2020"]),
        signed(unit, boss, title=["a.n. Kepala Dinas Perhubungan", "Sekretaris,", "u.b.",
                                  "Kepala Subbagian Umum,"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "55/SP/2020", "2020-12-17", boss, people)])


@scenario
def bertanggal_besok(make: Invent, which: int) -> Drawn:
    letter = surat_dinas_dua_orang_kalimat(make, which)
    letter.blocks = [
        _replaced(block, "9 Agustus 2018", "9 Agustus 2031") for block in letter.blocks
    ]
    letter.truth[0]["date"] = "2031-08-09"
    return Drawn(letter.blocks, letter.truth, "review", ["date_in_future"])


def _replaced(block: Block, old: str, new: str) -> Block:
    def swap(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(old, new)
        if isinstance(value, list | tuple):
            return type(value)(swap(each) for each in value)
        return value

    return tuple(swap(part) for part in block)


@scenario
def petugas_menandatangani_sendiri(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    boss = make.signatory(unit["position"])
    one = make.officer(name=boss["name"], nip=boss["nip"], position=unit["position"])
    blocks = _short(unit, boss, [one], "410/-1.71", "12 Mei 2021")
    return Drawn(blocks, [truth_of(unit, "410/-1.71", "2021-05-12", boss, [one])], "review",
                 ["nip_equals_signatory"])  # fmt: skip


def _short(unit: Mapping[str, Any], boss: Mapping[str, Any], people: list[dict[str, Any]],
           number: str, day: str) -> list[Block]:  # fmt: skip
    rows = [[str(at), one["name"], one["nip"] or "-", one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    return [
        head(unit), ("right", [f"Jakarta, {day}"]),
        ("pairs", [("Nomor", number), ("Hal", "Penunjukan Petugas Pengelola Media Sosial")]),
        ("p", f"Berdasarkan {BASIS}, kami laporkan petugas yang kami tunjuk:"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("p", f"Media sosial: {ACCOUNT}. Demikian agar maklum."), signed(unit, boss),
    ]  # fmt: skip


@scenario
def petugas_ditulis_dua_kali(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    people = [one, make.officer(), dict(one)]
    blocks = _short(unit, boss, people, "41/-1.71", "1 Juli 2021")
    return Drawn(blocks, [truth_of(unit, "41/-1.71", "2021-07-01", boss, people)], "review",
                 ["nip_duplicate"])  # fmt: skip


@scenario
def satu_nip_dua_nama(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    people = [one, make.officer(nip=one["nip"])]
    blocks = _short(unit, boss, people, "42/-1.71", "02/07/2021")
    return Drawn(blocks, [truth_of(unit, "42/-1.71", "2021-07-02", boss, people)], "review",
                 ["nip_duplicate"])  # fmt: skip


@scenario
def pengganti_tanpa_yang_diganti(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"], "Pj.")
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 20 Okt 2021"]),
        ("pairs", [("Nomor", "77/-1.82"), ("Hal", "Pergantian Petugas Pengelola Media Sosial")]),
        ("p", "Sehubungan dengan rotasi pegawai, petugas pengelola media sosial yang baru adalah:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", f"untuk akun {ACCOUNT}."),
        signed(unit, boss, title=[f"Pj. {unit['position']},"]),
    ]  # fmt: skip
    truth = truth_of(unit, "77/-1.82", "2021-10-20", boss, [one], kind="penggantian")
    return Drawn(blocks, [truth], "review", ["replaced_missing"])


@scenario
def pegawai_kontrak_dan_pppk(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    people = [make.officer(status="PPPK", rank="IX"), make.unnumbered(), make.officer()]
    boss = make.signatory(unit["position"])
    rows = [[str(at), one["name"], one["nip"] or "-", one["rank"] or "-", one["position"], one["status"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUNJUKAN", "NOMOR : 9/SP/2023"]),
        ("p", f"{unit['position']} menunjuk pegawai berikut sebagai Petugas Pengelola Media Sosial:"),
        ("table", ["No", "Nama", "NIP / NI PPPK", "Gol.", "Jabatan", "Status Kepegawaian"], rows),
        ("p", f"Akun media sosial: {ACCOUNT}"), ("right", ["Jakarta, 30 Januari 2023"]),
        signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "9/SP/2023", "2023-01-30", boss, people)])


@scenario
def penghentian_saja(make: Invent, which: int) -> Drawn:
    unit, gone = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 4 April 2022"]),
        ("pairs", [("Nomor", "300/-1.82"), ("Sifat", "Biasa"),
                   ("Perihal", "Penghentian Petugas Pengelola Media Sosial")]),
        ("p", (f"Dengan ini diberitahukan bahwa Sdr. {gone['name']}, NIP {gone['nip']}, "
              f"{gone['position']}, terhitung mulai tanggal 1 April 2022 tidak lagi menjadi petugas "
              f"pengelola media sosial {unit['agency']} untuk akun {ACCOUNT} karena pensiun.")),
        signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "300/-1.82", "2022-04-04", boss, [], kind="penghentian", replaced=[gone])
    return Drawn(blocks, [truth])


@scenario
def ralat_nip(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss, wrong = make.signatory(unit["position"]), make.nip()
    blocks: list[Block] = [
        head(unit), ("center", ["RALAT", "Nomor : 12/R/2019"]),
        ("p", ("Pada Surat Penunjukan Petugas Pengelola Media Sosial Nomor 10/SP/2019 tanggal 2 Mei "
              "2019 terdapat kesalahan penulisan NIP.")),
        ("p", f"Semula tertulis: {one['name']}, NIP {wrong}."),
        ("p", f"Seharusnya: {one['name']}, NIP {one['nip']}, jabatan {one['position']}."),
        ("p", f"Akun {ACCOUNT} tetap."), ("right", ["Jakarta, 6 Mei 2019"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "12/R/2019", "2019-05-06", boss, [one], kind="ralat")])


@scenario
def lampiran_berhalaman(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer() for _ in range(45)]
    boss = make.signatory(unit["position"])
    rows = [[str(at), one["name"], one["nip"], one["rank"], one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 11 September 2019"]),
        ("pairs", [("Nomor", "5001/-1.82"), ("Lampiran", "3 lembar"),
                   ("Hal", "Penyampaian Nama Petugas Pengelola Media Sosial")]),
        ("p", f"Sesuai {BASIS}, terlampir kami sampaikan nama petugas. Akun: {ACCOUNT}."),
        signed(unit, boss), ("page",), ("p", "DAFTAR PETUGAS"),
        ("table", ["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan"], rows),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "5001/-1.82", "2019-09-11", boss, people)])


@scenario
def petugas_lama_petugas_baru(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    old, new = [make.officer(), make.officer()], [make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    rows = [[str(at), f"{a['name']}\nNIP {a['nip']}\n{a['position']}",
             f"{b['name']}\nNIP {b['nip']}\n{b['position']}"]
            for at, (a, b) in enumerate(zip(old, new, strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("pairs", [("Nomor", "66/-1.82"), ("Hal", "Perubahan Petugas Pengelola Media Sosial")],
                     ["Jakarta, 19 Maret 2020"]),
        ("p", "Kami sampaikan perubahan petugas sebagai berikut:"),
        ("table", ["No", "Petugas Lama", "Petugas Baru"], rows),
        ("p", f"Akun media sosial yang dikelola tetap, yaitu {ACCOUNT}."), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "66/-1.82", "2020-03-19", boss, new, kind="penggantian", replaced=old)
    return Drawn(blocks, [truth])


@scenario
def semula_menjadi_berkolom(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"], "Plh.")
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENGGANTIAN", "NOMOR 3/SPG/2021"]),
        ("p", "Petugas Pengelola Media Sosial diubah menurut daftar berikut."),
        ("table", ["Nama", "NIP", "Nama", "NIP"],
         [[old["name"], old["nip"], new["name"], new["nip"]]], [("SEMULA", 2), ("MENJADI", 2)]),
        ("p", f"Akun: {ACCOUNT}"), ("right", ["Jakarta, 7 Juni 2021"]),
        signed(unit, boss, title=[f"Plh. {unit['position']},"]),
    ]  # fmt: skip
    truth = truth_of(
        unit, "3/SPG/2021", "2021-06-07", boss, [new], kind="penggantian", replaced=[old]
    )
    return Drawn(blocks, [truth])


@scenario
def menggantikan_dalam_kalimat(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 25 Juli 2019"]),
        ("pairs", [("Nomor", "889/-1.82"), ("Perihal", "Penggantian Admin Media Sosial")]),
        ("p", (f"Bersama ini kami menunjuk Saudari {new['name']}, NIP. {new['nip']}, jabatan "
              f"{new['position']}, sebagai Petugas Pengelola Media Sosial menggantikan Saudara "
              f"{old['name']}, NIP. {old['nip']}, yang telah pindah tugas. Akun: {ACCOUNT}.")),
        signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(
        unit, "889/-1.82", "2019-07-25", boss, [new], kind="penggantian", replaced=[old]
    )
    return Drawn(blocks, [truth])


@scenario
def kepada_banyak(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 10 Januari 2020"]),
        ("pairs", [("Nomor", "800/123/2020"), ("Hal", "Penugasan Pengelola Media Sosial")]),
        ("p", "Kepada Yth."), ("items", ["Kepala Dinas Komunikasi, Informatika dan Statistik",
                                         "Kepala Badan Kepegawaian Daerah", "Inspektur"]),
        ("p", (f"Bersama ini ditugaskan {one['name']} NIP {one['nip']} jabatan {one['position']} "
              f"untuk mengelola media sosial {ACCOUNT}.")),
        signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "800/123/2020", "2020-01-10", boss, [one])])


@scenario
def tanpa_kepala_surat(make: Invent, which: int) -> Drawn:
    unit, one = make.head(1), make.officer()
    boss = make.signatory("Camat Tebet")
    blocks: list[Block] = [
        ("center", ["SURAT PENUNJUKAN PETUGAS MEDIA SOSIAL", "Nomor : 5/SP/KT/2018"]),
        ("p", "Yang bertanda tangan di bawah ini:"),
        ("pairs", [("Nama", boss["name"]), ("NIP", boss["nip"]), ("Jabatan", "Camat Tebet")]),
        ("p", "menunjuk:"),
        ("pairs", [("Nama", one["name"]), ("NIP", grouped(one["nip"])),
                   ("Pangkat/Golongan Ruang", one["rank"]), ("Jabatan", one["position"])]),
        ("p", f"sebagai petugas media sosial, akun {ACCOUNT}."),
        ("right", ["Jakarta, 12 April 2018"]), signed(unit, boss, title=["Camat Tebet,"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "5/SP/KT/2018", "2018-04-12", boss, [one])])


@scenario
def tanggal_yang_tidak_ada(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks = _short(unit, boss, [one], "13/-1.71", "31 April 2019")
    return Drawn(
        blocks, [truth_of(unit, "13/-1.71", None, boss, [one])], "review", ["date_invalid"]
    )


@scenario
def nomor_titik_titik(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks = _short(unit, boss, [one], "........../-1.823.5", "9 April 2019")
    return Drawn(blocks, [truth_of(unit, None, "2019-04-09", boss, [one])], "review",
                 ["number_missing"])  # fmt: skip


@scenario
def tanpa_tanggal(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks = _short(unit, boss, [one], "21/-1.823.5", "            2019")
    return Drawn(blocks, [truth_of(unit, "21/-1.823.5", None, boss, [one])], "review",
                 ["date_missing"])  # fmt: skip


@scenario
def kota_lain(make: Invent, which: int) -> Drawn:
    unit = {"agency": "Dinas Komunikasi dan Informatika",
            "position": "Kepala Dinas Komunikasi dan Informatika"}  # fmt: skip
    people = [make.officer(), make.officer()]
    boss = make.signatory(str(unit["position"]))
    blocks = _short(unit | {"lines": []}, boss, people, "045/210-Diskominfo", "5 Mei 2022")
    blocks[0] = ("head", ["PEMERINTAH KOTA BANDUNG", "DINAS KOMUNIKASI DAN INFORMATIKA"],
                 "Jalan Wastukencana Nomor 2 Bandung 40117")  # fmt: skip
    blocks[1] = ("right", ["Bandung, 5 Mei 2022"])
    return Drawn(blocks, [truth_of(unit, "045/210-Diskominfo", "2022-05-05", boss, people)])


@scenario
def tugas_perjalanan(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT TUGAS", "Nomor : 77/ST/2020"]),
        ("p", "Kepada pegawai tersebut di bawah ini:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "ditugaskan menghadiri rapat kerja di Bandung pada tanggal 3 Maret 2020."),
        ("right", ["Jakarta, 1 Maret 2020"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def permohonan_data(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 1 Maret 2020"]),
        ("pairs", [("Nomor", "9/-1.8"), ("Hal", "Permohonan Data Media Sosial")]),
        ("p", (f"Sehubungan dengan {BASIS}, mohon data akun media sosial dan petugasnya dikirim "
              "paling lambat tanggal 16 Maret 2020.")),
        signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def bulan_pengangkatan_14(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    one["nip"] = one["nip"][:12] + "14" + one["nip"][14:]
    boss = make.signatory(unit["position"])
    blocks = _short(unit, boss, [one], "15/-1.71", "15 April 2019")
    return Drawn(blocks, [truth_of(unit, "15/-1.71", "2019-04-15", boss, [one])], "review",
                 ["nip_invalid"])  # fmt: skip


@scenario
def nama_berhuruf_besar(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer(name="Drs. H. " + make.name("M.Si."))
    boss = make.signatory(unit["position"])
    shouted = one | {"name": one["name"].upper()}
    blocks = _short(unit, boss, [shouted], "16/-1.71", "16 April 2019")
    return Drawn(blocks, [truth_of(unit, "16/-1.71", "2019-04-16", boss, [one])])


@scenario
def beberapa_akun(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUNJUKAN", "Nomor : 61/SP/2022"]),
        ("p", "Menunjuk pegawai:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Pangkat", one["rank"]),
                   ("Jabatan", one["position"])]),
        ("p", "sebagai pengelola media sosial dengan akun sebagai berikut:"),
        ("pairs", [("Instagram", "@akun_dinas"), ("Facebook", "fb.com/akundinas"),
                   ("TikTok", "@akun.dinas"), ("YouTube", "youtube.com/@akundinas")]),
        ("right", ["Ditetapkan di Jakarta", "pada tanggal 3 Januari 2022"]), signed(unit, boss),
    ]  # fmt: skip
    accounts = [{"platform": "Instagram", "handle": "@akun_dinas"},
                {"platform": "Facebook", "handle": "fb.com/akundinas"},
                {"platform": "TikTok", "handle": "@akun.dinas"},
                {"platform": "YouTube", "handle": "youtube.com/@akundinas"}]  # fmt: skip
    return Drawn(
        blocks, [truth_of(unit, "61/SP/2022", "2022-01-03", boss, [one], accounts=accounts)]
    )


@scenario
def tabel_tanpa_nomor_urut(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer() for _ in range(3)]
    boss = make.signatory(unit["position"])
    rows = [
        [f"{one['name']}\nNIP {grouped(one['nip'])}", one["rank"], one["position"]]
        for one in people
    ]
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PERINTAH", "NOMOR : 71/SP/2021"]),
        ("p", "Diperintahkan kepada:"),
        ("table", ["Nama dan NIP", "Pangkat/Golongan", "Jabatan"], rows),
        ("p", f"untuk menjadi pengelola media sosial {unit['agency']} pada {ACCOUNT}."),
        ("right", ["Jakarta, 23-08-2021"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "71/SP/2021", "2021-08-23", boss, people)])
