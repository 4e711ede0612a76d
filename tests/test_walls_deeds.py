"""Who may do what: every button of every page, pressed by those who may not.

What the buttons send is read off the pages of those who may, so a new form stands before these
walls at once. Nothing here looks at answers, only at the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from kanal.directory.models import UNIT_ROLES, RoleKind
from tests.walls.addresses import addresses_of, plain_addresses
from tests.walls.crawl import body, quiet, signed_in
from tests.walls.deeds import (
    Press,
    changed_by,
    culprits,
    done,
    empty_presses,
    poisoned,
    presses_in,
)
from tests.walls.houses import FAR, HERE, NEXT_DOOR, Place, Town, build_town
from tests.walls.ledger import everything, of_place
from tests.walls.page_forms import Deed
from tests.walls.strange import strange_deeds, strange_paths, strange_queries

pytestmark = pytest.mark.django_db

# Buttons that change nothing in the tables, and why.
WITHOUT_EFFECT = {
    "correspondence:approve": "refused: the name on this draft holds signs that no letter carries",
    "directory:begin-posting": "refused: this person works there already",
    "directory:import": "keeps the sheet in the session; the next page loads it",
    "register:nil": "refused: this office has accounts",
    "stationery:roots": "refused: a letter is no certificate",
}
# What everybody decides for themselves, whatever their role.
ONES_OWN = {reverse("digests:own")}
# Mail programs press here without a page (RFC 8058): the signed address alone says whose it is.
WITHOUT_A_PAGE = {"digests:unsubscribe"}


Presses = dict[int, list[Press]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Where the town's files are kept: the STORAGES of all these tests."""
    default = settings.STORAGES["default"]
    place = {"location": tmp_path_factory.mktemp("town"), "file_permissions_mode": 0o600}
    return {**settings.STORAGES, "default": {**default, "OPTIONS": place}}


