"""Kanal's own commands as processes of their own, on the test's database, folder and keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds; machines that build are busy


def environment(**more: str) -> dict[str, str]:
    given = {
        "DATABASE_URL": database_url(connection.settings_dict),
        "KANAL_DATA": str(settings.DATA),
        "KANAL_SECRET_KEY": settings.SECRET_KEY,
        "KANAL_MAIL_CA": str(settings.MAIL_CA_FILE),
        "KANAL_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **given, **more}


def database_url(parts: Mapping[str, object]) -> str:
    who, where = quote(str(parts["USER"])), quote(str(parts["HOST"]), safe="")
    secret = f":{quote(str(parts['PASSWORD']), safe='')}" if parts["PASSWORD"] else ""
    port = f"&port={parts['PORT']}" if parts["PORT"] else ""
    return f"postgresql://{who}{secret}@/{parts['NAME']}?host={where}{port}"


def started(*command: str, **more: str) -> subprocess.Popen[bytes]:
    """`python -m kanal COMMAND`, in a group of its own."""
    return _process([sys.executable, "-m", "kanal", *command], more)


def dies_at(place: str, *command: str, **more: str) -> None:
    """The command runs until it kills itself there: `module:function`, `before` or `after` it.

    `place` may end in `*3` for the third call.
    """
    process = _process([sys.executable, "-m", "tests.servers.dying", place, *command], more)
    try:
        code = process.wait(timeout=PATIENCE)
    finally:
        end(process)
    assert code == -signal.SIGKILL, f"{place} was never reached ({code})"


def end(process: subprocess.Popen[bytes]) -> None:
    """At once, whatever it is doing: kill -9."""
    if process.poll() is None:
        process.kill()
    process.wait()
    connections_gone()


def connections_gone() -> None:
    """The database notices a moment later that a client is dead; its locks go with it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                " AND pid <> pg_backend_pid()"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    raise AssertionError("a dead process still holds a lock")


def _process(command: list[str], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
