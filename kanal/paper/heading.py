"""The head of an instruction: its form, number, year, title and issuer."""

import re
from dataclasses import dataclass

from kanal.paper.spans import Found, View

# A heading stands near the beginning, after at most a cover or a list of addressees.
_REACH = 30_000
_HEAD = re.compile(
    r"(?<!\w)(INSTRUKSI|KEPUTUSAN|PERATURAN|SURAT\s{1,9}EDARAN)(?!\w)"
    r"([A-Z\s,./&()'-]{0,250}?)\s(?:NOMOR|Nomor)\b[\s:]{0,40}"
)
_NUMBER = re.compile(
    r"(?:([A-Za-z]?-?\d[A-Za-z0-9./-]{0,40}(?:\s?/\s?[A-Za-z0-9.-]{1,20}){0,6})\s{1,20})?"
    r"[.…_\s]{0,60}?(?:(?:TAHUN|Tahun)\s{1,20}(\d{4})(?!\d)\s{0,80})?(?=TENTANG|Tentang|tentang|[A-Z])"
)
_ABOUT = re.compile(r"\b(?:TENTANG|Tentang|tentang)\b")
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)$")
_OFFICE = re.compile(
    r"(?:SEKRETARIS\s+DAERAH|SEKRETARIS\s+JENDERAL|WAKIL\s+GUBERNUR|GUBERNUR|BUPATI|WALI\s?KOTA|"
    r"PRESIDEN|MENTERI|KEPALA\s+(?:DINAS|BADAN|BIRO)|INSPEKTUR|CAMAT|LURAH)\b"
)
_BLESSING = re.compile(r"\bDENGAN\s+RAHMAT\s+TUHAN\b")
_KEPT_CAPITALS = frozenset(
    [
        "DKI",
        "DPRD",
        "RSUD",
        "UPT",
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
        "PP",
        "RI",
        "II",
        "III",
        "IV",
    ]
)
_SMALL_WORDS = frozenset(
    [
        "dan",
        "di",
        "ke",
        "dari",
        "yang",
        "pada",
        "untuk",
        "bagi",
        "dalam",
        "serta",
        "atau",
        "tentang",
        "dengan",
        "oleh",
        "terhadap",
    ]
)


@dataclass(frozen=True)
class Heading:
    """`start` and `end` are 0 when no heading was found."""

    start: int = 0
    end: int = 0
    form: Found[str] | None = None
    number: Found[str] | None = None
    year: Found[int] | None = None
    title: Found[str] | None = None
    issuer: Found[str] | None = None


def read_heading(view: View) -> Heading:
    head = _HEAD.search(view.plain, 0, _REACH)
    if head is None:
        return Heading()
    numbered = _NUMBER.match(view.plain, head.end(), head.end() + 300)
    number, year = _number_and_year(view, numbered)
    end = numbered.end() if numbered else head.end()
    issuer = _issuer(view, head)
    title = _title(view, end, issuer)
    return Heading(
        head.start(),
        title.span[1] if title else end,
        _form(view, head),
        number,
        year,
        title,
        issuer,
    )


def _form(view: View, head: re.Match[str]) -> Found[str]:
    """`Instruksi Sekretaris Daerah`: the kind of paper and the office that may issue it."""
    office = _OFFICE.match(view.plain, *view.trim(*head.span(2)))
    end = office.end() if office else head.end(1)
    return view.found(say_quietly(view.words(head.start(1), end)), head.start(1), end)


def _issuer(view: View, head: re.Match[str]) -> Found[str] | None:
    said = view.words(*head.span(2))
    return view.found(say_quietly(said), *head.span(2)) if said else None


def _number_and_year(
    view: View, hit: re.Match[str] | None
) -> tuple[Found[str] | None, Found[int] | None]:
    number = year = None
    if hit and hit[1]:
        number = view.found(re.sub(r"\s*/\s*", "/", hit[1]), *hit.span(1))
        inside = _YEAR_IN_NUMBER.search(number.value)
        if inside:
            year = view.found(int(inside[1]), number.span[1] - 4, number.span[1])
    if hit and hit[2]:
        year = view.found(int(hit[2]), *hit.span(2))
    return number, year


def _title(view: View, start: int, issuer: Found[str] | None) -> Found[str] | None:
    """From TENTANG to the issuer's name again, or to the first word not in capitals."""
    about = _ABOUT.search(view.plain, start, start + 120)
    if about is None:
        return None
    capitals = re.compile(r"[^a-z]*").match(view.plain, about.end(), about.end() + 900)
    end = capitals.end() if capitals else about.end()
    while end > about.end() and not view.plain[end - 1].isspace():
        end -= 1
    stops = [hit.start() for hit in [_BLESSING.search(view.plain, about.end(), end)] if hit]
    if issuer:
        again = same_words(issuer.value).search(view.plain, about.end(), end)
        stops += [again.start()] if again else []
    end = min([end, *stops])
    if not stops:
        end = _first_paragraph(view, about.end(), end)
    said = view.words(about.end(), end).rstrip(",.")
    return view.found(say_quietly(said), about.end(), end) if said else None


def _first_paragraph(view: View, start: int, end: int) -> int:
    start, end = view.trim(start, end)
    blank = re.compile(r"\n[ ]*\n").search(view.plain, start, end)
    return blank.start() if blank else end


def same_words(words: str) -> re.Pattern[str]:
    """These words again, however they are broken into lines or capitalised."""
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)


def say_quietly(words: str) -> str:
    """A line in capitals as one writes it in a sentence; anything else stays as it is."""
    if words != words.upper():
        return words
    return " ".join(_quiet(word, at) for at, word in enumerate(words.split()))


def _quiet(word: str, at: int) -> str:
    if word.strip("(),.") in _KEPT_CAPITALS or any(letter.isdigit() for letter in word):
        return word
    low = word.lower()
    if at and low in _SMALL_WORDS:
        return low
    return re.sub(r"(?<![a-z'])[a-z]", lambda hit: hit[0].upper(), low)
