from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.circulars.actions import CircularFacts
from kanal.lib.fields import DayField
from kanal.mandates.models import Mandate


class MandateChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class CircularForm(forms.Form):
    mandate = MandateChoice(
        label=_("Dasar hukum"),
        queryset=Mandate.objects.none(),
        empty_label=None,
        help_text=_("Surat disampaikan ke semua kantor yang dituju dasar hukum ini."),
    )
    form = forms.CharField(label=_("Bentuk surat"), max_length=120, initial="Surat Edaran")
    number = forms.CharField(label=_("Nomor"), max_length=80)
    dated = DayField(label=_("Tanggal surat"))
    subject = forms.CharField(label=_("Tentang"), max_length=300)
    file = forms.FileField(
        label=_("Berkas PDF"),
        help_text=_("Sampai 2 MB dilampirkan pada surel; yang lebih besar dibuka lewat tautan."),
        error_messages={"required": _("Lampirkan suratnya sebagai PDF.")},
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: Any, government_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mandate"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Mandate.objects.filter(government_id=government_id).in_force(today)

    def facts(self) -> CircularFacts:
        given = self.cleaned_data
        return CircularFacts(
            **{name: given[name] for name in ("form", "number", "dated", "subject")}
        )


class AcknowledgeForm(forms.Form):
    """Who says so. Nothing is checked about them: the link is the office's own."""

    name = forms.CharField(
        label=_("Nama Anda"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    post = forms.CharField(
        label=_("Jabatan Anda"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


class PaperForm(forms.Form):
    name = forms.CharField(label=_("Nama yang menerima"), max_length=160)
    post = forms.CharField(label=_("Jabatannya"), max_length=160, required=False)
    on = DayField(label=_("Tanggal diterima"))


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampak di halaman kantor itu dan di jurnal."),
    )


class MendForm(forms.Form):
    email = forms.CharField(
        label=_("Alamat surel kantor"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Disimpan di data instansi, lalu suratnya dikirim lagi ke sana."),
    )
