"""What the outbox and the days change by themselves, written into the units' standing."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kanal.circulars import standing
from kanal.circulars.models import Circular
from kanal.directory.models import Government
from kanal.lib import dates

AT_ONCE = 1_000


def refresh_all() -> int:
    """Every government that has circulars; returns how many units stood otherwise."""
    served = Circular.objects.exclude(served_on=None).values("government_id")
    return sum(
        refresh(government, dates.today(government.timezone))
        for government in Government.objects.filter(pk__in=served)
    )


def refresh(government: Government, today: date) -> int:
    units = standing.stale(government.pk, today)
    for start in range(0, len(units), AT_ONCE):
        with transaction.atomic():
            standing.put_right(government.pk, units[start : start + AT_ONCE], today)
    return len(units)
