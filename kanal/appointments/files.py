"""A letter's file, given out as it came: never run, never guessed at, never from another's cache."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified

from kanal.appointments.models import LetterFile
from kanal.lib.files import JPEG, PDF, PNG, WEBP

PICTURES = {PNG, JPEG, WEBP}
# What browsers show by themselves inside a page; everything else is only downloaded.
SHOWN = {PDF, *PICTURES}

_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def file_response(request: HttpRequest, file: LetterFile) -> HttpResponseBase:
    etag = f'"{file.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            default_storage.open(file.kept_as),
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
