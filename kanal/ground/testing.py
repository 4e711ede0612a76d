"""A pytest plugin: one throwaway server for the whole run, unless DATABASE_URL names another.

Named in pyproject's addopts, so that it stands before pytest-django reads the settings.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from kanal.ground import places
from kanal.ground.postgres import Server
from kanal.lib import env

# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
}
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
_OPEN = pytest.StashKey[tuple[Path, Server | None]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    folder = Path(tempfile.mkdtemp(prefix="kanal-test-"))
    data = folder / "data"
    folder.chmod(0o711)  # as root the server runs under another account
    (data / "static").mkdir(mode=0o700, parents=True)
    os.environ["KANAL_DATA"] = str(data)
    os.environ["KANAL_STATIC_STORAGE"] = PLAIN_STATIC
    server = None
    if not env.text("DATABASE_URL"):
        server = Server(places.prepare(data), choice=env.text("KANAL_PG_BIN"), settings=FAST)
        server.start()
        os.environ["DATABASE_URL"] = server.url
    early_config.stash[_OPEN] = (folder, server)
    try:
        return (yield)
    except BaseException:
        _close(folder, server)
        raise


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if _OPEN in config.stash:
        _close(*config.stash[_OPEN])


def _close(folder: Path, server: Server | None) -> None:
    if server is not None:
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)
