"""`/sehat` says what is up, and says no when something is down."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from kanal.ground.tests.stage import environment

ASK = (
    "import django, json; django.setup()\n"
    "from django.test import Client\n"
    "answer = Client(SERVER_NAME='localhost').get('/sehat')\n"
    "print(json.dumps([answer.status_code, answer.json()]))\n"
)


@pytest.fixture
def nobody_works(db: None) -> None:
    """Other tests' workers were killed before they could say goodbye."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def worker_seen(ago: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
            [ago],
        )


@pytest.mark.usefixtures("nobody_works")
def test_everything_up(client: Client) -> None:
    worker_seen("2 seconds")
    worker_seen("20 seconds")
    answer = client.get("/sehat")
    assert answer.status_code == 200
    assert answer.json() == {"web": True, "database": True, "workers": 2, "status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("nobody_works")
def test_a_silent_worker_does_not_count(client: Client) -> None:
    worker_seen("40 seconds")
    answer = client.get("/sehat")
    assert answer.status_code == 503
    assert answer.json() == {"web": True, "database": True, "workers": 0, "status": "gangguan"}


def test_without_a_database_it_still_answers(place: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment(
            DATABASE_URL="postgresql://nobody@/none?host=/nonexistent",
            DJANGO_SETTINGS_MODULE="kanal.settings",
            KANAL_DATA=str(place),
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout, told.stderr
    assert json.loads(told.stdout) == [
        503,
        {"web": True, "database": False, "workers": 0, "status": "gangguan"},
    ]
