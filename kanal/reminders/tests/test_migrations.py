"""The calendar and the hours went from reminders to where sheets and the sender see them too."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kanal.directory.models import RoleKind
from kanal.post import calendar
from kanal.post.hours import calendar_of, hours_of
from kanal.post.models import DayOverride
from tests.factories import a_government, a_user

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "0001_reminders", "0002_calendar_to_post"
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def migrate(to: str) -> None:
    MigrationExecutor(connection).migrate([("reminders", to)])


def test_days_and_hours_keep_their_numbers() -> None:
    government = a_government()
    admin = a_user(RoleKind.ADMINISTRATOR, government=government)
    try:
        migrate(BEFORE)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into reminders_dayoverride (id, government_id, day, is_working, note,"
                " added_by_id, added_by_name, added_at, ended_by_name)"
                " values (41, %s, %s, false, 'Pilkada', %s, 'Ayu', now(), '')",
                [government.pk, MONDAY, admin.pk],
            )
            cursor.execute(
                "insert into reminders_sendinghours (government_id, opens, closes)"
                " values (%s, '09:00', '11:00')",
                [government.pk],
            )
    finally:
        migrate(AFTER)
    moved = DayOverride.objects.get()
    assert (moved.pk, moved.day, moved.added_by, moved.note) == (41, MONDAY, admin, "Pilkada")
    assert not calendar_of(government.pk).is_working(MONDAY)
    assert (hours_of(government.pk).opens, hours_of(government.pk).closes) == (time(9), time(11))
    later = calendar.override_day(day=TUESDAY, is_working=False, note="x", by=admin)
    assert later.pk == 42
