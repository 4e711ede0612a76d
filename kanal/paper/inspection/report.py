"""What the child found out about one file, and the limits it was held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kanal.paper.verdicts import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Limits:
    """What an office accepts. Sizes in bytes, lengths in PDF points, times in seconds.

    `stream_bytes` is what one stream or archive member may unpack to, `unpacked_bytes` all of
    them together. `own_hosts` are host names whose links are as harmless as a ministry's.
    """

    file_bytes: int = 25 << 20
    pages: int = 50
    megapixels: float = 40.0
    page_points: float = 14_400.0
    stream_bytes: int = 48 << 20
    unpacked_bytes: int = 512 << 20
    objects: int = 30_000
    members: int = 2_000
    depth: int = 3
    attachments: int = 50
    memory: int = 224 << 20
    cpu_seconds: int = 4
    seconds: float = 8.0
    own_hosts: tuple[str, ...] = ()

    @property
    def pixels(self) -> int:
        return int(self.megapixels * 1_000_000)


@dataclass(slots=True)
class Report:
    """One file's findings as they are gathered; `inside` are files to be looked at in turn."""

    media_type: str | None
    pages: int | None = None
    cleaned: bytes | None = None
    signed: bool = False
    findings: list[Finding] = field(default_factory=list)
    inside: list[Inside] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, verdict: Verdict, reason: str) -> None:
        finding = Finding(verdict, reason)
        if finding not in self.findings:
            self.findings.append(finding)

    def reject(self, reason: str) -> None:
        self.add(Verdict.REJECT, reason)

    @property
    def is_rejected(self) -> bool:
        return any(finding.verdict is Verdict.REJECT for finding in self.findings)

    def plain(self) -> dict[str, Any]:
        return {
            "media_type": self.media_type,
            "pages": self.pages,
            "cleaned": self.cleaned,
            "signed": self.signed,
            "findings": [[finding.verdict.value, finding.reason] for finding in self.findings],
            "parts": [
                {"name": part.name, "data": part.data, **part.report.plain()} for part in self.parts
            ],
        }


@dataclass(frozen=True, slots=True)
class Inside:
    """A file within a file. `is_part`: a letter may be in it, as in a mail's attachment."""

    name: str
    data: bytes
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    data: bytes
    report: Report


class Bomb(Exception):
    """Something unpacks to more than a letter can need; the message is the reason's word."""
