from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Letter
from kanal.directory.models import Government, User
from kanal.intake.mail_tables import Arrival, Mail, MailFile, SenderAddress

__all__ = [
    "AgendaBook",
    "Arrival",
    "Channel",
    "Mail",
    "MailFile",
    "Medium",
    "Receipt",
    "SenderAddress",
]


class Medium(models.TextChoices):
    SOFTCOPY = "softcopy", _("Softcopy")
    HARDCOPY = "hardcopy", _("Hardcopy")


class Channel(models.TextChoices):
    UPLOAD = "unggah", _("Diunggah di Kanal")
    MAIL = "surel", _("Surel")
    COUNTER = "loket", _("Loket")
    COURIER = "kurir", _("Kurir atau pos")


class AgendaBook(models.Model):
    """The last agenda number given out in a year. Taking one locks this row: no gap, no twin."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "year"], name="agenda_book_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


def new_code() -> str:
    """For the tanda terima's QR; without letters that read like digits."""
    return get_random_string(10, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def standing(self) -> ReceiptQuerySet:
        return self.filter(voided_at=None)


class Receipt(models.Model):
    """A letter was received, as a file or on paper. A mistaken one is voided and stays visible."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="receipts")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="receipts")
    medium = models.CharField(max_length=10, choices=Medium)
    channel = models.CharField(max_length=10, choices=Channel)
    received_on = models.DateField()
    agenda_year = models.PositiveSmallIntegerField()
    agenda_number = models.PositiveIntegerField()
    receiver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    receiver_name = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=12, unique=True, default=new_code)
    recorded_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)
    voided_by_name = models.CharField(max_length=160, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["agenda_year", "agenda_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "agenda_year", "agenda_number"], name="agenda_number_once"
            ),
            models.UniqueConstraint(
                fields=["letter", "medium"],
                condition=Q(voided_at=None),
                name="receipt_once_a_medium",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="")
                | Q(voided_at__isnull=False) & ~Q(void_reason="") & ~Q(voided_by_name=""),
                name="receipt_void_has_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.agenda

    @property
    def agenda(self) -> str:
        return f"{self.agenda_number:04d}/{self.agenda_year}"
