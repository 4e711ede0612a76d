from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Capacity, Government, Person, Unit, User
from kanal.register.models import Account


class LetterKind(models.TextChoices):
    APPOINTMENT = "penunjukan", _("Penunjukan")
    REPLACEMENT = "penggantian", _("Penggantian")
    TERMINATION = "penghentian", _("Penghentian")
    CORRECTION = "ralat", _("Ralat")


class LetterForm(models.TextChoices):
    SURAT_PENUNJUKAN = "surat_penunjukan", _("Surat Penunjukan")
    SURAT_TUGAS = "surat_tugas", _("Surat Tugas")
    SURAT_PERINTAH_TUGAS = "surat_perintah_tugas", _("Surat Perintah Tugas")
    SURAT_PENUGASAN = "surat_penugasan", _("Surat Penugasan")
    KEPUTUSAN = "keputusan", _("Keputusan")
    SURAT = "surat", _("Surat dinas lain")


# Forms that say nothing, or too little, of what the letter does.
PLAIN_FORMS = {LetterForm.SURAT_PENUNJUKAN, LetterForm.SURAT}
_CALLED = {
    LetterKind.REPLACEMENT: _("Surat Penggantian"),
    LetterKind.TERMINATION: _("Surat Penghentian"),
    LetterKind.CORRECTION: _("Ralat"),
}


class LetterState(models.TextChoices):
    SUBMITTED = "submitted", _("Menunggu verifikasi")
    HELD = "held", _("Ditunda")
    RETURNED = "returned", _("Dikembalikan")
    ACCEPTED = "accepted", _("Diterima")


OPEN_STATES = [LetterState.SUBMITTED, LetterState.HELD]


class Duty(models.TextChoices):
    CONTENT = "konten", _("Penyediaan, penempatan, dan pembaruan konten")
    COORDINATION = "koordinasi", _("Pengumpulan konten dan koordinasi dengan Diskominfotik")


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def accepted(self) -> LetterQuerySet:
        return self.filter(state=LetterState.ACCEPTED)


class Letter(models.Model):
    """One letter of one unit, as its own text says it. Once decided, nothing of it changes."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="letters")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind)
    form = models.CharField(max_length=24, choices=LetterForm)
    number = models.CharField(max_length=80)
    number_key = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    dated = models.DateField()
    subject = models.CharField(max_length=300)
    signer_name = models.CharField(max_length=200)
    signer_nip = models.CharField(max_length=18, blank=True)
    signer_post = models.CharField(max_length=250)
    signer_capacity = models.CharField(max_length=12, choices=Capacity)
    begins_on = models.DateField()
    # The last day in force, as letters write it; None: until a later letter.
    ends_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.SUBMITTED)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_by_name = models.CharField(max_length=160)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            # Each signing unit keeps its own book: unique per issuer, form and year.
            models.UniqueConstraint(
                fields=["unit", "form", "year", "number_key"],
                condition=~Q(state="returned"),
                name="letter_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "returned"], decided_at__isnull=False)
                | Q(state__in=["submitted", "held"], decided_at=None),
                name="letter_decided_when_accepted_or_returned",
            ),
            models.CheckConstraint(
                condition=Q(kind="ralat", corrects__isnull=False) | ~Q(kind="ralat"),
                name="letter_ralat_names_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("begins_on")),
                name="letter_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "state", "submitted_at"], name="letter_waiting"),
            models.Index(fields=["unit", "dated"], name="letter_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.called} {self.number}"

    @property
    def called(self) -> str:
        """What the letter is: a penggantian in the form of a Surat Penunjukan appoints nobody anew."""
        form = self.get_form_display()
        if self.kind == LetterKind.APPOINTMENT:
            return form
        if self.form in PLAIN_FORMS:
            return str(_CALLED[LetterKind(self.kind)])
        return f"{form} ({self.get_kind_display()})"

    @property
    def is_waiting(self) -> bool:
        return self.state in OPEN_STATES


class LetterOfficer(models.Model):
    """A person the letter names: who begins (or, in a penghentian, who ends) and for what."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_in")
    post = models.CharField(max_length=200)
    rank = models.CharField(max_length=80, blank=True)
    duties = ArrayField(models.CharField(max_length=12, choices=Duty))
    # No rows in `accounts` means all the unit's accounts, present and later ones.
    accounts = models.ManyToManyField(Account, related_name="named_in", blank=True)
    replaces = models.ForeignKey(Person, models.PROTECT, null=True, related_name="replaced_in")
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="letter_names_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.letter})"

    @property
    def only_leaves(self) -> bool:
        """In a penggantian: somebody goes, and nobody comes in their place."""
        return self.replaces_id == self.person_id


