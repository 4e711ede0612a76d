"""Signing with a key file (PKCS#12, .p12 or .pfx): PAdES B-B in an invisible field."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import pkcs12 as der  # type: ignore[import-untyped]
from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kanal.paper.signing.envelope import MODEL_DIGEST, Envelope
from kanal.paper.signing.naming import algorithm_of, common_name, serial_of
from kanal.paper.signing.roots import Root, anchors_of
from kanal.paper.signing.signer import (
    LetterLocked,
    LetterUnsignable,
    Signed,
    SigningRefused,
    _,
    checked_letter,
)
from kanal.paper.signing.trust import vouches
from kanal.paper.signing.usage import may_sign

MAX_KEY_BYTES = 256 * 1024
# More rounds than any program uses to stretch a passphrase; a file that asks for more is hostile.
_MOST_ROUNDS = 10_000_000
_LEAST_RSA_BITS = 2048
_MOST_RSA_BITS = 8192
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
# Room for the signed attributes and the frame around the certificates, in bytes.
_FRAME = 2048

_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class WrongPassphrase(SigningRefused):
    what = _("Kata sandi kunci tidak cocok dengan berkas kuncinya.")
    next_step = _("Ketik ulang kata sandi berkas .p12; huruf besar dan kecil dibedakan.")


class KeyUnreadable(SigningRefused):
    what = _("Berkas kunci ini bukan PKCS#12 (.p12 atau .pfx) yang utuh.")
    next_step = _("Unduh ulang berkas kunci dari penerbit sertifikat, lalu pilih berkas itu.")


class KeyTooLarge(KeyUnreadable):
    what = _("Berkas kunci ini terlalu besar untuk sebuah kunci.")


class NoPrivateKey(SigningRefused):
    what = _(
        "Berkas ini berisi sertifikat tanpa kunci pribadinya, jadi tidak dapat menandatangani."
    )
    next_step = _("Ekspor ulang dari tempat kunci dibuat, sertakan kunci pribadinya.")


class KeyUnsupported(SigningRefused):
    what = _("Jenis kunci ini tidak dipakai untuk menandatangani surat.")
    next_step = _("Minta kunci RSA 2048 bit atau lebih, atau EC P-256.")


class CertificateExpired(SigningRefused):
    what = _("Masa berlaku sertifikat ini sudah berakhir.")
    next_step = _("Perpanjang sertifikat pada penerbitnya, lalu tanda tangani dengan yang baru.")


class CertificateNotYetValid(SigningRefused):
    what = _("Sertifikat ini belum mulai berlaku.")
    next_step = _("Tunggu sampai tanggal berlakunya, atau periksa jam komputer ini.")


class CertificateNotForSigning(SigningRefused):
    what = _("Sertifikat ini tidak diterbitkan untuk menandatangani dokumen.")
    next_step = _("Pakai sertifikat tanda tangan pribadi, bukan sertifikat server atau program.")


class Pkcs12Signer:
    """A key file opened once, for any number of letters.

    The passphrase is not kept, and the file is never written anywhere.
    """

    __slots__ = ("_certificate", "_cms", "_room")

    def __init__(self, key: bytes, passphrase: str) -> None:
        opened = _opened(key, passphrase)
        # Gone before anything is raised, so that no traceback can show them.
        del key, passphrase
        if isinstance(opened, SigningRefused):
            raise opened
        self._cms = opened
        self._certificate = opened.certificate
        chain = sum(len(one.dump()) for one in opened.cert_registry)
        self._room = 2 * (len(self._certificate.dump()) + chain + opened.longest + _FRAME)

    def __repr__(self) -> str:
        opened = hasattr(self, "_certificate")
        return f"<Pkcs12Signer {serial_of(self._certificate) if opened else 'unopened'}>"

    @property
    def subject(self) -> str:
        """The name in the certificate, to show before signing."""
        return common_name(self._certificate.subject)

    @property
    def valid_until(self) -> datetime:
        until: datetime = self._certificate.not_valid_after
        return until

    def is_vouched_for(self, roots: Sequence[Root | bytes], *, at: datetime) -> bool:
        """Whether a signature made then leads to one of the roots. What is no certificate to sign
        with at all raises, as signing with it would."""
        self._check_certificate(at)
        found = vouches(anchors_of(roots), self._certificate, self._cms.others, at)
        return asyncio.run(found) is not None

    def sign(self, pdf: bytes, *, reason: str, at: datetime, place: str) -> Signed:
        letter = checked_letter(pdf, at)
        self._check_certificate(at)
        try:
            signed = asyncio.run(self._signed(letter, reason, at, place))
        except SigningRefused:
            raise
        except (PdfError, SigningError, ValueError, LookupError, AssertionError) as error:
            # The letter may be any file at all, and pyHanko answers a damaged one in many ways.
            raise LetterUnsignable from error
        return Signed(
            pdf=signed,
            subject=self.subject,
            issuer=common_name(self._certificate.issuer),
            serial=serial_of(self._certificate),
            certificate_sha256=self._certificate.sha256.hex(),
            signed_at=at,
            algorithm=algorithm_of(self._certificate.public_key, self._cms.mechanism, "sha256"),
            appended_only=signed.startswith(pdf),
        )

    def _check_certificate(self, at: datetime) -> None:
        if at > self._certificate.not_valid_after:
            raise CertificateExpired
        if at < self._certificate.not_valid_before:
            raise CertificateNotYetValid
        if not may_sign(self._certificate):
            raise CertificateNotForSigning

    async def _signed(self, letter: bytes, reason: str, at: datetime, place: str) -> bytes:
        """Step by step, since pyHanko's one call for it reads the clock and signs twice."""
        out = _OnlyTheSignature(BytesIO(letter))
        if out.prev.encrypted:
            raise LetterUnsignable
        says = PdfSignatureMetadata(
            field_name=_free_name(out),
            md_algorithm="sha256",
            reason=reason,
            location=place or None,
            subfilter=SigSeedSubFilter.PADES,
        )
        try:
            session = PdfSigner(says, self._cms).init_signing_session(out)
        except SigningError:
            raise LetterLocked from None
        session.system_time = at
        prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=self._room)
        digest, stream = prepared.digest_tbs_document(in_place=True)
        await prepared.perform_signature(
            document_digest=digest.document_digest,
            pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
        )
        stream.seek(0)
        whole: bytes = stream.read()
        return whole


