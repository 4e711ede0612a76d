"""The days and hours of a government: whose word they are, and what the sender makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kanal.directory.models import Government, RoleKind, User
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from kanal.post import actions, calendar, outbox, sending
from kanal.post.hours import WorkingTime
from kanal.post.models import DayOverride, Outgoing, SendingHours, State
from tests.factories import GovernmentFactory, a_government, a_user

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
CHRISTMAS_EVE, AFTER_CHRISTMAS = date(2026, 12, 23), date(2026, 12, 28)


def clock(day: date, hour: int, minute: int = 0, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


@pytest.fixture
def jakarta() -> Government:
    return a_government()


@pytest.fixture
def admin(jakarta: Government) -> User:
    return a_user(RoleKind.ADMINISTRATOR, government=jakarta)


def opens_after(government: Government, now: datetime) -> datetime | None:
    return WorkingTime.of(government).waits_until(now)


def test_the_next_opening(jakarta: Government) -> None:
    opening = clock(MONDAY, 7)
    assert opens_after(jakarta, clock(FRIDAY, 16, 59)) is None
    for closed in (clock(FRIDAY, 17), clock(SATURDAY, 12), clock(MONDAY, 6, 59)):
        assert opens_after(jakarta, closed) == opening
    assert opens_after(jakarta, opening) is None
    assert opens_after(jakarta, clock(CHRISTMAS_EVE, 18)) == clock(AFTER_CHRISTMAS, 7)


def test_by_the_wall_clock_of_the_place() -> None:
    papua = GovernmentFactory(code="91", timezone="Asia/Jayapura")
    assert opens_after(papua, clock(MONDAY, 6, 59, "Asia/Jayapura")) == clock(MONDAY, 5)
    assert opens_after(papua, clock(MONDAY, 15)) == clock(date(2026, 11, 24), 5)


def test_a_day_told_to_be_otherwise_and_back(jakarta: Government, admin: User) -> None:
    free = calendar.override_day(day=MONDAY, is_working=False, note="Pilkada", by=admin)
    calendar.override_day(day=SATURDAY, is_working=True, note="Ganti", by=admin)
    assert opens_after(jakarta, clock(SATURDAY, 8)) is None
    assert opens_after(jakarta, clock(SATURDAY, 18)) == clock(date(2026, 11, 24), 7)
    calendar.end_override(override=free, by=admin)
    assert opens_after(jakarta, clock(SATURDAY, 18)) == clock(MONDAY, 7)


def test_another_government_keeps_its_own_days(jakarta: Government, admin: User) -> None:
    """Neither its administrator nor its verifier changes ours, and ours change nothing of theirs."""
    row = calendar.override_day(day=MONDAY, is_working=False, note="Pilkada", by=admin)
    far = GovernmentFactory(code="32")
    written = Entry.objects.count()
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.VERIFIER):
        stranger = a_user(kind, government=far)
        with pytest.raises(NotAllowed):
            calendar.end_override(override=row, by=stranger)
    assert DayOverride.objects.get(pk=row.pk).ended_at is None
    assert Entry.objects.count() == written
    assert opens_after(far, clock(MONDAY, 9)) is None


def test_who_may_keep_them(jakarta: Government) -> None:
    reader = a_user(RoleKind.INSPECTOR, government=jakarta)
    with pytest.raises(NotAllowed):
        calendar.override_day(day=MONDAY, is_working=False, note="x", by=reader)
    with pytest.raises(NotAllowed):
        calendar.set_hours(opens=time(8), closes=time(9), by=reader)
    assert not DayOverride.objects.exists()
    assert not SendingHours.objects.exists()


def test_hours_that_end_before_they_begin_are_refused_by_the_database_too(
    jakarta: Government, admin: User
) -> None:
    with pytest.raises(calendar.HoursRefused):
        calendar.set_hours(opens=time(9), closes=time(9), by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        SendingHours.objects.create(government=jakarta, opens=time(9), closes=time(9))


def queued(government: Government, key: str, *, keeps_hours: bool) -> Outgoing:
    draft = outbox.Draft(
        key=key,
        kind="uji",
        to=f"{key}@contoh.go.id",
        subject="s",
        text="t",
        keeps_hours=keeps_hours,
    )
    message = outbox.enqueue(government_id=government.pk, draft=draft)
    Outgoing.objects.filter(pk=message.pk).update(due_at=clock(FRIDAY, 9))
    return message


def test_while_they_are_closed_only_what_does_not_mind_is_taken(jakarta: Government) -> None:
    bound = queued(jakarta, "pengingat", keeps_hours=True)
    free = queued(jakarta, "tanda-terima", keeps_hours=False)
    now = timezone.now()
    taken = sending.claim(jakarta.pk, now, is_open=False)
    assert taken is not None
    assert taken.pk == free.pk
    assert sending.claim(jakarta.pk, now, is_open=False) is None
    bound.refresh_from_db()
    assert (bound.state, bound.attempts, bound.leased_until) == (State.WAITING, 0, None)
    opened = sending.claim(jakarta.pk, now, is_open=True)
    assert opened is not None
    assert opened.pk == bound.pk


def test_the_page_says_until_when_and_at_somebodys_word_it_leaves_now(
    jakarta: Government, admin: User, client: Client
) -> None:
    today = timezone.now().astimezone(ZoneInfo(jakarta.timezone)).date()
    calendar.override_day(day=today, is_working=False, note="Uji", by=admin)
    message = queued(jakarta, "pengingat", keeps_hours=True)
    client.force_login(admin)
    page = reverse("post:message", args=[message.pk])
    assert "Pesan ini berangkat mulai" in client.get(page).content.decode()
    assert "Berangkat mulai" in client.get(reverse("post:outbox")).content.decode()
    actions.send_again(message=message, by=admin)
    assert "berangkat mulai" not in client.get(page).content.decode()
    assert sending.claim(jakarta.pk, timezone.now(), is_open=False) is not None
