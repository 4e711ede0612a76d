"""Certificates in words: whose, by whom, which algorithm. What they say is hostile text."""

from __future__ import annotations

import unicodedata

from asn1crypto import keys, x509  # type: ignore[import-untyped]

_LONGEST = 200
_SHORT_NAMES = {"rsassa_pkcs1v15": "RSA", "rsassa_pss": "RSA-PSS", "ecdsa": "ECDSA", "dsa": "DSA"}
_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


def plain(text: object) -> str:
    """One line without control or direction characters, cut at 200 letters."""
    kept = (c if unicodedata.category(c)[0] != "C" else " " for c in str(text)[: 4 * _LONGEST])
    return " ".join("".join(kept).split())[:_LONGEST]


def common_name(name: x509.Name) -> str:
    """The CN, or failing that whatever the name says."""
    return _part(name, "common_name") or plain(name.human_friendly)


def organisation(name: x509.Name) -> str:
    return _part(name, "organization_name")


def _part(name: x509.Name, key: str) -> str:
    """Of several, the last: the one nearest to the person."""
    said = name.native.get(key) or ""
    return plain(said[-1] if isinstance(said, list) else said)


def serial_of(certificate: x509.Certificate) -> str:
    """Hexadecimal in capitals, as certificate viewers print it."""
    return f"{certificate.serial_number:X}"[:64]


def algorithm_of(key: keys.PublicKeyInfo, mechanism: str, digest: str) -> str:
    """For example `ECDSA P-256, SHA-256` or `RSA 2048, SHA-256`."""
    name = _SHORT_NAMES.get(mechanism, plain(mechanism))
    if key.algorithm == "ec":
        size = key.curve[1] if key.curve[0] == "named" else "?"
        size = _CURVES.get(size, plain(size))
    else:
        size = str(key.bit_size) if key.algorithm in {"rsa", "rsassa_pss", "dsa"} else ""
    digest = digest.upper()
    digest = "SHA-" + digest[3:] if digest.startswith("SHA") and digest[3:].isdigit() else digest
    return f"{name} {size}".strip() + f", {plain(digest)}"
