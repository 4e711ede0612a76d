"""Sample letters of offices all over the country, in the forms each of them is used to."""

from __future__ import annotations

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import Drawn, Scenario, truth_of
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


def office(agency: str, position: str) -> dict[str, str]:
    return {"agency": agency, "position": position}


def accounts(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"platform": platform, "handle": handle} for platform, handle in pairs]


@scenario
def kabupaten_surat_tugas(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Komunikasi dan Informatika", "Kepala Dinas Komunikasi dan Informatika")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    rows = []
    for at, one in enumerate(people, 1):
        rows += [[f"{at}.", "Nama", ":", one["name"]], ["", "NIP", ":", grouped(one["nip"])],
                 ["", "Pangkat/Gol.Ruang", ":", one["rank"]], ["", "Jabatan", ":", one["position"]]]  # fmt: skip
    blocks: list[Block] = [
        ("side-head", ["PEMERINTAH KABUPATEN BOGOR", "DINAS KOMUNIKASI DAN INFORMATIKA"],
         "Jl. Raya Tegar Beriman Cibinong 16914, Telp. (021) 8753547, Laman: diskominfo.bogorkab.go.id"),
        ("center", ["SURAT TUGAS", "Nomor : 800/215-Diskominfo"]),
        ("rows", [2, 0.4, 0.6, 0], [
            ["Dasar", ":", "1.", "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;"],
            ["", "", "2.", ("Surat Sekretaris Daerah Nomor 555/98-Setda tanggal 12 Januari 2021 perihal "
             "Pengelolaan Media Sosial.")]]),
        ("center", ["MENUGASKAN :"]), ("left", ["Kepada :"]), ("rows", [0.8, 4, 0.4, 0], rows),
        ("rows", [2, 0.4, 0.6, 0], [
            ["Untuk", ":", "1.", ("Mengelola media sosial Dinas Komunikasi dan Informatika, yaitu "
             "Instagram @diskominfobogor dan Twitter @kominfobogor;")],
            ["", "", "2.", "Melaporkan pelaksanaan tugas kepada Kepala Dinas setiap bulan."]]),
        ("sign-left", ["Ditetapkan di : Cibinong", "Pada Tanggal : 9 April 2021", "",
                       "KEPALA DINAS,"], [boss["name"].upper(), "Pembina Tingkat I", f"NIP. {boss['nip']}"]),
        ("left", ["Tembusan :", "1. Yth. Bupati Bogor (sebagai laporan);", "2. Yth. Inspektur;"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@diskominfobogor"), ("Twitter", "@kominfobogor"))
    return Drawn(blocks, [truth_of(unit, "800/215-Diskominfo", "2021-04-09", boss, people,
                                   accounts=said)])  # fmt: skip


@scenario
def keputusan_camat_lampiran_kanan(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Sukaraja", "Camat Sukaraja")
    people, boss = [make.officer() for _ in range(4)], make.signatory(unit["position"])
    rows = [[f"{at}.", f"{one['name']}", one["nip"], one["position"],
             "Penanggung jawab" if at == 1 else "Anggota"] for at, one in enumerate(people, 1)]  # fmt: skip
    head = ["LAMPIRAN", "KEPUTUSAN CAMAT SUKARAJA", "NOMOR : 188.45/12-Kec/2021",
            "TANGGAL : 4 JANUARI 2021", "TENTANG PENUNJUKAN PENGELOLA MEDIA SOSIAL"]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN SUKABUMI", "KECAMATAN SUKARAJA"],
         "Jl. Raya Sukaraja Km. 6 Kode Pos 43192"),
        ("center", ["KEPUTUSAN CAMAT SUKARAJA", "NOMOR : 188.45/12-Kec/2021", "TENTANG",
                    "PENUNJUKAN PENGELOLA MEDIA SOSIAL", "KECAMATAN SUKARAJA TAHUN 2021",
                    "CAMAT SUKARAJA,"]),
        ("rows", [2.4, 0.4, 0.6, 0], [
            ["Menimbang", ":", "a.", "bahwa dalam rangka penyebarluasan informasi perlu menunjuk pengelola;"],
            ["", "", "b.", "bahwa berdasarkan huruf a perlu menetapkan Keputusan Camat;"],
            ["Mengingat", ":", "1.", "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;"],
            ["", "", "2.", "Peraturan Bupati Nomor 66 Tahun 2019;"]]),
        ("center", ["MEMUTUSKAN :"]),
        ("rows", [2.4, 0.4, 0], [
            ["Menetapkan", ":", "KEPUTUSAN CAMAT TENTANG PENUNJUKAN PENGELOLA MEDIA SOSIAL."],
            ["KESATU", ":", ("Menunjuk Pengelola Media Sosial Kecamatan Sukaraja dengan susunan "
             "sebagaimana tercantum dalam Lampiran Keputusan ini.")],
            ["KEDUA", ":", ("Akun yang dikelola yaitu Facebook Kecamatan Sukaraja (facebook.com/kecsukaraja) dan "
             "Instagram @kecsukaraja.")],
            ["KETIGA", ":", "Keputusan ini mulai berlaku pada tanggal ditetapkan."]]),
        ("sign-left", ["Ditetapkan di Sukaraja", "pada tanggal 4 Januari 2021", "CAMAT SUKARAJA,"],
         [boss["name"], f"NIP. {boss['nip']}"]),
        ("page",), ("right", head), ("center", ["SUSUNAN PENGELOLA MEDIA SOSIAL KECAMATAN SUKARAJA"]),
        ("table", ["NO", "NAMA", "NIP", "JABATAN DALAM DINAS", "JABATAN DALAM TIM"], rows),
        ("sign-left", ["CAMAT SUKARAJA,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Facebook", "facebook.com/kecsukaraja"), ("Instagram", "@kecsukaraja"))
    return Drawn(blocks, [truth_of(unit, "188.45/12-Kec/2021", "2021-01-04", boss, people,
                                   accounts=said)])  # fmt: skip


@scenario
def hijriah_dan_masehi(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Syariat Islam", "Kepala Dinas Syariat Islam")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA BANDA ACEH", "DINAS SYARIAT ISLAM"], "Jalan Tgk. Abu Lam U No. 7"),
        ("right", ["Banda Aceh, 24 Februari 2021 M", "12 Rajab 1442 H"]),
        ("pairs", [("Nomor", "451.1/0132/2021"), ("Sifat", "Biasa"), ("Lampiran", "-"),
                   ("Hal", "Penunjukan Petugas Pengelola Media Sosial")]),
        ("left", ["Yang terhormat :", "Kepala Dinas Kominfotik Kota Banda Aceh", "di -", "     Tempat"]),
        ("p", "Assalamu'alaikum warahmatullahi wabarakatuh."),
        ("p", ("Sehubungan dengan surat Saudara Nomor 555/041/2021 tanggal 8 Februari 2021 hal permintaan "
               "nama petugas, bersama ini kami tunjuk pegawai yang tersebut di bawah ini :")),
        ("pairs", [("Nama", one["name"]), ("Nip", one["nip"]), ("Pangkat/Gol.", one["rank"]),
                   ("Jabatan", one["position"])]),
        ("p", "untuk mengelola akun Instagram dinas (@dsi_bna)."),
        ("p", "Demikian kami sampaikan, atas kerja sama yang baik kami ucapkan terima kasih."),
        ("sign", ["Kepala Dinas Syariat Islam", "Kota Banda Aceh,"],
         [boss["name"], "Pembina Utama Muda", f"Nip. {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "451.1/0132/2021", "2021-02-24", boss, [one],
                                   accounts=accounts(("Instagram", "@dsi_bna")))])  # fmt: skip


@scenario
def akun_di_kolom(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Pariwisata", "Kepala Dinas Pariwisata")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"])
    handles = ["Instagram @visit_semarang", "Facebook @visitsemarang", "TikTok @visit.semarang"]
    rows = [[f"{at}", one["nip"], one["name"], one["position"], handle]
            for at, (one, handle) in enumerate(zip(people, handles, strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA SEMARANG", "DINAS KEBUDAYAAN DAN PARIWISATA"],
         "Jl. Pemuda 175 Telp. (024) 3547036 Semarang 50132"),
        ("right", ["Semarang, 03 Agustus 2022"]),
        ("rows", [2, 0.4, 0], [["Nomor", ":", "B/2711/480/VIII/2022"], ["Lampiran", ":", "-"],
                               ["Perihal", ":", "Penunjukan Admin Media Sosial"]]),
        ("p", "Menjawab surat Saudara, berikut kami sampaikan nama-nama admin media sosial pada dinas kami."),
        ("table", ["NO", "NIP", "NAMA", "JABATAN", "AKUN"], rows),
        ("p", "Demikian untuk menjadikan periksa."),
        ("sign", ["KEPALA DINAS KEBUDAYAAN DAN PARIWISATA", "KOTA SEMARANG"],
         [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "Dinas Kebudayaan dan Pariwisata"
    said = accounts(("Instagram", "@visit_semarang"), ("Facebook", "@visitsemarang"),
                    ("TikTok", "@visit.semarang"))  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "B/2711/480/VIII/2022", "2022-08-03", boss, people,
                                   accounts=said)])  # fmt: skip


@scenario
def tanggal_di_kepala(make: Invent, which: int) -> Drawn:
    unit = office("Bagian Protokol dan Komunikasi Pimpinan",
                  "Kepala Bagian Protokol dan Komunikasi Pimpinan")  # fmt: skip
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN SLEMAN", "SEKRETARIAT DAERAH",
                  "BAGIAN PROTOKOL DAN KOMUNIKASI PIMPINAN"], "Jalan Parasamya Beran Tridadi Sleman 55511"),
        ("center", ["NOTA DINAS"]),
        ("rows", [2, 0.4, 0], [["Yth.", ":", "Kepala Dinas Komunikasi dan Informatika"],
                               ["Dari", ":", "Kepala Bagian Protokol dan Komunikasi Pimpinan"],
                               ["Tanggal", ":", "09 Nopember 2022"], ["Nomor", ":", "481/557"],
                               ["Sifat", ":", "Segera"], ["Lampiran", ":", "-"],
                               ["Hal", ":", "Penugasan Pengelola Media Sosial"]]),
        ("p", "Dengan hormat kami laporkan bahwa pegawai yang ditugaskan mengelola media sosial adalah:"),
        ("items", [f"Sdr. {one['name']} (NIP. {one['nip']}), {one['position']}" for one in people]),
        ("p", "Akun yang dikelola: Instagram @humas.sleman, X/Twitter @humassleman."),
        ("sign", ["Kepala Bagian,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@humas.sleman"), ("X", "@humassleman"))
    return Drawn(blocks, [truth_of(unit, "481/557", "2022-11-09", boss, people, accounts=said)])


