"""Every page by its URL name: who looks at it, and how one gets there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from kanal.lib.dates import today
from kanal.lib.workdays import Calendar
from kanal.sample.year import DEADLINE_AGO


@dataclass(frozen=True)
class Sheet:
    """`start` is the page itself; with `links`, the first matching link on each page in turn."""

    view: str
    who: str
    start: str
    links: tuple[str, ...] = ()
    note: str = ""  # tells apart several pages of one view
    status: int = 200

    @property
    def name(self) -> str:
        return "-".join(filter(None, [self.view.replace(":", "-"), self.note]))

    def find(self, page: Page) -> str:
        address = self.start
        for pattern in self.links:
            key = (self.who, address, pattern)
            if key not in _FOUND:
                _FOUND[key] = self._first(page, address, pattern)
            address = _FOUND[key]
        return address

    def _first(self, page: Page, address: str, pattern: str) -> str:
        page.goto(address)
        hrefs = page.locator("a[href]").evaluate_all("all => all.map(a => a.pathname + a.search)")
        fitting = [str(href) for href in hrefs if re.fullmatch(pattern, href)]
        assert fitting, f"{self.name}: no link {pattern} on {address}"
        return fitting[0]


# Looking something up twice is the same answer: nothing is changed between the pages.
_FOUND: dict[tuple[str, str, str], str] = {}


WAITING = "/surat/?keadaan=menunggu"
ACCEPTED = "/surat/?keadaan=diterima"
LETTER = r"/surat/\d+/"
PERSON = r"/orang/\d+/"
KELURAHAN = "31.74.01.1001"
OWN = f"/instansi/{KELURAHAN}/"
WRITE = "/surat/keluar/tulis/"
OF_KELURAHAN = f"?unit={KELURAHAN}"
DRAFTS, APPROVED = "/surat/keluar/?keadaan=draft", "/surat/keluar/?keadaan=approved"
MONTH = r"/lembar/\d{4}-\d\d/"
PAPER = r"/surat/keluar/\d+/"
REMINDED = r"/pengingat/kantor/[\w.-]+/"
# Ten working days after the sample's deadline its heads and verifiers are reminded.
REMINDERS = f"/pengingat/?pada={Calendar().shift(today() - DEADLINE_AGO, 10).isoformat()}"

PAGES = [
    Sheet("public:check", "", "/cek/", note="kosong"),
    Sheet("public:check", "", "/cek/?akun=instagram.com/dkijakarta", note="resmi"),
    Sheet("public:check", "", "/cek/?akun=https://www.instagram.com/dklijakarta/", note="mirip"),
    Sheet("public:check", "", "/cek/?akun=https://x.com/zz9pluralz", note="tidak-ada"),
    Sheet("public:check", "", "/cek/?akun=https://instagram.com@evil.example/x", note="ditolak"),
    Sheet("public:check", "", "/cek/?akun=dkijakarta", note="beberapa"),
    Sheet("public:report", "", "/cek/lapor/?akun=https://x.com/zz9pluralz"),
    Sheet("public:reported", "", "/cek/lapor/terkirim/"),
    Sheet("public:offices", "", "/cek/kantor/"),
    Sheet("public:office-class", "", "/cek/kantor/", (r"/cek/kantor/jenis/dinas/",)),
    Sheet("public:office", "", "/cek/kantor/jenis/dinas/", (r"/cek/kantor/[\w.-]+/",)),
    Sheet("public:help", "", "/bantuan/"),
    Sheet("public:accessibility", "", "/aksesibilitas/"),
    Sheet("account_login", "", "/akun-saya/masuk/"),
    Sheet("account_signup", "", "/akun-saya/daftar/"),
    Sheet("account_inactive", "", "/akun-saya/nonaktif/"),
    Sheet("account_reset_password", "", "/akun-saya/lupa/"),
    Sheet("account_reset_password_done", "", "/akun-saya/lupa/terkirim/"),
    Sheet("account_reset_password_from_key", "", "/akun-saya/lupa/1-salah/"),
    Sheet("account_reset_password_from_key_done", "", "/akun-saya/lupa/selesai/"),
    Sheet("account_logout", "petugas", "/akun-saya/keluar/"),
    Sheet("account_change_password", "petugas", "/akun-saya/kata-sandi/"),
    Sheet("account_reauthenticate", "petugas", "/akun-saya/pastikan/"),
    Sheet("mfa_index", "petugas", "/akun-saya/dua-langkah/"),
    Sheet("compliance:board", "verifikator", "/papan/"),
    Sheet("compliance:board", "pimpinan", "/papan/", note="pimpinan"),
    Sheet("compliance:board", "petugas", "/papan/?status=semua&jenis=kecamatan", note="petugas"),
    # One class of offices: the whole list is the same line 362 times, and axe reads every word.
    Sheet("compliance:paper", "verifikator", "/papan/cetak/?jenis=dinas"),
    Sheet("digests:sheets", "pimpinan", "/lembar/"),
    Sheet("digests:sheets", "admin", "/lembar/", note="admin"),
    Sheet("digests:sheet", "pimpinan", "/lembar/", (MONTH,)),
    Sheet("digests:make", "admin", "/lembar/buat/"),
    Sheet("digests:correct", "admin", "/lembar/", (MONTH, MONTH + "edisi-baru/")),
    Sheet("digests:sent", "admin", "/lembar/", (MONTH, MONTH + "kiriman/")),
    Sheet("digests:recipients", "verifikator", "/lembar/penerima/"),
    Sheet("digests:unsubscribe", "", "/lembar/berhenti/salah/", status=404),
    Sheet("circulars:circulars", "verifikator", "/penyampaian/"),
    Sheet("circulars:add", "verifikator", "/penyampaian/baru/"),
    # The sample's instruction was served; furnish.py leaves a draft, which stands first.
    Sheet("circulars:circular", "verifikator", "/penyampaian/1/"),
    Sheet("circulars:circular", "admin", "/penyampaian/", (r"/penyampaian/\d+/",), "konsep"),
    Sheet("circulars:sheets", "admin", "/penyampaian/1/cetak/"),
    Sheet("circulars:unit", "lurah", f"/penyampaian/kantor/{KELURAHAN}/"),
    Sheet(
        "circulars:paper",
        "verifikator",
        "/penyampaian/1/?keadaan=terkirim",
        (r"/penyampaian/kantor/[\w.-]+/", r"/penyampaian/terima/\d+/kertas/"),
    ),
    Sheet(
        "circulars:void",
        "verifikator",
        "/penyampaian/1/?keadaan=diterima",
        (r"/penyampaian/kantor/[\w.-]+/", r"/penyampaian/penerimaan/\d+/batal/"),
    ),
    Sheet(
        "circulars:mend",
        "verifikator",
        "/penyampaian/1/?keadaan=gagal",
        (r"/penyampaian/kantor/[\w.-]+/", r"/penyampaian/terima/\d+/alamat/"),
    ),
    Sheet(
        "circulars:personal", "verifikator", "/penyampaian/1/cetak/?siapa=belum", (r"/p/[\w-]+/",)
    ),
    Sheet("desk:unit", "petugas", OWN, note="petugas"),
    Sheet("desk:unit", "verifikator", "/papan/?status=lengkap", (r"/instansi/[\w.-]+/",)),
    Sheet("desk:unit", "lurah", "/papan/?status=kosong", (r"/instansi/[\w.-]+/",), note="nihil"),
    Sheet("desk:tasks", "verifikator", "/tugas/"),
    Sheet("desk:responsible", "pimpinan", "/siapa/"),
    Sheet("desk:responsible", "pimpinan", "/siapa/?akun=Tebet+Timur", note="pilih"),
    Sheet("desk:responsible", "lurah", "/siapa/", (r"/siapa/\?.*",), note="jawaban"),
    Sheet("directory:units", "verifikator", "/instansi/"),
    Sheet("directory:units", "admin", "/instansi/", (r"/instansi/\?di=.*",), note="bawah"),
    Sheet("directory:add-unit", "admin", f"{OWN}unit-baru/"),
    Sheet("directory:rename-unit", "admin", f"{OWN}ganti-nama/"),
    Sheet("directory:unit-contact", "admin", f"{OWN}kontak/"),
    Sheet("directory:close-unit", "admin", f"{OWN}tutup/"),
    Sheet("directory:heads", "admin", f"{OWN}kepala/"),
    Sheet("directory:people", "verifikator", "/orang/"),
    Sheet("directory:add-person", "admin", "/orang/baru/"),
    Sheet("directory:person", "admin", "/orang/", (PERSON,)),
    Sheet("directory:change-person", "admin", "/orang/", (PERSON, PERSON + "ubah/")),
    Sheet("directory:correct-person", "admin", "/orang/", (PERSON, PERSON + "koreksi/")),
    Sheet("directory:begin-posting", "admin", "/orang/", (PERSON, PERSON + "penempatan/")),
    Sheet(
        "directory:end-posting", "admin", "/orang/", (PERSON, PERSON + r"penempatan/\d+/selesai/")
    ),
    Sheet("directory:users", "admin", "/pengguna/"),
    Sheet("directory:invite", "admin", "/pengguna/undang/"),
    Sheet("directory:user", "admin", "/pengguna/", (r"/pengguna/\d+/",)),
    Sheet(
        "directory:end-role",
        "admin",
        "/pengguna/",
        (r"/pengguna/\d+/", r"/pengguna/\d+/peran/\d+/selesai/"),
    ),
    Sheet("directory:import", "admin", "/impor/"),
    Sheet("desk:journal", "verifikator", "/jurnal/"),
    Sheet("mandates:mandates", "admin", "/dasar-hukum/"),
    Sheet("mandates:upload", "admin", "/dasar-hukum/baca/"),
    Sheet("mandates:mandate", "admin", "/dasar-hukum/", (r"/dasar-hukum/\d+/",)),
    Sheet("intake:letters", "verifikator", "/surat/"),
    Sheet("intake:submit", "verifikator", "/surat/catat/", note="pilih"),
    Sheet("intake:submit", "petugas", f"/surat/catat/?unit={KELURAHAN}"),
    Sheet("intake:receive", "verifikator", ACCEPTED, (LETTER, LETTER + "terima-berkas/")),
    Sheet(
        "intake:void",
        "verifikator",
        ACCEPTED,
        (LETTER, LETTER + r"terima-berkas/\d+/batal/"),
    ),
    Sheet("intake:receipt", "verifikator", ACCEPTED, (LETTER, r"/tanda-terima/\w+/")),
    # The first letter that was read: furnish.py has it read before anything else.
    Sheet("intake:submit", "petugas", f"/surat/catat/{OF_KELURAHAN}&bacaan=1", note="dibaca"),
    Sheet("intake:submit", "verifikator", "/surat/catat/?bacaan=1", note="dibaca-pilih"),
    Sheet("intake:mails", "verifikator", "/surat/mail/", note="kosong"),
    Sheet("intake:mails", "verifikator", "/surat/mail/?keadaan=semua"),
    Sheet("intake:mail", "verifikator", "/surat/mail/?keadaan=semua", (r"/surat/mail/\d+/",)),
    Sheet(
        "intake:mail", "verifikator", "/surat/mail/?keadaan=belum", (r"/surat/mail/\d+/",), "belum"
    ),
    Sheet("correspondence:papers", "petugas", "/surat/keluar/"),
    Sheet("correspondence:papers", "verifikator", "/surat/keluar/?keadaan=void", note="kosong"),
    Sheet("correspondence:kinds", "petugas", f"{WRITE}{OF_KELURAHAN}"),
    Sheet("correspondence:write", "verifikator", f"{WRITE}penunjukan/", note="pilih"),
    Sheet("correspondence:write", "petugas", f"{WRITE}penunjukan/{OF_KELURAHAN}"),
    Sheet("correspondence:write", "petugas", f"{WRITE}penggantian/{OF_KELURAHAN}", note="ganti"),
    Sheet("correspondence:write", "petugas", f"{WRITE}penghentian/{OF_KELURAHAN}", note="henti"),
    Sheet("correspondence:write", "petugas", f"{WRITE}ralat/{OF_KELURAHAN}", note="ralat"),
    Sheet("correspondence:write", "petugas", f"{WRITE}nihil/{OF_KELURAHAN}", note="nihil"),
    Sheet("correspondence:write", "petugas", f"{WRITE}serah_terima/{OF_KELURAHAN}", note="serah"),
    Sheet("correspondence:write-reminder", "verifikator", f"{WRITE}pengingat/{OF_KELURAHAN}"),
    Sheet("correspondence:paper", "petugas", DRAFTS, (PAPER,), note="konsep"),
    Sheet("correspondence:paper", "lurah", APPROVED, (PAPER,)),
    Sheet("correspondence:approve", "lurah", DRAFTS, (PAPER, PAPER + "setujui/")),
    Sheet("correspondence:edit", "petugas", DRAFTS, (PAPER, PAPER + "ubah/")),
    Sheet("correspondence:verify", "", "/v/"),
    Sheet("correspondence:verify", "", "/v/?kode=salah", note="salah"),
    Sheet("correspondence:code", "lurah", APPROVED, (PAPER, r"/v/[\w-]+/?")),
    Sheet("correspondence:code", "", "/v/0000-0000-0000/", note="tidak-ada", status=404),
    Sheet("stationery:letterhead", "lurah", f"/kop/{KELURAHAN}/"),
    Sheet("stationery:books", "verifikator", "/buku-nomor/"),
    Sheet("stationery:book", "lurah", f"/buku-nomor/{KELURAHAN}/"),
    Sheet(
        "stationery:book", "verifikator", f"/buku-nomor/{KELURAHAN}/?bentuk=surat", note="kosong"
    ),
    Sheet("stationery:void", "lurah", f"/buku-nomor/{KELURAHAN}/", (r"/buku-nomor/.*/batal/",)),
    Sheet("stationery:templates", "admin", "/templat/"),
    Sheet("stationery:add-template", "admin", "/templat/tambah/"),
    Sheet("stationery:roots", "admin", "/akar/"),
    Sheet("stationery:end-root", "admin", "/akar/", (r"/akar/\d+/akhiri/",)),
    Sheet("post:settings", "admin", "/surel/"),
    Sheet("post:add-mailbox", "admin", "/surel/kotak/baru/"),
    Sheet("post:mailbox", "admin", "/surel/", (r"/surel/kotak/\d+/",)),
    Sheet("post:sender", "admin", "/surel/pengirim/"),
    Sheet("post:outbox", "verifikator", "/surel/keluar/?keadaan=semua"),
    Sheet("post:message", "admin", "/surel/keluar/?keadaan=semua", (r"/surel/keluar/\d+/",)),
    Sheet("reminders:today", "verifikator", "/pengingat/"),
    Sheet("reminders:today", "admin", REMINDERS, note="nanti"),
    Sheet("reminders:send", "admin", "/pengingat/kirim/"),
    Sheet("reminders:run", "pemeriksa", "/pengingat/", (r"/pengingat/pengiriman/\d+/",)),
    Sheet("reminders:rules", "verifikator", "/pengingat/aturan/"),
    Sheet("reminders:add-rule", "admin", "/pengingat/aturan/baru/"),
    Sheet(
        "reminders:add-rule",
        "verifikator",
        "/pengingat/aturan/",
        (r"/pengingat/aturan/baru/\?ganti=\d+",),
        "ganti",
    ),
    Sheet("reminders:calendar", "admin", "/pengingat/kalender/"),
    Sheet("reminders:calendar", "pemeriksa", "/pengingat/kalender/?tahun=2018", note="pemeriksa"),
    Sheet("reminders:unit", "petugas", f"/pengingat/kantor/{KELURAHAN}/", note="petugas"),
    Sheet("reminders:unit", "verifikator", REMINDERS, (REMINDED,)),
    Sheet(
        "reminders:letter",
        "verifikator",
        REMINDERS,
        (REMINDED, REMINDED + "surat/"),
    ),
    Sheet("appointments:letter", "verifikator", ACCEPTED, (LETTER,)),
    Sheet("appointments:verify", "verifikator", WAITING, (LETTER, LETTER + "periksa/")),
    Sheet("register:accounts", "verifikator", "/akun/"),
    Sheet("register:account", "verifikator", "/akun/", (r"/akun/\d+/",)),
    Sheet("register:declare", "petugas", f"/akun/daftar/?unit={KELURAHAN}"),
    Sheet("register:nil", "lurah", f"/akun/nihil/?unit={KELURAHAN}"),
]

# URL names nobody looks at as a page, and why.
ELSEWHERE = {
    "sehat": "JSON for machines",
    "desk:close-report": "answers a form of desk:tasks",
    "directory:units-csv": "a CSV file",
    "directory:units-xlsx": "an XLSX file",
    "directory:people-csv": "a CSV file",
    "directory:people-xlsx": "an XLSX file",
    "directory:end-head": "answers a form of directory:heads",
    "directory:grant-role": "answers a form of directory:user",
    "directory:password-link": "answers a form of directory:user",
    "directory:deactivate": "answers a form of directory:user",
    "directory:reactivate": "answers a form of directory:user",
    "directory:import-preview": "walked in test_forms",
    "directory:import-carry-out": "answers a form of directory:import-preview",
    "directory:import-cancel": "answers a form of directory:import-preview",
    "directory:import-example": "an XLSX file",
    "public:open-list": "a CSV file",
    "public:language": "redirects",
    "desk:home": "redirects",
    "compliance:sheet": "an XLSX file",
    "circulars:draft-instruction": "answers a form of circulars:circulars",
    "circulars:serve": "answers a form of circulars:circular",
    "circulars:serve-again": "answers a form of circulars:circular",
    "circulars:discard": "answers a form of circulars:circular",
    "circulars:printed": "answers a form of circulars:sheets",
    "circulars:acknowledge": "answers a form of circulars:unit",
    "circulars:file": "the letter itself",
    "circulars:personal-file": "the letter itself",
    "digests:edition": "looks as digests:sheet does",
    "digests:pdf": "the sheet itself",
    "digests:picture": "a PNG picture",
    "digests:send": "answers a form of digests:sent",
    "digests:own": "answers a form of digests:sheets",
    "digests:remove": "answers a form of digests:recipients",
    "appointments:file": "the letter's own file",
    "appointments:page": "a PNG picture",
    "readings:piece": "a PNG picture",
    "intake:waiting-file": "the upload itself",
    "intake:waiting-page": "a PNG picture",
    "intake:mail-original": "the mail itself",
    "intake:mail-file": "the mail's own file",
    "intake:file-mail": "answers a form of intake:mail",
    "intake:close-mail": "answers a form of intake:mail",
    "intake:enter-mail": "answers a form of intake:mail",
    "correspondence:discard": "answers a form of correspondence:paper",
    "correspondence:sign": "answers a form of correspondence:paper",
    "correspondence:sign-bsre": "answers a form of correspondence:paper",
    "correspondence:scan": "answers a form of correspondence:paper",
    "correspondence:seen": "answers a form of correspondence:paper",
    "correspondence:send": "answers a form of correspondence:paper",
    "correspondence:void": "answers a form of correspondence:paper",
    "correspondence:receipt": "answers a form of intake:receipt",
    "correspondence:preview": "a PNG picture",
    "correspondence:page": "a PNG picture",
    "correspondence:file": "the paper's own file",
    "correspondence:file-page": "a PNG picture",
    "stationery:logo": "a PNG picture",
    "stationery:pattern": "answers a form of stationery:book",
    "stationery:outside": "answers a form of stationery:book",
    "stationery:end-template": "answers a form of stationery:templates",
    "stationery:add-root": "answers a form of stationery:roots",
    "post:try-mailbox": "answers a form of post:settings",
    "post:end-mailbox": "answers a form of post:mailbox",
    "post:try-sender": "answers a form of post:settings",
    "post:send-again": "answers a form of post:message",
    "post:revive-address": "answers a form of post:settings",
    "reminders:adopt": "answers a form of reminders:rules",
    "reminders:end-rule": "answers a form of reminders:rules",
    "reminders:hours": "answers a form of reminders:calendar",
    "reminders:end-day": "answers a form of reminders:calendar",
    "mandates:confirm": "answers the form of mandates:mandate",
    "mandates:discard": "answers a form of mandates:mandate",
    "mandates:decide-deadline": "answers the form of mandates:mandate",
    "account_set_password": "redirects whoever has a password",
    "mfa_activate_totp": "walked in test_forms",
    "mfa_authenticate": "walked in test_forms",
    "mfa_reauthenticate": "walked in test_forms",
    "mfa_deactivate_totp": "walked in test_forms",
    "mfa_view_recovery_codes": "walked in test_forms",
    "mfa_generate_recovery_codes": "walked in test_forms",
    "mfa_download_recovery_codes": "a text file",
}
