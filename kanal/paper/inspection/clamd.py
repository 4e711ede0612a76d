"""A virus scanner, where one runs: clamd is asked over its socket and never waited for in vain.

After its manual: `zINSTREAM`, chunks led by their length in four bytes, an empty one at the end; the
answer is `stream: OK`, `stream: NAME FOUND` or an error, ended by a zero byte.
"""

from __future__ import annotations

import socket
import struct
from enum import StrEnum

_CHUNK = 1 << 16
_SECONDS = 20.0
_MOST_ANSWER = 4096


class Scan(StrEnum):
    """Not scanned is no verdict: there is no scanner, or it gave no answer."""

    NOT_SCANNED = "not scanned"
    CLEAN = "clean"
    FOUND = "found"


def scan(data: bytes, address: str | None) -> tuple[Scan, str]:
    """And the name of what was found. `address`: `/run/clamav/clamd.ctl` or `host:port`."""
    if not address:
        return Scan.NOT_SCANNED, ""
    try:
        with _connected(address) as line:
            answer = _asked(line, data)
    except (OSError, ValueError):
        return Scan.NOT_SCANNED, ""
    _, _, said = answer.rstrip("\0\r\n ").partition(": ")
    if said == "OK":
        return Scan.CLEAN, ""
    if said.endswith(" FOUND"):
        return Scan.FOUND, said.removesuffix(" FOUND")
    return Scan.NOT_SCANNED, ""


def _connected(address: str) -> socket.socket:
    address = address.removeprefix("unix:").removeprefix("tcp://")
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)


def _asked(line: socket.socket, data: bytes) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _CHUNK):
            chunk = data[at : at + _CHUNK]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
    except ConnectionError:
        pass  # it refuses a file beyond its own limit before the end, and says so
    answer = b""
    while b"\0" not in answer and len(answer) < _MOST_ANSWER and (part := line.recv(1024)):
        answer += part
    return answer.decode("utf-8", "replace")
