"""What happens by itself: on a month's first working day, in working hours, its sheet is made and sent."""

from __future__ import annotations

from datetime import datetime

from kanal.digests import actions, sending
from kanal.digests.gathering import basis_of
from kanal.digests.models import Dispatch, Making, Sheet
from kanal.digests.months import Month
from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM
from kanal.lib.dates import local_day
from kanal.post.hours import WorkingTime

# A server that was off makes good what it missed; later somebody decides.
LAST_DAY = 10


def month_due(government: Government, now: datetime) -> Month | None:
    """The month whose sheet may leave now; None outside its days and hours."""
    day = local_day(now, government.timezone)
    if day.day > LAST_DAY or not WorkingTime.of(government).is_open(now):
        return None
    return Month.of(day).before


def begin(government: Government, now: datetime) -> None:
    """Asked again and again, does it once: what was sent, or asked for, is left alone."""
    month = month_due(government, now)
    if month is None:
        return
    mine = {"government": government, "month": month.first}
    if Dispatch.objects.filter(sheet__government=government, sheet__month=month.first).exists():
        return
    newest = Sheet.objects.filter(**mine).first()
    if newest is not None:
        sending.send(sheet=newest, by=SYSTEM)
        return
    today = local_day(now, government.timezone)
    # Asked for once by itself: what could not be made then is for somebody to look at.
    if Making.objects.filter(**mine).exists() or basis_of(government, month, today) is None:
        return
    actions.ask(government=government, month=month, sends=True, by=SYSTEM, today=today)
