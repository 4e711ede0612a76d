"""The English catalogue: whole, as compiled, up to date, and seen on the pages of both languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import localize

from kanal.appointments.models import Letter
from kanal.compliance.tests.story import a_mandate
from kanal.directory.models import RoleKind, Unit, User
from kanal.mandates.models import DeadlineDecision, Mandate
from kanal.register.models import Account
from tests.factories import (
    RoleFactory,
    a_government,
    a_letter,
    a_user,
    an_account,
    an_office,
    an_officer,
)

HOUSE = Path(__file__).parent.parent
CATALOGUE = HOUSE / "kanal/locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|%[sd%]|</?[a-z][^>]*>")
REQUIRED = os.environ.get("KANAL_CI") == "1"

INDONESIAN = "akun atau belum dan dari kantor oleh petugas sudah surat tanggal tidak untuk yang"
ENGLISH = "accounts and from is letter not of office officer or the this yet"
# Words of the offices that English screens keep beside their meaning; names of files; facts.
KEPT = re.compile(r"Surat (?:Penunjukan|Tugas|Perintah Tugas|Penugasan) \(|surat\.pdf|\{\".*\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def sentences(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each Indonesian sentence of an entry beside its English one."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    yield entry.msgid, entry.msgstr_plural[0]
    yield entry.msgid_plural, entry.msgstr_plural[1]


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_every_sentence_has_its_english(catalogue: polib.POFile) -> None:
    assert len(catalogue) > 1000
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete] == []


def test_both_languages_say_the_same_values(catalogue: polib.POFile) -> None:
    different = [
        (said, english)
        for entry in catalogue
        for said, english in sentences(entry)
        if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(english))
        or edges(said) != edges(english)
    ]
    assert different == []


def test_the_compiled_catalogue_is_the_written_one(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(e.msgid, *sentences(e)) for e in compiled} == {
        (e.msgid, *sentences(e)) for e in catalogue
    }


def test_no_sentence_of_the_house_is_missing(catalogue: polib.POFile, tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        assert not REQUIRED, "gettext must be installed where KANAL_CI=1"
        pytest.skip("gettext is not installed: sentences cannot be extracted anew")
    found = {(entry.msgid, entry.msgid_plural) for entry in extracted(tmp_path)}
    written = {(entry.msgid, entry.msgid_plural) for entry in catalogue}
    assert found - written == set(), "run makemessages and translate these"
    assert written - found == set(), "nothing says these any more"


def extracted(folder: Path) -> polib.POFile:
    """All sentences of a copy of the house, by Django's own command."""
    copy = folder / "kanal"
    left = shutil.ignore_patterns("tests", "__pycache__", "LC_MESSAGES", "node_modules")
    shutil.copytree(HOUSE / "kanal", copy, ignore=left)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location"]
    here = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, env=here, check=True, capture_output=True, timeout=120)
    return polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))


class Words(HTMLParser):
    """What a reader sees or hears of a page."""

    SPOKEN = {"alt", "aria-label", "content", "data-l", "placeholder", "title"}
    SILENT = {"script", "style", "code"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        self.said += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def strangers(page: str, markers: str) -> list[str]:
    """Where a page says a word that only the other language has."""
    word = re.compile(rf"\b(?:{'|'.join(markers.split())})\b", re.IGNORECASE)
    return [text.strip() for text in Words(page).said if word.search(KEPT.sub("(", text))]


@dataclass(frozen=True)
class Place:
    unit: Unit
    account: Account
    letter: Letter
    mandate: Mandate
    verifier: User

    def address(self, name: str) -> str:
        named = {
            "letter": self.letter.pk,
            "account": self.account.pk,
            "mandate": self.mandate.pk,
            "unit": self.unit.code,
        }
        view, _, rest = name.partition(" ")
        address = reverse(view, args=[named[rest]] if rest in named else [])
        return f"{address}?{rest}" if "=" in rest else address


@pytest.fixture
def place(db: None) -> Place:
    """An office whose names have no word of either list: what is left on a page is our own."""
    cache.clear()
    government = a_government(
        name="Provinsi Contoh", short_name="Pemprov Contoh", verifying_unit_name="Diskominfotik"
    )
    mandate = a_mandate(government)
    DeadlineDecision.objects.update(reason="Contoh")
    unit = an_office("Kelurahan Rawa Melati", code="31.73.07.1001", government=government)
    verifier = a_user(RoleKind.VERIFIER, government=government)
    RoleFactory(user=verifier, kind=RoleKind.ADMINISTRATOR)
    account = an_account(unit, "https://www.instagram.com/rawamelati/", by=verifier)
    letter = a_letter(unit, subject="Contoh", officers=[an_officer(post="Pranata Humas")])
    return Place(unit, account, letter, mandate, verifier)


OPEN = [
    "public:check",
    "public:check akun=@rawamelati",
    "public:check akun=@rawa.melati",
    "public:check akun=@bukan.siapa.pun",
    "public:check akun=https://bit.ly/abc",
    "public:offices",
    "public:office unit",
    "public:help",
    "public:accessibility",
    "public:report",
    "account_login",
    "account_reset_password",
    "account_signup",
]
SIGNED_IN = [
    "appointments:letter letter",
    "appointments:verify letter",
    "compliance:board",
    "compliance:paper",
    "desk:home",
    "desk:journal",
    "desk:responsible",
    "desk:tasks",
    "desk:unit unit",
    "directory:heads unit",
    "directory:import",
    "directory:invite",
    "directory:people",
    "directory:units",
    "directory:users",
    "intake:letters",
    "intake:receive letter",
    "intake:submit unit=31.73.07.1001",
    "mandates:mandate mandate",
    "mandates:mandates",
    "mandates:upload",
    "mfa_index",
    "register:account account",
    "register:accounts",
    "register:declare unit=31.73.07.1001",
]
PAGES = [*OPEN, *SIGNED_IN]


def seen(client: Client, place: Place, language: str, name: str) -> str:
    if name in SIGNED_IN:
        client.force_login(place.verifier)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(place.address(name), follow=True)
    assert answer.status_code == 200, name
    assert answer.headers["Content-Language"] == language
    return answer.content.decode()


def test_english_pages_hold_no_indonesian(client: Client, place: Place) -> None:
    said = {name: strangers(seen(client, place, "en", name), INDONESIAN) for name in PAGES}
    assert {name: found for name, found in said.items() if found} == {}


def test_indonesian_pages_hold_no_english(client: Client, place: Place) -> None:
    said = {name: strangers(seen(client, place, "id", name), ENGLISH) for name in PAGES}
    assert {name: found for name, found in said.items() if found} == {}


def test_days_are_said_in_the_readers_language(client: Client, place: Place) -> None:
    declared = "register:account account"
    place.account.declared_on = date(2026, 8, 3)
    place.account.save()
    assert "3 August 2026" in seen(client, place, "en", declared)
    assert "3 Agustus 2026" in seen(client, place, "id", declared)


@pytest.mark.parametrize(("language", "said"), [("en", "12,345.5"), ("id", "12.345,5")])
def test_numbers_are_said_in_the_readers_language(language: str, said: str) -> None:
    with translation.override(language):
        assert localize(12345.5) == said
