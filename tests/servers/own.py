"""For runs outside of pytest: a database, a data folder and a Dovecot of their own, gone afterwards."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.servers.dovecot import Dovecot


@contextlib.contextmanager
def own_servers() -> Iterator[Dovecot]:
    """The database stands beside the configured one."""
    kept = settings.DATABASES["default"]["NAME"]
    with (
        tempfile.TemporaryDirectory(prefix="kd-") as place,
        tempfile.TemporaryDirectory() as folder,
    ):
        _work_in(Path(folder))
        Path(place).chmod(0o755)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        server = Dovecot(Path(place))
        try:
            server.start()
            settings.MAIL_CA_FILE = str(server.authority)
            yield server
        finally:
            server.stop()
            connection.creation.destroy_test_db(kept, verbosity=0)


def _work_in(folder: Path) -> None:
    settings.DATA, settings.FILES = folder, folder / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.FILES, "file_permissions_mode": 0o600},
        },
    }
