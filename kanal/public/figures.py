"""How much the register holds, counted once in a while: citizens need the size, not the second."""

from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from kanal.directory.models import Government, Unit, UnitClass
from kanal.register.lookalikes import LISTED
from kanal.register.models import Account

KEPT_SECONDS = 300
KEY = "public-figures"

TERRITORY = {UnitClass.CITY, UnitClass.REGENCY, UnitClass.DISTRICT, UnitClass.VILLAGE}


@dataclass
class Group:
    units: int = 0
    accounts: int = 0


@dataclass
class Figures:
    """`by_class` counts one government's offices that have listed accounts."""

    government_id: int | None
    total: int = 0
    by_class: dict[str, Group] = field(default_factory=dict)

    @property
    def territory(self) -> Group:
        return self._together([key for key in self.by_class if key in TERRITORY])

    @property
    def central(self) -> Group:
        return self._together([key for key in self.by_class if key not in TERRITORY])

    def _together(self, keys: list[str]) -> Group:
        groups = [self.by_class[key] for key in keys]
        return Group(sum(group.units for group in groups), sum(group.accounts for group in groups))


def figures() -> Figures:
    kept: Figures | None = cache.get(KEY)
    if kept is None:
        kept = _count()
        cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def _count() -> Figures:
    own = Government.objects.order_by("pk").values_list("pk", flat=True).first()
    found = Figures(own)
    listed = Account.objects.for_the_public().filter(state__in=LISTED).order_by()
    found.total = listed.count()
    having = Unit.objects.filter(
        Exists(listed.filter(unit=OuterRef("pk"))), government_id=own or 0
    ).order_by()
    for unit_class, units in having.values_list("unit_class").annotate(n=Count("pk")):
        found.by_class[unit_class] = Group(units)
    per_class = listed.filter(government_id=own or 0).values_list("unit__unit_class")
    for unit_class, accounts in per_class.annotate(n=Count("pk")):
        found.by_class.setdefault(unit_class, Group()).accounts = accounts
    return found
