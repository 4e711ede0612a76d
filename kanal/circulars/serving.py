"""Bringing a circular to its offices, a thousand at a time: rows and messages in one transaction.

Killed anywhere, the thousand in work is undone whole and done again by the next run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from kanal.circulars import standing
from kanal.circulars.addressing import left, mended
from kanal.circulars.models import Circular, Errand, Notice, Service
from kanal.circulars.wording import Wording
from kanal.directory.models import Unit, UnitQuerySet
from kanal.journal.actions import SYSTEM, record
from kanal.lib import dates, waking
from kanal.lib.addresses import usable
from kanal.post.models import Outgoing
from kanal.post.outbox import enqueue_many

SERVE = "circulars.serve"
AT_ONCE = 1_000


def wake() -> None:
    """Worked off once this is committed; a lost call is made good by the sweep."""
    waking.wake(SERVE)


def work_off() -> int:
    """Everything that was asked for; returns how many offices it was. Safe beside another."""
    count = 0
    for pk in Service.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True):
        while served := serve_next(pk):
            count += served
    return count


def serve_next(service_pk: int, at_once: int = AT_ONCE) -> int:
    """The next offices of one service; 0: nobody is left, or another worker is at it."""
    with transaction.atomic(), override("id"):
        service = (
            Service.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("circular__mandate", "circular__government")
            .filter(pk=service_pk, done_at=None)
            .first()
        )
        if service is None:
            return 0
        units = list(_waiting(service)[:at_once])
        if not units:
            _finish(service)
            return 0
        by_errand = _bring if service.errand == Errand.NEW else _bring_again
        service.messages += by_errand(service, units)
        service.offices += len(units)
        service.seen_unit = units[-1].pk
        service.save(update_fields=["messages", "offices", "seen_unit"])
        government = service.circular.government
        standing.put_right(
            government.pk, [unit.pk for unit in units], dates.today(government.timezone)
        )
    return len(units)


def _waiting(service: Service) -> UnitQuerySet:
    circular = service.circular
    units = left(circular, service.day) if service.errand == Errand.NEW else mended(circular)
    ahead = units.filter(pk__gt=service.seen_unit).order_by("pk")
    return ahead.only("pk", "government_id", "name", "head_title", "email")


def _bring(service: Service, units: Sequence[Unit]) -> int:
    """A notice for each, and a message to whoever has an address. Returns how many messages."""
    notices = [_notice(service.circular, unit, service.day) for unit in units]
    sent = _send(service.circular, list(zip(notices, units, strict=True)))
    Notice.objects.bulk_create(notices)
    return sent


def _bring_again(service: Service, units: Sequence[Unit]) -> int:
    return send_again(service.circular, units)


def send_again(circular: Circular, units: Sequence[Unit]) -> int:
    """Another message about the notices that are there and reached nobody; to whoever has an

    address. Returns how many. In the caller's transaction.
    """
    mine = Notice.objects.filter(circular=circular, unit__in=units).unreached()
    notices = {notice.unit_id: notice for notice in mine.select_for_update(of=("self",))}
    pairs = [(notices[unit.pk], unit) for unit in units if unit.pk in notices]
    sent = _send(circular, pairs)
    Notice.objects.bulk_update([notice for notice, _unit in pairs], ["message", "tries"])
    return sent


def _notice(circular: Circular, unit: Unit, day: date) -> Notice:
    return Notice(
        government_id=circular.government_id, circular=circular, unit_id=unit.pk, served_on=day
    )


def _send(circular: Circular, pairs: Sequence[tuple[Notice, Unit]]) -> int:
    """Queues the messages and ties each to its notice, unsaved. Returns how many."""
    wording = Wording.of(circular)
    drafts = {
        notice.next_key: (notice, wording.draft(notice, unit, address))
        for notice, unit in pairs
        if (address := usable(unit.email))
    }
    if not drafts:
        return 0
    enqueue_many(
        government_id=circular.government_id, drafts=[each for _notice, each in drafts.values()]
    )
    written = Outgoing.objects.filter(government_id=circular.government_id, key__in=list(drafts))
    for key, pk in written.values_list("key", "pk"):
        notice = drafts[key][0]
        notice.message_id = pk
        notice.tries += 1
    return len(drafts)


def _finish(service: Service) -> None:
    service.done_at = timezone.now()
    service.save(update_fields=["done_at"])
    record(
        verb="served-circular",
        by=SYSTEM,
        government=service.circular.government_id,
        subject=f"circular:{service.circular_id}",
        after={"offices": service.offices, "messages": service.messages},
    )
