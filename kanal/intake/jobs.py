from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.directory.models import Government
from kanal.intake import mail_answers, mail_fetching, mail_reading, pending
from kanal.post.models import Mailbox

# Seconds until a reader lets the worker's other jobs through, and the worker stop.
A_TURN = 8.0


@app.periodic(cron="20 2 * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="intake.sweep", queueing_lock="intake.sweep"
)
def sweep_unsent_uploads(timestamp: int) -> None:
    pending.sweep(before=timezone.now() - timedelta(days=2))


# As many at once as there are readers, each in a slot of its own; how many wait does not matter.
@app.task(name=mail_fetching.READ)  # type: ignore[untyped-decorator]
def read_mail(timestamp: int) -> None:
    mail_reading.drain(seconds=A_TURN)
    call_readers(timestamp)


# Called when mails were written down, and every minute for what a lost call left behind.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="intake.call_readers", queueing_lock="intake.call_readers"
)
def call_readers(timestamp: int) -> None:
    if mail_reading.is_left(timezone.now()):
        mail_fetching.wake()


# The watcher hears of new mail at once; this finds it where none runs or its ears are dead.
@app.periodic(cron="*/3 * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="intake.fetch_mail", queueing_lock="intake.fetch_mail"
)
def fetch_mail(timestamp: int) -> None:
    for box in Mailbox.objects.in_use():
        mail_fetching.fetch(box)


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="intake.tell_decisions", queueing_lock="intake.tell_decisions"
)
def tell_decisions(timestamp: int) -> None:
    for government_id in Government.objects.values_list("pk", flat=True):
        mail_answers.answer_decisions(government_id)
