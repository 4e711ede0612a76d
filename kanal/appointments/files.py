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
        name = file.name or f"surat-{file.letter_id}"
        response = inline_file(_opened(file), name, file.media_type, "unduh" in request.GET)
    response["ETag"] = etag
    return _confined(response, file.media_type)


def inline_file(
    opened: File[bytes], name: str, media_type: str, download: bool = False
) -> HttpResponseBase:
    """Shown inside a page where browsers can, and never run."""
    response = FileResponse(
        opened,
        as_attachment=download or media_type not in SHOWN,
        filename=name,
        content_type=media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return _confined(response, media_type)


def _confined(response: HttpResponseBase, media_type: str) -> HttpResponseBase:
    # Kept by the browser, asked about anew each time: a role that ended shows nothing any more.
    response["Cache-Control"] = "private, no-cache"
    # A sandboxed PDF is not shown at all by some browsers; its viewer is apart from the page.
    sandbox = "" if media_type == PDF else "; sandbox"
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
