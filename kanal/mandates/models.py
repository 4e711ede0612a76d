from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, UnitClass, User

# `MandateQuerySet.in_force` for SQL that is written out, where the table is called `mandate`.
IN_FORCE = """mandate.confirmed_at is not null and mandate.in_force_from <= %(day)s
    and (mandate.in_force_until is null or mandate.in_force_until > %(day)s)"""


class MandateQuerySet(models.QuerySet["Mandate"]):
    def confirmed(self) -> MandateQuerySet:
        return self.exclude(confirmed_at=None)

    def in_force(self, day: date) -> MandateQuerySet:
        return (
            self.confirmed()
            .filter(Q(in_force_until=None) | Q(in_force_until__gt=day), in_force_from__lte=day)
            .order_by("-in_force_from", "-pk")
        )


class Mandate(models.Model):
    """An instruction as data. What could not be read is empty until a person fills it in."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="mandates")
    form = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    signed_at = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    opening = models.TextField(blank=True)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    signer_name = models.CharField(max_length=160, blank=True)
    signer_nip = models.CharField(max_length=18, blank=True)
    signer_post = models.CharField(max_length=200, blank=True)
    written_deadline = models.DateField(null=True)
    written_deadline_text = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by_name = models.CharField(max_length=160, blank=True)
    # Uploaded by mistake and never confirmed: it stays, and counts for nothing.
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    discarded_by_name = models.CharField(max_length=160, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "text_sha256"],
                condition=Q(discarded_at=None),
                name="mandate_text_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None, discarded_by_name="")
                | Q(discarded_at__isnull=False, confirmed_at=None) & ~Q(discarded_by_name=""),
                name="mandate_discarded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by_name="")
                | Q(confirmed_at__isnull=False)
                & ~Q(confirmed_by_name="")
                & Q(in_force_from__isnull=False),
                name="mandate_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="mandate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """ "Instruksi Sekretaris Daerah No. 20 Tahun 2018"."""
        if not self.number:
            return self.form or str(_("Dasar hukum tanpa nomor"))
        year = f" Tahun {self.year}" if self.year else ""
        return f"{self.form} No. {self.number}{year}"

    @property
    def short_name(self) -> str:
        return self.name.replace("Sekretaris Daerah", "Sekda")

    @property
    def deadline_precedes_signing(self) -> bool:
        if self.written_deadline is None or self.signed_on is None:
            return False
        return self.written_deadline < self.signed_on


class Addressee(models.Model):
    """One line under "Kepada", and the class of unit it means."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="addressees")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=250)
    unit_class = models.CharField(max_length=20, choices=UnitClass, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "order"], name="addressee_order_once")
        ]

    def __str__(self) -> str:
        return self.text


class Dictum(models.Model):
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="dicta")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    text = models.TextField()
    items = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "label"], name="dictum_label_once")
        ]

    def __str__(self) -> str:
        return self.label


class CopyTo(models.Model):
    """Tembusan: who receives a copy of the instruction."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="copies")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=250)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class DeadlineDecisionQuerySet(models.QuerySet["DeadlineDecision"]):
    def known_on(self, day: date) -> DeadlineDecisionQuerySet:
        return self.filter(decided_on__lte=day)


class DeadlineDecision(models.Model):
    """When lateness begins, decided by a named person. The newest decision counts.

    With a unit it is that unit's own extension, and counts before the general one.
    """

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="deadlines")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="deadlines")
    effective_on = models.DateField()
    reason = models.CharField(max_length=400)
    decided_by_name = models.CharField(max_length=160)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DeadlineDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decided_by_name=""),
                name="deadline_has_name_and_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate}: {self.effective_on}"


# The day an open unit is waited for since, as its row stands: the order of the board's list. A
# complete unit has none. Without a day of its own it can be an index, and the first page of a
# list of 115,000 units is read from it instead of sorted.
WAITED_FOR_SINCE = Case(
    When(
        accounts_since__isnull=False,
        hardcopy_on=None,
        then=Greatest(
            "due_on",
            Case(
                When(officer_from=None, then=Coalesce("vacant_since", "accounts_since")),
                default=Coalesce("vacant_since", "letter_since", "accounts_since"),
            ),
        ),
    ),
    output_field=models.DateField(null=True),
)


class UnitStatus(models.Model):
    """Where one unit stands under one mandate: dates only, so that a new day needs no rewriting.

    Kept by the actions of the rooms above (each room its own columns, see `standing.py`) and
    proved equal to the facts by `kanal rebuild-status --check`.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="statuses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="statuses")
    unit_class = models.CharField(max_length=20)
    # The city and the district it lies in, by code; empty for offices of the whole government.
    region = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True)
    # register
    accounts_since = models.DateField(null=True)
    networks = ArrayField(models.CharField(max_length=12), default=list)
    nil_since = models.DateField(null=True)
    # appointments: the stretch of days with an officer that holds today, else the next one
    officer_from = models.DateField(null=True)
    officer_until = models.DateField(null=True)
    vacant_since = models.DateField(null=True)
    officer_names = models.CharField(max_length=400, blank=True)
    letter_since = models.DateField(null=True)
    # intake: only when every letter in force has been received so
    softcopy_on = models.DateField(null=True)
    hardcopy_on = models.DateField(null=True)
    # circulars: the instruction sent out to it and acknowledged; since when something of it, or of
    # a later circular, has not reached the office on any way
    served_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    undelivered_since = models.DateField(null=True)
    # A later day on which a column would read otherwise: the nightly refresh picks it up.
    turns_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "unit"], name="status_once"),
        ]
        indexes = [
            models.Index(
                fields=["government", "mandate", "unit_class"],
                include=[
                    "region",
                    "district",
                    "due_on",
                    "accounts_since",
                    "nil_since",
                    "officer_from",
                    "officer_until",
                    "softcopy_on",
                    "hardcopy_on",
                    "vacant_since",
                    "letter_since",
                    "undelivered_since",
                ],
                name="status_board",
            ),
            models.Index("government", "mandate", WAITED_FOR_SINCE, "unit", name="status_waiting"),
            models.Index(
                fields=["government", "mandate", "undelivered_since", "unit"],
                condition=Q(undelivered_since__isnull=False),
                name="status_undelivered",
            ),
            models.Index(
                fields=["turns_on"], condition=Q(turns_on__isnull=False), name="status_turns"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.mandate_id}"
