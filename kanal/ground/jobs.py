"""Work that keeps the work going."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

HEARTBEAT = 2.0  # seconds between a worker's signs of life
STALLED = 6.0  # seconds of silence until its jobs are given to another


@app.periodic(cron="* * * * * */5")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="ground.rescue_stalled", queueing_lock="ground.rescue_stalled", pass_context=True
)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed run again; every job of ours may safely run twice.

    Where another of the same kind waits meanwhile, that one does the work: two may not wait.
    """
    manager = context.app.job_manager
    # A handful at most: no more than the dead worker's concurrency.
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, Status.FAILED, delete_job=True)
