"""What was read from a file, as the entry page proposes it: values, and the picture of each.

A proposal fills a field; it is taken by sending the form and corrected by typing. A number the
machine is not certain of must be compared with its picture by a person, and ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kanal.appointments.models import Duty, LetterForm
from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.appointments.read_beside import CAPACITIES
from kanal.directory.asking import reach
from kanal.directory.models import Person, Unit, User
from kanal.intake.officers import AT_MOST, PREFIX
from kanal.lib.identity import IdentityKind, IdentityMistake, read_employee_number
from kanal.lib.names import fold, split_titles
from kanal.readings.models import CERTAIN, Reading, State, is_doubted
from kanal.readings.words import Said, said
from kanal.register.models import Account
from kanal.register.written import Written, written

MOST_OFFICES = 5
_LONGEST_SUBJECT = 300
DUTIES = "duties"
_LETTER = {"kind": "", "number": "number", "dated": "date", "subject": "subject"}
_SIGNER = {"signer_name": "name", "signer_nip": "nip", "signer_post": "position"}
# Forms by their title; what is titled by what it does has no form of its own.
_FORMS = {
    "Surat Penunjukan": LetterForm.SURAT_PENUNJUKAN,
    "Surat Tugas": LetterForm.SURAT_TUGAS,
    "Surat Perintah Tugas": LetterForm.SURAT_PERINTAH_TUGAS,
    "Surat Penugasan": LetterForm.SURAT_PENUGASAN,
    "Keputusan": LetterForm.KEPUTUSAN,
    "Surat Dinas": LetterForm.SURAT,
    "Surat Penggantian": LetterForm.SURAT,
    "Surat Penghentian": LetterForm.SURAT,
    "Ralat": LetterForm.SURAT,
}
_OFFICER = {"full_name": "name", "identity_number": "nip", "post": "position", "rank": "rank"}


@dataclass(frozen=True)
class Mark:
    """One proposed value: its picture, how surely it was read, and whether a tick is asked."""

    field: str
    value: str
    picture: str
    confidence: float
    is_number: bool

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)

    @property
    def is_doubtful(self) -> bool:
        return is_doubted(self.confidence, is_number=self.is_number)

    @property
    def wants_tick(self) -> bool:
        return self.is_number and self.confidence < CERTAIN


class Proposals:
    """Of one reading's letter; nothing of anything when it was not read."""

    def __init__(
        self,
        reading: Reading,
        *,
        people: Mapping[str, tuple[Person, str]],
        accounts: Mapping[str, Account],
    ) -> None:
        self.reading, self.people, self.accounts = reading, people, accounts
        self.letter: dict[str, Any] = reading.letters[0] if reading.letters else {}
        self.marks = {mark.field: mark for mark in self._marks()}

    @property
    def is_failed(self) -> bool:
        return self.reading.state == State.FAILED

    @property
    def reasons(self) -> list[Said]:
        return [said(reason) for reason in self.reading.reasons]

    def initial(self) -> dict[str, Any]:
        """For the letter's form: what was read, and nothing invented for subject and form."""
        letter, signer = self.letter, self.letter.get("signatory") or {}
        values = {
            "kind": letter.get("kind"),
            "number": letter.get("number"),
            "dated": letter.get("date"),
            "signer_name": signer.get("name"),
            "signer_nip": signer.get("nip"),
            "signer_post": signer.get("position"),
            "signer_capacity": CAPACITIES.get(signer.get("capacity") or ""),
        }
        subject = (letter.get("subject") or "")[:_LONGEST_SUBJECT]
        read = {name: value for name, value in values.items() if value}
        return {**read, "subject": subject, "form": self._form}

    @property
    def _form(self) -> str:
        form = _FORMS.get(self.letter.get("form") or "")
        return form.value if form else ""

    @property
    def duties(self) -> list[str]:
        """Those the letter's own text gives; readings from before looked for none."""
        return [duty for duty in self.letter.get("duties") or [] if duty in Duty.values]

    @property
    def notes(self) -> dict[str, str]:
        """By field, what could not be read and is left to a person."""
        unread = _("Tidak terbaca di surat; isi dari surat.")
        found = {} if self.letter.get("subject") else {"subject": unread}
        if not self._form:
            found["form"] = unread
        elif "form" not in self.marks:
            found["form"] = _("Tidak ada judul yang terbaca: diusulkan surat dinas. Cocokkan.")
        missing = [str(duty.label).lower() for duty in Duty if duty not in self.duties]
        if len(missing) == len(Duty):
            found[DUTIES] = _("Tugas tidak terbaca di surat; isi dari surat.")
        elif missing:
            found[DUTIES] = _("Tidak terbaca di surat: %(duties)s. Isi dari surat.") % {
                "duties": "; ".join(missing)
            }
        return found

    def rows(self) -> list[dict[str, Any]]:
        """For the officers' forms, each with whom they replace, in the order of the letter."""
        leaving = self.letter.get("replaced") or []
        coming = self.letter.get("officers") or leaving
        rows = [self._row(person) for person in coming[:AT_MOST]]
        for row, gone in zip(rows, leaving, strict=False):
            row["replaces"] = self._known(gone)
        rest = (self._known(gone) for gone in leaving[len(rows) :])
        only_going = ({"replaces": key, "accounts": self.named} for key in rest if key)
        return [*rows, *only_going][:AT_MOST]

    def _row(self, person: Mapping[str, Any]) -> dict[str, Any]:
        kind, number = _identity(person)
        return {
            "full_name": person.get("name") or "",
            "identity_kind": kind.value,
            "identity_number": number,
            "identity_reason": person.get("status") or "" if kind is IdentityKind.NONE else "",
            "post": person.get("position") or "",
            "rank": person.get("rank") or "",
            "duties": self.duties,
            "accounts": self.named,
        }

    def _known(self, gone: Mapping[str, Any]) -> str:
        """Somebody this office has had, by number or else by name; "" when nobody fits."""
        bare = fold(split_titles(gone.get("name") or "").bare)
        for key, (person, _told) in self.people.items():
            if gone.get("nip") and person.identity_number == gone["nip"]:
                return key
        by_name = [
            key for key, (person, _told) in self.people.items() if person.name_folded == bare
        ]
        return by_name[0] if len(by_name) == 1 else ""

    @property
    def named(self) -> list[str]:
        """The office's accounts the letter names: those alone, even where they are all it has."""
        names = self.letter.get("accounts") or []
        return sorted({key for name in names for key in self._matching(name)}, key=int)

    @property
    def names_accounts(self) -> bool:
        return bool(self.letter.get("accounts"))

    def _matching(self, named: Mapping[str, str]) -> Iterator[str]:
        one = written(named)
        yield from (key for key, account in self.accounts.items() if one.is_of(account))

    @property
    def strangers(self) -> list[Written]:
        """Accounts the letter names that the office has not declared."""
        return [
            written(named)
            for named in self.letter.get("accounts") or []
            if not list(self._matching(named))
        ]

    @property
    def strangers_query(self) -> str:
        """For the page that registers accounts: each filled in on a line of its own."""
        return urlencode([("akun", one.pasted) for one in self.strangers])

    def _marks(self) -> Iterator[Mark]:
        for field, name in _LETTER.items():
            yield from self._mark(field, name, self.letter.get(name))
        signer = self.letter.get("signatory") or {}
        for field, part in _SIGNER.items():
            yield from self._mark(field, f"signatory.{part}", signer.get(part))
        # That an untitled letter is an ordinary one stands nowhere on the page.
        if self._form and "form" in self.letter.get("places", {}):
            yield from self._mark("form", "form", self.letter.get("form"))
        told = "; ".join(str(Duty(duty).label) for duty in self.duties)
        yield from self._mark(DUTIES, "duties", told)
        group = "officers" if self.letter.get("officers") else "replaced"
        for number, person in enumerate(self.letter.get(group) or []):
            for field, part in _OFFICER.items():
                yield from self._mark(
                    f"{PREFIX}-{number}-{field}", f"{group}.{number}.{part}", person.get(part)
                )

    def _mark(self, field: str, name: str, value: str | None) -> Iterator[Mark]:
        if not name or not value:
            return
        kept = f"0.{name}" in self.reading.crops
        yield Mark(
            field,
            value,
            reverse("readings:piece", args=[self.reading.pk, f"0.{name}"]) if kept else "",
            self.reading.confidence(name),
            name.endswith(".nip"),
        )

    def unticked(self, data: Mapping[str, Any], ticked: Sequence[str]) -> Iterator[str]:
        """Fields still holding a number the machine is not certain of, which nobody compared."""
        for mark in self.marks.values():
            same = "".join(filter(str.isdigit, data.get(mark.field, ""))) == mark.value
            if mark.wants_tick and same and mark.field not in ticked:
                yield mark.field


def _identity(person: Mapping[str, Any]) -> tuple[IdentityKind, str]:
    number = person.get("nip") or ""
    if not number:
        return IdentityKind.NONE, ""
    try:
        return read_employee_number(number).kind, number
    except IdentityMistake:
        return IdentityKind.PPPK if person.get("status") == "PPPK" else IdentityKind.NIP, number


def offices_for(reading: Reading, user: User, day: date) -> list[Unit]:
    """Open offices the person may send letters for, by the name the letter gives as its own."""
    wanted = fold(reading.letters[0].get("agency") or "") if reading.letters else ""
    if not wanted:
        return []
    units = Unit.objects.filter(reach(user, SUBMIT_LETTER, unit="")).open_on(day)
    return [unit for unit in units.order_by("path") if fold(unit.short) == wanted][:MOST_OFFICES]
