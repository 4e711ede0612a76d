"""Sample letters of a third round: teams by role, fields by number, officers who sign as well."""

from __future__ import annotations

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import BASIS, Drawn, Scenario, truth_of
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []
DKI = "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA"
DKJ = "PEMERINTAH PROVINSI DAERAH KHUSUS JAKARTA"
PLACE = "Jl. Contoh Utama Nomor 12 Telepon (021) 3456789 Faksimile (021) 3456780 Kode Pos 10110"


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


@scenario
def butir_bernomor_per_isian(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Pulau Kelapa", "Lurah Pulau Kelapa")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "KABUPATEN ADMINISTRASI KEPULAUAN SERIBU", "KECAMATAN KEPULAUAN SERIBU UTARA",
                  "KELURAHAN PULAU KELAPA"], "Pulau Kelapa, Kepulauan Seribu 14540"),
        ("center", ["SURAT PENUNJUKAN", "Nomor : 033/-1.82/IX/2018"]),
        ("p", "Lurah Pulau Kelapa dengan ini menunjuk:"),
    ]  # fmt: skip
    for at, one in enumerate(people, 1):
        blocks.append(("left", [f"Petugas {at}"]))
        blocks.append(("rows", [0.7, 3.4, 0.4, 0], [
            ["a.", "Nama", ":", one["name"]], ["b.", "NIP", ":", one["nip"]],
            ["c.", "Pangkat/Golongan", ":", one["rank"]], ["d.", "Jabatan", ":", one["position"]]]))  # fmt: skip
    blocks += [
        ("p", "sebagai petugas pengelola media sosial Kelurahan Pulau Kelapa, yaitu Instagram @kel_pulaukelapa."),
        ("sign-left", ["Ditetapkan di  Jakarta", "Pada tanggal   3 September 2018", "Lurah Pulau Kelapa,"],
         ["ttd.", boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "033/-1.82/IX/2018", "2018-09-03", boss, people,
                                   accounts=accounts(("Instagram", "@kel_pulaukelapa")))])  # fmt: skip


