"""Mails as they came, the copies in which they came, and the files they brought."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Letter
from kanal.directory.models import Government, Unit
from kanal.lib.dates import local_day
from kanal.post.models import Mailbox


class MailState(models.TextChoices):
    ARRIVED = "arrived", _("Sedang dibaca")
    HELD = "held", _("Belum terfilekan")
    FILED = "filed", _("Menunggu dicatat")
    ENTERED = "entered", _("Sudah dicatat")
    CLOSED = "closed", _("Bukan surat")
    AUTOMATIC = "automatic", _("Balasan otomatis")
    REFUSED = "refused", _("Ditolak")


WAITING_STATES = [MailState.HELD, MailState.FILED]


class Proof(models.TextChoices):
    """What the check of the sender came to; never alone decisive."""

    VERIFIED = "verified", _("Pengirim cocok")
    NONE = "none", _("Tidak dapat diperiksa")
    FAILED = "failed", _("Pengirim tidak cocok")


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> MailQuerySet:
        return self.filter(state__in=WAITING_STATES)


class Mail(models.Model):
    """One mail, however many copies of it came. What it says of itself is as the sender said it."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="+")
    # Of what the sender wrote, without what servers added on the way: copies share it.
    content_sha256 = models.CharField(max_length=64)
    message_id = models.CharField(max_length=520, blank=True)
    in_reply_to = models.CharField(max_length=520, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=300, blank=True)
    # Where an answer goes: Reply-To, or the sender.
    answer_address = models.CharField(max_length=320, blank=True)
    # Why nobody was answered; empty when somebody was, or it is not decided yet.
    unanswered = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MailState, default=MailState.ARRIVED)
    # Why it waits or what is odd about it; words of intake/mail_words.py.
    reasons = ArrayField(models.CharField(max_length=200), default=list)
    body = models.TextField(blank=True)
    has_html = models.BooleanField(default=False)
    proof = models.CharField(max_length=10, choices=Proof, default=Proof.NONE)
    proofs = models.JSONField(default=dict)
    # [{"unit": pk, "because": [...]}], the likeliest first.
    proposals = models.JSONField(default=list)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="mails")
    filed_at = models.DateTimeField(null=True)
    filed_by_name = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)
    agenda_year = models.PositiveSmallIntegerField(null=True)
    agenda_number = models.PositiveIntegerField(null=True)
    # Whoever reads it holds the lease; the fence refuses what an earlier reader says too late.
    leased_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "content_sha256"], name="mail_content_once"
            ),
            models.UniqueConstraint(
                fields=["government", "agenda_year", "agenda_number"],
                name="mail_agenda_once",
            ),
            models.CheckConstraint(
                condition=Q(agenda_year=None, agenda_number=None)
                | Q(agenda_year__isnull=False, agenda_number__isnull=False),
                name="mail_agenda_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "entered"])
                | Q(unit__isnull=False, filed_at__isnull=False) & ~Q(filed_by_name=""),
                name="mail_filed_at_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "state", "received_at"], name="mail_state"),
            models.Index(fields=["government", "message_id"], name="mail_message_id"),
            models.Index(fields=["received_at"], condition=Q(state="arrived"), name="mail_to_read"),
        ]

    def __str__(self) -> str:
        return self.subject or self.sender

    @property
    def agenda(self) -> str:
        return f"{self.agenda_number:04d}/{self.agenda_year}" if self.agenda_number else ""

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING_STATES

    def days_waiting(self, today: date, timezone: str) -> int | None:
        """Whole days since it came, while it still waits for somebody."""
        if not self.is_waiting:
            return None
        return max(0, (today - local_day(self.received_at, timezone)).days)


class Arrival(models.Model):
    """One copy on a server, kept byte for byte before it was marked there."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="arrivals")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="+")
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kept_as = models.CharField(max_length=200)
    # False: larger than we take; only its header was kept.
    is_whole = models.BooleanField(default=True)
    at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "uidvalidity", "uid"], name="arrival_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mailbox_id}/{self.uidvalidity}/{self.uid}"


class MailFile(models.Model):
    """A file a mail brought, also one inside a forwarded mail. `kept_as` empty: not kept."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    # The mails it was inside, outermost first: "Fwd: surat.eml".
    inside = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    kept_as = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=24)
    reasons = ArrayField(models.CharField(max_length=200), default=list)
    # What `kanal read-letter` prints for it; {} when it was not read.
    document = models.JSONField(default=dict)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="mail_files")

    class Meta:
        ordering = ["mail", "place"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "place"], name="mail_file_place_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def holds_a_letter(self) -> bool:
        return bool(self.document.get("letters"))


class SenderAddress(models.Model):
    """An address a person filed a mail from under this unit: the next one is proposed there."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    address = models.CharField(max_length=320)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="mail_senders")
    last_at = models.DateTimeField()
    by_name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "address", "unit"], name="sender_address_once"
            )
        ]

    def __str__(self) -> str:
        return self.address
