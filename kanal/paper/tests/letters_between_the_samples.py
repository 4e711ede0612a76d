"""Sample letters as they may stand between the known ones: other openings, labels, columns."""

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
def label_berspasi(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Pulogadung", "Camat Pulogadung")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR", "KECAMATAN PULOGADUNG"],
         "Jl. Bujana Tirta Raya No. 1 Telp. 4893746 Jakarta"),
        ("rows", [2, 0.4, 7.5, 0], [["Nomor", ":", "266/-1.711.32", "Jakarta, 11 April 2018"], ["Sifat", ":", "Segera", ""],
                                    ["Lampiran", ":", "1 (satu) lembar", "K e p a d a"],
                                    ["H a l", ":", "Penunjukan Petugas", "Yth. Kepala Dinas Kominfotik"],
                                    ["", "", "Pengelola Media Sosial", "Provinsi DKI Jakarta"], ["", "", "", "di"], ["", "", "", "Jakarta"]]),
        ("p", f"Memenuhi maksud {BASIS} dengan ini disampaikan dengan hormat bahwa pejabat yang kami serahi tugas adalah :"),
        ("pairs", [("N a m a", one["name"]), ("N I P", grouped(one["nip"])), ("Pangkat / Gol. Ruang", one["rank"]),
                   ("J a b a t a n", one["position"]), ("No. Telepon", "0812 1000 2000")]),
        ("p", "dengan akun resmi kecamatan : Instagram @kec_pulogadung, Twitter @kec_pulogadung."),
        ("p", "Demikian agar menjadi maklum."),
        ("sign", ["CAMAT PULOGADUNG,"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kec_pulogadung"), ("Twitter", "@kec_pulogadung"))
    return Drawn(
        blocks, [truth_of(unit, "266/-1.711.32", "2018-04-11", boss, [one], accounts=said)]
    )


@scenario
def kolom_bernomor(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Bina Marga", "Kepala Dinas Bina Marga")
    people, boss = [make.officer() for _ in range(4)], make.signatory(unit["position"])
    rows = [["1", "2", "3", "4", "5", "6"]]
    rows += [[f"{at}", one["name"], one["position"], one["rank"], grouped(one["nip"]), "Administrator"]
             for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS BINA MARGA"], "Jl. Taman Jatibaru No. 1 Jakarta Pusat"),
        ("center", ["KEPUTUSAN KEPALA DINAS BINA MARGA", "PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA", "NOMOR 81 TAHUN 2020",
                    "TENTANG", "PETUGAS PENGELOLA MEDIA SOSIAL DINAS BINA MARGA", "KEPALA DINAS BINA MARGA,"]),
        ("rows", [2.4, 0.4, 0], [["Menimbang", ":", f"bahwa untuk melaksanakan {BASIS}, perlu menetapkan Keputusan Kepala Dinas;"],
                                 ["Mengingat", ":", "Peraturan Gubernur Nomor 265 Tahun 2016 tentang Organisasi dan Tata Kerja;"]]),
        ("center", ["MEMUTUSKAN :"]),
        ("rows", [2.4, 0.4, 0], [["Menetapkan", ":", "KEPUTUSAN KEPALA DINAS TENTANG PETUGAS PENGELOLA MEDIA SOSIAL."],
                                 ["KESATU", ":", "Menunjuk nama-nama yang tersebut pada kolom 2 Lampiran sebagai Petugas Pengelola Media Sosial."],
                                 ["KEDUA", ":", "Petugas sebagaimana diktum KESATU mengelola akun Twitter @binamargadki dan Instagram @binamargadki."],
                                 ["KETIGA", ":", "Keputusan ini mulai berlaku pada tanggal ditetapkan."]]),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal 14 Februari 2020", "KEPALA DINAS BINA MARGA,"],
         [boss["name"].upper(), f"NIP {boss['nip']}"]),
        ("page",),
        ("left", ["Lampiran Keputusan Kepala Dinas Bina Marga", "Nomor : 81 TAHUN 2020", "Tanggal : 14 Februari 2020"]),
        ("center", ["DAFTAR PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("table", ["NO", "NAMA", "JABATAN", "PANGKAT/GOLONGAN", "NIP", "TUGAS"], rows),
        ("sign-left", ["KEPALA DINAS BINA MARGA,"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Twitter", "@binamargadki"), ("Instagram", "@binamargadki"))
    return Drawn(
        blocks, [truth_of(unit, "81 TAHUN 2020", "2020-02-14", boss, people, accounts=said)]
    )


@scenario
def lama_baru_dengan_alasan(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Ketahanan Pangan, Kelautan dan Pertanian",
                  "Kepala Dinas Ketahanan Pangan, Kelautan dan Pertanian")  # fmt: skip
    old, new = [make.officer() for _ in range(2)], [make.officer() for _ in range(2)]
    boss = make.signatory(unit["position"], "Plt.")
    rows = [[f"{at}", f"{one['name']} / {one['nip']}", f"{two['name']} / {two['nip']}", why]
            for at, (one, two, why) in enumerate(zip(old, new, ["Purna tugas", "Mutasi"], strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KETAHANAN PANGAN, KELAUTAN DAN PERTANIAN"], PLACE),
        ("pairs", [("Nomor", "3390/-1.823"), ("Sifat", "Biasa"), ("Lampiran", "-"),
                   ("Hal", "Penggantian Petugas Pengelola Media Sosial")],
         ["27 Juli 2020", "Kepada", "Yth. Sekretaris Daerah", "melalui Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", f"Menyusuli surat kami Nomor 1200/-1.823 tanggal 10 April 2018 dan sesuai diktum KEEMPAT {BASIS}, disampaikan pergantian :"),
        ("table", ["No", "Petugas Semula (Nama / NIP)", "Petugas Pengganti (Nama / NIP)", "Alasan"], rows),
        ("p", "Akun : Instagram @dkpkp.jakarta; Facebook fb.com/dkpkpjakarta."),
        ("sign", ["Plt. Kepala Dinas Ketahanan Pangan,", "Kelautan dan Pertanian,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("left", ["Tembusan :", "1. Gubernur Provinsi DKI Jakarta"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@dkpkp.jakarta"), ("Facebook", "fb.com/dkpkpjakarta"))
    return Drawn(blocks, [truth_of(unit, "3390/-1.823", "2020-07-27", boss, new, kind="penggantian",
                                   replaced=old, accounts=said)])  # fmt: skip


@scenario
def dua_penggantian_dalam_kalimat(make: Invent, which: int) -> Drawn:
    unit = office("Biro Perekonomian", "Kepala Biro Perekonomian")
    a, b, c, d = (make.officer() for _ in range(4))
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "SEKRETARIAT DAERAH", "BIRO PEREKONOMIAN"], "Jl. Medan Merdeka Selatan No. 8-9 Jakarta Pusat"),
        ("right", ["Jakarta, 6 Januari 2020"]),
        ("pairs", [("Nomor", "8/-1.824.1"), ("Lampiran", "-"), ("Perihal", "Pemberitahuan Pergantian Petugas Pengelola Media Sosial")]),
        ("left", ["Kepada", "Yth. Kepala Dinas Kominfotik Provinsi DKI Jakarta", "di Tempat"]),
        ("p", "Diberitahukan dengan hormat bahwa petugas pengelola media sosial Biro Perekonomian mengalami pergantian, yaitu :"),
        ("p", f"1. {a['name']} (NIP {a['nip']}) digantikan oleh {b['name']} (NIP {b['nip']}), {b['position']}; dan"),
        ("p", f"2. {c['name']} (NIP {c['nip']}) digantikan oleh {d['name']} (NIP {d['nip']}), {d['position']}."),
        ("p", "Akun media sosial tetap, yakni Twitter @biroekonomidki."),
        ("sign", ["Kepala Biro Perekonomian,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "8/-1.824.1", "2020-01-06", boss, [b, d], kind="penggantian",
                                   replaced=[a, c], accounts=accounts(("Twitter", "@biroekonomidki")))])  # fmt: skip


@scenario
def unit_pengelola(make: Invent, which: int) -> Drawn:
    unit = office("Unit Pengelola Jakarta Smart City", "Kepala Unit Pengelola Jakarta Smart City")
    people = [make.officer(), make.unnumbered(), make.unnumbered()]
    people[1]["position"], people[2]["position"] = "Tenaga Ahli Konten", "Tenaga Ahli Desain"
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", one["name"], one["nip"] or "Tenaga Ahli (Non PNS)", one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("side-head", [DKI, "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK", "UNIT PENGELOLA JAKARTA SMART CITY"],
         "Jl. Medan Merdeka Selatan No. 8-9 Blok F Lt. 3 Jakarta Pusat"),
        ("center", ["SURAT PENUGASAN", "Nomor : 045/JSC/V/2019"]),
        ("p", "Dalam rangka kelancaran penyebarluasan informasi, Kepala Unit Pengelola Jakarta Smart City memberikan tugas kepada nama-nama berikut untuk mengelola media sosial Jakarta Smart City :"),
        ("table", ["No.", "Nama", "NIP", "Jabatan"], rows),
        ("p", "Media sosial yang dikelola meliputi Instagram (@jsclounge), Twitter (@jsclounge), dan Facebook (fb.com/jsclounge)."),
        ("p", "Surat penugasan ini berlaku mulai tanggal 1 Juni 2019 sampai dengan 31 Desember 2019."),
        ("sign-left", ["Jakarta, 31 Mei 2019", "Kepala Unit Pengelola Jakarta Smart City,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(
        ("Instagram", "@jsclounge"), ("Twitter", "@jsclounge"), ("Facebook", "fb.com/jsclounge")
    )
    return Drawn(
        blocks, [truth_of(unit, "045/JSC/V/2019", "2019-05-31", boss, people, accounts=said)]
    )


@scenario
def nama_bergelar_depan(make: Invent, which: int) -> Drawn:
    unit = office("Puskesmas Kecamatan Cilandak", "Kepala Puskesmas Kecamatan Cilandak")
    names = ["dr. Hj. Nur'aini Lubis, Sp.A, M.Kes", "Drg. R. Ay. Retno Wulan, MKM", "H. M. Yusuf Al-Farisi, A.Md.Kep",
             "Ns. Maria Goretti Br. Sembiring, S.Kep"]  # fmt: skip
    people = [make.officer(name=name) for name in names]
    boss = make.signatory(unit["position"]) | {"name": "Dr. dr. Ida Bagus Ketut Surya, MPH"}
    rows = [[f"{at}", one["name"], f"NIP. {one['nip']}", one["position"]] for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KESEHATAN", "PUSKESMAS KECAMATAN CILANDAK"], "Jl. Komplek BNI 46 Jakarta Selatan"),
        ("right", ["Jakarta, 8 Oktober 2018"]),
        ("pairs", [("Nomor", "4120/-1.773.3"), ("Sifat", "Penting"), ("Lamp.", "-"), ("Perihal", "Nama Petugas Pengelola Media Sosial")]),
        ("left", ["Yth. Kepala Dinas Kesehatan", "Provinsi DKI Jakarta", "di tempat"]),
        ("p", "Menjawab surat Bapak/Ibu perihal permintaan data, terlampir kami kirimkan nama petugas pengelola media sosial puskesmas :"),
        ("bare-table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("p", "Nama akun : Instagram @puskesmas_cilandak"),
        ("sign", ["Kepala Puskesmas Kecamatan Cilandak,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "4120/-1.773.3", "2018-10-08", boss, people,
                                   accounts=accounts(("Instagram", "@puskesmas_cilandak")))])  # fmt: skip


@scenario
def nip_bertitik(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Pejaten Timur", "Lurah Pejaten Timur")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    dotted = [grouped(one["nip"]).replace(" ", ".") for one in people]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA SELATAN", "KECAMATAN PASAR MINGGU", "KELURAHAN PEJATEN TIMUR"], PLACE),
        ("center", ["SURAT KETERANGAN PENUNJUKAN", "Nomor : 77/SKP/VIII/2021"]),
        ("p", "Yang bertanda tangan di bawah ini Lurah Pejaten Timur menerangkan dengan sesungguhnya bahwa :"),
        ("rows", [0.6, 3, 0.4, 0], [["-", "Nama", ":", people[0]["name"]], ["", "NIP", ":", dotted[0]], ["", "Jabatan", ":", people[0]["position"]],
                                    ["-", "Nama", ":", people[1]["name"]], ["", "NIP", ":", dotted[1]], ["", "Jabatan", ":", people[1]["position"]]]),
        ("p", "adalah benar pegawai yang ditunjuk sebagai Pengelola Media Sosial Kelurahan Pejaten Timur dengan alamat akun https://www.instagram.com/kel.pejatentimur dan https://twitter.com/kelpejatentimur."),
        ("right", ["Dikeluarkan di : Jakarta", "Pada tanggal : 23 Agustus 2021"]),
        ("sign", ["Lurah Pejaten Timur,"], [boss["name"], f"NIP {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kel.pejatentimur"), ("Twitter", "@kelpejatentimur"))
    return Drawn(
        blocks, [truth_of(unit, "77/SKP/VIII/2021", "2021-08-23", boss, people, accounts=said)]
    )


@scenario
def penambahan_petugas(make: Invent, which: int) -> Drawn:
    unit = office("Badan Pendapatan Daerah", "Kepala Badan Pendapatan Daerah")
    one, boss = make.officer(), make.signatory("Sekretaris Badan Pendapatan Daerah", "a.n.")
    blocks: list[Block] = [
        ("head", [DKJ, "BADAN PENDAPATAN DAERAH"], "Jl. Abdul Muis No. 66 Jakarta Pusat 10160"),
        ("pairs", [("Nomor", "e-1450/KP.04.01"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Penambahan Petugas Pengelola Media Sosial")],
         ["Jakarta, 19 Februari 2025", "", "Yth. Kepala Dinas Komunikasi,", "Informatika dan Statistik", "di", "Jakarta"]),
        ("p", "Sehubungan dengan meningkatnya kebutuhan layanan informasi perpajakan daerah, bersama ini kami ajukan tambahan 1 (satu) orang petugas pengelola media sosial Badan Pendapatan Daerah atas nama :"),
        ("pairs", [("Nama/NIP", f"{one['name']} / {one['nip']}"), ("Pangkat/Gol.", one["rank"]), ("Jabatan", one["position"])]),
        ("p", "yang akan mengelola akun TikTok @bapendajakarta dan Instagram @humaspajakjakarta terhitung mulai tanggal 1 Maret 2025."),
        ("sign", ["a.n. Kepala Badan Pendapatan Daerah", "Provinsi Daerah Khusus Jakarta", "Sekretaris Badan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("TikTok", "@bapendajakarta"), ("Instagram", "@humaspajakjakarta"))
    return Drawn(
        blocks, [truth_of(unit, "e-1450/KP.04.01", "2025-02-19", boss, [one], accounts=said)]
    )


@scenario
def tabel_menurut_media(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Sosial", "Kepala Dinas Sosial")
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"], "Plh.")
    rows = [["1", "Instagram", "@dinsosdkijakarta", people[0]["name"], people[0]["nip"], "081200001111"],
            ["2", "Twitter", "@dinsosdkijkt", people[0]["name"], people[0]["nip"], "081200001111"],
            ["3", "Facebook", "fb.com/dinsosdki", people[1]["name"], people[1]["nip"], "081200002222"]]  # fmt: skip
    blocks: list[Block] = [
        ("font", "Liberation Sans", 9),
        ("head", [DKI, "DINAS SOSIAL"], "Jl. Gunung Sahari II No. 6 Jakarta Pusat"),
        ("pairs", [("Nomor", "5411/-1.848"), ("Lampiran", "-"), ("Hal", "Penunjukan Admin Media Sosial")],
         ["15 November 2021", "Kepada Yth.", "Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", "Bersama ini disampaikan daftar akun media sosial beserta penanggung jawabnya :"),
        ("table", ["No", "Media Sosial", "Nama Akun", "Penanggung Jawab", "NIP", "No. HP"], rows),
        ("p", "Demikian atas perhatiannya disampaikan terima kasih."),
        ("sign", ["Plh. Kepala Dinas Sosial", "Provinsi DKI Jakarta,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(
        ("Instagram", "@dinsosdkijakarta"),
        ("Twitter", "@dinsosdkijkt"),
        ("Facebook", "fb.com/dinsosdki"),
    )
    return Drawn(blocks, [truth_of(unit, "5411/-1.848", "2021-11-15", boss, people, accounts=said)])


@scenario
def nota_dinas_suku_dinas(make: Invent, which: int) -> Drawn:
    unit = office("Suku Dinas Lingkungan Hidup Kota Administrasi Jakarta Barat", "Kepala Suku Dinas Lingkungan Hidup Kota Administrasi Jakarta Barat")  # fmt: skip
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "SUKU DINAS LINGKUNGAN HIDUP", "KOTA ADMINISTRASI JAKARTA BARAT"], "Jl. Raya Kembangan No. 2"),
        ("center", ["NOTA DINAS"]),
        ("rows", [2.4, 0.4, 0], [["Kepada", ":", "Kepala Dinas Lingkungan Hidup Provinsi DKI Jakarta"],
                                 ["Dari", ":", "Kepala Suku Dinas Lingkungan Hidup Kota Administrasi Jakarta Barat"],
                                 ["Nomor", ":", "ND-118/-1.77"], ["Tanggal", ":", "3 Mei 2021"], ["Sifat", ":", "Segera"],
                                 ["Perihal", ":", "Penyampaian Nama Petugas Pengelola Media Sosial"]]),
        ("p", f"Menindaklanjuti arahan Bapak, kami menetapkan Sdr. {one['name']} ({one['nip']}) {one['position']} sebagai petugas pengelola media sosial Suku Dinas, dengan akun Instagram @sudinlhjakbar."),
        ("p", "Demikian nota dinas ini disampaikan."),
        ("sign", ["Kepala Suku Dinas Lingkungan Hidup", "Kota Administrasi Jakarta Barat,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "ND-118/-1.77", "2021-05-03", boss, [one],
                                   accounts=accounts(("Instagram", "@sudinlhjakbar")))])  # fmt: skip


@scenario
def tugas_mengikuti_pelatihan(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Kepala Dinas Pemuda dan Olahraga")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PEMUDA DAN OLAHRAGA"], PLACE),
        ("center", ["SURAT TUGAS", "Nomor : 1601/-1.85"]),
        ("p", "Kepala Dinas Pemuda dan Olahraga menugaskan :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "Untuk mengikuti Bimbingan Teknis Pengelolaan Media Sosial pada tanggal 12 s.d. 14 Maret 2019 bertempat di Bandung."),
        ("sign", ["Jakarta, 8 Maret 2019", "Kepala Dinas Pemuda dan Olahraga,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def undangan_bernama(make: Invent, which: int) -> Drawn:
    people, boss = [make.officer() for _ in range(2)], make.signatory("Camat Koja")
    rows = [[f"{at}", one["name"], one["nip"], one["position"]] for at, one in enumerate(people, 1)]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN KOJA"], PLACE),
        ("pairs", [("Nomor", "410/-1.2"), ("Sifat", "Penting"), ("Lampiran", "-"), ("Hal", "Undangan Sosialisasi Media Sosial")],
         ["12 Juli 2021", "Kepada Yth.", "Para Pengelola Media Sosial", "di Jakarta"]),
        ("p", "Mengharap kehadiran Saudara pengelola media sosial kelurahan tersebut di bawah ini pada hari Rabu, 14 Juli 2021 pukul 09.00 WIB di Aula Kecamatan :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("p", "Atas kehadirannya diucapkan terima kasih."),
        ("sign", ["Camat Koja,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def notula_rapat(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Kepala Bagian Umum")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PERINDUSTRIAN DAN ENERGI"], PLACE),
        ("center", ["NOTULA RAPAT PENGELOLAAN MEDIA SOSIAL"]),
        ("pairs", [("Hari/Tanggal", "Selasa, 9 Oktober 2018"), ("Tempat", "Ruang Rapat Lantai 2"), ("Pimpinan Rapat", "Sekretaris Dinas"), ("Notulis", one["name"])]),
        ("items", ["Rapat dibuka pukul 09.00 WIB.", f"Disepakati Sdr. {one['name']} (NIP {one['nip']}) membantu admin media sosial.", "Rapat ditutup pukul 11.00 WIB."]),
        ("sign", ["Notulis,"], [one["name"], f"NIP {one['nip']}"]),
    ]  # fmt: skip
    assert boss
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def belum_ditandatangani(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Kebagusan", "Lurah Kebagusan")
    one = make.officer()
    boss: dict[str, str] = {}
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA SELATAN", "KECAMATAN PASAR MINGGU", "KELURAHAN KEBAGUSAN"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 19/-1.82"]),
        ("p", "Lurah Kebagusan dengan ini menunjuk :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "sebagai Petugas Pengelola Media Sosial Kelurahan Kebagusan, akun Instagram @kel_kebagusan."),
        ("sign", ["Jakarta, 22 Mei 2019", "Lurah Kebagusan,"], ["(...............................)", "NIP"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "19/-1.82", "2019-05-22", boss, [one],
                                   accounts=accounts(("Instagram", "@kel_kebagusan")))], "review", ["signatory_missing"])  # fmt: skip


@scenario
def huruf_o_dalam_nip(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Ciracas", "Camat Ciracas")
    one, boss = make.officer(), make.signatory(unit["position"])
    wrong = one["nip"][:4] + one["nip"][4:].replace("0", "O", 1)
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR", "KECAMATAN CIRACAS"], PLACE),
        ("right", ["Jakarta, 4 April 2018"]),
        ("pairs", [("Nomor", "140/-1.711.3"), ("Sifat", "Penting"), ("Perihal", "Penyampaian Nama Petugas Pengelola Media Sosial")]),
        ("p", f"Sehubungan dengan {BASIS}, dengan hormat kami sampaikan petugas pengelola media sosial pada Kecamatan Ciracas :"),
        ("pairs", [("Nama", one["name"]), ("NIP", wrong), ("Jabatan", one["position"])]),
        ("p", "Akun media sosial resmi : Instagram @kec_ciracas"),
        ("sign", ["Camat Ciracas,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "140/-1.711.3", "2018-04-04", boss, [one],
                                   accounts=accounts(("Instagram", "@kec_ciracas")))], "review")  # fmt: skip


@scenario
def lahir_berbeda_dengan_nip(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Tenaga Kerja dan Transmigrasi", "Kepala Dinas Tenaga Kerja dan Transmigrasi")  # fmt: skip
    one, boss = make.officer(nip="198704122010011005"), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "DINAS TENAGA KERJA DAN TRANSMIGRASI"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 700/-1.83"]),
        ("p", "Dengan ini menunjuk :"),
        ("pairs", [("Nama", one["name"]), ("Tempat/Tanggal Lahir", "Jakarta, 21 April 1978"), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "sebagai Petugas Pengelola Media Sosial dinas dengan akun Instagram @disnakertransdki."),
        ("sign", ["Jakarta, 17 April 2018", "Kepala Dinas Tenaga Kerja dan Transmigrasi,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "700/-1.83", "2018-04-17", boss, [one],
                                   accounts=accounts(("Instagram", "@disnakertransdki")))], "review")  # fmt: skip


@scenario
def diangkat_umur_sembilan(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Rawamangun", "Lurah Rawamangun")
    one, boss = make.officer(nip="199608141998031004"), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA TIMUR", "KECAMATAN PULO GADUNG", "KELURAHAN RAWAMANGUN"], PLACE),
        ("center", ["SURAT TUGAS", "NOMOR : 31/-1.82"]),
        ("p", f"Lurah Rawamangun menugaskan Sdr. {one['name']}, NIP {one['nip']}, sebagai admin media sosial kelurahan, akun Instagram @kel.rawamangun."),
        ("sign", ["Jakarta, 2 September 2019", "Lurah Rawamangun,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "31/-1.82", "2019-09-02", boss, [one],
                                   accounts=accounts(("Instagram", "@kel.rawamangun")))], "review")  # fmt: skip
