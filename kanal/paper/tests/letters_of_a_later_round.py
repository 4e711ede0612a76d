"""Sample letters of a later round, written before the reader was asked about them."""

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
def isian_dalam_kotak(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Penjaringan", "Camat Penjaringan")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN PENJARINGAN"], PLACE),
        ("pairs", [("Nomor", "221/-1.711.11"), ("Sifat", "Biasa"), ("Hal", "Data Petugas Pengelola Media Sosial")],
         ["Jakarta, 10 April 2018", "Kepada", "Yth. Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", "Bersama ini kami sampaikan isian data petugas pengelola media sosial :"),
        ("merged-table", 3, [["1.", "Nama Lengkap", one["name"]], ["2.", "NIP", one["nip"]], ["3.", "Pangkat/Golongan", one["rank"]],
                             ["4.", "Jabatan", one["position"]], ["5.", "Unit Kerja", "Kecamatan Penjaringan"], ["6.", "Nomor HP", "081234567890"],
                             ["7.", "Akun Instagram", "@kec_penjaringan"], ["8.", "Akun Twitter", "@kecpenjaringan"]]),
        ("p", "Demikian disampaikan."),
        ("sign", ["Camat Penjaringan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@kec_penjaringan"), ("Twitter", "@kecpenjaringan"))
    return Drawn(
        blocks, [truth_of(unit, "221/-1.711.11", "2018-04-10", boss, [one], accounts=said)]
    )


@scenario
def jabatan_rangkap(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kebudayaan", "Kepala Dinas Kebudayaan")
    people = [make.officer(position="Kepala Seksi Publikasi merangkap Plt. Kepala Seksi Dokumentasi"), make.officer(position="Kepala Subbagian Umum")]  # fmt: skip
    boss = make.signatory("Sekretaris Dinas Kebudayaan", "a.n.")
    rows = [[f"{at}.", one["position"], one["name"], one["nip"], "Penanggung Jawab" if at == 1 else "Admin"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEBUDAYAAN"], "Jl. Jenderal Gatot Subroto Kav. 40-41 Lt. 11 Jakarta Selatan"),
        ("right", ["Jakarta, 2 September 2019"]),
        ("pairs", [("Nomor", "4101/-1.855"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Susunan Petugas Pengelola Media Sosial")]),
        ("left", ["Yth. Kepala Dinas Komunikasi, Informatika dan Statistik", "di", "Jakarta"]),
        ("p", "Dengan ini disampaikan pejabat yang bertanggung jawab atas pengelolaan media sosial Dinas Kebudayaan :"),
        ("table", ["No.", "Jabatan", "Nama Pejabat", "NIP", "Peran"], rows),
        ("p", "Kanal resmi: Instagram @disbuddki, YouTube youtube.com/@disbuddki."),
        ("sign", ["a.n. Kepala Dinas Kebudayaan", "Provinsi DKI Jakarta", "Sekretaris,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@disbuddki"), ("YouTube", "youtube.com/@disbuddki"))
    return Drawn(blocks, [truth_of(unit, "4101/-1.855", "2019-09-02", boss, people, accounts=said)])


@scenario
def dua_tabel_semula_menjadi(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Perumahan Rakyat dan Kawasan Permukiman", "Kepala Dinas Perumahan Rakyat dan Kawasan Permukiman")  # fmt: skip
    old, new = [make.officer() for _ in range(2)], [make.officer() for _ in range(2)]
    boss = make.signatory(unit["position"])
    rows = [
        [
            [f"{at}", one["name"], one["nip"], one["rank"], one["position"]]
            for at, one in enumerate(side, 1)
        ]
        for side in (old, new)
    ]
    heads = ["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan"]
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PERUMAHAN RAKYAT DAN KAWASAN PERMUKIMAN"], PLACE),
        ("pairs", [("Nomor", "7011/-1.796.5"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Penggantian Petugas Pengelola Media Sosial")],
         ["11 Agustus 2020", "Kepada", "Yth. Sekretaris Daerah", "Provinsi DKI Jakarta"]),
        ("p", "Bersama ini disampaikan penggantian petugas pengelola media sosial dengan susunan sebagai berikut :"),
        ("left", ["Semula :"]), ("table", heads, rows[0]), ("left", ["Menjadi :"]), ("table", heads, rows[1]),
        ("p", "Akun yang dikelola adalah Twitter @dprkpdki."),
        ("sign", ["Kepala Dinas Perumahan Rakyat", "dan Kawasan Permukiman,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "7011/-1.796.5", "2020-08-11", boss, new, kind="penggantian", replaced=old,
                                   accounts=accounts(("Twitter", "@dprkpdki")))])  # fmt: skip


@scenario
def akun_satu_kolom_tiap_media(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk", "Kepala Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk")  # fmt: skip
    one, boss = make.officer(), make.signatory(unit["position"], "Plt.")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PEMBERDAYAAN, PERLINDUNGAN ANAK", "DAN PENGENDALIAN PENDUDUK"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 3120/-1.756"]),
        ("p", "Yang bertanda tangan di bawah ini :"),
        ("pairs", [("Nama", boss["name"]), ("NIP", boss["nip"]), ("Jabatan", "Plt. Kepala Dinas")]),
        ("p", "menunjuk pegawai dengan identitas berikut :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "untuk mengelola akun resmi sebagai berikut :"),
        ("table", ["Instagram", "Twitter", "Facebook"], [["@dppapp_dki", "@dppappdki", "fb.com/dppappdki"]]),
        ("sign-left", ["Dibuat di Jakarta", "Tanggal 6 Desember 2019", "Plt. Kepala Dinas,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(
        ("Instagram", "@dppapp_dki"), ("Twitter", "@dppappdki"), ("Facebook", "fb.com/dppappdki")
    )
    return Drawn(blocks, [truth_of(unit, "3120/-1.756", "2019-12-06", boss, [one], accounts=said)])


@scenario
def nama_nip_golongan_sebaris(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Kampung Rawa", "Lurah Kampung Rawa")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"], "Pj.")
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN JOHAR BARU", "KELURAHAN KAMPUNG RAWA"], PLACE),
        ("pairs", [("Tanggal", "5 April 2018"), ("Nomor", "31/-1.825"), ("Perihal", "Penunjukan petugas media sosial")]),
        ("left", ["Kepada Yth. Kepala Dinas Kominfotik Provinsi DKI Jakarta"]),
        ("p", "Dengan hormat, kami tetapkan petugas pengelola media sosial kelurahan, masing-masing :"),
        ("rows", [4.5, 0.4, 0], [["a. Nama/NIP/Gol.", ":", f"{people[0]['name']} / {people[0]['nip']} / {people[0]['rank']}"],
                                 ["b. Nama/NIP/Gol.", ":", f"{people[1]['name']} / {people[1]['nip']} / {people[1]['rank']}"]]),
        ("p", "Akun Instagram: @kel.kampungrawa"),
        ("sign", ["Pj. LURAH KAMPUNG RAWA"], [boss["name"].upper(), f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "31/-1.825", "2018-04-05", boss, people,
                                   accounts=accounts(("Instagram", "@kel.kampungrawa")))])  # fmt: skip


@scenario
def huruf_a_b_dalam_kalimat(make: Invent, which: int) -> Drawn:
    unit = office("Inspektorat Pembantu Kota Administrasi Jakarta Selatan", "Inspektur Pembantu Kota Administrasi Jakarta Selatan")  # fmt: skip
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "INSPEKTORAT PEMBANTU KOTA ADMINISTRASI JAKARTA SELATAN"], PLACE),
        ("right", ["Jakarta, 23 Maret 2021"]),
        ("pairs", [("Nomor", "512/-082"), ("Hal", "Pengusulan Petugas Pengelola Media Sosial")]),
        ("p", f"Sebagai tindak lanjut {BASIS}, kami menugaskan: a. {people[0]['name']} ({people[0]['nip']}), {people[0]['position']}, sebagai admin utama; dan b. {people[1]['name']} ({people[1]['nip']}), {people[1]['position']}, sebagai admin pendamping, pada akun Instagram @irbanjaksel."),
        ("sign", ["Inspektur Pembantu Kota Administrasi", "Jakarta Selatan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "512/-082", "2021-03-23", boss, people,
                                   accounts=accounts(("Instagram", "@irbanjaksel")))])  # fmt: skip


@scenario
def pencabutan_tanpa_pengganti(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Pluit", "Lurah Pluit")
    old, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN PENJARINGAN", "KELURAHAN PLUIT"], PLACE),
        ("pairs", [("Nomor", "99/-1.825"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Pencabutan Penunjukan Petugas Pengelola Media Sosial")], ["14 Januari 2020"]),
        ("left", ["Yth. Kepala Dinas Kominfotik", "Provinsi DKI Jakarta"]),
        ("p", f"Dengan ini kami sampaikan bahwa penunjukan Sdr. {old['name']}, NIP {old['nip']}, sebagai Petugas Pengelola Media Sosial Kelurahan Pluit (Instagram @kel_pluit) dicabut terhitung tanggal 15 Januari 2020."),
        ("sign", ["Lurah Pluit,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "99/-1.825", "2020-01-14", boss, [], kind="penghentian", replaced=[old],
                                   accounts=accounts(("Instagram", "@kel_pluit")))])  # fmt: skip


@scenario
def tiga_tetap_satu_diganti(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pariwisata dan Ekonomi Kreatif", "Kepala Dinas Pariwisata dan Ekonomi Kreatif")  # fmt: skip
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKJ, "DINAS PARIWISATA DAN EKONOMI KREATIF"], PLACE),
        ("pairs", [("Nomor", "e-2210/HM.03.00"), ("Sifat", "Biasa"), ("Lampiran", "-"), ("Hal", "Perubahan Petugas Pengelola Media Sosial")],
         ["24 Juni 2024", "Yth. Kepala Dinas Komunikasi,", "Informatika dan Statistik", "di Jakarta"]),
        ("p", f"Terhitung mulai tanggal 1 Juli 2024 Petugas Pengelola Media Sosial yang semula dijabat Saudara {old['name']} (NIP {old['nip']}) beralih kepada Saudara {new['name']} (NIP {new['nip']}), sedangkan petugas lainnya tidak berubah."),
        ("p", "Akun: Instagram @disparekrafdki, Facebook fb.com/disparekrafdki, TikTok @disparekrafdki."),
        ("sign", ["Kepala Dinas Pariwisata", "dan Ekonomi Kreatif,"], [boss["name"], f"NIP {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    said = accounts(
        ("Instagram", "@disparekrafdki"),
        ("Facebook", "fb.com/disparekrafdki"),
        ("TikTok", "@disparekrafdki"),
    )
    return Drawn(blocks, [truth_of(unit, "e-2210/HM.03.00", "2024-06-24", boss, [new], kind="penggantian",
                                   replaced=[old], accounts=said)])  # fmt: skip


@scenario
def keputusan_direktur_tim(make: Invent, which: int) -> Drawn:
    unit = office("RSUD Koja", "Direktur RSUD Koja")
    people, boss = [make.officer() for _ in range(4)], make.signatory(unit["position"])
    roles = ["Penanggung Jawab", "Ketua", "Anggota", "Anggota"]
    rows = [[f"{at}", role, f"{one['name']}\nNIP {grouped(one['nip'])}", one["position"]]
            for at, (role, one) in enumerate(zip(roles, people, strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KESEHATAN", "RUMAH SAKIT UMUM DAERAH KOJA"], "Jl. Deli No. 4 Tanjung Priok Jakarta Utara"),
        ("center", ["KEPUTUSAN DIREKTUR RUMAH SAKIT UMUM DAERAH KOJA", "NOMOR : 188/SK/RSUDK/2021", "TENTANG", "PEMBENTUKAN TIM MEDIA SOSIAL", "DIREKTUR RUMAH SAKIT UMUM DAERAH KOJA,"]),
        ("rows", [2.6, 0.4, 0], [["Menimbang", ":", "bahwa dalam rangka keterbukaan informasi publik perlu dibentuk tim media sosial;"],
                                 ["Mengingat", ":", "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;"]]),
        ("center", ["M E M U T U S K A N"]),
        ("rows", [2.6, 0.4, 0], [["Menetapkan", ":", "KEPUTUSAN DIREKTUR TENTANG PEMBENTUKAN TIM MEDIA SOSIAL."],
                                 ["PERTAMA", ":", "Membentuk Tim Media Sosial dengan susunan sebagai berikut :"]]),
        ("table", ["No", "Kedudukan dalam Tim", "Nama/NIP", "Jabatan Dinas"], rows),
        ("rows", [2.6, 0.4, 0], [["KEDUA", ":", "Tim mengelola akun Instagram @rsudkoja dan Facebook fb.com/rsudkoja."],
                                 ["KETIGA", ":", "Keputusan ini berlaku sejak tanggal ditetapkan."]]),
        ("sign-left", ["Ditetapkan di : Jakarta", "Pada tanggal  : 8 Maret 2021", "DIREKTUR RSUD KOJA,"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@rsudkoja"), ("Facebook", "fb.com/rsudkoja"))
    return Drawn(
        blocks, [truth_of(unit, "188/SK/RSUDK/2021", "2021-03-08", boss, people, accounts=said)]
    )


@scenario
def hari_belum_ditulis(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Palmerah", "Lurah Palmerah")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN PALMERAH", "KELURAHAN PALMERAH"], PLACE),
        ("right", ["Jakarta,          April 2018"]),
        ("pairs", [("Nomor", "17/-1.825"), ("Perihal", "Penunjukan Petugas Pengelola Media Sosial")]),
        ("p", f"Sehubungan dengan {BASIS} tanggal 19 Maret 2018, kami menunjuk Sdr. {one['name']} NIP {one['nip']} selaku petugas pengelola akun Instagram @kel_palmerah."),
        ("sign", ["Lurah Palmerah,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "17/-1.825", None, boss, [one],
                                   accounts=accounts(("Instagram", "@kel_palmerah")))], "review", ["date_missing"])  # fmt: skip


@scenario
def nip_kembar_beda_orang(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Senen", "Camat Senen")
    one, boss = make.officer(), make.signatory(unit["position"])
    two = make.officer(nip=one["nip"])
    rows = [
        ["1", one["name"], one["nip"], one["position"]],
        ["2", two["name"], two["nip"], two["position"]],
    ]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN SENEN"], PLACE),
        ("center", ["SURAT TUGAS", "NOMOR : 60/-1.711"]), ("p", "Camat Senen menugaskan :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("p", "untuk mengelola media sosial kecamatan, akun Instagram @kec.senen."),
        ("sign", ["Jakarta, 3 Juli 2019", "Camat Senen,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "60/-1.711", "2019-07-03", boss, [one, two],
                                   accounts=accounts(("Instagram", "@kec.senen")))], "review", ["nip_duplicate"])  # fmt: skip


@scenario
def akun_diretas(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Camat Menteng")
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN MENTENG"], PLACE),
        ("pairs", [("Nomor", "301/-1.82"), ("Sifat", "Segera"), ("Hal", "Pemberitahuan Akun Media Sosial Diretas")], ["3 Juni 2020", "Yth. Kepala Dinas Kominfotik"]),
        ("p", f"Diberitahukan bahwa akun Instagram @kec.menteng diretas sejak 1 Juni 2020. Untuk tindak lanjut dapat menghubungi petugas kami {one['name']} (NIP {one['nip']}) nomor 081200009999."),
        ("sign", ["Camat Menteng,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def permohonan_tambahan_kuota(make: Invent, which: int) -> Drawn:
    people, boss = [make.officer() for _ in range(2)], make.signatory("Kepala Bidang Informasi")
    rows = [[f"{at}", one["name"], one["nip"], "0812000000"] for at, one in enumerate(people, 1)]
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PERINDUSTRIAN DAN ENERGI"], PLACE), ("center", ["NOTA DINAS"]),
        ("pairs", [("Kepada", "Sekretaris Dinas"), ("Dari", "Kepala Bidang Informasi"), ("Nomor", "ND-09/2021"), ("Tanggal", "8 Februari 2021"),
                   ("Hal", "Permohonan Paket Data Petugas Media Sosial")]),
        ("p", "Mohon dapat diberikan paket data bagi petugas pengelola media sosial berikut :"),
        ("table", ["No", "Nama", "NIP", "No. HP"], rows),
        ("sign", ["Kepala Bidang Informasi,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def surat_keterangan_bekerja(make: Invent, which: int) -> Drawn:
    one, boss = make.officer(), make.signatory("Kepala Subbagian Kepegawaian")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEHUTANAN"], PLACE), ("center", ["SURAT KETERANGAN", "Nomor : 71/-073"]),
        ("p", "Yang bertanda tangan di bawah ini Kepala Subbagian Kepegawaian menerangkan bahwa :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", "Pengelola Media Sosial")]),
        ("p", "adalah benar pegawai Dinas Kehutanan. Surat keterangan ini dibuat untuk keperluan pengajuan kredit perumahan."),
        ("sign", ["Jakarta, 8 Mei 2019", "Kepala Subbagian Kepegawaian,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])
