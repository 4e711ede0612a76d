"""Sample letters of one more round: other offices, other orders of columns, other ends."""

from __future__ import annotations

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import BASIS, Drawn, Scenario, truth_of
from kanal.paper.tests.letters_last_met import DKI, DKJ, PLACE
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


@scenario
def petugas_utama_dan_cadangan(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Grogol Petamburan", "Camat Grogol Petamburan")
    one, two, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN GROGOL PETAMBURAN"], PLACE),
        ("pairs", [("Nomor", "318/-1.711.22"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Penyampaian Petugas Pengelola Media Sosial")],
         ["17 April 2018", "Kepada", "Yth. Kepala Dinas Komunikasi,", "Informatika dan Statistik", "di Jakarta"]),
        ("p", f"Berkenaan dengan {BASIS}, berikut kami laporkan petugas yang dimaksud :"),
        ("left", ["A. Petugas Utama"]),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Pangkat/Gol", one["rank"]), ("Jabatan", one["position"])]),
        ("left", ["B. Petugas Cadangan"]),
        ("pairs", [("Nama", two["name"]), ("NIP", two["nip"]), ("Pangkat/Gol", two["rank"]), ("Jabatan", two["position"])]),
        ("p", "Adapun akun resmi yang telah aktif adalah Instagram @kec.gropet serta Facebook fb.com/kecgropet."),
        ("sign", ["Camat Grogol Petamburan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kec.gropet"), ("Facebook", "fb.com/kecgropet"))
    return Drawn(
        blocks, [truth_of(unit, "318/-1.711.22", "2018-04-17", boss, [one, two], accounts=said)]
    )


@scenario
def sehubungan_promosi(make: Invent, which: int) -> Drawn:
    unit = office("Biro Organisasi dan Reformasi Birokrasi", "Kepala Biro Organisasi dan Reformasi Birokrasi")  # fmt: skip
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "SEKRETARIAT DAERAH", "BIRO ORGANISASI DAN REFORMASI BIROKRASI"], PLACE),
        ("right", ["Jakarta, 20 Mei 2019"]),
        ("pairs", [("Nomor", "640/-1.796"), ("Lampiran", "-"), ("Perihal", "Penggantian Petugas Pengelola Media Sosial")]),
        ("left", ["Kepada", "Yth. Kepala Dinas Kominfotik", "Provinsi DKI Jakarta", "di Tempat"]),
        ("p", f"Dengan ini kami informasikan bahwa {old['name']}, NIP {grouped(old['nip'])}, telah dipromosikan menjadi Lurah sehingga tidak dapat lagi menjalankan tugas sebagai Petugas Pengelola Media Sosial. Untuk itu kami menunjuk {new['name']}, NIP {grouped(new['nip'])}, {new['position']}, sebagai penggantinya."),
        ("p", "Akun yang dikelola: Twitter @rbdki dan Instagram @birorbdki."),
        ("sign", ["Kepala Biro Organisasi", "dan Reformasi Birokrasi,"], [boss["name"], f"NIP {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    said = accounts(("Twitter", "@rbdki"), ("Instagram", "@birorbdki"))
    return Drawn(blocks, [truth_of(unit, "640/-1.796", "2019-05-20", boss, [new], kind="penggantian",
                                   replaced=[old], accounts=said)])  # fmt: skip


@scenario
def tabel_nip_dahulu(make: Invent, which: int) -> Drawn:
    unit = office("Badan Perencanaan Pembangunan Daerah", "Kepala Badan Perencanaan Pembangunan Daerah")  # fmt: skip
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [[one["rank"].split("(")[1].rstrip(")"), grouped(one["nip"]), one["name"], one["position"], f"{at}"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "BADAN PERENCANAAN PEMBANGUNAN DAERAH"], PLACE),
        ("center", ["SURAT PERINTAH", "NOMOR : 1288/-1.713"]),
        ("rows", [2.4, 0.4, 0], [["DASAR", ":", BASIS + "."]]),
        ("center", ["MEMERINTAHKAN :"]),
        ("rows", [2.4, 0.4, 0], [["KEPADA", ":", "Pegawai sebagaimana tabel di bawah ini"]]),
        ("table", ["GOL.", "NIP", "NAMA PEGAWAI", "JABATAN", "URUT"], rows),
        ("rows", [2.4, 0.4, 0], [["UNTUK", ":", "1. Mengelola akun media sosial Bappeda yaitu Instagram @bappedadki, Twitter @bappedadki, YouTube youtube.com/@bappedadki."],
                                 ["", "", "2. Melaporkan hasilnya setiap bulan kepada Sekretaris Badan."]]),
        ("sign-left", ["Dikeluarkan di Jakarta", "pada tanggal 7 Mei 2018", "KEPALA BADAN PERENCANAAN", "PEMBANGUNAN DAERAH,"],
         [boss["name"].upper(), f"NIP {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    said = accounts(
        ("Instagram", "@bappedadki"),
        ("Twitter", "@bappedadki"),
        ("YouTube", "youtube.com/@bappedadki"),
    )
    return Drawn(blocks, [truth_of(unit, "1288/-1.713", "2018-05-07", boss, people, accounts=said)])


@scenario
def lampiran_saja_tanpa_nip_kepala(make: Invent, which: int) -> Drawn:
    unit = office("Kota Administrasi Jakarta Timur", "Walikota Jakarta Timur")
    people = [make.officer() for _ in range(12)]
    boss = make.signatory("Sekretaris Kota Administrasi Jakarta Timur", "a.n.")
    rows = [[f"{at}.", f"{one['name']}\n{one['nip']}", f"{one['position']}\n{one['rank']}", f"Kelurahan ke-{at}"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR"], "Jl. Dr. Sumarno No. 1 Pulo Gebang, Cakung, Jakarta Timur"),
        ("pairs", [("Nomor", "2005/-1.82"), ("Sifat", "Segera"), ("Lampiran", "1 (satu) berkas"), ("Hal", "Daftar Petugas Pengelola Media Sosial")],
         ["Jakarta, 25 April 2018", "", "Yth. Sekretaris Daerah", "Provinsi DKI Jakarta", "di", "Jakarta"]),
        ("p", "Bersama ini kami kirimkan daftar petugas pengelola media sosial pada kelurahan di wilayah Kota Administrasi Jakarta Timur sebagaimana terlampir, dengan akun induk Instagram @kominfotik_jt."),
        ("sign", ["a.n. Walikota Jakarta Timur", "Sekretaris Kota,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("page",),
        ("left", ["Lampiran Surat", "Nomor  : 2005/-1.82", "Tanggal : 25 April 2018"]),
        ("center", ["DAFTAR NAMA PETUGAS"]),
        ("table", ["No.", "Nama dan NIP", "Jabatan dan Pangkat", "Unit Kerja"], rows),
        ("sign", ["a.n. Walikota Jakarta Timur", "Sekretaris Kota,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "2005/-1.82", "2018-04-25", boss, people,
                                   accounts=accounts(("Instagram", "@kominfotik_jt")))])  # fmt: skip


@scenario
def perpanjangan_masa_tugas(make: Invent, which: int) -> Drawn:
    unit = office("RSUD Pasar Minggu", "Direktur RSUD Pasar Minggu")
    people = [make.officer(status="PPPK"), make.unnumbered()]
    boss = make.signatory(unit["position"])
    rows = [["1", people[0]["name"], people[0]["nip"], people[0]["position"], "PPPK"],
            ["2", people[1]["name"], "NIK 3174051203900004", "PJLP Administrasi", "PJLP"]]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKJ, "DINAS KESEHATAN", "RUMAH SAKIT UMUM DAERAH PASAR MINGGU"], "Jl. TB Simatupang No. 1 Jakarta Selatan"),
        ("center", ["SURAT TUGAS", "Nomor : e-0098/KP.05.02"]),
        ("p", "Direktur RSUD Pasar Minggu memperpanjang penugasan nama-nama di bawah ini sebagai Pengelola Media Sosial RSUD Pasar Minggu :"),
        ("table", ["No", "Nama", "NIP/NIK", "Jabatan", "Status"], rows),
        ("p", "Penugasan berlaku sejak 1 Januari 2027 sampai dengan 31 Desember 2027 untuk akun Instagram @rsudpasarminggu dan TikTok @rsudpasarminggu."),
        ("right", ["Jakarta, 16 November 2026"]),
        ("sign", ["Direktur RSUD Pasar Minggu,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@rsudpasarminggu"), ("TikTok", "@rsudpasarminggu"))
    return Drawn(
        blocks, [truth_of(unit, "e-0098/KP.05.02", "2026-11-16", boss, people, accounts=said)]
    )


@scenario
def usia_dan_alamat_ikut(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Sunter Agung", "Lurah Sunter Agung")
    one, boss = make.officer(nip="198403192009042003"), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN TANJUNG PRIOK", "KELURAHAN SUNTER AGUNG"], "Jl. Sunter Agung Podomoro Blok O Jakarta"),
        ("rows", [2, 0.4, 0], [["Nomor", ":", "55 / -1.825.1"], ["Perihal", ":", "Penunjukan Petugas Pengelola Media Sosial"]]),
        ("right", ["Jakarta, 13 - 4 - 2018"]),
        ("p", "Dengan hormat, bersama ini kami tunjuk pegawai dengan data sebagai berikut :"),
        ("pairs", [("Nama Lengkap", one["name"]), ("Tempat, Tgl. Lahir", "Jakarta, 19 Maret 1984"), ("NIP/NRK", f"{one['nip']} / 175432"),
                   ("Pangkat", one["rank"]), ("Jabatan", one["position"]), ("Alamat", "Jl. Danau Agung 2 No. 15 Jakarta Utara"), ("No. HP/WA", "0812-8888-7777"), ("Email", "kelsunteragung@jakarta.go.id")]),
        ("p", "sebagai penanggung jawab media sosial kelurahan (IG : @kel_sunteragung, FB : fb.com/kelsunteragung)."),
        ("sign", ["LURAH SUNTER AGUNG"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kel_sunteragung"), ("Facebook", "fb.com/kelsunteragung"))
    return Drawn(blocks, [truth_of(unit, "55/-1.825.1", "2018-04-13", boss, [one], accounts=said)])


@scenario
def pengganti_sementara_cuti(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pendidikan", "Kepala Dinas Pendidikan")
    old, new, boss = make.officer(), make.officer(), make.signatory("Sekretaris Dinas Pendidikan", "u.b.")  # fmt: skip
    boss["position"] = "Kepala Subbagian Umum"
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PENDIDIKAN"], "Jl. Jenderal Gatot Subroto Kav. 40-41 Jakarta Selatan"),
        ("center", ["SURAT PENUNJUKAN PENGGANTI", "NOMOR : 9900/-1.851.71"]),
        ("p", "Sehubungan dengan cuti melahirkan petugas di bawah ini :"),
        ("pairs", [("Nama", old["name"]), ("NIP", old["nip"]), ("Jabatan", old["position"])]),
        ("p", "maka untuk sementara tugas pengelolaan media sosial Dinas Pendidikan dilaksanakan oleh :"),
        ("pairs", [("Nama", new["name"]), ("NIP", new["nip"]), ("Jabatan", new["position"])]),
        ("p", "meliputi akun Instagram @disdikdki dan Twitter @disdik_dki."),
        ("sign", ["Jakarta, 2 Agustus 2021", "a.n. Kepala Dinas Pendidikan", "Sekretaris Dinas,", "u.b.", "Kepala Subbagian Umum,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@disdikdki"), ("Twitter", "@disdik_dki"))
    return Drawn(blocks, [truth_of(unit, "9900/-1.851.71", "2021-08-02", boss, [new], kind="penggantian",
                                   replaced=[old], accounts=said)])  # fmt: skip


@scenario
def daftar_berbutir_satu_baris(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kehutanan", "Kepala Dinas Kehutanan")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"], "Pj.")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEHUTANAN"], "Jl. Aipda K.S. Tubun No. 1 Jakarta Barat"),
        ("pairs", [("Nomor", "1770/-1.79"), ("Lampiran", "-"), ("Hal", "Petugas Medsos")], ["19 Juli 2018"]),
        ("left", ["Yth. Kepala Dinas Kominfotik", "Provinsi DKI Jakarta"]),
        ("p", "Menjawab surat Saudara tanggal 2 Juli 2018 Nomor 2001/-077 hal permintaan petugas, kami tugaskan pegawai berikut mengelola media sosial dinas kami:"),
        ("items", [f"{one['name']} - NIP {one['nip']} - {one['position']} ({one['rank'].split(' (')[1]}" for one in people]),
        ("p", "Nama akun media sosial: IG @dinaskehutanandki / Twitter @hutandki."),
        ("sign", ["Pj. Kepala Dinas Kehutanan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@dinaskehutanandki"), ("Twitter", "@hutandki"))
    return Drawn(blocks, [truth_of(unit, "1770/-1.79", "2018-07-19", boss, people, accounts=said)])


@scenario
def keputusan_camat_dua_diktum(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Kramat Jati", "Camat Kramat Jati")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR", "KECAMATAN KRAMAT JATI"], PLACE),
        ("center", ["KEPUTUSAN CAMAT KRAMAT JATI", "NOMOR 9 TAHUN 2021", "TENTANG", "PENGGANTIAN PETUGAS PENGELOLA MEDIA SOSIAL", "DENGAN RAHMAT TUHAN YANG MAHA ESA", "CAMAT KRAMAT JATI,"]),
        ("rows", [2.6, 0.4, 0], [["Menimbang", ":", "bahwa petugas yang ditetapkan dengan Keputusan Camat Nomor 4 Tahun 2018 memasuki masa pensiun;"],
                                 ["Mengingat", ":", BASIS + ";"]]),
        ("center", ["MEMUTUSKAN :"]),
        ("rows", [2.6, 0.4, 0], [["Menetapkan", ":", "PENGGANTIAN PETUGAS PENGELOLA MEDIA SOSIAL KECAMATAN KRAMAT JATI."],
                                 ["KESATU", ":", f"Membebaskan Saudara {old['name']} NIP {old['nip']} dari tugas sebagai Petugas Pengelola Media Sosial."],
                                 ["KEDUA", ":", f"Menunjuk Saudara {new['name']} NIP {new['nip']} sebagai Petugas Pengelola Media Sosial dengan akun Instagram @kec.kramatjati."],
                                 ["KETIGA", ":", "Keputusan ini mulai berlaku pada tanggal ditetapkan."]]),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal 1 Oktober 2021", "CAMAT KRAMAT JATI,"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "9 TAHUN 2021", "2021-10-01", boss, [new], kind="penggantian", replaced=[old],
                                   accounts=accounts(("Instagram", "@kec.kramatjati")))])  # fmt: skip


@scenario
def dua_kolom_petugas(make: Invent, which: int) -> Drawn:
    unit = office("Satuan Polisi Pamong Praja", "Kepala Satuan Polisi Pamong Praja")
    one, two, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "SATUAN POLISI PAMONG PRAJA"], PLACE),
        ("center", ["SURAT PENUGASAN", "Nomor 401/SPn/2022"]),
        ("p", "Kepala Satuan Polisi Pamong Praja Provinsi DKI Jakarta dengan ini menugasi :"),
        ("rows", [2, 0.4, 5.6, 2, 0.4, 0], [["Nama", ":", one["name"], "Nama", ":", two["name"]], ["NIP", ":", one["nip"], "NIP", ":", two["nip"]],
                                            ["Jabatan", ":", one["position"], "Jabatan", ":", two["position"]]]),
        ("p", "untuk menjadi operator media sosial Satpol PP (akun Instagram @satpolpp.dki)."),
        ("right", ["Ditetapkan di Jakarta", "tanggal 30 Maret 2022"]),
        ("sign", ["Kepala Satuan Polisi Pamong Praja", "Provinsi DKI Jakarta,"], [boss["name"], "Pembina Utama Muda (IV/c)", f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "401/SPn/2022", "2022-03-30", boss, [one, two],
                                   accounts=accounts(("Instagram", "@satpolpp.dki")))])  # fmt: skip


@scenario
def kepala_upt_dua_paraf(make: Invent, which: int) -> Drawn:
    unit = office("Unit Pelayanan Pemungutan Pajak Daerah Gambir", "Kepala Unit Pelayanan Pemungutan Pajak Daerah Gambir")  # fmt: skip
    one, boss = (
        make.officer(),
        make.signatory("Kepala Unit Pelayanan Pemungutan Pajak Daerah Gambir"),
    )
    blocks: list[Block] = [
        ("head", [DKI, "BADAN PENDAPATAN DAERAH", "UNIT PELAYANAN PEMUNGUTAN PAJAK DAERAH GAMBIR"], PLACE),
        ("right", ["Jakarta, 4 Februari 2020"]),
        ("pairs", [("Nomor", "77/-1.722"), ("Sifat", "-"), ("Lampiran", "-"), ("Perihal", "Penunjukan Admin Media Sosial")]),
        ("left", ["Kepada Yth.", "Kepala Badan Pendapatan Daerah", "u.p. Sekretaris Badan", "di Jakarta"]),
        ("p", f"Dengan ini kami menunjuk Saudari {one['name']}, NIP : {one['nip']}, Pangkat : {one['rank']}, Jabatan : {one['position']}, sebagai admin akun Instagram @upppdgambir."),
        ("p", "Demikian kami sampaikan. Atas perhatian Bapak kami ucapkan terima kasih."),
        ("sign", ["Kepala UPPPD Gambir,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("small", "Paraf: Kasubbag TU ......  Kasatpel ......"),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "77/-1.722", "2020-02-04", boss, [one],
                                   accounts=accounts(("Instagram", "@upppdgambir")))])  # fmt: skip


@scenario
def penghargaan_pengelola(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Kepala Dinas Kominfotik")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"], PLACE),
        ("center", ["PIAGAM PENGHARGAAN", "Nomor : 12/PP/2019"]),
        ("p", "Diberikan kepada :"), ("center", [one["name"], f"NIP {one['nip']}"]),
        ("p", "atas prestasinya sebagai Pengelola Media Sosial Terbaik Tahun 2018."),
        ("sign", ["Jakarta, 10 Januari 2019", "Kepala Dinas Kominfotik,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def laporan_bulanan(make: Invent, which: int) -> Drawn:
    people, boss = [make.officer() for _ in range(2)], make.signatory("Camat Sawah Besar")
    rows = [["1", "Instagram @kec.sawahbesar", "120", people[0]["name"]], ["2", "Twitter @kecsawahbesar", "88", people[1]["name"]]]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN SAWAH BESAR"], PLACE),
        ("pairs", [("Nomor", "88/-1.82"), ("Lampiran", "-"), ("Hal", "Laporan Bulanan Pengelolaan Media Sosial")], ["5 Juli 2018", "Yth. Kepala Dinas Kominfotik"]),
        ("p", "Bersama ini disampaikan laporan bulan Juni 2018 yang disusun petugas pengelola media sosial :"),
        ("table", ["No", "Akun", "Jumlah Unggahan", "Petugas"], rows),
        ("sign", ["Camat Sawah Besar,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def izin_penelitian(make: Invent, which: int) -> Drawn:
    boss = make.signatory("Kepala Bakesbangpol")
    blocks: list[Block] = [
        ("head", [DKI, "BADAN KESATUAN BANGSA DAN POLITIK"], PLACE),
        ("center", ["SURAT REKOMENDASI PENELITIAN", "Nomor : 300/-1.86"]),
        ("p", "Kepala Badan Kesatuan Bangsa dan Politik memberikan rekomendasi kepada :"),
        ("pairs", [("Nama", "Rara Anindita"), ("NIM", "1706012345"), ("Judul", "Strategi Komunikasi Petugas Pengelola Media Sosial Pemerintah Daerah")]),
        ("p", "untuk melaksanakan penelitian pada Dinas Kominfotik."),
        ("sign", ["Jakarta, 12 Maret 2020", "Kepala Badan Kesatuan Bangsa dan Politik,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def nip_petugas_titik_titik(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Duri Kepa", "Lurah Duri Kepa")
    one, boss = make.officer(nip=None), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN KEBON JERUK", "KELURAHAN DURI KEPA"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 45/-1.82"]), ("p", "Dengan ini menunjuk :"),
        ("pairs", [("Nama", one["name"]), ("NIP", "..............................."), ("Jabatan", one["position"])]),
        ("p", "sebagai Petugas Pengelola Media Sosial Kelurahan Duri Kepa (Instagram @kel_durikepa)."),
        ("sign", ["Jakarta, 9 Agustus 2018", "Lurah Duri Kepa,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "45/-1.82", "2018-08-09", boss, [one],
                                   accounts=accounts(("Instagram", "@kel_durikepa")))], "review", ["nip_missing"])  # fmt: skip


@scenario
def bulan_lahir_kepala_salah(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Semper Barat", "Lurah Semper Barat")
    one, boss = make.officer(), make.signatory(unit["position"]) | {"nip": "196517101990031004"}
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN CILINCING", "KELURAHAN SEMPER BARAT"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 46/-1.82"]), ("p", "Dengan ini menunjuk :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "sebagai Petugas Pengelola Media Sosial Kelurahan Semper Barat (Instagram @kel_semperbarat)."),
        ("sign", ["Jakarta, 9 Agustus 2018", "Lurah Semper Barat,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "46/-1.82", "2018-08-09", boss, [one],
                                   accounts=accounts(("Instagram", "@kel_semperbarat")))], "review", ["nip_invalid_birthdate"])  # fmt: skip
