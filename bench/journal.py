"""What the journal costs: rows a second by four writers with and without hashes, sealing, verifying.

    python -m bench.journal [--seconds 3] [--rounds 5] [--writers 4]

Works in a database of its own beside the configured one and drops it afterwards. Prints JSON:
`plain` has the arrival trigger asleep (no hash, no waiting list), `hashed` has it awake, `sealed`
has a sealer at work every second as well; medians over the rounds. `*_us` is one row's share of a transaction of 1,000.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from kanal.journal import sealing, signing
from kanal.journal.actions import SYSTEM, record
from kanal.journal.verify import Check

FORK = multiprocessing.get_context("fork")


def write_one(number: int) -> None:
    record(
        verb="accept-letter",
        by=SYSTEM,
        government=1,
        subject=f"letter:{number}",
        unit=f"31.71.{number % 99:02}",
        letter=f"{number}/-1.823.5",
        before={"state": "received", "checks": {"form": "meets", "signer": "meets"}},
        after={"state": "accepted", "begins": ["Siti Maesaroh"], "accounts": [1, 2, 3]},
    )


def write_for(seconds: float, counted: multiprocessing.Queue[int]) -> None:
    rows, end = 0, perf_counter() + seconds
    while perf_counter() < end:
        with transaction.atomic():
            write_one(rows)
        rows += 1
    counted.put(rows)
    connection.close()


def seal_until(stop: multiprocessing.synchronize.Event) -> None:
    while not stop.is_set():
        sealing.seal(now=timezone.now())
        sleep(1)
    connection.close()


def writers(count: int, seconds: float) -> int:
    """Rows a second, all writers together, each row a transaction of its own."""
    connection.close()
    counted: multiprocessing.Queue[int] = FORK.Queue()
    crew = [FORK.Process(target=write_for, args=(seconds, counted)) for _ in range(count)]
    for writer in crew:
        writer.start()
    rows = sum(counted.get() for _ in crew)
    for writer in crew:
        writer.join()
    return round(rows / seconds)


def writers_and_sealer(count: int, seconds: float) -> int:
    connection.close()
    stop = FORK.Event()
    sealer = FORK.Process(target=seal_until, args=(stop,))
    sealer.start()
    rate = writers(count, seconds)
    stop.set()
    sealer.join()
    return rate


def share_of_a_thousand() -> float:
    """Microseconds a row costs inside one transaction of 1,000."""
    with transaction.atomic():
        began = perf_counter()
        for number in range(1000):
            write_one(number)
        spent = perf_counter() - began
    return round(spent * 1000, 1)


def asleep(measure: Callable[[], float]) -> float:
    _switch("DISABLE")
    try:
        return measure()
    finally:
        _switch("ENABLE")
        _empty()


def _switch(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE journal_entry {how} TRIGGER journal_entry_arrives")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_whole")
        cursor.execute("ALTER TABLE journal_seal DISABLE TRIGGER journal_seal_whole")
        cursor.execute("TRUNCATE journal_entry, journal_waiting, journal_seal")
    sealing.heads_file().unlink(missing_ok=True)


def seal_and_verify() -> dict[str, float]:
    began = perf_counter()
    rows = sealing.seal(now=timezone.now())
    sealed = perf_counter()
    keys = signing.read_public(signing.public_file())
    check = Check(keys=keys, heads=sealing.heads_file())
    findings = list(check.findings())
    spent = perf_counter() - sealed
    return {
        "seal_rows_s": round(rows / (sealed - began)) if rows else 0,
        "verify_rows": check.sealed,
        "verify_rows_s": round(check.sealed / spent),
        "findings": len(findings),
    }


def measure(count: int, seconds: float, rounds: int) -> dict[str, object]:
    """The three in turn, several times: what else the machine does then strikes them alike."""
    rates: dict[str, list[float]] = {name: [] for name in ("plain", "hashed", "sealed")}
    shares: dict[str, list[float]] = {"plain": [], "hashed": []}
    for _ in range(rounds):
        rates["plain"].append(asleep(lambda: writers(count, seconds)))
        rates["hashed"].append(writers(count, seconds))
        rates["sealed"].append(writers_and_sealer(count, seconds))
        shares["hashed"].append(share_of_a_thousand())
        verified = seal_and_verify()
        _empty()
        shares["plain"].append(asleep(share_of_a_thousand))
    return {
        "writers": count,
        "seconds": seconds,
        "rounds": rounds,
        **{f"{name}_rows_s": median(found) for name, found in rates.items()},
        **{f"{name}_us": median(found) for name, found in shares.items()},
        **verified,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writers", type=int, default=4)
    asked = parser.parse_args()
    kept = settings.DATABASES["default"]["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA = Path(folder)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            print(json.dumps(measure(asked.writers, asked.seconds, asked.rounds), indent=2))
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
