"""What shows that an account belongs to the office: a paid tick is none of these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Proof(TextChoices):
    TWO_WAY = "two-way", _("Tautan dua arah: situs resmi ke akun dan akun ke situs resmi")
    CODE = "code", _("Kode yang diminta Kanal terpasang di akun")
    STAFF = "staff", _("Diperiksa petugas, dengan catatan buktinya")
