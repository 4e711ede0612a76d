"""Who can be reached for an office, step by step, in a fixed number of queries for any number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.expressions import RawSQL

from kanal.appointments.models import Appointment
from kanal.directory.models import Headship, Person, Role, RoleKind, Unit, User
from kanal.post.outbox import dead_among, usable
from kanal.reminders.models import Step

UPWARD = (Step.OFFICER, Step.HEAD, Step.VERIFIER)
_ASKED_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Recipient:
    """`person` None: a mailbox of the office, or a user who is nobody on record."""

    address: str
    name: str
    person: int | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """The step a message ends up at, who gets it there, and which addresses were found dead."""

    step: str
    recipients: tuple[Recipient, ...]
    dead: tuple[str, ...] = ()


@dataclass
class Reachable:
    """Everybody who may be reached for some offices. Addresses that bounced for good don't count."""

    officers: dict[int, list[Recipient]] = field(default_factory=dict)
    heads: dict[int, list[Recipient]] = field(default_factory=dict)
    verifiers: list[Recipient] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)

    def named(self, unit: int, step: str) -> list[Recipient]:
        """Whoever stands at that step, with an address or without one."""
        if step == Step.VERIFIER:
            return self.verifiers
        return (self.officers if step == Step.OFFICER else self.heads).get(unit, [])

    def reach(self, unit: int, step: str) -> Reached:
        """At the step asked for, or the next one above at which somebody has an address."""
        dead: list[str] = []
        for each in UPWARD[UPWARD.index(Step(step)) :]:
            living, gone = self._living(self.named(unit, each))
            dead += gone
            if living:
                return Reached(each, living, tuple(dead))
        return Reached(Step.NOBODY, (), tuple(dead))

    def _living(self, named: Iterable[Recipient]) -> tuple[tuple[Recipient, ...], list[str]]:
        living: dict[str, Recipient] = {}
        gone = []
        for one in named:
            key = one.address.lower()
            if key in self.dead:
                gone.append(one.address)
            elif one.address:
                living.setdefault(key, one)
        return tuple(living.values()), gone


def reachable(government_id: int, numbers: Iterable[int], day: date) -> Reachable:
    """For the units of these numbers. Seven queries."""
    # One value, however many they are: the planner can't take them for a handful, and the
    # database takes no more than 65,535 values.
    units = RawSQL("select unnest(%s::bigint[])", [list(numbers)])
    signed_in = _addresses_of_users(government_id)
    found = Reachable(
        officers=_officers(government_id, units, day, signed_in),
        heads=_heads(government_id, units, day, signed_in),
        verifiers=_verifiers(government_id),
    )
    rows = [*found.officers.values(), *found.heads.values(), found.verifiers]
    addresses = sorted({one.address.lower() for row in rows for one in row if one.address})
    for start in range(0, len(addresses), _ASKED_AT_ONCE):
        found.dead |= dead_among(government_id, addresses[start : start + _ASKED_AT_ONCE])
    return found


def _addresses_of_users(government_id: int) -> dict[int, str]:
    """By person: the address they sign in with."""
    users = User.objects.filter(government_id=government_id, is_active=True, person__isnull=False)
    return dict(users.order_by("-pk").values_list("person_id", "email"))


_PERSON = ("title_before", "name", "title_after", "email", "phone")
Row = tuple[Any, ...]


def _person_reader(signed_in: dict[int, str]) -> Callable[[Row], Recipient]:
    """Reads (person id, then _PERSON)."""
    known: dict[int, Recipient] = {}

    def read(row: Row) -> Recipient:
        pk, before, name, after, email, phone = row
        if pk not in known:
            full = Person(title_before=before, name=name, title_after=after).full_name
            address = usable(email) or usable(signed_in.get(pk, ""))
            known[pk] = Recipient(address, full, pk, phone)
        return known[pk]

    return read


def _officers(
    government_id: int, units: RawSQL, day: date, signed_in: dict[int, str]
) -> dict[int, list[Recipient]]:
    rows = (
        Appointment.objects.known()
        .on(day)
        .filter(government_id=government_id, unit__in=units)
        .order_by("unit_id", "pk")
        .values_list("unit_id", "person_id", *(f"person__{name}" for name in _PERSON))
    )
    return _by_unit(rows, _person_reader(signed_in))


def _heads(
    government_id: int, units: RawSQL, day: date, signed_in: dict[int, str]
) -> dict[int, list[Recipient]]:
    """Whoever heads the unit, whoever signs in as its head; the unit's own address else."""
    headships = (
        Headship.objects.on(day)
        .filter(unit__government_id=government_id, unit__in=units)
        .order_by("unit_id", "-begins_on", "-pk")
        .values_list("unit_id", "person_id", *(f"person__{name}" for name in _PERSON))
    )
    found = _by_unit(headships, _person_reader(signed_in))
    roles = (
        Role.objects.in_force()
        .filter(kind=RoleKind.UNIT_HEAD, user__is_active=True, unit__in=units)
        .filter(user__government_id=government_id)
        .order_by("unit_id", "pk")
        .values_list("unit_id", "user__person_id", "user__email", "user__name")
    )
    for unit, person, email, name in roles:
        here = found.setdefault(unit, [])
        if person is None or person not in {one.person for one in here}:
            here.append(Recipient(usable(email), name, person))
    _add_mailboxes(found, government_id, units)
    return found


def _add_mailboxes(found: dict[int, list[Recipient]], government_id: int, units: RawSQL) -> None:
    """The unit's own mailbox stands last, and only where no person has an address."""
    boxes = Unit.objects.filter(government_id=government_id, pk__in=units).exclude(email="")
    for unit, email, title, phone in boxes.values_list("pk", "email", "head_title", "phone"):
        here = found.setdefault(unit, [])
        if not any(one.address for one in here):
            here.append(Recipient(usable(email), title, None, phone))


def _verifiers(government_id: int) -> list[Recipient]:
    roles = (
        Role.objects.in_force()
        .filter(kind=RoleKind.VERIFIER, user__is_active=True)
        .filter(user__government_id=government_id)
        .order_by("user_id")
        .values_list("user__email", "user__name")
    )
    return [Recipient(usable(email), name) for email, name in dict.fromkeys(roles)]


def _by_unit(rows: Iterable[Row], read: Callable[[Row], Recipient]) -> dict[int, list[Recipient]]:
    found: dict[int, list[Recipient]] = {}
    for unit, *rest in rows:
        one, here = read(tuple(rest)), found.setdefault(unit, [])
        if one not in here:
            here.append(one)
    return found
