"""The row of states above a list: what each is called and how many stand there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Chip:
    key: str
    label: str | Promise
    count: int
