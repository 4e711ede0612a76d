"""Every URL pattern there is, filled with the numbers and codes of one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kanal.directory.permissions import OPEN, Permission
from tests.walls import papers
from tests.walls.houses import Place

# What a parameter names, by the words before it in its pattern. A new kind of address is told here
# and in houses.py; until then the crawl fails and says so.
NAMED = {
    "akar/": ["root"],
    "akun/": ["account"],
    "aturan/": ["reminder rule"],
    "bacaan/": ["reading"],
    "bacaan/<>/": ["field"],
    "bahasa/": ["language"],
    "berkas/": ["file"],
    "berkas-surat/": ["paper file"],
    "buku-nomor/": ["code"],
    "buku-nomor/<>/": ["number entry"],
    "catat/": ["ticket"],
    "catat/<>/": ["waiting file"],
    "cek/kantor/": ["code"],
    "dasar-hukum/": ["mandate", "unconfirmed mandate"],
    "impor/contoh-": ["sheet"],
    "halaman/": ["page"],
    "instansi/": ["code"],
    "jenis/": ["class"],
    "kalender/": ["day override"],
    "kepala/": ["headship"],
    "kop/": ["code"],
    "lampiran/": ["place"],
    "laporan/": ["report"],
    "orang/": ["person"],
    "penempatan/": ["posting"],
    "lembar/": ["sheet month"],
    "lembar/<>/edisi/": ["sheet edition"],
    "lembar/berhenti/": ["unsubscribe token"],
    "lembar/penerima/": ["user"],
    "p/": ["notice key"],
    "pengguna/": ["user"],
    "pengingat/kantor/": ["code"],
    "pengiriman/": ["reminder run"],
    "penerimaan/": ["acknowledgement"],
    "penyampaian/": ["circular", "circular draft"],
    "penyampaian/instruksi/": ["mandate"],
    "penyampaian/kantor/": ["code"],
    "penyampaian/terima/": ["notice"],
    "peran/": ["role"],
    "pratinjau/": ["page"],
    "surat/": ["letter in force", "letter waiting"],
    "surat/keluar/": ["paper", "paper draft"],
    "surat/mail/": ["mail filed", "mail held"],
    "surel/alamat/": ["dead address"],
    "surel/keluar/": ["message"],
    "surel/kotak/": ["mailbox"],
    "tanda-terima/": ["receipt code"],
    "templat/": ["template"],
    "terima-berkas/": ["receipt"],
    "tulis/": ["handover", "nil", "appointment"],
    "v/": ["paper code"],
}
# Where only some of what the words name has a page.
ONLY = {
    "circulars:file": {"pk": ["circular"]},
    "correspondence:approve": {"pk": ["paper draft"]},
    "correspondence:edit": {"pk": ["paper draft"]},
    "correspondence:preview": {"pk": ["paper draft"]},
}
TICKET = "tiket-uji"
PLAIN: dict[str, int | str] = {
    "appointment": "penunjukan",
    "class": "kelurahan",
    "field": papers.FIELD,
    "handover": "serah_terima",
    "language": "en",
    "nil": "nihil",
    "page": 1,
    "place": 1,
    "sheet": "orang",
    "ticket": TICKET,
    "waiting file": 0,
}
# A link of a mailed letter: made up, so that it opens nothing.
FIXED = {"account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"}}

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Page:
    """One URL pattern, with what each of its parameters can name."""

    name: str
    permission: Permission
    parameters: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_open(self) -> bool:
        return self.permission is OPEN

    @property
    def is_own_sign_in(self) -> bool:
        """allauth's pages: about the one who asks and nobody else."""
        return self.name.startswith(("account_", "mfa_"))

    @property
    def names_something(self) -> bool:
        kinds = {kind for _name, kinds in self.parameters for kind in kinds}
        return bool(kinds - set(PLAIN))


@dataclass(frozen=True)
class Address:
    page: Page
    path: str


def pages() -> list[Page]:
    return sorted(_pages(get_resolver(), "", ""), key=lambda page: page.name)


def _pages(resolver: URLResolver, namespace: str, before: str) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = f"{entry.namespace}:" if entry.namespace else namespace
            yield from _pages(entry, inside, route)
        else:
            yield _page(entry, f"{namespace}{entry.name}", route)


def _page(entry: URLPattern, name: str, route: str) -> Page:
    permission: Permission = entry.callback.permission  # type: ignore[attr-defined]
    found = [] if name in FIXED else _PARAMETER.finditer(route)
    parameters = [(hit[1], _PARAMETER.sub("<>", route[: hit.start()])) for hit in found]
    return Page(name, permission, tuple((n, _kinds(name, n, words)) for n, words in parameters))


def _kinds(name: str, parameter: str, words: str) -> tuple[str, ...]:
    """`words` is all that stands before it, with <> for earlier parameters."""
    if parameter in ONLY.get(name, {}):
        return tuple(ONLY[name][parameter])
    known = [key for key in NAMED if words.endswith(key)]
    assert known, f"{name}: say in tests/walls/addresses.py what stands after {words!r}"
    return tuple(NAMED[max(known, key=len)])


def plain_addresses() -> list[Address]:
    """Those that are the same for every place."""
    return [
        Address(page, path)
        for page in pages()
        if not page.names_something
        for path in _filled(page, PLAIN)
    ]


def addresses_of(place: Place) -> list[Address]:
    """Those that name something of the place."""
    values = {**PLAIN, **place.values}
    return [
        Address(page, path)
        for page in pages()
        if page.names_something
        for path in _filled(page, values)
    ]


def _filled(page: Page, values: dict[str, int | str]) -> Iterator[str]:
    if page.name in FIXED:
        yield reverse(page.name, kwargs=FIXED[page.name])
        return
    several = len(page.parameters) > 1
    chosen = [
        [values[kind] for kind in (kinds[:1] if several else kinds) if kind in values]
        for _name, kinds in page.parameters
    ]
    for given in product(*chosen):
        names = [name for name, _kinds in page.parameters]
        yield reverse(page.name, kwargs=dict(zip(names, given, strict=True)))
