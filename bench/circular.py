"""What it costs to bring one circular to a whole country, and to look at it afterwards.

    python bench/circular.py [--units 115000]

Works in a database of its own, as bench/board.py does, and drops it afterwards. Nothing is sent:
the messages wait in the outbox. Nine in ten offices have an address. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.board import a_database, a_server

BACK = 5_000


def measure(count: int) -> dict[str, Any]:
    # Models exist only after django.setup().
    from bench import synthetic  # noqa: PLC0415
    from kanal.circulars import actions, serving, watching  # noqa: PLC0415
    from kanal.circulars.models import Service  # noqa: PLC0415
    from kanal.compliance.actions import rebuild  # noqa: PLC0415
    from kanal.directory.models import RoleKind, Unit  # noqa: PLC0415
    from kanal.lib.dates import today  # noqa: PLC0415
    from kanal.post.models import Outgoing  # noqa: PLC0415

    day = today()
    made = synthetic.make(units=count, today=day)
    government = made.government
    with connection.cursor() as cursor:
        cursor.execute(
            "update directory_unit set email = 'kantor.' || id || '@contoh.example'"
            " where government_id = %s and id %% 10 > 0",
            [government.pk],
        )
    rebuild(government=government, today=day)
    made.reader.roles.update(kind=RoleKind.VERIFIER)
    synthetic.analyze()
    circular = actions.draft_instruction(mandate=made.mandate, by=made.reader)
    reader = Client()
    reader.force_login(made.reader, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = f"/penyampaian/{circular.pk}/"
    found: dict[str, Any] = {"preview_ms": _took(lambda: reader.get(page))}
    actions.serve(circular=circular, by=made.reader, today=day)
    before = _memory()
    service = Service.objects.get()
    with CaptureQueriesContext(connection) as queries:
        serving.serve_next(service.pk)
    found["queries_a_thousand"] = len(queries)
    found["serve_seconds"] = round(_took(serving.work_off) / 1000, 1)
    found["memory_grown_mb"] = _memory() - before
    synthetic.analyze()
    found["watch_ms_when_nothing_changed"] = _took(watching.refresh_all)
    back = Outgoing.objects.order_by("pk").values("pk")[:BACK]
    Outgoing.objects.filter(pk__in=back).update(state="refused", problem="permanent")
    found[f"watch_ms_after_{BACK}_came_back"] = _took(watching.refresh_all)
    found["proven"] = not rebuild(government=government, today=day, check=True).differences
    found["circular_page_ms"] = _took(lambda: reader.get(page))
    found["failed_page_ms"] = _took(lambda: reader.get(page + "?keadaan=gagal"))
    found["list_ms"] = _took(lambda: reader.get("/penyampaian/"))
    found["sheets_ms"] = _took(lambda: reader.get(page + "cetak/?siapa=semua&hal=500"))
    reader.get("/papan/")
    found["board_ms"] = _took(lambda: reader.get("/papan/"))
    found["board_unreached_ms"] = _took(lambda: reader.get("/papan/?status=tak-sampai"))
    units = Unit.objects.filter(government=government).count()
    return {"units": units, "messages": Outgoing.objects.count(), **found}


def _took(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return round((perf_counter() - began) * 1000, 1)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=115_000)
    given = parser.parse_args()
    with a_server():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
        django.setup()
        logging.disable(logging.WARNING)
        settings.ALLOWED_HOSTS = ["testserver"]
        with a_database():
            found = measure(given.units)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
