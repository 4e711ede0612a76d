"""What a job may use, and the ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` is what the job may take on top of the warm process, in bytes of address space.

    `seconds` is the clock on the wall. `file_bytes` is how much it may write into any one file:
    nothing, unless said. `processes` lets a job start programs of its own.
    """

    seconds: float = 10.0
    cpu_seconds: int = 8
    memory: int = 256 << 20
    output_bytes: int = 64 << 20
    file_bytes: int = 0
    processes: bool = False


class JobFailed(Exception):
    """A job that gave no answer; what it was given is to be treated as hostile or broken."""


class Died(JobFailed):
    """The child crashed, raised, or answered with something that is no answer."""


class TooSlow(JobFailed):
    """It used up its seconds, on the wall or on the processor."""


class TooMuchMemory(JobFailed):
    """It asked for more memory than it was given."""


class TooMuchOutput(JobFailed):
    """Its answer is larger than `output_bytes`."""
