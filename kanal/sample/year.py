"""A living office: accounts, nil returns, letters and receipts of a made-up year, in bulk.

The rows are those the actions would have written; `kanal rebuild-status --check` and the tests
hold them to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from psycopg.types.range import DateRange, TimestamptzRange

from kanal.appointments.models import (
    Appointment,
    Check,
    CheckName,
    Decision,
    Letter,
    LetterFile,
    LetterOfficer,
    LetterState,
    ReturnReason,
    Verdict,
)
from kanal.directory.models import Capacity, Headship, Person, Posting, Unit, User
from kanal.intake.models import AgendaBook, Channel, Medium, Receipt
from kanal.lib.dates import say_day
from kanal.lib.names import fold
from kanal.lib.numbers import fold_letter_number
from kanal.register.models import Account, NilReturn, StateChange
from kanal.register.rows import account_row
from kanal.sample.invent import Cast, Invented, handle
from kanal.sample.sheet import letter_pdf
from kanal.sample.told import tell

# Per class: nil, silent, no officer, no softcopy, no hardcopy; the others are complete.
SHARES = {
    "inspektorat": (0, 0, 0, 0, 0),
    "badan": (0, 0, 0, 1, 1),
    "kota": (0, 0, 0, 0, 1),
    "kabupaten": (0, 0, 0, 0, 0),
    "satpol_pp": (0, 0, 0, 0, 1),
    "dinas": (0, 0, 1, 1, 3),
    "setwan": (0, 0, 0, 0, 0),
    "biro": (2, 0, 1, 1, 1),
    "kecamatan": (0, 0, 3, 4, 8),
    "kelurahan": (17, 5, 29, 28, 38),
}
STEPS = ("nil", "silent", "none", "named", "soft")
NETWORKS = ("instagram", "facebook", "tiktok", "youtube", "x")
DUTIES = ["konten", "koordinasi"]
DEADLINE_AGO = timedelta(days=6)
# The kelurahan whose head and officer can sign in: its page has a past to look at.
SHOWN = "31.74.01.1001"
# By the place among the letters that were not accepted: in which state, why, what the office reads.
WITHOUT_ACCEPTANCE = {
    1: (LetterState.HELD, "", "Menunggu pindaian halaman kedua (contoh)."),
    3: (
        LetterState.RETURNED,
        ReturnReason.NO_SIGNATURE,
        "Surat belum ditandatangani. Tanda tangani, lalu kirim lagi (contoh).",
    ),
}


@dataclass
class Rows:
    """What is to be written, kind by kind, in the order it can be."""

    accounts: list[Account] = field(default_factory=list)
    nils: list[NilReturn] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    headships: list[Headship] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    officers: list[LetterOfficer] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    files: list[LetterFile] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)


class Year:
    """Draws the year of every unit, then writes it."""

    def __init__(
        self,
        *,
        clerk: User,
        verifier: User,
        head: User,
        officer: User,
        today: date,
        units: list[Unit],
        random: Random,
    ) -> None:
        """`head` and `officer` sign in and are who the letters of their own office name."""
        self.clerk, self.verifier, self.today, self.units = clerk, verifier, today, units
        self.head, self.officer = head, officer
        self.random, self.rows = random, Rows()
        self.cast = Cast(random, taken={user.name for user in (clerk, verifier, head, officer)})
        self._left_open = 0
        self.deadline = today - DEADLINE_AGO
        # Units and networks that have a real, sourced account: an invented one would be a second.
        self.sourced = set(Account.objects.values_list("unit_id", "network"))

    def write(self) -> None:
        for unit, step in self._drawn():
            self._tell(unit, step)
        self._number_receipts()
        for rows in vars(self.rows).values():
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=2000)
        StateChange.objects.bulk_create(
            StateChange(
                account=account,
                after=account.state,
                on=account.declared_on,
                by=self.clerk,
                by_name=self.clerk.name,
                note="Contoh",
            )
            for account in self.rows.accounts
        )
        User.objects.bulk_update([self.head, self.officer], ["person"])
        tell(self.rows)

    def _drawn(self) -> Iterable[tuple[Unit, str]]:
        by_class: dict[str, list[Unit]] = {}
        for unit in self.units:
            by_class.setdefault(unit.unit_class, []).append(unit)
        for unit_class, shares in SHARES.items():
            units = by_class.get(unit_class, [])
            self.random.shuffle(units)
            steps = [step for step, n in zip(STEPS, shares, strict=True) for _ in range(n)]
            steps += ["complete"] * (len(units) - len(steps))
            yield from zip(units, steps, strict=False)

    def _tell(self, unit: Unit, step: str) -> None:
        if step == "silent":
            return
        head = self._head(unit)
        if step == "nil":
            self._nil(unit, head)
            return
        past = unit.code == SHOWN or self.random.random() < 0.25
        # Half of the others were not waiting for the deadline: the year fills month by month.
        early = not past and step == "complete" and self.random.random() < 0.55
        self._accounts(unit, verified=step in {"soft", "complete"}, past=past or early)
        if step == "none":
            self._no_officer(unit, head, past=past)
        else:
            self._appointed(unit, head, step, past=past, early=early)

    def _head(self, unit: Unit) -> Person:
        name = self.head.name if unit.code == SHOWN else ""
        person = self._person(unit, self.cast.head(unit.unit_class, name), post=unit.head_title)
        if name:
            self.head.person = person
        begun = self.today - timedelta(days=self.random.randrange(700, 1400))
        self.rows.headships.append(
            Headship(
                unit=unit,
                person=person,
                capacity=Capacity.DEFINITIVE,
                begins_on=begun,
                basis="Contoh",
            )
        )
        return person

    def _person(self, unit: Unit, invented: Invented, *, post: str = "") -> Person:
        person = Person(
            government_id=unit.government_id,
            name=invented.name,
            title_after=invented.title_after,
            name_folded=fold(invented.name),
            identity_kind=invented.kind,
            identity_number=invented.number,
            identity_reason=invented.reason,
            is_sample=True,
        )
        self.rows.people.append(person)
        self.rows.postings.append(
            Posting(person=person, unit=unit, post=post or invented.post, rank=invented.rank)
        )
        return person

    def _nil(self, unit: Unit, head: Person) -> None:
        self.rows.nils.append(
            NilReturn(
                government_id=unit.government_id,
                unit=unit,
                signer_name=head.full_name,
                signer_post=unit.head_title[:200],
                recorded_by=self.clerk,
                is_sample=True,
                declared_on=self.deadline - timedelta(days=self.random.randrange(3, 30)),
            )
        )

    def _accounts(self, unit: Unit, *, verified: bool, past: bool) -> None:
        wanted = self.random.choice([1, 2, 2, 3, 4])
        chosen = sorted(self.random.sample(NETWORKS, wanted), key=NETWORKS.index)
        days = self.random.randrange(700, 1000) if past else self.random.randrange(45, 200)
        begun = self.today - timedelta(days=days)
        named = unit.short if unit.region_code.count(".") else unit.abbreviation or unit.short
        handles = {network: handle(named, network) for network in chosen}
        if not any(handles.values()):
            handles = {"instagram": handle(named, "instagram")}
        for network, text in handles.items():
            if text is None or (unit.pk, network) in self.sourced:
                continue
            account = account_row(unit, text, network, declared_on=begun, is_sample=True)
            if verified and self.random.random() < 0.8:
                account.state = "verified"
                account.verified_on = min(begun + timedelta(days=4), self.today)
            self.rows.accounts.append(account)

    def _no_officer(self, unit: Unit, head: Person, *, past: bool) -> None:
        """Some lost their officer last month; some have a letter waiting; the others nothing."""
        if not past and self.random.random() < 0.5:
            dated = self.today - timedelta(days=self.random.randrange(1, 15))
            letter = self._letter(unit, head, "penunjukan", dated, decided=False)
            self._names(letter, self._person(unit, self.cast.person()))
            self._receive(letter, Medium.SOFTCOPY, dated + timedelta(days=1))
            self._left_open_as(letter)
        elif past:
            gone = 40 if unit.code == SHOWN else self.random.randrange(40, 300)
            self._stopped(unit, head, until=self.today - timedelta(days=gone))

    def _left_open_as(self, letter: Letter) -> None:
        """Of the letters nobody accepted yet every fourth is held, every fourth was given back."""
        outcome = WITHOUT_ACCEPTANCE.get(self._left_open % 4)
        self._left_open += 1
        if outcome is None:
            return
        state, reason, note = outcome
        at = self._moment(letter.dated + timedelta(days=1), 11)
        letter.state = state
        letter.decided_at = at if state == LetterState.RETURNED else None
        self.rows.decisions.append(
            Decision(
                letter=letter,
                outcome=state,
                reason=reason,
                note=note,
                by=self.verifier,
                by_name=self.verifier.name,
                at=at,
            )
        )

    def _appointed(
        self, unit: Unit, head: Person, step: str, *, past: bool, early: bool = False
    ) -> None:
        soft = self._early() if early else self._arrival(late=step == "soft")
        dated = soft - timedelta(days=self.random.randrange(1, 6))
        letter = self._letter(unit, head, "penggantian" if past else "penunjukan", dated)
        name = self.officer.name if unit.code == SHOWN else ""
        person = self._person(unit, self.cast.person(name))
        if name:
            self.officer.person = person
        if past:
            old = self._earlier(unit, head, letter)
            self._names(letter, person, replaces=old)
        else:
            self._names(letter, person)
        self._term(letter, person)
        if step == "named":
            self._receive(letter, Medium.HARDCOPY, soft, Channel.COUNTER)
            return
        self._receive(letter, Medium.SOFTCOPY, soft, Channel.MAIL)
        if step == "complete":
            hard = min(soft + timedelta(days=self.random.randrange(7)), self.today)
            self._receive(letter, Medium.HARDCOPY, hard, Channel.COUNTER)

    def _arrival(self, *, late: bool) -> date:
        """Letters bunch up before the deadline; a few come after it."""
        before = int(self.random.betavariate(1.15, 1.6) * 33)
        after = self.random.choice([0, 0, 0, 3, 5]) if late else 0
        return min(self.deadline - timedelta(days=before - after), self.today)

    def _early(self) -> date:
        """In any month of the year before the rush."""
        return self.deadline - timedelta(days=self.random.randrange(34, 330))

    def _earlier(self, unit: Unit, head: Person, letter: Letter) -> Person:
        """The officer whom the letter replaces, under a letter of the year before."""
        dated = letter.dated - timedelta(days=self.random.randrange(250, 420))
        if unit.code == SHOWN or self.random.random() < 0.3:
            self._stopped(unit, head, until=dated - timedelta(days=28))
        first = self._letter(unit, head, "penunjukan", dated)
        person = self._person(unit, self.cast.person())
        self._names(first, person)
        self._term(first, person, until=letter.begins_on, ended_by=letter)
        self._both_copies(first)
        return person

    def _stopped(self, unit: Unit, head: Person, *, until: date) -> None:
        """An officer whose term a letter ended, with nobody following at once."""
        dated = until - timedelta(days=self.random.randrange(200, 280))
        letter = self._letter(unit, head, "penunjukan", dated)
        person = self._person(unit, self.cast.person())
        self._names(letter, person)
        stop = self._letter(unit, head, "penghentian", until)
        self._names(stop, person)
        self._term(letter, person, until=stop.begins_on, ended_by=stop)
        self._both_copies(letter)
        self._both_copies(stop)

    def _both_copies(self, letter: Letter) -> None:
        for days, medium in ((1, Medium.SOFTCOPY), (7, Medium.HARDCOPY)):
            arrived = min(letter.dated + timedelta(days=days), self.today)
            self._receive(letter, medium, arrived)

    def _letter(
        self, unit: Unit, head: Person, kind: str, dated: date, *, decided: bool = True
    ) -> Letter:
        number = f"{self.random.randrange(12, 480):03d}/SP-MS/CONTOH/{len(self.rows.letters)}"
        at = self._moment(dated, 11)
        letter = Letter(
            government_id=unit.government_id,
            unit=unit,
            kind=kind,
            form="surat_penunjukan",
            number=number,
            number_key=fold_letter_number(number),
            year=dated.year,
            dated=dated,
            subject=f"{kind.capitalize()} Petugas Pengelola Media Sosial (contoh)",
            signer_name=head.full_name,
            signer_nip=head.identity_number,
            signer_post=unit.head_title or "Kepala",
            signer_capacity=Capacity.DEFINITIVE,
            begins_on=dated,
            state=LetterState.ACCEPTED if decided else LetterState.SUBMITTED,
            submitted_by=self.clerk,
            submitted_by_name=self.clerk.name,
            submitted_at=self._moment(dated, 9),
            is_sample=True,
            decided_at=at if decided else None,
        )
        self.rows.letters.append(letter)
        if decided:
            self._decided(letter, at)
        return letter

    def _moment(self, day: date, hour: int) -> datetime:
        """That working hour in Jakarta, never ahead of now, with microseconds of its own."""
        minutes = self.random.randrange(3600 * 10**6)
        local = datetime.combine(day, time(hour), UTC) - timedelta(hours=7)
        return min(local, datetime.now(UTC) - timedelta(hours=2)) + timedelta(microseconds=minutes)

    def _decided(self, letter: Letter, at: datetime) -> None:
        self.rows.decisions.append(
            Decision(
                letter=letter,
                outcome=LetterState.ACCEPTED,
                by=self.verifier,
                by_name=self.verifier.name,
                at=at,
            )
        )
        self.rows.checks += [
            Check(
                letter=letter,
                name=name,
                verdict=Verdict.MEETS,
                by=self.verifier,
                by_name=self.verifier.name,
            )
            for name in CheckName
        ]

    def _names(self, letter: Letter, person: Person, replaces: Person | None = None) -> None:
        posting = next(row for row in reversed(self.rows.postings) if row.person is person)
        self.rows.officers.append(
            LetterOfficer(
                letter=letter,
                person=person,
                post=posting.post,
                rank=posting.rank,
                duties=DUTIES,
                replaces=replaces,
            )
        )
        self._file(letter, person, replaces)

    def _file(self, letter: Letter, person: Person, replaces: Person | None) -> None:
        lines = [
            letter.unit.short.upper(),
            "",
            "SURAT CONTOH. Bukan surat sungguhan.",
            "",
            f"Nomor    : {letter.number}",
            f"Perihal  : {letter.subject}",
            "",
            "Dengan ini ditetapkan Petugas Pengelola Media Sosial:",
            f"Nama     : {person.full_name}",
            f"Mulai    : {say_day(letter.begins_on, 'id')}",
            f"Mengganti: {replaces.full_name}" if replaces else "",
            "",
            f"Jakarta, {say_day(letter.dated, 'id')}",
            letter.signer_post[:80],
            "",
            letter.signer_name,
        ]
        body = letter_pdf(lines)
        name = default_storage.save("surat/contoh.pdf", ContentFile(body))
        self.rows.files.append(
            LetterFile(
                letter=letter,
                name=f"{letter.kind}-contoh.pdf",
                kept_as=name,
                sha256=hashlib.sha256(body).hexdigest(),
                size=len(body),
                media_type="application/pdf",
            )
        )

    def _term(
        self,
        letter: Letter,
        person: Person,
        until: date | None = None,
        ended_by: Letter | None = None,
    ) -> None:
        """One open term; when a later letter ended it, the closed row and the shortened one."""
        common = {
            "government_id": letter.government_id,
            "unit": letter.unit,
            "person": person,
            "letter": letter,
            "duties": DUTIES,
        }
        at, later = letter.decided_at, ended_by.decided_at if ended_by else None
        self.rows.appointments.append(
            Appointment(
                **common,
                valid=DateRange(letter.begins_on, None),
                recorded=TimestamptzRange(at, later),
            )
        )
        if ended_by is not None:
            self.rows.appointments.append(
                Appointment(
                    **common,
                    ended_by=ended_by,
                    valid=DateRange(letter.begins_on, until),
                    recorded=TimestamptzRange(later, None),
                )
            )

    def _receive(
        self, letter: Letter, medium: Medium, on: date, channel: Channel = Channel.UPLOAD
    ) -> None:
        self.rows.receipts.append(
            Receipt(
                government_id=letter.government_id,
                letter=letter,
                medium=medium,
                channel=channel,
                received_on=min(on, self.today),
                receiver=self.verifier,
                receiver_name=self.verifier.name,
            )
        )

    def _number_receipts(self) -> None:
        """Agenda numbers in the order of arrival, each year from one."""
        last: dict[int, int] = {}
        for receipt in sorted(self.rows.receipts, key=lambda row: row.received_on):
            year = receipt.received_on.year
            last[year] = last.get(year, 0) + 1
            receipt.agenda_year, receipt.agenda_number = year, last[year]
        AgendaBook.objects.bulk_create(
            AgendaBook(government_id=self.clerk.government_id, year=year, last=number)
            for year, number in last.items()
        )
