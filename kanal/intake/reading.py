"""Files that come in are read: one while its sender waits a moment, the rest in the background."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage

from kanal.appointments.models import Letter
from kanal.directory.models import Unit, User
from kanal.intake.pending import Waiting
from kanal.lib.files import Kept, open_kept
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


def read_later(letter: Letter, files: Iterable[tuple[str, Kept]], by: User) -> None:
    """Whichever way a letter came, its files are read: those that nobody has had read yet.

    Within the letter's own transaction: without the letter there is neither row nor job.
    """
    files = list(files)
    rows = Reading.objects.filter(
        government=letter.government_id, sha256__in=[kept.sha256 for _name, kept in files]
    )
    known = set(rows.values_list("sha256", flat=True))
    for name, kept in files:
        if kept.sha256 in known:
            continue
        with open_kept(kept.name) as opened:
            data = opened.read()
        reading = actions.ask(
            data=data,
            name=name,
            media_type=kept.media_type,
            government=letter.government,
            unit=letter.unit,
            by=by,
        )
        read.defer(pk=reading.pk)


def _wait(reading: Reading) -> None:
    until = time.monotonic() + PATIENCE
    while reading.state == State.WAITING and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        reading.refresh_from_db(fields=["state"])
