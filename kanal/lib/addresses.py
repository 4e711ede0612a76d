"""E-mail addresses as an office's may be written."""

from __future__ import annotations

import re

# The same for PostgreSQL and for Python, and no wider than what the outbox takes.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
USABLE = rf"^{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+$"


def usable(email: str) -> str:
    """The address mail can go to, else ""."""
    return email if len(email) <= 254 and re.fullmatch(USABLE, email) else ""
