from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import Unit, UnitClass
from kanal.mandates.actions import Confirmed
from kanal.mandates.models import Mandate


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas instruksi"),
        help_text=_("PDF yang berisi teks, atau berkas teks (.md, .txt). Paling besar 25 MB."),
        required=False,
    )
    text = forms.CharField(
        label=_("Atau tempel teksnya"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Pilih berkas atau tempel teksnya."))
        return given


class ConfirmForm(forms.Form):
    """The reading, open to correction. What was not read stays empty and is marked."""

    form = forms.CharField(label=_("Bentuk"), max_length=120)
    number = forms.CharField(label=_("Nomor"), max_length=40)
    year = forms.IntegerField(label=_("Tahun"), min_value=1945, max_value=2200, localize=False)
    title = forms.CharField(label=_("Tentang"), max_length=300)
    issuer = forms.CharField(label=_("Penerbit"), max_length=200)
    signed_at = forms.CharField(label=_("Ditetapkan di"), max_length=80, required=False)
    signed_on = day_field(_("Tanggal ditetapkan"))
    in_force_from = day_field(_("Mulai berlaku"))
    signer_name = forms.CharField(label=_("Penandatangan"), max_length=160, required=False)
    signer_nip = forms.CharField(label=_("NIP penandatangan"), max_length=18, required=False)
    signer_post = forms.CharField(label=_("Jabatan"), max_length=200, required=False)
    written_deadline = day_field(
        _("Batas waktu tertulis"),
        required=False,
        help_text=_("Seperti tertulis. Keterlambatan dihitung dari keputusan tenggat, bukan ini."),
    )
    address = forms.CharField(label=_("Alamat penyampaian"), max_length=200, required=False)
    replaces = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=_("Menggantikan"),
        required=False,
        empty_label=_("Tidak menggantikan"),
    )

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        others = Mandate.objects.confirmed().filter(government=mandate.government)
        self.replaces_field.queryset = others.filter(in_force_until=None).exclude(pk=mandate.pk)
        for addressee in mandate.addressees.all():
            self.fields[f"class_{addressee.order}"] = forms.ChoiceField(
                label=addressee.text,
                required=False,
                initial=addressee.unit_class,
                choices=[("", _("Tidak ada dalam direktori")), *UnitClass.choices],
            )
        for name in ("year", "number"):
            self.fields[name].required = False

    @property
    def replaces_field(self) -> forms.ModelChoiceField[Mandate]:
        field = self.fields["replaces"]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    @property
    def class_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("class_")]

    def facts(self) -> Confirmed:
        given = dict(self.cleaned_data)
        given.pop("replaces")
        classes = {
            int(name.removeprefix("class_")): given.pop(name)
            for name in list(given)
            if name.startswith("class_")
        }
        return Confirmed(**given, classes=classes)


class DeadlineForm(forms.Form):
    effective_on = day_field(_("Tenggat efektif"))
    reason = forms.CharField(label=_("Alasan"), max_length=400)
    decided_by_name = forms.CharField(label=_("Diputuskan oleh"), max_length=160)
    decided_on = day_field(_("Tanggal keputusan"))
    unit = forms.CharField(
        label=_("Hanya untuk kantor"),
        required=False,
        max_length=60,
        help_text=_("Kode kantor, jika ini perpanjangan satu kantor. Kosong: semua kantor."),
    )

    def __init__(self, *args: Any, mandate: Mandate, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        self.fields["decided_on"].initial = today

    def clean_unit(self) -> Unit | None:
        code = self.cleaned_data["unit"].strip()
        if not code:
            return None
        unit = Unit.objects.filter(government_id=self.mandate.government_id, code=code).first()
        if unit is None:
            raise forms.ValidationError(
                _("Tidak ada kantor dengan kode %(code)s."), params={"code": code}
            )
        return unit
