"""What keeps the working hours leaves inside them: once, whatever ends on the way. Real SMTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.smtp import Envelope
from django.db import connection
from django.utils import timezone

from kanal.directory.models import Government
from kanal.paper import envelope
from kanal.post import outbox, sending, smtp
from kanal.post.models import Attempt, DayOverride, Outgoing, SendingHours, State
from tests.factories import a_government
from tests.servers.offices import a_sender
from tests.servers.processes import dies_at
from tests.servers.smtp import OK, Post

pytestmark = pytest.mark.django_db(transaction=True)

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
JAKARTA = ZoneInfo("Asia/Jakarta")
RECEIPT = "tanda-terima@contoh.go.id"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), JAKARTA).astimezone(UTC)


def queue(count: int) -> Government:
    """Reminders, and behind them one receipt, all due since Friday morning."""
    government = a_government()
    bound = [_draft(f"kantor{n}", keeps_hours=True) for n in range(count)]
    drafts = [*bound, _draft("tanda-terima", keeps_hours=False)]
    outbox.enqueue_many(government_id=government.pk, drafts=drafts)
    Outgoing.objects.update(made_at=at(FRIDAY, 9), due_at=at(FRIDAY, 9))
    return government


def _draft(name: str, *, keeps_hours: bool) -> outbox.Draft:
    to = f"{name}@contoh.go.id"
    return outbox.Draft(key=name, kind="x", to=to, subject="x", text="x", keeps_hours=keeps_hours)


def got(post: Post) -> list[str]:
    return [to for to, _raw in post.received]


def test_closing_time_comes_in_the_middle(post: Post) -> None:
    """The second is handed over at 16.59; the receipt leaves after the others have gone home."""
    government = queue(4)
    a_sender(post)
    now = [at(FRIDAY, 16, 58)]

    def a_minute_each(_envelope: Envelope) -> str:
        now[0] += timedelta(minutes=1)
        return OK

    post.at_data = a_minute_each
    assert sending.drain(government.pk, now=lambda: now[0]) == 3
    assert got(post) == ["kantor0@contoh.go.id", "kantor1@contoh.go.id", RECEIPT]
    waiting = Outgoing.objects.filter(state=State.WAITING)
    assert list(waiting.values_list("attempts", "leased_until")) == [(0, None)] * 2

    for closed in (at(FRIDAY, 20), at(SATURDAY, 9), at(MONDAY, 6, 59)):
        assert sending.drain(government.pk, now=lambda moment=closed: moment) == 0
    now[0] = at(MONDAY, 7)
    assert sending.drain(government.pk, now=lambda: now[0]) == 2
    assert sorted(got(post)) == sorted([*(f"kantor{n}@contoh.go.id" for n in range(4)), RECEIPT])


def test_they_close_while_the_server_is_being_reached(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    government = queue(1)
    a_sender(post)
    now, connected = [at(FRIDAY, 16, 59)], smtp.connected

    @contextmanager
    def slowly(*given: Any, **named: Any) -> Iterator[Any]:
        now[0] += timedelta(minutes=1)
        with connected(*given, **named) as server:
            yield server

    monkeypatch.setattr(smtp, "connected", slowly)
    assert sending.drain(government.pk, now=lambda: now[0]) == 1
    assert got(post) == [RECEIPT]
    bound = Outgoing.objects.get(keeps_hours=True)
    assert (bound.state, bound.attempts, bound.leased_until) == (State.WAITING, 0, None)
    assert not Attempt.objects.filter(message=bound).exists()
    now[0] = at(MONDAY, 8)
    assert sending.drain(government.pk, now=lambda: now[0]) == 1


def test_refused_for_now_over_long_holidays_it_is_not_given_up(post: Post) -> None:
    """Days on which nobody tried don't count as days of trying."""
    government = queue(1)
    a_sender(post)
    post.at_data = lambda envelope: "451 4.3.0 try later"
    sending.drain(government.pk, now=lambda: at(FRIDAY, 16, 50))
    after = at(FRIDAY, 9) + timedelta(days=14)
    sending.drain(government.pk, now=lambda: after)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.WAITING}
    post.at_data = lambda envelope: OK
    assert sending.drain(government.pk, now=lambda: after + timedelta(hours=1)) == 2


@pytest.mark.parametrize(("place", "copies"), [("before", 1), ("after", 2)])
def test_killed_in_the_last_minute_the_copy_waits_for_the_morning(
    post: Post, place: str, copies: int
) -> None:
    """The worker is ended (-9) at the server's `250`; by then they have closed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    government = a_government()
    a_sender(post)
    works(government, is_working=True)
    outbox.enqueue_many(government_id=government.pk, drafts=[_draft("kantor", keeps_hours=True)])
    dies_at(f"{place}=kanal.post.smtp:hand_over*1", "work")
    assert len(post.received) == copies - 1

    works(government, is_working=False)
    outbox.enqueue_many(government_id=government.pk, drafts=[_draft("baru", keeps_hours=True)])
    outbox.enqueue_many(
        government_id=government.pk, drafts=[_draft("tanda-terima", keeps_hours=False)]
    )
    Outgoing.objects.exclude(leased_until=None).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )
    assert sending.drain(government.pk) == 1
    assert got(post)[-1] == RECEIPT
    assert sending.drain(government.pk) == 0

    works(government, is_working=True)
    assert sending.drain(government.pk) == 2
    names = [envelope.read(raw).message_id for raw in post.to("kantor@contoh.go.id")]
    assert len(names) == copies
    assert len(set(names)) == 1
    assert len(post.to("baru@contoh.go.id")) == 1
    assert not Outgoing.objects.exclude(state=State.SENT).exists()


def works(government: Government, *, is_working: bool) -> None:
    """Round the clock, or not at all, on the day this runs and the next."""
    SendingHours.objects.update_or_create(
        government=government, defaults={"opens": time(0), "closes": time.max}
    )
    today = timezone.now().astimezone(JAKARTA).date()
    for day in (today, today + timedelta(days=1)):
        DayOverride.objects.update_or_create(
            government=government, day=day, ended_at=None, defaults={"is_working": is_working}
        )


def test_many_workers_at_the_opening_send_each_once(post: Post) -> None:
    government = queue(40)
    a_sender(post)
    assert sending.drain(government.pk, now=lambda: at(SATURDAY, 9)) == 1

    def work() -> None:
        try:
            sending.drain(government.pk, now=lambda: at(MONDAY, 7))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(got(post)) == sorted([*(f"kantor{n}@contoh.go.id" for n in range(40)), RECEIPT])
