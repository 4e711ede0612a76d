"""The block under which a letter is signed: capacity, position, name, number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kanal.paper.reading.casing import say_office
from kanal.paper.reading.facts import LEGIBLE, Fact, Nip, Signatory, fact
from kanal.paper.reading.layout import Passage, Row, Run, Token
from kanal.paper.reading.nips import FoundNip, find_nips
from kanal.paper.reading.persons import is_degree, name_fact
from kanal.paper.reading.ranks import RANK

_HEADS = (
    r"kepala|camat|lurah|wali\s?kota|bupati|direktur|inspektur|sekretaris|ketua|asisten|gubernur|"
    r"wakil|kasubbag|kabag|kabid|komandan|koordinator|manajer|pemimpin|pimpinan|pelaksana|"
    r"panewu|mantri\spamong|wali\s?nagari|perbekel|kuwu|keuchik|penghulu"
)
_CAPACITY = r"(?:a\.?\s?n\.?|u\.?\s?b\.?|plt|plh|pjs|pj)(?![a-z])\.?|atas nama|pelaksana (?:tugas|harian)|penjabat"
_TITLE = re.compile(rf"(?i)^\W{{0,3}}(?:(?P<capacity>{_CAPACITY})\s*)*(?P<head>{_HEADS})\b")
_BEGINS_PART = re.compile(rf"(?i)^(?:{_CAPACITY}|(?:{_HEADS})\b)")
_SIGN_NOTE = re.compile(
    r"(?i)^\W*(?:ttd|tanda tangan|cap|ditanda ?tangani|dokumen ini|secara elektronik|\^|\$\{|"
    r"materai|stempel|paraf|balai sertifikasi|bsre)"
)
_SENTENCE = re.compile(
    r"(?i)\b(?:demikian|tembusan|ditetapkan|dikeluarkan|tanggal|tahun|jakarta,|menugaskan|menunjuk|"
    r"dengan ini|menetapkan|memerintahkan|bahwa|yang|sebagai|saudara|saudari|sdr|sdri|kepada)\b|:"
)
_ADDRESSED = re.compile(r"(?i)^\W*(?:kepada|yth|melalui|yang terhormat|tembusan|dari|di\b)")
# Who has seen or approved a letter did not write it.
_APPROVES = re.compile(
    r"(?i)^\W*(?:mengetahui|menyetujui|disetujui|menyaksikan|saksi|memeriksa|diketahui|"
    r"salinan|disalin|untuk salinan)\b"
)
# What a decree goes on with below the office that decides.
_DECREES = re.compile(
    r"(?i)^\W*(?:menimbang|mengingat|memperhatikan|memutuskan|menetapkan|kesatu|pertama|dasar)\b"
)
_LISTED = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s\S")
_MOST_LETTERS_AFTER, _LONG_LINE = 4, 45
_FAR = 190.0
_NEAR = 7.0
_WIDE_BLANK = 1.3
_MOST_OVERLEAF = 4
_AS_LINES, _AS_PARAGRAPHS = 1.2, 1.7
_CAPACITIES = (
    (r"u\.?\s?b\.?", "u.b."),
    (r"a\.?\s?n\.?|atas nama", "a.n."),
    (r"plt\.?|pelaksana tugas", "Plt."),
    (r"plh\.?|pelaksana harian", "Plh."),
    (r"pjs?\.?|penjabat", "Pj."),
)


@dataclass(frozen=True)
class Block:
    signatory: Signatory
    tokens: tuple[Token, ...]
    certain: bool
    approves: bool = False


def blocks_in(rows: tuple[Row, ...], *, certain: bool = False) -> Iterator[Block]:
    """Signature blocks from the top; an attachment repeats the letter's own.

    `certain`: only those with a title that ends in a comma, and a number.
    """
    taken: set[int] = set()
    for at, row in enumerate(rows):
        for run in row.runs:
            if id(run.tokens[0]) in taken or not _TITLE.match(run.text):
                continue
            block = _block(rows, at, run)
            if block and (block.certain or not certain):
                taken.update(id(token) for token in block.tokens)
                yield block


def _block(rows: tuple[Row, ...], at: int, first: Run) -> Block | None:
    title, below = _title(rows, at, first)
    if not title:
        return None
    below += _overleaf(rows, (below or title)[-1], first)
    ended = title[-1].text.rstrip().endswith(",")
    name, nip, tokens, blank = _name_and_number(title, below)
    if not (nip and (ended or blank >= _WIDE_BLANK)) and (name is None or blank < _WIDE_BLANK):
        return None
    if _is_addressee(rows, at, first):
        return None
    words = tuple(token for run in title for token in run.tokens)
    position, capacity = say_title([run.text for run in title])
    signatory = Signatory(name, nip, fact(position, words), capacity)
    approves = any(_APPROVES.match(run.text) for run in _just_above(rows, at, first))
    return Block(signatory, words + tokens, ended and nip is not None, approves)


def _is_addressee(rows: tuple[Row, ...], at: int, first: Run) -> bool:
    """`Yth. ...` or `melalui` in the same column just above: the letter goes there. `Dari : ...`
    in the head of a nota dinas is not where it is signed."""
    if rows[at].runs[0] is not first and _ADDRESSED.match(rows[at].text):
        return True
    return any(_ADDRESSED.match(run.text) for run in _just_above(rows, at, first))


def _just_above(rows: tuple[Row, ...], at: int, first: Run) -> Iterator[Run]:
    """Up to four lines over a title in its column; a sentence ends what belongs to it."""
    for row in reversed(rows[max(0, at - 4) : at]):
        if row.page != first.page or first.y0 - row.y1 > _NEAR * first.height:
            return
        over = [run for run in row.runs if run.x0 < first.x1 and run.x1 > first.x0]
        if any(_is_prose(run) for run in over):
            return
        yield from over


def _title(rows: tuple[Row, ...], at: int, first: Run) -> tuple[list[Run], list[Run]]:
    """The lines of the title, and the runs of its column below them."""
    column = list(_column(rows, at, first))
    title = [first]
    # An office is still to come, below lines that stand as far apart as paragraphs do.
    far = any(_BEGINS_PART.match(run.text) and run.text.endswith(",") for run in column[:5])
    most = _AS_PARAGRAPHS if far else _AS_LINES
    for run in column[:6]:
        ended = title[-1].text.rstrip().endswith(",") and not _BEGINS_PART.match(run.text)
        if ended and not _ends_again(run, column):
            break
        if run.y0 - title[-1].y1 > most * run.height or _SENTENCE.search(run.text):
            break
        if _SIGN_NOTE.match(run.text) or any(char.isdigit() for char in run.text):
            break
        title.append(run)
    text = " ".join(run.text for run in title)
    if len(text) > 220 or _SENTENCE.search(first.text):
        return [], []
    return title, column[len(title) - 1 :]


def _ends_again(run: Run, column: list[Run]) -> bool:
    """`Transmigrasi dan Energi,` under `Kepala Dinas Tenaga Kerja,`: no degrees follow its comma."""
    after = column[column.index(run) + 1 :]
    degrees = bool(after) and all(is_degree(piece) for piece in after[0].text.split(","))
    return run.text.rstrip().endswith(",") and " dan " in run.text and not degrees


def _column(rows: tuple[Row, ...], at: int, first: Run) -> Iterator[Run]:
    """Runs below, as far as a signature reaches, that stand under the title."""
    x0, x1 = first.x0, first.x1
    for row in rows[at + 1 : at + 16]:
        if row.page != first.page or row.y0 - first.y1 > _FAR:
            return
        for run in row.runs:
            if run.x0 < x1 and run.x1 > x0:
                x0, x1 = min(x0, run.x0), max(x1, run.x1)
                yield run
                break


def _overleaf(rows: tuple[Row, ...], last: Run, first: Run) -> list[Run]:
    """What a page break cut off a signature: the number on top of the next page, and what of
    title, name and grade stands above it there."""
    top = [row for row in rows if row.page == last.page + 1][:_MOST_OVERLEAF]
    taken: list[Run] = []
    for row in top:
        run = next((run for run in row.runs if run.x0 < first.x1 and run.x1 > first.x0), None)
        if run is None or len(row.runs) > 1:
            return []
        taken.append(run)
        if len(taken) == 1 and run.text.endswith(","):
            continue  # the title's last line
        if _SIGN_NOTE.match(run.text):
            continue
        found = next(find_nips(Passage(run.tokens)), None)
        if found:
            return taken if _is_signers(run, found) else []
        if not (RANK.match(run.text) or name_fact(run.text, run.tokens)):
            return []
    return []


def _name_and_number(
    title: list[Run], below: list[Run]
) -> tuple[Fact | None, Nip | None, tuple[Token, ...], float]:
    """Also the words taken, and the white above the name in heights of a line."""
    name: Fact | None = None
    tokens: list[Token] = []
    above, blank = title[-1], 0.0
    for run in below[:9]:
        found = next(find_nips(Passage(run.tokens)), None)
        if found or re.match(r"(?i)^\W{0,2}N\.?[I1l]\.?P\b", run.text):
            if found and not _is_signers(run, found):
                break
            nip = found.nip if found else None
            if found and name is None and found.start > 8:
                name = name_fact(Passage(run.tokens).text[: found.start], run.tokens)
            return name, nip, (*tokens, *run.tokens), blank
        if _SIGN_NOTE.match(run.text) or RANK.match(run.text):
            tokens.extend(run.tokens)
            continue
        if _is_prose(run):
            break
        if name is not None and _goes_on_below(tokens, run):
            tokens.extend(run.tokens)
            name = name_fact(f"{name.value}, {run.text}", tokens) or name
            continue
        said = name_fact(run.text.strip("()_ "), run.tokens)
        if said is not None and not _SENTENCE.search(run.text):
            # A stamp's words may stand above: the name is what stands closest to the number.
            if name is None or _white(tokens[-1], run) > 0.6 or _is_clearer(said, name):
                blank = max(blank, _white(above, run))
                name = said
        elif name is not None and (run.y0 - tokens[-1].y1 if tokens else 0) > 2.5 * run.height:
            break
        tokens.extend(run.tokens)
    return name, None, tuple(tokens if name else ()), blank


def _goes_on_below(tokens: Sequence[Token], run: Run) -> bool:
    """`Kanang, S.STP.,` with `M.M.` on a line of its own."""
    pieces = [piece for piece in run.text.split(",") if piece.strip()]
    return bool(tokens) and tokens[-1].text.endswith(",") and all(map(is_degree, pieces))


def _is_clearer(said: Fact, name: Fact) -> bool:
    """What an engine made of a stamp, it made in doubt, or it is one of the stamp's words."""
    if name.confidence < LEGIBLE <= said.confidence:
        return True
    return " " not in name.value and " " in said.value and said.confidence >= LEGIBLE


