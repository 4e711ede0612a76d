"""People written as labels and values: `Nama : ...`, `NIP : ...`, one below the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kanal.paper.reading.facts import Nip, Person
from kanal.paper.reading.layout import WIDE_GAP, Passage, Row, Token, stretched_gap
from kanal.paper.reading.nips import find_nips
from kanal.paper.reading.numbering import days_in
from kanal.paper.reading.persons import (
    Draft,
    name_fact,
    nip_fact,
    position_fact,
    rank_fact,
    says_unnumbered,
    status_of,
)
from kanal.paper.reading.ranks import RANK, said

_SEPARATOR = r"(?:\s*[:=;]+\s*|\s+[.·\-1]\s+|\s*\.{2,}\s*:?\s*)"
_LABELS = (
    (
        "name",
        (
            r"nama(?:\s(?:lengkap|pegawai|petugas|pejabat|jelas|operator|admin|pengelola|asn|pns|"
            r"(?:dan|beserta|serta)(?:\sgelar)?)|\s?[/,&]\s?gelar){0,3}(?:\s?\(.{3,20}\))?"
        ),
    ),
    (
        "nip",
        (
            r"n\.?\s?[i1l]\.?\s?p\.?(?:\s?/\s?(?:nrk|nik|ni\s?pppk|pangkat|gol\w*)|\s(?:pppk|p3k))*|nik\s?/\s?nip|"
            r"ni\s?pppk|nipppk|n[i1]k|nomor induk(?:\s(?:pegawai|pppk|p3k))?(?:\s?\(nip\))?|nip pppk"
        ),
    ),
    (
        "rank",
        (
            r"pangkat(?:[\s/,.()]*(?:dan\s)?gol\w*)?\.?(?:[\s/]*ruang)?\)?|gol(?:ongan)?(?:[\s/]*ruang)?\.?|"
            r"pangkat\s?/\s?gol\.?\s?ruang"
        ),
    ),
    ("position", r"jabatan(?:\s(?:kedinasan|saat ini|dinas|definitif|petugas|pegawai))?|pekerjaan"),
    ("born", r"tempat[^:]{0,20}|(?:tanggal|tgl)\.?\s?lahir|ttl"),
    ("status", r"status(?:\skepegawaian)?|jenis\skepegawaian"),
    (
        "other",
        (
            r"unit\s(?:kerja|organisasi)|instansi|no\.?\s?(?:hp|telp\w*|telepon|handphone|wa)\.?|"
            r"(?:nomor\s)?(?:telepon|hp|handphone|whatsapp)|e-?mail|surel|alamat(?:\se-?mail)?|nrk|"
            r"no(?:mor)?\.?\s?(?:kontrak|spk|perjanjian)(?:\s\w+){0,2}|"
            r"keterangan|tugas|tmt|pendidikan|kontak|sebagai|akun|pangkat|atasan(?:\slangsung)?|pejabat\spenilai"
        ),
    ),
)
# `Ketua : Budi Santoso`: what somebody is to be, where a name stands behind it.
_ROLE_LABEL = re.compile(
    r"(?:(?:wakil\s)?ketua|anggota|koordinator|penanggung\s?jawab|(?:admin|petugas|operator|pengelola)\s(?=\d|[IVX]{1,3}\b))"
    r"(?:\s?(?:\d{1,2}|[IVX]{1,3}))?\s*:\s",
    re.IGNORECASE,
)
_LABEL = {kind: re.compile(rf"(?:{words})", re.IGNORECASE) for kind, words in _LABELS}
_MARK = r"(?:\(?(?:\d{1,2}|[a-z])[.)]\s*|[-•*]\s*)?"
_MARKED = {
    kind: re.compile(rf"{_MARK}(?P<label>(?:{words}))(?P<sep>{_SEPARATOR}|\s+|$)", re.IGNORECASE)
    for kind, words in _LABELS
}
# `Kepada : Nama : ...`: a person's labels beside the label of a part of the letter.
_PART = re.compile(rf"(?i)[a-z ]{{3,30}}\s?:\s(?={_MARK}nama\b[^:]{{0,25}}:)")
# `Untuk : 1. Melanjutkan tugas ...`: the order itself, under the data of whom it is given to.
_BEGINS_ORDER = re.compile(r"(?i)(?:untuk|guna|agar|isi tugas|maksud)\s*:")
# `B. Petugas Baru`: the next part, not a label's second line.
_BEGINS_PART = re.compile(
    r"^(?:[A-Z0-9]{1,3}|[IVX]{1,4})[.)]\s|(?i:.*\b(?:lama|baru|semula|menjadi)\b)"
)
_REPLACES = re.compile(r"(?i)\b(?:menggantikan|mengganti|pengganti)\b")
_FAR = 2.6


@dataclass
class Entry:
    """One label with the words of its value, which may go on in the rows below."""

    kind: str
    value: list[Token]
    label: tuple[Token, ...]
    numbered: bool = False


@dataclass
class Block:
    entries: list[Entry] = field(default_factory=list)
    stray: list[Token] = field(default_factory=list)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Less the sentences that name somebody else: `Tugas : menggantikan Sdr. ... (NIP ...)`."""
        own = [entry for entry in self.entries if not _names_another(entry)]
        inside = [token for entry in own for token in (*entry.label, *entry.value)]
        return tuple(inside + self.stray)


