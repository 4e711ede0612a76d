"""A letter's file, given out as it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified

from kanal.appointments.models import LetterFile
from kanal.lib.files import open_kept
from kanal.lib.given import confined, inline_file


def file_response(request: HttpRequest, file: LetterFile) -> HttpResponseBase:
    etag = f'"{file.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        name = file.name or f"surat-{file.letter_id}"
        response = inline_file(
            open_kept(file.kept_as), name, file.media_type, "unduh" in request.GET
        )
    response["ETag"] = etag
    return confined(response, file.media_type)
