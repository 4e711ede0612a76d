"""A file that will be read: inspected, and a short letter's text taken in the same child."""

from __future__ import annotations

from kanal.paper.inspection.inspecting import Inspection, inspect
from kanal.paper.inspection.report import Limits

_JOB = "kanal.paper.reading.first_job:look"
_STANDARD = Limits()


def inspect_to_read(
    data: bytes, name: str, *, limits: Limits = _STANDARD, clamd_address: str | None = None
) -> Inspection:
    """As `inspect`; a child less for `read_file`, to which the answer is given."""
    return inspect(data, name, limits=limits, clamd_address=clamd_address, ahead=_JOB)
