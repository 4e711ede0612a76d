"""A refusal becomes a page; the language is the one the reader chose."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.translation import get_language

from kanal.lib.middleware import ChosenLanguageMiddleware, RefusalMiddleware
from kanal.lib.refusal import NotAllowed, Refused

PLAIN = override_settings(
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
)


def refused_page(problem: Refused) -> HttpResponse:
    request = RequestFactory().get("/surat/1/")
    with PLAIN:
        answer = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(
            request, problem
        )
    assert answer is not None
    return answer


@pytest.mark.django_db
def test_a_refusal_says_what_happened_what_was_kept_and_what_to_do():
    problem = Refused("Nomor sudah dipakai.", next_step="Periksa nomor pada surat.")
    answer = refused_page(problem)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Nomor sudah dipakai.", "Tidak ada yang berubah.", "Periksa nomor pada surat."):
        assert words in page


@pytest.mark.django_db
def test_not_being_allowed_is_403():
    assert refused_page(NotAllowed("Bukan tugas Anda.")).status_code == 403


@pytest.mark.django_db
def test_what_the_reader_typed_is_shown_not_run():
    assert b"<script>" not in refused_page(Refused("<script>")).content


def test_other_mistakes_are_not_hidden():
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.parametrize(
    ("cookie", "language"), [("", "id"), ("en", "en"), ("id", "id"), ("xx", "id"), ("../en", "id")]
)
def test_indonesian_unless_a_language_was_chosen(cookie, language):
    request = RequestFactory().get("/", headers={"accept-language": "en-US,en;q=0.9"})
    request.COOKIES["django_language"] = cookie
    answer = ChosenLanguageMiddleware(lambda _request: HttpResponse(get_language()))(request)
    assert answer.content.decode() == language
    assert answer.headers["Content-Language"] == language
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html", "500.html"])
def test_pages_for_failures_ask_nothing_of_database_or_session(name):
    with PLAIN:
        page = render_to_string(name)
    assert "<h1" in page
    assert 'href="/"' in page
