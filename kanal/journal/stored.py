"""Reading the journal's tables as PostgreSQL prints them, in bounded pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kanal.journal import canonical, heads, inclusion, merkle
from kanal.lib.refusal import Refused

_SEALS_AT_ONCE = 16
_ROWS_AT_ONCE = 5000

ENTRY = (
    "e.id::text, e.government::text, extract(epoch from e.at)::text, e.actor_id::text,"
    " e.actor_name, e.verb, e.subject, e.unit, e.letter, e.before::text, e.after::text, e.note"
)
SEAL = (
    "s.number::text, encode(s.previous, 'hex'), encode(s.root, 'hex'), s.count::text,"
    " s.first::text, s.last::text, s.total::text, extract(epoch from s.at)::text, s.key,"
    " s.head, s.signature, s.ids, s.leaves"
)


class NotInJournal(Refused):
    """No row has that number."""


class NotSealedYet(Refused):
    """The row waits for its seal, so there is nothing to prove it by yet."""


@dataclass(frozen=True)
class Sealed:
    head: heads.Head
    ids: list[int]
    leaves: list[bytes]

    @property
    def number(self) -> int:
        return self.head.number


def prove(entry_id: int) -> dict[str, Any]:
    """The document `inclusion.holds` checks. Raises NotInJournal or NotSealedYet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ENTRY} FROM journal_entry e WHERE e.id = %s", [entry_id])
        columns = cursor.fetchone()
        cursor.execute(
            f"SELECT {SEAL} FROM journal_seal s"
            " WHERE s.last >= %s AND s.first <= %s AND %s = ANY(s.ids) ORDER BY s.number LIMIT 1",
            [entry_id, entry_id, entry_id],
        )
        found = cursor.fetchone()
    if columns is None:
        raise NotInJournal(_("Tidak ada baris jurnal bernomor %(id)s.") % {"id": entry_id})
    if found is None:
        raise NotSealedYet(
            _("Baris jurnal %(id)s belum disegel.") % {"id": entry_id},
            next_step=_("Tunggu beberapa detik, atau jalankan: kanal seal-journal"),
        )
    seal = _sealed(found)
    index = seal.ids.index(entry_id)
    return inclusion.document(
        columns=dict(zip(canonical.ENTRY_COLUMNS, columns, strict=True)),
        index=index,
        size=len(seal.leaves),
        path=merkle.inclusion_path(seal.leaves, index),
        head=seal.head,
    )


def seals_in_groups() -> Iterator[list[Sealed]]:
    """Neighbouring seals together, so that quiet days do not cost one query a seal."""
    group: list[Sealed] = []
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {SEAL} FROM journal_seal s ORDER BY s.number")
        while rows := cursor.fetchmany(_SEALS_AT_ONCE):
            for row in rows:
                group.append(_sealed(row))
                if sum(len(seal.ids) for seal in group) >= _ROWS_AT_ONCE:
                    yield group
                    group = []
    if group:
        yield group


def _sealed(row: tuple[Any, ...]) -> Sealed:
    *values, head, signature, ids, leaves = row
    blob = bytes(leaves or b"")
    return Sealed(
        head=heads.Head(tuple(values), bytes(head or b""), bytes(signature or b"")),
        ids=list(ids or []),
        leaves=[blob[i : i + merkle.SIZE] for i in range(0, len(blob), merkle.SIZE)],
    )


def rows_of(ids: Iterable[int]) -> dict[int, tuple[bytes, bytes]]:
    """By number: the hash kept in the row, and the hash its columns have now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id, e.leaf, {ENTRY} FROM journal_entry e WHERE e.id = ANY(%s::bigint[])",
            [list(ids)],
        )
        return {
            row_id: (bytes(leaf or b""), canonical.entry_leaf(columns))
            for row_id, leaf, *columns in cursor
        }
