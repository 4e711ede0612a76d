"""How near two names are, and which letters deceive the eye."""

import unicodedata
from difflib import SequenceMatcher

# Letters of other scripts drawn like Latin ones: Cyrillic, then Greek.
_DRAWN_ALIKE = str.maketrans(
    "авеѕікмһорсԛтухјԁԝпαβεικνορτυχ",
    "abesikmhopcqtyxjdwnabeiknoptux",
)
_ONE_LETTER = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})
_SEPARATORS = str.maketrans(dict.fromkeys("._-@ ", ""))


def fold_confusable(text: str) -> str:
    """One form for names the eye confuses: 0/o, 1/l/i, rn/m, vv/w, separators dropped."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(
        letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    one = plain.translate(_DRAWN_ALIKE).translate(_SEPARATORS).translate(_ONE_LETTER)
    return one.replace("rn", "m").replace("vv", "w")


def distance(a: str, b: str, cutoff: int = 2) -> int:
    """Letters to add, drop, change or swap with a neighbour; `cutoff + 1` when more than that."""
    if a == b:
        return 0
    if abs(len(a) - len(b)) > cutoff:
        return cutoff + 1
    a, b = _without_common_ends(a, b)
    far = cutoff + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i] + [far] * len(b)
        for j in range(max(1, i - cutoff), min(len(b), i + cutoff) + 1):
            row[j] = min(
                row[j - 1] + 1,
                last[j] + 1,
                last[j - 1] + (letter != b[j - 1]),
            )
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > cutoff and min(last) > cutoff:
            return far
        before, last = last, row
    return min(last[-1], far)


def _without_common_ends(a: str, b: str) -> tuple[str, str]:
    shortest = min(len(a), len(b))
    start = 0
    while start < shortest and a[start] == b[start]:
        start += 1
    end = 0
    while end < shortest - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def difference(official: str, given: str) -> list[tuple[str, bool]]:
    """`given` in pieces that join to it again; True marks where it departs from `official`.

    An empty marked piece stands where a letter of the official name is missing.
    """
    small = [letter.lower() for letter in official], [letter.lower() for letter in given]
    steps = SequenceMatcher(None, *small, autojunk=False).get_opcodes()
    return [(given[start:end], step != "equal") for step, _, _, start, end in steps]
