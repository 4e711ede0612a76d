"""The rows of officers on the entry page: their form, and adding or removing one without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kanal.appointments.facts import OfficerFacts
from kanal.appointments.models import Duty, LetterKind
from kanal.directory.models import Person
from kanal.lib.fields import said
from kanal.lib.identity import LABELS, IdentityKind, parse
from kanal.lib.refusal import Refused
from kanal.register.models import Account

if TYPE_CHECKING:
    Formset = forms.BaseFormSet["OfficerForm"]

PREFIX = "petugas"
AT_MOST = 20
BOTH = [str(Duty.CONTENT), str(Duty.COORDINATION)]


class OfficerForm(forms.Form):
    replaces = forms.ChoiceField(
        label=_("Petugas lama"),
        required=False,
        help_text=_("Yang diganti (penggantian) atau yang berhenti (penghentian)."),
    )
    full_name = forms.CharField(
        label=_("Nama lengkap dengan gelar"),
        max_length=240,
        error_messages={"required": _("Isi nama petugas seperti tertulis di surat.")},
    )
    identity_kind = forms.ChoiceField(
        label=_("Jenis nomor pegawai"),
        choices=[(kind.value, LABELS[kind]) for kind in IdentityKind],
        initial=IdentityKind.NIP.value,
    )
    identity_number = forms.CharField(
        label=_("Nomor pegawai"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    identity_reason = forms.CharField(
        label=_("Alasan tanpa nomor"),
        required=False,
        max_length=200,
        help_text=_("Misalnya tenaga PJLP. Jangan isi NIK."),
    )
    post = forms.CharField(
        label=_("Jabatan"),
        max_length=200,
        error_messages={"required": _("Isi jabatan petugas di kantor ini.")},
    )
    rank = forms.CharField(label=_("Pangkat, golongan"), max_length=80, required=False)
    duties = forms.MultipleChoiceField(
        label=_("Tugas menurut diktum KEDUA"),
        choices=Duty,
        help_text=_(
            "Centang menurut suratnya. Surat yang menunjuk tanpa merinci tugas memberi keduanya,"
            " menurut instruksi."
        ),
        error_messages={"required": _("Centang sekurangnya satu tugas.")},
        widget=forms.CheckboxSelectMultiple,
    )
    accounts = forms.MultipleChoiceField(
        label=_("Akun yang dikelola"),
        required=False,
        help_text=_("Tidak ada yang dicentang: semua akun kantor, juga yang didaftarkan nanti."),
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = forms.CharField(
        label=_("Bukti kompetensi"),
        max_length=300,
        required=False,
        help_text=_("Pelatihan atau sertifikat, jika disebut."),
    )

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, tuple[Person, str]],
        accounts: Mapping[str, Account],
        kind: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.own_accounts, self.kind = people, accounts, kind
        for name in ("identity_number", "identity_reason"):
            # The kind of number says which of the two is asked for.
            self.fields[name].depends = True  # type: ignore[attr-defined]
        offered = [("", _("Tidak ada")), *((key, told) for key, (_p, told) in people.items())]
        self._offer("replaces", offered)
        self._offer("accounts", [(key, str(account)) for key, account in accounts.items()])
        # In these a row may name only who goes; then nothing else has to be typed.
        if kind in (LetterKind.TERMINATION, LetterKind.REPLACEMENT):
            for name in ("full_name", "post", "duties"):
                self.fields[name].required = False

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        leaving = self.people.get(given.get("replaces", ""))
        given["leaving"] = leaving[0] if leaving else None
        if self.kind == LetterKind.REPLACEMENT and given["leaving"] and not given.get("full_name"):
            return given
        if self.kind == LetterKind.REPLACEMENT:
            self._ask_for_all(given)
        if self.kind != LetterKind.TERMINATION:
            self._clean_identity(given)
        elif given["leaving"] is None and not given.get("full_name"):
            # A penghentian names somebody in office: nothing else has to be typed.
            nobody = _("Kantor ini belum punya petugas yang tercatat.")
            self.add_error("replaces", _("Pilih petugas yang berhenti.") if self.people else nobody)
        elif given["leaving"] is None:
            self._clean_identity(given)
        return given

    def _ask_for_all(self, given: dict[str, Any]) -> None:
        """Somebody comes: what the row lets be empty for those who only go is asked for after all."""
        for name in ("full_name", "post", "duties"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])

    def _clean_identity(self, given: dict[str, Any]) -> None:
        kind, number = given.get("identity_kind"), given.get("identity_number") or ""
        if not kind:
            return
        if kind == IdentityKind.NONE and not given.get("identity_reason"):
            self.add_error("identity_reason", _("Tulis mengapa petugas ini tidak punya nomor."))
        try:
            given["identity_number"] = parse(IdentityKind(kind), number).digits
        except Refused as mistake:
            self.add_error("identity_number", said(mistake))

    def facts(self) -> OfficerFacts:
        given = self.cleaned_data
        leaving: Person | None = given["leaving"]
        accounts = tuple(self.own_accounts[key] for key in given["accounts"])
        only_goes = self.kind == LetterKind.REPLACEMENT and not given["full_name"]
        if leaving is not None and (self.kind == LetterKind.TERMINATION or only_goes):
            return OfficerFacts(
                full_name=leaving.full_name,
                identity_kind=IdentityKind(leaving.identity_kind),
                identity_number=leaving.identity_number,
                identity_reason=leaving.identity_reason,
                post=given["post"],
                accounts=accounts,
                replaces=leaving if only_goes else None,
            )
        kind = IdentityKind(given["identity_kind"])
        return OfficerFacts(
            full_name=given["full_name"],
            identity_kind=kind,
            identity_number=given["identity_number"],
            identity_reason=given["identity_reason"] if kind is IdentityKind.NONE else "",
            post=given["post"],
            rank=given["rank"],
            duties=tuple(given["duties"]) or tuple(BOTH),
            accounts=accounts,
            replaces=leaving,
            evidence=given["evidence"],
        )


OfficerFormSet = forms.formset_factory(
    OfficerForm, extra=0, min_num=1, max_num=AT_MOST, absolute_max=AT_MOST, validate_max=True
)


def facts_of(formset: Formset) -> tuple[OfficerFacts, ...]:
    """Rows left empty are no officers."""
    return tuple(form.facts() for form in formset if form.has_changed() or not form.empty_permitted)


_ROW = re.compile(rf"{PREFIX}-(\d{{1,2}})-(\w+)")


def with_one_more(data: QueryDict) -> QueryDict:
    rows = _rows(data)
    if len(rows) < AT_MOST:
        rows.append({"identity_kind": [IdentityKind.NIP.value]})
    return _rewritten(data, rows)


def without(data: QueryDict, position: int) -> QueryDict:
    rows = _rows(data)
    if len(rows) > 1 and 0 <= position < len(rows):
        del rows[position]
    return _rewritten(data, rows)


def with_accounts(data: QueryDict, keys: list[str]) -> QueryDict:
    """These are ticked as well: in every row, as the letter names them for all its officers."""
    rows = _rows(data)
    for row in rows:
        row["accounts"] = list(dict.fromkeys([*row.get("accounts", []), *keys]))
    return _rewritten(data, rows)


def _rows(data: QueryDict) -> list[dict[str, list[str]]]:
    try:
        count = min(max(int(data.get(f"{PREFIX}-TOTAL_FORMS", "1")), 1), AT_MOST)
    except ValueError:
        count = 1
    rows: list[dict[str, list[str]]] = [{} for _n in range(count)]
    for key in data:
        hit = _ROW.fullmatch(key)
        if hit and int(hit[1]) < count:
            rows[int(hit[1])][hit[2]] = data.getlist(key)
    return rows


def _rewritten(data: QueryDict, rows: list[dict[str, list[str]]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for key in data:
        if not key.startswith(f"{PREFIX}-"):
            made.setlist(key, data.getlist(key))
    made[f"{PREFIX}-TOTAL_FORMS"] = str(len(rows))
    made[f"{PREFIX}-INITIAL_FORMS"] = "0"
    for position, row in enumerate(rows):
        for name, values in row.items():
            made.setlist(f"{PREFIX}-{position}-{name}", values)
    return made


def hushed(form: forms.BaseForm, formset: Formset) -> None:
    """A row was added or removed: what is still missing is not a mistake yet."""
    form.errors.clear()
    for row in formset:
        row.errors.clear()
    formset.non_form_errors().clear()
