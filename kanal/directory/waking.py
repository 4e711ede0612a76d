"""Rooms above count offices. They are woken by a job's name, because imports point down."""

from __future__ import annotations

from kanal.lib.waking import wake

BOARD = "compliance.rebuild"


def wake_the_board() -> None:
    """Offices opened, closed or moved: the board is composed anew once this is committed.

    One waiting job answers for any number of changes. A lost one is made good every night.
    """
    wake(BOARD)