@scenario
def tanggal_dengan_kata(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Sario", "Lurah Sario")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA MANADO", "KECAMATAN SARIO", "KELURAHAN SARIO"], "Jl. Ahmad Yani No. 10"),
        ("center", ["SURAT PENUNJUKAN", "Nomor : 04/KS/SP/III-2018"]),
        ("p", ("Pada hari ini Rabu tanggal dua puluh delapan bulan Maret tahun dua ribu delapan belas, "
               "saya yang bertanda tangan di bawah ini :")),
        ("pairs", [("Nama", boss["name"]), ("NIP", boss["nip"]), ("Jabatan", "Lurah Sario")]),
        ("p", "dengan ini menunjuk :"),
        ("pairs", [("Nama", one["name"]), ("NIP", one["nip"]), ("Jabatan", one["position"])]),
        ("p", "sebagai petugas pengelola media sosial Kelurahan Sario dengan akun Facebook fb.com/kelsario."),
        ("p", "Demikian surat penunjukan ini dibuat untuk dipergunakan sebagaimana mestinya."),
        ("sign", ["LURAH SARIO,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "04/KS/SP/III-2018", "2018-03-28", boss, [one],
                                   accounts=accounts(("Facebook", "fb.com/kelsario")))])  # fmt: skip


@scenario
def semua_pjlp(make: Invent, which: int) -> Drawn:
    unit = office(
        "Suku Dinas Perhubungan Kota Administrasi Jakarta Barat", "Kepala Suku Dinas Perhubungan"
    )
    people = [make.unnumbered() for _ in range(3)]
    for one in people:
        one["position"] = "PJLP Petugas Media"
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", one["name"], "317404xxxxxxxxxx", "PJLP", "Pengelola Konten"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA", "DINAS PERHUBUNGAN",
                  "SUKU DINAS PERHUBUNGAN KOTA ADMINISTRASI JAKARTA BARAT"], "Jl. Raya Kembangan No. 2"),
        ("center", ["SURAT PENUGASAN", "NOMOR 1120/PH.12.00"]),
        ("p", "Menugaskan Penyedia Jasa Lainnya Perorangan (PJLP) tersebut di bawah ini:"),
        ("table", ["No.", "Nama Lengkap", "No. KTP", "Status", "Keterangan"], rows),
        ("p", ("untuk membantu pengelolaan media sosial Instagram @sudinhubjakbar terhitung mulai tanggal 2 "
              "Januari 2023 sampai dengan 31 Desember 2023.")),
        ("right", ["Jakarta, 30 Desember 2022"]),
        ("sign", ["Kepala Suku Dinas Perhubungan", "Kota Administrasi Jakarta Barat,"],
         [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "1120/PH.12.00", "2022-12-30", boss, people,
                                   accounts=accounts(("Instagram", "@sudinhubjakbar")))])  # fmt: skip


