"""The embedded PostgreSQL: made once, started, found running, started again, stopped."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import psycopg
from psycopg import sql

from kanal.ground import binaries, processes
from kanal.ground.binaries import Binaries
from kanal.ground.places import SOCKET, Places
from kanal.lib.refusal import Refused

ROLE = DATABASE = "kanal"
PORT = "5432"  # only part of the socket's name: nothing listens on TCP
READY_WITHIN = 60.0  # crash recovery after kill -9 may replay much
STILL_IN_USE = "pre-existing shared memory block"
KEPT_LOG = 10 * 1024 * 1024


class ServerRefused(Refused):
    """The embedded server could not be made, started or stopped."""


class SocketTaken(ServerRefused):
    """Another program holds the socket this data folder's server needs."""


class _StillInUse(Exception):
    """Backends of a killed server haven't all ended yet."""


@dataclass
class Server:
    """The server of one data folder. `start` may be called at any time, by any process."""

    places: Places
    choice: str = ""  # KANAL_PG_BIN
    settings: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _programs: Binaries | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """For DATABASE_URL. The socket's folder is percent-encoded, as libpq wants it."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.places.socket_folder))}"

    @property
    def cluster(self) -> Path:
        return self.places.cluster

    def programs(self) -> Binaries:
        """The programs that fit this cluster, in a place its account can read."""
        if self._programs is None:
            chosen = binaries.choose(self.choice, cluster=self.cluster)
            self._programs = binaries.readable(
                chosen, by=self.places.account, cache=self.places.programs
            )
        return self._programs

    def start(self) -> None:
        """Make the cluster if there is none, start it if it isn't running, wait until it answers."""
        if not self._found_running():
            self.programs()
            if not (self.cluster / "PG_VERSION").exists():
                self._make_cluster()
            self._launch()
            self._wait_until_ready()
        self._make_database()

    def _found_running(self) -> bool:
        """One that is on its way down doesn't count: wait for its end."""
        if self.running() is None:
            return False
        try:
            self._wait_until_ready()
        except ServerRefused:
            if self.running() is not None:
                raise
            return False
        return True

    def running(self) -> int | None:
        """The number of this cluster's living server process."""
        if self._process is not None and self._process.poll() is None:
            return self._process.pid
        pid = self._noted_pid()
        return pid if pid and self._is_our_server(pid) else None

    def answers(self) -> bool:
        """Whether it runs and already holds our database."""
        if self.running() is None:
            return False
        try:
            self._connect(DATABASE).close()
        except psycopg.OperationalError:
            return False
        return True

    def mend(self) -> bool:
        """Start it again if it ended by itself; says whether it had."""
        if self.running() is not None:
            return False
        self._launch()
        self._wait_until_ready()
        return True

    def stop(self) -> None:
        """Fast: open transactions are rolled back, everything committed is on the disk."""
        pid = self.running()
        if pid is None:
            return
        for sign, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                break
            if self._ended(pid, within=patience):
                break
        self._process = None

    def _ended(self, pid: int, *, within: float) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until:
            if self._process is not None:
                self._process.poll()  # reaps it
            if not processes.alive(pid):
                return True
            time.sleep(0.02)
        return False

    # Making ---------------------------------------------------------------

    def _make_cluster(self) -> None:
        """initdb in a folder beside, then rename: a broken-off start leaves no half cluster."""
        account, part = self.places.account, self.cluster.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        if account.dropped:
            os.chown(part, account.uid, account.gid)
        made = account.run(
            [
                self.programs().program("initdb"),
                *("--pgdata", part, "--username", ROLE, "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums"),
                *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
            ],
            _clean_environment(),
        )
        if made.returncode != 0:
            shutil.rmtree(part, ignore_errors=True)
            raise ServerRefused(
                f"Basis data baru tidak dapat dibuat di {self.cluster}: {_last_line(made.stderr)}",
                kept="Tidak ada yang berubah.",
                next_step="Periksa ruang dan izin folder data dengan `kanal doctor`.",
            )
        part.rename(self.cluster)

    def _make_database(self) -> None:
        with self._connect("postgres") as connection:
            there = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not there:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(ROLE)
                    )
                )

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.places.socket_folder),
            port=PORT,
            user=ROLE,
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    # Starting -------------------------------------------------------------

    def _launch(self) -> None:
        """Start the process; wait out the backends of a server that was killed."""
        self._forget_stale_locks()
        until = time.monotonic() + 15
        while True:
            try:
                self._launch_once()
            except _StillInUse:
                if time.monotonic() > until:
                    raise self._no_start(STILL_IN_USE) from None
                self._end_orphans()
                time.sleep(0.1)
            else:
                return

    def _launch_once(self) -> None:
        log = self._open_log()
        began = log.tell()
        with log:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=_clean_environment(),
                cwd="/",
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGINT),  # noqa: PLW1509 - no threads yet
                **self.places.account.identity(),
            )
        until = time.monotonic() + READY_WITHIN
        while self._process.poll() is None:
            if self._status() == "ready" or time.monotonic() > until:
                return
            time.sleep(0.01)
        self._process = None
        told = self._log_since(began)
        if STILL_IN_USE in told:
            raise _StillInUse
        raise self._no_start(told)

    def _command(self) -> list[str]:
        folder = str(self.places.socket_folder).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{folder}"',
            "unix_socket_permissions": "0700",
            "port": PORT,
            "logging_collector": "off",
            "log_line_prefix": "%m [%p] ",
            "cluster_name": "kanal",
            **self.settings,
        }
        words = [str(self.programs().program("postgres")), "-D", str(self.cluster)]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        return words

    def _open_log(self) -> BinaryIO:
        log = self.places.log
        if log.exists() and log.stat().st_size > KEPT_LOG:
            log.replace(log.with_suffix(".log.1"))
        opened = log.open("ab")
        opened.seek(0, os.SEEK_END)
        return opened

    def _log_since(self, began: int) -> str:
        with self.places.log.open("rb") as log:
            log.seek(began)
            return log.read().decode(errors="replace")

    def _no_start(self, told: str) -> ServerRefused:
        fatal = [line for line in told.splitlines() if "FATAL" in line or "PANIC" in line]
        reason = (fatal or [_last_line(told)])[0].partition("FATAL:")[2].strip() or _last_line(told)
        if SOCKET in told and ("lock file" in told or "Address already in use" in told):
            return SocketTaken(
                f"Soket {self.places.socket_folder / SOCKET} sedang dipakai program lain.",
                kept="Basis data tidak disentuh.",
                next_step="Hentikan server PostgreSQL yang memakai folder itu, lalu coba lagi.",
            )
        return ServerRefused(
            f"PostgreSQL tidak dapat dijalankan: {reason}",
            kept="Basis data tidak disentuh.",
            next_step=f"Catatan lengkapnya ada di {self.places.log}.",
        )

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while True:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError as mistake:
                if time.monotonic() > until or self.running() is None:
                    raise ServerRefused(
                        f"PostgreSQL tidak menjawab: {_last_line(str(mistake))}",
                        kept="Basis data tidak disentuh.",
                        next_step=f"Catatan lengkapnya ada di {self.places.log}.",
                    ) from None
                time.sleep(0.02)
            else:
                return

    # What earlier servers left behind ---------------------------------------

    def _pid_file(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _noted_pid(self) -> int:
        lines = self._pid_file()
        return abs(int(lines[0])) if lines and lines[0].lstrip("-").isdigit() else 0

    def _status(self) -> str:
        lines = self._pid_file()
        ours = self._process is not None and self._noted_pid() == self._process.pid
        return lines[7].strip() if ours and len(lines) > 7 else ""

    def _is_our_server(self, pid: int) -> bool:
        """A living server of this cluster: after a restart of the machine the number in
        postmaster.pid may belong to anybody."""
        if not processes.alive(pid):
            return False
        folder = processes.working_folder(pid)
        if folder is not None:
            return folder == self.cluster.resolve()
        return "postgres" in processes.command_of(pid)

    def _forget_stale_locks(self) -> None:
        """PostgreSQL takes a zombie, or a stranger with the old number, for a running server."""
        pid = self._noted_pid()
        if pid and not self._is_our_server(pid):
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        lock = self.places.socket_folder / f"{SOCKET}.lock"
        if lock.exists() and not _is_postgres(lock):
            lock.unlink(missing_ok=True)
            (self.places.socket_folder / SOCKET).unlink(missing_ok=True)

    def _end_orphans(self) -> None:
        """Backends outlive a killed server while they finish a statement; nobody reads the answer."""
        for pid in processes.working_in(self.cluster.resolve()):
            try:
                os.kill(pid, signal.SIGQUIT)
            except ProcessLookupError:
                continue


def _is_postgres(lock: Path) -> bool:
    first = lock.read_text().partition("\n")[0].lstrip("-")
    pid = int(first) if first.isdigit() else 0
    return bool(pid) and processes.alive(pid) and "postgres" in processes.command_of(pid)


def _clean_environment() -> dict[str, str]:
    """Ours without libpq's and PostgreSQL's variables; its messages in English, for our reading."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "tanpa keterangan"
