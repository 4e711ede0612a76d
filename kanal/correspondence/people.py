"""Whom an office may name: who works there, and who answers for its accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kanal.appointments.models import Appointment, LetterOfficer
from kanal.correspondence.actions import OfficerLine
from kanal.directory.models import Person, Posting, Unit
from kanal.lib.dates import say_day
from kanal.lib.identity import IdentityKind


@dataclass(frozen=True)
class Known:
    """`told` is how the list of choices names the person."""

    person: Person
    post: str
    rank: str
    told: str

    def line(self, post: str = "", rank: str = "", replaces: Person | None = None) -> OfficerLine:
        return OfficerLine(
            person=self.person,
            full_name=self.person.full_name,
            identity_kind=IdentityKind(self.person.identity_kind),
            identity_number=self.person.identity_number,
            identity_reason=self.person.identity_reason,
            post=post or self.post,
            rank=rank or self.rank,
            replaces=replaces,
        )


def staff_of(unit: Unit, day: date) -> dict[str, Known]:
    """By primary key as text, in order of name: everybody posted in the unit or below it."""
    rows = (
        Posting.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            unit__government_id=unit.government_id,
            unit__path__startswith=unit.path,
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )
    return {str(row.person_id): _known(row.person, row.post, row.rank, row.post) for row in rows}


def officers_of(unit: Unit, day: date) -> dict[str, Known]:
    """Those in office that day or later, with what the letter called them."""
    terms = (
        Appointment.objects.known()
        .filter(Q(valid__endswith=None) | Q(valid__endswith__gt=day), unit=unit)
        .select_related("person", "letter")
        .order_by("person__name", "valid")
    )
    found = {str(term.person_id): term for term in terms}
    named = _named_in(found.values())
    return {
        key: _known(
            term.person,
            *named.get((term.letter_id, term.person_id), ("", "")),
            _("petugas sejak %(day)s") % {"day": say_day(term.begins_on, short=True)},
        )
        for key, term in found.items()
    }


def _named_in(terms: Iterable[Appointment]) -> dict[tuple[int, int], tuple[str, str]]:
    letters = [term.letter_id for term in terms]
    rows = LetterOfficer.objects.filter(letter__in=letters)
    values = rows.values_list("letter_id", "person_id", "post", "rank")
    return {(letter, person): (post, rank) for letter, person, post, rank in values}


def _known(person: Person, post: str, rank: str, more: str) -> Known:
    told = f"{person.full_name} ({more})" if more else person.full_name
    return Known(person, post, rank, told)


def anybody(unit: Unit, day: date) -> dict[str, Known]:
    """Staff and officers together; what the register says of staff counts first."""
    return {**officers_of(unit, day), **staff_of(unit, day)}
