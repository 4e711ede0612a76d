"""`kanal up`: database, web and worker as one process tree, until Ctrl-C or SIGTERM."""

import argparse
import gc
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from kanal.ground import database
from kanal.ground.commands.work import work_here
from kanal.ground.postgres import Server, ServerRefused
from kanal.ground.processes import STOPS, Child
from kanal.ground.serving import serve_pages
from kanal.ground.state import health
from kanal.lib import env
from kanal.lib.refusal import Refused

LOOK_EVERY = 0.2  # seconds


class PortTaken(Refused):
    """Another program listens where the web server should."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="bawaan: 8000")
    parser.add_argument("--host", default="127.0.0.1", help="bawaan: 127.0.0.1 (mesin ini saja)")
    parser.add_argument("--empty", action="store_true", help="mulai tanpa data contoh")


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("antara 1 dan 65535")
    return number


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    data = env.folder("KANAL_DATA", Path.cwd() / "data")
    os.environ["KANAL_DATA"] = str(data)
    os.environ.setdefault("KANAL_PUBLIC_URL", f"http://{_shown(options.host)}:{options.port}")
    _check_port(options.host, options.port)
    try:
        with (
            _stopping_by_exception(),
            database.only_one(data),
            database.owned(data) as server,
        ):
            _prepare(server, data, empty=options.empty)
            tree = [_web(options.host, options.port), _worker(), _mail()]
            _serve(tree, server, options, began)
    except KeyboardInterrupt:
        _say("Berhenti sebelum siap.")
    return 0


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as mistake:
            raise PortTaken(
                f"Alamat {host}:{port} tidak dapat dipakai: {mistake.strerror}.",
                kept="Tidak ada yang dijalankan.",
                next_step="Pilih port lain, misalnya `kanal up --port 8001`.",
            ) from None


@contextmanager
def _stopping_by_exception() -> Iterator[None]:
    """Until the tree runs, a signal breaks off what is being prepared; the way out stays calm."""

    def stop(sign: int, frame: FrameType | None) -> None:
        for each in STOPS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in STOPS:
        _catch(each, stop)
    yield


def _catch(sign: signal.Signals, handler: Callable[[int, FrameType | None], None]) -> None:
    if sign is signal.SIGHUP and signal.getsignal(sign) is signal.SIG_IGN:
        return  # started with nohup: the terminal may go, we stay
    signal.signal(sign, handler)


def _prepare(server: Server | None, data: Path, *, empty: bool) -> None:
    if server is None:
        _say("Basis data: DATABASE_URL")
    else:
        _say(f"Basis data: {server.programs()}")
        if server.places.moved:
            _say(f"Isinya di {server.cluster}: pengguna server tidak dapat masuk ke {data}.")
    django.setup()
    call_command("prepare", empty=empty)
    connections.close_all()
    _load_pages()


def _load_pages() -> None:
    """Everything a page needs, before the tree grows: imported once, shared by every process."""
    get_wsgi_application()
    _ = get_resolver().url_patterns
    engines.all()
    translation.gettext("")
    gc.freeze()  # a collection would write to every shared page


def _web(host: str, port: int) -> Child:
    return Child("web", partial(serve_pages, host, port))


def _worker() -> Child:
    # Without us the database goes too; a worker asked politely would wait for it to say goodbye.
    # What it was doing runs again.
    return Child("pekerja", work_here, when_orphaned=signal.SIGKILL)


def _mail() -> Child:
    # Whatever it was doing it does again: nothing is marked on the server before it is kept.
    return Child("surel", partial(call_command, "fetch_mail"), when_orphaned=signal.SIGKILL)


def _serve(
    tree: list[Child], server: Server | None, options: argparse.Namespace, began: float
) -> None:
    asked = _Asked()
    try:
        for child in tree:
            child.start()
        _announce(tree, options, began, asked)
        while not asked.stop:
            if server is not None:
                _mend(server)
            for child in tree:
                _say(child.tend())
            time.sleep(LOOK_EVERY)
    finally:
        _say("Menghentikan ...")
        for child in tree:
            child.ask_to_stop()
        for child in tree:
            child.wait_until_stopped()
    _say("Berhenti.")


class _Asked:
    """Whether a signal asked us to stop. While the tree runs, nothing is interrupted midway."""

    def __init__(self) -> None:
        self.stop = False
        for each in STOPS:
            _catch(each, self._note)

    def _note(self, sign: int, frame: FrameType | None) -> None:
        self.stop = True


def _mend(server: Server) -> None:
    try:
        if server.mend():
            _say("Basis data berhenti sendiri dan sudah dijalankan lagi.")
    except ServerRefused as refusal:
        _say(f"{refusal.what} {refusal.next_step}")
        time.sleep(5)


def _announce(tree: list[Child], options: argparse.Namespace, began: float, asked: _Asked) -> None:
    """Say where it is once it answers; the first answer also warms the pages' imports."""
    address = f"http://{_shown(options.host)}:{options.port}"
    until = time.monotonic() + 60
    told: dict[str, object] = {}
    while not asked.stop and time.monotonic() < until and told.get("status") != "ok":
        for child in tree:
            _say(child.tend())
        if health().well:  # not before: every answer but "ok" is a line in the web server's log
            told = _ask(f"{address}/sehat")
        time.sleep(0.1)
    connections.close_all()
    if told.get("status") == "ok":
        _say(f"Kanal siap di {address}  ({time.monotonic() - began:.1f} detik)")
        _say("Hentikan dengan Ctrl-C.")
    elif not asked.stop:
        _say(f"Kanal berjalan di {address}, tetapi belum sehat: {told or 'web tidak menjawab'}")


def _ask(address: str) -> dict[str, object]:
    request = urllib.request.Request(address, headers={"Host": "127.0.0.1"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            told = json.load(answer)
    except urllib.error.HTTPError as answer:
        return {"status": answer.code}
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _shown(host: str) -> str:
    """The address people and our own question can use."""
    if host in {"0.0.0.0", "::", ""}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _say(sentence: str) -> None:
    if sentence:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()
