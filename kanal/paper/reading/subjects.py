"""What a letter says it is about: its subject, its title, and its words less those it quotes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from kanal.paper.reading.facts import Fact, fact
from kanal.paper.reading.layout import Passage, Row, Run, Sheet, Token

_LABEL = re.compile(r"(?i)^(?:perihal|hal)\b(?!-)\s*(?P<mark>[:.;=-]{1,2})?\s*(?P<said>.*)$")
_OTHER_LABEL = re.compile(
    r"(?i)^(?:nomor|sifat|lampiran|tanggal|kepada|yth|dari|di\b|tembusan|u\.?p\b)"
)
_TITLE = re.compile(
    r"(?m)^\W{0,3}(?P<said>(?:SURAT|KEPUTUSAN|RALAT|NOTA|PENUNJUKAN|PENUGASAN|PENGGANTIAN|PERBAIKAN|PEMBETULAN|KOREKSI|UNDANGAN|"
    r"BERITA ACARA|TANDA TERIMA|PERNYATAAN|NOTULA|NOTULEN|RISALAH|PIAGAM|SERTIFIKAT|DAFTAR HADIR|"
    r"LAPORAN|JADWAL|S U R A T|R A L A T)\b[A-Z /.,()-]*(?:\n[A-Z /.,()-]+){0,2})"
)
# The names of rules, and the subjects of other letters that this one answers.
_RULE = re.compile(
    r"(?i)(?:instruksi|peraturan|undang-undang|surat edaran|keputusan gubernur)[^.;]{0,160}?\btentang\b"
    r"[^.;]{0,90}?(?:media\s+sosial|publik|daerah)\b"
)
_ANSWERED = re.compile(
    r"(?i)\b(?:surat|nota dinas|edaran|disposisi)\b(?:(?!\b(?:hal|perihal)\b)[^;:]){0,110}?"
    r"\b(?:nomor|no\.|tanggal)\b(?:(?!\b(?:hal|perihal)\b)[^;:]){0,90}?\b(?:hal|perihal|mengenai|tentang)\b"
    r"(?:(?!\b(?:dengan ini|bersama ini|kami|maka|saya)\b)[^.;,:]){2,140}"
)
# `Apabila terdapat kekeliruan ... akan diperbaiki`: every decree ends so, and puts nothing right.
_PROVISO = re.compile(
    r"(?i)\b(?:apabila|jika|bilamana)\b[^.;]{0,80}?"
    r"\b(?:kekeliruan|kesalahan|digantikan|diganti|dipindah\w*|dimutasi\w*|pensiun)\b[^.;]{0,120}"
)
_MISREAD_COLONS = frozenset("1lIi|")
# What a decree is about, in the capitals below this word.
_ABOUT = re.compile(
    r"(?m)^TENTANG\n(?P<said>[A-Z][A-Z /.,()&-]{5,}(?:\n[A-Z][A-Z /.()&-]{5,}){0,2})"
)
# The number that stands below a title is none of it, nor the first letter of the next word.
_NUMBER_BELOW = re.compile(r"\nN(?:OMOR|O)\b.*\Z|\n[A-Z]\Z", re.DOTALL)
_MOST_ROWS = 3
MOST_SAID = 40_000
_ASIDE, _BELOW = 1.6, 1.2


def subjects_of(sheet: Sheet) -> list[str]:
    """The subject with the lines that hang below it, and titles; the first two of each."""
    text = sheet.passage.text
    subjects = [said for said, _ in islice(_beside_labels(sheet.rows), 2)]
    titles = [hit["said"].replace("\n", " ") for hit in _TITLE.finditer(text)][:2]
    abouts = [hit["said"].replace("\n", " ") for hit in _ABOUT.finditer(text)][:1]
    return subjects + titles + abouts


def subject_in(sheet: Sheet) -> Fact | None:
    """What stands beside `Hal` or `Perihal`; in a letter without one what its title says."""
    beside = (fact(said, tokens) for said, tokens in _beside_labels(sheet.rows))
    titled = _titled(sheet.passage)
    return next((one for one in chain(beside, titled) if one is not None), None)


def has_label(sheet: Sheet) -> bool:
    """Whether it is a letter with a subject line, as letters without a title are."""
    return next(_beside_labels(sheet.rows), None) is not None


def _titled(passage: Passage) -> Iterator[Fact | None]:
    for pattern in (_ABOUT, _TITLE):
        hit = pattern.search(passage.text)
        if hit:
            said = _NUMBER_BELOW.sub("", hit["said"]).rstrip(" /.,(-")
            start = hit.start("said")
            yield fact(said.replace("\n", " "), passage.between(start, start + len(said)))


def _beside_labels(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    for at in range(len(rows)):
        yield from _beside_label(rows, at)


def _beside_label(rows: tuple[Row, ...], at: int) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """Told apart from a sentence that goes on with `hal ...` by a mark or a wide gap."""
    for which, run in enumerate(rows[at].runs):
        hit = _LABEL.match(run.text)
        if hit is None:
            continue
        value: Run | None
        if sum(map(str.isalpha, hit["said"])) > 2:
            if not hit["mark"]:
                continue
            words = tuple(token for token in run.tokens[1:] if _is_word(token.text))
            value = Run(words or run.tokens)
        else:
            after = (Run(each.tokens) for each in rows[at].runs[which + 1 :])
            value = next((each for each in after if any(map(_is_word, _texts(each)))), None)
        if value is not None:
            said, below = hit["said"] or value.text, list(_hanging(rows, at, value))
            tokens = (*value.tokens, *(token for run in below for token in run.tokens))
            yield " ".join([_bare(said), *(run.text for run in below)]), tokens


def _texts(run: Run) -> list[str]:
    return [token.text for token in run.tokens]


def _is_word(text: str) -> bool:
    """Not the colon, nor what an engine made of it."""
    return any(map(str.isalnum, text)) and text not in _MISREAD_COLONS


def _hanging(rows: tuple[Row, ...], at: int, value: Run) -> Iterator[Run]:
    """The lines below a subject that begin where it does; the address may stand to their right."""
    start = next((token.x0 for token in value.tokens if _is_word(token.text)), value.x0)
    above = value
    near = rows[at + 1 : at + 1 + 3 * _MOST_ROWS]
    below = (row for row in near if any(t.x0 <= value.x1 and _is_word(t.text) for t in row.tokens))
    for row in islice(below, _MOST_ROWS):
        if row.page != above.page or row.y0 - above.y1 > _BELOW * above.height:
            return
        under = [run for run in row.runs if abs(run.x0 - start) < _ASIDE * run.height]
        if not under or _OTHER_LABEL.match(under[0].text):
            return
        yield under[0]
        above = under[0]


def _bare(text: str) -> str:
    return re.sub(r"^(?:[:.;=-]+\s*|[1lI|]\s)+", "", text)


@lru_cache(maxsize=4)
def own_words(text: str) -> str:
    """The text on one line, less the names of rules and the subjects of other letters.

    Of a long one the beginning: what a letter does it says before it lists whom.
    """
    flat = text[:MOST_SAID].replace("\n", " ")
    return _PROVISO.sub(" ", _ANSWERED.sub(" ", _RULE.sub(" ", flat)))
