"""A letter's file, given out as it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from kanal.appointments.models import LetterFile
from kanal.lib.files import open_kept
from kanal.lib.given import confined, inline_file, unless_known


def file_response(request: HttpRequest, file: LetterFile) -> HttpResponseBase:
    def given() -> HttpResponseBase:
        name = file.name or f"surat-{file.letter_id}"
        return inline_file(open_kept(file.kept_as), name, file.media_type, "unduh" in request.GET)

    return confined(unless_known(request, file.sha256, given), file.media_type)
