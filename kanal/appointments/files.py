"""A letter's file, given out as it came: never run, never guessed at, never from another's cache."""

from __future__ import annotations

import logging

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.translation import gettext as _

from kanal.appointments.models import LetterFile
from kanal.lib.files import JPEG, PDF, PNG, WEBP
from kanal.lib.refusal import Refused

log = logging.getLogger(__name__)

PICTURES = {PNG, JPEG, WEBP}
# What browsers show by themselves inside a page; everything else is only downloaded.
SHOWN = {PDF, *PICTURES}

_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class FileGone(Refused):
    """The row stands, the bytes are not where they were kept: a disk was changed or cut short."""

    status = 410


def file_response(request: HttpRequest, file: LetterFile) -> HttpResponseBase:
    etag = f'"{file.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            _opened(file),
            as_attachment="unduh" in request.GET or file.media_type not in SHOWN,
            filename=file.name or f"surat-{file.letter_id}",
            content_type=file.media_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    # Kept by the browser, asked about anew each time: a role that ended shows nothing any more.
    response["Cache-Control"] = "private, no-cache"
    # A sandboxed PDF is not shown at all by some browsers; its viewer is apart from the page.
    sandbox = "" if file.media_type == PDF else "; sandbox"
    response["Content-Security-Policy"] = _NOTHING + sandbox
    return response


def _opened(file: LetterFile) -> File[bytes]:
    try:
        return default_storage.open(file.kept_as)
    except FileNotFoundError as lost:
        log.error("kept file missing: %s, sha256 %s", file.kept_as, file.sha256)
        raise FileGone(
            _("Berkas surat ini tidak ada di tempat penyimpanannya."),
            kept=_("Isi surat, keputusan, dan sidik SHA-256 berkasnya tetap tercatat."),
            next_step=_("Minta administrator memulihkan folder berkas dari cadangan."),
        ) from lost
