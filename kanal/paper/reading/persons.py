"""A person as a letter writes one: name with degrees, number, grade, position, standing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kanal.lib.names import split_titles
from kanal.paper.reading.casing import say_name
from kanal.paper.reading.facts import Fact, Nip, Person, fact
from kanal.paper.reading.layout import Passage, Token
from kanal.paper.reading.nips import LABEL, find_nips, nip_in_cell
from kanal.paper.reading.ranks import RANK, said, say_rank

HONORIFIC = re.compile(
    r"^(?:(?:Almarhum(?:ah)?|Alm|Sdr|Sdri|Sdra|Bpk|Ibu|Bapak|Saudara|Saudari|Sdr/i|Sdr\.?/Sdri|Saudara/i|Ny|Nn|Tn|Yth|a\.?n|"
    r"atas nama|Nama)(?:\.\s?|\s*[:/]\s*|\s+))+",
    re.IGNORECASE,
)
# `Membebaskan Saudara Budi Santoso`: no name has this word in it.
_ADDRESSED = re.compile(r"^.*\b(?:Saudar[ai]|Sdri?)\b\.?\s+(?=[A-Z])")
LIST_MARK = re.compile(r"^(?:\(?(?:\d{1,3}|[a-z]|II|III|IV|VI{1,3}|IX)[.)]\s*|[-•*]\s+)")
_NO_NUMBER = re.compile(
    rf"(?:{LABEL})\s*[.:]?\s*(?:-{{1,3}}|–|tidak ada|nihil)(?!\d)", re.IGNORECASE
)
_UNNUMBERED = re.compile(
    r"\b(?:PJLP|PJLOP|PHL|Non[- ]?(?:PNS|ASN)|Tenaga Ahli|Tenaga Kontrak|Honorer)\b", re.IGNORECASE
)
_STANDING = re.compile(
    r"^\W*(?:PJLP|PJLOP|PHL|PNS|CPNS|PPPK|Non[- ]?(?:PNS|ASN))\W*$", re.IGNORECASE
)
_MOST_NAME_LINES = 3
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NAME = re.compile(r"^[^\W\d_][^\d:;@=<>{}]{1,78}$")
# A name with a number behind it, as made-up people have.
_FIGURED = re.compile(r"^(?:Petugas\s)?(?P<bare>[^\d,]{2,60}[a-z])\s\d{1,3}(?P<rest>,[^\d]*)?$")
# `S.I.Kom.` as engines see it.
_MISREAD_DEGREE = re.compile(r"\s?\bS\.\s?(?:I?[Ll1]|I[Il1])\.(?=\s?(?:Kom|P|K|Pem|Pust)\b)")
_OFFICE = re.compile(
    r"(?i)^(?:pengelola|admin|operator|pranata|analis|pengadministrasi|kepala|sekretaris|camat|lurah|wali\s?kota|bupati|direktur|inspektur|dinas|badan|biro|"
    r"provinsi|petugas|pemerintah|surat|nomor|yang|dengan|media|bersama|pemprov|nip|kecamatan|kelurahan|suku|kesatu|"
    r"kedua|ketiga|keempat|kelima|memutuskan|menetapkan|menimbang|tertulis|seharusnya|semula|menjadi|mengingat|memperhatikan|keputusan|"
    r"jabatan|pangkat|pekerjaan|no\.|biasa|segera|penting|sifat|perihal|unit|rsud|puskesmas|sudin|uptd?|bagian|bidang|sub\s?bagian|seksi|sekretariat|daftar|lampiran|sebagai|kota|kabupaten|demikian|tembusan|peraturan|instruksi|undang)\b"
)
_ENDS_A_POSITION = re.compile(r"(?i)\bahli\s(?:pertama|muda|madya|utama)\b\W*$")
_LABELS = re.compile(
    r"(?i)^(?:jabatan|pangkat(?:\s?/?\s?gol(?:ongan)?)?(?:\s?ruang)?|golongan|status(?:\s+kepegawaian)?|"
    r"nama|nrk|unit kerja)\b\s*[:.]?\s*"
)
_AS_WHAT = re.compile(r",?\s(?:selaku|sebagai)\s.*$")
_CONTACT = re.compile(
    r"(?i)\b(?:no\.?\s?(?:hp|telp|telepon|handphone|wa)|hp|e-?mail|surel|nrk|telepon)\b\s*[:.]?.*$|"
    r"\S+@\S+\.\S+|\b0?8\d{8,11}\b"
)


# The `source` of whom a sentence names, in no table and after no label.
IN_SENTENCES = 1
# Added to the `source` of whoever an attachment names.
ATTACHED_SOURCE = 10_000


@dataclass(frozen=True)
class Draft:
    """A person found, the words he or she was read from, and the role a heading gave, if any.

    `source` tells one table or text of the letter from another: within one, nobody is repeated.
    """

    person: Person
    tokens: tuple[Token, ...]
    role: str = ""
    source: int = 0


def is_degree(piece: str) -> bool:
    """`S.I.Kom.` or `ST` after a name's comma."""
    return bool(piece.strip()) and bool(split_titles(f"Nama, {piece.strip()}").suffix)


