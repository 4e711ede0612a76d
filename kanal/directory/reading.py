"""Whom and what a user's roles reach, as rows to list."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kanal.directory.asking import day_of
from kanal.directory.models import Headship, Person, Posting, Unit, User
from kanal.directory.permissions import Permission
from kanal.lib.names import fold


def people_reached(user: User, permission: Permission) -> QuerySet[Person]:
    """Everybody of the government, or who works in or heads a unit the roles reach."""
    people = Person.objects.filter(government_id=user.government_id)
    roles = [role for role in user.roles_now if role.kind in permission.roles]
    if any(role.unit is None for role in roles):
        return people
    inside = Q(pk__in=[])
    for role in roles:
        if role.unit:
            inside |= Q(unit__path__startswith=role.unit.path)
    still = Q(ends_on=None) | Q(ends_on__gt=day_of(user))
    here = inside & still & Q(person=OuterRef("pk"))
    return people.filter(
        Exists(Posting.objects.filter(here)) | Exists(Headship.objects.filter(here))
    )


def may_open(user: User, permission: Permission, person: Person) -> bool:
    return people_reached(user, permission).filter(pk=person.pk).exists()


def people_like(people: QuerySet[Person], words: str, *, by_number: bool) -> QuerySet[Person]:
    """By name in any spelling of case and titles; a whole staff number only where it may be seen."""
    digits = "".join(char for char in words if char.isdigit())
    if by_number and len(digits) >= 5 and len(digits) > len(words) // 2:
        return people.filter(identity_number=digits)
    folded = fold(words)
    if folded:
        return people.filter(Q(name__icontains=words) | Q(name_folded__contains=folded))
    return people.filter(name__icontains=words)


def with_posts(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with where they work and what they head now, in two more queries."""
    at_work = Posting.objects.filter(ends_on=None).select_related("unit").order_by("pk")
    heading = Headship.objects.filter(ends_on=None).select_related("unit").order_by("pk")
    return people.prefetch_related(
        Prefetch("postings", at_work, to_attr="posts_now"),
        Prefetch("headships", heading, to_attr="heading_now"),
    )


def above(unit: Unit) -> list[Unit]:
    """From the root down to the unit's parent, in one query."""
    parts = unit.path.strip("/").split("/")[:-1]
    found = {
        row.code: row
        for row in Unit.objects.filter(government_id=unit.government_id, code__in=parts)
    }
    return [found[code] for code in parts if code in found]


def headed_by(unit: Unit, day: date) -> Headship | None:
    rows = Headship.objects.on(day).filter(unit=unit).select_related("person")
    return rows.order_by("-begins_on", "-pk").first()
