"""Sample letters of a fourth round, again in other words than the three before."""

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
def ditugasi_sebagai_pengelola(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Jagakarsa", "Camat Jagakarsa")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA SELATAN", "KECAMATAN JAGAKARSA"], PLACE),
        ("rows", [2, 0.4, 8.4, 0], [["Nomor", ":", "410/-1.711.53", "12 April 2018"], ["Sifat", ":", "Penting", ""],
                                    ["Lampiran", ":", "-", "Kepada"],
                                    ["Hal", ":", "Nama Pejabat Pengelola\nMedia Sosial", "Yth. Sekretaris Daerah"],
                                    ["", "", "", "di"], ["", "", "", "Jakarta"]]),
        ("p", f"Mengacu pada {BASIS}, dilaporkan bahwa untuk Kecamatan Jagakarsa ditunjuk :"),
        ("rows", [0.8, 4, 0.4, 0], [["1.", "Nama", ":", people[0]["name"]], ["", "NIP", ":", people[0]["nip"]],
                                    ["", "Pangkat/Golongan Ruang", ":", people[0]["rank"]], ["", "Jabatan", ":", people[0]["position"]],
                                    ["", "Telepon", ":", "0813 1111 2222"],
                                    ["2.", "Nama", ":", people[1]["name"]], ["", "NIP", ":", people[1]["nip"]],
                                    ["", "Pangkat/Golongan Ruang", ":", people[1]["rank"]], ["", "Jabatan", ":", people[1]["position"]],
                                    ["", "Telepon", ":", "0813 3333 4444"]]),
        ("p", ("Adapun akun yang dikelola adalah sebagai berikut : Twitter : @kecjagakarsa, Instagram : @kecjagakarsa, "
              "Facebook : Kecamatan Jagakarsa (fb.com/kecjagakarsa).")),
        ("sign-left", ["Camat Jagakarsa,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("left", ["Tembusan :", "1. Walikota Administrasi Jakarta Selatan", "2. Kepala Dinas Kominfotik"]),
    ]  # fmt: skip
    said = accounts(
        ("Twitter", "@kecjagakarsa"),
        ("Instagram", "@kecjagakarsa"),
        ("Facebook", "fb.com/kecjagakarsa"),
    )
    return Drawn(
        blocks, [truth_of(unit, "410/-1.711.53", "2018-04-12", boss, people, accounts=said)]
    )


@scenario
def daftar_dengan_email(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Sumber Daya Air", "Kepala Dinas Sumber Daya Air")
    people, boss = [make.officer() for _ in range(3)], make.signatory("Sekretaris Dinas", "a.n.")
    rows = [[f"{at}", f"{one['name']}\n({one['nip']})", f"{one['position']}\n{one['rank']}", "08111222333\nx@jakarta.go.id"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKJ, "DINAS SUMBER DAYA AIR"], PLACE),
        ("pairs", [("Nomor", "0712/TU.03.01"), ("Sifat", "Biasa"), ("Lampiran", "-"),
                   ("Hal", "Pemutakhiran Data Petugas Pengelola Media Sosial")], ["3 Maret 2025"]),
        ("left", ["Yth. Kepala Dinas Komunikasi, Informatika dan Statistik", "di Jakarta"]),
        ("p", "Menjawab surat Saudara, dengan ini kami sampaikan petugas yang ditunjuk mengelola media sosial dinas."),
        ("table", ["No", "Nama (NIP)", "Jabatan / Pangkat", "Kontak"], rows),
        ("p", "Media sosial : Instagram @dinas_sda"),
        ("sign", ["a.n. Kepala Dinas Sumber Daya Air", "Provinsi Daerah Khusus Jakarta,", "Sekretaris Dinas,"],
         [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(
        unit,
        "0712/TU.03.01",
        "2025-03-03",
        boss,
        people,
        accounts=accounts(("Instagram", "@dinas_sda")),
    )
    return Drawn(blocks, [truth | {"kind": "penunjukan"}])


@scenario
def perintah_lisan_tertulis(make: Invent, which: int) -> Drawn:
    unit = office("Satuan Polisi Pamong Praja", "Kepala Satuan Polisi Pamong Praja")
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"])
    listed = "; dan ".join(
        f"{one['name']}, {one['rank']}, NIP {one['nip']}, {one['position']}" for one in people
    )
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN TANGERANG", "SATUAN POLISI PAMONG PRAJA"], "Jl. H. Abdul Hamid Kav. 8 Tigaraksa"),
        ("center", ["SURAT PERINTAH", "NOMOR : 800/ 321 /SATPOL PP/2021"]),
        ("p", (f"Kepala Satuan Polisi Pamong Praja memerintahkan kepada {listed}, untuk melaksanakan tugas pengelolaan "
              "media sosial Satuan Polisi Pamong Praja pada akun Instagram @satpolpp.kabtangerang terhitung sejak "
              "tanggal 1 Maret 2021 sampai dengan ada ketentuan lebih lanjut.")),
        ("sign-left", ["Dikeluarkan di : Tigaraksa", "Pada tanggal : 26 Pebruari 2021", "KEPALA SATUAN POLISI PAMONG PRAJA",
                       "KABUPATEN TANGERANG,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "800/321/SATPOL PP/2021", "2021-02-26", boss, people,
                                   accounts=accounts(("Instagram", "@satpolpp.kabtangerang")))])  # fmt: skip


@scenario
def lampiran_keputusan_pangkat(make: Invent, which: int) -> Drawn:
    unit = office("Kota Administrasi Jakarta Pusat", "Walikota Jakarta Pusat")
    people, boss = [make.officer() for _ in range(5)], make.signatory(unit["position"])
    rows = [
        [f"{at}.", one["name"], one["rank"], one["nip"], one["position"], "Anggota"]
        for at, one in enumerate(people, 1)
    ]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT"], PLACE),
        ("center", ["KEPUTUSAN WALIKOTA JAKARTA PUSAT", "NOMOR 211 TAHUN 2019", "TENTANG", "TIM PENGELOLA MEDIA SOSIAL",
                    "KOTA ADMINISTRASI JAKARTA PUSAT", "WALIKOTA JAKARTA PUSAT,"]),
        ("rows", [2.5, 0.4, 0.6, 0], [["Menimbang", ":", "a.", f"bahwa berdasarkan {BASIS};"],
                                      ["", "", "b.", "bahwa perlu menetapkan Keputusan Walikota;"],
                                      ["Mengingat", ":", "1.", "Undang-Undang Nomor 29 Tahun 2007;"]]),
        ("center", ["MEMUTUSKAN :"]),
        ("rows", [2.5, 0.4, 0], [["Menetapkan", ":", "KEPUTUSAN WALIKOTA TENTANG TIM PENGELOLA MEDIA SOSIAL."],
                                 ["KESATU", ":", "Tim Pengelola Media Sosial dengan susunan keanggotaan tercantum dalam Lampiran."],
                                 ["KEDUA", ":", "Tim mengelola akun Twitter @kotajakpus dan Instagram @kotajakpus."]]),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal 27 Juni 2019", "WALIKOTA JAKARTA PUSAT,"],
         [boss["name"].upper(), f"NIP {boss['nip']}"]),
        ("left", ["Tembusan :", "1. Gubernur Provinsi DKI Jakarta"]),
        ("page",), ("left", ["LAMPIRAN : KEPUTUSAN WALIKOTA JAKARTA PUSAT", "NOMOR  211 TAHUN 2019", "TANGGAL  27 JUNI 2019"]),
        ("center", ["SUSUNAN KEANGGOTAAN TIM"]),
        ("table", ["NO", "NAMA", "PANGKAT / GOL", "NIP", "JABATAN", "KEDUDUKAN"], rows),
        ("sign-left", ["WALIKOTA JAKARTA PUSAT,"], [boss["name"].upper(), f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Twitter", "@kotajakpus"), ("Instagram", "@kotajakpus"))
    return Drawn(
        blocks, [truth_of(unit, "211 TAHUN 2019", "2019-06-27", boss, people, accounts=said)]
    )


@scenario
def digantikan_tabel_status(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Kebon Jeruk", "Lurah Kebon Jeruk")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    rows = [
        ["1", old["name"], old["nip"], old["position"]],
        ["2", new["name"], new["nip"], new["position"]],
    ]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN KEBON JERUK", "KELURAHAN KEBON JERUK"], PLACE),
        ("right", ["Jakarta, 15 Juli 2019"]),
        ("pairs", [("Nomor", "145/-1.82"), ("Perihal", "Penggantian Petugas Pengelola Media Sosial")]),
        ("p", "Bersama ini kami sampaikan penggantian petugas pengelola media sosial sebagai berikut :"),
        ("merged-table", 4, [["No", "Uraian", "Nama", "NIP"], ["1", "Semula", old["name"], old["nip"]],
                             ["2", "Menjadi", new["name"], new["nip"]]]),
        ("p", "Akun Instagram @kelkebonjeruk. Demikian, terima kasih."),
        ("sign", ["Lurah Kebon Jeruk,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    assert rows
    truth = truth_of(unit, "145/-1.82", "2019-07-15", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Instagram", "@kelkebonjeruk")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def petugas_lama_dan_baru_berdampingan(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Cipta Karya, Tata Ruang dan Pertanahan",
        "Kepala Dinas Cipta Karya, Tata Ruang dan Pertanahan",
    )
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    rows = [[old["name"], old["nip"], new["name"], new["nip"]]]
    blocks: list[Block] = [
        ("font", "Liberation Sans", 9),
        ("head", [DKI, "DINAS CIPTA KARYA, TATA RUANG DAN PERTANAHAN"], PLACE),
        ("center", ["SURAT PENGGANTIAN PETUGAS PENGELOLA MEDIA SOSIAL", "NOMOR 2250/-1.773"]),
        ("p", "Dengan ini petugas pengelola media sosial diganti sebagaimana tabel berikut :"),
        ("table", ["Nama Petugas Lama", "NIP Petugas Lama", "Nama Petugas Baru", "NIP Petugas Baru"], rows),
        ("p", "Akun yang dikelola Instagram @dcktrp_dki dan YouTube youtube.com/@dcktrpdki."),
        ("right", ["Ditetapkan di Jakarta", "Pada tanggal 21 Agustus 2020"]),
        ("sign", ["Kepala Dinas Cipta Karya,", "Tata Ruang dan Pertanahan,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@dcktrp_dki"), ("YouTube", "youtube.com/@dcktrpdki"))
    truth = truth_of(
        unit,
        "2250/-1.773",
        "2020-08-21",
        boss,
        [new],
        kind="penggantian",
        replaced=[old],
        accounts=said,
    )
    return Drawn(blocks, [truth])


@scenario
def mutasi_dalam_paragraf_panjang(make: Invent, which: int) -> Drawn:
    unit = office("Biro Hukum", "Kepala Biro Hukum")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "SEKRETARIAT DAERAH", "BIRO HUKUM"], PLACE),
        ("right", ["Jakarta, 9 Desember 2019"]),
        ("pairs", [("Nomor", "901/-071.4"), ("Lampiran", "-"), ("Hal", "Penggantian Petugas Pengelola Media Sosial")]),
        ("p", (f"Dengan dimutasikannya Sdr. {old['name']}, NIP {old['nip']}, ke Dinas Perhubungan, maka tugas pengelolaan "
              f"media sosial Biro Hukum dialihkan kepada Sdr. {new['name']}, NIP {new['nip']}, jabatan {new['position']}.")),
        ("p", "Akun yang dikelola ialah Twitter @birohukum_dki."),
        ("sign", ["Kepala Biro Hukum Setda", "Provinsi DKI Jakarta,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "901/-071.4", "2019-12-09", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Twitter", "@birohukum_dki")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def tanda_tangan_di_tengah(make: Invent, which: int) -> Drawn:
    unit = office("Desa Sukamaju", "Kepala Desa Sukamaju")
    people, boss = [make.unnumbered(), make.unnumbered()], make.signatory(unit["position"])
    boss["nip"] = None
    for one in people:
        one["position"], one["status"] = "Perangkat Desa", "Non ASN"
    rows = [[f"{at}.", one["name"], "-", "Perangkat Desa"] for at, one in enumerate(people, 1)]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN BANDUNG", "KECAMATAN MAJALAYA", "DESA SUKAMAJU"], "Jl. Raya Sukamaju No. 1"),
        ("center", ["SURAT TUGAS", "Nomor : 140/07/Ds.2010/2022"]),
        ("p", "Kepala Desa Sukamaju memberikan tugas kepada :"),
        ("table", ["No.", "Nama", "NIP/NIPD", "Jabatan"], rows),
        ("p", "untuk mengelola media sosial desa, yakni Facebook (fb.com/desasukamaju)."),
        ("center", ["Sukamaju, 14 Maret 2022", "Kepala Desa Sukamaju", " ", " ", " ", boss["name"].upper()]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "140/07/Ds.2010/2022", "2022-03-14", boss, people,
                                   accounts=accounts(("Facebook", "fb.com/desasukamaju")))])  # fmt: skip


@scenario
def nomor_di_tengah_kalimat_dasar(make: Invent, which: int) -> Drawn:
    unit = office("Badan Pendapatan Daerah", "Kepala Badan Pendapatan Daerah")
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"])
    rows = [
        [str(at), one["nip"], one["name"], one["rank"], one["position"]]
        for at, one in enumerate(people, 1)
    ]
    blocks: list[Block] = [
        ("head", [DKI, "BADAN PENDAPATAN DAERAH"], PLACE),
        ("center", ["SURAT TUGAS", "NOMOR : 5567/-1.72"]),
        ("rows", [2.2, 0.4, 0.6, 0], [["Dasar", ":", "1.", "Instruksi Sekretaris Daerah Provinsi DKI Jakarta"],
                                      ["", "", "", "Nomor 20 Tahun 2018 tanggal 28 Maret 2018;"],
                                      ["", "", "2.", "Surat Kepala Dinas Kominfotik tanggal 5 April 2018"],
                                      ["", "", "", "Nomor 1122/-1.836 hal Penunjukan Petugas."]]),
        ("center", ["MENUGASKAN"]), ("left", ["Kepada"]),
        ("table", ["NO", "NIP", "NAMA", "PANGKAT/GOL", "JABATAN"], rows),
        ("rows", [2.2, 0.4, 0.6, 0], [["Untuk", ":", "1.", "Mengelola media sosial Badan Pendapatan Daerah (Instagram @humaspajakjakarta);"],
                                      ["", "", "2.", "Melaporkan hasilnya."]]),
        ("sign", ["Jakarta, 11 April 2018", "Kepala Badan Pendapatan Daerah", "Provinsi DKI Jakarta,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "5567/-1.72", "2018-04-11", boss, people,
                                   accounts=accounts(("Instagram", "@humaspajakjakarta")))])  # fmt: skip


@scenario
def sekolah_dengan_nip_berspasi(make: Invent, which: int) -> Drawn:
    unit = office("SMA Negeri 8 Jakarta", "Kepala SMA Negeri 8 Jakarta")
    people, boss = (
        [make.officer(status="PPPK", rank="IX"), make.officer()],
        make.signatory(unit["position"]),
    )
    rows = [[f"{at}.", one["name"], grouped(one["nip"]), "Guru", handle] for at, (one, handle)
            in enumerate(zip(people, ("@sman8jakarta", "@sman8jkt"), strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS PENDIDIKAN", "SEKOLAH MENENGAH ATAS NEGERI 8 JAKARTA"], "Jl. Taman Bukit Duri, Tebet"),
        ("center", ["SURAT KEPUTUSAN KEPALA SMA NEGERI 8 JAKARTA", "Nomor : 125/-1.851.2/2023", "TENTANG",
                    "PENETAPAN ADMIN MEDIA SOSIAL SEKOLAH"]),
        ("p", "Menetapkan nama-nama berikut sebagai admin media sosial sekolah:"),
        ("table", ["NO.", "NAMA GURU", "NIP/NI PPPK", "JABATAN", "AKUN INSTAGRAM"], rows),
        ("p", "Keputusan ini berlaku sejak tanggal ditetapkan."),
        ("sign-left", ["Ditetapkan di : Jakarta", "Tanggal : 17 Juli 2023", "Kepala SMA Negeri 8 Jakarta,"],
         [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Sekolah Menengah Atas Negeri 8 Jakarta"
    said = accounts(("Instagram", "@sman8jakarta"), ("Instagram", "@sman8jkt"))
    return Drawn(
        blocks, [truth_of(unit, "125/-1.851.2/2023", "2023-07-17", boss, people, accounts=said)]
    )


@scenario
def instruksi_itu_sendiri(make: Invent, which: int) -> Drawn:
    boss = make.signatory("Sekretaris Daerah")
    blocks: list[Block] = [
        ("head", [DKI, "SEKRETARIAT DAERAH"], PLACE),
        ("center", ["INSTRUKSI SEKRETARIS DAERAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA", "NOMOR 20 TAHUN 2018", "TENTANG",
                    "PENUNJUKAN PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("p", ("Dalam rangka pelayanan informasi yang cepat dan tepat, dengan ini menginstruksikan kepada para Kepala Dinas, "
              "Kepala Badan, Camat dan Lurah untuk :")),
        ("items", ["menunjuk petugas pengelola media sosial dengan surat penunjukan;", ("menyampaikan surat penunjukan dimaksud "
                   "melalui Dinas Komunikasi, Informatika dan Statistik.")]),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal 28 Maret 2018", "SEKRETARIS DAERAH,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def teguran_belum_menunjuk(make: Invent, which: int) -> Drawn:
    boss = make.signatory("Kepala Dinas Komunikasi, Informatika dan Statistik")
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"], PLACE),
        ("right", ["Jakarta, 2 Mei 2018"]),
        ("pairs", [("Nomor", "1300/-1.836"), ("Sifat", "Segera"), ("Hal", "Pengingat Penyampaian Surat Penunjukan")]),
        ("p", ("Sampai saat ini kami belum menerima surat penunjukan petugas pengelola media sosial dari perangkat daerah Saudara. "
              "Mohon agar disampaikan paling lambat tanggal 16 Mei 2018.")),
        ("sign", ["Kepala Dinas,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [], "reject", ["not_an_appointment"])


@scenario
def nomor_hanya_kode(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Kebon Jeruk", "Lurah Kebon Jeruk")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN KEBON JERUK", "KELURAHAN KEBON JERUK"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR :            TAHUN 2022"]),
        ("p", f"Menunjuk Sdr. {one['name']} NIP {one['nip']} sebagai petugas pengelola media sosial @kelkebonjeruk (Instagram)."),
        ("sign-left", ["Ditetapkan di Jakarta", "pada tanggal 4 Juli 2022", "LURAH KEBON JERUK,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(
        unit, None, "2022-07-04", boss, [one], accounts=accounts(("Instagram", "@kelkebonjeruk"))
    )
    return Drawn(blocks, [truth], "review", ["number_missing"])


@scenario
def kepala_menunjuk_dirinya(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Kebon Jeruk", "Lurah Kebon Jeruk")
    other, boss = make.officer(), make.signatory(unit["position"])
    one = make.officer(name=boss["name"], nip=boss["nip"], position="Lurah Kebon Jeruk")
    rows = [
        [str(at), each["name"], each["nip"], each["position"]]
        for at, each in enumerate((one, other), 1)
    ]
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN KEBON JERUK", "KELURAHAN KEBON JERUK"], PLACE),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 14/-1.82"]),
        ("p", "Petugas pengelola media sosial Kelurahan Kebon Jeruk (Instagram @kelkebonjeruk) ialah :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows),
        ("sign-left", ["Jakarta, 4 Juli 2022", "LURAH KEBON JERUK,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(
        unit,
        "14/-1.82",
        "2022-07-04",
        boss,
        [one, other],
        accounts=accounts(("Instagram", "@kelkebonjeruk")),
    )
    return Drawn(blocks, [truth], "review", ["nip_equals_signatory"])
