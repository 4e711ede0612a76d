"""What a killed worker was doing is done by another."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from kanal.ground.jobs import rescue_stalled
from kanal.lib.waking import wake

pytestmark = pytest.mark.django_db(transaction=True)
TASK = "compliance.rebuild"


@pytest.fixture(autouse=True)
def no_jobs() -> None:
    run("DELETE FROM procrastinate_jobs")


def run(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


def killed(slot: str) -> None:
    """A worker took the waiting job of this slot and is seen no more."""
    wake(TASK, slot=slot)
    run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    run(
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers) WHERE status = 'todo'"
    )


def rescue() -> None:
    async def go() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await rescue_stalled.func(SimpleNamespace(app=worker), 0)

    asyncio.run(go())


def test_it_runs_again() -> None:
    killed("0")
    rescue()
    assert run("SELECT status, lock FROM procrastinate_jobs") == [("todo", f"{TASK}.0")]


def test_it_gives_way_to_one_that_waits_meanwhile_and_holds_up_no_other() -> None:
    killed("0")
    killed("1")
    wake(TASK, slot="0")
    rescue()
    rows = run("SELECT status, lock FROM procrastinate_jobs ORDER BY lock")
    assert rows == [("todo", f"{TASK}.0"), ("todo", f"{TASK}.1")]


def test_a_call_while_one_waits_adds_none() -> None:
    for _ in range(3):
        wake(TASK, slot="0")
        wake(TASK)
    assert run("SELECT queueing_lock, lock FROM procrastinate_jobs ORDER BY id") == [
        (f"{TASK}.0", f"{TASK}.0"),
        (TASK, None),
    ]
