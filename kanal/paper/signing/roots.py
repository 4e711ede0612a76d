"""The list of roots an office trusts: reading certificate files an administrator brings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from asn1crypto import x509 as der  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from kanal.paper.signing.naming import common_name
from kanal.paper.signing.signer import _

MAX_BYTES = 1024 * 1024
MAX_ROOTS = 200
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----.+?-----END \1-----", re.DOTALL)


class RootRefused(ValueError):
    """A file that adds no root. `what` and `next_step` are sentences to translate."""

    what: ClassVar[str] = _("Berkas ini tidak berisi sertifikat yang dapat dibaca.")
    next_step: ClassVar[str] = _("Unduh sertifikat akar (.pem, .crt, .cer, .p7b) dari penerbitnya.")

    def __init__(self, about: str = "") -> None:
        super().__init__(f"{self.what} {about}".strip())
        self.about = about


class RootFileTooLarge(RootRefused):
    what = _("Berkas sertifikat ini terlalu besar atau terlalu banyak isinya.")
    next_step = _("Pilih sertifikat akar yang diperlukan saja.")


class NotAnAuthority(RootRefused):
    """`about` is the certificate's own name."""

    what = _("Sertifikat ini milik perorangan atau server, bukan penerbit sertifikat.")
    next_step = _("Yang dipercaya adalah akar penerbitnya; minta sertifikat akar itu.")


class HoldsPrivateKey(RootRefused):
    what = _("Berkas ini berisi kunci pribadi, yang tidak boleh diunggah ke sini.")
    next_step = _("Hapus salinannya, lalu unggah sertifikat akar tanpa kunci.")


@dataclass(frozen=True, slots=True)
class Root:
    """`fingerprint` is the SHA-256 of the certificate: 64 lower case hexadecimal digits."""

    subject: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    is_self_signed: bool
    der: bytes = field(repr=False)

    def is_valid_at(self, moment: datetime) -> bool:
        return self.not_before <= moment <= self.not_after

    @property
    def pem(self) -> bytes:
        return x509.load_der_x509_certificate(self.der).public_bytes(Encoding.PEM)


def parse_roots(data: bytes) -> tuple[Root, ...]:
    """All roots of a PEM bundle, a DER certificate or a PKCS#7 bundle; the same one only once.

    One certificate that is no authority refuses the whole file: nothing is trusted by halves.
    """
    if len(data) > MAX_BYTES:
        raise RootFileTooLarge
    found = {root.fingerprint: root for root in map(_root, _certificates(data))}
    return tuple(found.values())


def anchors_of(roots: Iterable[Root | bytes]) -> tuple[Root, ...]:
    """Roots as they come from the list or from a file."""
    return tuple(
        root
        for given in roots
        for root in ((given,) if isinstance(given, Root) else parse_roots(given))
    )


def _certificates(data: bytes) -> list[x509.Certificate]:
    try:
        found = _pem(data) if b"-----BEGIN " in data else _binary(data)
    except RootRefused:
        raise
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise RootRefused from None
    if not found:
        raise RootRefused
    if len(found) > MAX_ROOTS:
        raise RootFileTooLarge
    return found


def _pem(data: bytes) -> list[x509.Certificate]:
    found: list[x509.Certificate] = []
    for block in _PEM.finditer(data):
        if b"PRIVATE KEY" in block[1]:
            raise HoldsPrivateKey
        if block[1] in (b"CERTIFICATE", b"TRUSTED CERTIFICATE", b"X509 CERTIFICATE"):
            found.append(x509.load_pem_x509_certificate(block[0]))
        elif block[1] in (b"PKCS7", b"CMS"):
            found += pkcs7.load_pem_pkcs7_certificates(block[0])
    return found


def _binary(data: bytes) -> list[x509.Certificate]:
    try:
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        return pkcs7.load_der_pkcs7_certificates(data)


def _root(certificate: x509.Certificate) -> Root:
    raw = certificate.public_bytes(Encoding.DER)
    subject = common_name(der.Certificate.load(raw).subject)
    if not _is_authority(certificate):
        raise NotAnAuthority(subject)
    return Root(
        subject=subject,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        is_self_signed=certificate.issuer == certificate.subject,
        der=raw,
    )


def _is_authority(certificate: x509.Certificate) -> bool:
    extensions = certificate.extensions
    try:
        if not extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
    except x509.ExtensionNotFound:
        return False
    try:
        return extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return True
