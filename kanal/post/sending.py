"""Draining the outbox: one message at a time under a lease, each try written down before it is made.

Killed between the server's "250" and our commit, the message is sent once more after its lease,
with the same Message-ID: a copy at most, never a loss.

What keeps the working hours is passed over outside of them. Nothing is written down for that, so
nothing can be lost with it: the row waits as it is and is due again when they open.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM, record
from kanal.lib.secrets import SealBroken
from kanal.post import smtp
from kanal.post.connecting import Unreachable
from kanal.post.hours import WorkingTime
from kanal.post.leaving import unwanted
from kanal.post.models import Attempt, DeadAddress, Outcome, Outgoing, State
from kanal.post.routes import Route, route_of
from kanal.post.writing import AttachmentGone, written

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(days=5)
_BACKOFF = [1, 5, 15, 60, 120, 240]  # minutes

Clock = Callable[[], datetime]
Next = Callable[[], Outgoing | None]


def drain(government_id: int, *, now: Clock = timezone.now, most: int = 200) -> int:
    """Sends what is due; returns how many messages were handed over. Safe beside another."""
    try:
        route = route_of(government_id)
    except SealBroken:
        route = None
        log.warning("government %s: the SMTP password can't be opened", government_id)
    if route is None:
        return 0
    working = WorkingTime.of(Government.objects.get(pk=government_id))

    def claimed() -> Outgoing | None:
        at = now()
        return claim(government_id, at, is_open=working.is_open(at))

    sent = tried = 0
    while tried < most and (message := claimed()):
        tried += 1
        try:
            with smtp.connected(route) as server:
                # Connecting takes a while: they may have closed meanwhile.
                if message.keeps_hours and not working.is_open(now()):
                    _give_back(message)
                    continue
                more = _through(server, route, message, most - tried, now, claimed)
        except Unreachable as failed:
            attempt = _begin(message, now())
            _settle(message, attempt, Outcome.TEMPORARY, str(failed), now(), problem=failed.code)
            return sent
        sent, tried = sent + more[0], tried + more[1]
    return sent


def _through(
    server: smtplib.SMTP,
    route: Route,
    message: Outgoing | None,
    most: int,
    now: Clock,
    claimed: Next,
) -> tuple[int, int]:
    """As many as this connection takes: how many were sent, and how many more were tried."""
    sent = tried = 0
    while message is not None:
        outcome = _send(server, route, message, now)
        sent += outcome == Outcome.SENT
        if outcome == Outcome.UNCLEAR or tried >= most:
            break
        message = claimed()
        tried += message is not None
    return sent, tried


def claim(government_id: int, now: datetime, *, is_open: bool = True) -> Outgoing | None:
    """The next message that is due and nobody holds; while closed, of those that don't mind."""
    due = Q(state=State.WAITING, due_at__lte=now) & (
        Q(leased_until=None) | Q(leased_until__lte=now)
    )
    if not is_open:
        due &= Q(keeps_hours=False)
    with transaction.atomic():
        message = (
            Outgoing.objects.select_for_update(skip_locked=True)
            .filter(due, government_id=government_id)
            .order_by("due_at", "pk")
            .first()
        )
        if message is None:
            return None
        message.leased_until = now + LEASE
        message.fence += 1
        message.attempts += 1
        message.save(update_fields=["leased_until", "fence", "attempts"])
    return message


def _give_back(message: Outgoing) -> None:
    """Unsent and untried."""
    held = Outgoing.objects.filter(pk=message.pk, fence=message.fence, state=State.WAITING)
    held.update(leased_until=None, attempts=F("attempts") - 1)


def _send(server: smtplib.SMTP, route: Route, message: Outgoing, now: Clock) -> Outcome | None:
    """None: nobody should get it any more."""
    if why := unwanted(message):
        _cancel(message, why)
        return None
    attempt = _begin(message, now())
    try:
        raw = written(message, route)
    except AttachmentGone as gone:
        _settle(message, attempt, Outcome.PERMANENT, str(gone), now(), problem="file_gone")
        return Outcome.PERMANENT
    answer = smtp.hand_over(server, sender=route.address, to=message.to, raw=raw)
    with transaction.atomic():
        if answer.is_dead:
            bury(message.government_id, message.to, status="", detail=answer.reply, at=now())
        _settle(message, attempt, answer.outcome, answer.reply, now())
    return answer.outcome


def _cancel(message: Outgoing, why: str) -> None:
    with transaction.atomic():
        held = Outgoing.objects.filter(pk=message.pk, fence=message.fence, state=State.WAITING)
        if held.update(state=State.CANCELLED, leased_until=None, problem=why, problem_detail=""):
            record(
                verb="cancel-mail",
                by=SYSTEM,
                government=message.government_id,
                subject=f"outgoing:{message.pk}",
                after={"to": message.to, "kind": message.kind, "why": why},
            )


def _begin(message: Outgoing, at: datetime) -> Attempt:
    """On record before the server hears of it."""
    return Attempt.objects.create(message=message, fence=message.fence, began_at=at)


def _settle(
    message: Outgoing,
    attempt: Attempt,
    outcome: Outcome,
    reply: str,
    at: datetime,
    problem: str = "",
) -> None:
    """What came of it. Said too late, after another took the lease over, only the try is told."""
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(
            outcome=outcome, ended_at=at, reply=reply[:300]
        )
        held = Outgoing.objects.filter(pk=message.pk, fence=message.fence, state=State.WAITING)
        if outcome == Outcome.SENT:
            held.update(state=State.SENT, sent_at=at, leased_until=None, problem="")
        elif outcome == Outcome.PERMANENT:
            _refuse(held, problem or "permanent", reply)
        elif _is_given_up(message, at):
            _refuse(held, "expired", reply)
        else:
            held.update(
                leased_until=None,
                due_at=at + _pause(message.attempts),
                problem=problem or "temporary",
                problem_detail=reply[:300],
            )


def _refuse(held: object, problem: str, reply: str) -> None:
    held.update(  # type: ignore[attr-defined]
        state=State.REFUSED, leased_until=None, problem=problem, problem_detail=reply[:300]
    )


def _is_given_up(message: Outgoing, at: datetime) -> bool:
    """Days on which nobody tried, as holidays or without a server, are not held against it."""
    first = message.tries.order_by("pk").values_list("began_at", flat=True).first()
    return first is not None and at - first > GIVE_UP and message.attempts >= len(_BACKOFF)


def _pause(attempts: int) -> timedelta:
    return timedelta(minutes=_BACKOFF[min(attempts, len(_BACKOFF)) - 1])


def bury(government_id: int, address: str, *, status: str, detail: str, at: datetime) -> None:
    """Nobody is at this address any more."""
    DeadAddress.objects.update_or_create(
        government_id=government_id,
        address=address.lower(),
        defaults={"bounced_at": at, "status": status[:12], "detail": detail[:300]},
    )


def waiting_governments(now: datetime) -> list[int]:
    """Whose messages are due."""
    due = Outgoing.objects.filter(state=State.WAITING, due_at__lte=now)
    free = due.filter(Q(leased_until=None) | Q(leased_until__lte=now))
    return list(free.order_by().values_list("government_id", flat=True).distinct())
