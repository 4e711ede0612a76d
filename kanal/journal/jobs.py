from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.journal import sealing


@app.periodic(cron="* * * * * */5")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="journal.seal", queue="journal", queueing_lock="journal.seal"
)
def seal_waiting(timestamp: int) -> None:
    sealing.seal(now=timezone.now())
