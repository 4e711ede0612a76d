"""Asking for a sheet: the first edition of a month that has ended, or another with its reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.digests.models import Making, Sheet
from kanal.digests.months import Month
from kanal.digests.permissions import MAKE_SHEETS
from kanal.directory.models import Government, User, user_or_none
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import Machine, record
from kanal.lib.refusal import Refused
from kanal.lib.waking import wake

MAKE = "digests.make"


class MonthNotOver(Refused):
    """A sheet stands for a month's last day, which has not ended yet."""

    status = 422


class AlreadyMade(Refused):
    """A sheet is never made again; another edition says why it is there."""


class NothingToCorrect(Refused):
    """Another edition of a sheet that has none."""


class UnderWay(Refused):
    """This month's sheet is being made right now."""


def ask(
    *,
    government: Government,
    month: Month,
    sends: bool,
    by: User | Machine,
    today: date,
    reason: str = "",
) -> Making:
    """Written down and made by a job. With a `reason` it is another edition."""
    if isinstance(by, User):
        require(by=by, permission=MAKE_SHEETS)
        require_own(by=by, government_id=government.pk)
    if month.last >= today:
        raise MonthNotOver(
            _("%(month)s belum berakhir.") % {"month": month.name},
            next_step=_("Lembar dibuat mulai hari pertama bulan berikutnya."),
            field="month",
        )
    with transaction.atomic():
        # Two who ask at once: the second waits here and is told.
        Government.objects.select_for_update().get(pk=government.pk)
        _refuse_twice(government, month, reason)
        making = Making.objects.create(
            government=government,
            month=month.first,
            reason=reason,
            sends=sends,
            asked_at=timezone.now(),
            asked_by=user_or_none(by),
            asked_by_name=by.name,
        )
        record(
            verb="ask-sheet",
            by=by,
            government=government.pk,
            subject=f"making:{making.pk}",
            after={"month": str(month), "sends": sends},
            note=reason,
        )
        wake(MAKE)
    return making


def _refuse_twice(government: Government, month: Month, reason: str) -> None:
    mine = {"government": government, "month": month.first}
    if Making.objects.filter(**mine, ended_at=None).exists():
        raise UnderWay(
            _("Lembar %(month)s sedang dibuat.") % {"month": month.name},
            next_step=_("Tunggu sebentar; kemajuannya tampak di halaman Lembar bulanan."),
        )
    is_there = Sheet.objects.filter(**mine).exists()
    if is_there and not reason:
        raise AlreadyMade(
            _("Lembar %(month)s sudah ada dan tidak dibuat ulang.") % {"month": month.name},
            next_step=_("Kirim lembar itu, atau buat edisi baru dengan sebabnya."),
            field="month",
        )
    if reason and not is_there:
        raise NothingToCorrect(
            _("Lembar %(month)s belum ada.") % {"month": month.name},
            next_step=_("Buat edisi pertamanya lebih dulu."),
        )
