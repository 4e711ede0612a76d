from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Government, Unit, User


class PaperForm(models.TextChoices):
    """The forms of papers that have books of numbers, as `kanal.paper` writes them."""

    SURAT = "surat", _("Surat dinas")
    SURAT_PENUNJUKAN = "surat_penunjukan", _("Surat Penunjukan")
    SURAT_TUGAS = "surat_tugas", _("Surat Tugas")
    SURAT_PERINTAH_TUGAS = "surat_perintah_tugas", _("Surat Perintah Tugas")
    SURAT_PENUGASAN = "surat_penugasan", _("Surat Penugasan")
    KEPUTUSAN = "keputusan", _("Keputusan")
    BERITA_ACARA = "berita_acara", _("Berita Acara")


class Letterhead(models.Model):
    """Kop: what a unit says of itself. What is empty comes from the unit above (letterheads.py)."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="letterhead")
    government_line = models.CharField(max_length=200, blank=True)
    above = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    unit_line = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=80, blank=True)
    # A small PNG that was drawn anew from what was uploaded.
    logo = models.CharField(max_length=200, blank=True)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    changed_by_name = models.CharField(max_length=160)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(logo="", logo_sha256="") | ~Q(logo="") & ~Q(logo_sha256=""),
                name="letterhead_logo_with_its_digest",
            )
        ]

    def __str__(self) -> str:
        return f"Kop {self.unit}"


class NumberBook(models.Model):
    """The numbers of one unit, form and year. Taking one locks this row: no gap, no twin."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="number_books")
    form = models.CharField(max_length=24, choices=PaperForm)
    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "form", "year"], name="number_book_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.year}"


class NumberState(models.TextChoices):
    USED = "used", _("Terpakai")
    OUTSIDE = "outside", _("Di luar Kanal")
    VOID = "void", _("Batal")


class NumberEntry(models.Model):
    """One number given out, or a stretch of numbers used outside Kanal. Never taken away."""

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="entries")
    n = models.PositiveIntegerField()
    # The last one of a stretch; the same as `n` for a single number.
    through = models.PositiveIntegerField()
    text = models.CharField(max_length=80)
    dated = models.DateField()
    subject = models.CharField(max_length=300)
    # Empty for what is written outside Kanal.
    code = models.CharField(max_length=14, blank=True)
    state = models.CharField(max_length=8, choices=NumberState, default=NumberState.USED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)
    voided_by_name = models.CharField(max_length=160, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["book", "n"], name="number_once"),
            models.CheckConstraint(
                condition=Q(through__gte=F("n")), name="number_stretch_goes_forward"
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_at__isnull=False)
                & ~Q(void_reason="")
                & ~Q(voided_by_name="")
                | ~Q(state="void") & Q(voided_at=None, void_reason=""),
                name="number_void_has_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_stretch(self) -> bool:
        return self.through > self.n

    @property
    def may_be_voided_here(self) -> bool:
        """A paper of Kanal is voided on its own page, together with its number."""
        return self.state == NumberState.OUTSIDE and not self.is_stretch


class PaperTemplateQuerySet(models.QuerySet["PaperTemplate"]):
    def standing(self) -> PaperTemplateQuerySet:
        return self.filter(ended_at=None)


class PaperTemplate(models.Model):
    """An office's own template, one version of it. Never edited: a new version ends this one."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="paper_templates")
    name = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    kinds = ArrayField(models.CharField(max_length=20))
    forms = ArrayField(models.CharField(max_length=24))
    rule = models.CharField(max_length=300)
    from_year = models.PositiveSmallIntegerField()
    until_year = models.PositiveSmallIntegerField(null=True)
    font = models.CharField(max_length=40)
    size = models.PositiveSmallIntegerField()
    source = models.TextField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_by_name = models.CharField(max_length=160)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=160, blank=True)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "name", "version"], name="paper_template_version_once"
            ),
            models.UniqueConstraint(
                fields=["government", "name"],
                condition=Q(ended_at=None),
                name="paper_template_standing_once",
            ),
            models.CheckConstraint(
                condition=Q(until_year=None) | Q(until_year__gte=F("from_year")),
                name="paper_template_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_name="")
                | Q(ended_at__isnull=False) & ~Q(ended_by_name=""),
                name="paper_template_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class RootQuerySet(models.QuerySet["Root"]):
    def trusted(self) -> RootQuerySet:
        return self.filter(ended_at=None)


class Root(models.Model):
    """A certificate whose signatures this government trusts. Ended, never deleted."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="roots")
    subject = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    pem = models.TextField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_by_name = models.CharField(max_length=160)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=160, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = RootQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "fingerprint"],
                condition=Q(ended_at=None),
                name="root_trusted_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by_name="", end_reason="")
                | Q(ended_at__isnull=False) & ~Q(ended_by_name="") & ~Q(end_reason=""),
                name="root_ended_with_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def covers(self, day: date) -> bool:
        return self.valid_from.date() <= day <= self.valid_until.date()

    @property
    def fingerprint_shown(self) -> str:
        """In groups of four, as certificate viewers print it."""
        digits = self.fingerprint.upper()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
