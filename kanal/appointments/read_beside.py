"""What the machine read from the letter's own file, beside what was entered: for the verifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kanal.appointments.models import Letter, LetterFile, LetterOfficer
from kanal.lib.dates import say_day
from kanal.lib.names import fold, split_titles
from kanal.lib.numbers import fold_letter_number
from kanal.readings import actions
from kanal.readings.models import Reading
from kanal.readings.words import Said, said

Same = Callable[[str, str], bool]


@dataclass(frozen=True)
class Beside:
    """One fact: as entered, as read ("" when it was not), and the picture it was read from."""

    label: str
    entered: str
    read: str
    picture: str
    percent: int
    agrees: bool


@dataclass(frozen=True)
class Read:
    reading: Reading
    facts: list[Beside]
    reasons: list[Said]

    @property
    def differing(self) -> list[Beside]:
        return [fact for fact in self.facts if fact.read and not fact.agrees]


def beside(
    letter: Letter, files: Sequence[LetterFile], officers: Sequence[LetterOfficer]
) -> Read | None:
    """None when nothing was read of its file: it came on paper, or its reading is gone."""
    digests = [file.sha256 for file in files if not file.is_evidence]
    found = actions.of_files(letter.government_id, digests) if digests else []
    reading = next((reading for reading in found if reading.letters), None)
    if reading is None:
        return None
    place = _which(letter, reading)
    facts = list(_Compared(reading, place).facts(letter, officers))
    return Read(reading, facts, [said(reason) for reason in reading.reasons])


def _which(letter: Letter, reading: Reading) -> int:
    """The one of several letters in the file that has this number; else the first."""
    mine = fold_letter_number(letter.number)
    for place, read in enumerate(reading.letters):
        if fold_letter_number(read.get("number") or "") == mine:
            return place
    return 0


class _Compared:
    def __init__(self, reading: Reading, place: int) -> None:
        self.reading, self.place = reading, place
        self.read: dict[str, Any] = reading.letters[place]

    def facts(self, letter: Letter, officers: Sequence[LetterOfficer]) -> Iterator[Beside]:
        yield self._one(_("Nomor surat"), letter.number, "number", self.read.get("number"), _number)
        day = self.read.get("date")
        dated = letter.dated.isoformat()
        yield self._one(
            _("Tanggal surat"), dated, "date", day, _exactly, shown=say_day(letter.dated)
        )
        signer = self.read.get("signatory") or {}
        yield self._one(
            _("Penandatangan"), letter.signer_name, "signatory.name", signer.get("name"), _name
        )
        yield self._one(
            _("NIP penandatangan"), letter.signer_nip, "signatory.nip", signer.get("nip"), _exactly
        )
        for officer in officers:
            yield from self._officer(officer)

    def _officer(self, officer: LetterOfficer) -> Iterator[Beside]:
        person = officer.person
        at, read = self._matching(person.identity_number, person.full_name)
        name = person.full_name
        yield self._one(_("Petugas"), name, f"officers.{at}.name", read.get("name"), _name)
        if person.identity_number or read.get("nip"):
            number = person.identity_number
            field = f"officers.{at}.nip"
            yield self._one(
                _("Nomor pegawai %(name)s") % {"name": name},
                number,
                field,
                read.get("nip"),
                _exactly,
            )

    def _matching(self, number: str, name: str) -> tuple[int, dict[str, Any]]:
        rows = list(enumerate(self.read.get("officers") or []))
        for at, read in rows:
            if number and read.get("nip") == number:
                return at, read
        for at, read in rows:
            if _name(name, read.get("name") or ""):
                return at, read
        return -1, {}

    def _one(
        self,
        label: str,
        entered: str,
        field: str,
        read: str | None,
        same: Same,
        shown: str = "",
    ) -> Beside:
        key = f"{self.place}.{field}"
        kept = key in self.reading.crops
        return Beside(
            label,
            shown or entered,
            read or "",
            reverse("readings:piece", args=[self.reading.pk, key]) if kept else "",
            round(self.reading.confidence(field, self.place) * 100),
            same(entered, read or ""),
        )


def _exactly(entered: str, read: str) -> bool:
    return entered == read


def _number(entered: str, read: str) -> bool:
    return fold_letter_number(entered) == fold_letter_number(read)


def _name(entered: str, read: str) -> bool:
    return fold(split_titles(entered).bare) == fold(split_titles(read).bare)
