"""Whom a signature leads to: the chain to a trusted root, its time, and whether it was withdrawn."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from asn1crypto import x509  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.path import ValidationPath

from kanal.paper.signing.changes import ONLY_SIGNATURES
from kanal.paper.signing.reports import Revocation
from kanal.paper.signing.roots import Root
from kanal.paper.signing.usage import SIGNATURES, may_sign

_NETWORK_SECONDS = 20
# Clocks differ, zones too, and of an arrival only the day may be known.
_SKEW = timedelta(days=2)
_WEAK = {
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
}
_REVOKED = {
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.REVOKED_CA_NO_POE,
}


@dataclass(frozen=True)
class Trust:
    """What one file is judged by. `received` is when the office got it, if that is known."""

    roots: Sequence[Root]
    received: datetime | None
    proofs: DocumentSecurityStore | None
    may_ask: bool

    def context(self, moment: datetime) -> ValidationContext:
        """Judges at `moment` by the roots alone: asks nobody, and no proof of the file's own."""
        return ValidationContext(trust_roots=self._anchors(), moment=moment, allow_fetching=False)

    def context_with_proofs(self, moment: datetime) -> ValidationContext | None:
        if self.proofs is None:
            return None
        given = {
            "trust_roots": self._anchors(),
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": "require",
            "retroactive_revinfo": True,
        }
        return self.proofs.as_validation_context(given)

    def context_asking(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=self._anchors(), allow_fetching=True, revocation_mode="hard-fail"
        )

    def root_of(self, status: PdfSignatureStatus) -> Root | None:
        """The root the chain ends in, if every link of it is signed by the one above.

        Checked here once more: for pyHanko a self-made certificate that bears a root's name is
        that root, whatever its key.
        """
        if status.validation_path is None or status.trust_problem_indic is not None:
            return None
        return _top_of(status.validation_path, status.signing_cert, self.roots)

    def _anchors(self) -> list[x509.Certificate]:
        return [x509.Certificate.load(root.der) for root in self.roots]


def _top_of(
    path: ValidationPath, certificate: x509.Certificate, roots: Sequence[Root]
) -> Root | None:
    chain = [one for one in path if isinstance(one, x509.Certificate)]
    if not chain or chain[-1].sha256 != certificate.sha256:
        chain.append(certificate)
    if not all(_issued(below, by=above) for above, below in pairwise(chain)):
        return None
    top = chain[0].sha256.hex()
    return next((root for root in roots if root.fingerprint == top), None)


async def vouches(
    roots: Sequence[Root],
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    at: datetime,
) -> Root | None:
    """The root that would vouch for a signature made with this certificate at that moment."""
    context = Trust(roots, None, None, may_ask=False).context(at)
    try:
        path = await CertificateValidator(
            certificate, intermediate_certs=others, validation_context=context
        ).async_validate_path()
    except (PathValidationError, PathBuildingError, ValueError):
        return None
    return _top_of(path, certificate, roots)


def proofs_in(embedded: EmbeddedPdfSignature) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(embedded.reader)
    except NoDSSFoundError:
        return None


@dataclass(frozen=True)
class Times:
    """`vouched` is what the attached timestamp says; whether its clock is trusted comes later."""

    claimed: datetime | None
    vouched: datetime | None


def times_of(embedded: EmbeddedPdfSignature) -> Times:
    tokens = extract_tst_data_iter(embedded.signer_info, signed=False)
    vouched = next(
        (one["encap_content_info"]["content"].parsed["gen_time"].native for one in tokens), None
    )
    try:
        claimed = embedded.self_reported_timestamp
    except ValueError:
        claimed = None
    return Times(_aware(claimed), _aware(vouched))


def clamped(moment: datetime, certificate: x509.Certificate) -> datetime:
    """Within the certificate's validity, so that an unknown issuer isn't hidden by old age."""
    earliest: datetime = certificate.not_valid_before
    latest: datetime = certificate.not_valid_after
    return min(max(moment, earliest), latest)


async def status_of(
    embedded: EmbeddedPdfSignature, context: ValidationContext, clock: ValidationContext
) -> PdfSignatureStatus:
    """Raises whatever pyHanko raises at a hostile file."""
    return await async_validate_pdf_signature(
        embedded,
        signer_validation_context=context,
        ts_validation_context=clock,
        diff_policy=ONLY_SIGNATURES,
        key_usage_settings=SIGNATURES,
    )


def distrust(status: PdfSignatureStatus, root: Root | None) -> str:
    """Why the signer isn't trusted: a key of `REASONS`, or "" when the chain ends in `root`."""
    problem, certificate = status.trust_problem_indic, status.signing_cert
    if problem in _WEAK:
        return "weak_algorithm"
    if root is None and _issued(certificate, by=certificate):
        return "self_signed"
    if problem == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE or not may_sign(certificate):
        return "wrong_usage"
    if problem == AdESIndeterminate.OUT_OF_BOUNDS_NO_POE:
        return "expired"
    if problem is None:
        return "" if root else "chain_broken"
    if problem in _REVOKED:
        return "revoked"
    unknown = problem == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return "unknown_root" if unknown else "chain_broken"


def lapse(certificate: x509.Certificate, times: Times, timed: bool, trust: Trust) -> str:
    """Why the certificate doesn't cover the moment of signing: a key of `REASONS`, or ""."""
    signed = times.vouched if timed else times.claimed
    received = trust.received
    if received and signed and signed > received + _SKEW:
        return "in_the_future"
    if signed and not _covers(certificate, signed):
        return "expired"
    if not timed and received and received > certificate.not_valid_after:
        return "expired_since"
    return ""


async def revocation(embedded: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> Revocation:
    """By the proofs in the file, and by the issuer's own answer if that may be asked for.

    Called only for signers whose chain already holds, so that a stranger's certificate cannot
    send this server to an address of its choice.
    """
    found = Revocation.UNCHECKED
    kept = trust.context_with_proofs(moment)
    if kept is not None:
        # Proofs that prove nothing are no worse than none.
        found = _answer(await status_of(embedded, kept, trust.context(moment)), else_=found)
    if trust.may_ask and found != Revocation.REVOKED:
        asking = trust.context_asking()
        try:
            asked = status_of(embedded, asking, trust.context(moment))
            status = await asyncio.wait_for(asked, _NETWORK_SECONDS)
            found = _answer(status, else_=Revocation.UNKNOWN)
        except (TimeoutError, OSError, SignatureValidationError):
            found = Revocation.UNKNOWN
        finally:
            await asking.aclose()  # type: ignore[no-untyped-call]
    return found


def _answer(status: PdfSignatureStatus, *, else_: Revocation) -> Revocation:
    if status.trust_problem_indic in _REVOKED:
        return Revocation.REVOKED
    return Revocation.GOOD if status.trust_problem_indic is None else else_


def _issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    try:
        read = load_der_x509_certificate(certificate.dump())
        read.verify_directly_issued_by(load_der_x509_certificate(by.dump()))
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _covers(certificate: x509.Certificate, moment: datetime) -> bool:
    covers: bool = certificate.not_valid_before <= moment <= certificate.not_valid_after
    return covers


def _aware(moment: datetime | None) -> datetime | None:
    """A clock without a zone is read as UTC: the PDF's date may leave the zone out."""
    if moment is None or moment.utcoffset() is not None:
        return moment
    return moment.replace(tzinfo=UTC)
