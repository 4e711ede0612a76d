"""At the counter: pages filled in as their forms stand, and what is kept in files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.walls.ledger import Ledger, everything
from tests.walls.page_forms import deeds_of

# Uploads of a form that is still open; what nobody comes back for is swept away.
WAITING = "tunggu"


@dataclass(frozen=True)
class Before:
    """What stood in the tables and in the store."""

    rows: Ledger
    files: list[str]


def before() -> Before:
    return Before(everything(), kept_files())


def kept_files(folder: str = "") -> list[str]:
    if not default_storage.exists(folder or "."):
        return []
    folders, names = default_storage.listdir(folder)
    here = [f"{folder}/{name}" for name in names]
    return here + [
        path
        for name in folders
        if f"{folder}/{name}".strip("/") != WAITING
        for path in kept_files(f"{folder}/{name}".strip("/"))
    ]


def send(
    client: Client,
    path: str,
    *,
    button: str = "",
    files: Sequence[UploadedFile] = (),
    **typed: Any,
) -> HttpResponse:
    """Fills in the page's own form and presses that button; `typed` is by a field's last name."""
    shown = client.get(path).content.decode()
    deeds = [deed for deed in deeds_of(shown, path, {}) if "/akun-saya/" not in deed.path]
    deed = next(d for d in deeds if not button or (d.button and button in d.button))
    data: dict[str, Any] = dict(deed.values)
    for name, value in typed.items():
        known = [key for key in data if key.rsplit("-", 1)[-1] == name]
        data[known[0] if known else name] = value
    if files:
        data[deed.files[0]] = list(files)
    answer: HttpResponse = client.post(deed.path, data)
    return answer
