"""Mail fetched or read by a process of its own, which tells what memory that took.

python -m tests.servers.alone fetch|read
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from kanal.intake import mail_fetching, mail_reading
from kanal.post.models import Mailbox
from tests.servers.processes import PATIENCE, ROOT, environment


@dataclass(frozen=True)
class Taken:
    """`done`: mails. In MB: the process before its work, and at its largest."""

    done: int
    before: float
    peak: float

    @property
    def growth(self) -> float:
        return self.peak - self.before


def alone(what: str, **more: str) -> Taken:
    """`more`: settings, by their names in the environment."""
    told = subprocess.run(
        [sys.executable, "-m", __name__, what],
        cwd=ROOT,
        env=environment(**more),
        stdout=subprocess.PIPE,
        check=True,
        timeout=4 * PATIENCE,
    )
    return Taken(**json.loads(told.stdout))


def main(what: str) -> None:
    before = _largest()
    if what == "fetch":
        done = sum(mail_fetching.fetch(box) for box in Mailbox.objects.in_use())
    else:
        done = mail_reading.drain(most=100_000, seconds=3600, ask=lambda name: None)
    sys.stdout.write(json.dumps({"done": done, "before": before, "peak": _largest()}))


def _largest() -> float:
    """Not getrusage's: that one begins with what the parent had."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise AssertionError("no /proc here")


if __name__ == "__main__":
    main(sys.argv[1])
