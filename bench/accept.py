"""What accepting letters costs: letters a second by concurrent verifiers, and one acceptance alone.

    python -m bench.accept [--verifiers 8] [--seconds 10] [--units 362]

On the configured database (DATABASE_URL), in a throwaway government that stays behind: use a
throwaway server. Each verifier is a process of its own, as on several web workers. Prints JSON;
milliseconds are of `appointments.actions.accept` alone, whose checks were made before.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from datetime import timedelta
from statistics import quantiles
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from django.db import connection, connections

from bench.synthetic import make
from kanal.appointments import actions
from kanal.appointments.models import CheckName, Letter, Verdict
from kanal.directory.models import RoleKind, Unit, User
from kanal.lib.dates import today
from tests.factories import a_user, a_verifier, an_officer, letter_facts

FORK = multiprocessing.get_context("fork")


def prepare(units: list[Unit], clerk: User, verifier: User, wanted: int) -> list[int]:
    """Letters entered and checked, waiting for acceptance, spread over the units."""
    day = today()
    ready = []
    for number in range(wanted):
        unit = units[number % len(units)]
        facts = letter_facts(
            [an_officer(f"Orang Contoh {number}")],
            dated=day - timedelta(days=3),
            number=f"{number + 1}/BENCH/{unit.pk}",
        )
        letter = actions.submit(unit=unit, facts=facts, by=clerk, today=day)
        for name in CheckName:
            actions.check(letter=letter, name=name, verdict=Verdict.MEETS, note="", by=verifier)
        ready.append(letter.pk)
    return ready


def accept_for(
    letters: list[int], verifier: int, seconds: float, told: multiprocessing.Queue[list[float]]
) -> None:
    connections.close_all()
    by, took, end = User.objects.get(pk=verifier), [], perf_counter() + seconds
    day = today()
    for pk in letters:
        letter = Letter.objects.select_related("unit", "government").get(pk=pk)
        began = perf_counter()
        actions.accept(letter=letter, by=by, today=day)
        took.append((perf_counter() - began) * 1000)
        if perf_counter() > end:
            break
    told.put(took)
    connection.close()


def run(letters: list[int], verifiers: list[int], seconds: float) -> dict[str, float]:
    told: multiprocessing.Queue[list[float]] = FORK.Queue()
    shares = [letters[n :: len(verifiers)] for n in range(len(verifiers))]
    connections.close_all()
    began = perf_counter()
    workers = [
        FORK.Process(target=accept_for, args=(share, verifier, seconds, told))
        for share, verifier in zip(shares, verifiers, strict=True)
    ]
    for worker in workers:
        worker.start()
    took = sorted(ms for _worker in workers for ms in told.get())
    for worker in workers:
        worker.join()
    spent = perf_counter() - began
    cuts = quantiles(took, n=20)
    return {
        "accepted": len(took),
        "per_second": round(len(took) / spent, 1),
        "p50_ms": round(cuts[9], 2),
        "p95_ms": round(cuts[18], 2),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--verifiers", type=int, default=8)
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--units", type=int, default=362)
    asked.add_argument("--letters", type=int, default=800)
    given = asked.parse_args()
    made = make(units=given.units, today=today())
    government = made.government
    units = list(Unit.objects.filter(government=government).exclude(unit_class="pemprov"))
    clerk = a_user(RoleKind.ADMINISTRATOR, government=government)
    verifiers = [a_verifier(government=government) for _ in range(given.verifiers)]
    ready = prepare(units, clerk, verifiers[0], given.letters)
    alone = ready[: given.letters // 4]
    report = {
        "units": len(units),
        "one verifier": run(alone, [verifiers[0].pk], given.seconds),
        f"{given.verifiers} verifiers": run(
            ready[len(alone) :], [v.pk for v in verifiers], given.seconds
        ),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
