"""Sample letters of the last, short round."""

from __future__ import annotations

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import BASIS, Drawn, Scenario, truth_of
from kanal.paper.tests.letters_last_met import DKI, PLACE
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


@scenario
def diberi_wewenang(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Matraman", "Camat Matraman")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR", "KECAMATAN MATRAMAN"], PLACE),
        ("center", ["SURAT PENUNJUKAN PETUGAS", "Nomor : 77/-1.711.3"]),
        ("p", f"Berdasarkan {BASIS}, Camat Matraman memberikan penugasan kepada :"),
        ("rows", [3.5, 0.4, 0], [["Nama lengkap dan gelar", ":", one["name"]], ["Nomor Induk Pegawai", ":", one["nip"]],
                                 ["Pangkat, golongan ruang", ":", one["rank"]], ["Jabatan saat ini", ":", one["position"]],
                                 ["Unit kerja", ":", "Kecamatan Matraman"]]),
        ("p", "guna mengelola media sosial Kecamatan Matraman, meliputi Twitter (@kecmatraman) dan Instagram (@kec.matraman)."),
        ("sign-left", ["Jakarta, 30 April 2018", "", "Camat Matraman,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Twitter", "@kecmatraman"), ("Instagram", "@kec.matraman"))
    return Drawn(blocks, [truth_of(unit, "77/-1.711.3", "2018-04-30", boss, [one], accounts=said)])


