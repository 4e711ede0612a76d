"""Whom a circular is for: the offices its mandate addresses, and which of them can get mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower

from kanal.circulars.models import Circular, Notice
from kanal.directory.models import Unit, UnitQuerySet
from kanal.lib.addresses import USABLE
from kanal.mandates.standing import addressees
from kanal.post.models import DeadAddress

HAS_ADDRESS = Q(email__regex=USABLE)


def left(circular: Circular, day: date) -> UnitQuerySet:
    """Of those, the ones it has not been brought to."""
    served = Notice.objects.filter(circular=circular, unit=OuterRef("pk"))
    return addressees(circular.mandate, day).filter(~Exists(served))


def _dead() -> Exists:
    return Exists(
        DeadAddress.objects.filter(
            government_id=OuterRef("government_id"), address=Lower(OuterRef("email"))
        )
    )


WITH_ADDRESS, WITHOUT_ADDRESS, DEAD_ADDRESS = "dengan", "tanpa", "mati"


def by_address(units: UnitQuerySet, kind: str) -> UnitQuerySet:
    """The units with a good address, without any, or with one that bounced for good."""
    if kind == WITHOUT_ADDRESS:
        return units.exclude(HAS_ADDRESS)
    if kind == DEAD_ADDRESS:
        return units.filter(HAS_ADDRESS, _dead())
    return units.filter(HAS_ADDRESS, ~_dead())


@dataclass(frozen=True)
class Reach:
    """How many offices a press would reach, and by which way."""

    units: int
    by_mail: int
    dead: int

    @property
    def without(self) -> int:
        return self.units - self.by_mail - self.dead


def reach(units: UnitQuerySet) -> Reach:
    counted = units.annotate(is_dead=_dead()).aggregate(
        units=Count("pk"),
        by_mail=Count("pk", filter=HAS_ADDRESS & Q(is_dead=False)),
        dead=Count("pk", filter=HAS_ADDRESS & Q(is_dead=True)),
    )
    return Reach(**counted)


def mended(circular: Circular) -> UnitQuerySet:
    """Offices that nothing reached, and whose address can be written to now."""
    unreached = Notice.objects.filter(circular=circular).unreached()
    units = Unit.objects.filter(government_id=circular.government_id)
    return units.filter(HAS_ADDRESS, ~_dead(), pk__in=unreached.values("unit_id"))
