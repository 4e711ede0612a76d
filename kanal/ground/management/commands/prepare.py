"""`kanal prepare`: what `kanal up` does before it serves; also for machines with DATABASE_URL."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection

from kanal.ground.state import unapplied_migrations
from kanal.sample.loading import ensure

# Two machines may prepare the same database at once; the second waits, then finds nothing to do.
TURN = 7_201_805
STAMP = ".collected"


class Command(BaseCommand):
    help = "Siapkan tabel, berkas statis, dan data awal; aman dijalankan berulang kali."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--empty", action="store_true", help="tanpa data contoh")

    def handle(self, *, empty: bool, **options: object) -> None:
        settings.FILES.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _one_at_a_time():
            waiting = unapplied_migrations()
            if waiting:
                self.stdout.write(f"Menyiapkan tabel ({len(waiting)} migrasi) ...")
                call_command("migrate", interactive=False, verbosity=0)
            self._collect()
            ensure(empty=empty, out=self.stdout)

    def _collect(self) -> None:
        stamp, now = settings.STATIC_ROOT / STAMP, _static_fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        self.stdout.write("Menyiapkan berkas statis ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def _static_fingerprint() -> str:
    """Changes when a static file, or the version of this package, does."""
    told = hashlib.sha256(_version().encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            seen = Path(storage.path(path)).stat()
            told.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _version() -> str:
    try:
        return version("kanal")
    except PackageNotFoundError:
        return "source"