def kind_of_label(text: str) -> str | None:
    """What a cell that is nothing but a label announces: `name`, `nip`, `rank` ..."""
    bare = re.sub(rf"^{_MARK}|[\s:]+$", "", text)
    return next((kind for kind, words in _LABEL.items() if words.fullmatch(bare)), None)


def people_in(rows: tuple[Row, ...]) -> Iterator[Draft]:
    """Every person whose name stands after a label."""
    for block in _blocks(rows):
        draft = _draft(block)
        if draft:
            yield draft


def _blocks(rows: tuple[Row, ...]) -> Iterator[Block]:
    """Blocks in reading order; side by side they are kept apart by where their labels stand."""
    open_blocks: dict[int, Block] = {}
    ahead: list[Entry] = []
    above: Row | None = None
    for row in rows:
        entries = _entries(row)
        if (
            above is not None
            and (row.page != above.page or row.y0 - above.y1 > _FAR * 2 * above.height)
            and entries
            and entries[0].kind == "name"
        ):
            yield from _closed(open_blocks)
        if entries:
            yield from _take(
                open_blocks, [*ahead, *entries] if _ends_ahead(ahead, entries) else entries
            )
            ahead = [*ahead, *entries] if not open_blocks else []
        else:
            ahead = []
            if open_blocks and not _continue(open_blocks, row, above):
                yield from _closed(open_blocks)
        above = row
    yield from _closed(open_blocks)


def _ends_ahead(ahead: list[Entry], entries: list[Entry]) -> bool:
    """`NIP : ...` stands over its `Nama : ...`."""
    return entries[0].kind == "name" and any(entry.kind == "nip" for entry in ahead)


def _closed(open_blocks: dict[int, Block]) -> list[Block]:
    blocks = list(open_blocks.values())
    open_blocks.clear()
    return blocks


def _take(open_blocks: dict[int, Block], entries: list[Entry]) -> Iterator[Block]:
    over: list[Entry] = []
    for entry in entries:
        near = _near(open_blocks, entry.label[0].x0)
        if near is None:
            near = _begun_further_right(open_blocks, entry)
        if entry.kind == "name":
            if near is not None:
                yield open_blocks.pop(near)
            open_blocks[round(entry.label[0].x0)] = Block([*over, entry])
            over = []
        elif near is None:
            over.append(entry)
        elif near is not None:
            open_blocks[near].entries.append(entry)


def _begun_further_right(open_blocks: dict[int, Block], entry: Entry) -> int | None:
    """`Kepada : Nama : ...` with the other labels at the margin below it."""
    if len(open_blocks) != 1 or entry.kind == "name":
        return None
    ((at, block),) = open_blocks.items()
    known = {one.kind for one in block.entries}
    return at if entry.label[0].x0 < at and entry.kind not in known else None


def _near(open_blocks: dict[int, Block], x: float) -> int | None:
    """The block that a label belongs to: the one that begins closest to the left of it."""
    close = [at for at in open_blocks if abs(at - x) < 60]
    return min(close, key=lambda at: abs(at - x), default=None)


def _continue(open_blocks: dict[int, Block], row: Row, above: Row | None) -> bool:
    """A row without labels goes on with a value when it hangs below it."""
    if above is None or row.page != above.page or _BEGINS_ORDER.match(row.text):
        return False
    if row.y0 - above.y1 > 0.9 * row.height:
        return False
    took = False
    for at, block in open_blocks.items():
        right = min((other for other in open_blocks if other > at), default=float("inf"))
        # A line that begins left of the labels is the next part's, wherever its words reach.
        runs = [run for run in row.runs if run.x0 >= at - 8]
        tokens = [token for run in runs for token in run.tokens if token.x0 < right - 8]
        took = _goes_on(block, tokens) or took
    return took


def _goes_on(block: Block, tokens: list[Token]) -> bool:
    """Words under a value belong to it; a few words elsewhere are a label's second line."""
    if not tokens:
        return False
    last = block.entries[-1]
    if last.kind == "name" and not last.value and name_fact(Passage(tokens).text, tokens):
        last.value.extend(tokens)
        return True
    if last.value:
        tokens, under = _parted_at(tokens, last.value[0].x0)
        last.value.extend(under)
        if not tokens:
            return True
    if _BEGINS_PART.match(Passage(tokens).text):
        return False
    if tokens[0].text.startswith(":") or sum(len(token.text) for token in tokens) < 14:
        block.stray.extend(tokens)
        return True
    return False


def _parted_at(tokens: list[Token], x: float) -> tuple[list[Token], list[Token]]:
    """What stands left of a value's column and what in it; a sentence runs through both."""
    edge = x - 0.6 * tokens[0].height
    at = next((at for at, token in enumerate(tokens) if token.x0 >= edge), len(tokens))
    if 0 < at < len(tokens) and tokens[at].x0 - tokens[at - 1].x1 < _wide(tokens):
        at = len(tokens)
    return tokens[:at], tokens[at:]


