"""What the machine read from the letter's own file, beside what was entered: for the verifier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kanal.appointments.models import Letter, LetterFile, LetterKind, LetterOfficer
from kanal.appointments.read_accounts import Named, named_accounts
from kanal.directory.models import Capacity, Person
from kanal.lib.dates import say_day
from kanal.lib.names import fold, split_titles
from kanal.lib.numbers import fold_letter_number
from kanal.readings import actions
from kanal.readings.models import Reading, State
from kanal.readings.signatures import Seen, seen
from kanal.readings.words import Said, said

Same = Callable[[str, str], bool]

CAPACITIES = {
    "definitif": Capacity.DEFINITIVE,
    "pj.": Capacity.PJ,
    "plt.": Capacity.PLT,
    "plh.": Capacity.PLH,
    "a.n.": Capacity.ON_BEHALF,
    "u.b.": Capacity.ON_BEHALF_BELOW,
    "a.n. u.b.": Capacity.ON_BEHALF_BELOW,
}
# Which government an office belongs to: some letterheads say it after the office's own name.
_WHOSE = re.compile(r" (provinsi|kota|kabupaten|daerah khusus|dki) .*")


@dataclass(frozen=True)
class Beside:
    """One fact: as entered, as read ("" when it was not), and the picture it was read from.

    `is_absent`: the file names such people, but not this one. `is_doubtful`: read, but not surely.
    """

    label: str
    entered: str
    read: str
    picture: str
    percent: int
    agrees: bool
    is_absent: bool = False
    is_doubtful: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.read and not self.agrees) or self.is_absent


@dataclass(frozen=True)
class Read:
    """`is_waiting`: a file of the letter is still being read; until then `duties` is None."""

    facts: list[Beside] = field(default_factory=list)
    accounts: list[Named] = field(default_factory=list)
    signatures: list[Seen] = field(default_factory=list)
    reasons: list[Said] = field(default_factory=list)
    is_waiting: bool = False
    duties: list[str] | None = None

    @property
    def differing(self) -> list[Beside]:
        return [fact for fact in self.facts if fact.differs]

    @property
    def is_signature_doubtful(self) -> bool:
        return any(not one.is_valid for one in self.signatures)


def beside(
    letter: Letter, files: Sequence[LetterFile], officers: Sequence[LetterOfficer]
) -> Read | None:
    """None when nobody had its file read: it came on paper, or the reading is gone."""
    digests = [file.sha256 for file in files if not file.is_evidence]
    found = _one_a_file(actions.of_files(letter.government_id, digests)) if digests else []
    if not found:
        return None
    reading = next((reading for reading in found if reading.letters), None)
    compared = _Compared(reading, _which(letter, reading)) if reading else None
    is_waiting = any(reading.state == State.WAITING for reading in found)
    return Read(
        list(compared.facts(letter, officers)) if compared else [],
        named_accounts(letter.unit, compared.read) if compared else [],
        [one for reading in found for one in seen(reading)],
        [said(reason) for reason in _reasons(found)],
        is_waiting,
        (compared.read.get("duties") or []) if compared else None if is_waiting else [],
    )


def _one_a_file(readings: Sequence[Reading]) -> list[Reading]:
    """A file may have been read for several offices; the newest that is done tells most."""
    best: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda one: one.state != State.DONE):
        best.setdefault(reading.sha256, reading)
    return list(best.values())


def _reasons(found: Sequence[Reading]) -> list[str]:
    """Without those that the signatures' own report says better."""
    words = [
        reason
        for reading in found
        for reason in reading.reasons
        if not (reading.signatures and reason.startswith("signature_"))
    ]
    failed = any(reading.state == State.FAILED for reading in found)
    return [*dict.fromkeys(words), *(["unreadable"] if failed else [])]


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
        self.met: set[tuple[str, int]] = set()

    def facts(self, letter: Letter, officers: Sequence[LetterOfficer]) -> Iterator[Beside]:
        yield from self._letter(letter)
        yield from self._signer(letter)
        for officer in officers:
            yield from self._person(_("Petugas"), officer.person, ("officers", "replaced"), officer)
            if officer.replaces is not None:
                yield from self._person(_("Yang diganti"), officer.replaces, ("replaced",))
        yield from self._not_entered()

    def _letter(self, letter: Letter) -> Iterator[Beside]:
        yield self._one(_("Nomor surat"), letter.number, "number", self.read.get("number"), _number)
        day = _day(self.read.get("date") or "")
        yield self._one(_("Tanggal surat"), say_day(letter.dated), "date", day, _exactly)
        if subject := self.read.get("subject"):
            yield self._one(_("Perihal"), letter.subject, "subject", subject, _subject)
        unit = letter.unit
        yield self._one(
            _("Kantor"),
            unit.name,
            "agency",
            self.read.get("agency"),
            lambda _name, read: _office(read) in (_office(unit.name), _office(unit.short)),
        )
        kind = self.read.get("kind")
        if kind in LetterKind.values:
            told = str(LetterKind(kind).label)
            yield self._one(_("Jenis"), letter.get_kind_display(), "kind", told, _exactly)

    def _signer(self, letter: Letter) -> Iterator[Beside]:
        signer = self.read.get("signatory") or {}
        yield self._one(
            _("Penandatangan"), letter.signer_name, "signatory.name", signer.get("name"), _name
        )
        yield self._one(
            _("NIP penandatangan"), letter.signer_nip, "signatory.nip", signer.get("nip"), _exactly
        )
        if position := signer.get("position"):
            label = _("Jabatan penandatangan")
            yield self._one(label, letter.signer_post, "signatory.position", position, _words)
        capacity = CAPACITIES.get(signer.get("capacity") or "")
        if capacity is not None:
            yield self._one(
                _("Kapasitas penandatangan"),
                letter.get_signer_capacity_display(),
                "signatory.capacity",
                str(capacity.label),
                _exactly,
            )

    def _person(
        self,
        label: str,
        person: Person,
        groups: tuple[str, ...],
        officer: LetterOfficer | None = None,
    ) -> Iterator[Beside]:
        """`officer` None: who goes, of whom a letter records no position."""
        name, number = person.full_name, person.identity_number
        group, at, read = self._matching(number, name, groups)
        self.met.add((group, at))
        told = f"{group}.{at}"
        absent = at < 0 and any(self.read.get(one) for one in groups)
        yield self._one(label, name, f"{told}.name", read.get("name"), _name, is_absent=absent)
        if at >= 0 and (number or read.get("nip")):
            said = _("Nomor pegawai %(name)s") % {"name": name}
            yield self._one(said, number, f"{told}.nip", read.get("nip"), _exactly)
        if at >= 0 and officer is not None and officer.post:
            yield from self._position(officer, told, read)

    def _position(
        self, officer: LetterOfficer, told: str, read: dict[str, Any]
    ) -> Iterator[Beside]:
        name = {"name": officer.person.full_name}
        if post := read.get("position"):
            label = _("Jabatan %(name)s") % name
            yield self._one(label, officer.post, f"{told}.position", post, _words)
        if rank := read.get("rank"):
            label = _("Pangkat, golongan %(name)s") % name
            yield self._one(label, officer.rank, f"{told}.rank", rank, _words)

    def _matching(
        self, number: str, name: str, groups: tuple[str, ...]
    ) -> tuple[str, int, dict[str, Any]]:
        """By number, else by name; at -1 when the file names nobody like that."""
        rows = [(group, at, read) for group in groups for at, read in self._rows(group)]
        for group, at, read in rows:
            if number and read.get("nip") == number:
                return group, at, read
        for group, at, read in rows:
            if _name(name, read.get("name") or ""):
                return group, at, read
        return "", -1, {}

    def _rows(self, group: str) -> list[tuple[int, dict[str, Any]]]:
        return list(enumerate(self.read.get(group) or []))

    def _not_entered(self) -> Iterator[Beside]:
        """Whom the file names and nobody entered."""
        for group, label in (
            ("officers", _("Disebut di berkas sebagai petugas")),
            ("replaced", _("Disebut di berkas sebagai yang diganti atau berhenti")),
        ):
            for at, read in self._rows(group):
                if (group, at) not in self.met and read.get("name"):
                    yield self._one(label, "", f"{group}.{at}.name", read["name"], _exactly)

    def _one(
        self,
        label: str,
        entered: str,
        told: str,
        read: str | None,
        same: Same,
        *,
        is_absent: bool = False,
    ) -> Beside:
        key = f"{self.place}.{told}"
        kept = key in self.reading.crops
        return Beside(
            label,
            entered,
            read or "",
            reverse("readings:piece", args=[self.reading.pk, key]) if kept else "",
            round(self.reading.confidence(told, self.place) * 100),
            same(entered, read or ""),
            is_absent,
            bool(read) and self.reading.is_doubted(told, self.place),
        )


def _day(read: str) -> str:
    try:
        return say_day(date.fromisoformat(read))
    except ValueError:
        return read


def _exactly(entered: str, read: str) -> bool:
    return entered == read


def _words(entered: str, read: str) -> bool:
    """Alike but for capitals, spaces and signs."""
    return _spelled(entered) == _spelled(read)


def _subject(entered: str, read: str) -> bool:
    """A title may say the form before what the letter is about."""
    about, said = _spelled(entered), _spelled(read)
    return bool(about) and said[-len(about) :] == about


def _spelled(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _number(entered: str, read: str) -> bool:
    return fold_letter_number(entered) == fold_letter_number(read)


def _name(entered: str, read: str) -> bool:
    return fold(split_titles(entered).bare) == fold(split_titles(read).bare)


def _office(name: str) -> str:
    return _WHOSE.sub("", fold(name))
