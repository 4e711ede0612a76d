"""A kept PDF's pages as pictures, for screens that draw no PDF inside a page.

Made when first looked at and kept beside the file, from which they can be made again.
"""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from kanal.lib.files import PNG, open_kept
from kanal.lib.given import confined, unless_known
from kanal.paper.pages import page_of

# Of a longer file the rest is in the PDF itself.
SHOWN_AT_MOST = 40


def page_numbers(kept_as: str) -> range:
    """Pages that have a picture, from 1; none for a file that can't be drawn."""
    place = _place(kept_as, "halaman.txt")
    if not default_storage.exists(place):
        count, png = page_of(_bytes(kept_as), 1)
        if png is None:
            return range(0)
        _keep(_place(kept_as, "halaman-1.png"), png)
        _keep(place, str(count).encode())
    with default_storage.open(place) as file:
        return range(1, min(int(file.read()), SHOWN_AT_MOST) + 1)


def picture(kept_as: str, number: int) -> bytes | None:
    """PNG of a page; None past the last."""
    if not 1 <= number <= SHOWN_AT_MOST:
        return None
    place = _place(kept_as, f"halaman-{number}.png")
    if default_storage.exists(place):
        with default_storage.open(place) as file:
            kept: bytes = file.read()
        return kept
    _count, png = page_of(_bytes(kept_as), number)
    if png is not None:
        _keep(place, png)
    return png


def forget(kept_as: str) -> None:
    """With the file go its pictures."""
    place = _place(kept_as, "halaman.txt")
    if not default_storage.exists(place):
        return
    for number in page_numbers(kept_as):
        default_storage.delete(_place(kept_as, f"halaman-{number}.png"))
    default_storage.delete(place)


def picture_response(
    request: HttpRequest, kept_as: str, number: int, digest: str
) -> HttpResponseBase:
    """`digest` names the file's bytes."""

    def given() -> HttpResponse:
        png = picture(kept_as, number)
        if png is None:
            raise Http404
        return HttpResponse(png, content_type=PNG)

    response = unless_known(request, f"{digest}-{number}", given)
    response["X-Content-Type-Options"] = "nosniff"
    return confined(response, PNG)


def _place(kept_as: str, name: str) -> str:
    """Every kept file has a folder of its own."""
    return f"{kept_as.rpartition('/')[0]}/{name}"


def _bytes(kept_as: str) -> bytes:
    with open_kept(kept_as) as file:
        data: bytes = file.read()
    return data


def _keep(place: str, data: bytes) -> None:
    """Two who look at once make the same picture; one of them is enough."""
    saved = default_storage.save(place, ContentFile(data))
    if saved != place:
        default_storage.delete(saved)
