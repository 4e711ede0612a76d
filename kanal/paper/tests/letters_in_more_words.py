"""More sample letters, in rarer layouts: old forms, side by side, upright tables, mixed numbers."""

from __future__ import annotations

from typing import Any

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import (
    ACCOUNT,
    BASIS,
    Drawn,
    head,
    scenario,
    signed,
    truth_of,
)
from kanal.paper.tests.sample_people import Invent, grouped


@scenario
def pangkat_dan_golongan_terpisah(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer(rank="Penata Muda (III/a)")
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("center", ["S U R A T  T U G A S", "Nomor: 101/ST-MEDSOS/VI/2019"]),
        ("p", "Yang bertanda tangan di bawah ini"),
        ("pairs", [("Nama", boss["name"]), ("N I P", boss["nip"]), ("Jabatan", unit["position"])]),
        ("p", "Memberikan tugas kepada"),
        ("pairs", [("Nama", one["name"]), ("N I P", one["nip"]), ("Pangkat", "Penata Muda"),
                   ("Golongan", "III/a"), ("Jabatan", one["position"]),
                   ("Unit Kerja", unit["agency"])]),
        ("p", f"Untuk mengelola media sosial {ACCOUNT}."),
        ("right", ["Jakarta, 17 Juni 2019"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "101/ST-MEDSOS/VI/2019", "2019-06-17", boss, [one])])


@scenario
def semula_menjadi_paragraf(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 2 Agustus 2021"]),
        ("pairs", [("Nomor", "e-0455/HM.03.00"), ("Hal", "Perubahan Petugas Pengelola Media Sosial")]),
        ("p", "Bersama ini disampaikan perubahan petugas pengelola media sosial, yaitu"),
        ("p", f"semula : {old['name']}, NIP {old['nip']}"),
        ("p", f"menjadi : {new['name']}, NIP {new['nip']}"),
        ("p", f"Akun {ACCOUNT}."), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "e-0455/HM.03.00", "2021-08-02", boss, [new], kind="penggantian",
                     replaced=[old])  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def label_di_dalam_sel(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"])

    def cell(one: dict[str, Any]) -> str:
        return f"Nama : {one['name']}\nNIP : {one['nip']}\nJabatan : {one['position']}"

    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENGGANTIAN PETUGAS", "NOMOR : 8/SPP/2020"]),
        ("p", "Petugas pengelola media sosial diganti sebagai berikut:"),
        ("table", ["Petugas Lama", "Petugas Pengganti"], [[cell(old), cell(new)]]),
        ("p", f"Akun: {ACCOUNT}"), ("right", ["Jakarta, 28 Des 2020"]), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "8/SPP/2020", "2020-12-28", boss, [new], kind="penggantian",
                     replaced=[old])  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def tabel_tegak(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"])
    rows = [["Nama", old["name"], new["name"]], ["NIP", old["nip"], new["nip"]],
            ["Jabatan", old["position"], new["position"]]]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 9 Februari 2022"]),
        ("pairs", [("Nomor", "90/-1.82"), ("Hal", "Penggantian Petugas Pengelola Media Sosial")]),
        ("p", "Kami sampaikan penggantian petugas sebagai berikut."),
        ("table", ["Uraian", "Semula", "Menjadi"], rows),
        ("p", f"Akun tetap {ACCOUNT}."), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(
        unit, "90/-1.82", "2022-02-09", boss, [new], kind="penggantian", replaced=[old]
    )
    return Drawn(blocks, [truth])


@scenario
def keputusan_menunjuk_langsung(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    title = unit["position"].upper()
    blocks: list[Block] = [
        head(unit), ("center", [f"KEPUTUSAN {title}", "Nomor 5 Tahun 2021", "TENTANG",
                                "PENUNJUKAN PENGELOLA MEDIA SOSIAL"]),
        ("pairs", [("Menimbang", f"a. bahwa sesuai {BASIS};")]), ("center", ["MEMUTUSKAN"]),
        ("pairs", [("KESATU", (f"Menunjuk Saudara {one['name']}, NIP {one['nip']}, "
                              f"{one['position']}, sebagai Petugas Pengelola Media Sosial.")),
                   ("KEDUA", f"Akun yang dikelola adalah {ACCOUNT}.")]),
        ("pairs", [("Ditetapkan di", "Jakarta"), ("Pada tanggal", "11 Januari 2021")]),
        signed(unit, boss, title=[title]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "5 Tahun 2021", "2021-01-11", boss, [one])])


@scenario
def nota_dinas(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    items = [f"{one['name']} / {one['nip']} / {one['position']}" for one in people]
    blocks: list[Block] = [
        head(unit), ("center", ["NOTA DINAS"]),
        ("pairs", [("Kepada", "Kepala Dinas Kominfotik"), ("Dari", unit["position"]),
                   ("Nomor", "45/ND/2022"), ("Tanggal", "8 September 2022"),
                   ("Hal", "Penunjukan Admin Media Sosial")]),
        ("p", "Bersama ini kami tunjuk sebagai admin media sosial (nama/NIP/jabatan):"),
        ("items", items), ("p", f"untuk akun {ACCOUNT}."), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "45/ND/2022", "2022-09-08", boss, people)])


