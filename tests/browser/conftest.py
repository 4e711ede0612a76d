"""One Kanal and one chromium for all browser tests, gone before other tests run: while playwright
lives, Django takes this thread for an asynchronous one and refuses the database.

KANAL_SHOTS names a folder for pictures of every page; KANAL_CI makes a missing chromium a failure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import running
from tests.browser.running import Running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]

Visitor = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt install chromium"
        if os.environ.get("KANAL_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def kanal(browser: Browser) -> Iterator[Running]:
    """After the browser: without one there is nothing to start for."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-browser-"))
    folder.chmod(0o711)  # as root the database runs under another account
    try:
        started = running.start(folder)
        try:
            yield started
        finally:
            code = started.stop()
        assert code == 0, f"kanal up ended with {code}:\n{started.log.read_text()}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def shots() -> Path:
    folder = Path(os.environ.get("KANAL_SHOTS") or tempfile.mkdtemp(prefix="kanal-shots-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def signed_in(browser: Browser, kanal: Running) -> Callable[[str], dict[str, object]]:
    """Each person signs in once; every later window of theirs opens with the same session."""
    kept: dict[str, dict[str, object]] = {}

    def session_of(who: str) -> dict[str, object]:
        if who not in kept:
            context = browser.new_context(base_url=kanal.address)
            page = context.new_page()
            sign_in(page, who, kanal.password)
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    return session_of


@pytest.fixture
def visitor(
    browser: Browser, kanal: Running, signed_in: Callable[[str], dict[str, object]]
) -> Iterator[Visitor]:
    """A window of somebody's: visitor("petugas", width=390); nobody's without a name."""
    opened: list[BrowserContext] = []

    def open_window(who: str = "", width: int = 1280, *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=kanal.address,
            viewport={"width": width, "height": 800 if width > 600 else 844},
            java_script_enabled=javascript,
            storage_state=signed_in(who) if who else None,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()


def sign_in(page: Page, who: str, password: str) -> None:
    page.goto("/akun-saya/masuk/")
    page.get_by_label("Alamat surel").fill(running.email(who))
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Masuk").click()
    page.locator("details.menu").wait_for()


@pytest.fixture(scope="package")
def weights(shots: Path) -> Iterator[dict[str, int]]:
    """Bytes of each page's first load, kept beside the pictures."""
    measured: dict[str, int] = {}
    yield measured
    lines = [f"{count / 1024:6.1f} KB  {name}\n" for name, count in measured.items()]
    (shots / "bytes.txt").write_text("".join(sorted(lines, reverse=True)))
