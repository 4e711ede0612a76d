"""Several commands on one data folder: the first starts the server, the last one out ends it."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from kanal.ground import database, places, processes
from kanal.ground.database import AlreadyUp
from kanal.ground.postgres import Server
from kanal.ground.tests.stage import start

COMMAND = (
    "import sys; from pathlib import Path\n"
    "from kanal.ground import database\n"
    "with database.at_hand(Path(sys.argv[1])):\n"
    "    print(database.given(), flush=True)\n"
    "    sys.stdin.readline()\n"
    "print('out', flush=True)\n"
)

pytestmark = pytest.mark.usefixtures("without_database_url")


def test_the_first_command_waits_for_the_second_before_it_stops_the_server(place: Path) -> None:
    data = place / "data"
    with start(COMMAND, data) as first:
        assert first.stdout
        assert first.stdin
        url = first.stdout.readline().strip()
        with start(COMMAND, data) as second:
            assert second.stdout
            assert second.stdin
            assert second.stdout.readline().strip() == url
            first.stdin.write("\n")
            first.stdin.flush()
            time.sleep(0.5)
            assert first.poll() is None
            with psycopg.connect(url) as connection:  # the second still works
                assert connection.execute("SELECT 1").fetchone() == (1,)
            second.stdin.write("\n")
            second.stdin.flush()
            assert second.stdout.readline() == "out\n"
        assert first.stdout.readline() == "out\n"
    assert Server(places.prepare(data)).running() is None


def test_kanal_up_takes_the_server_over_only_when_the_command_is_done(place: Path) -> None:
    data = place / "data"
    with start(COMMAND, data) as command:
        assert command.stdout
        assert command.stdin
        command.stdout.readline()
        running = Server(places.prepare(data)).running()
        command.stdin.write("\n")
        command.stdin.flush()
        with database.owned(data) as server:
            assert server
            assert server.running() not in {None, running}
        assert server.running() is None


def test_a_command_with_database_url_starts_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/kanal")
    with database.at_hand(place / "data"):
        assert database.given() == "postgresql://elsewhere/kanal"
    assert not (place / "data").exists()


def test_the_address_is_ours_only_while_the_command_runs(place: Path) -> None:
    with database.at_hand(place / "data"), psycopg.connect(database.given()) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("kanal",)
    assert "DATABASE_URL" not in os.environ


def test_a_second_kanal_up_on_the_same_folder_is_refused(place: Path) -> None:
    data = place / "data"
    with (
        database.only_one(data),
        pytest.raises(AlreadyUp, match=f"proses {os.getpid()}"),
        database.only_one(data),
    ):
        pass
    with database.only_one(data):
        pass


def test_a_killed_commands_server_does_not_stand_in_the_way(place: Path) -> None:
    data = place / "data"
    with start(COMMAND, data) as command:
        assert command.stdout
        command.stdout.readline()
        pid = Server(places.prepare(data)).running()
        assert pid
        os.kill(command.pid, signal.SIGKILL)
    with database.at_hand(data), psycopg.connect(database.given()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not processes.alive(pid)
