"""The instruction as if it had been sent out weeks ago: most offices have said that they have it.

No message of the sample ever leaves: its rows say from the beginning what became of them, and
its addresses exist nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from kanal.circulars.actions import draft_instruction
from kanal.circulars.models import (
    KIND,
    Acknowledgement,
    Circular,
    Errand,
    Fate,
    How,
    Notice,
    Service,
)
from kanal.circulars.wording import Wording
from kanal.directory.models import Government, Unit, User
from kanal.mandates.models import Mandate
from kanal.post.models import Attempt, Outgoing
from kanal.post.models import State as Mailed
from kanal.post.outbox import enqueue_many
from kanal.sample.invent import Cast

SENT_AGO = timedelta(days=45)
DOMAIN = "surel.contoh.jakarta.example"
# What became of it, of every hundred offices; the others have acknowledged it.
SHARES = [(Fate.FAILED, 2), (Fate.PRINTED, 3), (Fate.SENT, 14)]


def serve_instruction(
    *, mandate: Mandate, units: Sequence[Unit], by: User, today: date, random: Random
) -> Circular:
    """In one transaction with the outbox's rows, so that no sender sees one that waits."""
    government, day = mandate.government, today - SENT_AGO
    at = datetime.combine(day, time(9, 30), ZoneInfo(government.timezone))
    with transaction.atomic(), override("id"):
        circular = draft_instruction(mandate=mandate, by=by)
        Circular.objects.filter(pk=circular.pk).update(served_on=day, is_sample=True)
        cast = Cast(random)
        fates = {unit.pk: _fate(random) for unit in units}
        notices = {unit.pk: _notice(circular, unit, fates[unit.pk], at, by) for unit in units}
        mailed = [unit for unit in units if fates[unit.pk] != Fate.PRINTED]
        _mail(circular, mailed, notices, at)
        back = [unit.pk for unit in mailed if fates[unit.pk] == Fate.FAILED]
        Outgoing.objects.filter(kind=KIND, unit__in=back).update(
            state=Mailed.BOUNCED, problem="permanent", problem_detail="550 5.1.1 (contoh)"
        )
        Notice.objects.bulk_create(notices.values())
        have_it = [notices[pk] for pk, fate in fates.items() if fate == Fate.ACKNOWLEDGED]
        Acknowledgement.objects.bulk_create(
            _acknowledgement(notice, at, cast, random) for notice in have_it
        )
        Service.objects.create(
            circular=circular,
            errand=Errand.NEW,
            asked_at=at,
            day=day,
            asked_by=by,
            asked_by_name=by.name,
            offices=len(units),
            messages=len(mailed),
            done_at=at + timedelta(minutes=1),
        )
    return circular


def _fate(random: Random) -> Fate:
    drawn = random.random() * 100
    for fate, share in SHARES:
        if drawn < share:
            return fate
        drawn -= share
    return Fate.ACKNOWLEDGED


def _notice(circular: Circular, unit: Unit, fate: Fate, at: datetime, by: User) -> Notice:
    notice = Notice(
        government_id=circular.government_id, circular=circular, unit=unit, served_on=at.date()
    )
    if fate == Fate.PRINTED:
        notice.printed_on = at.date() + timedelta(days=2)
        notice.printed_by_name = by.name
    return notice


def _acknowledgement(notice: Notice, at: datetime, cast: Cast, random: Random) -> Acknowledgement:
    person, recorded_at = cast.person(), at + timedelta(days=random.randrange(1, 20))
    return Acknowledgement(
        notice=notice,
        given_on=recorded_at.date(),
        how=How.LINK,
        name=person.name,
        post=person.post,
        recorded_at=recorded_at,
    )


def _mail(
    circular: Circular, units: Sequence[Unit], notices: dict[int, Notice], at: datetime
) -> None:
    wording = Wording.of(circular)
    drafts = [
        wording.draft(notices[unit.pk], unit, f"{unit.code.lower()}@{DOMAIN}") for unit in units
    ]
    enqueue_many(government_id=circular.government_id, drafts=drafts)
    rows = Outgoing.objects.filter(
        government_id=circular.government_id, key__in=[draft.key for draft in drafts]
    )
    rows.update(state=Mailed.SENT, made_at=at, due_at=at, sent_at=at)
    for pk, unit_id in rows.values_list("pk", "unit_id"):
        notices[unit_id].message_id = pk
        notices[unit_id].tries = 1


def circulars(government: Government) -> int:
    """Takes away what the sample's people served; not what somebody real had a hand in."""
    going = Circular.objects.filter(government=government, drafted_by__is_sample=True)
    going = going.exclude(services__asked_by__is_sample=False)
    going = going.exclude(notices__acknowledgements__recorded_by__is_sample=False)
    going = going.exclude(notices__acknowledgements__voided_by__is_sample=False)
    rows = list(going)
    keys = Q(pk__in=[])
    for circular in rows:
        keys |= Q(key__startswith=f"{KIND}:{circular.pk}:")
        if circular.kept_as and not circular.is_instruction:
            transaction.on_commit(partial(default_storage.delete, circular.kept_as))
    Acknowledgement.objects.filter(notice__circular__in=rows).delete()
    Notice.objects.filter(circular__in=rows).delete()
    Service.objects.filter(circular__in=rows).delete()
    messages = Outgoing.objects.filter(keys, government=government, kind=KIND)
    Attempt.objects.filter(message__in=messages).delete()
    messages.delete()
    Circular.objects.filter(pk__in=[circular.pk for circular in rows]).delete()
    return len(rows)
