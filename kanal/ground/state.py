"""What the ground can tell about itself: tables up to date, workers alive."""

from dataclasses import dataclass

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

WORKER_SILENCE = 30  # seconds without a heartbeat until a worker no longer counts


@dataclass(frozen=True)
class Health:
    database: bool
    workers: int

    @property
    def well(self) -> bool:
        return self.database and self.workers > 0


def unapplied_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def health() -> Health:
    try:
        return Health(database=True, workers=living_workers())
    except Error:
        connection.close()  # the next question gets a new one
        return Health(database=False, workers=0)


def living_workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [WORKER_SILENCE],
        )
        (count,) = cursor.fetchone()
    return int(count)
