"""Days turn by themselves: rows whose day has come, and the kept figures of large boards."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.compliance import actions, board
from kanal.compliance.models import BoardFigures
from kanal.directory.models import Government
from kanal.lib.dates import today

log = logging.getLogger(__name__)


# Every hour: midnight comes three times between Papua and Sumatra.
@app.periodic(cron="0 * * * * 5")  # type: ignore[untyped-decorator]
@app.task(name="compliance.turn_day", queueing_lock="compliance.turn_day")  # type: ignore[untyped-decorator]
def turn_day(timestamp: int) -> None:
    for government in Government.objects.all():
        actions.refresh(government=government, today=today(government.timezone))


# Once a night, at 3.20 in Jakarta: what an action forgot is mended, and said aloud.
@app.periodic(cron="20 20 * * *")  # type: ignore[untyped-decorator]
@app.task(name="compliance.rebuild", queueing_lock="compliance.rebuild")  # type: ignore[untyped-decorator]
def rebuild(timestamp: int) -> None:
    for government in Government.objects.all():
        done = actions.rebuild(government=government, today=today(government.timezone))
        for found in done.differences:
            log.warning("status row mended: %s %s", government.code, found)


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="compliance.recount", queueing_lock="compliance.recount")  # type: ignore[untyped-decorator]
def recount(timestamp: int) -> None:
    for kept in BoardFigures.objects.select_related("mandate__government"):
        government = kept.mandate.government
        day = today(government.timezone)
        basis = board.basis(government.pk, day=day, today=day)
        still_shown = basis is not None and basis.mandate.pk == kept.mandate_id
        if not (basis and still_shown and _is_large(basis)):
            kept.delete()


def _is_large(basis: board.Basis) -> bool:
    return board.recount(basis, now=timezone.now()).units() > board.LARGE
