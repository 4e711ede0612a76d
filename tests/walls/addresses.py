"""Every URL pattern there is, filled with the numbers and codes of one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from kanal.directory.models import RoleKind, User
from kanal.directory.permissions import OPEN, Permission
from tests.walls.houses import Place

# What a word in an address can be, besides the code of something.
WORDS = ["kelurahan", "kantor", "orang", "units", "people", "id", "csv", "xlsx"]
# A link of a mailed letter: made up, so that it opens nothing.
FIXED = {"account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"}}
# Whoever sees the most: somebody of the place for whom an address that is real answers.
SEEING = [RoleKind.VERIFIER, RoleKind.ADMINISTRATOR, RoleKind.UNIT_HEAD]


@dataclass(frozen=True)
class Page:
    """One URL pattern."""

    name: str
    permission: Permission
    numbers: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.permission is OPEN

    @property
    def is_own_sign_in(self) -> bool:
        return self.name.startswith(("account_", "mfa_"))


@dataclass(frozen=True)
class Address:
    page: Page
    path: str


def pages() -> list[Page]:
    return sorted(_pages(get_resolver(), ""), key=lambda page: page.name)


def _pages(resolver: URLResolver, prefix: str) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inside = f"{entry.namespace}:" if entry.namespace else prefix
            yield from _pages(entry, inside)
        else:
            yield _page(entry, prefix)


def _page(entry: URLPattern, prefix: str) -> Page:
    converters = entry.pattern.converters
    numbers = tuple(n for n, kind in converters.items() if isinstance(kind, IntConverter))
    words = tuple(n for n in converters if n not in numbers)
    permission = entry.callback.permission  # type: ignore[attr-defined]
    return Page(f"{prefix}{entry.name}", permission, numbers, words)


def plain_addresses() -> list[Address]:
    """Those that name no object."""
    return [
        Address(page, reverse(page.name, kwargs=FIXED.get(page.name)))
        for page in pages()
        if page.name in FIXED or not (page.numbers or page.words)
    ]


def addresses_of(place: Place) -> list[Address]:
    """Those that name something of the place, found by asking as somebody who may see it."""
    found = []
    for page in pages():
        if page.name in FIXED or not (page.numbers or page.words):
            continue
        tried = list(_filled(page, place))
        real = [path for path in tried if _answers(path, [place.staff[kind] for kind in SEEING])]
        found += [Address(page, path) for path in real]
    return found


def _filled(page: Page, place: Place) -> Iterator[str]:
    values: list[Iterable[int | str]] = [place.numbers.values() for _name in page.numbers]
    values += [[*place.codes, *WORDS] for _name in page.words]
    for chosen in product(*values):
        try:
            yield reverse(
                page.name, kwargs=dict(zip((*page.numbers, *page.words), chosen, strict=True))
            )
        except NoReverseMatch:
            continue


def _answers(path: str, users: list[User]) -> bool:
    return any(_status(path, user) not in (403, 404) for user in users)


def _status(path: str, user: User) -> int:
    client = signed_in(user)
    status: int = client.get(path).status_code
    if status == 405:
        with transaction.atomic():
            status = client.post(path).status_code
            transaction.set_rollback(True)
    return status


def signed_in(user: User | None) -> Client:
    """A browser of this person. What a view raises is a 500, not this test's end."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
