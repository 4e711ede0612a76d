"""Places and servers for the ground's stories; everything is stopped and removed afterwards."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kanal.ground import places
from kanal.ground.postgres import Server
from kanal.ground.testing import FAST
from kanal.lib import env


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder any account may walk into; pytest's own is closed to the server's account."""
    folder = Path(tempfile.mkdtemp(prefix="kanal-ground-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Prepare a data folder and give its server, not started."""
    servers: list[Server] = []

    def make(data: Path, *, choice: str = "", durable: bool = False) -> Server:
        chosen = choice or env.text("KANAL_PG_BIN")
        server = Server(places.prepare(data), choice=chosen, settings={} if durable else FAST)
        servers.append(server)
        return server

    yield make
    for server in servers:
        server.stop()
        if server.places.socket_folder.parent == Path("/tmp"):
            shutil.rmtree(server.places.socket_folder, ignore_errors=True)


@pytest.fixture
def without_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
