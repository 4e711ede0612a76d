"""What the board and its rows offer: to remind whoever is owed a reminder.

The board lies below this room and finds it by `settings.BOARD_OFFERS`.
"""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kanal.compliance.listing import Line, Offer
from kanal.compliance.stages import Stage
from kanal.directory.models import User
from kanal.mandates.models import Mandate
from kanal.post.hours import calendar_of
from kanal.reminders.models import REMINDED
from kanal.reminders.permissions import MANAGE_REMINDERS, SEND_REMINDERS
from kanal.reminders.planning import plan

# Working the plan out costs more than the whole board; the preview behind the link is exact.
KEPT_SECONDS = 60
MOST_COUNTED = 3000


def on_board(*, user: User, mandate: Mandate, day: date, units: int) -> Offer | None:
    """The way to today's preview, with the number of offices in it unless it is a whole country."""
    if not (user.may(SEND_REMINDERS) or user.may(MANAGE_REMINDERS)):
        return None
    url = f"{reverse('reminders:today')}?dasar={mandate.pk}"
    owed = _owed(mandate, day) if units <= MOST_COUNTED else None
    if owed is None:
        return Offer(_("Pengingat"), url)
    if not owed:
        return Offer(_("Pengingat hari ini: 0"), url)
    if not user.may(SEND_REMINDERS):
        return Offer(_("Pengingat hari ini: %(n)s") % {"n": owed}, url)
    told = ngettext("Ingatkan %(n)s kantor", "Ingatkan %(n)s kantor", owed)
    return Offer(told % {"n": owed}, url, is_main=True)


def on_row(*, user: User, line: Line) -> Offer | None:
    """The page from which one office is reminded now: by message, by mail or on paper."""
    if not owes(line.stage, line.row.due_on) or not user.may(MANAGE_REMINDERS):
        return None
    return Offer(_("Ingatkan"), reverse("reminders:unit", args=[line.unit.code]))


def owes(stage: Stage, due_on: date | None) -> bool:
    """Without a deadline nobody is reminded."""
    return stage in REMINDED and due_on is not None


def _owed(mandate: Mandate, day: date) -> int:
    key = f"reminders-owed:{mandate.pk}:{day.isoformat()}"
    found: int | None = cache.get(key)
    if found is None:
        calendar = calendar_of(mandate.government_id)
        found = plan(mandate, calendar.next_working(day), calendar=calendar).units
        cache.set(key, found, KEPT_SECONDS)
    return found
