"""People as letters name them: found again by number, added when new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kanal.directory.models import Government, Person, Posting, Unit, User
from kanal.directory.permissions import EDIT_DIRECTORY, require
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


class AlreadyRecorded(Refused):
    """This person is in the register."""

    status = 422


class PersonRefused(Refused):
    """The person's file stays as it is."""

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
    vouched_for: Callable[[Person], bool] = lambda person: True,
) -> Person:
    """Call inside a transaction. The number decides; the name must not contradict it.

    `vouched_for` says of somebody of another name whether any letter that counts names them. Where
    none does, and nothing else is known of them, the number was a mistake and is freed.
    """
    name = split_titles(full_name)
    if identity_kind == IdentityKind.NONE:
        return _without_number(government, name, identity_reason, by, is_sample)
    digits = parse(identity_kind, identity_number).digits
    found = _with_number(government, identity_kind, digits)
    if found is None:
        try:
            with transaction.atomic():
                return _add(government, name, identity_kind, digits, "", by, is_sample)
        except IntegrityError:  # added by somebody else since we looked
            found = Person.objects.get(
                government=government, identity_kind=identity_kind, identity_number=digits
            )
    if not same_person(found.name_folded, fold(name.bare)):
        if not _known(found) and not vouched_for(found):
            _free_number(found, by)
            return _add(government, name, identity_kind, digits, "", by, is_sample)
        raise PersonMismatch(
            _("Nomor %(number)s sudah tercatat atas nama %(name)s.")
            % {"number": mask(identity_kind, digits), "name": found.full_name},
            next_step=_("Periksa nomor dan nama pada surat; salah satunya keliru."),
            field="officers",
        )
    return found


def _known(person: Person) -> bool:
    """Works somewhere, heads something, signs in, or was given an address by somebody."""
    here = (person.postings, person.headships, person.users)
    return bool(person.email or person.phone) or any(rows.exists() for rows in here)


def _free_number(person: Person, by: Actor) -> None:
    """The number leaves a name that only returned letters gave it; they keep the name."""
    before = {"name": person.full_name, "identity": person.masked_identity}
    person.identity_kind, person.identity_number = IdentityKind.NONE, ""
    person.identity_reason = _("Nomor pada surat yang dikembalikan; ternyata milik orang lain.")
    person.save(update_fields=["identity_kind", "identity_number", "identity_reason"])
    record(
        verb="free-number",
        by=by,
        government=person.government_id,
        subject=f"person:{person.pk}",
        before=before,
        after={"name": person.full_name, "identity": person.identity_reason},
    )


def _with_number(government: Government, kind: str, digits: str) -> Person | None:
    return Person.objects.filter(
        government=government, identity_kind=kind, identity_number=digits
    ).first()


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
    namesakes = Person.objects.filter(
        government=government, identity_kind=IdentityKind.NONE, name_folded=fold(name.bare)
    ).order_by("pk")
    # Two people of one name without numbers are told apart by why they have none.
    same_reason = [one for one in namesakes if one.identity_reason == reason.strip()]
    found = same_reason or list(namesakes)
    return (
        found[0]
        if found
        else _add(government, name, IdentityKind.NONE, "", reason.strip(), by, is_sample)
    )


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


def ensure_posting(*, person: Person, unit: Unit, post: str, rank: str, begins_on: date) -> None:
    """A letter that names somebody as an officer of the unit tells where that person works."""
    held = Posting.objects.filter(person=person, ends_on=None, unit__path__startswith=unit.path)
    if not held.exists():
        Posting.objects.create(person=person, unit=unit, post=post, rank=rank, begins_on=begins_on)


def add_person(
    *,
    full_name: str,
    identity_kind: IdentityKind,
    identity_number: str,
    identity_reason: str,
    email: str = "",
    phone: str = "",
    by: User,
) -> Person:
    """Somebody not yet on record. Raises AlreadyRecorded, IdentityMistake, ReasonMissing."""
    require(by=by, permission=EDIT_DIRECTORY)
    name, digits, reason = _identified(full_name, identity_kind, identity_number, identity_reason)
    with transaction.atomic():
        _refuse_known(by.government, name, identity_kind, digits, reason)
        person = _add(by.government, name, identity_kind, digits, reason, by, False)
        person.email, person.phone = email.strip(), phone.strip()
        person.save(update_fields=["email", "phone"])
    return person


