"""A real `kanal up` on a fresh data folder, and the people of its sample data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DOMAIN = "contoh.jakarta.example"
# The tests' own server and folder are not this Kanal's.
NOT_PASSED_ON = {"DATABASE_URL", "KANAL_DATA", "KANAL_STATIC_STORAGE", "KANAL_PUBLIC_URL"}


@dataclass(frozen=True)
class Running:
    address: str
    data: Path
    process: subprocess.Popen[bytes] | None  # None: somebody else's
    log: Path

    @property
    def password(self) -> str:
        return (self.data / "sample-password").read_text().strip()

    def stop(self) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def email(who: str) -> str:
    return f"{who}@{DOMAIN}"


def start(folder: Path) -> Running:
    """As an office would: one command. Waits for the line that says it is ready.

    KANAL_BROWSE_AT="http://127.0.0.1:8000 DATA" takes one that is already running.
    """
    given = os.environ.get("KANAL_BROWSE_AT", "")
    if given:
        address, data = given.split()
        return Running(address, Path(data), None, Path(os.devnull))
    port, log = _free_port(), folder / "up.log"
    surroundings = {key: text for key, text in os.environ.items() if key not in NOT_PASSED_ON}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "kanal", "up", "--port", str(port), "--data", folder / "data"],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=surroundings,
        )
    running = Running(f"http://127.0.0.1:{port}", folder / "data", process, log)
    until = time.monotonic() + 240
    while "Kanal siap" not in log.read_text():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise AssertionError(f"kanal up did not start:\n{log.read_text()}")
        time.sleep(0.2)
    _furnish(running, surroundings)
    return running


def _furnish(running: Running, surroundings: dict[str, str]) -> None:
    """In a process of its own: this one has no database, or another."""
    deed = "from tests.browser.furnish import furnish; furnish()"
    done = subprocess.run(
        [sys.executable, "-m", "kanal", "--data", running.data, "shell", "-c", deed],
        env=surroundings,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        running.stop()
        raise AssertionError(f"nothing to show:\n{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
