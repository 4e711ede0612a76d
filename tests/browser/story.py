"""The office's work, click by click. A method is one thing somebody does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from kanal.lib.dates import say_day, today
from kanal.paper.tests.pdf import pdf_of
from tests.browser.conftest import Shots, Visitor

HEAD = "kepala"  # signs in with a password of their own making
PASSWORD = "payung teduh di tebet 88"


@dataclass(frozen=True)
class Officer:
    name: str
    nip: str

    @property
    def bare(self) -> str:
        return self.name.split(",")[0]


@dataclass
class Story:
    """One window size, one office, its people. `serial` keeps the stories' numbers apart."""

    visitor: Visitor
    shots: Shots
    width: int
    serial: int
    javascript: bool = True
    day: date = field(default_factory=today)
    code: str = ""
    unit: str = ""
    _windows: dict[str, Page] = field(default_factory=dict)

    def window(self, who: str = "") -> Page:
        """Each person keeps one window open, as at work; anybody's is the one without a name."""
        if who not in self._windows:
            session = "" if who == HEAD else who
            self._windows[who] = self.visitor(session, self.width, javascript=self.javascript)
        return self._windows[who]

    @property
    def handle(self) -> str:
        return f"kantor_uji_{'abcdefgh'[self.serial] * 3}"

    @property
    def first(self) -> Officer:
        return Officer(f"Wening Laras{self.serial}, S.I.Kom.", f"1990010120150320{self.serial:02}")

    @property
    def second(self) -> Officer:
        return Officer(f"Bayu Segara{self.serial}, S.Sos.", f"1988020220140210{self.serial:02}")

    def shoot(self, page: Page, step: str) -> None:
        script = "" if self.javascript else "-tanpa-js"
        self.shots.take(page, f"cerita-{step}-{self.width}{script}")

    # The board

    def board(self, who: str = "pimpinan") -> dict[str, int]:
        """The numbers of the ladder, by their names."""
        page = self.window(who)
        page.goto("/papan/", wait_until="domcontentloaded")
        rungs = page.locator(".tangga li")
        expect(rungs).to_have_count(5)
        names, numbers = (rungs.locator(part).all_inner_texts() for part in (".t-nama", ".t-jml"))
        return {name: int(number) for name, number in zip(names, numbers, strict=True)}

    def choose_office(self) -> None:
        """The first office on the board that has said nothing yet and has no officer."""
        page = self.window("verifikator")
        page.goto("/papan/")
        self._chip(page, "Belum menyatakan")
        link = page.locator("#daftar tbody tr", has_text="belum ada").first.locator("th a")
        self.unit = link.inner_text()
        link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(self.unit)
        self.code = urlsplit(page.url).path.split("/")[2]

    def _chip(self, page: Page, name: str) -> None:
        page.locator(".cip label", has_text=name).click()
        if self.javascript:
            expect(page).to_have_url(re.compile("status="))
        else:
            page.get_by_role("button", name="Terapkan").click()

    # The clerk

    def invite_head(self) -> Page:
        """The administrator hands over a link; the head makes a password and signs in with it."""
        admin = self.window("admin")
        admin.goto("/pengguna/")
        admin.get_by_role("link", name="Undang pengguna").click()
        email = f"kepala{self.serial}@contoh.jakarta.example"
        admin.get_by_label("Nama", exact=True).fill("Kepala Kantor Uji")
        admin.get_by_label("Surel kantor").fill(email)
        admin.get_by_label("Peran").select_option(label="Kepala kantor")
        admin.get_by_label("Kantor", exact=False).last.fill(self.code)
        admin.get_by_role("button", name="Undang").click()
        link = admin.get_by_label("Tautan membuat kata sandi").input_value()
        page = self.window(HEAD)
        page.goto(link)
        for box in page.locator("main input[type=password]").all():
            box.fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        page.goto("/akun-saya/masuk/")
        page.get_by_label("Alamat surel").fill(email)
        page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(self.unit)
        return page

    def declare_account(self, page: Page) -> None:
        page.locator("#h-akun").locator("xpath=../..").get_by_role(
            "link", name="Daftarkan akun"
        ).first.click()
        page.get_by_label("Tautan atau nama akun").fill(
            f"https://www.instagram.com/{self.handle}/?igsh=abc"
        )
        page.get_by_role("button", name="Daftarkan").click()
        expect(page.get_by_role("status").first).to_contain_text("terdaftar")
        expect(page.locator("#daftar")).to_contain_text(f"@{self.handle}")
        self.own_page(page)

    def own_page(self, page: Page) -> None:
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text(self.unit)

    def enter_letter(self, page: Page, number: str, officer: Officer, dated: date) -> None:
        """On the entry page, already open, with its kind, subject and signer's post filled in."""
        page.get_by_label("Nomor surat").fill(number)
        page.get_by_label("Tanggal surat").fill(dated.isoformat())
        page.get_by_label("Nama penandatangan").fill("Ir. Puspa Ningrum")
        row = page.get_by_role("group", name="Petugas 1")
        row.get_by_label("Nama lengkap dengan gelar").fill(officer.name)
        row.get_by_label(re.compile("^Nomor pegawai")).fill(officer.nip)
        row.get_by_label("Jabatan").fill("Pengelola informasi")
        for duty in ("Penyediaan, penempatan", "Pengumpulan konten"):
            row.get_by_label(duty).check()
        page.locator("#id_letter_files").set_input_files(
            {
                "name": f"surat-{officer.bare}.pdf",
                "mimeType": "application/pdf",
                "buffer": self._paper(number, officer, dated),
            }
        )

    def _paper(self, number: str, officer: Officer, dated: date) -> bytes:
        lines = [
            "PEMERINTAH PROVINSI DKI JAKARTA (CONTOH)",
            self.unit.upper(),
            "",
            f"SURAT PENUNJUKAN NOMOR {number}",
            "",
            f"Menunjuk {officer.name}, NIP {officer.nip},",
            "sebagai Petugas Pengelola Media Sosial.",
            "",
            f"Jakarta, {say_day(dated)}",
        ]
        return pdf_of(["\n".join(lines)])

    def send(self, page: Page) -> str:
        """The letter's own page opens, with its receipt; its address is the answer."""
        page.get_by_role("button", name="Kirim surat").click()
        expect(page.get_by_role("status").first).to_contain_text("menunggu verifikasi")
        return urlsplit(page.url).path

    # The verifier

    def verify(self, number: str) -> Page:
        """From the list of letters: every check met, then accepted."""
        page = self.window("verifikator")
        page.goto("/papan/")
        self._menu(page, "Surat")
        page.get_by_role("link", name=number).click()
        page.get_by_role("link", name="Periksa", exact=True).click()
        # The pictures are drawn before anybody clicks: until then all below them moves.
        page.wait_for_load_state()
        for part in page.locator("fieldset.pemeriksaan").all():
            part.locator("label", has_text="Memenuhi").click()
            expect(part.get_by_label("Memenuhi", exact=True)).to_be_checked()
        self.shoot(page, "periksa")
        page.get_by_role("button", name="Terima").click()
        expect(page.get_by_role("status").first).to_contain_text("Surat diterima")
        return page

    def _menu(self, page: Page, name: str) -> None:
        """In the header on a wide window, in the bar at the bottom of a phone."""
        bar = page.locator("nav.nav" if self.width > 900 else "nav.bawah")
        bar.get_by_role("link", name=re.compile(name)).click()

    def receive_hardcopy(self, page: Page, letter: str) -> Locator:
        page.goto(letter)
        page.get_by_role("link", name="Terima berkas").click()
        page.get_by_label("Melalui").select_option(label="Loket")
        page.get_by_role("button", name="Beri nomor agenda").click()
        receipt = page.locator("article.struk")
        expect(receipt).to_contain_text("Hardcopy")
        self.shoot(page, "tanda-terima")
        return receipt

    def days_before(self, days: int) -> date:
        return self.day - timedelta(days=days)