def _identified(
    full_name: str, kind: IdentityKind, number: str, reason: str
) -> tuple[PersonName, str, str]:
    name, reason = split_titles(full_name), " ".join(reason.split())
    if not name.bare:
        raise PersonRefused(
            _("Namanya kosong."), next_step=_("Isi nama lengkap."), field="full_name"
        )
    if kind == IdentityKind.NONE and not reason:
        raise ReasonMissing(
            _("%(name)s belum bernomor pegawai.") % {"name": name.bare},
            next_step=_("Isi nomornya, atau tulis alasannya, misalnya PJLP."),
            field="identity_reason",
        )
    digits = parse(kind, number).digits
    return name, digits, reason if kind == IdentityKind.NONE else ""


def _refuse_known(
    government: Government,
    name: PersonName,
    kind: IdentityKind,
    digits: str,
    reason: str,
    but: int = 0,
) -> None:
    others = Person.objects.select_for_update().filter(government=government, identity_kind=kind)
    if digits:
        known = others.filter(identity_number=digits).exclude(pk=but).first()
    else:
        same = others.filter(name_folded=fold(name.bare), identity_reason=reason)
        known = same.exclude(pk=but).first()
    if known is None:
        return
    if digits and not same_person(known.name_folded, fold(name.bare)):
        raise PersonMismatch(
            _("Nomor %(number)s sudah tercatat atas nama %(name)s.")
            % {"number": mask(kind, digits), "name": known.full_name},
            next_step=_("Periksa nomor dan nama pada SK; salah satunya keliru."),
            field="identity_number",
        )
    raise AlreadyRecorded(
        _("%(name)s sudah tercatat.") % {"name": known.full_name},
        next_step=_(
            "Cari orang itu di daftar Orang; orang lain yang bernama sama perlu alasan lain."
        )
        if not digits
        else _("Cari orang itu di daftar Orang."),
        field="identity_number" if digits else "identity_reason",
    )


def change_person(*, person: Person, full_name: str, email: str, phone: str, by: User) -> Person:
    """Titles, spelling and contact. Another name or number is a correction, with its reason."""
    require(by=by, permission=EDIT_DIRECTORY)
    _check_house(person, by)
    name = split_titles(full_name)
    if fold(name.bare) != person.name_folded:
        raise PersonRefused(
            _("Namanya berubah dari %(before)s menjadi %(after)s.")
            % {"before": person.name, "after": name.bare or "–"},
            next_step=_("Pakai Koreksi identitas, dengan alasannya."),
            field="full_name",
        )
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        before = {"name": person.full_name, "email": person.email, "phone": person.phone}
        person.title_before, person.title_after = name.prefix, name.suffix
        person.name, person.email, person.phone = name.bare, email.strip(), phone.strip()
        after = {"name": person.full_name, "email": person.email, "phone": person.phone}
        if before != after:
            person.save(update_fields=["title_before", "name", "title_after", "email", "phone"])
            _tell("change-person", person, by, before, after)
    return person


def correct_person(
    *,
    person: Person,
    full_name: str,
    identity_kind: IdentityKind,
    identity_number: str,
    identity_reason: str,
    reason: str,
    by: User,
) -> Person:
    """Name or number were recorded wrongly. What letters said stays as they said it."""
    require(by=by, permission=EDIT_DIRECTORY)
    _check_house(person, by)
    reason = " ".join(reason.split())
    if not reason:
        raise PersonRefused(
            _("Alasan koreksinya kosong."),
            next_step=_("Tulis dari mana yang benar diketahui, misalnya SK pengangkatan."),
            field="reason",
        )
    name, digits, why = _identified(full_name, identity_kind, identity_number, identity_reason)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        _refuse_known(by.government, name, identity_kind, digits, why, but=person.pk)
        before = _identity_facts(person)
        person.title_before, person.name = name.prefix, name.bare
        person.title_after, person.name_folded = name.suffix, fold(name.bare)
        person.identity_kind, person.identity_number = identity_kind.value, digits
        person.identity_reason = why
        person.save()
        _tell("correct-person", person, by, before, _identity_facts(person), note=reason)
    return person


def _identity_facts(person: Person) -> dict[str, str]:
    return {
        "name": person.full_name,
        "kind": str(person.identity_kind),
        "identity": person.masked_identity,
        "reason": person.identity_reason,
    }


def open_file(*, person: Person, by: User) -> None:
    """Somebody looks at a number in full: that is a fact of the journal."""
    with transaction.atomic():
        _tell("see-person-file", person, by, None, None)


def _check_house(person: Person, by: User) -> None:
    if person.government_id != by.government_id:
        raise PersonRefused(_("Orang ini milik pemerintah lain."))


def _tell(
    verb: str,
    person: Person,
    by: User,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
    note: str = "",
) -> None:
    record(
        verb=verb,
        by=by,
        government=person.government_id,
        subject=f"person:{person.pk}",
        before=before,
        after=after,
        note=note,
    )
