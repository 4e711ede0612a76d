"""The journal's Ed25519 key: made once, kept in the data folder, readable by its owner only."""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

_PEM_END = b"-----END PUBLIC KEY-----"


class KeyUnreadable(Exception):
    """A key file holds something else than an Ed25519 key."""


def key_file() -> Path:
    return Path(settings.DATA) / "journal-key.pem"


def public_file() -> Path:
    """Every public key this journal was ever signed with, one PEM block after another."""
    return Path(settings.DATA) / "journal-public.pem"


def fingerprint(public: Ed25519PublicKey) -> str:
    return sha256(public.public_bytes_raw()).hexdigest()[:16]


def read_key() -> Ed25519PrivateKey | None:
    path = key_file()
    if not path.exists():
        return None
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as mistake:
        raise KeyUnreadable(str(path)) from mistake
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable(str(path))
    return key


def make_key() -> Ed25519PrivateKey:
    """Never writes over a key that is there: FileExistsError."""
    key = Ed25519PrivateKey.generate()
    path = key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _append(path, pem, flags=os.O_EXCL, mode=0o600)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _append(public_file(), public, flags=0, mode=0o644)
    return key


def read_public(path: Path) -> dict[str, Ed25519PublicKey]:
    """The public keys in a file, by fingerprint."""
    keys = {}
    for block in path.read_bytes().split(_PEM_END)[:-1]:
        try:
            key = load_pem_public_key(block.lstrip() + _PEM_END + b"\n")
        except ValueError as mistake:
            raise KeyUnreadable(str(path)) from mistake
        if not isinstance(key, Ed25519PublicKey):
            raise KeyUnreadable(str(path))
        keys[fingerprint(key)] = key
    if not keys:
        raise KeyUnreadable(str(path))
    return keys


def _append(path: Path, content: bytes, *, flags: int, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | flags, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
