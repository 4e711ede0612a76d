"""Every page, at three widths: readable by screen readers, narrow enough, light, quiet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from kanal.sample.loading import SIGN_INS
from tests.browser import measuring
from tests.browser.conftest import Shots, Visitor
from tests.browser.pages import ELSEWHERE, KELURAHAN, PAGES, Sheet

pytestmark = pytest.mark.browser

EVERYBODY = [short for short, _name, _kind, _unit in SIGN_INS]
WIDTHS = (1280, 390, 320)
AT_MOST = 60 * 1024


def names(patterns: list[URLPattern | URLResolver], room: str = "") -> set[str]:
    found = set()
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else room
            found |= names(each.url_patterns, inner)
        else:
            found.add(f"{room}{each.name}")
    return found


def test_no_page_is_left_out() -> None:
    mounted = names(get_resolver().url_patterns)
    looked_at = {sheet.view for sheet in PAGES}
    assert mounted - looked_at == set(ELSEWHERE), "say in pages.py who looks at it, or why nobody"
    assert looked_at <= mounted


@pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: sheet.name)
def test_page(sheet: Sheet, reader: Callable[[str], Page], shots: Shots) -> None:
    page = reader(sheet.who)
    address = sheet.find(page)
    complaints = measuring.Complaints(page)
    answer = page.goto(address, wait_until="load")
    assert answer is not None
    assert answer.status == sheet.status
    weight = shots.weights[sheet.name] = measuring.bytes_of_first_load(page)
    problems = []
    for width in WIDTHS:
        measuring.settle(page, width)
        shots.take(page, f"{sheet.name}-{width}")
        problems += [f"{width}: {line}" for line in at_width(page)]
    # Chromium grumbles about the page's own status where that is what was asked for.
    asked = f"with a status of {sheet.status}"
    problems += measuring.keyboard(page) + [line for line in complaints.heard if asked not in line]
    if weight > AT_MOST:
        problems.append(f"first load of {weight} bytes")
    assert not problems, "\n".join([address, *problems])


@pytest.mark.parametrize("who", EVERYBODY)
def test_menu_leads_somewhere(who: str, visitor: Visitor) -> None:
    """Nobody is offered a page their role doesn't open."""
    page = visitor(who)
    page.goto("/")
    links = page.locator("header nav a, .menu-isi a").evaluate_all("all => all.map(a => a.href)")
    answers = {link: page.request.get(link).status for link in links}
    assert len(answers) > 5
    assert set(answers.values()) == {200}, answers


def test_forms_with_mistakes(visitor: Visitor, shots: Shots) -> None:
    """What a page looks like when something is wrong with what was typed into it."""
    problems = []
    for who, address, button in MISTAKES:
        page = visitor(who)
        complaints = measuring.Complaints(page)
        page.goto(address)
        page.locator("main").get_by_role("button", name=button, exact=True).last.click()
        page.wait_for_load_state()
        page.locator("[aria-invalid=true], .pesan.error, [role=alert]").first.wait_for()
        for width in WIDTHS[:2]:
            measuring.settle(page, width)
            name = address.split("?")[0].strip("/").replace("/", "-")
            shots.take(page, f"salah-{name}-{width}")
            problems += [f"{address} {width}: {line}" for line in at_width(page)]
        problems += [f"{address}: {line}" for line in complaints.heard]
    assert not problems, "\n".join(problems)


MISTAKES = [
    ("petugas", f"/surat/catat/?unit={KELURAHAN}", "Kirim surat"),
    ("petugas", f"/akun/daftar/?unit={KELURAHAN}", "Daftarkan"),
    ("admin", "/orang/baru/", "Tambah"),
    ("admin", "/impor/", "Unggah dan periksa"),
]


def at_width(page: Page) -> list[str]:
    wide = measuring.wider_than_window(page)
    small = [f"small target: {each}" for each in measuring.small_targets(page)]
    return measuring.violations(page) + ([f"wide: {wide}"] if wide else []) + small