@pytest.fixture(autouse=True)
def at_the_towns_files(data_folder: object, files: dict[str, object], settings: Settings) -> None:
    settings.STORAGES = files


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, files: dict[str, object]
) -> Iterator[tuple[Town, Presses]]:
    """One town for all these tests, each of which undoes what it did; with all its buttons."""
    with (
        quiet(),
        override_settings(STORAGES=files),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        town = build_town()
        presses = {HERE: presses_in(town.here)}
        with_buttons = {press.page.name for press in presses[HERE]}
        for place in (town.next_door, town.far):
            presses[place.start] = presses_in(place, only=with_buttons)
        yield town, presses
        transaction.set_rollback(True)


@pytest.fixture
def town(standing: tuple[Town, Presses]) -> Town:
    return standing[0]


@pytest.fixture
def presses(standing: tuple[Town, Presses]) -> Presses:
    return standing[1]


def test_the_buttons_do_something_for_whoever_may(town: Town, presses: Presses) -> None:
    """Else the walls around them would stand before nothing."""
    effects: dict[str, bool] = {}
    for press in presses[HERE]:
        client = signed_in(town.here.staff[press.kind])
        effect = bool(changed_by(client, [press.deed], everything))
        effects[press.page.name] = effect or effects.get(press.page.name, False)
    assert {name for name, effect in effects.items() if not effect} == set(WITHOUT_EFFECT)


@pytest.mark.parametrize("kind", [RoleKind.INSPECTOR, RoleKind.READER, RoleKind.CONTRIBUTOR])
def test_who_only_reads_changes_nothing(town: Town, presses: Presses, kind: RoleKind) -> None:
    client = signed_in(town.here.staff[kind])
    pressed = [*presses[HERE], *presses[NEXT_DOOR], *empty_presses(town.here)]
    deeds = [press.deed for press in pressed if not press.page.is_open]
    deeds = [deed for deed in deeds if deed.path not in ONES_OWN]
    assert culprits(client, deeds, everything) == []


def test_signed_out_or_without_a_role_nothing_changes(town: Town, presses: Presses) -> None:
    deeds = [press.deed for press in presses[HERE] if not press.page.is_open]
    for user in (None, town.unemployed):
        assert culprits(signed_in(user), deeds, everything) == []


@pytest.mark.parametrize("kind", sorted(UNIT_ROLES))
def test_another_office_is_not_touched(town: Town, presses: Presses, kind: RoleKind) -> None:
    client = signed_in(town.here.staff[RoleKind(kind)])
    deeds = _opened_by(kind, [*presses[NEXT_DOOR], *empty_presses(town.next_door)])
    assert culprits(client, deeds, partial(of_place, NEXT_DOOR)) == []


@pytest.mark.parametrize("kind", list(RoleKind))
def test_another_government_is_not_touched(town: Town, presses: Presses, kind: RoleKind) -> None:
    deeds = _opened_by(kind, [*presses[FAR], *empty_presses(town.far)])
    assert culprits(signed_in(town.here.staff[kind]), deeds, partial(of_place, FAR)) == []


def _opened_by(kind: str, presses: list[Press]) -> list[Deed]:
    """Where the role gets past the door: what is behind it has to look again."""
    return [press.deed for press in presses if kind in press.page.permission.roles]


@pytest.mark.parametrize("kind", [RoleKind.VERIFIER, RoleKind.ADMINISTRATOR, RoleKind.OFFICER])
def test_a_form_takes_nothing_of_another_government(
    town: Town, presses: Presses, kind: RoleKind
) -> None:
    deeds = _poisoned(kind, presses[HERE], town, town.far)
    assert culprits(signed_in(town.here.staff[kind]), deeds, partial(of_place, FAR)) == []


def test_a_clerks_form_takes_nothing_of_another_office(town: Town, presses: Presses) -> None:
    deeds = _poisoned(RoleKind.OFFICER, presses[HERE], town, town.next_door)
    client = signed_in(town.here.staff[RoleKind.OFFICER])
    assert culprits(client, deeds, partial(of_place, NEXT_DOOR)) == []


def _poisoned(kind: str, presses: list[Press], town: Town, there: Place) -> list[Deed]:
    deeds = [
        bad
        for press in presses
        if kind in press.page.permission.roles
        for bad in poisoned(press.deed, town.here, there)
    ]
    assert deeds
    return deeds


def test_every_write_needs_the_pages_own_token(town: Town, presses: Presses) -> None:
    """Another site's form reaches no view: not even one that takes no form."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(town.here.staff[RoleKind.ADMINISTRATOR])
    pressed = [*empty_presses(town.here), *presses[HERE]]
    deeds = [press.deed for press in pressed if press.page.name not in WITHOUT_A_PAGE]
    accepted = [str(deed) for deed in deeds if _without_token(client, deed) != 403]
    assert accepted == []


def _without_token(client: Client, deed: Deed) -> int:
    values = {name: value for name, value in deed.values.items() if "csrf" not in name}
    return client.post(deed.path, values).status_code


def test_no_address_and_no_filter_breaks_a_page(town: Town) -> None:
    client = signed_in(town.here.staff[RoleKind.ADMINISTRATOR])
    asked = list(strange_paths())
    for address in [*plain_addresses(), *addresses_of(town.here)]:
        answer = client.get(address.path)
        if answer.status_code == 200 and not address.page.is_own_sign_in:
            asked += strange_queries(body(answer), address.path)
    broken = [path[:200] for path in asked if _status(client, path) >= 500]
    assert [path for path in broken if not path.startswith("/sehat")] == []


def _status(client: Client, path: str) -> int:
    try:
        with transaction.atomic():
            return client.get(path).status_code
    except DatabaseError:
        return 500


def test_nothing_typed_breaks_a_page(town: Town, presses: Presses) -> None:
    broken = []
    for press in presses[HERE]:
        client = signed_in(town.here.staff[press.kind])
        for deed in strange_deeds(press.deed):
            with transaction.atomic():
                if done(client, deed) >= 500:
                    broken.append(f"{press.kind}: {deed} {deed.values}"[:300])
                transaction.set_rollback(True)
    assert broken == []
