"""Jobs for the workshop's tests: each fails in a way of its own."""

import importlib
import os
import signal
import subprocess
import time
from pathlib import Path

_rehearsed_in = 0


def rehearse() -> None:
    global _rehearsed_in
    _rehearsed_in = os.getpid()


def is_rehearsed(data: bytes) -> bool:
    return _rehearsed_in == os.getpid()


def length(data: bytes, *, plus: int = 0) -> int:
    return len(data) + plus


def echo(data: bytes, **options: object) -> dict[str, object]:
    return {"data": data, "options": options}


def sleep(data: bytes) -> None:
    time.sleep(600)


def orphan_itself(data: bytes) -> None:
    Path(data.decode()).write_text(str(os.getpid()))
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)


def spin(data: bytes) -> None:
    while True:
        pass


def eat(data: bytes) -> int:
    return len(bytearray(4 << 30))


def crash(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def talk(data: bytes) -> str:
    return "x" * 5_000


def raises(data: bytes) -> None:
    raise KeyError("tidak ada")


def object_answer(data: bytes) -> object:
    return object()


def leave_early(data: bytes) -> None:
    os._exit(0)


def write_file(data: bytes) -> None:
    Path(data.decode()).write_bytes(b"x" * 100)


def environment(data: bytes) -> dict[str, str]:
    return dict(os.environ)


def leave_a_child(data: bytes) -> int:
    return subprocess.Popen(["sleep", "600"]).pid


def whoami(data: bytes) -> list[int]:
    return [os.getpid(), os.getppid()]


def reckon(data: bytes) -> int:
    """How many threads there are after a product that a library likes to spread."""
    numpy = importlib.import_module("numpy")
    square = numpy.ones((400, 400))
    assert (square @ square)[0, 0] == 400
    return len(os.listdir("/proc/self/task"))
