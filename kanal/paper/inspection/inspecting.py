"""The door: bytes and a name in, an Inspection out, whatever the bytes try."""

from __future__ import annotations

import contextlib
from dataclasses import asdict, dataclass, field
from typing import Any

from kanal.paper import workshop
from kanal.paper.inspection import clamd
from kanal.paper.inspection.clamd import Scan
from kanal.paper.inspection.report import Limits
from kanal.paper.verdicts import Finding, Verdict, hardest

_STANDARD = Limits()
_JOB = "kanal.paper.inspection.examine:examine"
# Jobs that read on need the modules of this bench.
_BENCH_AHEAD = "crops"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came in another, as a mail's attachment, with an inspection of its own."""

    name: str
    data: bytes
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class Inspection:
    """`cleaned` is the copy to read on where the verdict is sanitised or repaired: never kept in
    the original's place. `pages` is None where a file does not say. `media_type` is by content.
    `scan` is what a virus scanner said, `malware` the name it gave. `carried` is what the same
    child read of the file, as `reading` wants it."""

    media_type: str | None
    pages: int | None = None
    findings: tuple[Finding, ...] = ()
    cleaned: bytes | None = None
    signed: bool = False
    scan: Scan = Scan.NOT_SCANNED
    malware: str = ""
    parts: tuple[Part, ...] = field(default=())
    carried: dict[str, Any] | None = None

    @property
    def verdict(self) -> Verdict:
        return hardest(self.findings)

    @property
    def reasons(self) -> list[str]:
        """The words of the findings, the hardest ones only when the file is refused."""
        refusing = [each.reason for each in self.findings if each.verdict is Verdict.REJECT]
        return refusing or [each.reason for each in self.findings]

    @property
    def may_be_read(self) -> bool:
        return self.verdict is not Verdict.REJECT


def inspect(
    data: bytes,
    name: str,
    *,
    limits: Limits = _STANDARD,
    clamd_address: str | None = None,
    ahead: str = "",
) -> Inspection:
    """Never raises for what is in the file. `name` is only compared with the content.

    `ahead` is a job that does ours and reads on; where it gives no answer ours alone decides.
    """
    if len(data) > limits.file_bytes:
        return _refused("file_too_large")
    if not data:
        return _refused("empty")
    scan, malware = clamd.scan(data, clamd_address)
    if scan is Scan.FOUND:
        return _refused("malware", scan=scan, malware=malware)
    if ahead:
        with contextlib.suppress(workshop.JobFailed):
            return _inspection(_asked(ahead, _BENCH_AHEAD, data, name, limits), scan)
    try:
        return _inspection(_asked(_JOB, "papers", data, name, limits), scan)
    except workshop.TooMuchMemory:
        return _refused("decompression_bomb", scan=scan)
    except workshop.TooSlow:
        return _refused("too_slow", scan=scan)
    except workshop.JobFailed:
        return _refused("broken_file", scan=scan)


def _asked(job: str, bench: str, data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    told: dict[str, Any] = workshop.run(
        job,
        data,
        limits=_workshop_limits(data, limits),
        options={"name": name, "limits": asdict(limits)},
        bench=bench,
    )
    return told


def _workshop_limits(data: bytes, limits: Limits) -> workshop.Limits:
    return workshop.Limits(
        seconds=limits.seconds,
        cpu_seconds=limits.cpu_seconds,
        memory=limits.memory,
        output_bytes=4 * len(data) + limits.file_bytes,
    )


def _refused(reason: str, scan: Scan = Scan.NOT_SCANNED, malware: str = "") -> Inspection:
    return Inspection(None, findings=(Finding(Verdict.REJECT, reason),), scan=scan, malware=malware)


def _inspection(answer: dict[str, Any], scan: Scan) -> Inspection:
    return Inspection(
        media_type=answer["media_type"],
        pages=answer["pages"],
        findings=tuple(Finding(Verdict(verdict), reason) for verdict, reason in answer["findings"]),
        cleaned=answer["cleaned"],
        signed=answer["signed"],
        scan=scan,
        parts=tuple(
            Part(part["name"], part["data"], _inspection(part, scan)) for part in answer["parts"]
        ),
        carried=answer.get("carried"),
    )
