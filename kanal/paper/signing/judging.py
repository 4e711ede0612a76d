"""Judging one signature that could be opened: is it whole, was it touched, whom does it lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentTimestampStatus,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_timestamp,
)

from kanal.paper.signing.changes import ONLY_SIGNATURES, after, signed_range
from kanal.paper.signing.naming import algorithm_of, common_name, organisation, plain, serial_of
from kanal.paper.signing.reports import Revocation, SignatureReport, State
from kanal.paper.signing.roots import Root
from kanal.paper.signing.trust import (
    Times,
    Trust,
    clamped,
    distrust,
    lapse,
    proofs_in,
    revocation,
    status_of,
    times_of,
)

_KINDS = {"/adbe.pkcs7.detached": "PKCS#7", "/ETSI.CAdES.detached": "PAdES B"}
_WITHDRAWN = {Revocation.REVOKED: "revoked", Revocation.UNKNOWN: "revocation_unknown"}


@dataclass(frozen=True)
class Judge:
    """What every signature of one file is judged by."""

    pdf: bytes
    roots: Sequence[Root]
    received: datetime | None
    may_ask: bool

    async def report(self, embedded: EmbeddedPdfSignature) -> SignatureReport:
        """Raises whatever pyHanko raises at a hostile file."""
        trust = Trust(self.roots, self.received, proofs_in(embedded), self.may_ask)
        if str(embedded.sig_object_type) == "/DocTimeStamp":
            return await self._seal(embedded, trust)
        if str(embedded.sig_object.get("/SubFilter", "")) not in _KINDS:
            return SignatureReport(reason="unsupported")
        times = times_of(embedded)
        certificate = embedded.signer_cert
        moment = clamped(
            times.claimed or self.received or certificate.not_valid_before, certificate
        )
        clock = trust.context(times.vouched or moment)
        status = await status_of(embedded, trust.context(moment), clock)
        report = _described(embedded, status, times, trust)
        reason = self._damage(embedded, status) or _doubt(status, times, trust, report)
        if not reason:
            latest = report.timestamped_at or self.received or moment
            asked = await revocation(embedded, trust, clamped(latest, certificate))
            report = replace(report, revocation=asked)
            reason = _WITHDRAWN.get(asked, "valid")
        return self._concluded(embedded, report, reason)

    async def _seal(self, embedded: EmbeddedPdfSignature, trust: Trust) -> SignatureReport:
        """A clock's own seal over the file, as long-term proofs end with."""
        token = embedded.signed_data["encap_content_info"]["content"].parsed
        moment = token["gen_time"].native
        status = await async_validate_pdf_timestamp(
            embedded, validation_context=trust.context(moment), diff_policy=ONLY_SIGNATURES
        )
        report = SignatureReport(
            reason="valid",
            is_timestamp=True,
            signer=common_name(status.signing_cert.subject),
            issuer=common_name(status.signing_cert.issuer),
            serial=serial_of(status.signing_cert),
            timestamped_at=moment if status.trusted else None,
            trusted=status.trusted,
            level="RFC 3161",
        )
        reason = self._damage(embedded, status)
        return self._concluded(embedded, report, reason or _clock(status.trusted))

    def _damage(
        self, embedded: EmbeddedPdfSignature, status: PdfSignatureStatus | DocumentTimestampStatus
    ) -> str:
        """What is wrong with the bytes: a key of `REASONS`, or ""."""
        covered = signed_range(self.pdf, embedded)
        if not covered.is_honest:
            return "range"
        if not (status.intact and status.valid):
            return "digest"
        if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            return "range"
        tail = after(self.pdf, covered.end, embedded.signed_revision, embedded.reader)
        if tail:
            return tail
        level = status.modification_level
        allowed = level is not None and level <= ModificationLevel.FORM_FILLING
        return "" if allowed and status.docmdp_ok is not False else "changed"

    def _concluded(
        self, embedded: EmbeddedPdfSignature, report: SignatureReport, reason: str
    ) -> SignatureReport:
        told = replace(report, reason=reason)
        end = signed_range(self.pdf, embedded).end
        whole = end == len(self.pdf) and told.state != State.BROKEN
        changed = told.state == State.CHANGED_AFTER
        return replace(told, covers_whole_file=whole, changed_afterwards=changed)


def _described(
    embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, times: Times, trust: Trust
) -> SignatureReport:
    """Everything about the signature but the judgement."""
    certificate, root = status.signing_cert, trust.root_of(status)
    timed = status.timestamp_validity is not None and status.timestamp_validity.trusted
    return SignatureReport(
        reason="valid",
        signer=common_name(certificate.subject),
        organisation=organisation(certificate.subject),
        serial=serial_of(certificate),
        issuer=common_name(certificate.issuer),
        certificate_sha256=certificate.sha256.hex(),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        claimed_at=times.claimed,
        timestamped_at=times.vouched if timed else None,
        trusted=root is not None,
        root=root.subject if root else "",
        root_sha256=root.fingerprint if root else "",
        level=_level(embedded, timed, trust),
        algorithm=algorithm_of(
            certificate.public_key,
            embedded.signer_info["signature_algorithm"].signature_algo,
            status.md_algorithm,
        ),
        stated_reason=_said(embedded, "/Reason"),
        stated_place=_said(embedded, "/Location"),
    )


def _said(embedded: EmbeddedPdfSignature, key: str) -> str:
    """By subscript, which deciphers an encrypted file's words where `get` does not."""
    return plain(embedded.sig_object[key]) if key in embedded.sig_object else ""


def _level(embedded: EmbeddedPdfSignature, timed: bool, trust: Trust) -> str:
    """`PAdES B-B`, with a trusted timestamp `B-T`, and with proofs kept in the file `B-LT`."""
    kind = _KINDS[str(embedded.sig_object["/SubFilter"])]
    if kind == "PKCS#7":
        return kind
    return kind + ("-LT" if timed and trust.proofs else "-T" if timed else "-B")


def _doubt(status: PdfSignatureStatus, times: Times, trust: Trust, report: SignatureReport) -> str:
    """What stands against the signer, once the bytes are known to be whole."""
    clock = status.timestamp_validity
    if clock is not None and not (clock.intact and clock.valid):
        return "timestamp"
    reason = distrust(status, trust.root_of(status))
    if not reason and not status.seed_value_ok:
        reason = "condition_unmet"
    timed = report.timestamped_at is not None
    return reason or lapse(status.signing_cert, times, timed, trust)


def _clock(trusted: bool) -> str:
    return "valid" if trusted else "unknown_root"
