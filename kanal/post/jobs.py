from django.utils import timezone
from procrastinate.contrib.django import app

from kanal.post import sending
from kanal.post.outbox import SEND


# Called when a message was written down, and every minute for what a lost call left behind.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name=SEND, queueing_lock=SEND)  # type: ignore[untyped-decorator]
def send(timestamp: int) -> None:
    for government_id in sending.waiting_governments(timezone.now()):
        sending.drain(government_id)
