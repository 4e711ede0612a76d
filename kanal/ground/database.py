"""A database for as long as a command needs one: DATABASE_URL's, else the data folder's own.

Several commands may work on one data folder at once. The first starts the server and owns it;
the others use it; the owner stops it when the last of them has ended.
"""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kanal.ground import places
from kanal.ground.postgres import Server
from kanal.lib import env
from kanal.lib.refusal import Refused

PATIENCE = 60.0  # seconds to wait for another command's server to come or to go


class AlreadyUp(Refused):
    """Another `kanal up` serves this data folder."""


class DatabaseBusy(Refused):
    """Another command holds the embedded server for too long."""


def given() -> str:
    return env.text("DATABASE_URL")


@contextmanager
def at_hand(data: Path) -> Iterator[None]:
    """DATABASE_URL is set inside, and something answers there."""
    if given():
        yield
        return
    server = Server(places.prepare(data), choice=env.text("KANAL_PG_BIN"))
    with _lock(data, "users") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with _lock(data, "owner") as owner:
            owned = _start_or_find(server, owner)
            try:
                with _address(server):
                    yield
            finally:
                if owned:
                    _wait_for_the_others(users)
                    server.stop()


@contextmanager
def owned(data: Path) -> Iterator[Server | None]:
    """For `kanal up`: the server is ours to keep alive. None when DATABASE_URL names another."""
    if given():
        yield None
        return
    prepared = places.prepare(data)
    with _lock(data, "owner") as owner:
        if not _try(owner) and not _wait_for(owner):
            raise DatabaseBusy(
                "Perintah lain masih memakai basis data di folder ini.",
                kept="Tidak ada yang berubah.",
                next_step="Tunggu sampai perintah itu selesai, lalu jalankan lagi.",
            )
        server = Server(prepared, choice=env.text("KANAL_PG_BIN"))
        try:
            _start_anew(server)
            with _address(server):
                yield server
        finally:
            server.stop()


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """One `kanal up` per data folder."""
    places.make_data_folder(data)
    with _lock(data, "up") as lock:
        if not _try(lock):
            raise AlreadyUp(
                f"Kanal sudah berjalan pada folder data {data} (proses {lock.read().strip()}).",
                kept="Yang sedang berjalan tidak terganggu.",
                next_step="Hentikan dahulu, atau pilih folder lain dengan --data.",
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _start_or_find(server: Server, owner: IO[str]) -> bool:
    """True when this command became the owner."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if _try(owner):
            _start_anew(server)
            return True
        if server.answers():
            return False
        time.sleep(0.05)
    raise DatabaseBusy(
        "Perintah lain sedang menjalankan basis data di folder ini, tetapi belum menjawab.",
        kept="Tidak ada yang berubah.",
        next_step="Coba lagi sebentar lagi; periksa dengan `kanal doctor`.",
    )


def _start_anew(server: Server) -> None:
    """A server still running though nobody owns it lost its owner, and may end at any moment."""
    server.stop()
    server.start()


def _wait_for_the_others(users: IO[str]) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write("Menunggu perintah lain yang masih memakai basis data ...\n")
        fcntl.flock(users, fcntl.LOCK_EX)


def _wait_for(owner: IO[str]) -> bool:
    sys.stderr.write("Menunggu perintah lain yang sedang memakai basis data ...\n")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if _try(owner):
            return True
        time.sleep(0.1)
    return False


def _try(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _lock(data: Path, name: str) -> Iterator[IO[str]]:
    folder = data / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    # Closing the file gives the lock back, also when the process is killed.
    with (folder / name).open("a+") as lock:
        lock.seek(0)
        yield lock


@contextmanager
def _address(server: Server) -> Iterator[None]:
    os.environ["DATABASE_URL"] = server.url
    try:
        yield
    finally:
        del os.environ["DATABASE_URL"]
