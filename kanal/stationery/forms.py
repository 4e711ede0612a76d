from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.lib.fields import DayField
from kanal.paper.composing.facts import Form, Kind
from kanal.paper.composing.glyphs import FAMILIES
from kanal.stationery.models import Letterhead, PaperForm
from kanal.stationery.templating import TemplateFacts

_MOST_ABOVE = 4
KIND_NAMES = {
    Kind.APPOINTMENT: _("Penunjukan"),
    Kind.REPLACEMENT: _("Penggantian"),
    Kind.TERMINATION: _("Penghentian"),
    Kind.CORRECTION: _("Ralat"),
    Kind.NIL: _("Pernyataan nihil"),
    Kind.REMINDER: _("Surat pengingat"),
    Kind.HANDOVER: _("Berita acara serah terima"),
    Kind.RECEIPT: _("Tanda terima"),
}
FORM_NAMES = {
    **{Form(form.value): form.label for form in PaperForm},
    Form.TANDA_TERIMA: _("Tanda Terima"),
}


class LetterheadForm(forms.Form):
    government_line = forms.CharField(label=_("Baris pemerintah"), max_length=200, required=False)
    above = forms.CharField(
        label=_("Baris di antaranya"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kantor di atasnya, satu baris satu nama."),
    )
    unit_line = forms.CharField(label=_("Nama kantor"), max_length=250, required=False)
    address = forms.CharField(label=_("Alamat"), max_length=300, required=False)
    contact = forms.CharField(
        label=_("Kontak"),
        max_length=300,
        required=False,
        help_text=_("Telepon, surel, dan laman seperti di kop."),
    )
    city = forms.CharField(
        label=_("Kota"), max_length=80, required=False, help_text=_("Tempat surat ditetapkan.")
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/svg+xml"}),
        help_text=_("PNG, JPEG, atau SVG, paling besar 1 MB."),
    )
    without_logo = forms.BooleanField(label=_("Hapus logo kantor ini"), required=False)

    def __init__(self, *args: Any, row: Letterhead | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is None or not row.logo:
            del self.fields["without_logo"]

    def clean_above(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["above"].splitlines()]
        kept = [line for line in lines if line]
        if len(kept) > _MOST_ABOVE or any(len(line) > 200 for line in kept):
            raise forms.ValidationError(_("Paling banyak empat baris, masing-masing 200 huruf."))
        return kept


class PatternForm(forms.Form):
    pattern = forms.CharField(
        label=_("Pola nomor berikutnya"),
        max_length=60,
        help_text=_("Misalnya {n}/-1.823.5, e-{n:04}/HM.03.00, atau {n} TAHUN {year}."),
    )


class OutsideForm(forms.Form):
    subject = forms.CharField(label=_("Untuk surat apa"), max_length=300)
    dated = DayField(label=_("Tanggal surat"))
    through = forms.IntegerField(
        label=_("Sampai nomor urut"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        localize=False,
        help_text=_("Kosong: satu nomor berikutnya. Diisi: semua nomor sampai urutan itu."),
    )


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nomornya tetap terlihat dan tidak diberikan lagi."),
    )


class TemplateForm(forms.Form):
    name = forms.SlugField(
        label=_("Nama pendek"),
        max_length=60,
        help_text=_("Huruf kecil dan tanda hubung. Nama yang sama berarti versi baru."),
    )
    title = forms.CharField(label=_("Judul"), max_length=160)
    kinds = forms.MultipleChoiceField(
        label=_("Untuk jenis surat"),
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    forms_of = forms.MultipleChoiceField(
        label=_("Untuk bentuk"),
        choices=[(form.value, name) for form, name in FORM_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    rule = forms.CharField(
        label=_("Aturan yang diikuti"),
        max_length=300,
        help_text=_("Misalnya Peraturan Gubernur Nomor 99 Tahun 2021."),
    )
    from_year = forms.IntegerField(
        label=_("Berlaku mulai tahun"), min_value=1945, max_value=2200, localize=False
    )
    until_year = forms.IntegerField(
        label=_("Sampai tahun"),
        min_value=1945,
        max_value=2200,
        required=False,
        localize=False,
        help_text=_("Kosong: masih berlaku."),
    )
    font = forms.ChoiceField(label=_("Huruf"), choices=[(name, name) for name in FAMILIES])
    size = forms.IntegerField(
        label=_("Ukuran huruf"), min_value=8, max_value=14, initial=12, localize=False
    )
    source = forms.CharField(
        label=_("Naskah templat (typst)"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "wrap": "off"}),
        help_text=_(
            "Bagian yang tersedia: #letterhead(), #reference(), #title-block(), #body(),"
            " #closing(), #annex()."
        ),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("from_year"), given.get("until_year")
        if begins and ends and ends < begins:
            self.add_error("until_year", _("Berakhir sebelum dimulai."))
        return given

    def facts(self) -> TemplateFacts:
        given = self.cleaned_data
        return TemplateFacts(
            name=given["name"],
            title=given["title"],
            kinds=tuple(given["kinds"]),
            forms=tuple(given["forms_of"]),
            rule=given["rule"],
            from_year=given["from_year"],
            until_year=given["until_year"],
            font=given["font"],
            size=given["size"],
            source=given["source"],
        )


class RootForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas sertifikat akar"),
        widget=forms.FileInput(attrs={"accept": ".pem,.crt,.cer,.der,.p7b"}),
        error_messages={"required": _("Pilih berkas sertifikatnya.")},
        help_text=_("PEM atau DER, langsung dari laman penerbitnya. Cocokkan sidiknya."),
    )


class EndRootForm(forms.Form):
    reason = forms.CharField(label=_("Alasan tidak lagi dipercaya"), max_length=300)


class BookForm(forms.Form):
    """Which book. What can't be read counts as not asked."""

    bentuk = forms.ChoiceField(required=False, choices=PaperForm)
    tahun = forms.IntegerField(required=False, min_value=2000, max_value=2200)

    def asked(self, today: date) -> tuple[str, int]:
        self.is_valid()
        form = self.cleaned_data.get("bentuk") or PaperForm.SURAT_PENUNJUKAN.value
        return form, self.cleaned_data.get("tahun") or today.year
