"""What acceptance will do, told beforehand. Computed from the same facts; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kanal.appointments import rules
from kanal.appointments.hints import Looked, last_day
from kanal.appointments.models import Appointment, LetterKind, LetterOfficer
from kanal.appointments.read_accounts import Named, Standing
from kanal.appointments.read_beside import Read
from kanal.directory.models import Person
from kanal.lib.dates import say_day
from kanal.lib.fields import said
from kanal.lib.refusal import Refused


@dataclass(frozen=True)
class Preview:
    steps: list[str]
    # Why acceptance would be refused as things stand now; empty when it would go through.
    refusals: list[str]
    # Where it would reach further than what the file says.
    warnings: list[str]


def preview(looked: Looked, read: Read | None) -> Preview:
    wider = list(_wider(looked, read.accounts)) if read else []
    return Preview(list(_steps(looked)), list(_refusals(looked)), wider)


def _steps(looked: Looked) -> Iterator[str]:
    letter = looked.letter
    if letter.corrects is not None:
        yield _("Akibat surat %(number)s dibatalkan, lalu diganti isi ralat ini.") % {
            "number": letter.corrects.number
        }
    for officer in looked.officers:
        yield from _of_officer(officer, looked)
    yield from _timing(looked)


def _of_officer(officer: LetterOfficer, looked: Looked) -> Iterator[str]:
    told = {
        "day": say_day(looked.letter.begins_on),
        "name": officer.person.full_name,
        "scope": _scope(officer),
    }
    if looked.effect == LetterKind.TERMINATION or officer.only_leaves:
        yield _("Mulai %(day)s %(name)s tidak lagi bertugas untuk %(scope)s.") % told
        yield from _ending(officer.person, officer, looked)
        return
    if officer.replaces is None:
        yield _("Mulai %(day)s %(name)s bertugas untuk %(scope)s.") % told
    else:
        told["leaving"] = officer.replaces.full_name
        yield _("Mulai %(day)s %(name)s menggantikan %(leaving)s untuk %(scope)s.") % told
        yield from _ending(officer.replaces, officer, looked)
    if looked.letter.ends_on:
        yield _("%(name)s bertugas sampai %(day)s.") % {
            "name": officer.person.full_name,
            "day": say_day(looked.letter.ends_on),
        }


def _scope(officer: LetterOfficer) -> str:
    named = sorted(str(account) for account in officer.accounts.all())
    return ", ".join(named) or _("semua akun kantor ini")


def _wider(looked: Looked, accounts: list[Named]) -> Iterator[str]:
    """Accounts the letter's file does not name, in a letter that names some."""
    named = [one for one in accounts if one.standing != Standing.UNNAMED]
    if not named:
        return
    told = {"named": ", ".join(one.shown for one in named)}
    if all(one.standing != Standing.OURS for one in named):
        yield _("Berkas menyebut %(named)s; tidak satu pun terdaftar untuk kantor ini.") % told
    wide = [one.person.full_name for one in looked.officers if not one.accounts.all()]
    if wide:
        told["names"] = ", ".join(wide)
        yield (
            _(
                "Lebih luas daripada suratnya: berkas hanya menyebut %(named)s, sedangkan surat ini"
                " dicatat untuk semua akun kantor, juga yang didaftarkan nanti (%(names)s)."
            )
            % told
        )
    others = {one.shown for one in accounts if one.standing == Standing.UNNAMED}
    recorded = {str(account) for one in looked.officers for account in one.accounts.all()}
    if others & recorded:
        told["others"] = ", ".join(sorted(others & recorded))
        yield _("Dicatat, tetapi tidak disebut di berkas: %(others)s.") % told


def _ending(person: Person, officer: LetterOfficer, looked: Looked) -> Iterator[str]:
    for term in _own_terms(person, looked):
        yield _("Masa tugas %(name)s sejak %(since)s (surat %(number)s) berakhir %(day)s.") % {
            "name": person.full_name,
            "since": say_day(term.begins_on),
            "number": term.letter.number,
            "day": last_day(looked.letter),
        }
    named = {account.pk for account in officer.accounts.all()}
    rest = [account for account in looked.accounts if account.pk not in named]
    if named and rest and any(t.account_id is None for t in _own_terms(person, looked)):
        yield _("%(name)s tetap bertugas untuk %(rest)s.") % {
            "name": person.full_name,
            "rest": ", ".join(map(str, rest)),
        }


def _own_terms(person: Person, looked: Looked) -> list[Appointment]:
    unit_id = looked.letter.unit_id
    return [t for t in looked.terms if t.person_id == person.pk and t.unit_id == unit_id]


def _timing(looked: Looked) -> Iterator[str]:
    days = (looked.letter.begins_on - looked.today).days
    if days > 0:
        yield ngettext(
            "Belum berlaku hari ini: %(n)s hari lagi.",
            "Belum berlaku hari ini: %(n)s hari lagi.",
            days,
        ) % {"n": days}
    elif days < 0:
        yield ngettext("Berlaku surut %(n)s hari.", "Berlaku surut %(n)s hari.", -days) % {
            "n": -days
        }


def _refusals(looked: Looked) -> Iterator[str]:
    letter = looked.letter
    try:
        rules.check_still_true(letter, looked.officers)
    except Refused as refused:
        yield said(refused)
    if letter.corrects is not None:
        return  # whom the ralat finds in office is known only once the old letter is undone
    leaving = [officer.replaces for officer in looked.officers if officer.replaces]
    if looked.effect == LetterKind.TERMINATION:
        leaving = [officer.person for officer in looked.officers]
    try:
        rules.check_in_office(letter.unit, leaving, letter.begins_on)
    except Refused as refused:
        yield said(refused)
