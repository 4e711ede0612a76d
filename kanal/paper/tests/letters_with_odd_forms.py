"""Sample letters whose lists, tables and closings are drawn in ways that few offices use."""

from __future__ import annotations

from typing import Any

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import BASIS, Drawn, Scenario, truth_of
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []
DKI = "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA"


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


@scenario
def tabel_tanpa_garis(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Cideng", "Lurah Cideng")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [[f"{at}.", one["name"], grouped(one["nip"]), one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("font", "Liberation Sans", 10),
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN GAMBIR", "KELURAHAN CIDENG"],
         "Jalan Cideng Barat No. 27A Telepon 6322814"),
        ("center", ["SURAT PERINTAH TUGAS", "NOMOR : 112/SPT/2019"]),
        ("rows", [2.6, 0.4, 0], [["DASAR", ":", BASIS]]), ("center", ["MEMERINTAHKAN"]),
        ("left", ["KEPADA :"]),
        ("bare-table", ["NO", "NAMA", "NIP", "JABATAN"], rows),
        ("rows", [2.6, 0.4, 0], [["UNTUK", ":", ("Melaksanakan tugas pengelolaan media sosial Kelurahan "
                                  "Cideng melalui akun Instagram @kel.cideng dan Twitter @kelcideng.")]]),
        ("sign-left", ["DIKELUARKAN DI : JAKARTA", "PADA TANGGAL : 11 MARET 2019", "LURAH CIDENG"],
         [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kel.cideng"), ("Twitter", "@kelcideng"))
    return Drawn(
        blocks, [truth_of(unit, "112/SPT/2019", "2019-03-11", boss, people, accounts=said)]
    )


@scenario
def tabel_bergaris_datar(make: Invent, which: int) -> Drawn:
    unit = office(
        "Unit Pengelola Taman Margasatwa Ragunan", "Kepala Unit Pengelola Taman Margasatwa Ragunan"
    )
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"])
    rows = [[f"{at}", f"{one['name']}\nNIP {one['nip']}", one["rank"], one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PERTAMANAN DAN HUTAN KOTA", "UNIT PENGELOLA TAMAN MARGASATWA RAGUNAN"],
         "Jl. Harsono RM No. 1 Jakarta Selatan 12550"),
        ("right", ["Jakarta Selatan, 6 September 2021"]),
        ("pairs", [("Nomor", "e-0099/PR.01.02"), ("Sifat", "Biasa"), ("Lampiran", "Nihil"),
                   ("Hal", "Penetapan Petugas Pengelola Akun Media Sosial")]),
        ("p", ("Dalam rangka tertib pengelolaan kanal informasi, kami menetapkan petugas pengelola akun media "
              "sosial unit kami, yaitu:")),
        ("bare-table", ["No", "Nama dan NIP", "Pangkat, Golongan", "Jabatan"], rows, "across"),
        ("p", "Kanal yang dikelola: Instagram (@ragunanzoo), YouTube (youtube.com/@ragunanzoo)."),
        ("sign", ["Kepala Unit Pengelola", "Taman Margasatwa Ragunan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@ragunanzoo"), ("YouTube", "youtube.com/@ragunanzoo"))
    return Drawn(
        blocks, [truth_of(unit, "e-0099/PR.01.02", "2021-09-06", boss, people, accounts=said)]
    )


@scenario
def akun_bersama_satu_sel(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Sosial", "Kepala Dinas Sosial")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    shared = ("Instagram @dinsos_bali\nFacebook @dinsosbali", 1, len(people))
    rows: list[list[Any]] = [["No.", "Nama", "NIP", "Jabatan", "Akun yang dikelola"]]
    for at, one in enumerate(people, 1):
        rows.append(
            [f"{at}.", one["name"], one["nip"], one["position"], *([shared] if at == 1 else [])]
        )
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI BALI", "DINAS SOSIAL, PEMBERDAYAAN PEREMPUAN", "DAN PERLINDUNGAN ANAK"],
         "Jalan Kapten Cokorda Agung Tresna No. 48 Denpasar"),
        ("center", ["SURAT TUGAS", "NOMOR B.31.800/2412/UMPEG/DINSOS P3A"]),
        ("p", "Kepala Dinas Sosial P3A Provinsi Bali dengan ini memberikan tugas kepada pegawai dalam daftar:"),
        ("merged-table", 5, rows),
        ("p", "untuk mengelola media sosial dinas terhitung mulai tanggal 1 Februari 2022."),
        ("right", ["Denpasar, 28 Januari 2022"]),
        ("sign", ["KEPALA DINAS,"], [boss["name"], "Pembina Utama Muda", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Sosial, Pemberdayaan Perempuan dan Perlindungan Anak"
    said = accounts(("Instagram", "@dinsos_bali"), ("Facebook", "@dinsosbali"))
    return Drawn(blocks, [truth_of(unit, "B.31.800/2412/UMPEG/DINSOS P3A", "2022-01-28", boss, people,
                                   accounts=said)])  # fmt: skip


@scenario
def diktum_menyebut_orang(make: Invent, which: int) -> Drawn:
    unit = office("RSUD Cengkareng", "Direktur RSUD Cengkareng")
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"], "Plt.")
    letters = "\n".join(f"{'ab'[at]}. {one['name']}, NIP {one['nip']}, {one['position']};"
                        for at, one in enumerate(people))  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KESEHATAN", "RUMAH SAKIT UMUM DAERAH CENGKARENG"], "Jl. Kamal Raya, Bumi Cengkareng"),
        ("center", ["KEPUTUSAN DIREKTUR RUMAH SAKIT UMUM DAERAH CENGKARENG", "NOMOR 188 TAHUN 2020", "TENTANG",
                    "PENETAPAN ADMIN MEDIA SOSIAL", "DENGAN RAHMAT TUHAN YANG MAHA ESA",
                    "DIREKTUR RUMAH SAKIT UMUM DAERAH CENGKARENG,"]),
        ("rows", [2.5, 0.4, 0.6, 0], [["Menimbang", ":", "a.", "bahwa pelayanan informasi perlu ditingkatkan;"],
                                      ["", "", "b.", f"bahwa sesuai {BASIS};"],
                                      ["Mengingat", ":", "1.", "Undang-Undang Nomor 44 Tahun 2009;"],
                                      ["", "", "2.", "Peraturan Gubernur Nomor 265 Tahun 2016;"]]),
        ("center", ["MEMUTUSKAN:"]),
        ("rows", [2.5, 0.4, 0], [["Menetapkan", ":", "KEPUTUSAN DIREKTUR TENTANG PENETAPAN ADMIN MEDIA SOSIAL."],
                                 ["KESATU", ":", f"Menetapkan nama-nama berikut sebagai admin media sosial:\n{letters}"],
                                 ["KEDUA", ":", "Admin mengelola akun Instagram @rsud_cengkareng."],
                                 ["KETIGA", ":", "Keputusan ini berlaku sejak tanggal ditetapkan."]]),
        ("rows", [9, 3, 0.4, 0], [["", "Ditetapkan di", ":", "Jakarta"], ["", "Pada tanggal", ":", "9 April 2020"]]),
        ("sign", ["Plt. DIREKTUR RUMAH SAKIT UMUM DAERAH", "CENGKARENG,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("left", ["Salinan sesuai dengan aslinya"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "188 TAHUN 2020", "2020-04-09", boss, people,
                                   accounts=accounts(("Instagram", "@rsud_cengkareng")))])  # fmt: skip


@scenario
def salinan_sesuai_asli(make: Invent, which: int) -> Drawn:
    unit = office("Badan Kesatuan Bangsa dan Politik", "Kepala Badan Kesatuan Bangsa dan Politik")
    one, boss = make.officer(), make.signatory(unit["position"])
    other = make.signatory("Kepala Subbagian Umum")
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI SUMATERA SELATAN", "BADAN KESATUAN BANGSA DAN POLITIK"],
         "Jalan Kapten F. Tendean No. 1059 Palembang"),
        ("center", ["KEPUTUSAN KEPALA BADAN KESATUAN BANGSA DAN POLITIK", "NOMOR : 045/KPTS/BAN.KBP/2021",
                    "TENTANG", "PENUNJUKAN PENGELOLA MEDIA SOSIAL"]),
        ("pairs", [("Menimbang", "bahwa perlu menunjuk pengelola media sosial;")]),
        ("center", ["M E M U T U S K A N :"]),
        ("rows", [2.5, 0.4, 0], [
            ["KESATU", ":", "Menunjuk Pegawai Negeri Sipil yang namanya tersebut di bawah ini :"],
            ["", "", f"Nama : {one['name']}"], ["", "", f"NIP : {one['nip']}"],
            ["", "", f"Jabatan : {one['position']}"], ["", "", "sebagai Pengelola Media Sosial Badan."],
            ["KEDUA", ":", "Pengelola sebagaimana dimaksud KESATU mengelola Instagram @kesbangpol.sumsel."]]),
        ("two-sign", ["Salinan sesuai dengan aslinya,", "KEPALA SUBBAGIAN UMUM,", "", other["name"],
                      f"NIP. {other['nip']}"],
         ["Ditetapkan di Palembang", "pada tanggal 17 Mei 2021", "KEPALA BADAN,", "", boss["name"],
          f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "045/KPTS/BAN.KBP/2021", "2021-05-17", boss, [one],
                                   accounts=accounts(("Instagram", "@kesbangpol.sumsel")))])  # fmt: skip


@scenario
def tanpa_judul_kolom(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pendidikan", "Kepala Dinas Pendidikan")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [
        [f"{at}.", one["name"], one["nip"], one["position"]] for at, one in enumerate(people, 1)
    ]
    blocks: list[Block] = [
        ("side-head", ["PEMERINTAH KABUPATEN BANTUL", "DINAS PENDIDIKAN"], "Jl. Robert Wolter Monginsidi, Bantul"),
        ("center", ["SURAT PENUGASAN", "No : 800/1290"]),
        ("p", "Kepala Dinas Pendidikan Kabupaten Bantul menugaskan pegawai berikut:"),
        ("merged-table", 4, rows),
        ("p", "Sebagai pengelola media sosial Dinas Pendidikan, akun Instagram @disdik_bantul."),
        ("right", ["Bantul, 3 Pebruari 2020"]),
        ("sign", ["Kepala,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "800/1290", "2020-02-03", boss, people,
                                   accounts=accounts(("Instagram", "@disdik_bantul")))])  # fmt: skip


@scenario
def semula_menjadi_bertingkat(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Ketahanan Pangan", "Kepala Dinas Ketahanan Pangan")
    old, new = [make.officer(), make.officer()], [make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    rows: list[list[Any]] = [[("NO", 1, 2), ("SEMULA", 3, 1), ("MENJADI", 3, 1)],
                             ["NAMA", "NIP", "JABATAN", "NAMA", "NIP", "JABATAN"]]  # fmt: skip
    for at, (a, b) in enumerate(zip(old, new, strict=True), 1):
        rows.append(
            [str(at), *(f"{one[part]}" for one in (a, b) for part in ("name", "nip", "position"))]
        )
    blocks: list[Block] = [
        ("font", "Liberation Sans", 8.5),
        ("head", [DKI, "DINAS KETAHANAN PANGAN, KELAUTAN DAN PERTANIAN"], "Jl. Gunung Sahari Raya No. 11"),
        ("pairs", [("Nomor", "3390/-1.823.5"), ("Sifat", "Biasa"), ("Lampiran", "-"),
                   ("Hal", "Perubahan Petugas Pengelola Media Sosial")],
         ["Jakarta, 5 Nopember 2019", "", "Kepada", "Yth. Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", "Bersama ini disampaikan perubahan petugas pengelola media sosial sebagai berikut :"),
        ("merged-table", 7, rows), ("p", "Akun : Twitter @dkpkp_jakarta."),
        ("sign", ["Kepala Dinas Ketahanan Pangan, Kelautan", "dan Pertanian,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Ketahanan Pangan, Kelautan dan Pertanian"
    truth = truth_of(unit, "3390/-1.823.5", "2019-11-05", boss, new, kind="penggantian", replaced=old,
                     accounts=accounts(("Twitter", "@dkpkp_jakarta")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def semula_dijabat_oleh(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Menteng", "Camat Menteng")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"], "Plh.")
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN MENTENG"], "Jl. Pegangsaan Barat No. 14"),
        ("right", ["Jakarta,   2 Januari 2020"]),
        ("pairs", [("Nomor", "7/-077.5"), ("Perihal", "Penggantian Petugas Media Sosial")]),
        ("p", (f"Dengan hormat, sehubungan dengan adanya mutasi pegawai, petugas pengelola media sosial yang semula "
              f"dijabat oleh {old['name']} (NIP {old['nip']}) selanjutnya dijabat oleh {new['name']} (NIP "
              f"{new['nip']}), {new['position']}.")),
        ("p", "Akun yang dikelola tetap, yaitu Instagram @kec_menteng. Demikian disampaikan."),
        ("sign", ["Plh. Camat Menteng"], [f"( {boss['name']} )", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "7/-077.5", "2020-01-02", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Instagram", "@kec_menteng")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def mencabut_dan_menunjuk(make: Invent, which: int) -> Drawn:
    unit = office(
        "Suku Dinas Kebudayaan Kota Administrasi Jakarta Timur", "Kepala Suku Dinas Kebudayaan"
    )
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEBUDAYAAN", "SUKU DINAS KEBUDAYAAN", "KOTA ADMINISTRASI JAKARTA TIMUR"],
         "Jl. Dr. Sumarno No. 1"),
        ("center", ["SURAT PENGGANTIAN PETUGAS", "PENGELOLA MEDIA SOSIAL", "NOMOR 0021/KB.04.00"]),
        ("p", "Kepala Suku Dinas Kebudayaan Kota Administrasi Jakarta Timur,"),
        ("items", [(f"mencabut penunjukan Saudara {old['name']}, NIP {old['nip']}, sebagai petugas pengelola media "
                   "sosial; dan"), (f"menunjuk Saudari {new['name']}, NIP {new['nip']}, jabatan {new['position']}, "
                   "sebagai petugas pengelola media sosial yang baru.")]),
        ("p", "Media sosial yang dikelola ialah Instagram dengan nama akun @sudinbudjaktim."),
        ("right", ["Jakarta, 23 Juni 2022"]),
        ("sign", ["Kepala Suku Dinas Kebudayaan", "Kota Administrasi Jakarta Timur,"],
         [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "0021/KB.04.00", "2022-06-23", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Instagram", "@sudinbudjaktim")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def wali_kota_tanpa_nip(make: Invent, which: int) -> Drawn:
    unit = office("Kota Magelang", "Wali Kota Magelang")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    boss["nip"] = None
    boss["name"] = "dr. H. " + make.name("Sp.PD.")
    rows = [
        [f"{at}.", f"{one['name']}", f"{one['nip']}", one["position"]]
        for at, one in enumerate(people, 1)
    ]
    blocks: list[Block] = [
        ("head", ["WALI KOTA MAGELANG", "PROVINSI JAWA TENGAH"], "Jl. Jend. Sarwo Edhie Wibowo No. 2 Magelang"),
        ("center", ["KEPUTUSAN WALI KOTA MAGELANG", "NOMOR 480/118/112 TAHUN 2022", "TENTANG",
                    "PENUNJUKAN PENGELOLA MEDIA SOSIAL PEMERINTAH KOTA MAGELANG", "WALI KOTA MAGELANG,"]),
        ("pairs", [("Menimbang", "bahwa perlu menunjuk pengelola media sosial;")]),
        ("center", ["MEMUTUSKAN :"]),
        ("p", "KESATU : Menunjuk pengelola media sosial Pemerintah Kota Magelang sebagai berikut :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("p", "KEDUA : Akun media sosial adalah Instagram @pemkot_magelang."),
        ("sign-left", ["Ditetapkan di Magelang", "pada tanggal 10 Maret 2022", "WALI KOTA MAGELANG,"], [boss["name"].upper()]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "480/118/112 TAHUN 2022", "2022-03-10", boss, people,
                                   accounts=accounts(("Instagram", "@pemkot_magelang")))])  # fmt: skip


@scenario
def semua_dalam_satu_sel(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pemuda dan Olahraga", "Kepala Dinas Pemuda dan Olahraga")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [[str(at), f"{one['name']}\n{one['nip']}\n{one['rank']}\n{one['position']}", "081299990000",
             "nama@contoh.go.id", "Admin Instagram @dispora_dki"] for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PEMUDA DAN OLAHRAGA"], "Jl. Jatinegara Timur No. 55"),
        ("pairs", [("Nomor", "e-0331/UD.02.01"), ("Sifat", "Segera"), ("Lampiran", "1 berkas"),
                   ("Hal", "Data Petugas Pengelola Media Sosial")], ["14 Desember 2023"]),
        ("left", ["Yth. Kepala Dinas Komunikasi, Informatika dan Statistik", "di", "Jakarta"]),
        ("p", "Bersama ini disampaikan data petugas pengelola media sosial Dinas Pemuda dan Olahraga, terlampir."),
        ("p", "Narahubung : Sdr. Budi (0812-1111-2222)."),
        ("sign", ["Kepala Dinas Pemuda dan Olahraga,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("page",), ("left", ["Lampiran Surat Kepala Dinas Pemuda dan Olahraga", "Nomor  e-0331/UD.02.01",
                             "Tanggal  14 Desember 2023"]),
        ("center", ["DATA PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("table", ["No", "Nama/NIP/Pangkat Golongan/Jabatan", "No. HP", "E-mail", "Keterangan"], rows),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "e-0331/UD.02.01", "2023-12-14", boss, people,
                                   accounts=accounts(("Instagram", "@dispora_dki")))])  # fmt: skip


@scenario
def jabatan_seperti_kepala(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Duri Pulo", "Lurah Duri Pulo")
    people = [
        make.officer(position="Sekretaris Kelurahan"),
        make.officer(position="Kepala Seksi Pemerintahan"),
    ]
    boss = make.signatory(unit["position"], "Pj.")
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN GAMBIR", "KELURAHAN DURI PULO"],
         "Jl. Setia Kawan Raya No. 1"),
        ("center", ["SURAT PENUNJUKAN PETUGAS PENGELOLA MEDIA SOSIAL", "Nomor 61/-1.711.31"]),
        ("p", "Yang bertanda tangan di bawah ini,"),
        ("rows", [0.8, 3.2, 0.4, 0], [["", "Nama", ":", boss["name"]], ["", "NIP", ":", boss["nip"]],
                                      ["", "Jabatan", ":", "Pj. Lurah Duri Pulo"]]),
        ("p", "Menunjuk :"),
    ]  # fmt: skip
    for at, one in enumerate(people, 1):
        blocks.append(("rows", [0.8, 3.2, 0.4, 0], [
            [f"{at})", "Nama", ":", one["name"]], ["", "NIP", ":", grouped(one["nip"])],
            ["", "Pangkat (Gol)", ":", one["rank"]], ["", "Jabatan", ":", one["position"]]]))  # fmt: skip
    blocks += [
        ("p", "selaku petugas pengelola media sosial Kelurahan Duri Pulo (Instagram: @kelurahanduripulo)."),
        ("right", ["Jakarta, 7 - 8 - 2023"]),
        ("sign", ["Pj. LURAH DURI PULO"], [boss["name"], f"NIP. {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "61/-1.711.31", "2023-08-07", boss, people,
                                   accounts=accounts(("Instagram", "@kelurahanduripulo")))])  # fmt: skip


@scenario
def butir_tanpa_nomor(make: Invent, which: int) -> Drawn:
    unit = office(
        "Badan Perencanaan Pembangunan Daerah", "Kepala Badan Perencanaan Pembangunan Daerah"
    )
    people, boss = [make.officer() for _ in range(2)], make.signatory("Sekretaris Badan", "a.n.")
    lines = [f"- {one['name']}; NIP: {one['nip']}; Jabatan: {one['position']}" for one in people]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI SULAWESI TENGGARA", "BADAN PERENCANAAN PEMBANGUNAN DAERAH"],
         "Kompleks Bumi Praja Andonohu Kendari"),
        ("rows", [2, 0.4, 8, 0], [["Nomor", ":", "050/1877/2021", "Kendari, 25 Agustus 2021"],
                                  ["Lamp.", ":", "-", "Kepada"], ["Perihal", ":", "Usulan Admin Media Sosial",
                                                                  "Yth. Kepala Dinas Kominfo"], ["", "", "", "di - Kendari"]]),
        ("p", "Menindaklanjuti surat Saudara tanggal 18 Agustus 2021, kami usulkan admin media sosial sebagai berikut:"),
        ("left", lines),
        ("p", "Adapun akun media sosial kami: Facebook facebook.com/bappedasultra dan Instagram @bappeda.sultra."),
        ("sign", ["a.n. KEPALA BADAN PERENCANAAN", "PEMBANGUNAN DAERAH", "SEKRETARIS,"],
         [boss["name"], "Pembina Tk. I, Gol. IV/b", f"NIP. {boss['nip']}"]),
        ("left", ["Tembusan :", "1. Gubernur Sulawesi Tenggara di Kendari;", "2. Arsip."]),
    ]  # fmt: skip
    said = accounts(("Facebook", "facebook.com/bappedasultra"), ("Instagram", "@bappeda.sultra"))
    return Drawn(
        blocks, [truth_of(unit, "050/1877/2021", "2021-08-25", boss, people, accounts=said)]
    )


@scenario
def tembusan_di_samping_tanda_tangan(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Perindustrian dan Tenaga Kerja", "Kepala Dinas Perindustrian dan Tenaga Kerja"
    )
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN KLATEN", "DINAS PERINDUSTRIAN DAN TENAGA KERJA"], "Jl. Pemuda No. 294 Klaten"),
        ("center", ["SURAT TUGAS", "NOMOR: 094/561/2022"]),
        ("p", "Menugaskan:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Pangkat/Gol", one["rank"]),
                   ("Jabatan", one["position"]), ("Keperluan", "Sebagai admin media sosial dinas"),
                   ("Akun", "Instagram @disperinaker.klaten"), ("Masa tugas", "1 Januari s.d. 31 Desember 2022")]),
        ("two-sign", ["Tembusan:", "1. Bupati Klaten", "2. Inspektur", "", "", ""],
         ["Klaten, 30 Desember 2021", "KEPALA DINAS PERINDUSTRIAN", "DAN TENAGA KERJA", "", boss["name"],
          f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "094/561/2022", "2021-12-30", boss, [one],
                                   accounts=accounts(("Instagram", "@disperinaker.klaten")))])  # fmt: skip


def _short(unit: dict[str, str], number: str, day: str, body: list[Block], boss: dict[str, Any],
           subject: str = "Penunjukan Pengelola Media Sosial") -> list[Block]:  # fmt: skip
    return [
        ("head", ["PEMERINTAH KOTA BALIKPAPAN", unit["agency"].upper()], "Jl. Jend. Sudirman, Balikpapan"),
        ("right", [day]),
        ("rows", [2, 0.4, 0], [["Nomor", ":", number], ["Sifat", ":", "Biasa"], ["Hal", ":", subject]]),
        *body,
        ("sign", [unit["position"] + ","], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip


def _judged(make: Invent, reason: str, day: str = "Balikpapan, 4 April 2022", iso: str | None = "2022-04-04",
            **change: Any) -> Drawn:  # fmt: skip
    unit = office("Dinas Pekerjaan Umum", "Kepala Dinas Pekerjaan Umum")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    if "nip" in change:
        people[0]["nip"] = change["nip"](people[0]["nip"])
    rows = [[one["name"], one["nip"], one["position"]] for one in people]
    listed: Block = ("table", ["Nama Petugas", "N I P", "Jabatan"], rows)
    body: list[Block] = [("p", "Berikut kami sampaikan petugas yang kami tunjuk sebagai pengelola media sosial."),
                         *([] if change.get("nobody") else [listed]), ("p", "Akun Instagram @dpu_bpp.")]  # fmt: skip
    number = change.get("number", "600/77/DPU")
    blocks = _short(unit, number, day, body, boss)
    if change.get("nobody"):
        people = []
    truth = truth_of(unit, number if number[:1].isdigit() else None, iso, boss, people,
                     accounts=accounts(("Instagram", "@dpu_bpp")))  # fmt: skip
    return Drawn(blocks, [truth], "review", [reason])


@scenario
def sembilan_belas_angka(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_length", nip=lambda own: own[:9] + "0" + own[9:])


@scenario
def tiga_puluh_februari(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_invalid_birthdate", nip=lambda own: own[:4] + "0230" + own[8:])


@scenario
def jenis_kelamin_tiga(make: Invent, which: int) -> Drawn:
    return _judged(make, "nip_invalid", nip=lambda own: own[:14] + "3" + own[15:])


@scenario
def surat_bertanggal_31_juni(make: Invent, which: int) -> Drawn:
    return _judged(make, "date_invalid", "Balikpapan, 31 Juni 2022", None)


@scenario
def tanggal_belum_diisi(make: Invent, which: int) -> Drawn:
    return _judged(make, "date_missing", "Balikpapan,      April 2022", None)


@scenario
def nomor_belum_diisi(make: Invent, which: int) -> Drawn:
    return _judged(make, "number_missing", number="       /      /DPU/2022")


@scenario
def daftar_tertinggal(make: Invent, which: int) -> Drawn:
    return _judged(make, "officers_missing", nobody=True)


@scenario
def petugas_lama_tak_disebut(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pekerjaan Umum", "Kepala Dinas Pekerjaan Umum")
    one, boss = make.officer(), make.signatory(unit["position"])
    body: list[Block] = [
        ("p", "Sehubungan dengan purnatugasnya petugas terdahulu, bersama ini disampaikan petugas pengganti :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "yang akan mengelola akun media sosial Instagram @dpu_bpp."),
    ]  # fmt: skip
    blocks = _short(
        unit,
        "600/78/DPU",
        "Balikpapan, 4 April 2022",
        body,
        boss,
        "Penggantian Petugas Media Sosial",
    )
    truth = truth_of(unit, "600/78/DPU", "2022-04-04", boss, [one], kind="penggantian",
                     accounts=accounts(("Instagram", "@dpu_bpp")))  # fmt: skip
    return Drawn(blocks, [truth], "review", ["replaced_missing"])


def _other(subject: str, *body: Block) -> Scenario:
    def make_it(make: Invent, which: int) -> Drawn:
        unit = office("Dinas Pekerjaan Umum", "Kepala Dinas Pekerjaan Umum")
        people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
        rows = [
            [str(at), one["name"], one["nip"], one["position"]] for at, one in enumerate(people, 1)
        ]
        table: Block = ("table", ["No", "Nama", "NIP", "Jabatan"], rows)
        said = [table if block == ("people",) else block for block in body]
        blocks = _short(unit, "005/12/DPU", "Balikpapan, 4 April 2022", said, boss, subject)
        return Drawn(blocks, [], "reject", ["not_an_appointment"])

    return make_it


for _name, _subject, _body in (
    ("laporan_bulanan", "Laporan Pengelolaan Media Sosial Bulan Maret 2022",
     [("p", ("Bersama ini kami sampaikan laporan pengelolaan media sosial bulan Maret 2022. Jumlah unggahan 45, "
            "jumlah pengikut Instagram @dpu_bpp sebanyak 3.200 akun."))]),
    ("undangan_berdaftar", "Undangan Pelatihan Pengelola Media Sosial",
     [("p", "Mengharap kehadiran pengelola media sosial yang namanya tersebut di bawah ini pada pelatihan :"),
      ("people",), ("p", "Hari Rabu, 13 April 2022 pukul 08.00 WITA di Aula.")]),
    ("permohonan_centang_biru", "Permohonan Verifikasi Akun Media Sosial",
     [("p", "Kami mohon bantuan Saudara untuk verifikasi akun media sosial Instagram @dpu_bpp.")]),
    ("cuti_admin", "Permohonan Cuti Tahunan",
     [("p", "Bersama ini kami sampaikan permohonan cuti tahunan pegawai berikut, admin media sosial dinas :"),
      ("people",)]),
    ("pengumuman_lomba", "Pengumuman Pemenang Lomba Konten Media Sosial",
     [("p", "Berikut pemenang lomba konten media sosial antarbidang tahun 2022:"), ("people",)]),
):  # fmt: skip
    _scenario = _other(_subject, *_body)
    _scenario.__name__ = _name
    SCENARIOS.append(_scenario)
