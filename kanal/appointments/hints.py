"""What the register already knows about a letter, sorted under the check it helps with.

Hints decide nothing: the verifier does. They are computed when the page is shown, in a fixed
number of queries, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _

from kanal.appointments.facts import effect_of
from kanal.appointments.models import (
    Appointment,
    CheckName,
    Duty,
    Letter,
    LetterKind,
    LetterOfficer,
    LetterState,
)
from kanal.appointments.read_accounts import Standing
from kanal.appointments.read_beside import Read
from kanal.directory.models import Capacity, Headship, Posting
from kanal.lib.dates import say_day
from kanal.lib.identity import IdentityKind
from kanal.lib.names import fold, split_titles
from kanal.lib.numbers import tidy_letter_number
from kanal.register.models import Account, AccountState

# How long somebody may act for the head (domain: Plt. one year, Plh. three months).
LONGEST = {Capacity.PLT: 365, Capacity.PLH: 92}
LONG_AGO = 31


class Tone(StrEnum):
    GOOD = "baik"
    PLAIN = "biasa"
    WARNING = "awas"


@dataclass(frozen=True)
class Hint:
    tone: Tone
    text: str


def good(text: str) -> Hint:
    return Hint(Tone.GOOD, text)


def plain(text: str) -> Hint:
    return Hint(Tone.PLAIN, text)


def warning(text: str) -> Hint:
    return Hint(Tone.WARNING, text)


class Looked:
    """One letter with what stands around it, each thing asked for once."""

    def __init__(self, letter: Letter, today: date) -> None:
        self.letter, self.today = letter, today

    @cached_property
    def officers(self) -> list[LetterOfficer]:
        rows = self.letter.officers.select_related("person", "replaces")
        return list(rows.prefetch_related("accounts"))

    @cached_property
    def effect(self) -> str:
        return effect_of(self.letter.kind, self.letter.corrects)

    @cached_property
    def people(self) -> set[int]:
        ids = {officer.person_id for officer in self.officers}
        return ids | {officer.replaces_id for officer in self.officers if officer.replaces_id}

    @cached_property
    def headships(self) -> list[Headship]:
        return list(self.letter.unit.headships.select_related("person").order_by("begins_on"))

    @cached_property
    def postings(self) -> dict[int, list[Posting]]:
        found: dict[int, list[Posting]] = {}
        rows = Posting.objects.filter(person__in=self.people, ends_on=None).select_related("unit")
        for row in rows:
            found.setdefault(row.person_id, []).append(row)
        return found

    @cached_property
    def terms(self) -> list[Appointment]:
        """The known terms of the letter's people here and elsewhere, still running that day."""
        rows = Appointment.objects.known().filter(person__in=self.people)
        rows = rows.select_related("unit", "letter", "person", "account")
        begins = self.letter.begins_on
        return [row for row in rows if row.until is None or row.until > begins]

    @cached_property
    def accounts(self) -> list[Account]:
        return list(self.letter.unit.accounts.active().order_by("network", "pk"))

    @cached_property
    def others(self) -> list[Letter]:
        """The unit's other letters that were not returned, with their officers."""
        rows = self.letter.unit.letters.exclude(pk=self.letter.pk)
        rows = rows.exclude(state=LetterState.RETURNED)
        return list(rows.prefetch_related("officers__person").order_by("dated", "pk"))


def hints(looked: Looked) -> dict[str, list[Hint]]:
    return {
        CheckName.AUTHENTIC: list(_authentic(looked)),
        CheckName.SIGNER: list(_signer(looked)),
        CheckName.OFFICER: list(_officers(looked)),
        CheckName.DUTIES: list(_duties(looked)),
        CheckName.ACCOUNTS: list(_accounts(looked)),
        CheckName.DATES: [*_dates(looked), *_numbers(looked), *_contradictions(looked)],
    }


def hints_of_reading(looked: Looked, read: Read | None) -> dict[str, list[Hint]]:
    """What the file itself says against the letter, under the check it concerns."""
    if read is None:
        return {}
    unknown = [one.shown for one in read.accounts if one.standing == Standing.UNKNOWN]
    accounts = [
        warning(
            _("%(account)s disebut di berkas, tetapi terdaftar untuk %(unit)s.")
            % {"account": one.shown, "unit": one.whose}
        )
        for one in read.accounts
        if one.standing == Standing.OTHER
    ]
    if unknown:
        told = _("Disebut di berkas, tetapi belum didaftarkan: %(accounts)s.")
        accounts.append(warning(told % {"accounts": ", ".join(unknown)}))
    signed = [good(one.what) if one.is_valid else warning(one.what) for one in read.signatures]
    return {
        CheckName.AUTHENTIC: signed,
        CheckName.DUTIES: list(_duties_read(looked, read)),
        CheckName.ACCOUNTS: accounts,
    }


