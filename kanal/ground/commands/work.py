"""`kanal work`: a background worker, here or on any machine that reaches the database."""

import argparse
import asyncio
import sys
from pathlib import Path

import django
from django.db import connection
from procrastinate.contrib.django import app

from kanal.ground import database
from kanal.ground.jobs import HEARTBEAT, STALLED
from kanal.lib import env

CONCURRENCY = 6
GRACE = 10.0  # seconds a running job gets to finish when we are asked to stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--concurrency",
        type=_at_least_one,
        default=CONCURRENCY,
        metavar="N",
        help="pekerjaan yang dijalankan bersamaan (bawaan: 6, tiga di antaranya membaca surel)",
    )
    parser.add_argument(
        "--seal",
        action="store_true",
        help="segel juga jurnal; hanya di mesin yang menyimpan kuncinya",
    )


def run(options: argparse.Namespace) -> int:
    with database.at_hand(env.folder("KANAL_DATA", Path.cwd() / "data")):
        django.setup()
        _work_on(options.concurrency, seals=options.seal)
    return 0


def work_here() -> None:
    """The worker within `kanal up`, where the database is and the journal's key."""
    _work_on(CONCURRENCY, seals=True)


def _work_on(concurrency: int, *, seals: bool) -> None:
    connection.ensure_connection()  # says at once what the pool would say after half a minute
    connection.close()
    sys.stdout.write("Pekerja siap.\n")
    sys.stdout.flush()
    queues = ["default", "builtin", *(["journal"] if seals else [])]
    asyncio.run(_work(concurrency, queues))


async def _work(concurrency: int, queues: list[str]) -> None:
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as worker:
        async with worker.open_async():
            await worker.run_worker_async(
                queues=queues,
                concurrency=concurrency,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
                shutdown_graceful_timeout=GRACE,
                delete_jobs="successful",
            )


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("paling sedikit 1")
    return number