def is_name(text: str) -> bool:
    """Could be a name: begins with a letter, few words, no figures, not a grade or a label."""
    bare = split_titles(text).bare
    words = bare.split()
    if not _NAME.match(text) or not 1 <= len(words) <= 7 or RANK.fullmatch(text.strip()):
        return False
    if (
        _STANDING.match(text)
        or _ENDS_A_POSITION.search(bare)
        or re.match(r"(?i)^(?:nip|nik|nrk|ttd|cap)\b", text)
    ):
        return False
    if (
        _OFFICE.match(bare)
        or not bare[:1].isupper()
        or sum(word[0].islower() for word in words) > len(words) / 3
    ):
        return False
    letters = sum(char.isalpha() for char in bare)
    return letters >= 3 and letters / len(bare.replace(" ", "")) > 0.7


def name_fact(text: str, tokens: Sequence[Token], *, labelled: bool = False) -> Fact | None:
    """`labelled`: under or after the word `Nama`, where also `Petugas Contoh 1` is a name."""
    text = _ADDRESSED.sub("", LIST_MARK.sub("", text.strip(" ,:;|_/-")))
    text = _AS_WHAT.sub("", HONORIFIC.sub("", text)).strip(" ,:;|_/(-\"“”'‘’")
    # A narrow cell breaks a name at its hyphen, or with one.
    text = re.sub(r"(?<=[a-z])-\s(?=[A-Z])", "-", re.sub(r"(?<=[a-z])-\s(?=[a-z])", "", text))
    text = re.sub(r"\s*\.\s*$", ".", text) if is_degree(text.split(",")[-1]) else text.rstrip(".")
    text = re.sub(r"\s+,", ",", re.sub(r"\bM,\s?S[Ii]\b", "M.Si", text))
    text = _MISREAD_DEGREE.sub(" S.I.", re.sub(r"(?<=[a-z]{3})\.\s?(?=S\.)", ", ", text)).strip()
    figured = _FIGURED.match(text) if labelled else None
    if not is_name(f"{figured['bare']}{figured['rest'] or ''}" if figured else text):
        return None
    return fact(say_name(text), tokens)


def rank_fact(text: str, tokens: Sequence[Token]) -> Fact | None:
    rank = say_rank(text.strip())
    return fact(rank, tokens) if rank else None


def position_fact(text: str, tokens: Sequence[Token]) -> Fact | None:
    text = _CONTACT.sub("", RANK.sub(_less_rank, text))
    text = re.sub(r"(?i)^\W*jabatan\b\s*[:.]?\s*", "", text)
    text = " ".join(text.replace("\n", " ").split()).strip(" ,.:;|-_/()[]")
    if sum(char.isalpha() for char in text) < 3 or _STANDING.match(text):
        return None
    return fact(text, tokens)


def _less_rank(hit: re.Match[str]) -> str:
    """`Pembina Mutu Hasil Perikanan` is a position: the word of a grade goes on there."""
    goes_on = re.match(r"\s[A-Z][a-z]{2}", hit.string[hit.end() :]) and hit["grade"] is None
    return hit[0] if goes_on else ""