@scenario
def nrk_di_samping_nip(make: Invent, which: int) -> Drawn:
    unit = office("UPT Pusat Data dan Informasi", "Kepala UPT Pusat Data dan Informasi")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    rows = [[f"{at}", one["name"], f"{one['nip']} / 18{at}345", one["rank"].split(" (")[1][:-1],
             one["position"]] for at, one in enumerate(people, 1)]  # fmt: skip
    for one in people:
        one["rank"] = one["rank"].split(" (")[1][:-1]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA", "DINAS PERUMAHAN RAKYAT",
                  "UNIT PENGELOLA TEKNIS PUSAT DATA DAN INFORMASI"], "Jl. Taman Jatibaru No. 1"),
        ("center", ["SURAT TUGAS", "NOMOR : 55/-1.823.7"]),
        ("p", "Yang bertanda tangan di bawah ini, Kepala UPT Pusat Data dan Informasi, menugaskan :"),
        ("table", ["No", "Nama", "NIP / NRK", "Gol", "Jabatan"], rows),
        ("p", "sebagai pengelola akun Youtube @pusdatinperkim dan Instagram @pusdatinperkim."),
        ("right", ["Jakarta, 14 Agt 2019"]),
        ("sign", ["Kepala UPT Pusat Data dan Informasi,"], [boss["name"], f"NIP {boss['nip']} NRK 112233"]),
    ]  # fmt: skip
    said = accounts(("YouTube", "@pusdatinperkim"), ("Instagram", "@pusdatinperkim"))
    unit["agency"] = "Unit Pengelola Teknis Pusat Data dan Informasi"
    return Drawn(blocks, [truth_of(unit, "55/-1.823.7", "2019-08-14", boss, people, accounts=said)])


