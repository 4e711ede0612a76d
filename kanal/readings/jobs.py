from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.readings import actions
from kanal.readings.models import Reading, State


@app.task(name="readings.read")  # type: ignore[untyped-decorator]
def read(pk: int) -> None:
    reading = Reading.objects.select_related("government").filter(pk=pk).first()
    if reading is not None:
        actions.read(reading=reading)


# A lost job is found by its row.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="readings.sweep", queueing_lock="readings.sweep")  # type: ignore[untyped-decorator]
def sweep(timestamp: int) -> None:
    late = timezone.now() - timedelta(minutes=2)
    waiting = Reading.objects.filter(state=State.WAITING, asked_at__lt=late).order_by("asked_at")
    for pk in waiting.values_list("pk", flat=True)[:20]:
        read(pk=pk)
