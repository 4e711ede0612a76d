from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kanal.lib.fields import DayField
from kanal.mandates.models import Mandate
from kanal.post.models import SendingHours
from kanal.reminders.actions import FURTHEST, LONGEST_PAUSE, MOST_TIMES
from kanal.reminders.defaults import RuleFacts
from kanal.reminders.models import REMINDED, Rule, Step
from kanal.reminders.wording import GENERAL, OF_UNIT

BEFORE, AFTER = "before", "after"
_STEPS = [(step.value, step.label) for step in (Step.OFFICER, Step.HEAD, Step.VERIFIER)]


class RuleForm(forms.Form):
    mandate = forms.ModelChoiceField(
        Mandate.objects.none(), label=_("Dasar hukum"), empty_label=None
    )
    name = forms.CharField(label=_("Nama aturan"), max_length=120)
    stages = forms.MultipleChoiceField(
        label=_("Untuk kantor yang"),
        choices=[(stage.value, stage.label) for stage in REMINDED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang sekurangnya satu.")},
    )
    days = forms.IntegerField(
        label=_("Berapa hari kerja"),
        min_value=0,
        max_value=FURTHEST,
        help_text=_("0: pada hari batasnya, atau hari kerja terakhir sebelumnya."),
    )
    side = forms.ChoiceField(
        label=_("Sebelum atau sesudah batas"),
        choices=[(BEFORE, _("Sebelum batas")), (AFTER, _("Sesudah batas"))],
    )
    every = forms.IntegerField(
        label=_("Diulang tiap berapa hari kerja"),
        min_value=1,
        max_value=LONGEST_PAUSE,
        required=False,
    )
    times = forms.IntegerField(
        label=_("Diulang berapa kali"), min_value=1, max_value=MOST_TIMES, required=False
    )
    step = forms.ChoiceField(
        label=_("Dikirim kepada"),
        choices=_STEPS,
        help_text=_("Tanpa alamat surel yang berfungsi, pengingat naik ke langkah berikutnya."),
    )
    subject = forms.CharField(label=_("Perihal surel"), max_length=200)
    text = forms.CharField(
        label=_("Isi surel"), max_length=6_000, widget=forms.Textarea(attrs={"rows": 12})
    )

    def __init__(
        self, data: Any = None, *, mandates: QuerySet[Mandate], rule: Rule | None = None
    ) -> None:
        super().__init__(data, initial=_as_rule(rule) if rule else None)
        field = self.fields["mandate"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mandates
        if rule is not None:
            del self.fields["mandate"]
        self.fields["text"].help_text = _now(
            "Yang dapat diisi Kanal: %(unit)s. Untuk verifikator, yang menerima satu daftar untuk"
            " semua kantor, hanya: %(general)s."
        ) % {"unit": _told(OF_UNIT | GENERAL), "general": _told(GENERAL)}

    def facts(self) -> RuleFacts:
        given = self.cleaned_data
        return RuleFacts(
            name=given["name"],
            stages=tuple(given["stages"]),
            offset=-given["days"] if given["side"] == BEFORE else given["days"],
            every=given["every"],
            times=given["times"] or 0,
            step=given["step"],
            subject=given["subject"],
            text=given["text"].replace("\r\n", "\n"),
        )


def _told(names: Any) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _as_rule(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "stages": rule.stages,
        "days": abs(rule.offset),
        "side": BEFORE if rule.offset < 0 else AFTER,
        "every": rule.every,
        "times": rule.times or None,
        "step": rule.step,
        "subject": rule.subject,
        "text": rule.text,
    }


class DayForm(forms.Form):
    day = DayField(label=_("Tanggal"))
    is_working = forms.TypedChoiceField(
        label=_("Hari itu"),
        choices=[("0", _("Libur")), ("1", _("Hari kerja"))],
        coerce=lambda chosen: chosen == "1",
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=200,
        help_text=_("Dasarnya, misalnya SKB cuti bersama atau keputusan kepala daerah."),
    )


class HoursForm(forms.Form):
    opens = forms.TimeField(label=_("Mulai"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    closes = forms.TimeField(label=_("Selesai"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))

    def __init__(self, data: Any = None, *, hours: SendingHours) -> None:
        super().__init__(data, initial={"opens": hours.opens, "closes": hours.closes})
