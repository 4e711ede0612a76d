"""Pages of a stranger's PDF as pictures, drawn in a child with limits."""

from __future__ import annotations

from kanal.paper import workshop

_LIMITS = workshop.Limits(seconds=15, cpu_seconds=12, memory=600 << 20, output_bytes=16 << 20)


def page_of(data: bytes, number: int) -> tuple[int, bytes | None]:
    """How many pages there are, and that one as PNG: (0, None) for a file that can't be drawn."""
    try:
        told = workshop.run(
            "kanal.paper.pages_job:page", data, limits=_LIMITS, options={"number": number}
        )
    except workshop.JobFailed:
        return 0, None
    return int(told["pages"]), told["png"]
