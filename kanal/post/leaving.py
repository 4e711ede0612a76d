"""Asked as a message is about to leave: whether anybody should still get it.

Rooms above name their module by the kind of their messages in `settings.MAIL_ASKED_BEFORE`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from kanal.post.models import Outgoing


class Room(Protocol):
    def unwanted(self, message: Outgoing) -> str: ...


def unwanted(message: Outgoing) -> str:
    """Why it does not leave any more, as a code of words.py; empty when it may."""
    name = settings.MAIL_ASKED_BEFORE.get(message.kind)
    return cast("Room", import_module(name)).unwanted(message) if name else ""