@scenario
def nip_lama_dan_baru(make: Invent, which: int) -> Drawn:
    unit = office("Kecamatan Laweyan", "Camat Laweyan")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    rows = [[f"{at}", one["name"], f"5000{at}2345", one["nip"], one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA SURAKARTA", "KECAMATAN LAWEYAN"], "Jl. Slamet Riyadi 365 Surakarta"),
        ("pairs", [("Nomor", "005/1.203"), ("Sifat", "Penting"), ("Perihal", "Petugas Pengelola Medsos")],
         ["Surakarta, 5 Oktober 2020", "K e p a d a", "Yth. Wali Kota Surakarta", "di SURAKARTA"]),
        ("p", "Bersama ini dengan hormat kami ajukan petugas pengelola media sosial Kecamatan Laweyan :"),
        ("table", ["No", "Nama", "NIP Lama", "NIP Baru", "Jabatan"], rows),
        ("p", "Adapun media sosial yang dikelola adalah Instagram @kec_laweyan."),
        ("sign", ["CAMAT LAWEYAN"], [boss["name"], "Pembina Tk. I", f"NIP. {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "005/1.203", "2020-10-05", boss, people,
                                   accounts=accounts(("Instagram", "@kec_laweyan")))])  # fmt: skip


@scenario
def petugas_lama_baru_berjudul(make: Invent, which: int) -> Drawn:
    unit = office("Badan Pendapatan Daerah", "Kepala Badan Pendapatan Daerah")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"], "Plt.")
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI JAWA BARAT", "BADAN PENDAPATAN DAERAH"],
         "Jalan Soekarno Hatta No. 528 Bandung"),
        ("rows", [2, 0.4, 8, 0], [["Nomor", ":", "1408/KPG.05/Sekre", "Bandung, 21 Juni 2022"],
                                  ["Sifat", ":", "Biasa", ""], ["Lampiran", ":", "-", ""],
                                  ["Hal", ":", "Penggantian Pengelola Media Sosial", ""]]),
        ("p", ("Sehubungan dengan alih tugas pegawai, bersama ini kami sampaikan penggantian pengelola media "
              "sosial Badan Pendapatan Daerah Provinsi Jawa Barat, dengan data sebagai berikut:")),
        ("left", ["A. Petugas Lama"]),
        ("pairs", [("Nama", old["name"]), ("NIP", old["nip"]), ("Jabatan", old["position"])]),
        ("left", ["B. Petugas Baru"]),
        ("pairs", [("Nama", new["name"]), ("NIP", new["nip"]), ("Jabatan", new["position"])]),
        ("p", "Akun yang dikelola : Instagram @bapenda.jabar"),
        ("sign", ["Plt. KEPALA BADAN PENDAPATAN DAERAH", "PROVINSI JAWA BARAT,"],
         [boss["name"], "Pembina Utama Madya", f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    truth = truth_of(unit, "1408/KPG.05/Sekre", "2022-06-21", boss, [new], kind="penggantian",
                     replaced=[old], accounts=accounts(("Instagram", "@bapenda.jabar")))  # fmt: skip
    return Drawn(blocks, [truth])


@scenario
def kalimat_bsre(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kesehatan", "Kepala Dinas Kesehatan")
    one, boss = make.officer(status="PPPK", rank="IX"), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("side-head", ["PEMERINTAH PROVINSI KALIMANTAN TIMUR", "DINAS KESEHATAN"],
         "Jl. Abdul Wahab Syahranie No. 16 Samarinda, Pos-el: dinkes@kaltimprov.go.id"),
        ("right", ["Samarinda, 17 Juli 2024"]),
        ("rows", [2, 0.4, 0], [["Nomor", ":", "400.14.5.6/4411/DINKES-I"], ["Sifat", ":", "Biasa"],
                               ["Lampiran", ":", "-"], ["Hal", ":", "Penunjukan Pengelola Media Sosial"]]),
        ("left", ["Yth. Kepala Dinas Komunikasi dan Informatika", "Provinsi Kalimantan Timur", "di Samarinda"]),
        ("p", "Memenuhi maksud surat Saudara, dengan ini kami menunjuk pengelola media sosial Dinas Kesehatan:"),
        ("rows", [1, 4.5, 0.4, 0], [["", "nama", ":", one["name"]], ["", "NI PPPK", ":", one["nip"]],
                                    ["", "golongan", ":", "IX"], ["", "jabatan", ":", one["position"]],
                                    ["", "nomor gawai", ":", "0811-5550-123"],
                                    ["", "akun", ":", "Instagram @dinkeskaltim"]]),
        ("sign", ["Kepala Dinas Kesehatan,"],
         ["${ttd_pengirim}", boss["name"], "Pembina Utama Muda (IV/c)", f"NIP {boss['nip']}"]),
        ("small", ("Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang "
                  "diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), BSSN. UU ITE No. 11 Tahun 2008 "
                  "Pasal 5 Ayat 1.")),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "400.14.5.6/4411/DINKES-I", "2024-07-17", boss, [one],
                                   accounts=accounts(("Instagram", "@dinkeskaltim")))])  # fmt: skip


