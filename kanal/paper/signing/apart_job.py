"""The child's side of `apart`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from kanal.paper.signing.reports import SignatureReport
from kanal.paper.signing.verifying import verify


def told(pdf: bytes, *, roots: list[bytes], at: str, network: bool) -> list[dict[str, Any]]:
    """Reports as plain values, moments as ISO text."""
    moment = datetime.fromisoformat(at) if at else None
    found = verify(pdf, roots=roots, at=moment, network=network)
    return [_plain(report) for report in found]


def _plain(report: SignatureReport) -> dict[str, Any]:
    said = asdict(report)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in (said | {"revocation": str(report.revocation)}).items()
    }
