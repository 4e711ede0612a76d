from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Letter
from kanal.directory.models import Government, Person, Unit, User
from kanal.intake.models import Receipt
from kanal.lib.identity import IdentityKind
from kanal.register.models import Account
from kanal.stationery.models import NumberEntry, PaperForm, PaperTemplate


class PaperKind(models.TextChoices):
    APPOINTMENT = "penunjukan", _("Surat Penunjukan")
    REPLACEMENT = "penggantian", _("Surat Penggantian")
    TERMINATION = "penghentian", _("Surat Penghentian")
    CORRECTION = "ralat", _("Ralat")
    NIL = "nihil", _("Pernyataan nihil")
    REMINDER = "pengingat", _("Surat pengingat")
    HANDOVER = "serah_terima", _("Berita acara serah terima")
    RECEIPT = "tanda_terima", _("Tanda terima")


# Those that change who answers for an account go to the verifiers as letters.
LETTERS = {
    PaperKind.APPOINTMENT,
    PaperKind.REPLACEMENT,
    PaperKind.TERMINATION,
    PaperKind.CORRECTION,
}


class PaperState(models.TextChoices):
    DRAFT = "draft", _("Konsep")
    APPROVED = "approved", _("Disetujui, belum ditandatangani")
    SIGNED = "signed", _("Ditandatangani, belum dikirim")
    SENT = "sent", _("Terkirim")
    VOID = "void", _("Batal")


class PaperQuerySet(models.QuerySet["Paper"]):
    def issued(self) -> PaperQuerySet:
        return self.filter(state__in=[PaperState.SIGNED, PaperState.SENT])


class Paper(models.Model):
    """A paper that an office writes here. Once approved, what it says never changes."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=14, choices=PaperKind)
    form = models.CharField(max_length=24, choices=[*PaperForm.choices, ("tanda_terima", "")])
    state = models.CharField(max_length=8, choices=PaperState, default=PaperState.DRAFT)

    # What the drafter chose; everything else is asked of the register when it is set.
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    accounts = models.ManyToManyField(Account, related_name="+", blank=True)
    corrects = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="papers_correcting"
    )
    about_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="papers_about")
    # Whole lines: what a reminder misses; what a handover passes on, "what | where it is kept".
    lines = models.JSONField(default=list)
    due_on = models.DateField(null=True)
    signer_through = models.CharField(max_length=250, blank=True)
    copies = models.JSONField(null=True)
    receipt = models.OneToOneField(Receipt, models.PROTECT, null=True, related_name="paper")

    # What approval fixes, all of it at one instant.
    number = models.OneToOneField(NumberEntry, models.PROTECT, null=True, related_name="paper")
    number_text = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=14, null=True, unique=True)  # noqa: DJ001  none before approval
    dated = models.DateField(null=True)
    facts = models.JSONField(null=True)
    template = models.ForeignKey(PaperTemplate, models.PROTECT, null=True, related_name="+")
    template_name = models.CharField(max_length=80, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=160, blank=True)
    approved_at = models.DateTimeField(null=True)

    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=160, blank=True)
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, related_name="paper")
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=160, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by_name = models.CharField(max_length=160, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drafted_by_name = models.CharField(max_length=160)
    drafted_at = models.DateTimeField(auto_now_add=True)
    is_sample = models.BooleanField(default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", code=None, approved_at=None, dated=None, facts=None)
                | Q(state="void")
                | Q(
                    state__in=["approved", "signed", "sent"],
                    code__isnull=False,
                    approved_at__isnull=False,
                    dated__isnull=False,
                    facts__isnull=False,
                )
                & ~Q(number_text=""),
                name="paper_has_number_and_code_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_at__isnull=False)
                & ~Q(void_reason="")
                & ~Q(voided_by_name="")
                | ~Q(state="void") & Q(voided_at=None, void_reason=""),
                name="paper_void_has_name_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "sent"])
                | Q(signed_at__isnull=False) & ~Q(signed_by_name=""),
                name="paper_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False) & ~Q(sent_by_name=""),
                name="paper_sent_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "-drafted_at"], name="paper_newest"),
            models.Index(fields=["unit", "-drafted_at"], name="paper_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_text or _('(konsep)')}"

    @property
    def is_letter(self) -> bool:
        return self.kind in LETTERS

    @property
    def effect(self) -> str:
        """The kind whose effect it has: a ralat acts as the letter it corrects."""
        letter = self.corrects
        kind = self.kind
        while letter is not None:
            kind, letter = letter.kind, letter.corrects
        return kind


class PaperOfficer(models.Model):
    """One person the paper names: who begins, or in a penghentian who ends."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="officers")
    # None: somebody the register doesn't know yet.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    full_name = models.CharField(max_length=240)
    identity_kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.name) for kind in IdentityKind]
    )
    identity_number = models.CharField(max_length=18, blank=True)
    identity_reason = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200)
    rank = models.CharField(max_length=80, blank=True)
    replaces = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.full_name


class FileRole(models.TextChoices):
    COMPOSED = "composed", _("Surat (PDF)")
    EDITABLE = "editable", _("Salinan yang dapat diedit (DOCX)")
    SIGNED = "signed", _("Surat bertanda tangan elektronik (PDF)")
    SCAN = "scan", _("Pindaian surat yang ditandatangani basah")
    # Brought, but nobody has said yet that the signature is on it.
    UNSEEN = "unseen", _("Pindaian yang belum dinyatakan bertanda tangan")


class PaperFile(models.Model):
    """Kept byte for byte with its SHA-256; composed once and never again."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="files")
    role = models.CharField(max_length=8, choices=FileRole)
    name = models.CharField(max_length=200)
    kept_as = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "role"],
                condition=~Q(role__in=["scan", "unseen"]),
                name="paper_file_once_a_role",
            )
        ]

    def __str__(self) -> str:
        return self.name
