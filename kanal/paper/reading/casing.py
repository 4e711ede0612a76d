"""Words in capitals as the register writes them: offices, positions, people and their degrees."""

import re

from kanal.lib.names import split_titles
from kanal.paper.heading import say_quietly

_CAPITALS = frozenset(
    [
        "DKI",
        "DKJ",
        "DPRD",
        "RSUD",
        "RSKD",
        "UPT",
        "UPTD",
        "UPPD",
        "OPD",
        "SKPD",
        "UKPD",
        "PPID",
        "BUMD",
        "BLUD",
        "SPBE",
        "ASN",
        "PNS",
        "KTP",
        "BPBD",
        "BKD",
        "BPKD",
        "BPAD",
        "BPSDM",
        "PPAPP",
        "PTSP",
        "TIK",
        "SDA",
        "PPKUKM",
        "UMKM",
        "UKM",
        "KB",
        "SMAN",
        "SMKN",
        "SMPN",
        "SDN",
        "SMA",
        "SMK",
        "SMP",
        "SD",
        "TK",
        "PAUD",
        "PJLP",
        "PPPK",
        "IT",
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "TU",
        "UPK",
        "UPRS",
        "GOR",
        "PKK",
        "LPSE",
        "SAMSAT",
        "LRT",
        "MRT",
        "PD",
        "RT",
        "RW",
    ]
)
_KNOWN_DEGREES = [
    "S.H.",
    "S.E.",
    "S.T.",
    "S.P.",
    "S.S.",
    "S.Si.",
    "S.Sos.",
    "S.Kom.",
    "S.I.Kom.",
    "S.IP.",
    "S.AP.",
    "S.Pd.",
    "S.Ag.",
    "S.Psi.",
    "S.Ked.",
    "S.Kep.",
    "S.KM.",
    "S.Farm.",
    "S.Hum.",
    "S.Hut.",
    "S.Ikom.",
    "S.Sn.",
    "S.STP.",
    "S.Tr.",
    "S.ST.",
    "S.Tr.IP.",
    "S.Pd.I.",
    "S.Sy.",
    "S.Ptk.",
    "S.Pi.",
    "S.Pt.",
    "S.Gz.",
    "S.Ars.",
    "S.Stat.",
    "S.Mat.",
    "S.TP.",
    "S.Th.",
    "S.Th.I.",
    "S.Fil.",
    "M.H.",
    "M.M.",
    "M.T.",
    "M.E.",
    "M.P.",
    "M.A.",
    "M.Si",
    "M.AP.",
    "M.A.P.",
    "M.Kom.",
    "M.I.Kom.",
    "M.IP.",
    "M.Pd.",
    "M.Kes.",
    "M.Hum.",
    "M.Sc.",
    "M.Psi.",
    "M.Kn.",
    "M.Ak.",
    "M.Farm.",
    "M.Kep.",
    "M.Ikom.",
    "M.Eng.",
    "M.Tr.",
    "M.Tr.IP.",
    "M.Ag.",
    "M.Sn.",
    "A.Md.",
    "A.Md.Kom.",
    "A.Md.Kep.",
    "A.P.",
    "Ph.D.",
    "Sp.A.",
    "Sp.OG.",
    "Sp.PD.",
    "Drs.",
    "Dra.",
    "Dr.",
    "drg.",
    "dr.",
    "Ir.",
    "Hj.",
    "Prof.",
    "Ak.",
    "Apt.",
    "Ns.",
]
_DEGREES = {
    "".join(char for char in degree.lower() if char.isalpha()): degree for degree in _KNOWN_DEGREES
}
# `S.I.KOM.` and `S.IKOM.` are two ways to write one degree: each keeps its dots.
_DOTTED = {degree.lower().rstrip("."): degree for degree in _KNOWN_DEGREES}
_WORD = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*")


def is_shouted(text: str) -> bool:
    """Mostly in capitals: a heading, or a name as signatures print it."""
    letters = [char for char in text if char.isalpha()]
    small = sum(char.islower() for char in letters)
    return len(letters) > 2 and small / len(letters) < 0.15


def say_office(text: str) -> str:
    """`CAMAT TEBET` is `Camat Tebet`; `DPRD` stays, and what is not in capitals stays."""
    text = " ".join(text.split())
    if not is_shouted(text):
        return text
    quiet = say_quietly(text.upper())
    return _WORD.sub(_kept, quiet)


def _kept(hit: re.Match[str]) -> str:
    return hit[0].upper() if hit[0].upper() in _CAPITALS else hit[0]


def say_name(text: str) -> str:
    """A person's name; in capitals it is made quiet, with its degrees as degrees are written."""
    text = " ".join(text.split())
    shouted = is_shouted(split_titles(text).bare)
    if not shouted:
        return text
    parts = [part.strip() for part in text.split(",")]
    bare = " ".join(_title(word) for word in parts[0].split())
    return ", ".join([bare, *(_degree(part) for part in parts[1:] if part)])


def _title(word: str) -> str:
    known = _DEGREES.get("".join(char for char in word.lower() if char.isalpha()))
    if known and word.endswith("."):
        return known
    return re.sub(r"(?<![a-z'])[a-z]", lambda hit: hit[0].upper(), word.lower())


def _degree(part: str) -> str:
    """As written when it has small letters; from capitals by the list, dots as they were."""
    if part != part.upper():
        return part
    letters = "".join(char for char in part.lower() if char.isalpha())
    known = _DOTTED.get(part.lower().rstrip(".")) or _DEGREES.get(letters)
    if known is None or "." not in part:
        return part
    return known.rstrip(".") + ("." if part.endswith(".") else "")
