"""`verify` in a child process with limits: for files that strangers hand in.

Only the child imports what judges signatures; it takes longer to import than most pages to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kanal.paper import workshop
from kanal.paper.signing.reports import REASONS, Revocation, SignatureReport
from kanal.paper.signing.roots import Root, anchors_of
from kanal.paper.signing.traces import looks_signed, unreadable

LIMITS = workshop.Limits(seconds=10)
# Long enough for an issuer's server that answers slowly.
_LIMITS_ASKING = workshop.Limits(seconds=40)
_MOMENTS = {"valid_from", "valid_until", "claimed_at", "timestamped_at"}


def verify_apart(
    pdf: bytes,
    *,
    roots: Sequence[Root | bytes] = (),
    at: datetime | None = None,
    network: bool = False,
) -> list[SignatureReport]:
    """As `verify`, within bounded time and memory; a file that bursts them is unreadable."""
    options = {
        "roots": [root.der for root in anchors_of(roots)],
        "at": at.isoformat() if at else "",
        "network": network,
    }
    limits = _LIMITS_ASKING if network else LIMITS
    try:
        told = workshop.run(
            "kanal.paper.signing.apart_job:told", pdf, limits=limits, options=options
        )
    except (workshop.TooSlow, workshop.TooMuchMemory, workshop.TooMuchOutput):
        return [SignatureReport(reason="too_much")] if looks_signed(pdf) else []
    except workshop.JobFailed:
        return unreadable(pdf)
    try:
        return [_report(one) for one in told]
    except (AttributeError, LookupError, TypeError, ValueError):
        # What a child answers that was overrun by the file.
        return unreadable(pdf)


def _report(said: dict[str, Any]) -> SignatureReport:
    given: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name in _MOMENTS and value else value
        for name, value in said.items()
    }
    report = SignatureReport(**given | {"revocation": Revocation(said["revocation"])})
    if report.reason not in REASONS:
        raise ValueError(report.reason)
    return report
