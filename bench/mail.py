"""Mail under load and under the knife, on a Dovecot of our own; figures as JSON.

    python -m bench.mail [--raw 2000] [--letters 60] [--cut 1000] [--cuts 100] [--many 10000]

`raw` mails are fetched, kept, written down and marked; `letters` are read with a born-digital
letter each; of `cut` mails not one may be lost or doubled although the line is cut `cuts` times;
memory is looked at along `many` mails. Judged by counting on the mail server. Works in a database
of its own beside the configured one and drops it afterwards; needs Dovecot.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
from pathlib import Path
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from django.conf import settings
from django.db import connection

from kanal.intake import mail_fetching, mail_reading
from kanal.intake.mail_raw import open_raw
from kanal.intake.models import Arrival, Mail
from kanal.post.models import Mailbox
from tests.factories import an_office
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox
from tests.servers.wire import Wire

LETTER = Path(__file__).parents[1] / "tests" / "letters" / "p03_tebet_kv.pdf"


def numbered(label: str, count: int, *, size: int = 4000) -> list[bytes]:
    return [
        a_mail(
            subject=f"Surat {label} {number}",
            message_id=f"<{label}-{number}@contoh.go.id>",
            text=f"{label} {number} " + "x" * size,
        )
        for number in range(count)
    ]


def resident() -> float:
    """MB now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


def raw(server: Dovecot, box: Mailbox, count: int) -> dict[str, float]:
    server.append(*numbered("mentah", count))
    began = perf_counter()
    taken = mail_fetching.fetch(box)
    return {"raw_mails": taken, "raw_mails_s": round(taken / (perf_counter() - began))}


def letters(server: Dovecot, box: Mailbox, count: int) -> dict[str, float]:
    """Each file another one by its bytes: a known file is not read again."""
    Mail.objects.filter(state="arrived").update(state="held")
    an_office("Kecamatan Tebet")
    data = LETTER.read_bytes()
    for number in range(count):
        file = (f"surat-{number}.pdf", data + b"\n%% %d\n" % number)
        server.append(a_mail(message_id=f"<surat-{number}@contoh.go.id>", files=(file,)))
    mail_fetching.fetch(box)
    began = perf_counter()
    done = mail_reading.drain(most=count, ask=lambda name: None)
    spent = perf_counter() - began
    filed = Mail.objects.filter(state="filed").count()
    return {"letters_read": done, "letters_filed": filed, "letters_s": round(done / spent, 1)}


def cut(server: Dovecot, box: Mailbox, count: int, cuts: int) -> dict[str, float]:
    server.append(*numbered("potong", count))
    wire = Wire(server.tls_port)
    wire.start()
    Mailbox.objects.filter(pk=box.pk).update(port=wire.port)
    box.refresh_from_db()
    dice = random.Random(8)
    began = perf_counter()
    while server.count("UNKEYWORD $KanalFiled"):
        often = wire.cuts < cuts
        wire.cut_after = dice.randrange(2_000, 120_000) if often else None
        mail_fetching.fetch(box)
    wire.stop()
    Mailbox.objects.filter(pk=box.pk).update(port=server.tls_port)
    box.refresh_from_db()
    there = server.count("ALL SUBJECT potong")
    ours = Mail.objects.filter(subject__startswith="Surat potong").count()
    bad = sum(
        len(open_raw(kept)) != size for kept, size in Arrival.objects.values_list("kept_as", "size")
    )
    return {
        "cut_mails_on_server": there,
        "cut_lost": max(0, there - ours),
        "cut_doubled": max(0, ours - there),
        "cut_files_short": bad,
        "cuts": wire.cuts,
        "cut_seconds": round(perf_counter() - began, 1),
    }


def memory(server: Dovecot, box: Mailbox, count: int) -> dict[str, float]:
    """Along `count` mails in five parts: after the first the rest should add nothing."""
    seen = []
    for part in range(5):
        server.append(*numbered(f"banyak-{part}", count // 5))
        mail_fetching.fetch(box)
        seen.append(resident())
    return {
        "memory_mails": count,
        "memory_mb": seen,
        "memory_growth_mb": round(seen[-1] - seen[0], 1),
    }


def measure(asked: argparse.Namespace) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="kd-") as folder:
        Path(folder).chmod(0o755)
        server = Dovecot(Path(folder))
        server.start()
        settings.MAIL_CA_FILE = str(server.authority)
        try:
            box = a_mailbox(server)
            found: dict[str, object] = {}
            if asked.raw:
                found |= raw(server, box, asked.raw)
            if asked.letters:
                found |= letters(server, box, asked.letters)
            if asked.cut:
                found |= cut(server, box, asked.cut, asked.cuts)
            if asked.many:
                found |= memory(server, box, asked.many)
            return found
        finally:
            server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (
        ("raw", 2000),
        ("letters", 60),
        ("cut", 1000),
        ("cuts", 100),
        ("many", 10000),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    if reason := dovecot.missing():
        parser.error(reason)
    kept = settings.DATABASES["default"]["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA, settings.FILES = Path(folder), Path(folder) / "files"
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": settings.FILES, "file_permissions_mode": 0o600},
            },
        }
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            print(json.dumps(measure(asked)))
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
