"""Small values that scans hand to those who ask; nothing heavy is imported for them."""

from __future__ import annotations

from dataclasses import dataclass

from kanal.paper.verdicts import Finding, Verdict

# Left, top, right and bottom in points from the page's upper left corner.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Lie:
    """What a PDF's text says, what is seen there, and where.

    `reason` is `hidden_text` or `text_layer_disagrees`; a box of zeros means the whole page.
    """

    reason: str
    said: str
    seen: str
    box: Box

    @property
    def finding(self) -> Finding:
        return Finding(Verdict.REVIEW, self.reason)
