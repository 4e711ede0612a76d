from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string

from kanal.directory.models import Government, Unit, User
from kanal.directory.permissions import require
from kanal.lib.dates import today
from kanal.paper.reading.document import read_file
from kanal.paper.reading.pieces import pieces_of
from kanal.readings.gate import limits, scan_mode
from kanal.readings.models import Reading, State
from kanal.readings.permissions import ASK_READINGS
from kanal.readings.signatures import judged
from kanal.stationery.roots import roots_of

log = logging.getLogger(__name__)

FOLDER = "bacaan"
MOST_ATTEMPTS = 3
# Nobody makes a letter of it within this time: its pictures go.
KEPT_FOR = timedelta(days=30)


def ask(
    *,
    data: bytes,
    name: str,
    media_type: str,
    government: Government,
    unit: Unit | None,
    by: User | None,
    document: dict[str, Any] | None = None,
) -> Reading:
    """A reading of these bytes, asked for now or known already. `by` None: a mail brought it.

    `document`: what was read of them when they came; only their pictures are still to be cut.
    """
    if by is not None:
        require(by=by, permission=ASK_READINGS, unit=unit)
    digest = hashlib.sha256(data).hexdigest()
    known = Reading.objects.filter(government=government, unit=unit, sha256=digest).first()
    if known is not None:
        return known
    kept = default_storage.save(f"{FOLDER}/{get_random_string(32)}/berkas", ContentFile(data))
    with transaction.atomic():
        reading, fresh = Reading.objects.get_or_create(
            government=government,
            unit=unit,
            sha256=digest,
            defaults={
                "name": name[:200],
                "media_type": media_type,
                "kept_as": kept,
                "asked_by": by,
                "document": document or {},
            },
        )
    if not fresh:
        default_storage.delete(kept)
    return reading


def read(*, reading: Reading) -> None:
    """Running it twice is safe: what is read once stays. Never raises for what a file holds."""
    started = Reading.objects.filter(pk=reading.pk, state=State.WAITING)
    if not started.update(attempts=F("attempts") + 1):
        return
    reading.refresh_from_db()
    if reading.attempts > MOST_ATTEMPTS:
        _finish(reading, State.FAILED, {}, {})
        return
    with default_storage.open(reading.kept_as) as file:
        data = file.read()
    document = reading.document or _read(reading, data)
    reading.signatures = judged(data, roots_of(reading.government_id))
    crops = dict(_keep_pieces(reading, data, document["letters"]))
    _finish(reading, State.DONE, document, crops)


def _read(reading: Reading, data: bytes) -> dict[str, Any]:
    return read_file(
        data,
        reading.name,
        today=today(reading.government.timezone),
        roots=roots_of(reading.government_id),
        limits=limits(),
        mode=scan_mode(),
    ).as_json()


def _keep_pieces(
    reading: Reading, data: bytes, letters: list[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    folder = reading.kept_as.rpartition("/")[0]
    places = {
        f"{number}.{field}": place
        for number, letter in enumerate(letters)
        for field, place in letter["places"].items()
    }
    for field, picture in pieces_of(data, reading.media_type, places):
        yield field, default_storage.save(f"{folder}/{field}.png", ContentFile(picture))


def _finish(
    reading: Reading, state: State, document: dict[str, Any], crops: dict[str, str]
) -> None:
    gone = reading.kept_as
    reading.state, reading.document, reading.crops = state, document, crops
    reading.kept_as, reading.done_at = "", timezone.now()
    reading.save(update_fields=["state", "document", "crops", "signatures", "kept_as", "done_at"])
    if gone:
        default_storage.delete(gone)


def of_files(government_id: int, digests: Iterable[str]) -> list[Reading]:
    """Every reading asked for of these files, by their SHA-256; the newest first."""
    rows = Reading.objects.filter(government_id=government_id, sha256__in=list(digests))
    return list(rows.order_by("-asked_at"))


def forget(*, before: datetime, kept: Iterable[str]) -> int:
    """Readings asked before that instant, but for those of the `kept` files. Returns how many."""
    old = Reading.objects.filter(asked_at__lt=before).exclude(sha256__in=list(kept))
    count = 0
    for reading in old.iterator():
        for path in (*reading.crops.values(), reading.kept_as):
            if path:
                default_storage.delete(path)
        reading.delete()
        count += 1
    return count
