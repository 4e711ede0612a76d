"""A later instruction comes in. Last of all, because the board then stands on it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

INSTRUCTION = Path(__file__).parents[2] / "kanal/mandates/data/instruksi-sekda-20-2018.md"


def test_instruction_read_and_confirmed(visitor: Visitor) -> None:
    """A later instruction: read from its own text, shown beside it, confirmed by a person."""
    page = visitor("admin")
    page.goto("/dasar-hukum/")
    page.locator("table.daftar th a").first.click()
    expect(page.locator("main")).to_contain_text(
        "Batas waktu tertulis mendahului tanggal penetapan"
    )
    expect(page.locator("main")).to_contain_text("KEEMPAT")
    page.goto("/dasar-hukum/baca/")
    later = INSTRUCTION.read_text().replace("NOMOR 20 TAHUN 2018", "NOMOR 31 TAHUN 2018")
    page.locator("input[type=file]").set_input_files(
        {"name": "instruksi.txt", "mimeType": "text/plain", "buffer": later.encode()}
    )
    page.get_by_role("button", name="Baca").click()
    expect(page.get_by_label(re.compile("^Nomor"))).to_have_value("31")
    page.get_by_role("button", name="Sesuai teks, konfirmasi").click()
    expect(page.locator("main")).to_contain_text("Yang dikonfirmasi")
