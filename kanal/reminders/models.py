from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kanal.compliance.stages import Stage
from kanal.directory.models import Government, Person, Unit, User
from kanal.mandates.models import Mandate


class Step(models.TextChoices):
    """Whom a message goes to; without an address there it goes to the next one."""

    OFFICER = "officer", _("Petugas")
    HEAD = "head", _("Kepala kantor")
    VERIFIER = "verifier", _("Verifikator Diskominfotik")
    NOBODY = "nobody", _("Tanpa alamat")


# Stages that wait for something of the office, in the order of the duty.
REMINDED = (Stage.UNKNOWN, Stage.NONE, Stage.NAMED, Stage.SOFT)


class RuleQuerySet(models.QuerySet["Rule"]):
    def active(self, day: date) -> RuleQuerySet:
        return self.filter(Q(active_until=None) | Q(active_until__gt=day), active_from__lte=day)


class Rule(models.Model):
    """When which offices are reminded, of what, and whom it is said to. Ended, never edited."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="reminder_rules")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    stages = ArrayField(models.CharField(max_length=12))
    # Working days from the day the office is waited for: before it when negative.
    offset = models.SmallIntegerField()
    every = models.PositiveSmallIntegerField(null=True)
    times = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=10, choices=Step)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    active_from = models.DateField()
    active_until = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_by_name = models.CharField(max_length=160)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_by_name = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "offset", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every=None, times=0) | Q(every__gte=1, times__gte=1),
                name="reminder_rule_repeats_or_not",
            ),
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="reminder_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(active_until=None, ended_at=None, ended_by_name="")
                | Q(active_until__isnull=False, ended_at__isnull=False) & ~Q(ended_by_name=""),
                name="reminder_rule_end_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def away(self) -> int:
        return abs(self.offset)

    @property
    def stages_shown(self) -> list[Stage]:
        return [Stage(stage) for stage in self.stages]


class Run(models.Model):
    """One carrying out of a mandate's rules, with what came of it."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="reminder_runs")
    day = models.DateField()
    at = models.DateTimeField()
    # Empty where Kanal began it by itself: once a day.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    # How many: {"units", "messages", "went_up", "nobody", "officer", "head", "verifier"}
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "day"], condition=Q(by=None), name="reminder_run_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["mandate", "-day"], name="reminder_run_last")]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.day}"


class Sent(models.Model):
    """One reminder of one office to one address: the fact, written with the queued message.

    `counted_from` is the day the rule counted from: an extended deadline is reminded of anew.
    `key` finds the message in the outbox; empty where nobody had an address.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="sent")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="sent")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    counted_from = models.DateField()
    occurrence = models.PositiveSmallIntegerField()
    day = models.DateField()
    stage = models.CharField(max_length=12)
    step = models.CharField(max_length=10, choices=Step)
    to = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "unit", "counted_from", "occurrence", "to"],
                name="reminder_sent_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-day"], name="reminder_of_unit"),
            models.Index(fields=["government", "key"], name="reminder_key"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.rule_id}"

    @property
    def went_up(self) -> bool:
        return self.step != self.rule.step
