"""The operating system's account the embedded server runs under: ours, or an unprivileged one."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from kanal.lib.refusal import Refused

# PostgreSQL refuses to run as root. Nothing is created: the first of these that exists will do.
UNPRIVILEGED = ("postgres", "nobody")


class NoAccount(Refused):
    """Started as root on a machine without any unprivileged account we could use."""


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int
    dropped: bool  # True when we are root and become this account for the server

    def identity(self) -> _Identity:
        """Keywords for subprocess that turn the child into this account."""
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(
        self, command: Sequence[str | Path], environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run to its end as this account; the caller looks at the exit code (126: not allowed)."""
        words = [str(word) for word in command]
        try:
            return subprocess.run(
                words,
                env=environment,
                cwd="/",
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                stdin=subprocess.DEVNULL,
                **self.identity(),
            )
        except PermissionError as mistake:
            return subprocess.CompletedProcess(words, 126, "", str(mistake))

    def can_enter(self, folder: Path) -> bool:
        return self._test("-x", folder)

    def can_read(self, path: Path) -> bool:
        return self._test("-r", path)

    def _test(self, question: str, path: Path) -> bool:
        # Asked by a process of that account, so access lists and every folder above count.
        script = f'test {question} "$1"'
        return self.run(["/bin/sh", "-c", script, "sh", path]).returncode == 0


def choose(cluster: Path) -> Account:
    """Ourselves; as root the owner of an existing cluster, else an unprivileged account."""
    uid = os.geteuid()
    if uid != 0:
        return Account(_name_of(uid), uid, os.getegid(), dropped=False)
    if cluster.exists() and cluster.stat().st_uid != 0:
        kept = cluster.stat()
        return Account(_name_of(kept.st_uid), kept.st_uid, kept.st_gid, dropped=True)
    for name in UNPRIVILEGED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Account(name, found.pw_uid, found.pw_gid, dropped=True)
    raise NoAccount(
        "PostgreSQL tidak boleh berjalan sebagai root, dan mesin ini tidak punya pengguna "
        "'postgres' atau 'nobody'.",
        kept="Tidak ada yang berubah.",
        next_step="Jalankan kanal sebagai pengguna biasa, atau isi DATABASE_URL.",
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