@scenario
def akun_banyak_kolom(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Bina Marga", "Kepala Dinas Bina Marga")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    rows = [[str(at), one["name"], f"{one['nip']}\n/ 17{at}999", one["position"], network, handle]
            for at, (one, network, handle) in enumerate(
                zip(people, ("Instagram", "TikTok"), ("@binamargadki", "@bina.marga"), strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("side-head", [DKJ, "DINAS BINA MARGA"], PLACE),
        ("right", ["Jakarta, 05 Mei 2025"]),
        ("rows", [2.2, 0.4, 0], [["Nomor", ":", "e-1177/UD.01.03"], ["Sifat", ":", "Penting"],
                                 ["Lampiran", ":", "-"], ["Hal", ":", "Penyampaian Data Admin Media Sosial"]]),
        ("left", ["Yth. Kepala Dinas Komunikasi, Informatika dan Statistik", "Provinsi Daerah Khusus Jakarta"]),
        ("p", ("Sehubungan dengan surat Saudara nomor e-0044/HM.03.00 tanggal 22 April 2025, bersama ini kami "
              "sampaikan data admin media sosial Dinas Bina Marga sebagai berikut.")),
        ("table", ["No", "Nama Petugas", "NIP / NRK", "Jabatan", "Platform", "Nama Akun"], rows),
        ("p", "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih."),
        ("sign", ["Kepala Dinas Bina Marga,"], ["#", boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@binamargadki"), ("TikTok", "@bina.marga"))
    return Drawn(
        blocks, [truth_of(unit, "e-1177/UD.01.03", "2025-05-05", boss, people, accounts=said)]
    )


@scenario
def nama_di_atas_nip(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Coblong", "Camat Coblong")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    rows = [[f"{at}.", f"{one['name'].upper()}\n{one['nip'][:8]}-{one['nip'][8:14]}-{one['nip'][14]}-{one['nip'][15:]}",
             one["position"], "Pengelola"] for at, one in enumerate(people, 1)]  # fmt: skip
    for one in people:
        one["rank"] = None
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA BANDUNG", "KECAMATAN COBLONG"], "Jl. Sangkuriang No. 10A Bandung"),
        ("center", ["SURAT PERINTAH", "Nomor : PK.03.02/311-Kec.Cbl/V/2022"]),
        ("rows", [2, 0.4, 0], [["Dasar", ":", "Surat Edaran Wali Kota Bandung Nomor 7 Tahun 2022 tentang Media Sosial."]]),
        ("center", ["MEMERINTAHKAN"]), ("rows", [2, 0.4, 0], [["Kepada", ":", ""]]),
        ("table", ["NO.", "NAMA\nNIP", "JABATAN", "KET."], rows),
        ("rows", [2, 0.4, 0], [["Untuk", ":", "Mengelola media sosial kecamatan (Instagram @kec.coblong)."]]),
        ("right", ["Dikeluarkan di Bandung", "Pada Tanggal 23-Mei-2022"]),
        ("sign", ["CAMAT COBLONG,"], [boss["name"], "Pembina Tingkat I, IV/b", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "PK.03.02/311-Kec.Cbl/V/2022", "2022-05-23", boss, people,
                                   accounts=accounts(("Instagram", "@kec.coblong")))])  # fmt: skip


@scenario
def identitas_dalam_sel(make: Invent, which: int) -> Drawn:
    unit = office("Museum Nasional Sejarah Alam", "Kepala Museum")
    unit = office(
        "Unit Pengelola Museum Kesejarahan Jakarta",
        "Kepala Unit Pengelola Museum Kesejarahan Jakarta",
    )
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    rows = [[f"{at}.", f"Nama : {one['name']}\nNIP : {one['nip']}\nPangkat : {one['rank']}\nJabatan : {one['position']}",
             task] for at, (one, task) in enumerate(zip(people, ("Penulis", "Fotografer"), strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEBUDAYAAN", "UNIT PENGELOLA MUSEUM KESEJARAHAN JAKARTA"], PLACE),
        ("center", ["SURAT TUGAS", "Nomor 411/-1.853.2"]),
        ("p", "Kepala Unit Pengelola Museum Kesejarahan Jakarta menugaskan kepada:"),
        ("table", ["No.", "Identitas Petugas", "Tugas"], rows),
        ("p", "untuk mengelola akun media sosial museum, antara lain Instagram @museumkesejarahan."),
        ("right", ["Jakarta, tanggal 12 Oktober 2020"]),
        ("sign", ["Kepala Unit Pengelola", "Museum Kesejarahan Jakarta"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "411/-1.853.2", "2020-10-12", boss, people,
                                   accounts=accounts(("Instagram", "@museumkesejarahan")))])  # fmt: skip


@scenario
def tim_menurut_kedudukan(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Komunikasi, Informatika, dan Persandian",
        "Kepala Dinas Komunikasi, Informatika, dan Persandian",
    )
    people, boss = [make.officer() for _ in range(4)], make.signatory(unit["position"])
    said = [f"{one['name']} (NIP {one['nip']})" for one in people]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA YOGYAKARTA", "DINAS KOMUNIKASI, INFORMATIKA, DAN PERSANDIAN"], "Jl. Kenari No. 56"),
        ("center", ["KEPUTUSAN KEPALA DINAS KOMUNIKASI, INFORMATIKA, DAN PERSANDIAN", "KOTA YOGYAKARTA",
                    "NOMOR 027/KEP/2023", "TENTANG", "PEMBENTUKAN TIM PENGELOLA MEDIA SOSIAL"]),
        ("rows", [2.4, 0.4, 0], [["Menimbang", ":", "bahwa perlu membentuk tim pengelola media sosial;"],
                                 ["Mengingat", ":", "Peraturan Wali Kota Nomor 15 Tahun 2021;"]]),
        ("center", ["MEMUTUSKAN"]),
        ("rows", [2.4, 0.4, 0], [["KESATU", ":", "Membentuk Tim Pengelola Media Sosial dengan susunan:"]]),
        ("rows", [3, 3, 0.4, 0], [["", "Ketua", ":", said[0]], ["", "Sekretaris", ":", said[1]],
                                  ["", "Anggota", ":", f"1. {said[2]}\n2. {said[3]}"]]),
        ("rows", [2.4, 0.4, 0], [["KEDUA", ":", "Tim mengelola akun Instagram @pemkotjogja dan Twitter @pemkotjogja."],
                                 ["KETIGA", ":", "Keputusan ini mulai berlaku pada tanggal 2 Januari 2023."]]),
        ("sign-left", ["Ditetapkan di Yogyakarta", "pada tanggal 29 Desember 2022", "KEPALA,"],
         [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    for one in people:
        one["rank"] = one["position"] = None
    kept = accounts(("Instagram", "@pemkotjogja"), ("Twitter", "@pemkotjogja"))
    return Drawn(
        blocks, [truth_of(unit, "027/KEP/2023", "2022-12-29", boss, people, accounts=kept)]
    )


@scenario
def tim_dalam_tabel(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Perumahan dan Kawasan Permukiman", "Kepala Dinas Perumahan dan Kawasan Permukiman"
    )
    people, boss = [make.officer() for _ in range(4)], make.signatory(unit["position"])
    roles = ("Koordinator", "Editor", "Desainer Grafis", "Admin")
    rows = [[f"{at}", role, one["name"], one["nip"], one["position"]]
            for at, (role, one) in enumerate(zip(roles, people, strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI LAMPUNG", "DINAS PERUMAHAN, KAWASAN PERMUKIMAN DAN CIPTA KARYA"], "Jl. Gatot Subroto"),
        ("center", ["SURAT PENUGASAN TIM MEDIA SOSIAL", "Nomor : 600/0456/V.07/2021"]),
        ("p", "Menugaskan kepada pegawai tersebut di bawah ini :"),
        ("table", ["No", "Kedudukan dalam Tim", "Nama", "NIP", "Jabatan Dinas"], rows),
        ("p", "Untuk mengelola media sosial dinas: Facebook (@dpkpck.lampung) dan Instagram (@dpkpck.lampung)."),
        ("sign", ["Bandar Lampung, 16 Juli 2021", "Kepala Dinas,"], [boss["name"], "Pembina Utama Muda / IV.c", f"NIP. {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Perumahan, Kawasan Permukiman dan Cipta Karya"
    said = accounts(("Facebook", "@dpkpck.lampung"), ("Instagram", "@dpkpck.lampung"))
    return Drawn(
        blocks, [truth_of(unit, "600/0456/V.07/2021", "2021-07-16", boss, people, accounts=said)]
    )


@scenario
def penerima_tugas_ikut_tanda_tangan(make: Invent, which: int) -> Drawn:
    unit = office("Puskesmas Kecamatan Tambora", "Kepala Puskesmas Kecamatan Tambora")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KESEHATAN", "PUSAT KESEHATAN MASYARAKAT KECAMATAN TAMBORA"], PLACE),
        ("center", ["SURAT PENUNJUKAN PENGELOLA MEDIA SOSIAL", "NOMOR : 221/-1.77/2019"]),
        ("p", "Yang bertanda tangan di bawah ini :"),
        ("pairs", [("Nama", boss["name"]), ("NIP", boss["nip"]), ("Jabatan", unit["position"])]),
        ("p", "Menunjuk saudara :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", ("untuk menjadi pengelola media sosial puskesmas dengan akun Instagram @pkmtambora terhitung mulai "
              "tanggal 1 April 2019.")),
        ("two-sign", ["", "Yang ditunjuk,", "", "", one["name"], f"NIP {one['nip']}"],
         ["Jakarta, 28 Maret 2019", "Yang menunjuk,", "Kepala Puskesmas Kecamatan Tambora", "", boss["name"],
          f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "221/-1.77/2019", "2019-03-28", boss, [one],
                                   accounts=accounts(("Instagram", "@pkmtambora")))])  # fmt: skip


@scenario
def pernyataan_petugas_dilampirkan(make: Invent, which: int) -> Drawn:
    unit = office("Badan Pengelola Keuangan Daerah", "Kepala Badan Pengelola Keuangan Daerah")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "BADAN PENGELOLA KEUANGAN DAERAH"], PLACE),
        ("pairs", [("Nomor", "4412/-074"), ("Sifat", "Biasa"), ("Lampiran", "1 lembar"),
                   ("Hal", "Penunjukan Petugas Pengelola Media Sosial")], ["18 Februari 2021"]),
        ("p", (f"Melaksanakan {BASIS}, dengan ini kami menunjuk Saudara {one['name']}, NIP {one['nip']}, "
              f"{one['position']}, sebagai petugas pengelola media sosial Badan Pengelola Keuangan Daerah. "
              "Akun yang dikelola adalah Instagram @bpkddki. Terlampir pernyataan yang bersangkutan.")),
        ("sign", ["Kepala Badan Pengelola", "Keuangan Daerah,"], [boss["name"], f"NIP {boss['nip']}"]),
        ("page",), ("left", ["Lampiran"]), ("center", ["SURAT PERNYATAAN KESEDIAAN"]),
        ("p", "Yang bertanda tangan di bawah ini:"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "menyatakan bersedia melaksanakan tugas sebagai petugas pengelola media sosial."),
        ("sign", ["Jakarta, 17 Februari 2021", "Yang membuat pernyataan,"], [one["name"], f"NIP {one['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "4412/-074", "2021-02-18", boss, [one],
                                   accounts=accounts(("Instagram", "@bpkddki")))])  # fmt: skip


@scenario
def nama_kapital_tiga_baris(make: Invent, which: int) -> Drawn:
    unit = office("Sekretariat Daerah", "Sekretaris Daerah")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"], "Pj.")
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN KUTAI BARAT", "SEKRETARIAT DAERAH"], "Jl. Sendawar Raya, Sendawar"),
        ("center", ["SURAT TUGAS", "Nomor: 800.1.11.1/0331/SETDA-TU.P/I/2024"]),
        ("p", "Pj. Sekretaris Daerah Kabupaten Kutai Barat menugaskan :"),
    ]  # fmt: skip
    for at, one in enumerate(people, 1):
        blocks.append(
            (
                "left",
                [f"{at}. {one['name'].upper()}", f"NIP. {grouped(one['nip'])}", one["position"]],
            )
        )
        one["rank"] = None
    blocks += [
        ("p", ("untuk melaksanakan tugas sebagai pengelola media sosial Sekretariat Daerah melalui Facebook "
              "(facebook.com/setdakubar).")),
        ("sign-left", ["Sendawar, 19 Januari 2024", "Pj. SEKRETARIS DAERAH", "KABUPATEN KUTAI BARAT,"],
         [boss["name"].upper(), "Pembina Utama Muda", f"NIP. {grouped(boss['nip'])}"]),
        ("small", "Dokumen ini ditandatangani secara elektronik menggunakan Sertifikat Elektronik yang diterbitkan BSrE"),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "800.1.11.1/0331/SETDA-TU.P/I/2024", "2024-01-19", boss, people,
                                   accounts=accounts(("Facebook", "facebook.com/setdakubar")))])  # fmt: skip


@scenario
def kotak_tanda_tangan_elektronik(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Tenaga Kerja, Transmigrasi dan Energi",
        "Kepala Dinas Tenaga Kerja, Transmigrasi dan Energi",
    )
    people, boss = [make.officer() for _ in range(2)], make.signatory(unit["position"], "Plt.")
    rows = [[str(at), one["name"], one["nip"], one["position"]] for at, one in enumerate(people, 1)]
    blocks: list[Block] = [
        ("head", [DKI, "DINAS TENAGA KERJA, TRANSMIGRASI DAN ENERGI"], PLACE),
        ("pairs", [("Nomor", "e-0555/KT.01.00"), ("Sifat", "Biasa"), ("Lampiran", "-"),
                   ("Hal", "Penunjukan Petugas Pengelola Media Sosial")], ["30 November 2023"]),
        ("p", "Dengan ini ditunjuk petugas pengelola media sosial sebagai berikut:"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], rows), ("p", "Akun Instagram: @disnakertransgi.dki"),
        ("merged-table", 2, [["TTE", ("Ditandatangani secara elektronik oleh:\nPlt. Kepala Dinas Tenaga Kerja, "
                              f"Transmigrasi dan Energi,\n{boss['name']}\nNIP {boss['nip']}")]]),
        ("small", ("Catatan: UU ITE Nomor 11 Tahun 2008 Pasal 5 ayat 1. Dokumen ini telah ditandatangani secara "
                  "elektronik dengan sertifikat elektronik yang diterbitkan oleh BSrE.")),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "e-0555/KT.01.00", "2023-11-30", boss, people,
                                   accounts=accounts(("Instagram", "@disnakertransgi.dki")))])  # fmt: skip


@scenario
def nama_dari_berbagai_daerah(make: Invent, which: int) -> Drawn:
    unit = office(
        "Dinas Koperasi, Usaha Kecil dan Menengah",
        "Kepala Dinas Koperasi, Usaha Kecil dan Menengah",
    )
    people = [make.officer(name="A.A. Ngurah Gede Putra, S.Sn."), make.officer(name="Rr. Sri Wahyuningsih"),
              make.officer(name="H. Tubagus Ahmad Fauzi, S.T., M.T."), make.officer(name="Ponijo")]  # fmt: skip
    boss = make.signatory(unit["position"])
    rows = [
        [f"{at}.", one["name"], one["nip"], one["rank"], one["position"]]
        for at, one in enumerate(people, 1)
    ]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI KALIMANTAN SELATAN", "DINAS KOPERASI, USAHA KECIL DAN MENENGAH"],
         "Jalan Dharma Praja, Banjarbaru"),
        ("right", ["Banjarbaru, 4 Agt 2020"]),
        ("rows", [2, 0.4, 0], [["Nomor", ":", "518/0713-Sekr/Diskop"], ["Lampiran", ":", "-"],
                               ["Perihal", ":", "Penunjukan Pengelola\nAkun Media Sosial Resmi"]]),
        ("p", "Berdasarkan hasil rapat, ditunjuk pengelola akun media sosial resmi:"),
        ("table", ["No.", "Nama/Gelar", "NIP", "Pangkat/Gol. Ruang", "Jabatan"], rows),
        ("p", "Nama akun : Instagram @diskopukm.kalsel ; Facebook Diskop UKM Kalsel."),
        ("sign", ["Plh. KEPALA DINAS KOPERASI,", "USAHA KECIL DAN MENENGAH"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    boss["capacity"] = "Plh."
    return Drawn(blocks, [truth_of(unit, "518/0713-Sekr/Diskop", "2020-08-04", boss, people,
                                   accounts=accounts(("Instagram", "@diskopukm.kalsel")))])  # fmt: skip


@scenario
def tabel_terpotong_halaman(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kesehatan", "Kepala Dinas Kesehatan")
    people, boss = [make.officer() for _ in range(34)], make.signatory(unit["position"])
    rows = [[str(at), one["name"], f"{one['nip']}", f"{one['rank']}\n{one['position']}\nUPTD Puskesmas ke-{at}"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN GARUT", "DINAS KESEHATAN"], "Jl. Proklamasi No. 7 Tarogong Kidul"),
        ("center", ["SURAT PERINTAH TUGAS", "Nomor : 800/1212/Dinkes/2022"]),
        ("p", "Kepala Dinas Kesehatan Kabupaten Garut memerintahkan kepada:"),
        ("table", ["No", "Nama", "NIP", "Pangkat, Jabatan, Unit"], rows),
        ("p", "untuk mengelola media sosial masing-masing di bawah koordinasi akun Instagram @dinkesgarut."),
        ("right", ["Garut, 6 Juni 2022"]),
        ("sign", ["KEPALA DINAS KESEHATAN", "KABUPATEN GARUT,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "800/1212/Dinkes/2022", "2022-06-06", boss, people,
                                   accounts=accounts(("Instagram", "@dinkesgarut")))])  # fmt: skip


@scenario
def penggantian_karena_pensiun(make: Invent, which: int) -> Drawn:
    unit = office("Inspektorat Pembantu Kota Administrasi Jakarta Utara", "Inspektur Pembantu")
    old, new, boss = make.officer(), make.officer(), make.signatory("Inspektur Pembantu")
    blocks: list[Block] = [
        ("head", [DKI, "INSPEKTORAT", "INSPEKTORAT PEMBANTU KOTA ADMINISTRASI JAKARTA UTARA"], PLACE),
        ("right", ["Jakarta, 1 April 2022"]),
        ("pairs", [("Nomor", "88/-1.9"), ("Hal", "Pergantian Petugas Pengelola Media Sosial")]),
        ("p", (f"Diberitahukan dengan hormat bahwa Sdri. {old['name']} NIP {old['nip']} selaku petugas pengelola media "
              "sosial telah memasuki masa pensiun terhitung mulai tanggal 1 April 2022. Sebagai penggantinya "
              f"ditunjuk Sdr. {new['name']} NIP {new['nip']} jabatan {new['position']}.")),
        ("p", "Akun yang dikelola: Instagram @irbanko_ju."),
        ("sign", ["Inspektur Pembantu", "Kota Administrasi Jakarta Utara,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "88/-1.9", "2022-04-01", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Instagram", "@irbanko_ju")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def tabel_yang_diganti_pengganti(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kehutanan", "Kepala Dinas Kehutanan")
    old, new = [make.officer(), make.officer()], [make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", f"{a['name']}\nNIP. {a['nip']}", f"{b['name']}\nNIP. {b['nip']}", "Mutasi"]
            for at, (a, b) in enumerate(zip(old, new, strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("side-head", ["PEMERINTAH PROVINSI RIAU", "DINAS LINGKUNGAN HIDUP DAN KEHUTANAN"], "Jl. Jend. Sudirman 468 Pekanbaru"),
        ("rows", [2, 0.4, 8, 0], [["Nomor", ":", "800/DLHK/2011", "Pekanbaru, 20 Sept 2021"], ["Sifat", ":", "Penting", ""],
                                  ["Hal", ":", "Penggantian Pengelola Media Sosial", ""]]),
        ("p", "Dengan ini kami sampaikan penggantian pengelola media sosial:"),
        ("table", ["No.", "Pengelola yang Diganti", "Pengelola Pengganti", "Keterangan"], rows),
        ("p", "Akun: Instagram @dlhk.riau, YouTube youtube.com/@dlhkriau."),
        ("sign", ["KEPALA DINAS LINGKUNGAN HIDUP DAN", "KEHUTANAN PROVINSI RIAU"], [boss["name"], "Pembina Utama Madya", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Lingkungan Hidup dan Kehutanan"
    said = accounts(("Instagram", "@dlhk.riau"), ("YouTube", "youtube.com/@dlhkriau"))
    truth = truth_of(
        unit,
        "800/DLHK/2011",
        "2021-09-20",
        boss,
        new,
        kind="penggantian",
        replaced=old,
        accounts=said,
    )
    return Drawn(blocks, [truth])


@scenario
def mengganti_satu_dari_tiga(make: Invent, which: int) -> Drawn:
    unit = office("Biro Organisasi", "Kepala Biro Organisasi")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI JAMBI", "SEKRETARIAT DAERAH", "BIRO ORGANISASI"], "Jl. Jend. A. Yani No. 1 Telanaipura"),
        ("center", ["SURAT PENGGANTIAN", "Nomor : 061/112/Setda.ORG"]),
        ("p", ("Menunjuk surat kami Nomor 061/98/Setda.ORG tanggal 4 Januari 2021 tentang penunjukan pengelola media "
              "sosial, dengan ini dilakukan penggantian dengan rincian:")),
        ("left", ["Yang digantikan :"]),
        ("rows", [3, 0.4, 0], [["Nama", ":", old["name"]], ["NIP", ":", old["nip"]], ["Jabatan", ":", old["position"]]]),
        ("left", ["Yang menggantikan :"]),
        ("rows", [3, 0.4, 0], [["Nama", ":", new["name"]], ["NIP", ":", new["nip"]], ["Jabatan", ":", new["position"]]]),
        ("p", "Media sosial: Twitter @biroorg_jambi."),
        ("sign", ["Jambi, 8 Maret 2021", "Kepala Biro Organisasi,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "061/112/Setda.ORG", "2021-03-08", boss, [new], kind="penggantian", replaced=[old],
                     accounts=accounts(("Twitter", "@biroorg_jambi")))  # fmt: skip
    return Drawn(blocks, [truth])
