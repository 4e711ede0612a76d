"""Who may do what: every button of every page, pressed by those who may not.

What the buttons send is read off the pages of those who may, so a new form stands before these
walls at once. Nothing here looks at answers, only at the rows.
"""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client

from kanal.directory.models import UNIT_ROLES, RoleKind
from tests.walls.crawl import signed_in
from tests.walls.deeds import changed_by, culprits, empty_deeds, poisoned, presses_in
from tests.walls.houses import FAR, NEXT_DOOR, Town
from tests.walls.ledger import everything, of_place
from tests.walls.page_forms import Deed

pytestmark = pytest.mark.django_db

# Buttons that change nothing in the tables, and why.
WITHOUT_EFFECT = {
    "directory:import": "keeps the sheet in the session; the next page loads it",
    "register:nil": "refused: this office has accounts",
}


def of_whom_nothing_changes(town: Town) -> list[Deed]:
    presses = [press for place in town.places for press in presses_in(place)]
    deeds = [press.deed for press in presses if not press.page.is_open]
    return deeds + [deed for deed in empty_deeds(town.places) if "/cek/" not in deed.path]


def test_the_buttons_do_something_for_whoever_may(town: Town) -> None:
    """Else the walls around them would stand before nothing."""
    effects: dict[str, bool] = {}
    for press in presses_in(town.here):
        client = signed_in(town.here.staff[press.kind])
        name = press.page.name
        effects[name] = bool(changed_by(client, [press.deed], everything)) or effects.get(
            name, False
        )
    assert {name for name, effect in effects.items() if not effect} == set(WITHOUT_EFFECT)


@pytest.mark.parametrize("kind", [RoleKind.INSPECTOR, RoleKind.READER, RoleKind.CONTRIBUTOR])
def test_who_only_reads_changes_nothing_anywhere(town: Town, kind: RoleKind) -> None:
    client = signed_in(town.here.staff[kind])
    assert culprits(client, of_whom_nothing_changes(town), everything) == []


def test_signed_out_or_without_a_role_nothing_changes(town: Town) -> None:
    deeds = of_whom_nothing_changes(town)
    for user in (None, town.unemployed):
        assert culprits(signed_in(user), deeds, everything) == []


@pytest.mark.parametrize("kind", sorted(UNIT_ROLES))
def test_another_office_is_not_touched(town: Town, kind: RoleKind) -> None:
    deeds = [press.deed for press in presses_in(town.next_door) if not press.page.is_open]
    client = signed_in(town.here.staff[kind])
    assert culprits(client, deeds, partial(of_place, NEXT_DOOR)) == []


@pytest.mark.parametrize("kind", list(RoleKind))
def test_another_government_is_not_touched(town: Town, kind: RoleKind) -> None:
    deeds = [press.deed for press in presses_in(town.far)] + empty_deeds([town.far])
    assert culprits(signed_in(town.here.staff[kind]), deeds, partial(of_place, FAR)) == []


@pytest.mark.parametrize("kind", [RoleKind.VERIFIER, RoleKind.ADMINISTRATOR, RoleKind.OFFICER])
def test_a_form_takes_no_number_of_another_government(town: Town, kind: RoleKind) -> None:
    client = signed_in(town.here.staff[kind])
    assert culprits(client, _poisoned(town, FAR), partial(of_place, FAR)) == []


def test_a_clerks_form_takes_no_number_of_another_office(town: Town) -> None:
    client = signed_in(town.here.staff[RoleKind.OFFICER])
    assert culprits(client, _poisoned(town, NEXT_DOOR), partial(of_place, NEXT_DOOR)) == []


def _poisoned(town: Town, start: int) -> list[Deed]:
    there = next(place for place in town.places if place.start == start)
    deeds = [
        bad for press in presses_in(town.here) for bad in poisoned(press.deed, town.here, there)
    ]
    assert len(deeds) > 5
    return deeds


def test_every_write_needs_the_pages_own_token(town: Town) -> None:
    """Another site's form reaches no view: not even one that takes no form."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(town.here.staff[RoleKind.ADMINISTRATOR])
    deeds = [*empty_deeds([town.here]), *(press.deed for press in presses_in(town.here))]
    accepted = [str(d) for d in deeds if client.post(d.path, d.data()).status_code != 403]
    assert accepted == []