class LetterFile(models.Model):
    """The letter itself or evidence beside it: kept byte for byte with its SHA-256."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    kept_as = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    is_evidence = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class CheckName(models.TextChoices):
    AUTHENTIC = "asli", _("Surat asli dan utuh")
    SIGNER = "penandatangan", _("Penandatangan berwenang pada tanggal surat")
    OFFICER = "petugas", _("Petugas pegawai kantor ini dan identitasnya benar")
    DUTIES = "tugas", _("Tugas sesuai diktum KEDUA")
    ACCOUNTS = "akun", _("Akun yang disebut milik kantor ini")
    DATES = "tanggal", _("Nomor, tanggal, dan masa berlaku masuk akal")


class Verdict(models.TextChoices):
    MEETS = "meets", _("Memenuhi")
    HOLD = "hold", _("Tunda")
    REFUSE = "refuse", _("Tolak")


class Check(models.Model):
    """One named check of one letter; the newest row of a name counts."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="checks")
    name = models.CharField(max_length=16, choices=CheckName)
    verdict = models.CharField(max_length=8, choices=Verdict)
    note = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"


class ReturnReason(models.TextChoices):
    UNREADABLE = "tidak_terbaca", _("Berkas tidak terbaca")
    NO_SIGNATURE = "tanpa_tanda_tangan", _("Belum ditandatangani")
    WRONG_SIGNER = "penandatangan_salah", _("Penandatangan tidak berwenang")
    NUMBER_MISSING = "nomor_salah", _("Nomor atau tanggal tidak benar")
    OFFICER_WRONG = "petugas_salah", _("Data petugas tidak benar")
    ACCOUNT_WRONG = "akun_salah", _("Akun tidak benar")
    NOT_A_LETTER = "bukan_surat", _("Bukan surat penunjukan atau penggantian")
    CONTRADICTS = "bertentangan", _("Bertentangan dengan surat lain")
    OTHER = "lain", _("Lainnya")


class Decision(models.Model):
    """Accepted, held or returned: who, when, and what the office should do."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=LetterState)
    reason = models.CharField(max_length=24, choices=ReturnReason, blank=True)
    note = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.letter}: {self.outcome}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def known(self, at: datetime | None = None) -> AppointmentQuerySet:
        """As recorded now, or as it was known at an earlier instant."""
        if at is None:
            return self.filter(recorded__endswith=None)
        return self.filter(recorded__contains=at)

    def on(self, day: date) -> AppointmentQuerySet:
        return self.filter(valid__contains=day)

    def answering_for(self, account: Account) -> AppointmentQuerySet:
        return self.filter(Q(account=None) | Q(account=account), unit_id=account.unit_id)


class Appointment(models.Model):
    """Who answers for an account (None: all the unit's), on which days, under which letter.

    `valid` is the days the letters say; `recorded` is since when, and until when, the register
    held that to be so. A row is never rewritten: its recorded time is closed and a new row tells
    the new truth. A trigger refuses anything else.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="appointments")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="begun")
    ended_by = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="ended")
    duties = ArrayField(models.CharField(max_length=12, choices=Duty))
    valid = DateRangeField()
    recorded = DateTimeRangeField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="appointment_no_overlap",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Coalesce("account", 0), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="appointment_has_a_day"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "person"],
                condition=Q(recorded__endswith=None),
                name="appointment_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.valid}"

    @property
    def begins_on(self) -> date:
        return cast("date", self.valid.lower)

    @property
    def until(self) -> date | None:
        """The first day without it."""
        return cast("date | None", self.valid.upper)
