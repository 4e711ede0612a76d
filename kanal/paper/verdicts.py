"""What is said of a file: one verdict, and reasons in words that a test and a page can rely on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    SANITISED = "accept_after_sanitise"
    REPAIRED = "accept_after_repair"


# From the mildest to the one that ends everything: the hardest finding decides.
WEIGHT = [
    Verdict.ACCEPT,
    Verdict.SANITISED,
    Verdict.REPAIRED,
    Verdict.REVIEW,
    Verdict.DUPLICATE,
    Verdict.REJECT,
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `reason` as in the sample letters' manifest, e.g. `javascript`."""

    verdict: Verdict
    reason: str


def hardest(findings: tuple[Finding, ...]) -> Verdict:
    return max((finding.verdict for finding in findings), key=WEIGHT.index, default=Verdict.ACCEPT)
