"""The exact bytes that are hashed and signed. Pure: the verifier and any other machine use it.

Every value is written with its length, so no two different rows have the same bytes:

    kanal.journal.entry.v1
    id 2 17
    verb 13 accept-letter
    letter -            (nothing at all, which differs from the empty text "letter 0 ")

Values are PostgreSQL's own text forms: jsonb as it prints itself, an instant as seconds since 1970.
The trigger of migration 0002 builds the same bytes inside the database; a test holds them equal.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from kanal.journal import merkle

ENTRY_FORM = "kanal.journal.entry.v1"
ENTRY_COLUMNS = (
    "id",
    "government",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "subject",
    "unit",
    "letter",
    "before",
    "after",
    "note",
)

HEAD_FORM = "kanal.journal.head.v1"
HEAD_FIELDS = ("number", "previous", "root", "count", "first", "last", "total", "at", "key")
NO_HEAD = bytes(merkle.SIZE)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def entry_bytes(values: Sequence[str | None]) -> bytes:
    """`values` in the order of ENTRY_COLUMNS, each as PostgreSQL prints it."""
    return _written(ENTRY_FORM, ENTRY_COLUMNS, values)


def entry_leaf(values: Sequence[str | None]) -> bytes:
    return merkle.hash_leaf(entry_bytes(values))


def head_bytes(values: Sequence[str | None]) -> bytes:
    """What a seal signs; `values` in the order of HEAD_FIELDS, hashes in hexadecimal."""
    return _written(HEAD_FORM, HEAD_FIELDS, values)


def head_hash(signed: bytes) -> bytes:
    """Marked 0x02, so a head can never pass for a leaf or a joint of a tree."""
    return sha256(b"\x02" + signed).digest()


def instant_text(instant: datetime) -> str:
    """Seconds since 1970 with six decimals, as `extract(epoch from ...)` prints them."""
    microseconds = (instant - _EPOCH) // timedelta(microseconds=1)
    sign = "-" if microseconds < 0 else ""
    whole, part = divmod(abs(microseconds), 1_000_000)
    return f"{sign}{whole}.{part:06d}"


def _written(form: str, names: Sequence[str], values: Sequence[str | None]) -> bytes:
    parts = [form]
    for name, value in zip(names, values, strict=True):
        if value is None:
            parts.append(f"{name} -")
        else:
            size = len(value) if value.isascii() else len(value.encode())
            parts.append(f"{name} {size} {value}")
    return "\n".join([*parts, ""]).encode()
