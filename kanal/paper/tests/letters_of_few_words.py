"""Sample letters that say little, or speak of social media and appoint nobody to it."""

from __future__ import annotations

from kanal.paper.tests.drawn_letters import Block
from kanal.paper.tests.letters_in_many_words import BASIS, Drawn, Scenario, truth_of
from kanal.paper.tests.letters_last_met import DKI, PLACE
from kanal.paper.tests.letters_of_other_offices import accounts, office
from kanal.paper.tests.sample_people import Invent, grouped

SCENARIOS: list[Scenario] = []
NOBODY = ("reject", ["not_an_appointment"])


def scenario(make: Scenario) -> Scenario:
    SCENARIOS.append(make)
    return make


def signed(title: str, boss: dict[str, str]) -> Block:
    return ("sign", [title], [boss["name"], f"NIP {boss['nip']}"])


def listed(make: Invent, count: int) -> list[list[str]]:
    people = [make.officer() for _ in range(count)]
    return [[f"{at}", one["name"], one["nip"], one["position"]] for at, one in enumerate(people, 1)]


@scenario
def jabatan_sebelum_nip(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Koperasi, Usaha Kecil dan Menengah", "Kepala Dinas Koperasi, Usaha Kecil dan Menengah")  # fmt: skip
    one, two, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    one["position"] = "Staf Subbagian Umum dan Kepegawaian"
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KOPERASI, USAHA KECIL DAN MENENGAH"], PLACE),
        ("pairs", [("Nomor", "2114/-1.824"), ("Sifat", "Penting"), ("Lampiran", "-"), ("Hal", "Penetapan Pengelola Media Sosial")],
         ["3 Mei 2018", "Kepada", "Yth. Sekretaris Daerah", "u.p. Kepala Dinas Kominfotik"]),
        ("p", f"Guna memenuhi ketentuan {BASIS}, ditetapkan sebagai Pengelola Media Sosial masing-masing Sdr. {one['name']}, {one['position']}, NIP. {grouped(one['nip'])} selaku penanggung jawab dan Sdri. {two['name']}, {two['position']}, NIP. {grouped(two['nip'])} selaku pelaksana."),
        ("p", "Akun resmi dinas: Instagram @dinaskumkmdki."),
        ("sign", ["Kepala Dinas Koperasi,", "Usaha Kecil dan Menengah,"], [boss["name"], f"NIP. {grouped(boss['nip'])}"]),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "2114/-1.824", "2018-05-03", boss, [one, two],
                                   accounts=accounts(("Instagram", "@dinaskumkmdki")))])  # fmt: skip


@scenario
def admin_lama_admin_baru(make: Invent, which: int) -> Drawn:
    unit = office("Kelurahan Cikini", "Lurah Cikini")
    old, new, boss = make.officer(), make.officer(), make.signatory(unit["position"])
    rows = [[said, one["name"], one["nip"], one["position"]] for said, one in (("Admin Lama", old), ("Admin Baru", new))]  # fmt: skip
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA PUSAT", "KECAMATAN MENTENG", "KELURAHAN CIKINI"], PLACE),
        ("right", ["Jakarta, 12 November 2019"]),
        ("pairs", [("Nomor", "122/-1.825"), ("Hal", "Pergantian Admin Media Sosial")]),
        ("p", "Bersama ini kami sampaikan pergantian admin media sosial Kelurahan Cikini :"),
        ("table", ["Keterangan", "Nama", "NIP", "Jabatan"], rows),
        ("p", "Akun Instagram @kel.cikini tetap digunakan."), signed("Lurah Cikini,", boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "122/-1.825", "2019-11-12", boss, [new], kind="penggantian", replaced=[old],
                                   accounts=accounts(("Instagram", "@kel.cikini")))])  # fmt: skip


