"""People in running text and lists: around each NIP, and after `Sdr.` where there is none."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from kanal.paper.reading.facts import Fact, Person
from kanal.paper.reading.layout import Passage, Sheet
from kanal.paper.reading.nips import LABEL, MOST_NUMBERS, FoundNip, find_nips
from kanal.paper.reading.persons import (
    Draft,
    is_degree,
    name_fact,
    position_fact,
    says_unnumbered,
    status_of,
)
from kanal.paper.reading.ranks import GRADE_IN_BRACKETS, RANK, said, say_rank
from kanal.paper.reading.stacks import Stacks

_ADDRESSED = (
    r"(?:Sdr\.?\s?/\s?Sdri|Saudara/i|Sdr/i|Sdri|Sdra|Sdr|Saudara|Saudari|Bapak|Ibu|Bpk|Ny|"
    r"[Aa]lmarhum(?:ah)?|Alm)\b\.?"
)
_BEGINS = re.compile(
    rf"(?<!\w){_ADDRESSED}\s*:?\s|"
    r"\b(?:Pertama|Kedua|Ketiga|Keempat|Kelima)\s?[,:]\s|[\"“”'‘]\s?(?=[A-Z])|"
    r"\b(?i:(?:kami|saya)\s(?:tunjuk|tugaskan|tetapkan|angkat|percayakan\skepada)|dibantu|didampingi)\s(?:oleh\s)?(?=[A-Z])|"
    r"\b(?i:pegawai|petugas|staf|rekan|anggota)\s(?:kami|kita)\s?[,:]?\s(?=[A-Z])|"
    r"\b(?i:bernama|menunjuk|menugaskan|memerintahkan|kepada|bahwa|oleh|atas nama|yaitu|yakni|menggantikan|dengan hormat|"
    r"mengganti|pengganti|dari|dengan|nama|adalah|ialah|memberhentikan|dan|serta|pegawai|petugas|"
    r"membebastugaskan|membebaskan|ditugaskan|ditunjuk|diperintahkan|menetapkan|mengangkat|semula|menjadi|lama|baru|penunjukan)\b\s*:?\s(?:[-•]\s)?|"
    r"(?<!\S)(?:19|20)\d\d,?\s(?=[A-Z])|(?<!\S)\(?(?:\d{1,2}|[a-z])[.)]\s|[:;]\s(?:[-•]\s)?|\n\s*[-•]\s|"
    r"(?!dr[aghs]\.)[a-z]{3}\.\s(?=[A-Z])"
)
_STOPS = re.compile(
    r"(?i)\b(?:sebagai|untuk|yang|kami|saya|digantikan|diganti|selaku|ditunjuk|terhitung|karena|dikarenakan|"
    r"menggantikan|melainkan|menunjuk|menugaskan|mengangkat|menetapkan|memerintahkan|dengan ini|dengan tugas|kepada|berhubung|telah|pada tanggal|agar|dapat|mulai|dalam rangka|"
    rf"tidak lagi|diberhentikan|selanjutnya|kemudian|seharusnya|tertulis|(?:harus|agar|mohon|supaya|semestinya)\sdibaca|yang\sbenar|dijabat|diisi|diteruskan|dilanjutkan|diserahkan|"
    rf"dialihkan|beralih|dibebastugaskan|dan\s+{_ADDRESSED}|masing|semula|menjadi)\b|;|\n\s*\(?\d{{1,2}}[.)]\s|"
    r"\.\s+(?=[A-Z])|\n\s*[a-z][.)]\s"
)
# `Staf Subbagian Umum dan Kepegawaian`: nobody's name follows this `dan`.
_JOINS = re.compile(r"(?i)(?:dan|serta)\b")
_IN_POSITION = re.compile(
    r"(?i)[,(]\s*(?:jabatan\s+\w|(?:staf|kepala|kasub\w*|sekretaris|analis|pranata|pengelola|penata|"
    r"pengadministrasi|penyusun|seksi|bidang)\b)[^,;()]*$"
)
_POSITION = re.compile(
    r"(?i)\bjabatan(?:\s+(?:saat ini|kedinasan))?\s*[:.]?\s*(?:sebagai\s+|selaku\s+)?(?P<said>[^;\n,()]{3,70})"
)
# Where a position ends without a comma, and how the next sentence begins.
_NO_POSITION = re.compile(
    r"\)[.,\s].*$|\.\s(?=[A-Z][a-z]{3}).*$|^(?:Dengan|Demikian|Bersama|Untuk|Atas|Sejak|Hal|Mulai|Apabila)\s.*$"
)
_IN_BRACKETS = re.compile(r"\((?P<said>[A-Z][^()]{3,70})\)")
_AFTER_HONORIFIC = re.compile(rf"{_ADDRESSED}\s*:?\s(?P<name>[A-Z][^\n;:()]{{2,90}})")
_CAPITAL = re.compile(r"\s*(?:(?:dr|drg|drh|drs|dra)\.\s?)?[A-Z]")
# `NIP 1990... atas nama Budi Santoso`.
_ON_BEHALF = re.compile(
    r"\s*,?\s*(?:atas\snama|a\.n\.)\s+(?P<name>[A-Z][^\n;:()]{2,80}(?:(?<=,)\n(?:[A-Z][A-Za-z.]{1,9}[,.]\s?)+)?)",
    re.ASCII,
)
# `Asep Kurniawan, Tenaga Kontrak Pengolah Informasi (bukan ASN)`: told by what he is not.
_STANDING = re.compile(
    r"\b(?:PJLP|PJLOP|PHL|(?i:non[- ]?(?:PNS|ASN))|(?i:bukan\s(?:PNS|ASN))|[Tt]enaga\s(?:[Kk]ontrak|[Aa]hli)|"
    r"[Hh]onorer)\b"
)
# `PJLP atas nama Andika Saputra`.
_NAMED_BEHIND = re.compile(
    r"\s(?:kami\s)?(?:atas nama|bernama|a\.n\.|Sdri?\b\.?|Saudar[ai])\s+(?=[A-Z])"
)
# What somebody is made stands behind the name, and is neither of it nor the position.
_AS_WHAT = re.compile(r"\s(?:selaku|sebagai|ditunjuk|ditugaskan|diangkat)\s")
_LABEL_BEHIND = re.compile(
    rf"[\s,(/-]*(?:\b(?:dengan|ber-?|pemegang|yang ber-?)\s*)?(?:{LABEL}[\s.:]*)?$"
)
_ALL_OF_THEM = re.compile(r"(?i)\b(?:keduanya|ketiganya|semuanya|seluruhnya|masing-masing)\b")
_JOINED = re.compile(r",?\s(?:dan|serta)\s$")
# Far enough for the words of either to stand just before a place.
_NEAR = 40
_CALLED = re.compile(r"\s(?:yang\s)?(?:berstatus|merupakan)\s(?:sebagai\s)?$")
# Any word that no name has may stand before one.
_WORD_BEFORE = re.compile(
    r"(?<!\S)(?!bin\b|binti\b|van\b|de\b)[a-z]{3,}[,:]?\s+(?=(?:dr|drg|drh|drs|dra|ir)\.\s[A-Z]|[A-Z])"
)
_DASH = re.compile(r"\s[-–—]\s(?=[A-Z])")
# `B. Petugas yang masuk` on a line of its own: a name below it begins anew.
_HEADING_ABOVE = re.compile(r"\n\(?(?:[A-Z]|[IVX]{1,4}|\d{1,2})[.)]\s[^\n.;,]{3,60}\n$")
_TAIL = 260
_MOST_BEGINNINGS = 9


def people_in(sheet: Sheet) -> Iterator[Draft]:
    """Each NIP with the words around it; then the people addressed who have none."""
    passage, stacks = sheet.passage, Stacks(sheet)
    found = list(find_nips(passage))
    numbered: list[tuple[Draft, tuple[int, int]]] = []
    stop = len(passage.text)
    # From the last: a person's words end where the next one's name begins.
    for at, nip in reversed(list(enumerate(found))):
        floor = found[at - 1].end if at else 0
        numbered.append(_around(stacks, passage, nip, floor, stop))
        stop = min(nip.start, max(numbered[-1][1][0], floor))
    numbered.reverse()
    yield from (draft for draft, _span in numbered)
    taken = [span for _draft, span in numbered]
    yield from _unnumbered(passage, taken)
    numbers = [(nip.start, nip.end) for nip in found]
    yield from _told_by_standing(passage, numbers + taken[len(found) :])


def _around(
    stacks: Stacks, passage: Passage, nip: FoundNip, floor: int, stop: int
) -> tuple[Draft, tuple[int, int]]:
    digits = passage.between(nip.start, nip.end)
    start, name, extra = _name_before(passage, nip, floor)
    end = _end_after(passage, nip.end, stop)
    behind = _ON_BEHALF.match(passage.text, nip.end, stop)
    if behind:
        after, more = _parse_names(passage, behind.start("name"), behind.end("name"))
        if after is not None:
            start, name, extra = nip.start, after, more
    if name is None or stacks.begins(digits):
        above = stacks.name_near(digits)
        goes_on = name is not None and above is not None and _ends_with(name, above)
        if above is not None and (stacks.stand_side_by_side(digits) or not goes_on):
            return stacks.draft(digits, nip.nip, above), (nip.start, nip.end)
    person = Person(
        name=name,
        nip=nip.nip,
        rank=_rank(passage, start, nip.start, end),
        position=_position(passage, nip.end, end) or extra,
    )
    person = replace(person, status=status_of(person, passage.text[start:end]))
    return Draft(person, passage.between(start, end)), (start, end)


def _ends_with(name: Fact, line: Fact) -> bool:
    """The line above the number is the end of a name that began one line higher."""
    last = line.value.casefold().replace(" ", "")
    return name.value.casefold().replace(" ", "").endswith(last)


def _name_before(
    passage: Passage, nip: FoundNip, floor: int
) -> tuple[int, Fact | None, Fact | None]:
    """The name, and a position that stood between it and the number."""
    low = max(floor, nip.start - 200)
    start, name, extra = _name_begun(passage, nip.start, floor)
    line = max(passage.text.rfind("\n", low, nip.start) + 1, low)
    if name and start < line and _HEADING_ABOVE.search(passage.text, start, line):
        below, more = _parse_names(passage, line, nip.start)
        if below and " " in below.value.split(",")[0]:
            return line, below, more
    if name:
        return start, name, extra
    for hit in reversed(list(_WORD_BEFORE.finditer(passage.text, low, nip.start))[-2:]):
        name, extra = _parse_names(passage, hit.end(), nip.start)
        if name and extra is None and " " in name.value.split(",")[0]:
            return hit.end(), name, None
    for start in (low, line):
        name, extra = _parse_names(passage, start, nip.start)
        if name:
            return start, name, extra
    return nip.start, None, None


def _name_begun(passage: Passage, stop: int, floor: int) -> tuple[int, Fact | None, Fact | None]:
    """The name behind the last word that can begin one."""
    low = max(floor, stop - 200)
    begins = list(_BEGINS.finditer(passage.text, low, stop))
    for hit in reversed(begins[-_MOST_BEGINNINGS:]):
        if _JOINS.match(hit[0]) and _IN_POSITION.search(passage.text, low, hit.start()):
            continue
        name, extra = _parse_names(passage, hit.end(), stop)
        if name:
            return hit.end(), name, extra
    return low, None, None


def _parse_names(passage: Passage, start: int, end: int) -> tuple[Fact | None, Fact | None]:
    """`Budi Santoso, S.E., Penata (III/c), Arsiparis` parted at its commas."""
    text = _LABEL_BEHIND.sub("", _AS_WHAT.split(passage.text[start:end])[0])
    # A comma that an engine saw as a full stop: `Rangga Firmanto. Tenaga Ahli`.
    text = re.sub(r"(?<=[a-z]{4})\.(?=\s?[A-Z][a-z])", ",", text)
    text = GRADE_IN_BRACKETS.sub("", text)
    if not _CAPITAL.match(text) or text.count(")") > text.count("("):
        return None, None
    flat = _DASH.sub(", ", re.sub(r"\s\((?=[A-Z])", ", (", text.replace("\n", " ")))
    pieces = [piece.strip() for piece in flat.split(",")]
    cut = 1
    while cut < len(pieces) and is_degree(pieces[cut]):
        cut += 1
    head = pieces[:cut]
    bracket = head[-1].find("(")
    if bracket > 0:
        head[-1] = head[-1][:bracket].strip()
    head[0] = re.split(r"\s+/\s+|\s+tanpa\s", head[0])[0]
    bare = RANK.sub("", ", ".join(head)).strip(" ,")
    if len(bare.split(",")[0].split()) > 6:
        return None, None
    size = _length_of(text, bare)
    name = name_fact(bare, passage.between(start, start + size))
    rest = ", ".join(piece for piece in pieces[cut:] if piece and not say_rank(piece))
    rest = _NO_POSITION.sub("", rest)
    extra = position_fact(rest, passage.between(start + size, end)) if rest else None
    return name, extra


def _length_of(text: str, bare: str) -> int:
    last = bare.split()[-1] if bare else ""
    at = text.find(last)
    return at + len(last) if at >= 0 else len(text)


def _end_after(passage: Passage, start: int, stop: int) -> int:
    """Where the words about this person end."""
    stop = min(stop, start + _TAIL)
    hit = _STOPS.search(passage.text, start, stop)
    return hit.start() if hit else stop


def _rank(passage: Passage, start: int, middle: int, end: int) -> Fact | None:
    flat = passage.text.replace("\n", " ")
    hit = RANK.search(flat, middle, end) or RANK.search(flat, start, middle)
    if hit is None or hit.end() > end:
        return None
    return Fact(said(hit), passage.confidence(*hit.span()), passage.place(*hit.span()))


def _position(passage: Passage, start: int, end: int) -> Fact | None:
    flat = RANK.sub(lambda hit: " " * len(hit[0]), passage.text[start:end].replace("\n", " "))
    for pattern in (_POSITION, _IN_BRACKETS):
        hit = pattern.search(flat)
        if hit:
            where = passage.between(start + hit.start("said"), start + hit.end("said"))
            return position_fact(hit["said"], where)
    lines = [line for line in passage.text[start:end].split("\n") if line.strip(" ,.()")]
    flat_pieces = [piece.strip(" .()") for piece in flat.split(",")]
    for piece in flat_pieces:
        piece = re.sub(r"(?i)^(?:pangkat|golongan|gol)\b.*$", "", piece).strip()
        piece = _NO_POSITION.sub("", piece)
        if len(piece) > 4 and piece[0].isupper() and len(piece.split()) < 9 and lines:
            at = start + max(flat.find(piece), 0)
            return position_fact(piece, passage.between(at, at + len(piece)))
    return None


def _unnumbered(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[Draft]:
    starts = [start - 12 for start, _ in taken]
    for hit in islice(_AFTER_HONORIFIC.finditer(passage.text), MOST_NUMBERS):
        near = bisect_right(starts, hit.start("name")) - 1
        if near >= 0 and hit.start("name") < taken[near][1]:
            continue
        around = passage.text[hit.start() : hit.end() + 120]
        if not says_unnumbered(_until_stop(around)):
            continue
        name, extra = _parse_names(passage, hit.start("name"), hit.end("name"))
        if name is None:
            continue
        end = _end_after(passage, hit.start("name"), len(passage.text))
        position = _position(passage, hit.start("name"), end) or extra
        taken.append((hit.start(), end))
        yield _without_number(name, position, passage, (hit.start(), end))


def _told_by_standing(passage: Passage, taken: list[tuple[int, int]]) -> Iterator[Draft]:
    """Who is named without `Sdr.` and said to be no civil servant."""
    for hit in islice(_STANDING.finditer(passage.text), MOST_NUMBERS):
        before = [span for span in taken if span[0] < hit.start()]
        if any(start <= hit.start() < end for start, end in before):
            continue
        floor = max((end for _, end in before), default=0)
        called = _CALLED.search(passage.text, max(hit.start() - _NEAR, 0), hit.start())
        stop = called.start() if called else hit.start()
        start, name, extra = _name_begun(passage, stop, floor)
        behind = _NAMED_BEHIND.match(passage.text, hit.end())
        if behind:
            start, stop = behind.end(), _end_after(passage, behind.end(), len(passage.text))
            name, extra = _parse_names(passage, start, stop)
        if name is None or len(name.value.split(",")[0].split()) < 2:
            continue
        end = _end_after(passage, max(hit.end(), start), len(passage.text))
        taken.append((start, end))
        yield _without_number(name, extra, passage, (start, end))
        if _ALL_OF_THEM.search(passage.text, start, hit.start()):
            yield from _joined_before(passage, start, floor)


def _joined_before(passage: Passage, start: int, floor: int) -> Iterator[Draft]:
    """`Rafi Alamsyah dan Putri Maharani (keduanya bukan ASN)`: the one before."""
    join = _JOINED.search(passage.text, max(start - _NEAR, 0), start)
    if join is None:
        return
    begun, name, extra = _name_begun(passage, join.start(), floor)
    if name is not None:
        yield _without_number(name, extra, passage, (begun, join.start()))


def _without_number(
    name: Fact, position: Fact | None, passage: Passage, span: tuple[int, int]
) -> Draft:
    person = Person(name=name, position=position, unnumbered=True, status="PJLP")
    return Draft(person, passage.between(*span))


def _until_stop(text: str) -> str:
    hit = _STOPS.search(text)
    return text[: hit.start()] if hit and hit.start() > 20 else text
