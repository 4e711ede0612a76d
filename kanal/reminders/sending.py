"""Carrying a plan out: what is sent is decided, written down and queued in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.sql import SQL, Identifier

from kanal.compliance.actions import refresh
from kanal.directory.models import Government, User
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import SYSTEM, record
from kanal.lib.dates import local_day
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate, UnitStatus
from kanal.post import outbox
from kanal.post.hours import WorkingTime, calendar_of
from kanal.post.models import Outgoing, State
from kanal.reminders.actions import locked
from kanal.reminders.composing import KIND, drafts, key_of, key_to_verifier
from kanal.reminders.models import Run, Sent, Step
from kanal.reminders.permissions import SEND_REMINDERS
from kanal.reminders.planning import Line, Plan, plan, staged

DONE = "done"  # why a message was cancelled


class NothingInForce(Refused):
    """The mandate ended meanwhile, or nobody confirmed it."""


def send_due(government: Government, now: datetime) -> list[Run]:
    """What Kanal does by itself: each mandate's rules once a working day, inside the hours.

    Nothing while invented people stand in the register: their addresses exist nowhere.
    """
    if government.is_sample:
        return []
    day = local_day(now, government.timezone)
    waiting = _waiting_mandates(government, day)
    if not waiting or not WorkingTime.of(government).is_open(now):
        return []
    refresh(government=government, today=day)
    runs = [carry_out(mandate, day=day, now=now, by=None) for mandate in waiting]
    return [run for run in runs if run is not None]


def _waiting_mandates(government: Government, day: date) -> list[Mandate]:
    mandates = Mandate.objects.filter(government=government).in_force(day)
    ran = Run.objects.filter(day=day, by=None, mandate=OuterRef("pk"))
    with_rules = mandates.filter(
        Q(reminder_rules__active_until=None) | Q(reminder_rules__active_until__gt=day),
        reminder_rules__active_from__lte=day,
    )
    rows = with_rules.annotate(ran=Subquery(ran.values("pk")[:1])).filter(ran=None)
    found = rows.select_related("government").defer("text", "opening")
    return list({mandate.pk: mandate for mandate in found}.values())


def send_now(*, mandate: Mandate, by: User, now: datetime, at_any_hour: bool = False) -> Run:
    """The same at somebody's word. What was sent is not sent again.

    `at_any_hour`: they know that nobody is at work, and mean it; else it waits until somebody is.
    """
    require(by=by, permission=SEND_REMINDERS)
    require_own(by=by, government_id=mandate.government_id)
    day = local_day(now, mandate.government.timezone)
    refresh(government=mandate.government, today=day)
    run = carry_out(mandate, day=day, now=now, by=by, at_any_hour=at_any_hour)
    if run is None:
        raise NothingInForce(
            _("Dasar hukum ini tidak berlaku hari ini, jadi tidak ada yang diingatkan."),
            next_step=_("Periksa masa berlakunya di halaman Dasar hukum."),
        )
    return run


def carry_out(
    mandate: Mandate, *, day: date, now: datetime, by: User | None, at_any_hour: bool = False
) -> Run | None:
    """The day's plan, whole or not at all. None: not in force, or another worker was first."""
    with transaction.atomic():
        locked(mandate)
        in_force = Mandate.objects.filter(pk=mandate.pk).in_force(day).exists()
        ran = by is None and Run.objects.filter(mandate=mandate, day=day, by=None).exists()
        if ran or not in_force:
            return None
        cancel_done(mandate.government_id, day)
        made = plan(mandate, day, calendar=calendar_of(mandate.government_id))
        run = Run.objects.create(
            government_id=mandate.government_id,
            mandate=mandate,
            day=day,
            at=now,
            by=by,
            by_name=(by or SYSTEM).name,
            figures=made.figures(),
        )
        _write(made, run)
        outbox.enqueue_many(
            government_id=mandate.government_id,
            drafts=drafts(made, run_id=run.pk, at_any_hour=at_any_hour),
        )
        record(
            verb="send-reminders",
            by=by or SYSTEM,
            government=mandate.government_id,
            subject=f"reminder-run:{run.pk}",
            after={"mandate": mandate.name, "day": day.isoformat(), **run.figures},
        )
    return run


_COLUMNS = (
    "government_id",
    "run_id",
    "rule_id",
    "unit_id",
    "counted_from",
    "occurrence",
    "day",
    "stage",
    "step",
    "to",
    "person_id",
    "key",
)


def _write(made: Plan, run: Run) -> None:
    """As one COPY: a tenth of the time of inserts, where there are a hundred thousand."""
    names = SQL(", ").join(map(Identifier, _COLUMNS))
    into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(Sent._meta.db_table), names)
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for line in made.lines:
            for row in _rows(line, run):
                copy.write_row(row)


def _rows(line: Line, run: Run) -> Iterator[tuple[object, ...]]:
    """One for each address; where there is none, one that says so."""
    common = (
        run.government_id,
        run.pk,
        line.rule.pk,
        line.unit_id,
        line.office.counted_from,
        line.timed.occurrence,
        run.day,
        line.office.stage,
        line.reached.step,
    )
    if line.step == Step.NOBODY:
        yield (*common, "", None, "")
    to_verifier = line.step == Step.VERIFIER
    for one in line.recipients:
        key = key_to_verifier(run.pk, one.address) if to_verifier else key_of(line, one)
        yield (*common, one.address, one.person, key)


def governments_with_waiting() -> list[int]:
    """Whose reminders are queued and have not left."""
    waiting = Outgoing.objects.filter(kind=KIND, state=State.WAITING)
    return list(waiting.order_by().values_list("government_id", flat=True).distinct())


def cancel_done(government_id: int, day: date) -> int:
    """Queued messages whose offices all stand otherwise by now do not leave; returns how many."""
    waiting = Outgoing.objects.filter(government_id=government_id, kind=KIND, state=State.WAITING)
    with transaction.atomic():
        count = outbox.cancel(
            government_id=government_id,
            keys=_untrue(government_id, day, waiting.values("key")),
            problem=DONE,
        )
        if count:
            record(
                verb="cancel-reminders",
                by=SYSTEM,
                government=government_id,
                subject="reminders",
                after={"messages": count, "day": day.isoformat()},
            )
    return count


def unwanted(message: Outgoing) -> str:
    """See `kanal.post.leaving`."""
    day = local_day(timezone.now(), message.government.timezone)
    return DONE if _untrue(message.government_id, day, [message.key]) else ""


def _untrue(government_id: int, day: date, keys: Any) -> list[str]:
    """Of these messages' keys, those that say what is true of none of their offices any more."""
    in_force = Mandate.objects.filter(government_id=government_id).in_force(day)
    now = staged(
        UnitStatus.objects.filter(
            mandate__in=in_force.order_by().values("pk"),
            mandate=OuterRef("rule__mandate"),
            unit=OuterRef("unit"),
        ),
        day,
    )
    rows = Sent.objects.filter(government_id=government_id, key__in=keys)
    still = rows.annotate(stands=Subquery(now.values("stage")[:1])).values("key").order_by()
    stale = still.annotate(true=Count("pk", filter=Q(stands=F("stage")))).filter(true=0)
    return list(stale.values_list("key", flat=True))
