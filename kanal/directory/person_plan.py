"""Rows about people held against the register: who is meant, what differs, which posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kanal.directory.models import Government, Person, Posting, Unit
from kanal.directory.people import same_person
from kanal.directory.plan import Change, differing
from kanal.directory.tables import Fault
from kanal.directory.unit_sheet import shown
from kanal.lib.dates import say_day
from kanal.lib.identity import Identity, IdentityKind, mask
from kanal.lib.names import PersonName, fold

# A numbered person is the number; another one is the name and why there is no number.
Key = tuple[str, str, str]
CONTACT = {"surel": "email", "telepon": "phone"}


@dataclass(frozen=True)
class Given:
    """One row that could be read."""

    number: int
    columns: frozenset[str]
    full_name: str
    name: PersonName
    identity: Identity
    reason: str
    unit: Unit | None
    post: str
    rank: str
    email: str
    phone: str
    begins_on: date | None
    ends_on: date | None

    @property
    def key(self) -> Key:
        if self.identity.kind is IdentityKind.NONE:
            return (IdentityKind.NONE.value, fold(self.name.bare), self.reason)
        return (self.identity.kind.value, self.identity.digits, "")


@dataclass
class Planned:
    """What one row does: to the person, and to one posting."""

    person: Person
    is_new: bool = False
    edits: tuple[Change, ...] = ()
    posting: Posting | None = None
    moves: tuple[Change, ...] = ()


@dataclass
class Register:
    """The people the sheet may mean, and what earlier rows of it already decided."""

    government: Government
    people: dict[Key, Person]
    namesakes: dict[str, list[Person]]
    postings: dict[int, list[Posting]]
    said: dict[Key, Given] = field(default_factory=dict)
    # Postings a row has spoken for; a second row can't mean the same one.
    taken: set[int] = field(default_factory=set)


def key_of(person: Person) -> Key:
    if person.identity_kind == IdentityKind.NONE:
        return (person.identity_kind, person.name_folded, person.identity_reason)
    return (person.identity_kind, person.identity_number, "")


def find_people(government: Government, rows: Sequence[Given], *, lock: bool = False) -> Register:
    digits = {row.identity.digits for row in rows} - {""}
    names = {fold(row.name.bare) for row in rows if row.identity.kind is IdentityKind.NONE}
    base = Person.objects.filter(government=government)
    if lock:
        base = base.select_for_update()
    numbered = list(base.filter(identity_number__in=digits)) if digits else []
    nameless = base.filter(identity_kind=IdentityKind.NONE, name_folded__in=names)
    unnumbered = list(nameless) if names else []
    found = [*numbered, *unnumbered]
    postings: dict[int, list[Posting]] = {}
    of_found = Posting.objects.filter(person__in=found).select_related("unit").order_by("pk")
    for posting in of_found if found else ():
        postings.setdefault(posting.person_id, []).append(posting)
    namesakes: dict[str, list[Person]] = {}
    for person in unnumbered:
        namesakes.setdefault(person.name_folded, []).append(person)
    return Register(government, {key_of(p): p for p in found}, namesakes, postings)


def plan_person(row: Given, register: Register, faults: list[Fault]) -> Planned | None:
    earlier = register.said.get(row.key)
    if earlier is not None and _contradicts(row, earlier):
        faults.append(_two_stories(row, earlier))
        return None
    person = register.people.get(row.key)
    if person is None:
        return _newcomer(row, register, faults)
    fault = _other_name(row, person)
    if fault:
        faults.append(fault)
        return None
    is_new = person.pk is None
    edits = () if is_new or earlier else _edits(row, person)
    register.said.setdefault(row.key, row)
    return Planned(person, edits=edits)


def _contradicts(row: Given, earlier: Given) -> bool:
    return (row.full_name, row.email, row.phone) != (
        earlier.full_name,
        earlier.email,
        earlier.phone,
    )


def _two_stories(row: Given, earlier: Given) -> Fault:
    return Fault(
        "nama_lengkap",
        _("Baris %(row)s menyebut orang yang sama dengan nama, surel, atau telepon lain.")
        % {"row": earlier.number},
        _("Samakan kedua baris, atau perbaiki nomornya."),
    )


def _newcomer(row: Given, register: Register, faults: list[Fault]) -> Planned | None:
    others = register.namesakes.get(fold(row.name.bare), [])
    if row.identity.kind is IdentityKind.NONE and others:
        faults.append(
            Fault(
                "alasan",
                _("%(name)s tanpa nomor sudah tercatat dengan alasan lain: %(reason)s.")
                % {"name": others[0].full_name, "reason": others[0].identity_reason},
                _(
                    "Bila orang yang sama, samakan alasannya; bila orang lain, catat di halaman Orang."
                ),
            )
        )
        return None
    person = Person(
        government=register.government,
        title_before=row.name.prefix,
        name=row.name.bare,
        title_after=row.name.suffix,
        name_folded=fold(row.name.bare),
        identity_kind=row.identity.kind.value,
        identity_number=row.identity.digits,
        identity_reason=row.reason,
        email=row.email,
        phone=row.phone,
    )
    register.people[row.key] = person
    register.said[row.key] = row
    return Planned(person, is_new=True)


def _other_name(row: Given, person: Person) -> Fault | None:
    """Titles and spelling may be mended here; another name needs a correction with its reason."""
    if person.full_name == row.full_name or person.name_folded == fold(row.name.bare):
        return None
    masked = mask(row.identity.kind, row.identity.digits)
    if same_person(person.name_folded, fold(row.name.bare)):
        return Fault(
            "nama_lengkap",
            _("Tercatat sebagai %(name)s (%(number)s).")
            % {"name": person.full_name, "number": masked},
            _("Samakan namanya, atau betulkan dulu lewat Koreksi identitas di berkas orang itu."),
        )
    return Fault(
        "nomor_identitas",
        _("Nomor %(number)s sudah tercatat atas nama %(name)s.")
        % {"name": person.full_name, "number": masked},
        _("Periksa nomor dan nama pada SK; salah satunya keliru."),
    )


def _edits(row: Given, person: Person) -> tuple[Change, ...]:
    """Sets what differs on the unsaved copy in memory, and says what it was."""
    changes: list[Change] = []
    if person.full_name != row.full_name:
        changes.append(("nama_lengkap", person.full_name, row.full_name))
        person.title_before, person.name = row.name.prefix, row.name.bare
        person.title_after, person.name_folded = row.name.suffix, fold(row.name.bare)
    for column, attribute in CONTACT.items():
        value, before = getattr(row, attribute), getattr(person, attribute)
        if column in row.columns and value != before:
            changes.append((column, before, value))
            setattr(person, attribute, value)
    return tuple(changes)


def plan_posting(row: Given, planned: Planned, register: Register, faults: list[Fault]) -> None:
    if row.unit is None:
        return
    own = register.postings.setdefault(_known_as(planned.person), [])
    here = [p for p in own if p.unit_id == row.unit.pk and id(p) not in register.taken]
    posting = _meant(row, here)
    if posting is None:
        _begin(row, planned, own, faults)
    else:
        planned.posting = posting
        planned.moves = _moves(row, posting)
    if planned.posting:
        register.taken.add(id(planned.posting))


def _known_as(person: Person) -> int:
    """New people have no key yet; the object itself stands for them while the plan is made."""
    return person.pk or -id(person)


def _meant(row: Given, here: list[Posting]) -> Posting | None:
    """The posting with the same days, else the same beginning, else the one never dated."""
    exact = [p for p in here if (p.begins_on, p.ends_on) == (row.begins_on, row.ends_on)]
    begun = [p for p in here if p.begins_on == row.begins_on]
    undated = [p for p in here if p.begins_on is None and p.ends_on is None]
    for candidates in (exact, begun, undated):
        if candidates:
            return candidates[0]
    if "mulai" not in row.columns:
        return next((p for p in here if p.ends_on is None), None)
    return None


def _begin(row: Given, planned: Planned, own: list[Posting], faults: list[Fault]) -> None:
    unit = row.unit
    assert unit is not None
    here = [p for p in own if p.unit_id == unit.pk]
    if any(p.pk is None and (p.begins_on, p.ends_on) == (row.begins_on, row.ends_on) for p in here):
        faults.append(
            Fault(
                "kode_kantor",
                _("Penempatan yang sama sudah ada di baris lain berkas ini."),
                _("Hapus salah satu barisnya."),
            )
        )
        return
    current = next((p for p in here if p.ends_on is None), None)
    if row.ends_on is None and current:
        since = (
            say_day(current.begins_on) if current.begins_on else _("tanggal yang tidak tercatat")
        )
        faults.append(
            Fault(
                "mulai",
                _("Orang ini masih tercatat bekerja di %(unit)s sejak %(since)s.")
                % {"unit": unit.name, "since": since},
                _("Samakan tanggal mulainya, atau akhiri dulu penempatan itu."),
            )
        )
        return
    if row.ends_on is None and unit.closed_on and unit.closed_on <= (row.begins_on or date.max):
        faults.append(
            Fault(
                "kode_kantor",
                _("%(unit)s sudah tutup pada %(day)s.")
                % {"unit": unit.name, "day": say_day(unit.closed_on)},
                _("Isi kode kantor penerusnya."),
            )
        )
        return
    planned.posting = Posting(
        person=planned.person,
        unit=unit,
        post=row.post,
        rank=row.rank,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
    )
    own.append(planned.posting)


def _moves(row: Given, posting: Posting) -> tuple[Change, ...]:
    asked = {
        "jabatan": ("post", row.post),
        "pangkat": ("rank", row.rank),
        "mulai": ("begins_on", row.begins_on),
        "selesai": ("ends_on", row.ends_on),
    }
    before = {name: shown(getattr(posting, attribute)) for name, (attribute, _v) in asked.items()}
    changes = differing(
        (name, before[name], shown(value))
        for name, (_attribute, value) in asked.items()
        if name in row.columns
    )
    for name, _before, _after in changes:
        attribute, value = asked[name]
        setattr(posting, attribute, value)
    return changes
