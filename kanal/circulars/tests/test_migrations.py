"""What offices had acknowledged before acknowledgements were rows is still acknowledged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kanal.circulars import actions
from kanal.circulars.models import Fate, How, Notice
from kanal.circulars.tests.story import (
    TODAY,
    a_circular,
    a_mandate,
    an_admin,
    is_proven,
    notice_of,
    offices,
    served,
)
from tests.factories import a_government

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "0001_circulars", "0003_acknowledged_no_more_in_the_notice"


def migrate(to: str) -> None:
    MigrationExecutor(connection).migrate([("circulars", to)])


def test_back_and_forth_nothing_is_lost() -> None:
    government = a_government()
    a_mandate(government)
    admin = an_admin(government)
    has_it, had_it, silent = offices([f"{name}@contoh.go.id" for name in "abc"], government)
    circular = served(a_circular(admin), admin)
    for unit in (has_it, had_it):
        actions.record_paper(
            notice=notice_of(unit, circular),
            name="Siti",
            post="Lurah",
            on=TODAY,
            by=admin,
            today=TODAY,
        )
    actions.void_acknowledgement(
        acknowledgement=notice_of(had_it).acknowledgements.get(),
        reason="Keliru",
        by=admin,
        today=TODAY,
    )
    try:
        migrate(BEFORE)
        with connection.cursor() as cursor:
            cursor.execute(
                "select unit_id, acknowledged_name, recorded_by_id from circulars_notice"
                " where acknowledged_on is not null"
            )
            assert cursor.fetchall() == [(has_it.pk, "Siti", admin.pk)]
    finally:
        migrate(AFTER)
    given = notice_of(has_it).acknowledgements.get()
    assert (given.given_on, given.how, given.name, given.post) == (
        TODAY,
        How.PAPER,
        "Siti",
        "Lurah",
    )
    assert given.recorded_by == admin
    assert notice_of(has_it).fate == Fate.ACKNOWLEDGED
    assert set(Notice.objects.unacknowledged().values_list("unit", flat=True)) == {
        had_it.pk,
        silent.pk,
    }
    assert is_proven(government)