class _OnlyTheSignature(IncrementalPdfFileWriter):
    """Leaves the letter's own metadata alone.

    pyHanko writes the moment of signing into both places that PDF/A wants to agree, and reads the
    clock for each.
    """

    def _update_meta(self) -> None:
        pass


class _HeldKey(CmsSigner):
    """pyHanko's signer with a key that is already open; its own parses the key at every use."""

    def __init__(self, key: _Key, certificate: x509.Certificate, chain: list[x509.Certificate]):
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registry.register_multiple(chain)
        # Whoever trusts the root has it; a copy in every letter proves nothing.
        super().__init__(signing_cert=certificate, cert_registry=registry, embed_roots=False)
        self.certificate, self.others = certificate, chain
        self._key = key
        self._envelope: Envelope | None = None
        self.mechanism = "ecdsa" if isinstance(key, ec.EllipticCurvePrivateKey) else "RSA"
        # A DER ECDSA signature is two numbers of the curve's size and a few bytes around them.
        self.longest = key.key_size // 8 if self.mechanism == "RSA" else key.key_size // 4 + 16

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *args: Any, **asked: Any
    ) -> bytes:
        """Always the same kind of PAdES signature over SHA-256, so one model serves for all."""
        if self._envelope is None:
            model = await super().async_sign(MODEL_DIGEST, digest_algorithm, *args, **asked)
            self._envelope = Envelope(model)
        signature = self._sign(self._envelope.to_sign(data_digest))
        return self._envelope.closed(data_digest, signature)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return self._sign(data)

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def _opened(key: bytes, passphrase: str) -> _HeldKey | SigningRefused:
    """Answers a refusal instead of raising it: see `Pkcs12Signer.__init__`."""
    if len(key) > MAX_KEY_BYTES:
        return KeyTooLarge()
    if not _looks_like_pkcs12(key):
        return KeyUnreadable()
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(
            key, passphrase.encode() or None
        )
    except UnsupportedAlgorithm:
        return KeyUnsupported()
    except (ValueError, TypeError):
        return WrongPassphrase()
    if private is None:
        return NoPrivateKey()
    if certificate is None or certificate.public_key() != private.public_key():
        return NoPrivateKey()
    if not isinstance(private, _Key) or not _strong(private):
        return KeyUnsupported()
    chain = [_as_der(one) for one in others]
    return _HeldKey(private, _as_der(certificate), chain)


def _strong(key: _Key) -> bool:
    if isinstance(key, rsa.RSAPrivateKey):
        return _LEAST_RSA_BITS <= key.key_size <= _MOST_RSA_BITS
    return isinstance(key.curve, _CURVES)


def _as_der(certificate: object) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))  # type: ignore[attr-defined]


def _looks_like_pkcs12(key: bytes) -> bool:
    """Tells a damaged or foreign file from a wrong passphrase, and refuses endless stretching."""
    try:
        outer = der.Pfx.load(key, strict=True)
        return outer["version"].native == "v3" and max(_rounds(outer), default=0) <= _MOST_ROUNDS
    except (ValueError, TypeError, LookupError, AttributeError):
        return False


def _rounds(outer: der.Pfx) -> Iterator[int]:
    if outer["mac_data"].native:
        yield outer["mac_data"]["iterations"].native
    for part in outer.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            inside = part["content"]["encrypted_content_info"]
            yield inside["content_encryption_algorithm"].kdf_iterations
        elif part["content_type"].native == "data":
            for bag in der.SafeContents.load(part["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield bag["bag_value"]["encryption_algorithm"].kdf_iterations


def _free_name(out: IncrementalPdfFileWriter) -> str:
    taken = {name for name, _value, _field in enumerate_sig_fields(out.prev)}
    number = next(n for n in range(1, len(taken) + 2) if f"TandaTangan{n}" not in taken)
    return f"TandaTangan{number}"
