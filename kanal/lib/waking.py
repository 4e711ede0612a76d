"""Jobs called by name: one that waits already answers for any number of calls."""

from __future__ import annotations

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def wake(task: str, *, slot: str = "") -> None:
    """`task` runs once this is committed. A call that is lost is made good by its own schedule.

    Each `slot` has a waiting job of its own, and no two jobs of one slot run at once.
    """
    name = f"{task}.{slot}" if slot else task
    if _waits(name):
        return
    job = app.configure_task(task, queueing_lock=name, lock=name if slot else None)
    try:
        with transaction.atomic():
            job.defer(timestamp=0)
    except AlreadyEnqueued:
        return


def _waits(queueing_lock: str) -> bool:
    """Asked first: it costs a fifth of a call that the database refuses."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'",
            [queueing_lock],
        )
        return cursor.fetchone() is not None
