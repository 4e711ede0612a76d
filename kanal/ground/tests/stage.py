"""What the ground's stories need on stage: other accounts, and programs of ours beside the test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kanal.ground.account import Account

SOURCE = Path(__file__).resolve().parents[3]


def nobody() -> Account:
    return Account("nobody", 65534, 65534, dropped=os.geteuid() == 0)


def python_for(account: Account) -> str:
    """An interpreter this account may run; the virtual environment may lean on one below /root."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        told = account.run([candidate, "-c", "import psycopg, django"], environment())
        if told.returncode == 0:
            return candidate
    pytest.skip("no interpreter this account can run")


def environment(**more: str) -> dict[str, str]:
    """For our own programs as subprocesses: no DATABASE_URL, our packages on the path."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "KANAL_STATIC_STORAGE", "KANAL_DATA", "XDG_RUNTIME_DIR"}
    }
    path = os.pathsep.join([str(SOURCE), *(entry for entry in sys.path if "packages" in entry)])
    return kept | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"} | more


def start(code: str, *words: object, **options: object) -> subprocess.Popen[str]:
    """A Python program of ours beside the test."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )
