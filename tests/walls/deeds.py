"""Pressing every button there is: as those who may, and then as those who may not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from django.db import DatabaseError, transaction
from django.test import Client

from kanal.directory.models import RoleKind
from tests.walls import papers
from tests.walls.addresses import Address, Page, addresses_of, plain_addresses
from tests.walls.crawl import body, signed_in
from tests.walls.houses import FAR, INSTRUCTION, Place
from tests.walls.ledger import Ledger, changes
from tests.walls.page_forms import Deed, deeds_of

# Whoever may press: the first of these whom the page shows the button.
WRITERS = [RoleKind.VERIFIER, RoleKind.ADMINISTRATOR, RoleKind.UNIT_HEAD, RoleKind.OFFICER]

_MAIL_SERVER = {"host": "127.0.0.1", "token_endpoint": ""}
# By pages; "" leaves a file or a field empty.
WRITTEN_ON = {
    "circulars:mend": {"email": "baru@contoh.go.id"},
    "directory:unit-contact": {"email": "baru@contoh.go.id", "phone": "021-3822255"},
    "post:add-mailbox": _MAIL_SERVER,
    "post:mailbox": _MAIL_SERVER,
    "post:sender": {**_MAIL_SERVER, "address": "kanal@contoh.go.id"},
    "stationery:add-template": {
        "name": "templat-uji",
        "kinds": "nihil",
        "forms_of": "surat",
        "until_year": "",
        "source": papers.SOURCE,
    },
    "stationery:letterhead": {"logo": ""},
}


@dataclass(frozen=True)
class Press:
    """A deed, on which page its button stands, and who may do it."""

    page: Page
    kind: RoleKind
    deed: Deed


def presses_in(place: Place, only: Collection[str] = ()) -> list[Press]:
    """Every button that the place's own people are shown, each once; `only` names pages.

    Pages that take one office with `?unit=` are asked for this place's.
    """
    clients = {kind: signed_in(place.staff[kind]) for kind in WRITERS}
    found: dict[str, Press] = {}
    for address in [*plain_addresses(), *addresses_of(place)]:
        page = address.page
        if page.is_own_sign_in or (only and page.name not in only):
            continue
        for kind in WRITERS:
            if kind in page.permission.roles:
                for deed in _shown(clients[kind], address, place):
                    found.setdefault(deed.key, Press(page, kind, deed))
    return list(found.values())


def _shown(client: Client, address: Address, place: Place) -> list[Deed]:
    query = "" if address.page.names_something else f"?unit={place.values['code']}"
    answer = client.get(address.path + query)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    deeds = deeds_of(body(answer), address.path + query, _written(address.page, place))
    return [deed for deed in deeds if "/akun-saya/" not in deed.path]


def _written(page: Page, place: Place) -> dict[str, str]:
    """What belongs into fields of this page."""
    if page.name == "mandates:upload":
        return {"text": INSTRUCTION.format(number=9, word=place.word), "file": ""}
    if page.name == "correspondence:write-reminder":
        return {"about": str(place.values["code"])}
    if page.name in WRITTEN_ON:
        return WRITTEN_ON[page.name]
    known = {"person": str(place.values["nip"]), "unit": str(place.values["code"])}
    return known if page.name in ("directory:heads", "directory:begin-posting") else {}


def empty_presses(place: Place) -> list[Press]:
    """Nothing but a press, on every address behind the sign-in."""
    return [
        Press(address.page, WRITERS[0], Deed(address.path, {}))
        for address in [*plain_addresses(), *addresses_of(place)]
        if not (address.page.is_own_sign_in or address.page.is_open)
    ]


def done(client: Client, deed: Deed) -> int:
    """The answer's status; what the database itself refused is a 500."""
    try:
        with transaction.atomic():
            return client.post(deed.path, deed.data()).status_code
    except DatabaseError:
        return 500


def culprits(client: Client, deeds: list[Deed], read: Callable[[], Ledger]) -> list[str]:
    """The deeds after which something reads otherwise. All at once first: that is seldom wrong."""
    if not changed_by(client, deeds, read):
        return []
    found = [(deed, changed_by(client, [deed], read)) for deed in deeds]
    return [f"{deed}: {', '.join(told)}" for deed, told in found if told]


def changed_by(client: Client, deeds: list[Deed], read: Callable[[], Ledger]) -> list[str]:
    """What the deeds change, one after the other. Then it is undone."""
    with transaction.atomic():
        before = read()
        for deed in deeds:
            done(client, deed)
        told = changes(before, read())
        transaction.set_rollback(True)
    return told


def poisoned(deed: Deed, here: Place, there: Place) -> list[Deed]:
    """The same form with the other place's numbers where it names something of ours."""
    theirs = {
        str(value): str(there.values[key])
        for key, value in here.values.items()
        if key in there.values
    }
    made = []
    for name, values in deed.values.items():
        for stranger in _strangers(name, values, theirs, there):
            made.append(replace(deed, values={**deed.values, name: [stranger]}))
    return made


def _strangers(name: str, values: list[str], theirs: dict[str, str], there: Place) -> set[str]:
    """What to put there: their match of our number, or all their numbers where a choice is open."""
    known = {theirs[value] for value in values if value in theirs}
    last = name.rsplit("-", 1)[-1]
    if last in ("unit", "kode", "parent", "code"):
        known |= {str(there.values["code"]), str(there.values["unit"])}
    if last in ("person", "replaces", "orang", "head", "leaving", "giver", "receiver"):
        known.add(str(there.values["person"]))
    if last in ("accounts", "akun", "account"):
        known.add(str(there.values["account"]))
    if last == "about" and there.start == FAR:
        # Next door may be reminded: it is an office like any other, its papers are not shown.
        known.add(str(there.values["code"]))
    if last == "bacaan":
        known.add(str(there.values["reading"]))
    if last in ("corrects", "surat", "letter"):
        known.add(str(there.values["letter in force"]))
    if last == "replaces" and "mandate" in there.values:
        known.add(str(there.values["mandate"]))
    return known
