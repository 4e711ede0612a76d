"""Joining new rows under a signed head, one sealer at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from kanal.journal import canonical, heads, merkle, signing
from kanal.journal.models import Seal, Waiting
from kanal.lib.refusal import Refused

BATCH = 4096
_LOCK = 0x6B616E616C  # any number nobody else takes for an advisory lock


class SealingKeyMissing(Refused):
    """This machine does not hold the key the last seal was signed with."""


class HeadsDisagree(Refused):
    """The exported heads tell of seals this database does not have."""


@dataclass(frozen=True)
class State:
    """For `doctor` and /sehat."""

    seals: int
    sealed_rows: int
    last_sealed: datetime | None
    waiting: int


def heads_file() -> Path:
    return Path(settings.DATA) / "journal-heads.jsonl"


def state() -> State:
    last = _last_seal()
    return State(
        seals=last.number if last else 0,
        sealed_rows=last.total if last else 0,
        last_sealed=last.at if last else None,
        waiting=Waiting.objects.count(),
    )


def seal(*, now: datetime, new_key: bool = False) -> int:
    """Seals every row that waits and exports the heads; returns how many rows were sealed.

    Returns 0 at once while another sealer works. Not inside a transaction: a head that left the
    machine must not be rolled back.
    """
    sealed = 0
    batch = BATCH
    while batch == BATCH:
        with transaction.atomic(durable=True):
            batch = _seal_batch(now, new_key) if _take_lock() else 0
        sealed += batch
        new_key = False
    with transaction.atomic(durable=True):
        if _take_lock():
            _export()
    return sealed


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _seal_batch(now: datetime, new_key: bool) -> int:
    rows = _waiting_leaves()
    if not rows:
        return 0
    last = _last_seal()
    _agree_with_exported()
    key = _key_after(last, new_key)
    ids = [row_id for row_id, _leaf in rows]
    leaves = [leaf for _id, leaf in rows]
    _seal_after(last, key, now, ids, leaves).save(force_insert=True)
    Waiting.objects.filter(entry_id__in=ids).delete()
    return len(ids)


def _waiting_leaves() -> list[tuple[int, bytes]]:
    """What waits and is there. A waiting number without its row stays, for the verifier to find.

    Only committed rows are visible here; one that commits later with a lower number waits for the
    next seal.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.leaf FROM journal_waiting w JOIN journal_entry e ON e.id = w.entry_id"
            " ORDER BY e.id LIMIT %s",
            [BATCH],
        )
        return [(row_id, bytes(leaf)) for row_id, leaf in cursor.fetchall()]


def _last_seal() -> Seal | None:
    return Seal.objects.defer("ids", "leaves").order_by("-number").first()


def _agree_with_exported() -> None:
    exported = heads.last(heads_file())
    if exported is None:
        return
    kept = Seal.objects.filter(number=exported.number).values_list("head", flat=True).first()
    if kept is None or bytes(kept) != exported.hash:
        raise HeadsDisagree(
            _("Basis data ini lebih tua daripada, atau berbeda dari, kepala jurnal yang diekspor."),
            kept=_("Baris jurnal baru tetap tersimpan dan menunggu disegel."),
            next_step=_(
                "Jalankan verify-journal. Jika basis data memang dipulihkan dari cadangan, "
                "simpan berkas journal-heads.jsonl yang lama sebagai bukti, lalu pindahkan dari "
                "folder data."
            ),
        )


def _key_after(last: Seal | None, new_key: bool) -> Ed25519PrivateKey:
    key = signing.read_key()
    if key is None and (last is None or new_key):
        return signing.make_key()
    if key is None:
        raise _key_missing()
    is_same = last is None or last.key == signing.fingerprint(key.public_key())
    if not is_same and not new_key:
        raise _key_missing()
    return key


def _key_missing() -> SealingKeyMissing:
    return SealingKeyMissing(
        _("Kunci segel jurnal yang terakhir dipakai tidak ada di folder data mesin ini."),
        kept=_("Baris jurnal baru tetap tersimpan dan menunggu disegel."),
        next_step=_(
            "Kembalikan journal-key.pem dari cadangan. Jika kunci itu hilang, mulai kunci baru "
            "dengan: kanal seal-journal --new-key"
        ),
    )


def _seal_after(
    last: Seal | None, key: Ed25519PrivateKey, now: datetime, ids: list[int], leaves: list[bytes]
) -> Seal:
    seal = Seal(
        number=last.number + 1 if last else 1,
        previous=bytes(last.head) if last else canonical.NO_HEAD,
        root=merkle.root(leaves),
        count=len(ids),
        first=min(ids),
        last=max(ids),
        total=(last.total if last else 0) + len(ids),
        at=now,
        key=signing.fingerprint(key.public_key()),
        ids=ids,
        leaves=b"".join(leaves),
    )
    signed = canonical.head_bytes(_head_values(seal))
    seal.head = canonical.head_hash(signed)
    seal.signature = key.sign(signed)
    return seal


def _head_values(seal: Seal) -> tuple[str, ...]:
    return (
        str(seal.number),
        bytes(seal.previous).hex(),
        bytes(seal.root).hex(),
        str(seal.count),
        str(seal.first),
        str(seal.last),
        str(seal.total),
        canonical.instant_text(seal.at),
        seal.key,
    )


def _export() -> int:
    """Every seal the file does not have yet: also those a crash kept from being exported."""
    path = heads_file()
    exported = heads.last(path)
    since = exported.number if exported else 0
    seals = Seal.objects.filter(number__gt=since).order_by("number").defer("ids", "leaves")
    if not seals.exists():
        return 0
    return heads.append(
        path,
        (
            heads.Head(_head_values(seal), bytes(seal.head), bytes(seal.signature))
            for seal in seals.iterator(chunk_size=1000)
        ),
    )
