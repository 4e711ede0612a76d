"""Real servers on loopback. Not installed: skipped with the reason, but never where KANAL_CI=1."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import dovecot
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Post


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "servers: needs real servers beside PostgreSQL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("servers")


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    if reason := dovecot.missing():
        if os.environ.get("KANAL_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # A short path: sockets may not have longer ones.
    with tempfile.TemporaryDirectory(prefix="kd-") as folder:
        Path(folder).chmod(0o755)
        server = Dovecot(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def imap_server(dovecot_server: Dovecot) -> Dovecot:
    """With empty folders."""
    for user in dovecot.USERS:
        with dovecot_server.client(user) as client:
            if int(client.select()[1][0] or 0):
                client.store("1:*", "+FLAGS", r"(\Deleted)")
                client.expunge()
    return dovecot_server


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()
    post.start()
    yield post
    post.stop()
