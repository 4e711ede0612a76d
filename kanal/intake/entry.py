"""One letter being entered: its form, its rows of officers, its uploads, as one thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from kanal.appointments.facts import LetterFacts, effect_of
from kanal.appointments.models import Appointment, Letter, LetterKind
from kanal.directory.models import Person, Unit, User
from kanal.directory.permissions import SEE_PERSON_FILE
from kanal.intake.actions import submit_letter
from kanal.intake.forms import LetterEntryForm, Scope
from kanal.intake.officers import PREFIX, OfficerFormSet, facts_of, hushed
from kanal.intake.pending import FILES_AT_MOST, Pending
from kanal.intake.permissions import RECEIVE
from kanal.intake.proposals import Proposals
from kanal.lib.dates import say_day
from kanal.lib.fields import put_on, said
from kanal.lib.refusal import Refused
from kanal.readings.models import Reading, State

if TYPE_CHECKING:
    from kanal.intake.officers import Formset

# Where the rules' words for a part of the letter differ from the form's.
_FIELDS = {"file": "letter_files"}
UPLOADS = ("letter_files", "evidence_files")


class Entry:
    """`data` None: a fresh page, filled in beforehand with what the register knows."""

    def __init__(
        self,
        *,
        unit: Unit,
        by: User,
        today: date,
        pending: Pending,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        initial: dict[str, Any] | None = None,
        row: dict[str, Any] | None = None,
        reading: Reading | None = None,
    ) -> None:
        self.unit, self.by, self.today, self.pending = unit, by, today, pending
        self.ticked = data.getlist("cocok") if data is not None else []
        self._refusals = list(self._take_uploads(files)) if files else []
        accepted = list(unit.letters.accepted().select_related("corrects").order_by("-dated"))
        self.people = people_of(unit, today)
        self.accounts = {str(a.pk): a for a in unit.accounts.active().order_by("network", "pk")}
        self.proposals = self._proposals(reading)
        read = self.proposals.initial() if self.proposals else {}
        self.form = LetterEntryForm(data, initial={**(initial or {}), **read}, accepted=accepted)
        self.form.fields["letter_files"].required = self._lacks_file
        rows = (self.proposals.rows() if self.proposals else []) or [row or {}]
        self.formset: Formset = OfficerFormSet(
            data,
            prefix=PREFIX,
            initial=rows if data is None else None,
            form_kwargs={
                "people": self.people,
                "accounts": self.accounts,
                "kind": self._effect(data, accepted),
            },
        )

        self._open_scope()

    def _open_scope(self) -> None:
        """The question whose answer a letter that names accounts may not leave to a default."""
        scope = self.form.fields["scope"]
        scope.required = self._names_accounts and self._leaves_open
        if not self._names_accounts:
            scope.initial = Scope.ALL
        elif self.asks_scope:
            for row in self.formset:
                row["accounts"].help_text = _(
                    "Tidak ada yang dicentang: pilih di bagian Akun dalam surat."
                )

    def _proposals(self, reading: Reading | None) -> Proposals | None:
        if reading is None or reading.state == State.WAITING:
            return None
        return Proposals(reading, people=self.people, accounts=self.accounts)

    def _effect(self, data: QueryDict | None, accepted: list[Letter]) -> str:
        kind = data.get("kind", "") if data is not None else ""
        if kind != LetterKind.CORRECTION or data is None:
            return kind
        chosen = data.get("corrects", "")
        return effect_of(kind, next((row for row in accepted if str(row.pk) == chosen), None))

    @property
    def _lacks_file(self) -> bool:
        """Whoever receives letters may hold the paper in hand; an office sends its file along."""
        waits = any(not row.is_evidence for row in self.pending.files)
        refused = any(field == "letter_files" for field, _refusal in self._refusals)
        return not (waits or refused or self.by.may(RECEIVE))

    def _take_uploads(
        self, files: MultiValueDict[str, UploadedFile[Any]]
    ) -> Iterator[tuple[str, str]]:
        """What can be kept waits with the form; what can't is told beside its field."""
        for field in UPLOADS:
            for upload in files.getlist(field):
                if refusal := self._take(upload, is_evidence=field == "evidence_files"):
                    yield field, f"{upload.name}: {refusal}"

    def _take(self, upload: UploadedFile[Any], *, is_evidence: bool) -> str:
        if len(self.pending.files) >= FILES_AT_MOST:
            return _("paling banyak %(n)s berkas untuk satu surat.") % {"n": FILES_AT_MOST}
        try:
            self.pending.add(upload, is_evidence=is_evidence)
        except Refused as refused:
            return said(refused)
        return ""

    def hush(self) -> None:
        """A row or a file was added or removed: what is still missing is not a mistake yet."""
        hushed(self.form, self.formset)
        self._tell_refusals()

    def _tell_refusals(self) -> None:
        for field, refusal in self._refusals:
            self.form.add_error(field, refusal)

    def is_valid(self) -> bool:
        """Both are looked at even when one is wrong, so that every mistake shows at once."""
        self._tell_refusals()
        self._ask_for_ticks()
        self._ask_for_scope()
        return self.form.is_valid() & self.formset.is_valid()

    def _ask_for_ticks(self) -> None:
        """A number the machine is not certain of is nobody's word until a person compared it."""
        if self.proposals is None:
            return
        bound = {field.html_name: field for form in (self.form, *self.formset) for field in form}
        for name in self.proposals.unticked(self.form.data, self.ticked):
            if name in bound:
                bound[name].form.add_error(
                    bound[name].name, _("Cocokkan dengan gambarnya, lalu centang.")
                )

    @property
    def asks_scope(self) -> bool:
        """The letter names accounts and none is ticked, or there is none yet that could be."""
        return not self.accounts or (self._names_accounts and self._leaves_open)

    @property
    def _names_accounts(self) -> bool:
        return self.proposals is not None and self.proposals.names_accounts

    @property
    def _leaves_open(self) -> bool:
        """Whether a row ticks no account: its officer would answer for all of them."""
        rows = (row for row in self.formset if row.has_changed() or not row.empty_permitted)
        return any(not row["accounts"].value() for row in rows)

    def _ask_for_scope(self) -> None:
        """For the accounts it names only: then they are registered, and ticked."""
        if self.form.data.get("scope") != Scope.NAMED or not self._leaves_open:
            return
        told = _(
            "Daftarkan dulu akun yang disebut, lalu tekan “Centang yang baru didaftarkan” di bawah."
        )
        if self.accounts and not (self.proposals and self.proposals.strangers):
            told = _("Centang akun yang disebut pada tiap petugas.")
        self.form.add_error("scope", told)

    def submit(self) -> Letter | None:
        """The letter, or None with what was refused shown on the form."""
        given = dict(self.form.cleaned_data)
        for name in (*UPLOADS, "scope"):
            given.pop(name, None)
        try:
            with self.pending.opened() as (files, evidence):
                letter = submit_letter(
                    unit=self.unit,
                    facts=LetterFacts(officers=facts_of(self.formset), **given),
                    files=files,
                    evidence=evidence,
                    by=self.by,
                    today=self.today,
                )
        except Refused as refused:
            refused.field = _FIELDS.get(refused.field, refused.field)
            put_on(self.form, refused)
            return None
        self.pending.clear()
        return letter

    @property
    def is_refused(self) -> bool:
        return bool(self.form.errors) or self.formset.total_error_count() > 0


