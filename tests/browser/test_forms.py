"""Pages one reaches only by sending something: the second step of signing in, and an import."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser import measuring
from tests.browser.conftest import Shots, Visitor, sign_in
from tests.browser.running import Running, email
from tests.browser.test_pages import WIDTHS, at_width

pytestmark = pytest.mark.browser

PERIOD = 30  # seconds a code lives


def code_now(secret: str) -> str:
    """What the telephone shows, with time left to type it."""
    left = PERIOD - time.time() % PERIOD
    if left < 5:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))


def look(page: Page, shots: Shots, name: str) -> None:
    problems = []
    for width in WIDTHS:
        measuring.settle(page, width)
        shots.take(page, f"{name}-{width}")
        problems += [f"{width}: {line}" for line in at_width(page)]
    assert not problems, "\n".join([name, *problems])
    measuring.settle(page, WIDTHS[0])


def send(page: Page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).click()


def test_second_step(visitor: Visitor, kanal: Running, shots: Shots) -> None:
    """Turned on, asked for at the next sign-in, its spare codes shown, turned off again."""
    page = visitor("kontributor")
    complaints = measuring.Complaints(page)
    page.goto("/akun-saya/dua-langkah/aktifkan/")
    page.get_by_label("Kata sandi", exact=True).fill(kanal.password)
    send(page, "Lanjutkan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aktifkan autentikator")
    look(page, shots, "mfa-aktifkan")
    page.get_by_text("Tidak bisa memindai?").click()
    secret = page.locator("code.rahasia").inner_text()
    page.get_by_label(re.compile("^Kode")).fill(code_now(secret))
    send(page, "Aktifkan")
    page.goto("/akun-saya/dua-langkah/cadangan/")
    look(page, shots, "mfa-kode-cadangan")
    codes = page.locator(".kode-kode code").all_inner_texts()
    assert len(codes) == 10
    page.goto("/akun-saya/dua-langkah/cadangan/buat/")
    look(page, shots, "mfa-buat-kode")

    page = visitor()
    page.goto("/akun-saya/masuk/")
    page.get_by_label("Alamat surel").fill(email("kontributor"))
    page.get_by_label("Kata sandi", exact=True).fill(kanal.password)
    send(page, "Masuk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Satu langkah lagi")
    look(page, shots, "mfa-masuk")
    page.get_by_label("Kode").fill("000000")
    send(page, "Masuk")
    look(page, shots, "mfa-masuk-salah")
    page.get_by_label("Kode").fill(codes[0])
    send(page, "Masuk")
    page.locator("details.menu").wait_for()
    page.goto("/akun-saya/dua-langkah/matikan/")
    page.locator("main").get_by_text("Gunakan aplikasi atau kode autentikator").click()
    look(page, shots, "mfa-pastikan")
    page.get_by_label("Kode").fill(codes[1])
    send(page, "Lanjutkan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Matikan autentikator?")
    look(page, shots, "mfa-matikan")
    send(page, "Matikan")
    sign_in(visitor(), "kontributor", kanal.password)
    assert complaints.heard == []


@pytest.mark.parametrize(
    ("name", "row", "told"),
    [
        ("salah", "X-1,tidak-ada,Kantor Uji\n", "Yang harus diperbaiki"),
        ("baik", "X-1,sub,Kantor Uji,,31-INSP\n", "Yang akan dimuat"),
    ],
)
def test_import(name: str, row: str, told: str, visitor: Visitor, shots: Shots) -> None:
    page = visitor("admin")
    page.goto("/impor/")
    head = "kode,kelas,nama,singkatan,kode_induk\n"
    page.get_by_label("Berkas CSV atau XLSX").set_input_files(
        {"name": "kantor.csv", "mimeType": "text/csv", "buffer": (head + row).encode()}
    )
    send(page, "Unggah dan periksa")
    expect(page.locator("main")).to_contain_text(told)
    look(page, shots, f"impor-{name}")
    send(page, "Buang berkas ini")
    expect(page.get_by_role("heading", level=1)).to_have_text("Impor kantor dan orang")
