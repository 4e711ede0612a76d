"""Form fields as offices fill them in: days in words or figures, and refusals beside a field."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kanal.lib.dates import DayMistake, parse_day
from kanal.lib.refusal import Refused


class DayInput(forms.DateInput):
    """A date picker; what was typed in words instead is shown again as it was typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if not _is_iso(context["widget"]["value"]):
            context["widget"]["type"] = "text"
        return context


def _is_iso(value: str | None) -> bool:
    if not value:
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


class DayField(forms.Field):
    """`2018-03-28` from a date picker, or `28 Maret 2018` as letters write it."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DayMistake as mistake:
            raise ValidationError(said(mistake)) from mistake

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def said(refused: Refused) -> str:
    """What happened and what to do, as one line beside a field."""
    return f"{refused.what} {refused.next_step}".strip()


def put_on(form: forms.BaseForm, refused: Refused) -> None:
    """Shows a refusal at the field it names, or above the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, said(refused))