@scenario
def mengetahui_atasan(make: Invent, which: int) -> Drawn:
    unit = office("SMP Negeri 4 Depok", "Kepala SMP Negeri 4 Depok")
    people, boss = [make.officer(), make.officer()], make.signatory(unit["position"])
    other = make.signatory("Kepala Bidang Pembinaan SMP")
    items = [f"{one['name']}\nNIP {one['nip']}\n{one['position']}" for one in people]
    rows = [[str(at), item] for at, item in enumerate(items, 1)]
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA DEPOK", "DINAS PENDIDIKAN", "SMP NEGERI 4 DEPOK"], "Jl. Merdeka Raya"),
        ("center", ["SURAT PENUNJUKAN", "No. 421.3/087/SMPN4/2023"]),
        ("p", "Kepala SMP Negeri 4 Depok menunjuk guru dan tenaga kependidikan berikut ini :"),
        ("table", ["No", "Nama, NIP, dan Jabatan"], rows),
        ("p", "sebagai pengelola media sosial sekolah, yakni Instagram @smpn4depok."),
        ("two-sign", ["Mengetahui,", "Kepala Bidang Pembinaan SMP", "", "", other["name"],
                      f"NIP. {other['nip']}"],
         ["Depok, 11 Juli 2023", "Kepala SMP Negeri 4 Depok", "", "", boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "421.3/087/SMPN4/2023", "2023-07-11", boss, people,
                                   accounts=accounts(("Instagram", "@smpn4depok")))])  # fmt: skip


