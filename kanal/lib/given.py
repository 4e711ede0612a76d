"""Kept files given out as they came: never run, never guessed at, never from another's cache."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified

from kanal.lib.files import JPEG, PDF, PNG, WEBP

PICTURES = {PNG, JPEG, WEBP}
# What browsers show by themselves inside a page; everything else is only downloaded.
SHOWN = {PDF, *PICTURES}

_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


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
    return confined(response, media_type)


def unless_known(
    request: HttpRequest, digest: str, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """`digest` names the bytes: a browser that has them already is not sent them again."""
    etag = f'"{digest}"'
    known = request.headers.get("If-None-Match") == etag
    response: HttpResponseBase = HttpResponseNotModified() if known else make()
    response["ETag"] = etag
    return response


def confined(response: HttpResponseBase, media_type: str) -> HttpResponseBase:
    # Kept by the browser, asked about anew each time: a role that ended shows nothing any more.
    response["Cache-Control"] = "private, no-cache"
    # A sandboxed PDF is not shown at all by some browsers; its viewer is apart from the page.
    sandbox = "" if media_type == PDF else "; sandbox"
    response["Content-Security-Policy"] = _NOTHING + sandbox
    return response
