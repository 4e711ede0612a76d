"""A day of `kanal up`: it starts, serves, survives what is killed under it, and leaves nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from kanal.ground import places, processes
from kanal.ground.postgres import Server
from kanal.ground.tests.stage import environment

READY = "Kanal siap"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Office:
    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def up(self, *words: str) -> float:
        """Seconds until it said it was ready."""
        began = time.monotonic()
        self.process = self.command("up", "--port", str(self.port), "--empty", *words)
        assert self.process.stdout
        for line in self.process.stdout:
            if READY in line:
                return time.monotonic() - began
        raise AssertionError("kanal up ended before it was ready")

    def command(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "kanal", "--data", str(self.data), *words],
            env=environment(),
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if words[0] != "up" else None,
            text=True,
        )

    def health(self) -> dict[str, object]:
        address = f"http://127.0.0.1:{self.port}/sehat"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as answer:
            return dict(json.load(answer))
        except OSError:
            return {}

    def until_well(self) -> float:
        began = time.monotonic()
        while self.health().get("status") != "ok":
            assert time.monotonic() - began < 30
            time.sleep(0.1)
        return time.monotonic() - began

    def tree(self) -> dict[int, str]:
        """Every process below `kanal up`, by number, with what it is called."""
        assert self.process
        listing = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
        )
        rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
        below: dict[int, str] = {}
        parents = {self.process.pid}
        while parents:
            found = {int(pid): args for pid, ppid, args in rows if int(ppid) in parents}
            below |= found
            parents = set(found)
        return below

    def one(self, words: str) -> int:
        """The process directly below `kanal up` that runs this."""
        return min(pid for pid, args in self.tree().items() if words in args)

    def stop(self, sign: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(sign)
        return self.process.wait(timeout=40)


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="kanal-up-") as folder:
        Path(folder).chmod(0o711)
        office = Office(Path(folder) / "data")
        office.up()
        yield office
        if office.process and office.process.poll() is None:
            office.stop(signal.SIGTERM)


def gone(pids: set[int]) -> bool:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if not any(processes.alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def test_web_database_and_worker_answer(office: Office) -> None:
    assert office.health() == {"web": True, "database": True, "workers": 1, "status": "ok"}


def test_a_command_beside_it_uses_the_same_server(office: Office) -> None:
    command = office.command("migrate", "--check")
    _told, complained = command.communicate(timeout=60)
    assert command.returncode == 0, complained
    assert office.health()["status"] == "ok"


def test_a_second_one_on_the_same_folder_or_port_is_refused_in_one_line(office: Office) -> None:
    for words, reason in (
        (["--port", str(free_port())], "Kanal sudah berjalan"),
        (["--port", str(office.port), "--data", "/nonexistent"], "tidak dapat dipakai"),
    ):
        refused = subprocess.run(
            [sys.executable, "-m", "kanal", "up", "--data", str(office.data), *words],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 1
        assert reason in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    assert office.health()["status"] == "ok"


def test_the_killed_database_comes_back_under_web_and_worker(office: Office) -> None:
    os.kill(office.one("postgres"), signal.SIGKILL)
    time.sleep(0.3)
    office.until_well()


def test_the_killed_web_server_comes_back_and_leaves_no_half_of_itself(office: Office) -> None:
    before = {pid for pid, args in office.tree().items() if args == "kanal web"}
    os.kill(office.one("kanal web"), signal.SIGKILL)
    assert gone(before)
    office.until_well()


def test_a_job_of_a_killed_worker_runs_again(office: Office) -> None:
    server = Server(places.prepare(office.data))
    with psycopg.connect(server.url, autocommit=True) as connection:
        worker = connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 minute') RETURNING id"
        ).fetchone()
        assert worker
        job = connection.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, args, worker_id)"
            " VALUES ('builtin:procrastinate.builtin_tasks.remove_old_jobs', 'builtin', 'doing',"
            " '{\"max_hours\": 10000}', %s) RETURNING id",
            worker,
        ).fetchone()
        assert job
        until = time.monotonic() + 60
        question = "SELECT status, attempts FROM procrastinate_jobs WHERE id = %s"
        while left := connection.execute(question, job).fetchone():  # done jobs are removed
            assert time.monotonic() < until, left
            time.sleep(0.1)


def test_sigterm_leaves_nothing_and_the_next_start_finds_everything(office: Office) -> None:
    below = set(office.tree())
    assert office.stop(signal.SIGTERM) == 0
    assert gone(below)
    assert Server(places.prepare(office.data)).running() is None
    office.up()
    office.until_well()


def test_kill_9_of_kanal_up_takes_everything_with_it(office: Office) -> None:
    below = set(office.tree())
    office.stop(signal.SIGKILL)
    assert gone(below)


def test_ctrl_c_before_it_is_ready_also_leaves_nothing(office: Office) -> None:
    office.process = office.command("up", "--port", str(office.port), "--empty")
    assert office.process.stdout
    office.process.stdout.readline()  # the database is there, the rest isn't
    below = set(office.tree())
    assert office.stop(signal.SIGINT) == 0
    assert gone(below)