def _authentic(looked: Looked) -> Iterator[Hint]:
    files = [file for file in looked.letter.files.all() if not file.is_evidence]
    if not files:
        yield warning(_("Belum ada berkas surat. Periksa aslinya di tangan, atau minta softcopy."))
    elif not any(file.media_type == "application/pdf" for file in files):
        yield plain(_("Berkasnya foto, bukan PDF: pastikan semua halaman dan cap terlihat."))


def _signer(looked: Looked) -> Iterator[Hint]:
    letter = looked.letter
    heads = [term for term in looked.headships if _holds(term, letter.dated)]
    if not heads:
        yield warning(
            _(
                "Kepala kantor pada %(day)s belum tercatat, jadi penandatangan belum dapat dicocokkan."
            )
            % {"day": say_day(letter.dated)}
        )
        return
    signed = next((term for term in heads if _is_signer(term, letter)), None)
    if signed is None:
        yield warning(
            _("Pada %(day)s kantor ini dipimpin %(name)s (%(capacity)s), bukan penandatangan.")
            % {**_named(heads[-1]), "day": say_day(letter.dated)}
        )
        return
    yield good(
        _("Cocok: %(name)s, %(capacity)s sejak %(since)s.")
        % {**_named(signed), "since": say_day(signed.begins_on)}
    )
    yield from _capacity(signed, letter)


def _holds(term: Headship, day: date) -> bool:
    return term.begins_on <= day and (term.ends_on is None or day < term.ends_on)


def _is_signer(term: Headship, letter: Letter) -> bool:
    if letter.signer_nip and term.person.identity_number:
        return letter.signer_nip == term.person.identity_number
    return term.person.name_folded == fold(split_titles(letter.signer_name).bare)


def _named(term: Headship) -> dict[str, str]:
    return {"name": term.person.full_name, "capacity": str(Capacity(term.capacity).label)}


def _capacity(term: Headship, letter: Letter) -> Iterator[Hint]:
    if letter.signer_capacity != term.capacity:
        yield warning(
            _("Di surat tertulis %(written)s, di daftar kepala kantor %(known)s.")
            % {
                "written": letter.get_signer_capacity_display(),
                "known": term.get_capacity_display(),
            }
        )
    if letter.signer_nip and fold(split_titles(letter.signer_name).bare) != term.person.name_folded:
        yield warning(_("NIP-nya sama, tetapi namanya ditulis lain."))
    longest = LONGEST.get(Capacity(term.capacity))
    served = (letter.dated - term.begins_on).days
    if longest is not None and served > longest:
        yield warning(
            _("%(capacity)s sudah %(days)s hari pada tanggal surat; batasnya %(longest)s hari.")
            % {"capacity": term.get_capacity_display(), "days": served, "longest": longest}
        )


def _officers(looked: Looked) -> Iterator[Hint]:
    if looked.effect == LetterKind.TERMINATION:
        return
    for officer in looked.officers:
        yield _posting(officer, looked)
        if officer.person.identity_kind == IdentityKind.NONE:
            yield plain(
                _("%(name)s tanpa nomor pegawai: %(reason)s.")
                % {"name": officer.person.full_name, "reason": officer.person.identity_reason}
            )
        elsewhere = {
            term.unit.short
            for term in looked.terms
            if term.person_id == officer.person_id and term.unit_id != looked.letter.unit_id
        }
        if elsewhere:
            yield warning(
                _("%(name)s juga bertugas di %(units)s.")
                % {"name": officer.person.full_name, "units": ", ".join(sorted(elsewhere))}
            )


def _posting(officer: LetterOfficer, looked: Looked) -> Hint:
    held = looked.postings.get(officer.person_id, [])
    name = officer.person.full_name
    if any(posting.unit.path.startswith(looked.letter.unit.path) for posting in held):
        return good(_("%(name)s tercatat sebagai pegawai kantor ini.") % {"name": name})
    if held:
        return warning(
            _("%(name)s tercatat sebagai pegawai %(unit)s.")
            % {"name": name, "unit": held[0].unit.short}
        )
    return plain(
        _("%(name)s belum tercatat di kantor mana pun; dicatat saat surat diterima.")
        % {"name": name}
    )


def _duties(looked: Looked) -> Iterator[Hint]:
    if looked.effect == LetterKind.TERMINATION:
        return
    recorded = _recorded_duties(looked)
    missing = [duty for duty in Duty if duty not in recorded]
    if not missing:
        yield plain(_("Kedua tugas diktum KEDUA dicatat; cocokkan dengan suratnya."))
    for duty in missing:
        yield warning(
            _("Tidak ada petugas surat ini untuk: %(duty)s.") % {"duty": Duty(duty).label.lower()}
        )


