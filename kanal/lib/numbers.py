"""Letter numbers: kept as written, compared without the slips of typing and scanning."""

import re
import unicodedata

_LABEL = re.compile(r"^(?:nomor|no)\s*[.:]+\s*|^nomor\s+", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MISREAD = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})


def tidy_letter_number(text: str) -> str:
    """As written, without its label and stray spaces: `Nomor : 12 / SE / 2021` is `12/SE/2021`."""
    written = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    bare = _LABEL.sub("", written, count=1)
    return re.sub(r"\s*([/.-])\s*", r"\1", bare).strip()


def fold_letter_number(text: str) -> str:
    """The key two writings of one number share: scans turn 0 into O and 1 into l or I."""
    return tidy_letter_number(text).replace(" ", "").casefold().translate(_MISREAD)
