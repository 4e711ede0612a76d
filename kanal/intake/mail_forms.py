from django import forms
from django.utils.translation import gettext_lazy as _


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Mengapa bukan surat?"),
        max_length=300,
        help_text=_("Misalnya: undangan rapat, sudah diteruskan ke bagian umum."),
    )
