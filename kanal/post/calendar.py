"""The days and hours a government works: data that people keep, each change with its name."""

from __future__ import annotations

from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import User
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import record
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused
from kanal.post.hours import hours_of
from kanal.post.models import DayOverride, SendingHours
from kanal.post.permissions import KEEP_HOURS


class DayTaken(Refused):
    """The day is already told to be otherwise."""


class HoursRefused(Refused):
    """Hours that end before they begin."""

    status = 422


def override_day(*, day: date, is_working: bool, note: str, by: User) -> DayOverride:
    """That day is worked, or not, whatever the calendar says."""
    require(by=by, permission=KEEP_HOURS)
    try:
        with transaction.atomic():
            row = DayOverride.objects.create(
                government_id=by.government_id,
                day=day,
                is_working=is_working,
                note=note,
                added_by=by,
                added_by_name=by.name,
            )
            _tell_day("override-day", row, by)
    except IntegrityError:
        raise DayTaken(
            _("%(day)s sudah ada dalam daftar.") % {"day": say_day(day)},
            next_step=_("Akhiri dulu yang lama, jika keadaannya berubah."),
            field="day",
        ) from None
    return row


def end_override(*, override: DayOverride, by: User) -> None:
    require(by=by, permission=KEEP_HOURS)
    require_own(by=by, government_id=override.government_id)
    with transaction.atomic():
        rows = DayOverride.objects.filter(pk=override.pk, ended_at=None)
        if rows.update(ended_at=timezone.now(), ended_by_name=by.name):
            _tell_day("end-day-override", override, by)


def _tell_day(verb: str, row: DayOverride, by: User) -> None:
    record(
        verb=verb,
        by=by,
        government=row.government_id,
        subject=f"day-override:{row.pk}",
        after={"day": row.day.isoformat(), "is_working": row.is_working, "note": row.note},
    )


def set_hours(*, opens: time, closes: time, by: User) -> SendingHours:
    """Between which hours of a working day reminders and sheets leave."""
    require(by=by, permission=KEEP_HOURS)
    if closes <= opens:
        raise HoursRefused(
            _("Jam selesai harus sesudah jam mulai."),
            next_step=_("Misalnya 07.00 sampai 17.00."),
            field="closes",
        )
    with transaction.atomic():
        before = hours_of(by.government_id)
        row, _is_new = SendingHours.objects.update_or_create(
            government_id=by.government_id, defaults={"opens": opens, "closes": closes}
        )
        record(
            verb="set-reminder-hours",
            by=by,
            government=by.government_id,
            subject=f"reminder-hours:{row.pk}",
            before={"hours": str(before)},
            after={"hours": str(row)},
        )
    return row
