from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, User
from kanal.mandates.models import Mandate
from kanal.post.models import Outgoing
from kanal.post.models import State as Mailed

KIND = "circular"  # of its messages in the outbox
# What the outbox says of a message that went, or is on its way, or won't arrive.
ON_ITS_WAY = (Mailed.WAITING, Mailed.SENT)
FAILED = (Mailed.REFUSED, Mailed.BOUNCED, Mailed.CANCELLED)


class Circular(models.Model):
    """The instruction itself or a later letter under it, to be brought to all addressed offices.

    Without a file the page shows the mandate's text.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="circulars")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="circulars")
    is_instruction = models.BooleanField(default=False)
    form = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    dated = models.DateField()
    subject = models.CharField(max_length=300)
    kept_as = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_bytes = models.PositiveBigIntegerField(default=0)
    drafted_at = models.DateTimeField(auto_now_add=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_by_name = models.CharField(max_length=160)
    # The day of its first service; None: still a draft.
    served_on = models.DateField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(is_instruction=True), name="instruction_served_once"
            ),
            models.CheckConstraint(
                condition=Q(kept_as="", file_sha256="", file_bytes=0)
                | ~Q(kept_as="") & ~Q(file_sha256="") & Q(file_bytes__gt=0),
                name="circular_file_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_instruction=True) | ~Q(kept_as=""),
                name="circular_has_a_file_or_the_mandates_text",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """ "Surat Edaran Nomor 12/SE/2018"."""
        return f"{self.form} Nomor {self.number}"

    @property
    def text(self) -> str:
        """What is read when there is no file; signs of a text file's bold print are left out."""
        is_read = self.is_instruction and not self.kept_as
        return self.mandate.text.replace("**", "").strip() if is_read else ""


class Errand(models.TextChoices):
    NEW = "new", _("Kantor yang belum disampaikan")
    AGAIN = "again", _("Kantor yang alamatnya sudah dibetulkan")


class Service(models.Model):
    """One press of "Sampaikan", worked off in the background; open until every office was seen."""

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="services")
    errand = models.CharField(max_length=8, choices=Errand)
    asked_at = models.DateTimeField()
    # The day whose open offices are meant.
    day = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=160)
    # How far it has come: every unit up to this one was seen.
    seen_unit = models.BigIntegerField(default=0)
    offices = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["circular"], condition=Q(done_at=None), name="service_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.circular_id}: {self.errand}"


class How(models.TextChoices):
    LINK = "link", _("lewat tautan")
    OFFICE = "office", _("di halaman kantor")
    PAPER = "paper", _("dengan tanda tangan di kertas")


class Fate(models.TextChoices):
    """What became of one notice, best first. The values stand in addresses and classes."""

    ACKNOWLEDGED = "diterima", _("Diterima")
    PRINTED = "dicetak", _("Dicetak")
    SENT = "terkirim", _("Terkirim")
    WAITING = "antre", _("Antre dikirim")
    FAILED = "gagal", _("Belum tersampaikan")
    NO_ADDRESS = "tanpa-alamat", _("Tanpa alamat surel")


# Offices that hold nothing of it yet, and nothing is on its way to them.
UNREACHED = (Fate.FAILED, Fate.NO_ADDRESS)


def fate() -> Case:
    return Case(
        When(is_acknowledged(), then=Value(Fate.ACKNOWLEDGED.value)),
        When(printed_on__isnull=False, then=Value(Fate.PRINTED.value)),
        When(message=None, then=Value(Fate.NO_ADDRESS.value)),
        When(message__state=Mailed.SENT, then=Value(Fate.SENT.value)),
        When(message__state=Mailed.WAITING, then=Value(Fate.WAITING.value)),
        default=Value(Fate.FAILED.value),
        output_field=models.CharField(),
    )


def is_acknowledged() -> Exists:
    """Of a notice."""
    return Exists(Acknowledgement.objects.standing().filter(notice=OuterRef("pk")))


def new_token() -> str:
    """192 bits: nobody guesses one."""
    return secrets.token_urlsafe(24)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def with_fate(self) -> NoticeQuerySet:
        """Read from the outbox each time: no copy of its state can be out of date."""
        return self.annotate(fate=fate())

    def unacknowledged(self) -> NoticeQuerySet:
        return self.filter(~is_acknowledged())

    def unreached(self) -> NoticeQuerySet:
        """Nothing went by mail, or it came back; not printed either, and nobody has it."""
        unsent = Q(message=None) | Q(message__state__in=FAILED)
        return self.unacknowledged().filter(unsent, printed_on=None)


class Notice(models.Model):
    """One circular for one office, with the key of the office's own link.

    The key is kept as it is: the message in the outbox and the printed sheet hold it too, and a
    sheet must be printable again. It opens a letter that is public, and one button.
    """

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    circular = models.ForeignKey(Circular, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    token = models.CharField(max_length=43, unique=True, default=new_token)
    served_on = models.DateField()
    # The newest message about it; None: there was no address to write to.
    message = models.ForeignKey(Outgoing, models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    printed_on = models.DateField(null=True)
    printed_by_name = models.CharField(max_length=160, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "unit"], name="notice_once_a_unit"),
            models.CheckConstraint(
                condition=Q(printed_on=None, printed_by_name="")
                | Q(printed_on__isnull=False) & ~Q(printed_by_name=""),
                name="notice_printed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(message=None, tries=0) | Q(message__isnull=False, tries__gt=0),
                name="notice_tries_are_messages",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "unit"], name="notice_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.circular_id}: {self.unit_id}"

    @property
    def next_key(self) -> str:
        """Of its next message in the outbox: the first has the plain name."""
        plain = f"{KIND}:{self.circular_id}:{self.unit_id}"
        return plain if self.tries == 0 else f"{plain}:{self.tries + 1}"

    @cached_property
    def acknowledgement(self) -> Acknowledgement | None:
        """The one that stands."""
        return next((each for each in self.acknowledgements.all() if not each.is_void), None)

    @property
    def voided(self) -> list[Acknowledgement]:
        return [each for each in self.acknowledgements.all() if each.is_void]


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def standing(self) -> AcknowledgementQuerySet:
        return self.filter(voided_at=None)


class Acknowledgement(models.Model):
    """An office said that it has a circular. A mistaken one is voided and stays visible."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="acknowledgements")
    given_on = models.DateField()
    how = models.CharField(max_length=8, choices=How)
    name = models.CharField(max_length=160)
    post = models.CharField(max_length=160, blank=True)
    # Who pressed the button, when somebody signed in did.
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    voided_by_name = models.CharField(max_length=160, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(voided_at=None), name="acknowledged_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="acknowledged_by_somebody"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, voided_by_name="", void_reason="")
                | Q(voided_at__isnull=False) & ~Q(voided_by_name="") & ~Q(void_reason=""),
                name="acknowledgement_void_has_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.given_on}"

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None
