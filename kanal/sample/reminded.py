"""Two weeks of reminders as if they had been sent: each with what became of it.

While the sample is there Kanal sends no reminder by itself; these rows say from the beginning
that they left, and their addresses exist nowhere.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from kanal.directory.models import Government, Person, User
from kanal.lib.workdays import Calendar
from kanal.mandates.models import Mandate
from kanal.post.models import Attempt, DayOverride, Outgoing, State
from kanal.reminders import sending
from kanal.reminders.actions import adopt_defaults
from kanal.reminders.composing import KIND
from kanal.reminders.models import Rule, Run, Sent
from kanal.sample.served import DOMAIN

BEGAN_AGO = timedelta(days=40)
WORKING_DAYS = 12
WITHOUT_ADDRESS = 6  # every so manieth person of the sample has none


def remind(mandate: Mandate, by: User, today: date) -> None:
    """In one transaction with the outbox's rows, so that no sender sees one that waits."""
    zone, calendar = ZoneInfo(mandate.government.timezone), Calendar()
    with transaction.atomic():
        _give_addresses(mandate.government)
        adopt_defaults(mandate=mandate, by=by, today=today - BEGAN_AGO)
        for ago in range(WORKING_DAYS, 0, -1):
            day = calendar.shift(today, -ago)
            at = datetime.combine(day, time(8, 5), zone)
            sending.carry_out(mandate, day=day, now=at, by=None)
            waiting = Outgoing.objects.filter(
                government_id=mandate.government_id, kind=KIND, state=State.WAITING
            )
            waiting.update(state=State.SENT, made_at=at, due_at=at, sent_at=at)


def _give_addresses(government: Government) -> None:
    people = list(Person.objects.filter(government=government, is_sample=True).order_by("pk"))
    for nth, person in enumerate(people):
        if nth % WITHOUT_ADDRESS:
            name = ".".join(person.name_folded.split())
            person.email = f"{name}.{person.pk}@{DOMAIN}"
    Person.objects.bulk_update(people, ["email"], batch_size=1_000)


def reminders(government: Government) -> int:
    """Takes away what the sample's rules sent, and whatever else its people set up."""
    rules = Rule.objects.filter(government=government, added_by__is_sample=True)
    going = list(rules.values_list("pk", flat=True))
    sent = Sent.objects.filter(rule__in=going)
    keys = list(sent.exclude(key="").values_list("key", flat=True).distinct())
    count = sent.count()
    sent.delete()
    # A list for verifiers may tell of a real rule's offices too: then it stays.
    kept = set(
        Sent.objects.filter(government=government, key__in=keys).values_list("key", flat=True)
    )
    messages = Outgoing.objects.filter(
        government=government, kind=KIND, key__in=[key for key in keys if key not in kept]
    )
    Attempt.objects.filter(message__in=messages).delete()
    messages.delete()
    Sent.objects.filter(government=government, person__is_sample=True).update(person=None)
    empty = Run.objects.filter(government=government, sent=None)
    (empty.filter(by=None) | empty.filter(by__is_sample=True)).delete()
    Rule.objects.filter(replaces__in=going).update(replaces=None)
    rules.delete()
    DayOverride.objects.filter(government=government, added_by__is_sample=True).delete()
    return count
