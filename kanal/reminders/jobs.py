from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.directory.models import Government
from kanal.lib.dates import today
from kanal.reminders import sending


# Asked often, done once a working day: whatever was missed leaves as soon as the hours allow.
@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="reminders.send", queueing_lock="reminders.send")  # type: ignore[untyped-decorator]
def send(timestamp: int) -> None:
    for government in Government.objects.all():
        sending.send_due(government, timezone.now())


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="reminders.cancel_done", queueing_lock="reminders.cancel_done")  # type: ignore[untyped-decorator]
def cancel_done(timestamp: int) -> None:
    waiting = sending.governments_with_waiting()
    for government in Government.objects.filter(pk__in=waiting):
        sending.cancel_done(government.pk, today(government.timezone))
