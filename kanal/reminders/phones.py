"""Telephone numbers as offices write them, and the WhatsApp link to one."""

from __future__ import annotations

import re
from urllib.parse import quote

_FILLING = re.compile(r"[\s().\-/]|\u00a0")
# A mobile number: 8, then the operator and the subscriber.
_MOBILE = re.compile(r"(?:\+?62|0)(8[1-9]\d{7,10})")
_LONGEST = 1_500


def mobile(text: str) -> str:
    """`0812-3456-7890` is `6281234567890`; empty for what is no Indonesian mobile number."""
    bare = _FILLING.sub("", text.replace("(0)", ""))
    found = _MOBILE.fullmatch(bare) if bare.isascii() else None
    return f"62{found[1]}" if found else ""


def whatsapp(phone: str, text: str) -> str:
    """Opens a conversation with the text ready to send; empty without a number."""
    number = mobile(phone)
    return f"https://wa.me/{number}?text={quote(text[:_LONGEST])}" if number else ""
