from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, User


class Network(models.TextChoices):
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    THREADS = "threads", "Threads"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    LINKEDIN = "linkedin", "LinkedIn"
    BLUESKY = "bluesky", "Bluesky"
    MASTODON = "mastodon", "Mastodon"


class AccountState(models.TextChoices):
    DECLARED = "declared", _("Dinyatakan, belum diverifikasi")
    VERIFIED = "verified", _("Terverifikasi")
    PARKED = "parked", _("Diparkir")
    LOST = "lost", _("Hilang kendali")
    CLOSED = "closed", _("Ditutup")


# An account that the unit runs, or has to answer for, today.
ACTIVE = [AccountState.DECLARED, AccountState.VERIFIED, AccountState.LOST]


class AccountQuerySet(models.QuerySet["Account"]):
    def active(self) -> AccountQuerySet:
        return self.filter(state__in=ACTIVE)

    def for_the_public(self) -> AccountQuerySet:
        """Without what an office declared although it is another office's verified account.

        Whose it is a verifier decides; until then it is told inside only.
        """
        verified = Account.objects.same_handle(
            network=OuterRef("network"), id_kind=OuterRef("id_kind"), key=OuterRef("handle_key")
        ).filter(state=AccountState.VERIFIED)
        return self.exclude(Q(Exists(verified), state=AccountState.DECLARED))

    def same_handle(
        self, *, network: str | OuterRef, id_kind: str | OuterRef, key: str | OuterRef
    ) -> AccountQuerySet:
        return self.filter(network=network, id_kind=id_kind, handle_key=key)


class Account(models.Model):
    """An official account. Never deleted: closed ones stay as tombstones."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="accounts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="accounts")
    network = models.CharField(max_length=12, choices=Network)
    # What kind of name the handle is: YouTube has four, Facebook two (see networks/).
    id_kind = models.CharField(max_length=12)
    handle = models.CharField(max_length=300)
    handle_key = models.CharField(max_length=300)
    # Separators dropped and confusable letters folded: the look-alike search compares this.
    handle_folded = models.CharField(max_length=300)
    url = models.URLField(max_length=400)
    shown = models.CharField(max_length=310)
    platform_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=AccountState, default=AccountState.DECLARED)
    declared_on = models.DateField()
    verified_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "id_kind", "handle_key"],
                condition=Q(state="verified"),
                name="account_verified_for_one_unit",
            ),
            models.UniqueConstraint(
                fields=["unit", "network", "id_kind", "handle_key"],
                condition=~Q(state="closed"),
                name="account_once_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["parked", "closed"], ended_on__isnull=False)
                | ~Q(state__in=["parked", "closed"]) & Q(ended_on=None),
                name="account_ended_when_parked_or_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "handle_key"], name="account_handle"),
            models.Index(fields=["government", "unit"], name="account_unit"),
            GinIndex(OpClass("handle_folded", "gin_trgm_ops"), name="account_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.get_network_display()} {self.shown}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


class NearPair(models.Model):
    """Two accounts on one network whose names are the same or one or two letters apart.

    Found once, when the later one is declared; whether both still run is asked when it is shown.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="near_earlier")
    other = models.ForeignKey(Account, models.CASCADE, related_name="near_later")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "other"], name="near_pair_once"),
            models.CheckConstraint(
                condition=Q(account__gt=F("other")), name="near_pair_later_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} ~ {self.other_id}"


class StateChange(models.Model):
    """From one state to another, when and why. Rows are only added."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="changes")
    before = models.CharField(max_length=12, choices=AccountState, blank=True)
    after = models.CharField(max_length=12, choices=AccountState)
    on = models.DateField()
    note = models.CharField(max_length=400, blank=True)
    proof = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.after}"


class NilReturnQuerySet(models.QuerySet["NilReturn"]):
    def on(self, day: date) -> NilReturnQuerySet:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), declared_on__lte=day)


class NilReturn(models.Model):
    """Pernyataan nihil: the head declares that the unit has no account. The first account ends it."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nil_returns")
    declared_on = models.DateField()
    signer_name = models.CharField(max_length=160)
    signer_post = models.CharField(max_length=200)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False)

    objects = NilReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_on=None), name="nil_return_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("declared_on")),
                name="nil_return_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: nihil"


class Report(models.Model):
    """A citizen says: this account looks like yours. Nothing about the citizen is kept."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    similar_to = models.ForeignKey(Account, models.PROTECT, null=True, related_name="reports")
    at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.text
