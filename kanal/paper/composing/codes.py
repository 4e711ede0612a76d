"""The code printed on a letter: short enough to type from paper, too many to guess."""

import re
import secrets

# Crockford's base32: no I, L, O or U, so nothing reads like something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOLS, _GROUP = 12, 4
# Plain http too: offices try Kanal on their own machines. The code is what is looked up, here.
_PART = f"[{ALPHABET}]{{{_GROUP}}}"
OWN_QR = re.compile(rf"^https?://[a-z0-9.-]+(?::\d+)?/v/({_PART}-{_PART}-{_PART})$")
_AS_READ = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GAPS = re.compile(r"[\s\-‐‑‒–—−._/]+")


def new_code() -> str:
    """`676M-HWQC-45QN`: 60 bits of chance."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS)))


def parse_code(text: str) -> str | None:
    """The code as it is kept, however it was typed; None when it is no code."""
    # Nobody types more than this for twelve symbols.
    if len(text) > 100:
        return None
    symbols = _GAPS.sub("", text).upper().translate(_AS_READ)
    if len(symbols) != _SYMBOLS or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return _grouped(symbols)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[at : at + _GROUP] for at in range(0, _SYMBOLS, _GROUP))
