from __future__ import annotations

from procrastinate.contrib.django import app

from kanal.circulars import serving, watching


# Called when a service was asked for, and every minute for what a lost call left behind.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name=serving.SERVE, queueing_lock=serving.SERVE)  # type: ignore[untyped-decorator]
def serve(timestamp: int) -> None:
    serving.work_off()


# Messages come back without asking this room: whose standing they change is found here.
@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="circulars.watch", queueing_lock="circulars.watch")  # type: ignore[untyped-decorator]
def watch(timestamp: int) -> None:
    watching.refresh_all()
