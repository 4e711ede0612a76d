"""An upload read while its sender waits a moment; a scan takes longer, and the page says so."""

from __future__ import annotations

import time
from typing import Any

from django.core.files.storage import default_storage

from kanal.directory.models import Unit, User
from kanal.intake.pending import Waiting
from kanal.readings import actions
from kanal.readings.jobs import read
from kanal.readings.models import Reading, State

# A born-digital letter is read within this; whoever waits for a scan sees how it goes on.
PATIENCE, LOOK_EVERY = 1.5, 0.1


def reading_asked_for(
    file: Waiting, *, unit: Unit | None, by: User, document: dict[str, Any] | None = None
) -> Reading:
    """`document`: what was read of the file when a mail brought it."""
    with default_storage.open(file.kept_as) as kept:
        data = kept.read()
    reading = actions.ask(
        data=data,
        name=file.name,
        media_type=file.media_type,
        government=by.government,
        unit=unit,
        by=by,
        document=document,
    )
    if reading.state == State.WAITING:
        read.defer(pk=reading.pk)
        _wait(reading)
    return reading


def _wait(reading: Reading) -> None:
    until = time.monotonic() + PATIENCE
    while reading.state == State.WAITING and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        reading.refresh_from_db(fields=["state"])
