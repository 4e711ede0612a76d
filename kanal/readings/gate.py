"""Nothing that arrives is kept for use before it was inspected."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from kanal.lib.files import FileMistake, Kept, keep
from kanal.paper.inspection.inspecting import Inspection, inspect
from kanal.paper.inspection.report import Limits
from kanal.paper.reading.first_look import inspect_to_read
from kanal.paper.reading.scans import Mode
from kanal.readings.words import said


def limits() -> Limits:
    return Limits(
        file_bytes=settings.LETTER_MAX_BYTES,
        pages=settings.LETTER_MAX_PAGES,
        megapixels=settings.LETTER_MAX_MEGAPIXELS,
    )


def scan_mode() -> Mode:
    return "small" if settings.SCAN_MODE == "small" else "both"


def inspected(data: bytes, name: str) -> Inspection:
    return inspect(data, name, limits=limits(), clamd_address=settings.CLAMD or None)


def inspected_to_read(data: bytes, name: str) -> Inspection:
    """For `read_file`, which then needs no child of its own for a short letter."""
    return inspect_to_read(data, name, limits=limits(), clamd_address=settings.CLAMD or None)


def keep_inspected(upload: File[Any], folder: str) -> Kept:
    """As `keep`, but a dangerous file is refused in words, and nothing of it stays.

    Raises FileMistake.
    """
    kept = keep(upload, folder)
    with default_storage.open(kept.name) as file:
        found = inspected(file.read(), upload.name or "")
    if found.may_be_read:
        return kept
    default_storage.delete(kept.name)
    told = said(found.reasons[0])
    raise FileMistake(
        found.reasons[0], told.what or _("Berkas ini tidak diterima."), next_step=told.next_step
    )
