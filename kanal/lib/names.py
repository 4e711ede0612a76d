"""Names of people: titles apart, spellings folded. The number decides, the name checks."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

_PREFIX_WORDS = (
    "prof dr drg drh drs dra ir h hj kh hc ns apt tgk ust ustadz ustadzah pdt rm kol letkol "
    "mayor kapten brigjen mayjen letjen akbp kompol akp kombes irjen ipda iptu"
)
_SUFFIX_WORDS = (
    "sh se st sp ss sa sip sik ssi spd ssos skom skm sag sap sar sds sfil sfarm sgz shum shut si "
    "skep skg skh sked skpm sn spdi spi spsi spt sst ssn stp sth sthi stk str strkep trk "
    "stris sei sei ssit sstp sikom siptk spar sst "
    "mh mm me mt mp ms ma mag map mars mba mds mec mfarm mgz mhum mhut mid mik mikom mip mkes "
    "mkom mkm mkn mkep mla mmar mmsi mn mpa mpd mpdi mpm mpp mps mpsi msc mse mses msi msm msn "
    "msos mst mti mtr mtrip murp mpwk mpi mmt mak mepm "
    "amd amdkom amdkeb amdkep ama amk amkl amf ad ap aks akt ak ca cpa cfra qia crmp cgae cissp "
    "phd sc apt ns sps spog spa spb spkk spm spp sppd spthtkl spkj spjp spot llm bsc bac be ba "
    "md mph jr sr"
)
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_SUFFIXES = frozenset(_SUFFIX_WORDS.split())
_INNER_DOT = re.compile(r"^[A-Za-z]{1,5}(?:\.\s?[A-Za-z]{1,6})+\.?$")
_GLUED_PREFIX = re.compile(r"^((?:[A-Za-z]{1,4}\.)+)(?=[A-Za-z])")
_MUHAMMAD = re.compile(
    r"\b(?:moh|muh|mhd|mohd|moch|much|mochamm?ad|muchamm?ad|mohamm?ad|muhamm?ad|mohamm?ed|mukhamm?ad)\b"
)
_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"))
# Of seven letters one may differ.
_NEAR = 0.85


@dataclass(frozen=True)
class PersonName:
    prefix: str
    bare: str
    suffix: str

    @property
    def full(self) -> str:
        named = f"{self.prefix} {self.bare}".strip()
        return f"{named}, {self.suffix}" if self.suffix else named


def split_titles(text: str) -> PersonName:
    """Degrees and honorifics apart from the name itself; what is not surely a title stays."""
    written = " ".join(unicodedata.normalize("NFKC", text).split())
    pieces = [piece.strip() for piece in written.split(",")]
    # What follows the first comma is titles only when every piece of it is.
    cut = len(pieces)
    while cut > 1 and _all_titles(pieces[cut - 1]):
        cut -= 1
    words = ", ".join(pieces[:cut]).split()
    before = _take_prefixes(words)
    after = _take_suffixes(words)
    suffix = [piece for piece in [" ".join(after), *pieces[cut:]] if piece]
    return PersonName(" ".join(before), " ".join(words), ", ".join(suffix))


def _all_titles(piece: str) -> bool:
    return all(_is_suffix(word) for word in piece.split()) or _is_suffix(piece)


def _is_suffix(word: str) -> bool:
    bare = _squash(word)
    return bare in _SUFFIXES or (bare.startswith("sp") and "." in word) or _dotted_degree(word)


def _dotted_degree(word: str) -> bool:
    """`S.I.Kom` or `M.Tr.IP`: a dot inside, and a degree's first letter."""
    return bool(_INNER_DOT.match(word)) and word[0].upper() in "SMADB"


def _squash(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())


def _take_prefixes(words: list[str]) -> list[str]:
    """Removes leading titles from `words`, always leaving one word as the name."""
    taken: list[str] = []
    while words:
        glued = _GLUED_PREFIX.match(words[0])
        if glued and _all_known(glued[1]):
            taken.append(glued[1])
            words[0] = words[0][glued.end() :]
        elif len(words) > 1 and (_squash(words[0]) in _PREFIXES and _marked(words[0])):
            taken.append(words.pop(0))
        else:
            break
    return taken


def _all_known(glued: str) -> bool:
    parts = [part for part in glued.lower().split(".") if part]
    return "".join(parts) in _PREFIXES or all(part in _PREFIXES for part in parts)


def _marked(word: str) -> bool:
    """A prefix is believed with its dot, or when it cannot be a given name."""
    return word.endswith(".") or _squash(word) in {
        "dr",
        "drs",
        "dra",
        "drg",
        "ir",
        "prof",
        "hj",
        "h",
    }


def _take_suffixes(words: list[str]) -> list[str]:
    """Degrees without a comma before them: only those with a dot inside are certain."""
    taken: list[str] = []
    while len(words) > 1 and _dotted_degree(words[-1]) and _squash(words[-1]) in _SUFFIXES:
        taken.insert(0, words.pop())
    return taken


def fold(text: str) -> str:
    """One spelling for comparing: no titles, case, dots, marks; Moh. and its kin made one."""
    bare = split_titles(text).bare
    spread = unicodedata.normalize("NFKD", bare)
    letters = "".join(char for char in spread if not unicodedata.combining(char)).casefold()
    words = " ".join(re.sub(r"[’'`´]", "", letters).translate(_PUNCTUATION).split())
    return _MUHAMMAD.sub("muhammad", words)


_PUNCTUATION = str.maketrans(dict.fromkeys('.,-_/()"', " "))


def suggest_key(text: str) -> str:
    """A looser key, for suggestions only: old spelling, no spaces, doubled letters single."""
    key = fold(text).replace(" ", "")
    for old, new in _OLD_SPELLING:
        key = key.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", key)


def initials(bare: str) -> str:
    """At most two letters for a person's mark: of the first and the last name."""
    words = [word for word in re.findall(r"\w[\w'’]*", bare) if word[0].isalpha()]
    if not words:
        return "?"
    return "".join(str(word[0]) for word in dict.fromkeys((words[0], words[-1]))).upper()


def may_be_one(first: str, second: str) -> bool:
    """Could both be one person, written differently? Every word of the shorter name stands in the
    longer one, as it is, in another spelling or abbreviated, and at least one of them in full."""
    shorter, longer = sorted((fold(first).split(), fold(second).split()), key=len)
    left, whole = list(longer), False
    for word in shorter:
        met = next((one for one in left if _in_full(word, one) or _abbreviates(word, one)), None)
        if met is None:
            return suggest_key(first) == suggest_key(second) != ""
        whole = whole or _in_full(word, met)
        left.remove(met)
    return whole


def _in_full(word: str, other: str) -> bool:
    """Three letters at least; an ending or a letter may differ, as Suryani and Suriani do."""
    one, two = suggest_key(word), suggest_key(other)
    if min(len(one), len(two)) < 3:
        return False
    return one == two or SequenceMatcher(None, one, two).ratio() >= _NEAR


def _abbreviates(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) <= 3 and long.startswith(short)
