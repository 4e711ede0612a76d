"""What a browser is told and given: nothing inline, nothing foreign, nothing guessed, no numbers."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from kanal.directory.models import RoleKind
from kanal.directory.permissions import SEE_PERSON_FILE
from kanal.lib.files import XLSX
from tests.factories import PASSWORD, a_verifier
from tests.walls.crawl import Crawl, Visit
from tests.walls.houses import NASTY

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": {"'self'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'self'"},
    "frame-src": {"'self'"},
}
SEES_NUMBERS = {str(kind) for kind in SEE_PERSON_FILE.roles}
# 18 digits, as offices print them too: 19640211 198403 1 002.
NUMBER = re.compile(r"(?<![\d.])\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?![\d.])")
ELSEWHERE = [
    "https://jahat.example/",
    "//jahat.example/",
    "/\\jahat.example/",
    "\\\\jahat.example",
    "///jahat.example",
    "https:jahat.example",
    "javascript:alert(1)",
    "\thttps://jahat.example",
    "http://testserver@jahat.example/",
]


class Inline(HTMLParser):
    """Everything the policy would block, and everything that leads out of the page's own house."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "style" or (tag == "script" and not has.get("src")):
            self.found.append(f"<{tag}>")
        if tag in ("script", "link", "img", "iframe", "use"):
            address = has.get("src") or has.get("href") or ""
            if "//" in address.split("?")[0]:
                self.found.append(f"<{tag}> from {address}")
        for name, value in attrs:
            if name in ("style", "srcdoc") or name.startswith("on"):
                self.found.append(f"{name}= on <{tag}>")
            if (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append(f"{name}={value} on <{tag}>")


def inline(page: str) -> list[str]:
    reader = Inline()
    reader.feed(page)
    return reader.found


def html(crawled: Crawl) -> list[Visit]:
    pages = [visit for visit in crawled.visits if visit.is_html]
    assert len(pages) > 100
    return pages


def told(found: Iterable[tuple[Visit, object]]) -> str:
    return "\n".join(f"{visit}: {what}" for visit, what in found)


def policy(header: str) -> dict[str, set[str]]:
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {words[0]: set(words[1:]) for words in parts}


def test_every_page_carries_the_strict_policy(crawled: Crawl) -> None:
    given = [(v, v.headers.get("Content-Security-Policy", "")) for v in html(crawled)]
    assert not told((visit, header) for visit, header in given if policy(header) != STRICT)


def test_no_page_has_anything_inline_or_from_elsewhere(crawled: Crawl) -> None:
    """The names in the town try to break out of every place they are printed in."""
    pages = html(crawled)
    assert any("&lt;script&gt;alert(1)" in visit.text for visit in pages)
    assert not told((visit, found) for visit in pages if (found := inline(visit.text)))


def test_nothing_is_guessed_framed_or_told_to_others(crawled: Crawl) -> None:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "SAMEORIGIN",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    lacking = [
        (visit, name)
        for visit in crawled.visits
        for name, value in wanted.items()
        if visit.headers.get(name) != value
    ]
    assert not told(lacking)


def test_no_page_behind_the_sign_in_is_kept_by_a_shared_cache(crawled: Crawl) -> None:
    assert not told(
        (visit, visit.headers)
        for visit in crawled.visits
        if not visit.page.is_open
        and "Cookie" not in visit.headers.get("Vary", "")
        and "private" not in visit.headers.get("Cache-Control", "")
    )


def test_downloads_say_what_they_are(crawled: Crawl) -> None:
    """A file of the office's is never a page of ours."""
    files = [v for v in crawled.visits if v.page.name == "appointments:file" and v.status == 200]
    assert files
    for visit in files:
        assert visit.headers["Content-Type"] == "application/pdf", str(visit)
        assert visit.headers["Content-Security-Policy"].startswith("default-src 'none'"), str(visit)


def test_no_sheet_has_a_cell_that_a_spreadsheet_would_carry_out(crawled: Crawl) -> None:
    sheets = [v for v in crawled.visits if v.headers.get("Content-Type", "") == XLSX]
    tables = [v for v in crawled.visits if "text/csv" in v.headers.get("Content-Type", "")]
    assert sheets
    assert tables
    assert any("calc" in visit.text for visit in [*sheets, *tables])
    formulas = [(v, line) for v in sheets for line in v.text.splitlines() if line.startswith("=")]
    assert not told(formulas)
    assert not told((visit, cell) for visit in tables for cell in _active_cells(visit.text))


def _active_cells(table: str) -> Iterator[str]:
    text = table.removeprefix("\ufeff")
    for row in csv.reader(StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","):
        yield from (cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r")))


def test_numbers_are_masked_for_whoever_may_not_see_a_persons_file(crawled: Crawl) -> None:
    assert len(crawled.numbers) > 10
    seen = [
        (visit, sorted(found))
        for visit in crawled.visits
        if visit.page.is_open or visit.who not in SEES_NUMBERS
        if (found := _numbers(visit.text, crawled))
    ]
    assert not told(seen)


def test_an_office_head_sees_the_numbers_of_their_own_people_only(crawled: Crawl) -> None:
    heads = [visit for visit in crawled.visits if visit.who == RoleKind.UNIT_HEAD]
    assert any(number in visit.text for visit in heads for number in crawled.numbers)
    assert crawled.numbers_next_door
    assert not told(
        (visit, number)
        for visit in heads
        for number in crawled.numbers_next_door
        if number in visit.text
    )


def _numbers(text: str, crawled: Crawl) -> set[str]:
    words = re.sub(r"<[^>]*>", " ", text)
    return {n for n in crawled.numbers if n in text} | set(NUMBER.findall(words))


@pytest.fixture
def verifier_email() -> str:
    return a_verifier(password=PASSWORD).email


def sign_in(client: Client, email: str, address: str) -> str:
    answer = client.post(
        reverse("account_login"), {"login": email, "password": PASSWORD, "next": address}
    )
    return answer.headers["Location"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client: Client, verifier_email: str, address: str) -> None:
    assert sign_in(client, verifier_email, address) == "/"
    again = client.get(reverse("account_login"), {"next": address})
    assert again.headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_asked_for(client: Client, verifier_email: str) -> None:
    asked = client.get("/surat/?keadaan=semua")
    assert asked.headers["Location"].startswith(reverse("account_login"))
    assert sign_in(client, verifier_email, "/surat/?keadaan=semua") == "/surat/?keadaan=semua"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_out_and_choosing_a_language_lead_nowhere_else(
    client: Client, verifier_email: str, address: str
) -> None:
    chosen = client.get(reverse("public:language", args=["en"]), {"ke": address})
    assert chosen.headers["Location"] == "/"
    sign_in(client, verifier_email, "")
    left = client.post(reverse("account_logout"), {"next": address})
    assert left.headers["Location"] == "/"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, verifier_email: str
) -> None:
    client.get(reverse("account_login"))
    client.get(reverse("public:language", args=["en"]))
    sign_in(client, verifier_email, "")
    assert set(client.cookies) >= {"sessionid", "csrftoken", "django_language"}
    for name, cookie in client.cookies.items():
        if cookie.value:
            assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name


def test_over_https_cookies_stay_there() -> None:
    asked = (
        "from kanal import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    place = {**os.environ, "KANAL_PUBLIC_URL": "https://kanal.contoh.go.id"}
    run = [sys.executable, "-c", asked]
    assert subprocess.run(run, env=place, capture_output=True, text=True, check=True).stdout == (
        "True True True\n"
    )


def test_an_unknown_page_and_a_forged_form_are_pages_of_ours_too(client: Client) -> None:
    forged = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": NASTY})
    for answer in (client.get("/tidak/ada/"), forged):
        assert policy(answer.headers["Content-Security-Policy"]) == STRICT
        assert inline(answer.content.decode()) == []
