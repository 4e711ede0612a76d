from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.post import sending
from kanal.post.outbox import SEND, wake


# Called when a message was written down, and every minute for what a lost call left behind.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name=SEND, queueing_lock=SEND)  # type: ignore[untyped-decorator]
def send(timestamp: int) -> None:
    sent = [sending.drain(each) for each in sending.waiting_governments(timezone.now())]
    if any(sent) and sending.waiting_governments(timezone.now()):
        # A run is short, so that every government has its turn; a circular is many runs.
        wake()
