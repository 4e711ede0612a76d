from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.appointments.guidance import LOOK_AT, TO_DO
from kanal.appointments.hints import Hint
from kanal.appointments.models import Check, CheckName, ReturnReason, Verdict

DECISIONS = {"simpan", "terima", "tunda", "kembalikan"}


@dataclass(frozen=True)
class CheckFields:
    """One named check as the page shows it."""

    label: str
    look_at: str
    verdict: forms.BoundField
    note: forms.BoundField
    hints: list[Hint]
    last: Check | None


class VerifyForm(forms.Form):
    """The six checks, each with a verdict and a note, and what was decided with which button."""

    reason = forms.ChoiceField(
        label=_("Alasan pengembalian"),
        required=False,
        choices=[("", _("Pilih alasan")), *ReturnReason.choices],
    )
    note = forms.CharField(
        label=_("Pesan untuk kantor"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Tunda: tulis apa yang ditunggu. Kembalikan: boleh kosong, kantor mendapat petunjuk"
            " menurut alasannya."
        ),
    )

    def __init__(
        self, data: Any, *, last: Mapping[str, Check], is_signature_doubtful: bool = False
    ) -> None:
        super().__init__(data)
        self.last, self.is_signature_doubtful = last, is_signature_doubtful
        self.decision = data.get("putusan", "simpan") if data is not None else ""
        for name in CheckName:
            known = last.get(name)
            self.fields[f"{name}-verdict"] = forms.ChoiceField(
                label=_("Hasil"),
                required=False,
                choices=Verdict.choices,
                widget=forms.RadioSelect,
                initial=known.verdict if known else None,
            )
            self.fields[f"{name}-note"] = forms.CharField(
                label=_("Catatan"),
                required=False,
                max_length=400,
                initial=known.note if known else "",
            )

            for part in ("verdict", "note"):
                field = self.fields[f"{name}-{part}"]
                field.in_summary = f"{name.label}: {field.label}"  # type: ignore[attr-defined]

    def parts(self, hints: Mapping[str, list[Hint]]) -> Iterator[CheckFields]:
        for name in CheckName:
            yield CheckFields(
                str(name.label),
                str(LOOK_AT[name]),
                self[f"{name}-verdict"],
                self[f"{name}-note"],
                hints.get(name, []),
                self.last.get(name),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.decision not in DECISIONS:
            self.add_error(None, _("Pilih terima, tunda, atau kembalikan."))
        if self.decision == "tunda" and not given.get("note"):
            self.add_error("note", _("Tulis apa yang ditunggu."))
        if self.decision == "kembalikan":
            self._clean_return(given)
        for name in CheckName:
            refused = given.get(f"{name}-verdict") in (Verdict.HOLD, Verdict.REFUSE)
            if refused and not given.get(f"{name}-note"):
                self.add_error(f"{name}-note", _("Tulis apa yang kurang."))
        self._clean_authentic(given)
        return given

    def _clean_authentic(self, given: dict[str, Any]) -> None:
        """What the signature's own judgement speaks against is not ticked without a word."""
        name = CheckName.AUTHENTIC
        meets = given.get(f"{name}-verdict") == Verdict.MEETS
        if self.is_signature_doubtful and meets and not given.get(f"{name}-note"):
            self.add_error(
                f"{name}-note",
                _(
                    "Tanda tangan elektroniknya diragukan (lihat Dibaca dari berkas). Tulis dengan apa"
                    " Anda meyakini surat ini asli."
                ),
            )

    def _clean_return(self, given: dict[str, Any]) -> None:
        reason = given.get("reason")
        if not reason:
            self.add_error("reason", _("Pilih alasan pengembalian."))
        elif not given.get("note") and reason not in TO_DO:
            self.add_error("note", _("Tulis apa yang harus dilakukan kantor."))

    def changed_checks(self) -> Iterator[tuple[CheckName, Verdict, str]]:
        """Those that say something else than the newest row of their name."""
        for name in CheckName:
            verdict = self.cleaned_data[f"{name}-verdict"]
            note = self.cleaned_data[f"{name}-note"]
            known = self.last.get(name)
            if verdict and (known is None or (known.verdict, known.note) != (verdict, note)):
                yield name, Verdict(verdict), note

    @property
    def message(self) -> str:
        """To the office: as typed, else what the reason itself tells it to do."""
        typed: str = self.cleaned_data["note"]
        reason = self.cleaned_data["reason"]
        return typed or str(TO_DO.get(reason, "") if reason else "")
