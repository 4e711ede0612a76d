"""People as letters name them: found again by number, added when new."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kanal.directory.models import Government, Person, Posting, Unit
from kanal.journal.actions import Actor, record
from kanal.lib.identity import IdentityKind, mask, parse
from kanal.lib.names import PersonName, fold, split_titles
from kanal.lib.refusal import Refused


class PersonMismatch(Refused):
    """The number belongs to somebody with clearly another name."""

    status = 422


class ReasonMissing(Refused):
    """Somebody without a number needs the reason for having none."""

    status = 422


def find_or_add_person(
    *,
    government: Government,
    full_name: str,
    identity_kind: IdentityKind,
    identity_number: str = "",
    identity_reason: str = "",
    by: Actor,
    is_sample: bool = False,
) -> Person:
    """Call inside a transaction. The number decides; the name must not contradict it."""
    name = split_titles(full_name)
    if identity_kind == IdentityKind.NONE:
        return _without_number(government, name, identity_reason, by, is_sample)
    digits = parse(identity_kind, identity_number).digits
    found = Person.objects.filter(
        government=government, identity_kind=identity_kind, identity_number=digits
    ).first()
    if found is None:
        return _add(government, name, identity_kind, digits, "", by, is_sample)
    if not same_person(found.name_folded, fold(name.bare)):
        raise PersonMismatch(
            _("Nomor %(number)s sudah tercatat atas nama %(name)s.")
            % {"number": mask(identity_kind, digits), "name": found.full_name},
            next_step=_("Periksa nomor dan nama pada surat; salah satunya keliru."),
            field="officers",
        )
    return found


def same_person(one: str, other: str) -> bool:
    """Folded names that agree, or where one is the other with words left out or shortened."""
    first, second = one.split(), other.split()
    shorter, longer = sorted((first, second), key=len)
    rest = iter(longer)
    return all(any(_same_word(word, candidate) for candidate in rest) for word in shorter)


def _same_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _without_number(
    government: Government, name: PersonName, reason: str, by: Actor, is_sample: bool
) -> Person:
    if not reason.strip():
        raise ReasonMissing(
            _("%(name)s belum bernomor pegawai.") % {"name": name.bare},
            next_step=_("Isi nomornya, atau tulis alasannya, misalnya PJLP."),
            field="officers",
        )
    found = Person.objects.filter(
        government=government, identity_kind=IdentityKind.NONE, name_folded=fold(name.bare)
    ).first()
    return found or _add(government, name, IdentityKind.NONE, "", reason.strip(), by, is_sample)


def _add(
    government: Government,
    name: PersonName,
    kind: IdentityKind,
    digits: str,
    reason: str,
    by: Actor,
    is_sample: bool,
) -> Person:
    person = Person.objects.create(
        government=government,
        title_before=name.prefix,
        name=name.bare,
        title_after=name.suffix,
        name_folded=fold(name.bare),
        identity_kind=kind,
        identity_number=digits,
        identity_reason=reason,
        is_sample=is_sample,
    )
    record(
        verb="add-person",
        by=by,
        government=government.pk,
        subject=f"person:{person.pk}",
        after={"name": person.full_name, "identity": person.masked_identity},
    )
    return person


def ensure_posting(*, person: Person, unit: Unit, post: str, rank: str, begins_on: date) -> Posting:
    """A letter that names somebody as an officer of the unit tells where that person works."""
    found = Posting.objects.filter(
        person=person, ends_on=None, unit__path__startswith=unit.path
    ).first()
    return found or Posting.objects.create(
        person=person, unit=unit, post=post, rank=rank, begins_on=begins_on
    )
