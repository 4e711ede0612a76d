"""The signatures in a file as they were judged when it was read, to be shown later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.reports import REASONS, SignatureReport, State
from kanal.paper.signing.traces import looks_signed
from kanal.readings.models import Reading


@dataclass(frozen=True)
class Seen:
    """One signature in words."""

    what: str
    next_step: str
    signer: str
    issuer: str
    root: str
    at: datetime | None
    is_valid: bool


def judged(data: bytes, roots: Sequence[bytes]) -> list[dict[str, Any]]:
    """As kept in `Reading.signatures`; a clock's own seal is nobody's signature."""
    if not looks_signed(data):
        return []
    return [_kept(one) for one in verify_apart(data, roots=roots) if not one.is_timestamp]


def _kept(report: SignatureReport) -> dict[str, Any]:
    return {
        "reason": report.reason,
        "signer": report.signer,
        "issuer": report.issuer,
        "root": report.root,
        "at": report.signed_at.isoformat() if report.signed_at else "",
    }


def seen(reading: Reading) -> list[Seen]:
    return [_seen(one) for one in reading.signatures]


def _seen(kept: dict[str, Any]) -> Seen:
    reason = REASONS[kept["reason"]]
    return Seen(
        _(reason.what),
        _(reason.next_step) if reason.next_step else "",
        kept["signer"],
        kept["issuer"],
        kept["root"],
        datetime.fromisoformat(kept["at"]) if kept["at"] else None,
        reason.state == State.VALID,
    )
