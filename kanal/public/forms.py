from django import forms
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    text = forms.CharField(
        label=_("Tautan atau nama akun"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    note = forms.CharField(
        label=_("Apa yang Anda lihat"),
        help_text=_(
            "Misalnya: meminta transfer lewat pesan pribadi. "
            "Jangan tulis NIK, nomor telepon, atau nama orang."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