@scenario
def tanda_tangan_elektronik(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("right", ["Jakarta, 4 Oktober 2023"]),
        ("pairs", [("Nomor", "e-1020/HM.03.04"), ("Perihal", "Penunjukan Petugas Media Sosial")]),
        ("p", "Dengan hormat, kami menunjuk petugas pengelola media sosial berikut:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]),
                   ("Pangkat/Gol", one["rank"].replace(" (", " / ").replace(")", "")),
                   ("Jabatan", one["position"]), ("E-mail", "contoh@jakarta.go.id"),
                   ("Akun", ACCOUNT)]),
        ("sign", [unit["position"] + ","], ["Ditandatangani secara elektronik oleh:", boss["name"],
                                            "Pembina Utama Muda (IV/c)", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "e-1020/HM.03.04", "2023-10-04", boss, [one])])


@scenario
def kolom_terbalik(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer(), make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", one["nip"], one["name"], "Sekretariat", one["position"], "0812 0000 1111"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUNJUKAN", "NOMOR 19/SP/2022"]),
        ("p", "Menunjuk nama-nama di bawah ini selaku pengelola media sosial:"),
        ("table", ["No", "NIP", "Nama Lengkap", "Unit Kerja", "Jabatan", "No. HP"], rows),
        ("p", f"Akun resmi: {ACCOUNT}"),
        ("right", ["Ditetapkan di Jakarta", "Pada tanggal 30 Juni 2022"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "19/SP/2022", "2022-06-30", boss, people)])


