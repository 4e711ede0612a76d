from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kanal.digests.months import Month
from kanal.directory.models import Government, User
from kanal.mandates.models import Mandate


class SheetQuerySet(models.QuerySet["Sheet"]):
    def newest(self) -> SheetQuerySet:
        """Of each month the last edition, the latest month first."""
        return self.order_by("government", "-month", "-edition").distinct("government", "month")


class Sheet(models.Model):
    """One edition of one month's sheet: its figures and its PDF, kept as they were made.

    A mistake found later makes another edition, which says why. See `gathering.py` for `figures`.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="sheets")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    # The month's first day; `day` is the one its figures stand for, its last.
    month = models.DateField()
    day = models.DateField()
    edition = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=160, blank=True)
    figures = models.JSONField()
    kept_as = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(max_length=160)
    is_sample = models.BooleanField(default=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "month", "edition"], name="sheet_edition_once"
            ),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | Q(edition__gt=1) & ~Q(reason=""),
                name="sheet_later_edition_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_month}/{self.edition}"

    @property
    def of_month(self) -> Month:
        return Month(self.month)

    @property
    def file_name(self) -> str:
        edition = f"-edisi-{self.edition}" if self.edition > 1 else ""
        return f"lembar-{self.of_month}{edition}.pdf"


class Step(models.TextChoices):
    WAITING = "waiting", _("Menunggu giliran")
    COUNTING = "counting", _("Menghitung kantor")
    SETTING = "setting", _("Menyusun halaman")
    DONE = "done", _("Selesai")
    REFUSED = "refused", _("Tidak dibuat")


class Making(models.Model):
    """A sheet that was asked for, and how far it is. One at a time for each month."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    month = models.DateField()
    # Empty for the first edition.
    reason = models.CharField(max_length=160, blank=True)
    sends = models.BooleanField(default=False)
    step = models.CharField(max_length=10, choices=Step, default=Step.WAITING)
    units_done = models.PositiveIntegerField(default=0)
    units_all = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Whoever holds the lease makes it; a worker that was killed lets it run out.
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="makings")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "month"], condition=Q(ended_at=None), name="making_open_once"
            ),
            models.CheckConstraint(
                condition=Q(step__in=["done", "refused"], ended_at__isnull=False)
                | Q(step__in=["waiting", "counting", "setting"], ended_at=None),
                name="making_ends_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=Q(step="done", sheet__isnull=False, problem="")
                | ~Q(step="done") & Q(sheet=None),
                name="making_done_has_a_sheet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_month}: {self.step}"

    @property
    def of_month(self) -> Month:
        return Month(self.month)


class Dispatch(models.Model):
    """A sheet was sent to whoever had a subscription then and had not got it yet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="dispatches")
    count = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.count}"


class Subscription(models.Model):
    """What was decided about one person's mail. Without a row, readers get it and others don't."""

    user = models.OneToOneField(User, models.PROTECT, related_name="digest")
    wants = models.BooleanField()
    # Whoever stopped it themselves is not signed up again by others.
    is_own = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"{self.user}: {self.wants}"
