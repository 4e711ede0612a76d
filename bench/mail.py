"""Mail under load and under the knife, on a Dovecot of our own; figures as JSON.

    python -m bench.mail [--raw 2000] [--letters 60] [--readers 3] [--cut 1000] [--cuts 100]
                         [--many 10000]

`raw` mails are fetched, kept, written down and marked; `letters` are read with a born-digital
letter each, by one reader and then as many again by `readers` side by side; each mail comes from
an address of its own and is answered. `cpu_ms` is what one mail costs the readers, their children
and the database, which tells more than the clock on a busy machine (`load` is its load average);
two processors can do 2000 / `all` mails a second, at most. Of `cut` mails not one may be lost or doubled although the line is cut `cuts` times;
memory is looked at along `many` mails. Judged by counting on the mail server. Works in a database
of its own beside the configured one and drops it afterwards; needs Dovecot.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import threading
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from django.db import connection

from kanal.intake import mail_fetching, mail_reading
from kanal.intake.mail_raw import open_raw
from kanal.intake.models import Arrival, Mail
from kanal.post.models import Mailbox
from tests.factories import an_office
from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox
from tests.servers.own import own_servers
from tests.servers.wire import Wire

CHILDREN = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
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


def letters(server: Dovecot, box: Mailbox, count: int, readers: int) -> dict[str, object]:
    """Each file another one by its bytes: a known file is not read again."""
    Mail.objects.filter(state="arrived").update(state="held")
    an_office("Kecamatan Tebet")
    data = LETTER.read_bytes()
    warm, some = 5, 2 * count + 5
    for number in range(some):
        file = (f"surat-{number}.pdf", data + b"\n%% %d\n" % number)
        sender = f"Kecamatan Tebet <tebet-{number}@contoh.go.id>"
        server.append(
            a_mail(sender=sender, message_id=f"<surat-{number}@contoh.go.id>", files=(file,))
        )
    mail_fetching.fetch(box)
    mail_reading.drain(most=warm, ask=nobody_answers)
    alone = side_by_side(1, count)
    together = side_by_side(readers, count)
    return {
        "load": os.getloadavg()[0],
        "letters_filed": Mail.objects.filter(state="filed").count() - warm,
        "letters_s": alone["a_second"],
        "letters_cpu_ms": alone["cpu_ms"],
        "readers": readers,
        "letters_s_by_readers": together["a_second"],
        "letters_cpu_ms_by_readers": together["cpu_ms"],
        "readers_gain": round(together["a_second"] / alone["a_second"], 2),
    }


def side_by_side(readers: int, count: int) -> dict[str, Any]:
    """`readers` threads, as in a worker, until `count` mails are read."""
    left = [count // readers + (number < count % readers) for number in range(readers)]
    database: list[float] = []
    began, own, children = perf_counter(), process_time(), children_seconds()
    threads = [threading.Thread(target=one_reader, args=(most, database)) for most in left]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = perf_counter() - began
    used = {
        "readers": process_time() - own,
        "children": children_seconds() - children,
        "database": sum(database),
    }
    used["all"] = sum(used.values())
    return {
        "a_second": round(count / spent, 1),
        "cpu_ms": {who: round(seconds / count * 1000, 1) for who, seconds in used.items()},
    }


def one_reader(most: int, database: list[float]) -> None:
    try:
        backend = backend_stat()
        mail_reading.drain(most=most, seconds=3600, ask=nobody_answers)
        database.append(seconds_in(backend, own_only=True))
    finally:
        connection.close()


def backend_stat() -> Path:
    """Of the process that serves this connection; there is none when it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/stat")


def nobody_answers(name: str) -> str | None:
    return None


def children_seconds() -> float:
    """Of our warm processes and of their children that have ended."""
    return sum(seconds_in(Path(f"/proc/{pid}/stat")) for pid in CHILDREN.read_text().split())


def seconds_in(stat: Path, *, own_only: bool = False) -> float:
    if not stat.exists():
        return 0.0
    numbers = stat.read_text().rpartition(")")[2].split()
    return sum(map(int, numbers[11 : 13 if own_only else 15])) / os.sysconf("SC_CLK_TCK")


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


def measure(server: Dovecot, asked: argparse.Namespace) -> dict[str, object]:
    box = a_mailbox(server)
    found: dict[str, object] = {}
    if asked.raw:
        found |= raw(server, box, asked.raw)
    if asked.letters:
        found |= letters(server, box, asked.letters, asked.readers)
    if asked.cut:
        found |= cut(server, box, asked.cut, asked.cuts)
    if asked.many:
        found |= memory(server, box, asked.many)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (
        ("raw", 2000),
        ("letters", 60),
        ("readers", 3),
        ("cut", 1000),
        ("cuts", 100),
        ("many", 10000),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    if reason := dovecot.missing():
        parser.error(reason)
    with own_servers() as server:
        print(json.dumps(measure(server, asked)))


if __name__ == "__main__":
    main()