def _white(above: Run | Token, run: Run) -> float:
    """Between two lines, in heights of the lower one; a page break is as wide as any."""
    if above.page != run.page:
        return _WIDE_BLANK
    return (run.y0 - above.y1) / max(run.height, 1.0)


def _is_signers(run: Run, found: FoundNip) -> bool:
    """Nothing stands beside a signer's number but a name before it."""
    text = Passage(run.tokens).text
    after = re.sub(r"(?i)\b(?:nrk|nik)\b", "", text[found.end :])
    before = text[: found.start]
    if sum(char.isalpha() for char in after) > _MOST_LETTERS_AFTER or _SENTENCE.search(before):
        return False
    return sum(char.isalpha() for char in before) < 3 or name_fact(before, run.tokens) is not None


def _is_prose(run: Run) -> bool:
    """A line of a sentence or a list: the body begins, so no signature stood above it."""
    return bool(_LISTED.match(run.text) or _DECREES.match(run.text)) or (
        len(run.text) > _LONG_LINE and bool(_SENTENCE.search(run.text) or run.text[-1] in ".;")
    )


def say_title(lines: Sequence[str]) -> tuple[str, str]:
    """The signer's own position and capacity; for `a.n.` and `u.b.` the last office named."""
    parts: list[str] = []
    for line in lines:
        line = line.strip()
        if not parts or _BEGINS_PART.match(line):
            parts.append(line)
        else:
            parts[-1] = f"{parts[-1]} {line}"
    text = " ".join(parts)
    capacity = next(
        (
            said
            for words, said in _CAPACITIES
            if re.search(rf"(?i)(?:^|[\s,])(?:{words})(?=[\s.,]|$)", text)
        ),
        "definitif",
    )
    own = [part for part in parts if _bare(part)]
    return say_office(_bare(own[-1])) if own else "", capacity


def _bare(part: str) -> str:
    return re.sub(rf"(?i)^(?:\W{{0,3}}(?:{_CAPACITY})\s*)+", "", part).strip(" ,.:")
