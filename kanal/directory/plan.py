"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kanal.directory.tables import Fault
from kanal.journal.actions import Actor

Change = tuple[str, str, str]


class RowState(StrEnum):
    NEW = "baru"
    CHANGED = "berubah"
    SAME = "tetap"
    WRONG = "salah"


@dataclass(frozen=True)
class PlannedRow:
    """`changes`: column, what is on record, what the file says."""

    number: int
    state: RowState
    title: str
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class Plan:
    rows: list[PlannedRow]
    remarks: list[str]

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.state.value for row in self.rows)

    @property
    def wrong(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.state == RowState.WRONG]

    @property
    def to_do(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.state in (RowState.NEW, RowState.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """What was shown; carrying out anything else is refused."""
        digest = hashlib.sha256()
        for row in self.rows:
            digest.update(repr((row.number, row.state.value, row.title, row.changes)).encode())
        return digest.hexdigest()

    def carry_out(self, *, by: Actor) -> None:
        raise NotImplementedError


def differing(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(change for change in changes if change[1] != change[2])
