"""A sheet is made once: counted, set, kept. Running it twice is safe, and every step is told."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kanal.compliance.board import Basis
from kanal.digests import printed, sending
from kanal.digests.gathering import Progress, basis_of, gather
from kanal.digests.models import Making, Sheet, Step
from kanal.digests.months import Month
from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM, record
from kanal.lib.dates import local_day, say_day
from kanal.lib.files import PDF, Kept, keep
from kanal.paper.composing import sheet as paper
from kanal.paper.composing.mistakes import ComposingMistake

log = logging.getLogger(__name__)

FOLDER = "lembar"
MOST_ATTEMPTS = 3
# Renewed whenever some thousand offices more are counted.
LEASE = timedelta(minutes=2)
NO_BASIS, NO_UNITS, SAME, UNSET, FAILED = "no-basis", "no-units", "same", "unset", "failed"


class _CannotMake(Exception):
    """Answered here alone, as the `problem` of what was asked for."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def drain() -> int:
    """Everything that was asked for; returns how many sheets were made."""
    count = 0
    for making in Making.objects.filter(ended_at=None).select_related("government"):
        count += make(making) is not None
    return count


def make(making: Making) -> Sheet | None:
    """None: it was not to be; the row says why. A worker killed on the way is followed by another,

    who begins anew; after a few of those it is given up.
    """
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    mine = Making.objects.filter(free, pk=making.pk, ended_at=None)
    if not mine.update(attempts=F("attempts") + 1, step=Step.COUNTING, leased_until=now + LEASE):
        return None
    making.refresh_from_db()
    if making.attempts > MOST_ATTEMPTS:
        _give_up(making, FAILED)
        return None
    try:
        sheet = _make(making)
    except _CannotMake as cannot:
        _give_up(making, cannot.problem)
        return None
    if making.sends:
        sending.send(sheet=sheet, by=making.asked_by or SYSTEM)
    return sheet


def _give_up(making: Making, problem: str) -> None:
    with transaction.atomic():
        ended = Making.objects.filter(pk=making.pk, ended_at=None).update(
            step=Step.REFUSED, problem=problem, ended_at=timezone.now()
        )
        if ended:
            record(
                verb="give-up-sheet",
                by=SYSTEM,
                government=making.government_id,
                subject=f"making:{making.pk}",
                after={"month": str(making.of_month), "problem": problem},
            )


def _make(making: Making) -> Sheet:
    government, month, at = making.government, making.of_month, timezone.now()
    basis = basis_of(government, month, local_day(at, government.timezone))
    if basis is None:
        raise _CannotMake(NO_BASIS)
    figures = gather(government, month, basis, _telling(making))
    if not figures["numbers"]["units"]:
        raise _CannotMake(NO_UNITS)
    newest = Sheet.objects.filter(government=government, month=month.first).first()
    if newest is not None and _same(newest.figures, figures):
        raise _CannotMake(SAME)
    Making.objects.filter(pk=making.pk, ended_at=None).update(step=Step.SETTING)
    return _keep(making, basis, figures, newest, at)


def _telling(making: Making) -> Progress:
    def tell(done: int, whole: int) -> None:
        Making.objects.filter(pk=making.pk, ended_at=None).update(
            units_done=done, units_all=whole, leased_until=timezone.now() + LEASE
        )

    return tell


def _same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """But for the edition, which is told beside them."""
    return all(before.get(name) == value for name, value in now.items())


def _keep(
    making: Making, basis: Basis, figures: dict[str, Any], newest: Sheet | None, at: datetime
) -> Sheet:
    edition = newest.edition + 1 if newest else 1
    told = figures | {"edition": edition, "made_at": at.isoformat()}
    kept = _set(making, told, correction_of(newest, making.reason), at)
    try:
        with transaction.atomic():
            sheet = _write(making, basis, told, kept, at)
    except IntegrityError as clash:
        # Another worker was given the same job and was quicker.
        default_storage.delete(kept.name)
        log.info("sheet %s of %s was made meanwhile", making.of_month, making.government_id)
        raise _CannotMake(SAME) from clash
    return sheet


def correction_of(newest: Sheet | None, reason: str) -> str:
    """What a later edition says of itself."""
    if newest is None:
        return ""
    with translation.override("id"):
        day = say_day(local_day(newest.made_at, newest.government.timezone))
        return _("Menggantikan edisi %(edition)s tanggal %(day)s. Sebab: %(reason)s") % {
            "edition": newest.edition,
            "day": day,
            "reason": reason,
        }


def _set(making: Making, figures: dict[str, Any], correction: str, at: datetime) -> Kept:
    """Set once and kept for good."""
    government = making.government
    page = printed.page_of(
        figures,
        edition=figures["edition"],
        correction=correction,
        made_at=at,
        made_by=making.asked_by_name,
        timezone=government.timezone,
        is_sample=government.is_sample,
    )
    try:
        pdf = paper.compose(
            page,
            url=printed.address(making.of_month),
            figures=json.dumps(figures, ensure_ascii=False),
            at=at.astimezone(ZoneInfo(government.timezone)),
        )
    except ComposingMistake as mistake:
        log.error("sheet of %s can't be set: %s", making.of_month, mistake)
        raise _CannotMake(UNSET) from mistake
    return keep(ContentFile(pdf, name="lembar.pdf"), FOLDER, allowed={PDF})


def _write(
    making: Making, basis: Basis, figures: dict[str, Any], kept: Kept, at: datetime
) -> Sheet:
    government: Government = making.government
    sheet = Sheet.objects.create(
        government=government,
        mandate_id=basis.mandate.pk,
        month=making.month,
        day=basis.day,
        edition=figures["edition"],
        reason=making.reason,
        figures=figures,
        kept_as=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        made_at=at,
        made_by=making.asked_by,
        made_by_name=making.asked_by_name,
        is_sample=government.is_sample,
    )
    Making.objects.filter(pk=making.pk).update(step=Step.DONE, sheet=sheet, ended_at=at)
    record(
        verb="make-sheet",
        by=making.asked_by or SYSTEM,
        government=government.pk,
        subject=f"sheet:{sheet.pk}",
        after={
            "month": str(making.of_month),
            "edition": sheet.edition,
            "sha256": kept.sha256,
            "numbers": figures["numbers"],
        },
        note=making.reason,
    )
    return sheet


def preview(government: Government, month: Month, now: datetime) -> bytes | None:
    """PNG of the sheet as it would be made now; None without a basis. Keeps nothing."""
    basis = basis_of(government, month, local_day(now, government.timezone))
    if basis is None:
        return None
    figures = gather(government, month, basis, lambda _done, _all: None)
    page = printed.page_of(
        figures,
        edition=1,
        correction=_("Pratinjau: belum diterbitkan dan belum dikirim."),
        made_at=now,
        made_by="Kanal",
        timezone=government.timezone,
        is_sample=government.is_sample,
    )
    return paper.picture(page, url=printed.address(month))
