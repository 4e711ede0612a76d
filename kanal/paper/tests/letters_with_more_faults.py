"""Faults inside sentences, letters that end or correct an appointment, and other business."""

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


def _letter(unit: dict[str, str], number: str, day: str, boss: dict[str, Any], *body: Block,
            title: str = "SURAT PENUNJUKAN") -> list[Block]:  # fmt: skip
    return [
        ("head", ["PEMERINTAH KABUPATEN LOMBOK TENGAH", unit["agency"].upper()], "Jl. Raden Puguh, Puyung"),
        ("center", [title, f"Nomor : {number}"]), *body,
        ("right", [day]), ("sign", [unit["position"] + ","], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip


LOTENG = accounts(("Instagram", "@loteng_resmi"))


def _judged(make: Invent, reason: str, day: str = "Praya, 9 Mei 2023", iso: str = "2023-05-09",
            **change: Any) -> Drawn:  # fmt: skip
    unit = office("Dinas Pertanian", "Kepala Dinas Pertanian")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    if "nip" in change:
        people[1]["nip"] = change["nip"](people, boss)
    body: Block = ("p", (f"Menunjuk Saudara {people[0]['name']}, NIP. {people[0]['nip']}, jabatan {people[0]['position']} "
                   f"dan Saudari {people[1]['name']}, NIP. {people[1]['nip'] or ''}, jabatan {people[1]['position']}, sebagai "
                   "pengelola media sosial dinas pada akun Instagram @loteng_resmi."))  # fmt: skip
    blocks = _letter(unit, "800/55/Distan/2023", day, boss, body)
    truth = truth_of(unit, "800/55/Distan/2023", iso, boss, people, accounts=LOTENG)
    return Drawn(blocks, [truth], "review", [reason])


@scenario
def kalimat_nip_ganda(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_duplicate", nip=lambda people, boss: people[0]["nip"])


@scenario
def kalimat_nip_kepala(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_equals_signatory", nip=lambda people, boss: boss["nip"])


@scenario
def kalimat_nip_pendek(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_length", nip=lambda people, boss: people[1]["nip"][:17])


@scenario
def kalimat_bulan_lahir_salah(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_invalid_birthdate",
                   nip=lambda people, boss: people[1]["nip"][:4] + "15" + people[1]["nip"][6:])  # fmt: skip


@scenario
def tahun_2028(make: Invent, which: int) -> Drawn:
    return _judged(make, "date_in_future", "Praya, 9 Mei 2028", "2028-05-09")


@scenario
def satu_nip_kosong(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pertanian", "Kepala Dinas Pertanian")
    people, boss = (
        [make.officer(), make.officer(nip=None), make.officer()],
        make.signatory(unit["position"]),
    )
    rows = [
        [str(at), one["name"], one["nip"] or "", one["position"]]
        for at, one in enumerate(people, 1)
    ]
    blocks = _letter(unit, "800/56/Distan/2023", "Praya, 9 Mei 2023", boss, ("p", "Menunjuk :"),
                     ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
                     ("p", "sebagai pengelola media sosial Instagram @loteng_resmi."))  # fmt: skip
    truth = truth_of(unit, "800/56/Distan/2023", "2023-05-09", boss, people, accounts=LOTENG)
    return Drawn(blocks, [truth], "review", ["nip_missing"])


@scenario
def dua_surat_sekaligus(make: Invent, which: int) -> Drawn:
    blocks: list[Block] = []
    truths = []
    for at, (agency, head) in enumerate(
        (("Dinas Pertanian", "Kepala Dinas Pertanian"), ("Dinas Sosial", "Kepala Dinas Sosial"))
    ):
        unit, one = office(agency, head), make.officer()
        boss = make.signatory(head)
        blocks += [("page",)] if at else []
        blocks += _letter(unit, f"800/{60 + at}/2023", f"Praya, {at + 3} Mei 2023", boss,
                          ("p", (f"Menunjuk {one['name']}, NIP {one['nip']}, sebagai pengelola media sosial "
                                "Instagram @loteng_resmi.")))  # fmt: skip
        truths.append(
            truth_of(
                unit, f"800/{60 + at}/2023", f"2023-05-0{at + 3}", boss, [one], accounts=LOTENG
            )
        )
    return Drawn(blocks, truths, "review", ["multiple_letters"])


@scenario
def ralat_nama(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pertanian", "Kepala Dinas Pertanian")
    one, boss = make.officer(), make.signatory(unit["position"])
    body: list[Block] = [
        ("p", ("Sehubungan dengan adanya kekeliruan penulisan dalam Surat Penunjukan Pengelola Media Sosial Nomor "
              "800/50/Distan/2023 tanggal 2 Mei 2023, dengan ini dilakukan ralat sebagai berikut:")),
        ("p", f"Tertulis : NIP {make.nip()} atas nama {one['name']}"),
        ("p", f"Seharusnya : NIP {one['nip']} atas nama {one['name']}"),
    ]  # fmt: skip
    blocks = _letter(
        unit, "800/57/Distan/2023", "Praya, 9 Mei 2023", boss, *body, title="RALAT SURAT PENUNJUKAN"
    )
    truth = truth_of(
        unit, "800/57/Distan/2023", "2023-05-09", boss, [one], kind="ralat", accounts=[]
    )
    return Drawn(blocks, [truth])


@scenario
def penghentian_pengelola(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pertanian", "Kepala Dinas Pertanian")
    gone, boss = make.officer(), make.signatory(unit["position"])
    body: Block = ("p", (f"Memberhentikan dengan hormat Saudara {gone['name']}, NIP {gone['nip']}, {gone['position']}, "
                   "dari tugasnya sebagai pengelola media sosial akun Instagram @loteng_resmi karena mutasi."))  # fmt: skip
    blocks = _letter(
        unit,
        "800/58/Distan/2023",
        "Praya, 9 Mei 2023",
        boss,
        body,
        title="SURAT PEMBERHENTIAN PENGELOLA MEDIA SOSIAL",
    )
    truth = truth_of(
        unit,
        "800/58/Distan/2023",
        "2023-05-09",
        boss,
        [],
        kind="penghentian",
        replaced=[gone],
        accounts=LOTENG,
    )
    return Drawn(blocks, [truth])


def _other(title: str, *body: Block) -> Scenario:
    def make_it(make: Invent, which: int) -> Drawn:
        unit = office("Dinas Pertanian", "Kepala Dinas Pertanian")
        one, boss = make.officer(), make.signatory(unit["position"])
        person: Block = (
            "pairs",
            [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])],
        )
        said = [person if block == ("person",) else block for block in body]
        return Drawn(_letter(unit, "005/9/2023", "Praya, 9 Mei 2023", boss, *said, title=title), [], "reject",
                     ["not_an_appointment"])  # fmt: skip

    return make_it


for _name, _title, _body in (
    ("surat_pengantar", "SURAT PENGANTAR",
     [("table", ["No", "Jenis yang dikirim", "Banyaknya", "Keterangan"],
       [["1", "Surat Penunjukan Petugas Pengelola Media Sosial", "1 berkas", "Disampaikan dengan hormat"]])]),
    ("berita_acara", "BERITA ACARA SERAH TERIMA",
     [("p", ("Pada hari ini telah dilakukan serah terima akun media sosial Instagram @loteng_resmi dari petugas lama "
            "kepada petugas baru, beserta kata sandi dan perangkatnya.")), ("person",)]),
    ("perjalanan_dinas", "SURAT TUGAS",
     [("p", "Menugaskan :"), ("person",), ("p", ("untuk mengikuti kegiatan Jambore Petani di Mataram pada tanggal 11 Mei "
                                                "2023 dan membuat dokumentasinya."))]),
    ("keterangan_bekerja", "SURAT KETERANGAN",
     [("p", "Menerangkan bahwa :"), ("person",), ("p", "adalah benar pegawai pada Dinas Pertanian.")]),
    ("edaran_konten", "SURAT EDARAN",
     [("p", ("Seluruh bidang agar menyampaikan konten kepada admin media sosial dinas paling lambat tanggal 5 setiap "
            "bulan melalui surel resmi."))]),
):  # fmt: skip
    _scenario = _other(_title, *_body)
    _scenario.__name__ = _name
    SCENARIOS.append(_scenario)
