"""Grades of civil servants, written in one form: `Penata Muda Tk. I (III/b)`."""

import re
from difflib import get_close_matches

RANKS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tk. I",
    "I/c": "Juru",
    "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tk. I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tk. I",
    "III/c": "Penata",
    "III/d": "Penata Tk. I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tk. I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
_NAMES = {name: grade for grade, name in RANKS.items()}
# The longest name first, so that `Penata Muda` is not read as `Penata`.
_FIRST = r"Juru|Pengatur|Penata|Pembina"
_GRADE = r"\(?\s?\b(?P<group>[I1lV|]{1,4})\s?[/.\s-]?\s?(?P<room>[a-eA-E])\b\s?\)?"
RANK = re.compile(
    rf"\b(?P<name>(?:{_FIRST})(?:\s(?:Utama|Muda|Madya)){{0,2}}(?:\s?,?\s?(?:Tk|Tkt|Tingkat)\b\.?\s?"
    rf"[I1l|]\b)?)(?:[\s,/.-]{{0,3}}(?:Gol(?:ongan)?\.?(?:\s?Ruang)?\s?:?\s?)?"
    rf"(?P<grade>{_GRADE}|\([^()\n]{{1,8}}\)))?",
    re.IGNORECASE,
)
_ONLY_GRADE = re.compile(rf"(?:Gol(?:ongan)?\.?(?:\s?Ruang)?\s?:?\s?)?{_GRADE}", re.IGNORECASE)
GRADE_IN_BRACKETS = re.compile(r"\s?\(\s*[IVXl1]{1,4}\s?/\s?[a-eA-E]\s*\)")
_PPPK_CLASS = re.compile(r"\b(?:Golongan\s|Gol\.?\s)?(?P<roman>X{0,1}(?:IX|IV|V?I{0,3}))\b")


def say_rank(text: str) -> str | None:
    """The rank in a cell or after a label; None when nothing in it is a rank."""
    hit = RANK.search(text)
    if hit:
        return said(hit)
    hit = _ONLY_GRADE.fullmatch(text.strip())
    if hit:
        return f"{_group(hit['group'])}/{hit['room'].lower()}"
    hit = _PPPK_CLASS.fullmatch(text.strip())
    return hit["roman"] if hit and hit["roman"] else None


def said(hit: re.Match[str]) -> str:
    """The one form of a match of RANK: its name decides where name and grade disagree by a slip."""
    words = re.sub(r"[\s,]+", " ", hit["name"]).title()
    words = re.sub(r"\s?(?:Tk|Tkt|Tingkat)\b\.?\s?[I1L|]$", " Tk. I", words, flags=re.IGNORECASE)
    near = get_close_matches(words, _NAMES, n=1, cutoff=0.9)
    name = near[0] if near else words
    if hit["grade"] is None:
        return name
    grade = _NAMES.get(name)
    written = f"{_group(hit['group'])}/{hit['room'].lower()}" if hit["group"] else None
    if grade is None or (written in RANKS and RANKS[written] != name):
        return f"{name} ({written})" if written else name
    return f"{name} ({grade})"


def _group(text: str) -> str:
    return re.sub(r"[1lL|]", "I", text).upper()
