"""A proof that one row stands in the journal, checked without the database. Pure.

The document holds the row's columns as PostgreSQL prints them, its place and neighbours in the
seal's tree, and the seal's signed head.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kanal.journal import canonical, heads, merkle

FORM = "kanal.journal.proof.v1"


def document(
    *, columns: Mapping[str, str | None], index: int, size: int, path: list[bytes], head: heads.Head
) -> dict[str, Any]:
    return {
        "form": FORM,
        "entry": dict(columns),
        "index": index,
        "size": size,
        "path": [step.hex() for step in path],
        "seal": head.as_dict(),
    }


def holds(proof: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey]) -> bool:
    """Whether the row in `proof` is under a head signed by one of `keys` (by fingerprint)."""
    head = heads.from_dict(proof["seal"])
    values = [proof["entry"][name] for name in canonical.ENTRY_COLUMNS]
    is_inside = merkle.verify_inclusion(
        leaf=canonical.entry_leaf(values),
        index=proof["index"],
        size=proof["size"],
        path=[bytes.fromhex(step) for step in proof["path"]],
        root=bytes.fromhex(head.root or ""),
    )
    is_sized = str(proof["size"]) == proof["seal"]["count"]
    return is_inside and is_sized and is_genuine(head, keys)


def is_genuine(head: heads.Head, keys: Mapping[str, Ed25519PublicKey]) -> bool:
    """The head's hash is that of its fields, and a known key signed them."""
    key = keys.get(head.key)
    if key is None or head.hash != canonical.head_hash(head.signed):
        return False
    try:
        key.verify(head.signature, head.signed)
    except InvalidSignature:
        return False
    return True
