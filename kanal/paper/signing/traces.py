"""Whether a file that could not be examined was signed all the same."""

from __future__ import annotations

import re

from kanal.paper.signing.reports import SignatureReport

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def unreadable(pdf: bytes) -> list[SignatureReport]:
    """For a file that could not be examined: signed it may be all the same."""
    return [SignatureReport(reason="unreadable")] if looks_signed(pdf) else []


def looks_signed(pdf: bytes) -> bool:
    """By the trace every signature leaves: its range can stand in no packed part of a file."""
    clear = unescaped(pdf)
    return b"/ByteRange" in clear or b"/FT/Sig" in clear.replace(b" ", b"")


def unescaped(pdf: bytes) -> bytes:
    """Names may be written with `#xx` for a letter: nobody hides a signature that way."""
    return _ESCAPED.sub(lambda hit: bytes([int(hit[1], 16)]), pdf) if b"#" in pdf else pdf
