from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kanal.lib.fields import DayField
from kanal.register.models import Account, AccountState, Network
from kanal.register.proofs import Proof

LINES_AT_MOST = 20


class DeclareForm(forms.Form):
    text = forms.CharField(
        label=_("Tautan atau nama akun"),
        help_text=_("Satu akun per baris, paling banyak 20. Tautan halaman profil paling pasti."),
        max_length=8000,
        error_messages={"required": _("Tempel sekurangnya satu tautan atau nama akun.")},
        widget=forms.Textarea(
            attrs={
                "rows": 5,
                "spellcheck": "false",
                "autocapitalize": "none",
                "placeholder": "https://www.instagram.com/namaakun/",
            }
        ),
    )
    network = forms.ChoiceField(
        label=_("Jejaring"),
        required=False,
        choices=[("", _("Terbaca dari tautannya")), *Network.choices],
        help_text=_("Hanya perlu untuk nama akun tanpa tautan, misalnya @namaakun."),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(lines_of(text)) > LINES_AT_MOST:
            raise forms.ValidationError(
                _("Ada %(n)s baris; paling banyak 20 sekali kirim."),
                params={"n": len(lines_of(text))},
            )
        return text


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class StateForm(forms.Form):
    to = forms.ChoiceField(label=_("Menjadi"), widget=forms.RadioSelect)
    proof = forms.ChoiceField(
        label=_("Jenis bukti"),
        required=False,
        choices=[("", _("Tanpa bukti")), *Proof.choices],
        help_text=_("Untuk verifikasi. Centang biru berbayar bukan bukti."),
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=400,
        required=False,
        error_messages={"required": _("Tulis apa yang Anda periksa atau apa yang terjadi.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Apa yang diperiksa dan di mana, atau apa yang terjadi. Alamat halaman yang menautkan,"
            " kode yang terpasang, atau alasan penutupan."
        ),
    )

    def __init__(self, *args: Any, offered: list[AccountState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["note"].required = AccountState.VERIFIED not in offered
        choices = [(str(state), VERBS[state]) for state in offered]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]

    @property
    def offers_verification(self) -> bool:
        return AccountState.VERIFIED in self.offered

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        to, proof, note = given.get("to"), given.get("proof"), given.get("note")
        if to == AccountState.VERIFIED and not proof:
            self.add_error("proof", _("Pilih jenis bukti kepemilikannya."))
        if not note and (to != AccountState.VERIFIED or proof == Proof.STAFF):
            self.add_error("note", _("Tulis apa yang Anda periksa atau apa yang terjadi."))
        return given


VERBS = {
    AccountState.DECLARED: _("Dipakai lagi (perlu diverifikasi ulang)"),
    AccountState.VERIFIED: _("Terverifikasi: kepemilikannya terbukti"),
    AccountState.PARKED: _("Diparkir: tidak dipakai, namanya dijaga"),
    AccountState.LOST: _("Hilang kendali: kantor tidak dapat masuk lagi"),
    AccountState.CLOSED: _("Ditutup untuk seterusnya; jejaknya tetap terlihat"),
}


class NilForm(forms.Form):
    signer_name = forms.CharField(label=_("Kepala kantor yang menandatangani"), max_length=160)
    signer_post = forms.CharField(label=_("Jabatannya"), max_length=200)
    declared_on = DayField(label=_("Tanggal pernyataan"))


class FilterForm(forms.Form):
    """The list's own filters. What can't be read counts as not asked."""

    cari = forms.CharField(label=_("Cari akun atau kantor"), required=False, max_length=100)
    jejaring = forms.ChoiceField(
        label=_("Jejaring"), required=False, choices=[("", _("Semua")), *Network.choices]
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua")), *AccountState.choices]
    )
    tanda = forms.BooleanField(label=_("Hanya yang bertanda"), required=False)

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


def nil_form(data: Any, *, signer_name: str, signer_post: str, today: date) -> NilForm:
    initial = {"signer_name": signer_name, "signer_post": signer_post, "declared_on": today}
    return NilForm(data, initial=initial)


def offered(account: Account, follows: set[AccountState], may_verify: bool) -> list[AccountState]:
    """What this person may make of the account, in the order of the states."""
    return [
        state
        for state in AccountState
        if state in follows and (may_verify or state != AccountState.VERIFIED)
    ]