@scenario
def atas_nama_bupati(make: Invent, which: int) -> Drawn:
    unit = office("Sekretariat Daerah", "Sekretaris Daerah")
    people, boss = [make.officer(), make.officer()], make.signatory("Sekretaris Daerah", "a.n.")
    rows = [[f"{at}.", f"{one['name']}\n{grouped(one['nip'])}", f"{one['rank']}\n{one['position']}"]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN GIANYAR", "SEKRETARIAT DAERAH"], "Jl. Ngurah Rai No. 5-7 Gianyar"),
        ("center", ["SURAT PERINTAH TUGAS", "Nomor : B.30.094/1123/2022"]),
        ("p", "Yang bertanda tangan di bawah ini Sekretaris Daerah Kabupaten Gianyar memerintahkan kepada :"),
        ("table", ["NO", "NAMA/NIP", "PANGKAT/GOL/JABATAN"], rows),
        ("p", "Untuk : menjadi pengelola media sosial Sekretariat Daerah (Facebook: @setdagianyar)."),
        ("sign", ["Gianyar, 1 Desember 2022", "a.n. BUPATI GIANYAR", "SEKRETARIS DAERAH,"],
         [boss["name"], "PEMBINA UTAMA MADYA", f"NIP. {boss['nip']}"]),
        ("left", ["Tembusan disampaikan kepada Yth.:", "1. Bupati Gianyar (sebagai laporan)",
                  "2. Kepala BKPSDM Kabupaten Gianyar"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "B.30.094/1123/2022", "2022-12-01", boss, people,
                                   accounts=accounts(("Facebook", "@setdagianyar")))])  # fmt: skip


