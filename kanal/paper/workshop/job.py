"""The child's side of one job: take its limits, do it, answer, and be gone."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

from kanal.paper.workshop import frames
from kanal.paper.workshop.limits import Limits, TooMuchOutput

if sys.platform != "win32":
    import resource

DONE, RAISED, NO_MEMORY, TOO_LONG = "done", "raised", "no-memory", "too-long"
_DESCRIPTORS = 64


def named(job: str) -> Callable[..., Any]:
    """`package.module:function`; raises ImportError or AttributeError."""
    module, _, function = job.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def rehearsal_of(job: str) -> Callable[[], object] | None:
    """What the job's module wants gone through before a file comes; it must not fail."""
    module, _, _ = job.partition(":")
    return getattr(importlib.import_module(module), "rehearse", None)


def obey(limits: Limits) -> None:
    """From here on the kernel holds this process to its limits; elsewhere only the clock does."""
    if sys.platform == "win32":
        return
    _at_most(resource.RLIMIT_AS, _address_space() + limits.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    _at_most(resource.RLIMIT_CORE, 0)
    if not limits.processes:
        _at_most(resource.RLIMIT_FSIZE, limits.file_bytes)
        _at_most(resource.RLIMIT_NOFILE, _DESCRIPTORS)


def _at_most(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard not in (-1, resource.RLIM_INFINITY):
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def _address_space() -> int:
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 256 << 20  # no /proc on this system: a warm process is about that large


def answer(function: Callable[..., Any], request: Any, most: int) -> list[bytes]:
    """The frame to send back, whatever the job did."""
    try:
        value = function(request["data"], **request["options"])
        return frames.encode({"state": DONE, "value": value}, most=most)
    except MemoryError:
        return _short(NO_MEMORY, "")
    except TooMuchOutput as error:
        return _short(TOO_LONG, str(error))
    except Exception as error:  # noqa: BLE001 the boundary: whatever a hostile file raised
        return _short(RAISED, f"{type(error).__name__}: {error}"[:500])


def _short(state: str, text: str) -> list[bytes]:
    return frames.encode({"state": state, "value": text}, most=1 << 16)
