"""Several pasted lines at once: each is answered on its own, and all are declared or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kanal.directory.models import Unit, User
from kanal.lib.fields import said
from kanal.lib.refusal import Refused
from kanal.networks.handles import Handle
from kanal.register.actions import declare
from kanal.register.models import Account
from kanal.register.reading import AccountRefused, read_handle

# Refusals of a bare name, which the chosen network can answer.
NEEDS_NETWORK = {"no-network", "email"}


@dataclass
class Line:
    """One pasted line: what was read in it, or why not."""

    text: str
    network: str | None = None
    handle: Handle | None = None
    refused: str = ""

    @property
    def read(self) -> str:
        return self.handle.url if self.handle else ""


def read_lines(texts: list[str], network: str) -> list[Line]:
    return [_read(text, network) for text in texts]


def _read(text: str, network: str) -> Line:
    """A link says its own network; the chosen one answers only for bare names."""
    try:
        return Line(text, handle=read_handle(text))
    except AccountRefused as refused:
        if not network or refused.code not in NEEDS_NETWORK:
            return Line(text, refused=said(refused))
    try:
        return Line(text, network=network, handle=read_handle(text, network))
    except AccountRefused as refused:
        return Line(text, network=network, refused=said(refused))


def declare_lines(*, unit: Unit, lines: list[Line], by: User, today: date) -> list[Account]:
    """The declared accounts, or none, with `refused` filled in on the lines at fault."""
    if any(line.refused for line in lines):
        return []
    with transaction.atomic():
        made = [account for line in lines if (account := _one(unit, line, by, today))]
        if len(made) < len(lines):
            transaction.set_rollback(True)
            return []
    return made


def _one(unit: Unit, line: Line, by: User, today: date) -> Account | None:
    try:
        with transaction.atomic():
            return declare(unit=unit, text=line.text, network=line.network, by=by, today=today)
    except Refused as refused:
        line.refused = said(refused)
        return None
