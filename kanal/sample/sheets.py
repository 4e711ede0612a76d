"""The sample's sheets of the month: asked for at loading, made by the worker afterwards."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from kanal.digests.actions import ask
from kanal.digests.models import Dispatch, Making, Sheet, Subscription
from kanal.digests.months import Month
from kanal.digests.sending import KIND
from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM
from kanal.post.models import Attempt, Outgoing

MONTHS = 2


def ask_for_sheets(government: Government, day: date) -> None:
    for month in Month.of(day).back(MONTHS):
        ask(government=government, month=month, sends=False, by=SYSTEM, today=day)


def sheets(government: Government) -> int:
    """Takes away those that counted the sample, with their messages, and what its people chose."""
    going = Sheet.objects.filter(government=government, is_sample=True)
    rows = list(going)
    keys = Q(pk__in=[])
    for sheet in rows:
        keys |= Q(key__startswith=f"{KIND}:{sheet.of_month}:{sheet.edition}:")
        transaction.on_commit(partial(default_storage.delete, sheet.kept_as))
    messages = Outgoing.objects.filter(keys, government=government, kind=KIND)
    Attempt.objects.filter(message__in=messages).delete()
    messages.delete()
    Dispatch.objects.filter(sheet__in=rows).delete()
    # What still waits to be made would count an office without anybody in it.
    Making.objects.filter(Q(sheet__in=rows) | Q(ended_at=None), government=government).delete()
    going.delete()
    Subscription.objects.filter(user__government=government, user__is_sample=True).delete()
    return len(rows)