def status_of(person: Person, words: str) -> str | None:
    """PNS or PPPK by the number, PJLP where the letter says there is none."""
    digits = person.nip.digits if person.nip else ""
    if len(digits) == 18:
        return "PPPK" if digits[12] == "2" else "PNS"
    if person.nip:
        return "PPPK" if re.search(r"\bPPPK\b", words) else "PNS"
    return "PJLP" if person.unnumbered or _UNNUMBERED.search(words) else None


def says_unnumbered(text: str) -> bool:
    return bool(_NO_NUMBER.search(text) or _UNNUMBERED.search(text))


def person_in_cell(tokens: Sequence[Token]) -> Person:
    """A cell that stacks name, number, grade and position; any of them may be absent."""
    passage = Passage(tokens)
    found = next(find_nips(passage), None)
    none = _NO_NUMBER.search(passage.text)
    start, end = (found.start, found.end) if found else (none.span() if none else (None, None))
    if start is None or end is None:
        start, end = _name_end(passage)
    name = _name_over(passage, start)
    rest, rest_tokens = passage.text[end:], passage.between(end, len(passage.text))
    person = Person(
        name=name,
        nip=found.nip if found else None,
        rank=_rank_inside(passage, end),
        position=_position_inside(rest, rest_tokens),
        unnumbered=found is None and says_unnumbered(passage.text),
    )
    return replace(person, status=status_of(person, passage.text))


def _name_over(passage: Passage, end: int) -> Fact | None:
    """All that stands before the number; where that is more than a name, its last line."""
    for start in (0, passage.text[:end].rstrip().rfind("\n") + 1):
        words = passage.text[start:end].replace("\n", " ")
        name = name_fact(words, passage.between(start, end), labelled=True)
        if name is not None:
            return name
    return None


def _name_end(passage: Passage) -> tuple[int, int]:
    """Without a number the name is the first line, and degrees that a narrow cell pushed down."""
    lines = passage.text.split("\n")
    standing = next((at for at, line in enumerate(lines) if _STANDING.match(line)), 0)
    if 0 < standing <= _MOST_NAME_LINES:
        end = len("\n".join(lines[:standing]))
        return end, end
    at = len(lines[0])
    for line in lines[1:]:
        if not all(is_degree(piece) for piece in line.split(",") if piece.strip()):
            break
        at += 1 + len(line)
    return at, at


def _rank_inside(passage: Passage, start: int) -> Fact | None:
    hit = RANK.search(passage.text.replace("\n", " "), start)
    return fact(said(hit), passage.between(*hit.span())) if hit else None


def _position_inside(text: str, tokens: Sequence[Token]) -> Fact | None:
    lines = [line for line in text.split("\n") if not _STANDING.match(line)]
    flat = RANK.sub("\n", " ".join(lines)) if RANK.search(" ".join(lines)) else " ".join(lines)
    parts = [part.strip(" ,.;:/()") for part in flat.split("\n")]
    parts = [_LABELS.sub("", part) for part in parts if len(part) > 2]
    return position_fact(parts[-1], tokens) if parts else None


def nip_fact(tokens: Sequence[Token]) -> tuple[Nip | None, bool]:
    """The number of a NIP cell or value, and whether the cell says that there is none."""
    passage = Passage(tokens)
    found = nip_in_cell(passage) or next(find_nips(passage), None)
    if found:
        return found.nip, False
    blank = not any(char.isdigit() for char in passage.text) or bool(_NIK.search(passage.text))
    # `........` waits for the pen; only a dash or a word says that there is none.
    waits = re.search(r"\.{3}|_{2}|…", passage.text)
    said = re.fullmatch(r"\W*(?:[-–—]|nihil|tidak ada)\W*", passage.text, re.IGNORECASE)
    dashed = said is not None and waits is None
    return None, blank and (
        dashed or says_unnumbered(passage.text) or bool(_NIK.search(passage.text))
    )