def _recorded_duties(looked: Looked) -> set[str]:
    return {duty for one in looked.officers if not one.only_leaves for duty in one.duties}


def _duties_read(looked: Looked, read: Read) -> Iterator[Hint]:
    """What is recorded is the form's word; only what the file says speaks for it."""
    if looked.effect == LetterKind.TERMINATION or read.duties is None:
        return
    recorded = _recorded_duties(looked)
    for duty in Duty:
        told = {"duty": Duty(duty).label.lower()}
        if duty in read.duties:
            yield good(_("Terbaca di berkas: %(duty)s.") % told)
        elif duty in recorded:
            yield warning(_("Dicatat, tetapi tidak terbaca di berkas: %(duty)s.") % told)


def _accounts(looked: Looked) -> Iterator[Hint]:
    if not looked.accounts:
        yield warning(_("Kantor ini belum mendaftarkan akun. Surat tetap dapat diterima."))
        return
    named = {account for officer in looked.officers for account in officer.accounts.all()}
    if any(not officer.accounts.all() for officer in looked.officers):
        yield plain(
            _("Untuk semua akun kantor, sekarang %(n)s: %(accounts)s.")
            % {"n": len(looked.accounts), "accounts": ", ".join(map(str, looked.accounts))}
        )
    for account in sorted(named, key=str):
        if not account.is_active:
            yield warning(_("%(account)s sudah tidak aktif.") % {"account": account})
    for account in looked.accounts:
        if account.state == AccountState.DECLARED:
            yield plain(_("%(account)s belum diverifikasi.") % {"account": account})
        elif account.state == AccountState.LOST:
            yield warning(_("%(account)s tercatat hilang kendali.") % {"account": account})


def _dates(looked: Looked) -> Iterator[Hint]:
    letter, today = looked.letter, looked.today
    behind = (letter.dated - letter.begins_on).days
    if behind > LONG_AGO:
        yield warning(
            _("Mulai berlaku %(days)s hari sebelum suratnya ditandatangani.") % {"days": behind}
        )
    elif behind > 0:
        yield plain(_("Mulai berlaku %(days)s hari sebelum tanggal surat.") % {"days": behind})
    if letter.begins_on > today:
        yield plain(_("Baru berlaku %(day)s.") % {"day": say_day(letter.begins_on)})
    if letter.ends_on and letter.ends_on < today:
        yield warning(
            _("Masa berlakunya sudah lewat pada %(day)s.") % {"day": say_day(letter.ends_on)}
        )
    if (today - letter.dated).days > 365:
        yield plain(_("Suratnya lebih dari setahun lalu."))


_FIGURES = re.compile(r"\d+")


def _sequence(number: str) -> int | None:
    """The running number: the first figures of the letter's number."""
    hit = _FIGURES.search(number)
    return int(hit[0]) if hit else None


_MONTHS = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}


def _book(letter: Letter) -> tuple[object, ...]:
    """Whose running numbers these are: one issuer's, of one form and classification, in one year.

    Of the number itself all but the running figures and the month in Roman numerals.
    """
    rest = _FIGURES.sub("#", tidy_letter_number(letter.number).casefold(), count=1)
    parts = tuple("m" if part in _MONTHS else part for part in rest.split("/"))
    return letter.signer_post.strip().casefold(), letter.form, letter.year, parts


def _numbers(looked: Looked) -> Iterator[Hint]:
    """A book of numbers runs through the year: a higher number has no earlier date."""
    letter = looked.letter
    mine = _sequence(letter.number)
    if mine is None:
        return
    for other in looked.others:
        theirs = _sequence(other.number)
        if theirs is None or _book(other) != _book(letter):
            continue
        if (theirs - mine) * (other.dated - letter.dated).days < 0:
            yield warning(
                _("Nomor %(number)s bertanggal %(day)s: urutannya tidak cocok dengan surat ini.")
                % {"number": other.number, "day": say_day(other.dated)}
            )


def _contradictions(looked: Looked) -> Iterator[Hint]:
    letter = looked.letter
    for other in looked.others:
        shared = [
            officer.person.full_name
            for officer in other.officers.all()
            if looked.people & {officer.person_id, officer.replaces_id}
        ]
        if other.is_waiting and shared:
            yield warning(
                _("Surat %(number)s yang juga menunggu menyebut %(names)s.")
                % {"number": other.number, "names": ", ".join(shared)}
            )
        elif other.state == LetterState.ACCEPTED and other.dated > letter.dated and shared:
            yield warning(
                _("Surat %(number)s tanggal %(day)s lebih baru dan sudah diterima.")
                % {"number": other.number, "day": say_day(other.dated)}
            )


def last_day(letter: Letter) -> str:
    """The last day of whoever a replacement or a penghentian releases."""
    return say_day(letter.begins_on - timedelta(days=1))
