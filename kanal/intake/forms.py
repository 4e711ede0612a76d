from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Letter, LetterForm, LetterKind
from kanal.directory.models import Capacity
from kanal.intake.models import Channel, Medium
from kanal.lib.fields import DayField, said
from kanal.lib.identity import read_employee_number
from kanal.lib.refusal import Refused

FILES_TAKEN = "image/*,application/pdf"


class FilesInput(forms.FileInput):
    """Several at once; on a phone the camera is offered as well."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile[Any]], name: str
    ) -> list[UploadedFile[Any]]:
        return files.getlist(name)


class FilesField(forms.Field):
    widget = FilesInput(attrs={"multiple": True, "accept": FILES_TAKEN})


class Scope(TextChoices):
    """What a letter without a ticked account is for, where that has to be said."""

    ALL = "semua", _("Semua akun kantor, juga yang didaftarkan nanti")
    NAMED = "disebut", _("Hanya akun yang disebut surat")


class LetterEntryForm(forms.Form):
    """The letter as it is written. Its officers are rows of their own (see officers.py)."""

    kind = forms.ChoiceField(
        label=_("Jenis surat"),
        choices=LetterKind,
        initial=LetterKind.APPOINTMENT,
        widget=forms.RadioSelect,
    )
    corrects = forms.ChoiceField(
        label=_("Surat yang diralat"),
        required=False,
        help_text=_("Hanya untuk ralat: isi surat yang benar ditulis lengkap di bawah."),
    )
    form = forms.ChoiceField(
        label=_("Bentuk surat"),
        choices=[("", _("Pilih bentuk surat")), *LetterForm.choices],
        initial=LetterForm.SURAT_PENUNJUKAN,
        error_messages={"required": _("Pilih bentuk surat.")},
    )
    number = forms.CharField(
        label=_("Nomor surat"),
        max_length=80,
        help_text=_("Seperti tertulis, misalnya 217/-1.823.5 atau e-0213/HM.03.00."),
    )
    dated = DayField(label=_("Tanggal surat"))
    subject = forms.CharField(
        label=_("Perihal"),
        max_length=300,
        initial=_("Penunjukan Petugas Pengelola Media Sosial"),
        help_text=_("Seperti tertulis; surat tanpa perihal: judulnya."),
    )
    begins_on = DayField(
        label=_("Mulai berlaku"), required=False, help_text=_("Kosong: sejak tanggal surat.")
    )
    ends_on = DayField(
        label=_("Hari terakhir berlaku"),
        required=False,
        help_text=_("Kosong: sampai ada surat berikutnya."),
    )
    signer_name = forms.CharField(label=_("Nama penandatangan"), max_length=200)
    signer_nip = forms.CharField(
        label=_("NIP penandatangan"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    signer_post = forms.CharField(label=_("Jabatan penandatangan"), max_length=250)
    signer_capacity = forms.ChoiceField(label=_("Sebagai"), choices=Capacity)
    scope = forms.ChoiceField(
        label=_("Surat ini berlaku untuk akun mana?"),
        required=False,
        choices=Scope,
        error_messages={
            "required": _("Surat ini menyebut akun: pilih untuk akun mana ia berlaku.")
        },
        widget=forms.RadioSelect,
    )
    letter_files = FilesField(
        label=_("Berkas surat"),
        error_messages={"required": _("Lampirkan suratnya: PDF atau foto seluruh halaman.")},
        help_text=_("PDF atau foto seluruh halaman, paling besar 25 MB sebuah."),
    )
    evidence_files = FilesField(
        label=_("Bukti kompetensi"),
        required=False,
        help_text=_("Sertifikat atau bukti pelatihan. Tidak wajib."),
    )

    def __init__(self, *args: Any, accepted: Sequence[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted = {str(letter.pk): letter for letter in accepted}
        field = self.fields["corrects"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Pilih surat")),
            *((key, f"{letter.number}, {letter.subject}") for key, letter in self.accepted.items()),
        ]

    def clean_signer_nip(self) -> str:
        text: str = self.cleaned_data["signer_nip"]
        if not text.strip():
            return ""
        try:
            return read_employee_number(text).digits
        except Refused as mistake:
            raise forms.ValidationError(said(mistake)) from mistake

    def clean_corrects(self) -> Letter | None:
        return self.accepted.get(self.cleaned_data["corrects"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ralat = given.get("kind") == LetterKind.CORRECTION
        if ralat and not given.get("corrects") and "corrects" not in self.errors:
            self.add_error("corrects", _("Pilih surat yang diralat."))
        if not ralat:
            given["corrects"] = None
        if not given.get("begins_on"):
            given["begins_on"] = given.get("dated")
        return given


class ReadForm(forms.Form):
    """The file alone, to be read before anything is typed."""

    letter_files = FilesField(
        label=_("Berkas surat"),
        error_messages={"required": _("Pilih dulu berkas suratnya: PDF, DOCX, atau foto.")},
        help_text=_("PDF, DOCX, atau foto seluruh halaman, paling besar 25 MB."),
    )

    def __init__(self, *args: Any, waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "baca_%s", **kwargs})
        self.fields["letter_files"].required = not waiting


class ReceiveForm(forms.Form):
    medium = forms.ChoiceField(label=_("Yang diterima"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("Melalui"), choices=Channel)
    received_on = DayField(label=_("Tanggal diterima"))
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, missing: Sequence[Medium], today: date, **kwargs: Any) -> None:
        hard = Medium.HARDCOPY in missing
        kwargs["initial"] = {
            "medium": Medium.HARDCOPY if hard else Medium.SOFTCOPY,
            "channel": Channel.COUNTER if hard else Channel.MAIL,
            "received_on": today,
        }
        super().__init__(*args, **kwargs)
        field = self.fields["medium"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(medium.value, medium.label) for medium in missing]


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nomor agendanya tetap terpakai dan tidak diberikan lagi."),
    )


class FilterForm(forms.Form):
    """The list's own filters. What can't be read counts as not asked."""

    STATES = {
        "menunggu": _("Menunggu"),
        "ditunda": _("Ditunda"),
        "dikembalikan": _("Dikembalikan"),
        "diterima": _("Diterima"),
        "semua": _("Semua"),
    }

    keadaan = forms.ChoiceField(required=False, choices=list(STATES.items()))
    cari = forms.CharField(required=False, max_length=100)
    unit = forms.CharField(required=False, max_length=60)

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {"keadaan": "", "cari": "", "unit": "", **self.cleaned_data}