@scenario
def pernyataan_nihil(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PERNYATAAN NIHIL", "Nomor : 3/SPN/2018"]),
        ("p", (f"Sehubungan dengan {BASIS}, kami menyatakan bahwa {unit['agency']} tidak memiliki "
              "akun media sosial.")),
        ("right", ["Jakarta, 12 April 2018"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def nama_yang_sulit(make: Invent, which: int) -> Drawn:
    unit = make.head(which)
    people = [make.officer(name="Ir. Hj. Nur'aini Utami, M.T."), make.officer(name="Sukarno"),
              make.officer(name="dr. M. Rizki Al-Farabi Kusuma, Sp.A."),
              make.officer(name="I Made Adi Gunawan, S.Kom., M.Kom.")]  # fmt: skip
    boss = make.signatory(unit["position"])
    items = [f"{one['name']} NIP. {grouped(one['nip'])} ({one['position']})" for one in people]
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUGASAN", "NOMOR 77 TAHUN 2020"]),
        ("p", "Menugaskan pegawai negeri sipil yang namanya tersebut di bawah ini:"),
        ("items", items),
        ("p", f"sebagai tim pengelola media sosial pada akun {ACCOUNT}."),
        ("right", ["Jakarta, 6 Maret 2020"]), signed(unit, boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "77 TAHUN 2020", "2020-03-06", boss, people)])


@scenario
def berhenti_dan_diangkat(make: Invent, which: int) -> Drawn:
    unit, old, new = make.head(which), make.officer(), make.officer()
    boss = make.signatory(unit["position"])
    title = unit["position"].upper()
    blocks: list[Block] = [
        head(unit), ("center", [f"KEPUTUSAN {title}", "NOMOR 44 TAHUN 2021", "TENTANG",
                                "PENGGANTIAN PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("pairs", [("Menimbang", "bahwa petugas lama telah pindah tugas;")]),
        ("center", ["MEMUTUSKAN"]),
        ("pairs", [("KESATU", (f"Memberhentikan dengan hormat {old['name']}, NIP {old['nip']}, dari "
                              "tugas sebagai pengelola media sosial.")),
                   ("KEDUA", (f"Mengangkat {new['name']}, NIP {new['nip']}, sebagai pengelola media "
                             f"sosial akun {ACCOUNT}."))]),
        ("right", ["Ditetapkan di Jakarta", "pada tanggal 3 Mei 2021"]), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "44 TAHUN 2021", "2021-05-03", boss, [new], kind="penggantian",
                     replaced=[old])  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def nip_kurang_satu(make: Invent, which: int) -> Drawn:
    unit, one = make.head(which), make.officer()
    one["nip"] = one["nip"][:-1]
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PENUNJUKAN", "NOMOR 20/SP/2022"]),
        ("p", (f"Menunjuk Sdr. {one['name']}, NIP {one['nip']}, 1 orang, sebagai pengelola media "
              f"sosial {ACCOUNT}.")),
        ("right", ["Jakarta, 30 Juni 2022"]), signed(unit, boss),
    ]  # fmt: skip
    truth = truth_of(unit, "20/SP/2022", "2022-06-30", boss, [one])
    return Drawn(blocks, [truth], "review", ["nip_length"])


@scenario
def tiga_surat_satu_berkas(make: Invent, which: int) -> Drawn:
    blocks: list[Block] = []
    truths = []
    for at in range(3):
        unit, one = make.head(which + at), make.officer()
        boss = make.signatory(unit["position"])
        if at:
            blocks.append(("page",))
        blocks += [
            head(unit), ("center", ["SURAT PENUNJUKAN", f"NOMOR {30 + at}/SP/2022"]),
            ("p", "menunjuk"), ("pairs", [("Nama", one["name"]), ("NIP", one["nip"])]),
            ("p", f"sebagai petugas media sosial {ACCOUNT}."),
            ("right", [f"Jakarta, {at + 1} Juni 2022"]), signed(unit, boss),
        ]  # fmt: skip
        truths.append(truth_of(unit, f"{30 + at}/SP/2022", f"2022-06-0{at + 1}", boss, [one]))
    return Drawn(blocks, truths, "review", ["multiple_letters"])


@scenario
def diperintahkan_tabel_golongan(make: Invent, which: int) -> Drawn:
    unit, people = make.head(which), [make.officer(), make.officer(), make.unnumbered()]
    boss = make.signatory(unit["position"], "Plt.")
    rows = [[str(at), f"{one['name']}\n{one['nip'] or 'PJLP'}", one["rank"] or "-", one["position"],
             "Anggota"] for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        head(unit), ("center", ["SURAT PERINTAH TUGAS", "Nomor: 2/SPT/2024"]),
        ("p", f"Plt. {unit['position']} memerintahkan:"),
        ("table", ["NO", "NAMA / NIP", "PANGKAT / GOLONGAN", "JABATAN", "KEDUDUKAN DALAM TIM"], rows),
        ("p", f"untuk mengelola akun media sosial {unit['agency']}: {ACCOUNT}"),
        ("right", ["Jakarta, 5 Februari 2024"]),
        ("sign", [f"PLT. {unit['position'].upper()}"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "2/SPT/2024", "2024-02-05", boss, people)])
