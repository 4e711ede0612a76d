from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Func, Q


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, government: int) -> EntryQuerySet:
        return self.filter(government=government)

    def about(self, subject: str) -> EntryQuerySet:
        return self.filter(subject=subject)

    def in_units(self, codes: Iterable[str]) -> EntryQuerySet:
        return self.filter(unit__in=codes)

    def under_letter(self, part_of_number: str) -> EntryQuerySet:
        return self.filter(letter__icontains=part_of_number)

    def by_actor(self, part_of_name: str) -> EntryQuerySet:
        return self.filter(actor_name__icontains=part_of_name)

    def saying(self, verb: str) -> EntryQuerySet:
        return self.filter(verb=verb)

    def since(self, day: date, tz: str = "Asia/Jakarta") -> EntryQuerySet:
        return self.filter(at__gte=_midnight(day, tz))

    def until(self, day: date, tz: str = "Asia/Jakarta") -> EntryQuerySet:
        """The whole of `day` counts."""
        return self.filter(at__lt=_midnight(day + timedelta(days=1), tz))

    def newest_first(self) -> EntryQuerySet:
        return self.order_by("-at", "-id")

    def before_row(self, at: datetime, id: int) -> EntryQuerySet:
        """Those that follow that row in `newest_first`: pages cost the same however deep."""
        return self.filter(Q(at__lt=at) | Q(at=at, id__lt=id), at__lte=at)


class Entry(models.Model):
    """One deed. Written once: triggers refuse UPDATE, DELETE and TRUNCATE, and set `at` and `leaf`.

    No foreign keys: the row outlives the people and things it names.
    """

    government = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    verb = models.TextField()
    subject = models.TextField(blank=True)  # "letter:12"
    unit = models.TextField(blank=True)  # the unit's code
    letter = models.TextField(blank=True)  # the number of the letter under which it was done
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    leaf = models.BinaryField(db_default=b"")  # canonical.entry_leaf, computed by the trigger

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["government", "at", "id"], name="journal_entry_page"),
            models.Index(
                fields=["government", "unit", "at"],
                name="journal_entry_unit",
                condition=~Q(unit=""),
            ),
            models.Index(
                fields=["subject", "id"], name="journal_entry_subject", condition=~Q(subject="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.subject}".strip()


class Waiting(models.Model):
    """A row no seal covers yet. The insert trigger adds it, the sealer takes it away.

    Rows commit in another order than their ids. A list of what waits cannot miss a late one, and
    unlike transaction numbers it means the same after a restore on another server.
    """

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "journal_waiting"

    def __str__(self) -> str:
        return str(self.entry_id)


class Seal(models.Model):
    """A batch of rows under one Merkle root; its signed head names the head before it.

    `ids` and `leaves` are the batch in its order: they tell which row was touched, not only that
    one was.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 without a gap
    previous = models.BinaryField()  # the head before, zeros for the first
    root = models.BinaryField()
    count = models.IntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    total = models.BigIntegerField()  # rows sealed so far, this batch included
    at = models.DateTimeField()
    key = models.TextField()  # signing.fingerprint of the public key
    ids = ArrayField(models.BigIntegerField())
    leaves = models.BinaryField()  # 32 bytes each, in the order of ids
    head = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        db_table = "journal_seal"
        indexes = [models.Index(fields=["last", "first"], name="journal_seal_range")]

    def __str__(self) -> str:
        return f"{self.number} ({self.count})"


def _midnight(day: date, tz: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(tz))
