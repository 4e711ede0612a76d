"""On the board: who is owed a reminder today, and the way to remind one office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kanal.directory.models import RoleKind, Unit, User
from kanal.lib.dates import today
from kanal.lib.workdays import Calendar
from kanal.reminders.tests.office import Town
from tests.factories import a_user

pytestmark = pytest.mark.django_db

BOARD = reverse("compliance:board")


@pytest.fixture
def town() -> Town:
    """Whose deadline is the next working day: everybody who said nothing is reminded then."""
    cache.clear()
    return Town(due=Calendar().next_working(today()))


@pytest.fixture
def unit(town: Town) -> Unit:
    found = town.silent("Kelurahan Melati")
    town.stand(today())
    town.rule(0)
    return found


def page(user: User, address: str = BOARD) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_the_board_says_how_many_are_owed_and_leads_to_the_preview(town, unit):
    said = page(town.admin)
    assert "Ingatkan 1 kantor" in said
    assert f'href="{reverse("reminders:today")}?dasar={town.mandate.pk}"' in said
    assert "<b>1</b> surel tentang <b>1</b> kantor" in page(town.admin, reverse("reminders:today"))


def test_a_verifier_sees_the_plan_and_reminds_one_office(town, unit):
    said = page(town.verifier)
    assert "Pengingat hari ini: 1" in said
    assert reverse("reminders:unit", args=[unit.code]) in said
    assert reverse("reminders:unit", args=[unit.code]) in page(
        town.verifier, reverse("desk:unit", args=[unit.code])
    )


def test_nothing_is_offered_about_a_day_gone_by_or_to_those_who_only_read(town, unit):
    yesterday = f"{BOARD}?pada={today() - timedelta(days=1)}"
    reader = a_user(RoleKind.READER, government=town.government)
    for said in (page(town.admin, yesterday), page(reader)):
        assert "Ingatkan" not in said
        assert reverse("reminders:today") + "?dasar" not in said


def test_nobody_is_reminded_before_there_is_a_deadline():
    town = Town(due=None)
    unit = town.silent("Kelurahan Melati")
    town.stand(today())
    address = reverse("reminders:unit", args=[unit.code])
    assert address not in page(town.admin)
    assert "Ingatkan" not in page(town.admin, reverse("desk:unit", args=[unit.code]))