@scenario
def tabel_kontak_di_tengah(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pelayanan Pajak", "Kepala Dinas Pelayanan Pajak")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [[f"{at}", one["name"], "0812-9999-0000", one["rank"].split(" (")[0], grouped(one["nip"]), one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA PALEMBANG", "BADAN PENGELOLAAN PAJAK DAERAH"], "Jalan Merdeka No. 21 Palembang"),
        ("pairs", [("Nomor", "973/1288/BPPD/2019"), ("Lampiran", "--"), ("Perihal", "Penetapan Operator Media Sosial")],
         ["Palembang, 16 Oktober 2019", "Kepada Yth.", "Kepala Dinas Kominfo", "di Palembang"]),
        ("p", "Dengan hormat, bersama surat ini kami tetapkan operator media sosial sebagai berikut:"),
        ("table", ["No", "Nama Operator", "No. Kontak", "Pangkat", "NIP", "Jabatan"], rows),
        ("p", "Media sosial yang dioperasikan: Instagram @bppd_palembang."),
        ("sign", ["KEPALA BADAN PENGELOLAAN PAJAK DAERAH", "KOTA PALEMBANG,"], [boss["name"], "Pembina Utama Muda", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Badan Pengelolaan Pajak Daerah"
    return Drawn(blocks, [truth_of(unit, "973/1288/BPPD/2019", "2019-10-16", boss, people,
                                   accounts=accounts(("Instagram", "@bppd_palembang")))])  # fmt: skip


@scenario
def digantikan_oleh_label(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Penanaman Modal dan PTSP", "Kepala Dinas Penanaman Modal dan PTSP")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"], "Plt.")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"], PLACE),
        ("right", ["Jakarta, 1 November 2021"]),
        ("pairs", [("Nomor", "e-0621/HM.03.00"), ("Sifat", "Penting"), ("Hal", "Penggantian Petugas Pengelola Media Sosial")]),
        ("p", "Sehubungan dengan berakhirnya masa tugas petugas pengelola media sosial atas nama :"),
        ("pairs", [("Nama", old["name"]), ("NIP", old["nip"]), ("Jabatan", old["position"])]),
        ("p", "maka terhitung mulai tanggal 1 November 2021 yang bersangkutan digantikan oleh :"),
        ("pairs", [("Nama", new["name"]), ("NIP", new["nip"]), ("Jabatan", new["position"])]),
        ("p", "Akun yang dikelola : Instagram @layananjakarta dan Facebook fb.com/layananjakarta."),
        ("sign", ["Plt. Kepala Dinas Penanaman Modal", "dan Pelayanan Terpadu Satu Pintu,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
    said = accounts(("Instagram", "@layananjakarta"), ("Facebook", "fb.com/layananjakarta"))
    truth = truth_of(
        unit,
        "e-0621/HM.03.00",
        "2021-11-01",
        boss,
        [new],
        kind="penggantian",
        replaced=[old],
        accounts=said,
    )
    return Drawn(blocks, [truth])


@scenario
def keputusan_sekretaris_dprd(make: Invent, which: int) -> Drawn:
    unit = office("Sekretariat DPRD", "Sekretaris DPRD")
    people, boss = [make.officer() for _ in range(6)], make.signatory(unit["position"])
    rows = [[f"{at}", f"{one['name']}", f"NIP {one['nip']}", one["rank"], one["position"], "Tenaga Media"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "SEKRETARIAT DEWAN PERWAKILAN RAKYAT DAERAH"], PLACE),
        ("center", ["KEPUTUSAN SEKRETARIS DEWAN PERWAKILAN RAKYAT DAERAH", "PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
                    "NOMOR 45 TAHUN 2019", "TENTANG", "PENUNJUKAN PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("rows", [2.4, 0.4, 0], [["Menimbang", ":", f"bahwa untuk melaksanakan {BASIS} perlu menetapkan Keputusan;"],
                                 ["Mengingat", ":", "Peraturan Gubernur Nomor 94 Tahun 2016 tanggal 9 Mei 2016;"]]),
        ("center", ["MEMUTUSKAN"]),
        ("rows", [2.4, 0.4, 0], [["KESATU", ":", "Petugas tercantum dalam lampiran."],
                                 ["KEDUA", ":", "Akun yang dikelola Instagram @dprddkijakarta."]]),
        ("rows", [9, 3, 0.4, 0], [["", "Ditetapkan di", ":", "Jakarta"], ["", "Tanggal", ":", "2 Desember 2019"]]),
        ("sign", ["Sekretaris DPRD", "Provinsi DKI Jakarta,"], [boss["name"], f"NIP {boss['nip']}"]), ("page",),
        ("rows", [9, 2, 0.4, 0], [["", "Lampiran", ":", "Keputusan Sekretaris DPRD"], ["", "Nomor", ":", "45 Tahun 2019"],
                                  ["", "Tanggal", ":", "2 Desember 2019"]]),
        ("center", ["DAFTAR PETUGAS"]),
        ("table", ["No", "Nama", "NIP", "Pangkat/Gol.", "Jabatan", "Peran"], rows),
        ("sign", ["Sekretaris DPRD", "Provinsi DKI Jakarta,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "45 TAHUN 2019", "2019-12-02", boss, people,
                                   accounts=accounts(("Instagram", "@dprddkijakarta")))])  # fmt: skip


@scenario
def satu_pjlp_satu_pns(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Rawa Buaya", "Lurah Rawa Buaya")
    people, boss = [make.officer(), make.unnumbered()], make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN CENGKARENG", "KELURAHAN RAWA BUAYA"], PLACE),
        ("center", ["SURAT TUGAS", "Nomor : 201/-1.82"]), ("p", "Lurah Rawa Buaya menugaskan :"),
        ("pairs", [("Nama", people[0]["name"]), ("NIP", people[0]["nip"]), ("Jabatan", people[0]["position"])]),
        ("pairs", [("Nama", people[1]["name"]), ("NIP", "-"), ("Jabatan", "PJLP Administrasi")]),
        ("p", "untuk mengelola media sosial kelurahan (Instagram: @kelrawabuaya)."),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal, 14 Juni 2021", "Lurah Rawa Buaya"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "201/-1.82", "2021-06-14", boss, people,
                                   accounts=accounts(("Instagram", "@kelrawabuaya")))])  # fmt: skip


@scenario
def nota_dinas_honor(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Kepala Bagian Umum")
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN BLORA", "SEKRETARIAT DAERAH"], "Jl. Pemuda No. 12 Blora"),
        ("center", ["NOTA DINAS"]),
        ("pairs", [("Kepada", "Kepala BPPKAD"), ("Dari", "Kepala Bagian Umum"), ("Nomor", "900/12/2022"),
                   ("Tanggal", "5 Januari 2022"), ("Hal", "Permohonan Pencairan Honor Admin Media Sosial")]),
        ("p", f"Mohon dicairkan honor admin media sosial bulan Desember 2021 atas nama {one['name']}, NIP {one['nip']}."),
        ("sign", ["Kepala Bagian Umum,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])
