"""Does the journal still say what was sealed? Recomputes everything; memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from kanal.journal import canonical, inclusion, merkle
from kanal.journal.heads import Head, LineUnreadable, stream
from kanal.journal.stored import ENTRY, Sealed, rows_of, seals_in_groups
from kanal.lib.refusal import Words

_STRAYS_SHOWN = 100
_GUARDS = ("journal_entry_arrives", "journal_entry_stays", "journal_seal_stays")

_STRAYS = """
    SELECT e.id FROM journal_entry e
    WHERE NOT EXISTS (SELECT FROM journal_waiting w WHERE w.entry_id = e.id)
      AND NOT EXISTS (
        SELECT FROM (SELECT unnest(ids) AS id FROM journal_seal) s WHERE s.id = e.id)
    ORDER BY e.id
"""

Keys = Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True)
class Finding:
    """`kind` is a fixed word for machines; `where` and `what` are for people."""

    kind: str
    where: Words
    what: Words


@dataclass
class Check:
    """One walk over the journal. Read the counts after `findings()` has run out."""

    keys: Keys
    heads: Path | None = None
    seals: int = 0
    sealed: int = 0
    waiting: int = 0
    exported: int = 0
    present: int = 0  # rows met under a seal or waiting
    _exported: Iterator[Head] = field(default_factory=lambda: iter(()), init=False)
    _exported_next: Head | None = field(default=None, init=False)

    def findings(self) -> Iterator[Finding]:
        # The file first: heads exported while we read must not look like a cut tail.
        if self.heads is not None:
            self._exported = stream(self.heads, self.heads.stat().st_size)
            yield from self._step_exported()
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost:
                _take_one_picture()
            yield from _guards()
            yield from self._walk_seals()
            yield from self._walk_waiting()
            yield from self._look_for_strays()

    def _walk_seals(self) -> Iterator[Finding]:
        before: Head | None = None
        for seals in seals_in_groups():
            rows = rows_of(row_id for seal in seals for row_id in seal.ids)
            for seal in seals:
                yield from _compare_chain(before, seal)
                yield from _compare_seal(seal, self.keys)
                yield from self._compare_rows(seal, rows)
                yield from self._compare_exported(seal.head)
                before = seal.head
                self.seals += 1
        yield from self._rest_of_exported()

    def _compare_rows(
        self, seal: Sealed, rows: dict[int, tuple[bytes, bytes]]
    ) -> Iterator[Finding]:
        places = set(seal.leaves)
        for row_id, leaf in zip(seal.ids, seal.leaves, strict=False):
            self.sealed += 1
            row = rows.get(row_id)
            if row is None:
                yield _row("deleted", row_id, seal, _("dihapus setelah disegel"))
                continue
            self.present += 1
            kept, computed = row
            if computed != leaf and computed in places:
                yield _row("moved", row_id, seal, _("isinya milik tempat lain dalam segel"))
            elif computed != leaf:
                yield _row("edited", row_id, seal, _("isinya diubah setelah disegel"))
            elif kept != leaf:
                yield _row("edited", row_id, seal, _("kolom hash-nya diubah"))

    def _compare_exported(self, head: Head) -> Iterator[Finding]:
        """Both run by number; the file may begin later or end earlier, but not differ."""
        while self._exported_next is not None and self._exported_next.number <= head.number:
            exported = self._exported_next
            self.exported += 1
            yield from self._step_exported()
            if exported != head:
                self._exported = iter(())
                self._exported_next = None
                yield Finding(
                    "exported",
                    _("segel %(number)s") % {"number": exported.number},
                    _("berbeda dari kepala yang diekspor: jurnal ditulis ulang"),
                )

    def _rest_of_exported(self) -> Iterator[Finding]:
        first, missing = self._exported_next, 0
        while self._exported_next is not None:
            missing += 1
            yield from self._step_exported()
        if first is not None:
            yield Finding(
                "cut",
                _("setelah segel %(number)s") % {"number": first.number - 1},
                _(
                    "%(count)s segel yang pernah diekspor tidak ada lagi: ekor jurnal dipotong, "
                    "atau cadangan lama dipulihkan"
                )
                % {"count": missing},
            )

    def _step_exported(self) -> Iterator[Finding]:
        self._exported_next = None
        try:
            self._exported_next = next(self._exported, None)
        except LineUnreadable as mistake:
            yield Finding(
                "exported",
                _("berkas kepala, baris %(number)s") % {"number": mistake.number},
                _("tidak terbaca sebagai kepala jurnal"),
            )

    def _walk_waiting(self) -> Iterator[Finding]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                f"SELECT w.entry_id, e.leaf, {ENTRY} FROM journal_waiting w"
                " LEFT JOIN journal_entry e ON e.id = w.entry_id ORDER BY w.entry_id"
            )
            for waiting_id, leaf, *columns in cursor:
                where = _("baris %(id)s") % {"id": waiting_id}
                if columns[0] is None:
                    yield Finding("deleted", where, _("dihapus sebelum disegel"))
                    continue
                self.waiting += 1
                self.present += 1
                if bytes(leaf or b"") != canonical.entry_leaf(columns):
                    yield Finding("edited", where, _("isinya diubah sebelum disegel"))

    def _look_for_strays(self) -> Iterator[Finding]:
        strays = 0
        _never_loop_within_loop()
        with connection.chunked_cursor() as cursor:
            cursor.execute(_STRAYS)
            for (row_id,) in cursor:
                strays += 1
                if strays <= _STRAYS_SHOWN:
                    yield Finding(
                        "stray",
                        _("baris %(id)s") % {"id": row_id},
                        _(
                            "tidak ada di segel mana pun dan tidak menunggu: disisipkan, atau "
                            "segelnya dibuang"
                        ),
                    )
        there = _count_entries()
        if there != self.present + strays:
            yield Finding(
                "count",
                _("seluruh jurnal"),
                _("%(there)s baris ada, tetapi segel dan antrean menyebut %(said)s")
                % {"there": there, "said": self.present + strays},
            )


def _take_one_picture() -> None:
    """The sealer goes on working; we look at one instant."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _never_loop_within_loop() -> None:
    """Without fresh statistics the planner may compare every row with every sealed number."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")


def _guards() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname = ANY(%s) AND tgenabled <> 'D'",
            [list(_GUARDS)],
        )
        awake = {name for (name,) in cursor.fetchall()}
    for name in _GUARDS:
        if name not in awake:
            yield Finding(
                "guard",
                _("pemicu %(name)s") % {"name": name},
                _("dimatikan atau dibuang: basis data tidak lagi menolak perubahan jurnal"),
            )


def _compare_chain(before: Head | None, seal: Sealed) -> Iterator[Finding]:
    expected = before.number + 1 if before else 1
    where = _("segel %(number)s") % {"number": seal.number}
    if seal.number != expected:
        yield Finding(
            "gap", where, _("segel %(number)s hilang sebelum segel ini") % {"number": expected}
        )
    elif seal.head.previous != (before.hash if before else canonical.NO_HEAD).hex():
        yield Finding("chain", where, _("tidak menyambung ke kepala segel sebelumnya"))
    elif _total(seal.head) != (_total(before) if before else 0) + len(seal.ids):
        yield Finding("chain", where, _("jumlah barisnya tidak melanjutkan segel sebelumnya"))


def _total(head: Head) -> int:
    return int(dict(zip(canonical.HEAD_FIELDS, head.values, strict=True))["total"] or 0)


def _compare_seal(seal: Sealed, keys: Keys) -> Iterator[Finding]:
    where = _("segel %(number)s") % {"number": seal.number}
    if seal.head.key not in keys:
        yield Finding(
            "key",
            where,
            _("ditandatangani kunci %(key)s yang tidak dikenal") % {"key": seal.head.key},
        )
    elif not inclusion.is_genuine(seal.head, keys):
        yield Finding("signature", where, _("kepala atau tanda tangannya diubah"))
    if merkle.root(seal.leaves).hex() != seal.head.root:
        yield Finding("root", where, _("daftar hash barisnya tidak cocok dengan akarnya"))
    fields = dict(zip(canonical.HEAD_FIELDS, seal.head.values, strict=True))
    if fields["count"] != str(len(seal.ids)) or len(seal.leaves) != len(seal.ids):
        yield Finding("root", where, _("jumlah barisnya tidak cocok dengan daftarnya"))


def _row(kind: str, row_id: int, seal: Sealed, what: Words) -> Finding:
    where = _("baris %(id)s (segel %(number)s)") % {"id": row_id, "number": seal.number}
    return Finding(kind, where, what)


def _count_entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        return int(cursor.fetchone()[0])
