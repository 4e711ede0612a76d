"""Where hostile files are opened: a named function, run on bytes in a child with hard limits.

    run("kanal.paper.inspection.examine:examine", data, limits=Limits(seconds=3), options={...})

The function is called as `function(data, **options)` in a process of its own, which has the limits
of `Limits` (memory, processor, clock, output, files), a bare environment without the office's
secrets, and is gone afterwards. Options and answers are plain values: None, bool, numbers, text,
bytes, lists and dicts with text keys (a tuple comes back as a list).

No answer is an exception, all of them `JobFailed`: `TooSlow`, `TooMuchMemory`, `TooMuchOutput`, and
`Died` for every other end, including an exception inside the job (its name is the message).

A bench is a warm process that has imported the modules of the jobs it has seen and forks a child
for each further one, which costs a few milliseconds. A module's `rehearse()`, where it has one, is
gone through in each child before its job comes. Give jobs with heavy modules a bench of their
own (`bench="scans"`); such a module must not start threads while it is imported.
"""

from __future__ import annotations

import os
from typing import Any

from kanal.paper.workshop import bench as benches
from kanal.paper.workshop import spawned
from kanal.paper.workshop.bench import close_all
from kanal.paper.workshop.limits import (
    Died,
    JobFailed,
    Limits,
    TooMuchMemory,
    TooMuchOutput,
    TooSlow,
)

__all__ = [
    "Died",
    "JobFailed",
    "Limits",
    "TooMuchMemory",
    "TooMuchOutput",
    "TooSlow",
    "close_all",
    "run",
]

_FORKS = hasattr(os, "fork")
_STANDARD = Limits()


def run(
    job: str,
    data: bytes,
    *,
    limits: Limits = _STANDARD,
    options: dict[str, Any] | None = None,
    bench: str = "papers",
) -> Any:
    """Raises JobFailed; TypeError when an option is no plain value."""
    if not _FORKS:
        return spawned.run(job, data, limits, options or {})
    return benches.bench(bench).run(job, data, limits, options or {})
