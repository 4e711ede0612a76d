"""Files already uploaded for a letter that is not yet submitted.

A browser can't keep a chosen file when a form comes back with a mistake, and 5 MB on a slow line
is not sent twice. So an accepted upload waits here, under the session that sent it and the form's
own ticket. What nobody comes back for is swept away (see jobs.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string

from kanal.lib.files import PDF
from kanal.readings import sheets
from kanal.readings.gate import keep_inspected

FOLDER = "tunggu"
_KEY = "surat-tunggu"
_TICKETS_AT_MOST = 8
FILES_AT_MOST = 10


@dataclass(frozen=True)
class Waiting:
    name: str
    kept_as: str
    size: int
    media_type: str
    is_evidence: bool

    @property
    def pages(self) -> range:
        """Those that have a picture to show beside the form."""
        return sheets.page_numbers(self.kept_as) if self.media_type == PDF else range(0)


def new_ticket() -> str:
    return get_random_string(16)


class Pending:
    """The waiting files of one form, as its session remembers them."""

    def __init__(self, session: SessionBase, ticket: str) -> None:
        self.session, self.ticket = session, ticket

    @property
    def files(self) -> list[Waiting]:
        return [Waiting(**row) for row in self._tickets.get(self.ticket, [])]

    @property
    def _tickets(self) -> dict[str, list[dict[str, Any]]]:
        tickets: dict[str, list[dict[str, Any]]] = self.session.get(_KEY, {})
        return tickets

    def add(self, upload: UploadedFile[Any], *, is_evidence: bool) -> None:
        """Raises FileMistake; the files that came before stay."""
        kept = keep_inspected(upload, FOLDER)
        name = PurePosixPath(upload.name or "").name[:200]
        row = Waiting(name, kept.name, kept.size, kept.media_type, is_evidence)
        self._write([*self.files, row])

    @property
    def letter(self) -> Waiting | None:
        """The first file that is the letter itself."""
        return next((file for file in self.files if not file.is_evidence), None)

    @property
    def letter_number(self) -> int:
        return next(n for n, file in enumerate(self.files) if not file.is_evidence)

    def drop(self, kept_as: str) -> None:
        gone = [row for row in self.files if row.kept_as == kept_as]
        self._write([row for row in self.files if row.kept_as != kept_as])
        _delete(gone)

    def clear(self) -> None:
        """The letter is in; its files stand in their own place now."""
        files = self.files
        self._write([])
        _delete(files)

    def _write(self, files: list[Waiting]) -> None:
        tickets = {key: rows for key, rows in self._tickets.items() if key != self.ticket}
        if files:
            tickets[self.ticket] = [asdict(row) for row in files]
        for old in list(tickets)[:-_TICKETS_AT_MOST]:
            del tickets[old]
        self.session[_KEY] = tickets

    @contextmanager
    def opened(self) -> Iterator[tuple[list[File[bytes]], list[File[bytes]]]]:
        """The letter's files and the evidence, under the names they were sent with."""
        piles: tuple[list[File[bytes]], list[File[bytes]]] = ([], [])
        with ExitStack() as stack:
            for row in self.files:
                file = stack.enter_context(default_storage.open(row.kept_as))
                piles[row.is_evidence].append(File(file, name=row.name))
            yield piles


def _delete(files: Iterable[Waiting]) -> None:
    for row in files:
        sheets.forget(row.kept_as)
        default_storage.delete(row.kept_as)


def sweep(*, before: datetime) -> int:
    """Removes what has waited since before that instant. Returns how many files went."""
    if not default_storage.exists(FOLDER):
        return 0
    folders = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[0]]
    return sum(_sweep_folder(folder, before) for folder in folders)


def _sweep_folder(folder: str, before: datetime) -> int:
    """Each upload has a folder of its own, which goes once it is empty and old."""
    names = default_storage.listdir(folder)[1]
    old = [
        f"{folder}/{name}"
        for name in names
        if default_storage.get_modified_time(f"{folder}/{name}") < before
    ]
    for path in old:
        default_storage.delete(path)
    if not names and default_storage.get_modified_time(folder) < before:
        default_storage.delete(folder)
    return len(old)