@scenario
def tautan_akun_tabel(make: Invent, which: int) -> Drawn:
    unit = office("RSUD Dr. Soetomo", "Direktur RSUD Dr. Soetomo")
    one, boss = make.officer(), make.signatory(unit["position"])
    links = [["1", "Instagram", "https://www.instagram.com/rsudsoetomo/"],
             ["2", "Facebook", "https://facebook.com/rsudsoetomo"],
             ["3", "YouTube", "https://www.youtube.com/@rsudsoetomo"]]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH PROVINSI JAWA TIMUR", "RUMAH SAKIT UMUM DAERAH Dr. SOETOMO"],
         "Jl. Mayjen Prof. Dr. Moestopo 6-8 Surabaya 60286"),
        ("center", ["SURAT PERINTAH", "NOMOR : 800/4410/301/2021"]),
        ("p", (f"Direktur memerintahkan kepada Saudara {one['name']}, NIP. {one['nip']}, pangkat {one['rank']}, "
              f"jabatan {one['position']}, untuk melaksanakan tugas sebagai pengelola media sosial rumah sakit "
              "pada akun-akun di bawah ini:")),
        ("table", ["No", "Jenis Media Sosial", "Tautan"], links),
        ("p", "Perintah ini agar dilaksanakan dengan penuh tanggung jawab."),
        ("right", ["Surabaya, 16 - 09 - 2021"]),
        ("sign", ["DIREKTUR,"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    said = accounts(("Instagram", "@rsudsoetomo"), ("Facebook", "facebook.com/rsudsoetomo"),
                    ("YouTube", "youtube.com/@rsudsoetomo"))  # fmt: skip
    return Drawn(
        blocks, [truth_of(unit, "800/4410/301/2021", "2021-09-16", boss, [one], accounts=said)]
    )


@scenario
def nip_terlipat_di_sel(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Lingkungan Hidup", "Kepala Dinas Lingkungan Hidup")
    people, boss = [make.officer() for _ in range(3)], make.signatory(unit["position"], "Plh.")
    rows = [[f"{at}", one["name"], f"{one['nip'][:8]} {one['nip'][8:14]}\n{one['nip'][14]} {one['nip'][15:]}",
             one["rank"], one["position"], "Admin", "0812-3456-7890"] for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA MAKASSAR", "DINAS LINGKUNGAN HIDUP"], "Jl. Urip Sumoharjo No. 8"),
        ("right", ["Makassar, 2 Mei 2023"]),
        ("pairs", [("Nomor", "660.1/732/DLH/V/2023"), ("Lamp.", "-"),
                   ("Perihal", "Penyampaian Nama-Nama Admin Media Sosial")]),
        ("left", ["Kepada Yth.", "Kepala Dinas Kominfo Kota Makassar", "Di - Tempat"]),
        ("p", "Dengan hormat, menindaklanjuti surat Bapak, berikut kami kirimkan nama admin media sosial."),
        ("table", ["No", "Nama", "NIP", "Pangkat", "Jabatan", "Tugas", "No. HP/WA"], rows),
        ("p", "Akun : IG @dlhmakassar"),
        ("sign", ["Plh. KEPALA DINAS"], [boss["name"], f"NIP : {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "660.1/732/DLH/V/2023", "2023-05-02", boss, people,
                                   accounts=accounts(("Instagram", "@dlhmakassar")))])  # fmt: skip


@scenario
def nama_dan_nip_campur_pppk(make: Invent, which: int) -> Drawn:
    unit = office("Puskesmas Wonokromo", "Kepala UPT Puskesmas Wonokromo")
    people = [make.officer(), make.officer(status="PPPK", rank="VII"), make.unnumbered()]
    people[2]["status"], people[2]["position"] = "Non ASN", "Tenaga Administrasi"
    boss = make.signatory(unit["position"])
    rows = [[f"{at}.", one["name"], one["nip"] or "-", one["position"], status]
            for at, (one, status) in enumerate(zip(people, ["PNS", "PPPK", "Non ASN"], strict=True), 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KOTA SURABAYA", "DINAS KESEHATAN", "UPTD PUSKESMAS WONOKROMO"],
         "Jl. Karangrejo VI No. 4 Surabaya"),
        ("center", ["SURAT TUGAS", "Nomor: 440/0921/436.7.2.42/2023"]),
        ("p", "Yang bertanda tangan di bawah ini:"),
        ("pairs", [("Nama", boss["name"]), ("NIP", boss["nip"]), ("Jabatan", "Kepala UPTD Puskesmas Wonokromo")]),
        ("p", "Dengan ini memberikan tugas sebagai Tim Media Sosial kepada:"),
        ("table", ["No", "Nama", "NIP/NIPPPK", "Jabatan", "Ket."], rows),
        ("p", "Tim tersebut bertugas mengelola akun Instagram puskesmas (@pkm_wonokromo)."),
        ("right", ["Surabaya, 20 Februari 2023"]),
        ("sign", ["Kepala UPTD Puskesmas Wonokromo"], [boss["name"], f"NIP {boss['nip']}"]),
    ]  # fmt: skip
    unit["agency"] = "UPTD Puskesmas Wonokromo"
    return Drawn(blocks, [truth_of(unit, "440/0921/436.7.2.42/2023", "2023-02-20", boss, people,
                                   accounts=accounts(("Instagram", "@pkm_wonokromo")))])  # fmt: skip


@scenario
def dua_halaman_kepala_berulang(make: Invent, which: int) -> Drawn:
    unit = office("Sekretariat DPRD", "Sekretaris DPRD")
    people, boss = [make.officer() for _ in range(28)], make.signatory(unit["position"])
    rows = [[f"{at}.", f"{one['name']}\nNIP {one['nip']}", f"{one['rank']}", one["position"]]
            for at, one in enumerate(people, 1)]  # fmt: skip
    blocks: list[Block] = [
        ("head", ["PEMERINTAH KABUPATEN BANYUMAS", "SEKRETARIAT DEWAN PERWAKILAN RAKYAT DAERAH"],
         "Jl. Kabupaten No. 1 Purwokerto"),
        ("right", ["Purwokerto, 18 Januari 2022"]),
        ("pairs", [("Nomor", "170/0101"), ("Lampiran", "1 (satu) lembar"),
                   ("Perihal", "Penunjukan Petugas Media Sosial")]),
        ("p", ("Bersama ini kami tunjuk petugas media sosial sebagaimana terlampir, untuk akun Instagram "
              "@setwanbanyumas.")),
        ("sign", ["SEKRETARIS DPRD", "KABUPATEN BANYUMAS,"], [boss["name"], f"NIP. {boss['nip']}"]),
        ("page",), ("left", ["Lampiran Surat", "Nomor    : 170/0101", "Tanggal  : 18 Januari 2022"]),
        ("table", ["NO", "NAMA DAN NIP", "PANGKAT (GOL)", "JABATAN"], rows),
        ("sign", ["SEKRETARIS DPRD", "KABUPATEN BANYUMAS,"], [boss["name"], f"NIP. {boss['nip']}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "170/0101", "2022-01-18", boss, people,
                                   accounts=accounts(("Instagram", "@setwanbanyumas")))])  # fmt: skip
