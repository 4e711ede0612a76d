from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.digests.months import Month, parse


class MonthForm(forms.Form):
    """Which month's sheet: those that have ended and have none yet."""

    month = forms.TypedChoiceField(label=_("Bulan"), coerce=parse)

    def __init__(self, *args: Any, months: list[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["month"]
        field.choices = [(str(month), month.name) for month in months]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Sebab edisi baru"),
        max_length=160,
        help_text=_("Tertulis di lembarnya, misalnya: dua tanda terima September baru dicatat."),
    )


class RecipientForm(forms.Form):
    """By address: a large government has thousands who sign in."""

    email = forms.EmailField(
        label=_("Surel pengguna"), help_text=_("Alamat yang dipakainya untuk masuk ke Kanal.")
    )
