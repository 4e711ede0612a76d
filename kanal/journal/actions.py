"""Writing the journal. Called inside the transaction of the change it tells of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction

from kanal.journal.models import Entry

Facts = Mapping[str, Any] | None

_BULK = 1000


class Actor(Protocol):
    @property
    def pk(self) -> int | None: ...

    @property
    def name(self) -> str: ...

    @property
    def journal_name(self) -> str: ...


@dataclass(frozen=True)
class Machine:
    """Work nobody clicked for: sweeps, imports at start, expiry."""

    journal_name: str
    pk: int | None = None

    @property
    def name(self) -> str:
        """As rows name whoever did something, users and machines alike."""
        return self.journal_name


SYSTEM = Machine("Kanal")


class OutsideTransaction(Exception):
    """A journal row without a transaction could tell of a change that was rolled back."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One row to be, for `record_many`."""

    verb: str
    government: int | None = None
    subject: str = ""
    unit: str = ""
    letter: str = ""
    before: Facts = None
    after: Facts = None
    note: str = ""


def record(
    *,
    verb: str,
    by: Actor,
    government: int | None = None,
    subject: str = "",
    unit: str = "",
    letter: str = "",
    before: Facts = None,
    after: Facts = None,
    note: str = "",
) -> Entry:
    _stand_in_transaction()
    deed = Deed(
        verb=verb,
        government=government,
        subject=subject,
        unit=unit,
        letter=letter,
        before=before,
        after=after,
        note=note,
    )
    entry = _row(by, deed)
    entry.save(force_insert=True)
    return entry


def record_many(*, by: Actor, deeds: Iterable[Deed]) -> int:
    """Rows for many changes of one transaction; returns how many were written."""
    _stand_in_transaction()
    rows = [_row(by, deed) for deed in deeds]
    Entry.objects.bulk_create(rows, batch_size=_BULK)
    return len(rows)


def _stand_in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("call journal.actions.record inside transaction.atomic()")


def _row(by: Actor, deed: Deed) -> Entry:
    return Entry(
        government=deed.government,
        actor_id=by.pk,
        actor_name=by.journal_name,
        verb=deed.verb,
        subject=deed.subject,
        unit=deed.unit,
        letter=deed.letter,
        before=deed.before,
        after=deed.after,
        note=deed.note,
    )