def _wide(tokens: Sequence[Token]) -> float:
    """A gap that parts columns; in a justified line every gap is wide."""
    return max(WIDE_GAP * tokens[0].height, stretched_gap(tokens))


def _entries(row: Row) -> list[Entry]:
    """The labels in a row with their values; prose that only mentions a label has none."""
    entries: list[Entry] = []
    passage = Passage(row.tokens)
    part = _PART.match(passage.text)
    starts = [part.end() if part else 0]
    begins = passage.starts()
    starts += [begins[id(run.tokens[0])] for run in row.runs[1:]]
    for start in dict.fromkeys(starts):
        hit = _label_at(passage, start, row)
        if hit is None:
            continue
        kind, begin, end, numbered = hit
        if entries:
            cut = begin
            entries[-1].value = [
                t for t in entries[-1].value if t.x0 < passage.between(cut, end)[0].x0
            ]
        value = [
            t for t in passage.between(end, len(passage.text)) if _starts_after(passage, t, end)
        ]
        mark = re.match(_MARK, passage.text[start:])
        label = passage.between(start + (mark.end() if mark else 0), max(end, start + 1))
        entries.append(Entry(kind, value, label, numbered))
    return entries


def _starts_after(passage: Passage, token: Token, end: int) -> bool:
    return token.text.strip(":;=") != "" or end == 0


def _label_at(passage: Passage, start: int, row: Row) -> tuple[str, int, int, bool] | None:
    text = passage.text
    as_what = _ROLE_LABEL.match(text, start)
    if as_what and name_fact(text[as_what.end() :], row.tokens):
        return "name", start, as_what.end(), False
    for kind, pattern in _MARKED.items():
        hit = pattern.match(text, start)
        if hit is None:
            continue
        plain_gap = not hit["sep"].strip()
        if plain_gap and not _wide_after(passage, hit.end("label"), row):
            continue
        numbered = bool(re.match(r"\(?\d{1,2}[.)]", text[start:]))
        return kind, start, hit.end(), numbered
    return None


def _wide_after(passage: Passage, end: int, row: Row) -> bool:
    """Without a colon, only a wide gap after it makes a word a label."""
    left, right = passage.between(max(end - 1, 0), end), passage.between(end + 1, end + 2)
    if not left or not right:
        return False
    return right[0].x0 - left[-1].x1 > max(1.0 * row.height, _wide(row.tokens))


def _names_another(entry: Entry) -> bool:
    words = Passage(entry.value)
    replaces = entry.kind == "other" and _REPLACES.search(words.text)
    return bool(replaces) and next(find_nips(words), None) is not None


def _draft(block: Block) -> Draft | None:
    person = Person()
    words = Passage(block.tokens).text
    for entry in block.entries:
        person = _with_entry(person, entry)
    if person.rank is None:
        passage = Passage(block.tokens)
        hit = RANK.search(passage.text.replace("\n", " "))
        if hit and hit["grade"]:
            name = said(hit)
            person = replace(person, rank=rank_fact(name, passage.between(*hit.span())))
    if person.name is None and person.nip is None:
        return None
    if person.nip is None and says_unnumbered(words):
        person = replace(person, unnumbered=True)
    if person.nip and not _fits_birth(person.nip, block):
        person = replace(person, nip=replace(person.nip, sure=False))
    return Draft(replace(person, status=status_of(person, words)), block.tokens)


def _fits_birth(nip: Nip, block: Block) -> bool:
    """Whether the day of birth, where the letter tells it, is the one the number begins with."""
    said = [_value(entry.value) for entry in block.entries if entry.kind == "born"]
    days = [found.day for text in said for found in days_in(text) if found.day]
    return not days or nip.digits[:8] in {day.strftime("%Y%m%d") for day in days}


def _with_entry(person: Person, entry: Entry) -> Person:
    text = _value(entry.value)
    if entry.kind == "name" and person.name is None:
        name = name_fact(re.split(r"\s*\bNIP\b", text)[0], entry.value, labelled=True)
        person = replace(person, name=name)
        return _nip_beside(person, entry)
    if entry.kind == "nip" and person.nip is None:
        nip, none = nip_fact(_bare(entry.value))
        return replace(person, nip=nip, unnumbered=person.unnumbered or none)
    if entry.kind == "rank" and person.rank is None:
        return replace(person, rank=rank_fact(text, entry.value))
    if entry.kind == "position" and person.position is None:
        return replace(person, position=position_fact(text, entry.value))
    return person


def _nip_beside(person: Person, entry: Entry) -> Person:
    """`Nama : Budi Santoso, NIP 1990...` on one line."""
    nip, _ = (
        nip_fact(entry.value)
        if any(len(t.text) > 7 and t.text[:2].isdigit() for t in entry.value)
        else (None, False)
    )
    return replace(person, nip=nip) if nip else person


def _bare(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.text.strip(":;=")]


def _value(tokens: Sequence[Token]) -> str:
    text = Passage(_bare(tokens)).text.replace("\n", " ")
    return text.lstrip(":;=. ")
