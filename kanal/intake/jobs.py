from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.intake import pending


@app.periodic(cron="20 2 * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="intake.sweep", queue="intake", queueing_lock="intake.sweep"
)
def sweep_unsent_uploads(timestamp: int) -> None:
    pending.sweep(before=timezone.now() - timedelta(days=2))