@scenario
def berubah_dari_menjadi(make: Invent, which: int) -> Drawn:
    unit = office("Badan Pengelolaan Aset Daerah", "Kepala Badan Pengelolaan Aset Daerah")
    old, new = [make.officer(), make.officer()], [make.officer(), make.officer()]
    boss = make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "BADAN PENGELOLAAN ASET DAERAH"], PLACE),
        ("pairs", [("Nomor", "1901/-076"), ("Sifat", "Biasa"), ("Hal", "Pengganti Petugas Pengelola Media Sosial")],
         ["30 September 2019", "Yth. Kepala Dinas Kominfotik", "di Jakarta"]),
        ("p", "Dikarenakan adanya rotasi pegawai, petugas pengelola media sosial kami berubah dari :"),
        ("items", [f"{one['name']}, NIP {one['nip']}" for one in old]), ("p", "menjadi :"),
        ("items", [f"{one['name']}, NIP {one['nip']}, {one['position']}" for one in new]),
        ("p", "Akun yang dikelola Instagram @bpaddki."), signed("Kepala Badan Pengelolaan Aset Daerah,", boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "1901/-076", "2019-09-30", boss, new, kind="penggantian", replaced=old,
                                   accounts=accounts(("Instagram", "@bpaddki")))])  # fmt: skip


@scenario
def satu_kalimat_saja(make: Invent, which: int) -> Drawn:
    unit = office("Dinas Kehutanan", "Kepala Dinas Kehutanan")
    one, boss = make.officer(), make.signatory(unit["position"])
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KEHUTANAN"], PLACE),
        ("pairs", [("Nomor", "12/-1.86"), ("Perihal", "Petugas Media Sosial")], ["Jakarta, 6 April 2018"]),
        ("p", f"Petugas media sosial kami: {one['name']} ({one['nip']}). Akun: Instagram @dishutdki."),
        signed("Kepala Dinas Kehutanan,", boss),
    ]  # fmt: skip
    return Drawn(blocks, [truth_of(unit, "12/-1.86", "2018-04-06", boss, [one],
                                   accounts=accounts(("Instagram", "@dishutdki")))])  # fmt: skip


@scenario
def usulan_peserta_diklat(make: Invent, which: int) -> Drawn:
    blocks: list[Block] = [
        ("head", [DKI, "DINAS SOSIAL"], PLACE),
        ("pairs", [("Nomor", "77/-089"), ("Hal", "Usulan Peserta Diklat Media Sosial")], ["3 Mei 2018", "Yth. Kepala BPSDM"]),
        ("p", "Bersama ini kami usulkan peserta pelatihan pengelolaan media sosial sebagai berikut :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], listed(make, 2)),
        signed("Kepala Dinas Sosial,", make.signatory("Kepala Dinas Sosial")),
    ]  # fmt: skip
    return Drawn(blocks, [], *NOBODY)


@scenario
def piket_dilaporkan_di_media_sosial(make: Invent, which: int) -> Drawn:
    blocks: list[Block] = [
        ("head", [DKI, "KOTA ADMINISTRASI JAKARTA BARAT", "KECAMATAN TAMBORA"], PLACE),
        ("center", ["SURAT TUGAS", "NOMOR : 501/-1.711"]), ("p", "Camat Tambora menugaskan :"),
        ("table", ["No", "Nama", "NIP", "Jabatan"], listed(make, 2)),
        ("p", "untuk melaksanakan piket banjir tanggal 1 s.d. 7 Januari 2020. Perkembangan dilaporkan melalui media sosial Instagram @kec.tambora."),
        ("right", ["Jakarta, 30 Desember 2019"]), signed("Camat Tambora,", make.signatory("Camat Tambora")),
    ]  # fmt: skip
    return Drawn(blocks, [], *NOBODY)


@scenario
def daftar_hadir_pelatihan(make: Invent, which: int) -> Drawn:
    blocks: list[Block] = [
        ("head", [DKI, "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"], PLACE),
        ("center", ["DAFTAR HADIR", "PELATIHAN PETUGAS PENGELOLA MEDIA SOSIAL"]),
        ("pairs", [("Hari/Tanggal", "Kamis, 3 Mei 2018"), ("Tempat", "Balai Kota")]),
        ("table", ["No", "Nama", "NIP", "Jabatan"], listed(make, 3)),
        signed("Kepala Bidang Informasi Publik,", make.signatory("Kepala Bidang")),
    ]  # fmt: skip
    return Drawn(blocks, [], *NOBODY)
