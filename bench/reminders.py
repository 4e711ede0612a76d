"""What a day of reminders costs: the plan, its rows and its queued messages, and the pages.

    python bench/reminders.py [--units 115000]

Two days: one on which those that still owe something are reminded at every step (their officer,
their head, the verifiers), and the worst there can be, on which every office is. Works in a database of its own, on
DATABASE_URL's server or on a throwaway one, and drops it afterwards. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.board import a_database, a_server

TODAY = date(2026, 11, 23)
LIMIT = 60.0

_ADDRESSES = """
update directory_person set email = 'petugas' || id || '@contoh.go.id' where government_id = %s
"""
_MAILBOXES = """
update directory_unit set email = 'kantor' || id || '@contoh.go.id' where government_id = %s
"""
# Everybody has declared accounts, has an officer or not, and no letter came.
_ALL_OWE = """
update mandates_unitstatus set nil_since = null, hardcopy_on = null,
    accounts_since = coalesce(accounts_since, due_on), letter_since = null
where government_id = %s
"""


def measure(units: int) -> dict[str, Any]:
    with a_database():
        found = {
            "machine": {
                "python": platform.python_version(),
                "postgresql": connection.pg_version // 10000,
                "processors": os.cpu_count(),
            },
            "units": units,
            "days": [one_day(units, everybody=each) for each in (False, True)],
        }
    worst = found["days"][-1]
    found["reached"] = {"planned_and_queued_under_60_s": worst["seconds"]["all"] < LIMIT}
    return found


def one_day(units: int, *, everybody: bool) -> dict[str, Any]:
    # Models exist only after django.setup().
    from bench import synthetic  # noqa: PLC0415
    from kanal.compliance.actions import rebuild  # noqa: PLC0415
    from kanal.directory.models import Government, Role, RoleKind, User  # noqa: PLC0415
    from kanal.post import hours  # noqa: PLC0415
    from kanal.post.models import Outgoing  # noqa: PLC0415
    from kanal.reminders import sending  # noqa: PLC0415
    from kanal.reminders.models import Sent  # noqa: PLC0415
    from kanal.reminders.planning import plan  # noqa: PLC0415

    made = synthetic.make(units=units, today=TODAY)
    rebuild(government=made.government, today=TODAY)
    _run(_ADDRESSES, made.government.pk)
    _run(_MAILBOXES, made.government.pk)
    if everybody:
        _run(_ALL_OWE, made.government.pk)
    Role.objects.create(
        user=User.objects.get(pk=made.reader.pk),
        kind=RoleKind.VERIFIER,
        starts_at=made.reader.date_joined,
        granted_by_name="Contoh",
    )
    _rules(made.mandate, made.reader, steps=1 if everybody else 3)
    synthetic.analyze()
    now = datetime.combine(TODAY, time(9), ZoneInfo("Asia/Jakarta"))
    began = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        planned = plan(made.mandate, TODAY, calendar=hours.calendar_of(made.government.pk))
    asked, planning = len(queries), perf_counter() - began
    began = perf_counter()
    (run,) = sending.send_due(Government.objects.get(pk=made.government.pk), now)
    whole = perf_counter() - began
    began = perf_counter()
    again = sending.send_due(Government.objects.get(pk=made.government.pk), now)
    result = {
        "everybody": everybody,
        "lines": len(planned.lines),
        "figures": run.figures,
        "rows": Sent.objects.filter(run=run).count(),
        "messages": Outgoing.objects.filter(government=made.government, kind="reminder").count(),
        "queries_of_the_plan": asked,
        "seconds": {
            "plan": round(planning, 1),
            "all": round(whole, 1),
            "second_run": round(perf_counter() - began, 2),
        },
        "second_run_sent": len(again),
        "largest_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    _forget(made.government.pk)
    return result


def _rules(mandate: Any, by: Any, *, steps: int) -> None:
    """As the defaults say, counted so that this is their day: the deadline was four days ago."""
    from dataclasses import replace  # noqa: PLC0415

    from kanal.reminders.actions import add_rule  # noqa: PLC0415
    from kanal.reminders.defaults import DEFAULTS  # noqa: PLC0415

    for facts in [facts for facts in DEFAULTS if facts.offset > 0][:steps]:
        add_rule(mandate=mandate, facts=replace(facts, offset=4), by=by, today=TODAY)


def _run(statement: str, government: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [government])


def _forget(government: int) -> None:
    """The next government has the same size, so the same code: this one steps aside."""
    with connection.cursor() as cursor:
        cursor.execute("update directory_government set code = id where id = %s", [government])
        cursor.execute(
            "update directory_user set email = id || email where government_id = %s", [government]
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--units", type=int, default=115_000)
    chosen = options.parse_args()
    with a_server():
        os.environ["DJANGO_SETTINGS_MODULE"] = "kanal.settings"
        django.setup()
        print(json.dumps(measure(chosen.units), indent=2))


if __name__ == "__main__":
    main()
