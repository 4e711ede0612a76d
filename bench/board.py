"""What the pages cost: the board, one unit's page and the public check, at several sizes.

    python bench/board.py [--sizes 362,16000,115000] [--requests 60]

Works in a database of its own, on DATABASE_URL's server or on a throwaway one, and drops it
afterwards. Requests go through the whole of Django in this process: milliseconds are the
server's, without the network. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import brotli
import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from kanal.ground import places
from kanal.ground.postgres import Server

WARM_UP = 8
TEXT = {".css", ".js", ".svg", ".html"}
LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
IN_CSS = re.compile(r'url\("([^"]+)"\)')


@contextmanager
def a_server() -> Iterator[None]:
    """DATABASE_URL's, or one that lives as long as the measuring."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-bench-"))
    folder.chmod(0o711)
    os.environ["KANAL_DATA"] = str(folder / "data")
    os.environ["KANAL_STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    (folder / "data" / "static").mkdir(parents=True, mode=0o700)
    server = None
    if not os.environ.get("DATABASE_URL"):
        server = Server(places.prepare(folder / "data"))
        server.start()
        os.environ["DATABASE_URL"] = server.url
    try:
        yield
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_database() -> Iterator[None]:
    configured = connection.settings_dict["NAME"]
    # Not the tests' own, which may be at work on the same server.
    connection.settings_dict["TEST"]["NAME"] = "kanal_bench_board"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(configured, verbosity=0)


def measure(sizes: list[int], requests: int) -> dict[str, Any]:
    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS = ["testserver"]
    with a_database():
        found = [one_size(size, requests) for size in sizes]
        version = connection.pg_version // 10000
    return {
        "machine": {
            "python": platform.python_version(),
            "postgresql": version,
            "processors": os.cpu_count(),
        },
        "requests": requests,
        "static_files": _once(found),
        "sizes": found,
        "reached": reached(found),
    }


def one_size(size: int, requests: int) -> dict[str, Any]:
    # Models exist only after django.setup().
    from bench import synthetic  # noqa: PLC0415
    from kanal.compliance.actions import rebuild  # noqa: PLC0415
    from kanal.lib.dates import today  # noqa: PLC0415

    began = perf_counter()
    made = synthetic.make(units=size, today=today())
    rebuild(government=made.government, today=today())
    synthetic.analyze()
    built = perf_counter() - began
    reader = Client()
    reader.force_login(made.reader, backend=settings.AUTHENTICATION_BACKENDS[0])
    pages = {
        "board": (reader, "/papan/"),
        "unit": (reader, f"/instansi/{made.unit.code}/"),
        "check": (Client(), f"/cek/?akun={quote(made.account)}"),
    }
    return {
        "units": size,
        "build_seconds": round(built, 1),
        "pages": {name: one_page(*page, requests) for name, page in pages.items()},
    }


def one_page(client: Client, path: str, requests: int) -> dict[str, Any]:
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return {"skipped": f"no page at {path}"}
    for _n in range(WARM_UP):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != 200:
        return {"skipped": f"{path} answered {answer.status_code}"}
    with CaptureQueriesContext(connection) as queries:
        plain = client.get(path)
    # Counted now: Django forgets a request's queries when the next one begins.
    asked = len(queries)
    took, busy = [], process_time()
    for _n in range(requests):
        began = perf_counter()
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        took.append((perf_counter() - began) * 1000)
    busy = (process_time() - busy) * 1000 / requests
    page = plain.content.decode()
    files = static_files(page)
    return {
        "p50_ms": round(quantiles(took, n=100)[49], 1),
        "p95_ms": round(quantiles(took, n=100)[94], 1),
        "python_ms": round(busy, 1),
        "queries": asked,
        "html_bytes": len(plain.content),
        "html_gzip_bytes": len(answer.content),
        "static_bytes": sum(files.values()),
        "static_files": files,
        "first_load_bytes": len(answer.content) + sum(files.values()),
    }


def static_files(page: str) -> dict[str, int]:
    """What a first visit fetches beside the page, as the server sends it: text in brotli.

    A file that only the style sheet names counts as fetched, although some are not on this page.
    """
    found: dict[str, int] = {}
    waiting = [address.removeprefix(settings.STATIC_URL) for address in LINKED.findall(page)]
    while waiting:
        name = waiting.pop()
        path = finders.find(name)
        if name in found or path is None:
            continue
        raw = Path(path).read_bytes()
        found[name] = len(brotli.compress(raw)) if Path(path).suffix in TEXT else len(raw)
        if name.endswith(".css"):
            folder = name.rpartition("/")[0]
            waiting += [f"{folder}/{other}" for other in IN_CSS.findall(raw.decode())]
    return dict(sorted(found.items()))


def _once(sizes: list[dict[str, Any]]) -> dict[str, int]:
    """The pages share their files: one list for all."""
    shared: dict[str, int] = {}
    for size in sizes:
        for page in size["pages"].values():
            shared |= page.pop("static_files", {})
    return shared


def reached(sizes: list[dict[str, Any]]) -> dict[str, bool]:
    """The figures asked of the pages: at 362 units, above, and at any size."""
    pages = [(size["units"], page) for size in sizes for page in size["pages"].values()]
    measured = [(units, page) for units, page in pages if "skipped" not in page]
    counts: dict[str, set[int]] = {}
    for size in sizes:
        for name, page in size["pages"].items():
            counts.setdefault(name, set()).add(page.get("queries", 0))
    return {
        "p95_40_ms_at_362": all(p["p95_ms"] <= 40 for units, p in measured if units <= 362),
        "p95_80_ms_above": all(p["p95_ms"] <= 80 for _units, p in measured),
        "queries_at_most_12": all(p["queries"] <= 12 for _units, p in measured),
        "queries_constant": all(len(numbers) == 1 for numbers in counts.values()),
        "first_load_60_kb": all(p["first_load_bytes"] <= 60 * 1024 for _units, p in measured),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="362,16000,115000")
    parser.add_argument("--requests", type=int, default=60)
    given = parser.parse_args()
    with a_server():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
        django.setup()
        found = measure([int(size) for size in given.sizes.split(",")], given.requests)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
