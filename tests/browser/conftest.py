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


class Shots:
    """Pictures of whole pages, for people to look at; taken only where KANAL_SHOTS says."""

    def __init__(self) -> None:
        given = os.environ.get("KANAL_SHOTS")
        self.folder = Path(given) if given else None
        self.weights: dict[str, int] = {}  # bytes of each page's first load
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=True)

    def tell_weights(self) -> None:
        if self.folder:
            lines = [f"{count / 1024:6.1f} KB  {name}\n" for name, count in self.weights.items()]
            (self.folder / "bytes.txt").write_text("".join(sorted(lines, reverse=True)))


@pytest.fixture(scope="package")
def shots() -> Iterator[Shots]:
    taken = Shots()
    yield taken
    taken.tell_weights()


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


@pytest.fixture(scope="package")
def new_context(
    browser: Browser, kanal: Running, signed_in: Callable[[str], dict[str, object]]
) -> Callable[..., BrowserContext]:
    def make(who: str, width: int, *, javascript: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=kanal.address,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            storage_state=signed_in(who) if who else None,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        context.set_default_timeout(30_000)
        return context

    return make


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext]) -> Iterator[Visitor]:
    """A window of somebody's: visitor("petugas", width=390); nobody's without a name."""
    opened: list[BrowserContext] = []

    def open_window(who: str = "", width: int = 1280, *, javascript: bool = True) -> Page:
        context = new_context(who, width, javascript=javascript)
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def reader(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[[str], Page]]:
    """For those who only look: one browser session a person, a fresh window each time."""
    kept: dict[str, BrowserContext] = {}

    def open_window(who: str) -> Page:
        if who not in kept:
            kept[who] = new_context(who, 1280)
        for page in kept[who].pages:
            page.close()
        return kept[who].new_page()

    yield open_window
    for context in kept.values():
        context.close()


def sign_in(page: Page, who: str, password: str) -> None:
    page.goto("/akun-saya/masuk/")
    page.get_by_label("Alamat surel").fill(running.email(who))
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Masuk").click()
    page.locator("details.menu").wait_for()
