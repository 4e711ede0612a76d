"""Status rows as the board reads them: today's from the table, a past day's from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from kanal.compliance.actions import compose
from kanal.compliance.stages import Stage, late_days, stage_of
from kanal.lib.statements import asked
from kanal.mandates import standing
from kanal.mandates.models import Mandate, UnitStatus


class Row(NamedTuple):
    """One unit's columns. A tuple: the board reads hundreds of them in every request."""

    unit_id: int
    unit_class: str
    region: str
    district: str
    due_on: date | None
    accounts_since: date | None
    nil_since: date | None
    officer_from: date | None
    officer_until: date | None
    vacant_since: date | None
    letter_since: date | None
    softcopy_on: date | None
    hardcopy_on: date | None
    networks: list[str]
    officer_names: str
    served_on: date | None = None
    acknowledged_on: date | None = None
    undelivered_since: date | None = None


class Staged(NamedTuple):
    """A row with what it comes to on a day, worked out once for all who count and sort."""

    row: Row
    stage: Stage
    late: int


def staged(rows: Iterable[Row], day: date) -> Iterator[Staged]:
    for row in rows:
        stage = stage_of(row, day)
        yield Staged(row, stage, late_days(row, stage, day))


def of(mandate: Mandate) -> QuerySet[UnitStatus]:
    return UnitStatus.objects.filter(government_id=mandate.government_id, mandate=mandate)


# Asked by every board, so put together once.
_OF = f"""
select {", ".join(Row._fields)} from {UnitStatus._meta.db_table}
where government_id = %(government)s and mandate_id = %(mandate)s limit %(most)s
"""


def read(mandate: Mandate, *, most: int) -> list[Row]:
    found = asked(_OF, government=mandate.government_id, mandate=mandate.pk, most=most)
    return [Row._make(values) for values in found]


def on(mandate: Mandate, day: date) -> list[Row]:
    """Every unit's row on an earlier day, from the facts as we know them now."""
    facts = compose(mandate, day, standing.addressed(mandate, day))
    return [Row._make(getattr(fact, name) for name in Row._fields) for fact in facts]
