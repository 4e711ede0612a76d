"""Reaching a mail server: one place for TLS, time limits, and what went wrong in plain codes.

Codes: dns, refused, timeout, certificate, tls, sign_in, token, folder, broken, sealed.
"""

from __future__ import annotations

import socket
import ssl

from django.conf import settings

TIMEOUT = 30.0  # seconds
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Unreachable(Exception):
    """`code` as above; `detail` is the server's own words, never a secret."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, one_line(detail)


def tls() -> ssl.SSLContext:
    """The machine's authorities, and the office's own when one is configured."""
    context = ssl.create_default_context()
    own = getattr(settings, "MAIL_CA_FILE", "")
    if own:
        context.load_verify_locations(own)
    return context


def why(error: OSError) -> Unreachable:
    """Which of the ways to fail a socket's error is."""
    if isinstance(error, socket.gaierror):
        return Unreachable("dns", error.strerror or "")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable("certificate", error.verify_message)
    if isinstance(error, ssl.SSLError):
        return Unreachable("tls", error.reason or str(error))
    if isinstance(error, TimeoutError):
        return Unreachable("timeout")
    return Unreachable("refused", error.strerror or str(error))


def one_line(text: str) -> str:
    return " ".join(text.split())[:300]
