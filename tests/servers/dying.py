"""One of Kanal's commands that kills itself (-9) at an exact place.

    python -m tests.servers.dying before=kanal.intake.mail_fetching:_mark*2 fetch-mail --once

The place is a function: `before` its nth call or `after` it, before whoever called it goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from itertools import count
from typing import Any

import django

from kanal.ground import cli


def main() -> int:
    when, _, place = sys.argv[1].partition("=")
    name, _, nth = place.partition("*")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
    django.setup()
    module, _, function = name.partition(":")
    found = import_module(module)
    setattr(found, function, _dying(getattr(found, function), when, int(nth or 1)))
    return cli.main(sys.argv[2:])


def _dying(original: Callable[..., Any], when: str, nth: int) -> Callable[..., Any]:
    calls = count(1)

    def dying(*given: Any, **named: Any) -> Any:
        is_now = next(calls) == nth
        if is_now and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*given, **named)
        if is_now:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return dying


if __name__ == "__main__":
    sys.exit(main())
