"""`kanal doctor`: what is here, what is missing, and what to do about it."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.db import Error, connection

from kanal.ground import binaries, database
from kanal.ground.binaries import NoBinaries
from kanal.ground.places import cluster_of
from kanal.ground.state import living_workers, unapplied_migrations
from kanal.lib import env
from kanal.lib.refusal import Refused
from kanal.paper.inspection import clamd
from kanal.paper.inspection.clamd import Scan
from kanal.paper.reading import scans

ROOM_NEEDED = 1024**3  # bytes free in the data folder below which we warn
EXTENSIONS = ("btree_gist", "pg_trgm")
CATALOGUES = Path(__file__).resolve().parents[2] / "locale"

GOOD, HINT, MISSING = "ada", "saran", "KURANG"


@dataclass(frozen=True)
class Finding:
    what: str
    state: str
    told: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Kode keluar 0 bila tidak ada yang wajib yang kurang, 1 bila ada."


def run(options: argparse.Namespace) -> int:
    data = env.folder("KANAL_DATA", Path.cwd() / "data")
    missing = 0
    for finding in _findings(data):
        missing += finding.state == MISSING
        line = f"{finding.state:<7} {finding.what:<20} {finding.told}\n"
        sys.stdout.write(line)
        if finding.advice:
            sys.stdout.write(f"{'':<28} -> {finding.advice}\n")
        sys.stdout.flush()
    sys.stdout.write("\nYang wajib lengkap.\n" if not missing else f"\n{missing} hal kurang.\n")
    return 1 if missing else 0


def _findings(data: Path) -> Iterator[Finding]:
    yield _python()
    yield from _account()
    yield from _programs(data)
    yield from _folder(data)
    yield _catalogues()
    yield from _in_the_database(data)
    yield from _optional()


def _python() -> Finding:
    return Finding("Python", GOOD, f"{sys.version.split()[0]} ({sys.executable})")


def _account() -> Iterator[Finding]:
    if os.geteuid() == 0:
        yield Finding(
            "Pengguna",
            HINT,
            "root",
            "untuk pemakaian tetap jalankan sebagai pengguna biasa",
        )


def _programs(data: Path) -> Iterator[Finding]:
    if database.given():
        yield Finding("Program PostgreSQL", GOOD, "tidak diperlukan: DATABASE_URL diisi")
        return
    for usable in binaries.found(env.text("KANAL_PG_BIN")):
        yield Finding("Program PostgreSQL", GOOD, f"{usable.version} ({usable.folder})")
    try:
        binaries.choose(env.text("KANAL_PG_BIN"), cluster=cluster_of(data))
    except Refused as refusal:
        what = "Program PostgreSQL" if isinstance(refusal, NoBinaries) else "Versi PostgreSQL"
        yield Finding(what, MISSING, str(refusal.what), str(refusal.next_step))


def _folder(data: Path) -> Iterator[Finding]:
    nearest = next(folder for folder in (data, *data.parents) if folder.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield Finding(
            "Folder data", MISSING, f"{nearest} tidak dapat ditulisi", "pilih --data lain"
        )
        return
    made = "" if data.exists() else " (belum dibuat)"
    yield Finding("Folder data", GOOD, f"{data}{made}")
    free = shutil.disk_usage(nearest).free
    told = f"{free / 1024**3:.1f} GiB bebas"
    if free < ROOM_NEEDED:
        yield Finding("Ruang", MISSING, told, "sediakan paling sedikit 1 GiB")
    else:
        yield Finding("Ruang", GOOD, told)


def _catalogues() -> Finding:
    found = sorted(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/django.mo"))
    if "en" in found:
        return Finding("Bahasa", GOOD, "id, " + ", ".join(name for name in found if name != "id"))
    return Finding("Bahasa", HINT, "hanya id", "jalankan `kanal compilemessages` (perlu gettext)")


def _in_the_database(data: Path) -> Iterator[Finding]:
    if not database.given() and not cluster_of(data).exists():
        yield Finding("Basis data", HINT, "belum dibuat", "jalankan `kanal up`")
        return
    try:
        with database.at_hand(data):
            django.setup()
            yield from _server()
            yield from _tables()
            connection.close()
    except Refused as refusal:
        yield Finding("Basis data", MISSING, str(refusal.what), str(refusal.next_step))
    except (Error, psycopg.Error) as mistake:
        reason = str(mistake).strip().splitlines()[0]
        yield Finding("Basis data", MISSING, reason, "periksa DATABASE_URL dan server itu")


def _server() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
        cursor.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)]
        )
        available = {name for (name,) in cursor.fetchall()}
    if int(version.split(".")[0]) < binaries.OLDEST:
        yield Finding("Basis data", MISSING, version, f"perlu PostgreSQL {binaries.OLDEST}+")
    else:
        yield Finding("Basis data", GOOD, f"PostgreSQL {version}")
    lacking = [name for name in EXTENSIONS if name not in available]
    if lacking:
        yield Finding("Ekstensi", MISSING, ", ".join(lacking), "pasang paket postgresql-contrib")
    else:
        yield Finding("Ekstensi", GOOD, ", ".join(EXTENSIONS))


def _tables() -> Iterator[Finding]:
    waiting = unapplied_migrations()
    if waiting:
        yield Finding(
            "Tabel", HINT, f"{len(waiting)} migrasi belum dijalankan", "jalankan `kanal up`"
        )
        return
    yield Finding("Tabel", GOOD, "mutakhir")
    workers = living_workers()
    if workers:
        yield Finding("Pekerja", GOOD, f"{workers} hidup")
    else:
        yield Finding("Pekerja", HINT, "tidak ada", "`kanal up` atau `kanal work` menjalankannya")
    yield _mail_out()


def _mail_out() -> Finding:
    """The machine's own setting, or the server an administrator named on the page."""
    what = "Surel keluar"
    if settings.EMAIL_HOST:
        return Finding(what, GOOD, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT host, port FROM post_sender ORDER BY id LIMIT 1")
        found = cursor.fetchone()
    if found:
        return Finding(what, GOOD, f"{found[0]}:{found[1]}, diatur di halaman Surel")
    return Finding(
        what,
        HINT,
        "belum ada server pengirim; semua pesan menunggu",
        "isi KANAL_SMTP_HOST, atau atur di menu Pengaturan surel (/surel/pengirim/)",
    )


def _optional() -> Iterator[Finding]:
    yield _scans()
    yield _program(
        "LibreOffice",
        ("soffice", "libreoffice"),
        "membaca surat .doc lama",
        "di Debian: apt install libreoffice-writer-nogui",
    )
    yield _virus_scanner()
    yield _program("Chromium", ("chromium", "google-chrome"), "hanya untuk uji peramban", "")


def _scans() -> Finding:
    """Without a second engine to agree, no number of a scan is ever certain."""
    what = "Pembaca pindaian"
    try:
        lacking = scans.missing_engines()
    except scans.ScanFailed as failed:
        return Finding(what, HINT, f"tidak dapat dijalankan ({failed})", "jalankan `bin/run` lagi")
    if not lacking:
        return Finding(what, GOOD, "tesseract (ind) dan RapidOCR")
    return Finding(
        what,
        HINT,
        f"kurang: {', '.join(lacking)}; NIP dari pindaian harus dicocokkan satu per satu",
        f"di Debian: apt install {' '.join(lacking)}",
    )


def _virus_scanner() -> Finding:
    what = "Pemindai virus"
    address = env.text("KANAL_CLAMD")
    if not address:
        advice = "pasang clamav-daemon, lalu isi KANAL_CLAMD dengan soketnya"
        return Finding(what, HINT, "tidak dipakai; berkas tercatat belum dipindai", advice)
    if clamd.scan(b"kanal", address)[0] is Scan.NOT_SCANNED:
        return Finding(what, HINT, f"{address} tidak menjawab", "periksa clamav-daemon")
    return Finding(what, GOOD, address)


def _program(what: str, names: tuple[str, ...], use: str, advice: str) -> Finding:
    for name in names:
        place = shutil.which(name)
        if place:
            return Finding(what, GOOD, f"{place} ({use})")
    return Finding(what, HINT, f"tidak ada ({use})", advice)
