from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, User
from kanal.lib.secrets import unseal


class Security(models.TextChoices):
    TLS = "tls", _("TLS sejak awal")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("Tanpa TLS (hanya server di mesin ini)")


class SignIn(models.TextChoices):
    PASSWORD = "password", _("Kata sandi")
    OAUTH2 = "oauth2", _("OAuth2 (Google, Microsoft)")


MAILBOX_SECRET = "mailbox"
MAILBOX_CLIENT = "mailbox client"
SENDER_SECRET = "sender"

OPENS, CLOSES = time(7), time(17)


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def in_use(self) -> MailboxQuerySet:
        return self.filter(ended_at=None)


class Mailbox(models.Model):
    """One folder of one mail account that letters come to. An ended one is read no more."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="mailboxes")
    name = models.CharField(max_length=120)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    user = models.CharField(max_length=254)
    sign_in = models.CharField(max_length=10, choices=SignIn, default=SignIn.PASSWORD)
    # A password, or the refresh token; and the client's own secret. Sealed.
    secret = models.TextField()
    client_id = models.CharField(max_length=300, blank=True)
    client_secret = models.TextField(blank=True)
    token_endpoint = models.CharField(max_length=300, blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    # Only this server's Authentication-Results are believed; empty: nobody's.
    authserv_id = models.CharField(max_length=253, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=160, blank=True)
    # When it was last read to its end, and what went wrong since.
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    problem_detail = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "host", "user", "folder"],
                condition=Q(ended_at=None),
                name="mailbox_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_name="")
                | Q(ended_at__isnull=False) & ~Q(ended_by_name=""),
                name="mailbox_end_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def opened_secret(self) -> str:
        return unseal(self.secret, MAILBOX_SECRET)

    @property
    def opened_client_secret(self) -> str:
        return unseal(self.client_secret, MAILBOX_CLIENT) if self.client_secret else ""


class Sender(models.Model):
    """The server a government's messages leave by, and the address they come from."""

    government = models.OneToOneField(Government, models.PROTECT, related_name="mail_sender")
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    user = models.CharField(max_length=254, blank=True)
    secret = models.TextField(blank=True)
    address = models.EmailField()
    name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.address

    @property
    def opened_secret(self) -> str:
        return unseal(self.secret, SENDER_SECRET) if self.secret else ""


class State(models.TextChoices):
    WAITING = "waiting", _("Menunggu dikirim")
    SENT = "sent", _("Terkirim")
    REFUSED = "refused", _("Tidak terkirim")
    BOUNCED = "bounced", _("Kembali")
    CANCELLED = "cancelled", _("Dibatalkan")


class Outgoing(models.Model):
    """One message to one address. Its Message-ID is made with the row and never changes, so a

    second copy after a crash is recognised by whoever gets it.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="outgoing_mail")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    # [{"name", "kept_as", "sha256", "media_type"}], files of the default storage.
    attachments = models.JSONField(default=list)
    message_id = models.CharField(max_length=300, unique=True)
    in_reply_to = models.CharField(max_length=300, blank=True)
    references = models.TextField(blank=True)
    # An answer nobody wrote by hand: says so in its header, and is counted per address and day.
    is_automatic = models.BooleanField(default=False)
    # Nobody asked for it: a reminder, a circular, a digest.
    is_generated = models.BooleanField(default=False)
    unsubscribe = models.CharField(max_length=300, blank=True)
    # Leaves in the government's working hours only; see hours.py.
    keeps_hours = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Whoever holds the lease sends; the fence refuses what an earlier holder says too late.
    leased_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    problem_detail = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["government", "key"], name="outgoing_key_once"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | Q(state__in=["waiting", "refused", "cancelled"], sent_at=None),
                name="outgoing_sent_when_it_was",
            ),
        ]
        indexes = [
            models.Index(
                fields=["government", "due_at"], condition=Q(state="waiting"), name="outgoing_due"
            ),
            # What may leave at night, where a hundred thousand others wait for the morning.
            models.Index(
                fields=["government", "due_at"],
                condition=Q(state="waiting", keeps_hours=False),
                name="outgoing_due_at_any_hour",
            ),
            models.Index(fields=["government", "to", "made_at"], name="outgoing_to"),
            models.Index(fields=["government", "kind", "state"], name="outgoing_kind"),
            # How often a machine answered an address today.
            models.Index(
                Upper("to"), "made_at", condition=Q(is_automatic=True), name="outgoing_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class Outcome(models.TextChoices):
    BEGUN = "begun", _("Dimulai, akhirnya tidak diketahui")
    SENT = "sent", _("Diterima server")
    TEMPORARY = "temporary", _("Ditolak sementara")
    PERMANENT = "permanent", _("Ditolak")
    UNCLEAR = "unclear", _("Putus di tengah pengiriman")


class Attempt(models.Model):
    """One try, written down before it is made. Left as `begun` it was cut off."""

    message = models.ForeignKey(Outgoing, models.PROTECT, related_name="tries")
    fence = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.BEGUN)
    reply = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "fence"], name="attempt_once_a_lease")
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.outcome}"


class DeadAddress(models.Model):
    """An address whose server said for good that nobody is there."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    bounced_at = models.DateTimeField()
    status = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "address"], name="dead_address_once")
        ]

    def __str__(self) -> str:
        return self.address


class DayOverride(models.Model):
    """A day that is worked, or not, whatever the calendar says: local holidays, new decrees."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    day = models.DateField()
    is_working = models.BooleanField()
    note = models.CharField(max_length=200)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_by_name = models.CharField(max_length=160)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_by_name = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "day"],
                condition=Q(ended_at=None),
                name="override_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_name="")
                | Q(ended_at__isnull=False) & ~Q(ended_by_name=""),
                name="override_end_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.note}"


class SendingHours(models.Model):
    """When messages that keep the hours leave, on a working day. Without a row: 07.00 to 17.00."""

    government = models.OneToOneField(Government, models.PROTECT, related_name="+")
    opens = models.TimeField(default=OPENS)
    closes = models.TimeField(default=CLOSES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H.%M}–{self.closes:%H.%M}"
