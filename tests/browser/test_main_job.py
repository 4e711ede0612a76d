"""The main job, from an office that has said nothing to a full row on the board, and onwards."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser import measuring
from tests.browser.conftest import Shots, Visitor
from tests.browser.story import Story

pytestmark = pytest.mark.browser

SCREENS = [
    pytest.param(1280, True, 1, id="1280"),
    pytest.param(390, True, 2, id="390"),
    pytest.param(1280, False, 3, id="without-javascript"),
]


@pytest.mark.parametrize(("width", "javascript", "serial"), SCREENS)
def test_main_job(
    width: int, javascript: bool, serial: int, visitor: Visitor, shots: Shots
) -> None:
    story = Story(visitor, shots, width, serial, javascript)
    story.choose_office()
    before = story.board()

    clerk = story.invite_head()
    complaints = measuring.Complaints(clerk)
    story.shoot(clerk, "kantor-kosong")
    story.declare_account(clerk)
    assert grown(story, before) == {"Punya akun": 1}

    numbers = f"{serial}01/-1.823.5", f"{serial}02/-1.823.5"
    clerk.get_by_role("link", name="Catat surat").first.click()
    story.enter_letter(clerk, numbers[0], story.first, story.days_before(5))
    story.shoot(clerk, "catat")
    letter = story.send(clerk)
    assert grown(story, before) == {"Punya akun": 1}, "a letter does nothing before it is accepted"

    verifier = story.verify(numbers[0])
    complaints_too = measuring.Complaints(verifier)
    rungs = {"Punya akun": 1, "Petugas ditunjuk": 1, "Softcopy diterima": 1}
    assert grown(story, before) == rungs

    receipt = story.receive_hardcopy(verifier, letter)
    expect(receipt.locator("[role=img] svg")).to_be_visible()
    anybody_reads_the_receipt(story, verifier.url)
    assert grown(story, before) == {**rungs, "Hardcopy diterima": 1}

    replace_officer(story, clerk, numbers[1])
    who_was_responsible(story)
    the_public_asks(story)
    if width == 390:
        another_office_has_nothing(story)
    the_journal_knows(story, numbers[1])
    assert complaints.heard + complaints_too.heard == []


def grown(story: Story, before: dict[str, int]) -> dict[str, int]:
    now = story.board()
    return {name: now[name] - before[name] for name in now if now[name] != before[name]}


def anybody_reads_the_receipt(story: Story, address: str) -> None:
    page = story.window()
    page.goto(address)
    expect(page.locator("article.struk")).to_contain_text("Tanda terima surat")
    expect(page.locator("main")).not_to_contain_text(story.first.bare)


def replace_officer(story: Story, clerk: Page, number: str) -> None:
    story.own_page(clerk)
    clerk.get_by_role("link", name="Ganti petugas").click()
    group = clerk.get_by_role("group", name="Petugas 1")
    old = group.get_by_label("Petugas lama")
    old.select_option(index=1)
    assert story.first.bare in old.locator("option:checked").inner_text()
    story.enter_letter(clerk, number, story.second, story.day)
    story.send(clerk)
    story.verify(number)
    story.own_page(clerk)
    timeline = clerk.locator("section[aria-labelledby=h-wkt]")
    if not story.javascript:
        timeline.locator("summary").click()
    expect(timeline).to_contain_text(story.first.bare)
    expect(timeline).to_contain_text(story.second.bare)
    serving = clerk.locator("section[aria-labelledby=h-ptg] ul.orang")
    expect(serving).to_contain_text(story.second.bare)
    expect(serving).not_to_contain_text(story.first.bare)
    story.shoot(clerk, "kantor-lengkap")


def who_was_responsible(story: Story) -> None:
    """Asked by whoever reads the board, for a moment under each letter."""
    page = story.window("pimpinan")
    page.goto("/siapa/")
    for moment, right, wrong in (
        (f"{story.days_before(1)}T14:05", story.first, story.second),
        ("", story.second, story.first),
    ):
        page.get_by_label(re.compile("^Akun")).fill(f"instagram.com/{story.handle}")
        page.get_by_label("Pada").fill(moment)
        page.get_by_role("button", name="Tanyakan").click()
        lawful = page.locator("ol.sah")
        expect(lawful).to_contain_text(right.bare)
        expect(lawful).not_to_contain_text(wrong.bare)
    story.shoot(page, "siapa")


def the_public_asks(story: Story) -> None:
    """Declared but not verified, then verified by staff, then everything that is not it."""
    check(story, f"https://instagram.com/{story.handle}", "belum diperiksa")
    page = story.window("verifikator")
    page.goto(f"/akun/?cari={story.handle}")
    page.get_by_role("link", name=f"@{story.handle}").click()
    page.locator("label", has_text="Terverifikasi").click()
    page.get_by_label("Jenis bukti").select_option(index=1)
    page.get_by_label("Keterangan").fill("Tautan dari situs resmi kantor.")
    page.get_by_role("button", name="Catat").click()
    expect(page.get_by_role("status").first).to_contain_text("dicatat")
    check(story, f"https://instagram.com/{story.handle}", "Ini akun resmi")
    similar = story.handle.replace("_uji_", "_ujl_")
    check(story, f"https://instagram.com/{similar}", "mirip")
    check(story, f"https://x.com/zz9pluralz{story.serial}", "Tidak ada dalam daftar")
    check(story, f"https://instagram.com@palsu.example/{story.handle}", "palsu.example")


def check(story: Story, text: str, answer: str) -> None:
    page = story.window()
    page.goto("/cek/")
    page.get_by_label("Tautan atau nama akun").fill(text)
    page.get_by_role("button", name="Periksa").click()
    expect(page.locator("#hasil .putusan")).to_contain_text(answer, ignore_case=True)
    if story.javascript:
        assert measuring.violations(page) == []


def another_office_has_nothing(story: Story) -> None:
    other = replace(story)
    other.choose_office()
    before = other.board()
    page = other.window("verifikator")
    page.goto(f"/instansi/{other.code}/")
    page.get_by_role("link", name="Nyatakan nihil").first.click()
    page.get_by_label("Kepala kantor yang menandatangani").fill("Tirta Wibisono")
    page.get_by_label("Jabatannya").fill("Kepala kantor")
    page.get_by_role("button", name="Catat pernyataan nihil").click()
    expect(page.get_by_role("status").first).to_contain_text("nihil")
    expect(page.get_by_role("heading", level=1)).to_have_text(other.unit)
    assert grown(other, before) == {}, "an office without accounts is none that has them"


def the_journal_knows(story: Story, number: str) -> None:
    page = story.window("pemeriksa")
    page.goto("/jurnal/")
    lines = page.locator("table.daftar tbody")
    expect(lines).to_contain_text(number)
    expect(lines).to_contain_text(story.unit)
