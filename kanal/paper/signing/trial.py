"""A key for trying out only: made here, trusted by nobody but the root that comes with it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

_DAYS = 365


def trial_key(common_name: str, *, now: datetime | None = None) -> tuple[bytes, str, bytes]:
    """A .p12 file, its passphrase, and the PEM of a root to trust on a trial server.

    Valid for a year from the day before `now`. The root's own key is thrown away, so nobody can
    ever issue another certificate under it. Never for real letters: no one checked the name.
    """
    start = (now or datetime.now(UTC)) - timedelta(days=1)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("Akar percobaan, bukan untuk surat resmi")
    root = (
        _begun(root_name, root_name, root_key.public_key(), start)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_root=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        _begun(_name(common_name), root_name, key.public_key(), start)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_root=False), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    passphrase = secrets.token_urlsafe(12)
    file = pkcs12.serialize_key_and_certificates(
        common_name.encode(), key, certificate, [root], BestAvailableEncryption(passphrase.encode())
    )
    return file, passphrase, root.public_bytes(Encoding.PEM)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Percobaan Kanal"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=_DAYS))
    )


def _usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
