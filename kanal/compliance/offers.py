"""What rooms above offer on the board; they are named in `settings.BOARD_OFFERS`."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from kanal.compliance.listing import Line, Offer
from kanal.directory.models import User
from kanal.mandates.models import Mandate


class Room(Protocol):
    def on_board(self, *, user: User, mandate: Mandate, day: date, units: int) -> Offer | None: ...

    def on_row(self, *, user: User, line: Line) -> Offer | None: ...


@cache
def _rooms() -> tuple[Room, ...]:
    return tuple(cast("Room", import_module(name)) for name in settings.BOARD_OFFERS)


def on_board(*, user: User, mandate: Mandate, day: date, units: int) -> list[Offer]:
    given = (room.on_board(user=user, mandate=mandate, day=day, units=units) for room in _rooms())
    return [offer for offer in given if offer is not None]


def on_row(user: User, line: Line) -> tuple[Offer, ...]:
    given = (room.on_row(user=user, line=line) for room in _rooms())
    return tuple(offer for offer in given if offer is not None)
