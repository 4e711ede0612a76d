"""A mailbox opened with OAuth2 (XOAUTH2) on a real Dovecot, which asks the provider whose token it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from kanal.intake import mail_fetching
from kanal.post.actions import try_mailbox
from kanal.post.models import Mailbox, SignIn
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mailbox, an_administrator, numbered, stands
from tests.servers.provider import CLIENT, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def server(dovecot_server: Dovecot, provider: Provider, settings: Settings) -> Iterator[Dovecot]:
    """Beside the common one, which only says that Dovecot is installed."""
    with tempfile.TemporaryDirectory(prefix="kd-") as folder:
        Path(folder).chmod(0o755)
        server = Dovecot(Path(folder), tokens_at=f"http://127.0.0.1:{provider.port}/whose")
        server.start()
        settings.MAIL_CA_FILE = str(server.authority)
        yield server
        server.stop()


def a_box(server: Dovecot, provider: Provider) -> Mailbox:
    return a_mailbox(
        server,
        secret=provider.refresh,
        sign_in=SignIn.OAUTH2,
        client_id=CLIENT,
        client_secret=CLIENT_SECRET,
        token_endpoint=provider.address,
    )


def test_mail_is_fetched_with_a_token_and_a_replaced_refresh_token_is_kept(
    server: Dovecot, provider: Provider
) -> None:
    box = a_box(server, provider)
    server.append(*numbered(3))
    assert mail_fetching.fetch(box) == 3
    stands(server, mails=3)
    box.refresh_from_db()
    assert box.opened_secret == provider.refresh == "penyegar-1"
    assert mail_fetching.fetch(box) == 0
    assert box.problem == ""


def test_a_permission_withdrawn_is_said_and_nothing_is_tried_with_a_password(
    server: Dovecot, provider: Provider
) -> None:
    box = a_box(server, provider)
    provider.refresh = "ditarik"
    failed = try_mailbox(box=box, by=an_administrator())
    assert failed is not None
    assert (failed.code, failed.detail) == ("token", "400 invalid_grant")


def test_a_token_the_mail_server_does_not_believe_is_a_failed_sign_in(
    server: Dovecot, provider: Provider
) -> None:
    box = a_box(server, provider)
    provider.user = "kedua"
    failed = try_mailbox(box=box, by=an_administrator())
    assert failed is not None
    assert failed.code == "sign_in"
