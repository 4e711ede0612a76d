"""The web server within `kanal up`: granian's workers are forks of a process that has it all."""

import os

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from kanal.lib import env


def serve_pages(host: str, port: int) -> None:
    """Until a signal stops it."""
    Granian(
        "kanal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.number("KANAL_WEB_PROCESSES", min(os.cpu_count() or 1, 4)),
        blocking_threads=2,
        http=HTTPModes.http1,
        websockets=False,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
