"""The reader's language, and refusals as pages that speak to the person who can act."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from kanal.lib.refusal import Refused

log = logging.getLogger(__name__)


class ChosenLanguageMiddleware:
    """Indonesian unless the reader chose otherwise: many an office's browser asks for English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class PlainAddressMiddleware:
    """No code and no name holds a NUL, and PostgreSQL takes none: such an address leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if "\x00" in request.path:
            raise Http404


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _wrong_way(request, response)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused):
            return None
        log.info("refused %s: %s", request.path, problem.what)
        return render(request, "kanal/refused.html", {"refused": problem}, status=problem.status)


def _wrong_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A button's address opened as a page: after a sign-in that ran out, or from a bookmark."""
    page = render(request, "405.html", status=405)
    page["Allow"] = response["Allow"]
    return page
