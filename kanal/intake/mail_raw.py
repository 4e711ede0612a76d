"""A mail's bytes on disk before anything else happens to it, and the key its copies share."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kanal.paper.mailcodes import Headers

FOLDER = "surel"
_SAID_BY_SENDER = ("from", "to", "cc", "subject", "date", "message-id", "content-type")
_PIECE = 1 << 20
_HEAD = re.compile(rb"\r?\n\r?\n|\A\r?\n")


@dataclass(frozen=True)
class KeptMail:
    kept_as: str
    sha256: str
    size: int


def keep_raw(*raws: bytes) -> list[KeptMail]:
    """On disk, folder entries too, when this returns. The same bytes share one file.

    Named by their hash: a file left behind by a crash is found again, not written twice.
    """
    kept = [_named(raw) for raw in raws]
    folders: set[Path] = set()
    for raw, each in zip(raws, kept, strict=True):
        try:
            path = Path(default_storage.path(each.kept_as))
        except NotImplementedError:  # a storage elsewhere, durable by itself
            if not default_storage.exists(each.kept_as):
                default_storage.save(each.kept_as, ContentFile(raw))
        else:
            folders |= _write(path, raw)
    for folder in folders:
        _sync(folder)
    return kept


def _named(raw: bytes) -> KeptMail:
    digest = hashlib.sha256(raw).hexdigest()
    return KeptMail(f"{FOLDER}/{digest[0]}/{digest}.eml", digest, len(raw))


def _write(path: Path, raw: bytes) -> set[Path]:
    """The file's bytes on disk; returns the folders whose entries are not there yet.

    Only a finished file has its name: it is renamed into place.
    """
    folder, waiting = path.parent, path.parent / f".{uuid4().hex}"
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == len(raw):
            return {folder}  # perhaps renamed just before a crash: its entry is synced anew
    folders = {folder}
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders |= {folder.parent, folder.parent.parent}
    try:
        with open(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(path)
    except OSError:
        waiting.unlink(missing_ok=True)
        raise
    return folders


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_raw(kept_as: str) -> bytes:
    with default_storage.open(kept_as) as file:
        data: bytes = file.read()
    return data


def head_of(raw: bytes) -> bytes:
    found = _HEAD.search(raw, 0, 1 << 19)
    return raw[: found.start()] if found else raw[: 1 << 19]


def content_key(raw: bytes, *, size: int | None = None) -> str:
    """What the sender wrote, without the lines servers put on top: hex SHA-256.

    `size` for a mail of which only the header was fetched: it stands for the body then.
    """
    head = head_of(raw)
    headers = Headers.read(head, most=1000)
    digest = hashlib.sha256()
    for name in _SAID_BY_SENDER:
        for value in headers.all(name):
            digest.update(f"{name}:{' '.join(value.split())}\n".encode("utf-8", "replace"))
    digest.update(b"\n")
    for block in _lines(raw, len(head)) if size is None else [str(size).encode()]:
        digest.update(block)
    return digest.hexdigest()


def _lines(raw: bytes, start: int) -> Iterator[bytes]:
    """The body with bare line ends and no empty lines around it, a piece at a time: a mail may

    be large, and a copy of it is as large.
    """
    held, begun = 0, False
    while start < len(raw):
        end = min(start + _PIECE, len(raw))
        end += raw.startswith(b"\n", end) and raw.endswith(b"\r", start, end)
        piece = raw[start:end].replace(b"\r\n", b"\n")
        bare = piece.rstrip(b"\n")
        if bare:
            yield b"\n" * held + bare if begun else bare.lstrip(b"\n")
            begun, held = True, 0
        held += len(piece) - len(bare)
        start = end