def named_in(reading: Reading | None, unit: Unit) -> list[str]:
    """The accounts of this office that the letter names, those registered a moment ago too."""
    if reading is None or reading.state == State.WAITING:
        return []
    accounts = {str(account.pk): account for account in unit.accounts.active()}
    return Proposals(reading, people={}, accounts=accounts).named


def people_of(unit: Unit, today: date) -> dict[str, tuple[Person, str]]:
    """Whoever was ever appointed here, those in office first, each with since when or until when."""
    terms: dict[int, Appointment] = {}
    rows = Appointment.objects.known().filter(unit=unit).select_related("person")
    for term in rows.order_by("valid"):
        terms[term.person_id] = term
    ranked = sorted(
        terms.values(),
        key=lambda term: (term.until is not None and term.until <= today, term.person.name),
    )
    return {str(term.person_id): (term.person, _told(term, today)) for term in ranked}


def _told(term: Appointment, today: date) -> str:
    given = {"name": term.person.full_name, "since": say_day(term.begins_on, short=True)}
    if term.until is None or term.until > today:
        return _("%(name)s, sejak %(since)s") % given
    return _("%(name)s, selesai %(until)s") % {**given, "until": say_day(term.until, short=True)}


def prefilled(unit: Unit, today: date, kind: str, leaving: str, by: User) -> dict[str, Any]:
    """What the register knows of the letter to come: its signer, and what it is likely about.

    The signer's number only for whoever may read it in the person's own file.
    """
    head = unit.headships.on(today).select_related("person").order_by("-begins_on").first()
    kinds = [str(choice) for choice in LetterKind]
    known = kind if kind in kinds else (LetterKind.REPLACEMENT if leaving else kinds[0])
    made: dict[str, Any] = {"kind": known, "signer_post": unit.head_title}
    if known == LetterKind.REPLACEMENT:
        made["subject"] = _("Penggantian Petugas Pengelola Media Sosial")
    if head is not None:
        made["signer_name"] = head.person.full_name
        made["signer_nip"] = head.person.identity_number if by.may(SEE_PERSON_FILE, unit) else ""
        made["signer_capacity"] = head.capacity
    return made
