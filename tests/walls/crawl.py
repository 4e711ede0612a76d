"""Everybody opens everything: once for all tests that look at what came back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import cast

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client
from openpyxl import load_workbook

from kanal.directory.models import Person, RoleKind, User
from kanal.intake.pending import Pending
from kanal.lib.files import XLSX
from tests.factories import a_pdf
from tests.walls.addresses import TICKET, Address, Page, addresses_of, plain_addresses
from tests.walls.houses import FAR, HERE, NEXT_DOOR, Town

SIGNED_OUT, WITHOUT_ROLE = "signed out", "without a role"
NOWHERE = 0
OPEN_FOR_ALL = {SIGNED_OUT, WITHOUT_ROLE, str(RoleKind.OFFICER)}


@dataclass(frozen=True)
class Visit:
    who: str
    page: Page
    path: str
    # Whose things the address names: HERE, NEXT_DOOR, FAR or NOWHERE.
    place: int
    status: int
    headers: dict[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.who} on {self.path} ({self.page.name}): {self.status}"

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def is_sent_to_sign_in(self) -> bool:
        return self.status == 302 and self.location.startswith("/akun-saya/masuk/")

    @property
    def is_turned_away(self) -> bool:
        return self.status in (403, 404) or self.is_sent_to_sign_in


@dataclass
class Crawl:
    visits: list[Visit] = field(default_factory=list)
    # Every identity number in the register, those of the office next door, and the names of the
    # other government's people.
    numbers: set[str] = field(default_factory=set)
    numbers_next_door: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)

    def of(self, *places: int) -> Iterator[Visit]:
        return (visit for visit in self.visits if visit.place in places)


def signed_in(user: User | None) -> Client:
    """A browser of this person. What a view raises is a 500, not this test's end."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def leave_upload(client: Client) -> None:
    """As on the entry page, before the letter is sent: a file that waits in this session."""
    session = client.session
    Pending(session, TICKET).add(a_pdf(), is_evidence=False)
    session.save()


def everybody(town: Town) -> dict[str, User | None]:
    """One user of each role in our own office, and two who have none."""
    staff: dict[str, User | None] = {str(kind): user for kind, user in town.here.staff.items()}
    return {**staff, WITHOUT_ROLE: town.unemployed, SIGNED_OUT: None}


def all_addresses(town: Town) -> list[tuple[int, Address]]:
    places = [(place.start, addresses_of(place)) for place in town.places]
    return [
        (start, address)
        for start, addresses in [(NOWHERE, plain_addresses()), *places]
        for address in addresses
    ]


def crawl(town: Town) -> Crawl:
    cache.clear()
    people = Person.objects.exclude(identity_number="")
    found = Crawl(
        numbers=set(people.values_list("identity_number", flat=True)),
        numbers_next_door=set(
            people.filter(pk__range=(NEXT_DOOR, FAR - 1)).values_list("identity_number", flat=True)
        ),
        strangers=set(people.filter(pk__gte=FAR).values_list("name", flat=True)),
    )
    with quiet():
        for who, user in everybody(town).items():
            client = signed_in(user)
            if user is not None:
                leave_upload(client)
            for start, address in _asked(who, town):
                answer = client.get(address.path)
                found.visits.append(visit(who, start, address, answer))
    return found


def _asked(who: str, town: Town) -> list[tuple[int, Address]]:
    """Everything at home and nowhere; of the others, what the role opens at all.

    A page that refuses somebody does so before it looks at what the address names: our own is
    enough to see that. Pages that don't ask who one is are opened by some.
    """
    return [
        (start, address)
        for start, address in all_addresses(town)
        if who in OPEN_FOR_ALL
        or (
            not (address.page.is_open or address.page.is_own_sign_in)
            and (start in (NOWHERE, HERE) or who in address.page.permission.roles)
        )
    ]


def visit(who: str, start: int, address: Address, answer: HttpResponseBase) -> Visit:
    return Visit(
        who=who,
        page=address.page,
        path=address.path,
        place=start,
        status=answer.status_code,
        headers=dict(answer.items()),
        text=body(answer),
    )


def body(answer: HttpResponseBase) -> str:
    """The words of it: of a sheet, its cells."""
    if isinstance(answer, StreamingHttpResponse):
        content = b"".join(cast("Iterator[bytes]", answer.streaming_content))
    else:
        content = cast("HttpResponse", answer).content
    if answer.headers.get("Content-Type") == XLSX:
        return "\n".join(cells_of(content))
    return content.decode("utf-8", "replace")


def cells_of(sheet: bytes) -> Iterator[str]:
    """Each cell as a spreadsheet takes it: what is a formula to it begins with its sign."""
    for page in load_workbook(BytesIO(sheet)):
        for row in page.iter_rows():
            for cell in row:
                text = "" if cell.value is None else str(cell.value)
                yield text if cell.data_type == "f" else text.lstrip("=")


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here, not what is to be logged."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
