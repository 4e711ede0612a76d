from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.digests import making, schedule
from kanal.digests.actions import MAKE
from kanal.directory.models import Government


# Called when a sheet was asked for, and every minute for what a lost call left behind.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name=MAKE, queueing_lock=MAKE)  # type: ignore[untyped-decorator]
def make(timestamp: int) -> None:
    making.drain()


# Every ten minutes: the first working day begins at three instants between Papua and Sumatra.
@app.periodic(cron="*/10 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="digests.begin_month", queueing_lock="digests.begin_month")  # type: ignore[untyped-decorator]
def begin_month(timestamp: int) -> None:
    now = timezone.now()
    for government in Government.objects.all():
        schedule.begin(government, now)
