"""The letter's own number and day: told apart from those of the instruction it follows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise

from kanal.lib.daywords import MONTHS, month_number
from kanal.lib.numbers import tidy_letter_number
from kanal.paper.reading.casing import is_shouted
from kanal.paper.reading.facts import Fact, fact
from kanal.paper.reading.layout import Passage, Row, Run, Token
from kanal.paper.reading.spelled import spelled_days

_LABEL = re.compile(
    r"^(?:surat\s+)?(?:nomor|nomer|nom0r|no)(?:\.?\s?(?:surat|naskah|formulir|memo|dokumen)\b)?\s{0,2}(?P<mark>[.:;=·-]{1,3})?"
    r"\s?(?P<value>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<number>(?:[A-Za-z]{1,6}\s?[-./]\s?){0,3}[0-9OolI][0-9OolI]{0,5}[A-Za-z]?"
    r"(?:\s?[-/.]\s?-?\s?[A-Za-z0-9]{1,16}(?-i:(?:\s[A-Z][A-Z0-9]{1,9}){1,2}(?=\s?/))?){0,9}"
    r"(?:\s+tahun\s+[0-9OolI]{4})?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:\s(?!TENTANG|TAHUN|TANGGAL)[A-Z][A-Z0-9]{1,9}){1,2}\s*")
_IS_BASIS = re.compile(r"\b(?:tentang|tanggal|perihal|dan)\b|;", re.IGNORECASE)
_IN_SENTENCE = re.compile(
    r"\b(?:instruksi|peraturan|keputusan|undang-undang|edaran|daerah|gubernur|jakarta|surat|dki|"
    r"penunjukan|sekda)\W*$",
    re.IGNORECASE,
)
# Engines read a colon that stands alone as one of these.
_COLON_MISREAD = frozenset("1lIi|-!t*")
# `HM.O3.01`: a part of figures with the letter O in it.
_ZEROES = re.compile(r"(?<=[./-])(?:O\d+|\d+O\d*)(?=[./-]|$)")
_COLON_BEFORE = re.compile(r"^[1lI|]\s+(?=[A-Za-z-]{0,3}\d+\s?/)")
_TITLE = re.compile(
    r"\b(?:KEPUTUSAN|SURAT|PENUNJUKAN|PENUGASAN|TUGAS|PERINTAH|PENGGANTIAN|RALAT)\b"
)
_FORM = re.compile(r"^(?:SURAT|NOTA DINAS|KEPUTUSAN|RALAT)\b[A-Z ]*$")
_ALONE = re.compile(r"(?=\S*\d)[A-Za-z0-9.-]{1,20}(?:/[A-Za-z0-9.-]{1,20}){1,6}")
# `094/...........-Umpeg`: a part was left for the pen.
_LEFT_BLANK = re.compile(r"\s?[-/]?\s?(?:\.{3,}|…|_{2,})")
# `Nomor 402/UP.04.01, tanggal 21 Maret 2024` under a title.
_DATED = re.compile(
    r"(?i)^no(?:mor)?\s?[.:]?\s?(?P<number>(?=\S*\d)[\w./-]{1,40}),?\s"
    r"(?P<day>(?:(?:tanggal|tgl)\b.{5,30}|\d{1,2}\s[a-z]{3,9}\s\d{4}))$"
)
_HEAD_ROWS = 16
# The weight from which a day in figures counts before one in words.
_PLACED = 2
_LONG_LINE = 60
BODY = re.compile(
    r"^(?:menindaklanjuti|sehubungan|berdasarkan|dalam rangka|memperhatikan|mempedomani|menimbang|"
    r"mengingat|dasar\b|yang bertanda ?tangan|dengan hormat|bersama ini|dengan ini|merujuk|"
    r"menunjuk\s+(?:instruksi|surat)|guna\b|untuk memenuhi|sesuai dengan|bahwa\b|memenuhi|"
    r"memperhatikan|mengacu|terlampir|disampaikan|kami yang|pada hari ini|assalamu|atas dasar|"
    r"melaksanakan|dipermaklumkan|dimaklumkan|a\. bahwa)",
    re.IGNORECASE,
)

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_WORDS = re.compile(
    r"(?<![\d/.-])(?P<day>[0-9OolI|]{1,2})\s?(?:-\s?)?(?P<month>[A-Za-z0-9]{3,10})\.?,?\s?(?:-\s?)?"
    r"(?P<year>[12][0-9OolI]{3})(?![\d])"
)
_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_ISO = re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_SIGNED = re.compile(
    r"^(?:\W{0,3})(?:surat(?:\s\w+){0,2}\sini\s)?(?:(?:di)?tetapkan|(?:di)?keluarkan|(?:di)?buat|(?:di)?tanda\s?tangani)?\s?(?:di\s.{0,30})?(?:\bpada\b\s?)?"
    r"(?:tanggal|tgl)\b\.?\s?[:.,]?\s?(?=[0-9OolI])",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?P<place>[A-Z][A-Za-z. ]{2,32}?)\s?[,.]\s?(?:tanggal\s|tgl\.?\s)?(?=[0-9OolI])"
)
_DAY_LABEL = re.compile(r"(?i)^(?:pada\s)?(?:tanggal|tgl)\b\.?\s?(?:surat)?\s?:?$")
_YEARLESS = re.compile(r"(?:^|[,:]\s?|\s)\d{1,2}(?:\s[A-Za-z]{3,9})?$")
_DAY_BESIDE = re.compile(r"(?:[A-Z][A-Za-z ]{2,30},\s)?\d{1,2}(?:\s[A-Z][a-z]{2,8}(?:\s\d{4})?)?$")
_YEAR_BELOW = re.compile(r"(?:[A-Za-z]{3,9}\s)?(?:19|20)\d\d$")
_DAY_ALONE = re.compile(r"^\W{0,2}(?=[0-9OolI])")
# A day of the Islamic year beside the common one, and the letters that tell them apart.
_ISLAMIC = re.compile(
    r"(?:\b(?:bertepatan(?:\sdengan)?|tanggal)\s)?[/(]?\s?\b\d{1,2}\s[A-Z][A-Za-z'. -]{3,18}\s1[345]\d\d(?!\d)"
    r"\s?(?:H\b\.?)?\s?[/)]?|(?<=\d)\s?M(?:asehi)?\b\.?"
)


@dataclass(frozen=True)
class NumberFound:
    """`missing`: the label stands there without a number."""

    number: Fact | None
    missing: bool = False
    row: int = 0


def numbers_of(rows: tuple[Row, ...]) -> Iterator[NumberFound]:
    """Every place where a letter says its number, from the top; the first is the letter's own."""
    for at, row in enumerate(rows):
        for which, run in enumerate(row.runs):
            hit = _LABEL.match(run.text)
            if hit is None:
                continue
            found = _number(run, hit, _value_runs(row.runs[which + 1 :]), rows, at)
            if found:
                yield found
    yield from _under_title(rows)


def _under_title(rows: tuple[Row, ...]) -> Iterator[NumberFound]:
    """A number without a label, alone on the line under the title."""
    for at, (title, row) in enumerate(pairwise(rows[:_HEAD_ROWS]), 1):
        dated = _DATED.match(row.text) if is_shouted(title.text) else None
        if dated:
            yield NumberFound(fact(tidy_letter_number(dated["number"]), row.tokens), row=at)
        elif _FORM.match(title.text) and _ALONE.fullmatch(row.text):
            yield NumberFound(fact(tidy_letter_number(row.text), row.tokens), row=at)


def _dated(rows: tuple[Row, ...], at: int) -> Iterator[Run]:
    """The day that stands behind the number under a title."""
    passage = Passage(rows[at].tokens)
    hit = _DATED.match(passage.text) if 0 < at < _HEAD_ROWS else None
    if hit and is_shouted(rows[at - 1].text):
        yield Run(passage.between(hit.start("day"), hit.end("day")))


def _value_runs(after: tuple[Run, ...]) -> tuple[Run, ...]:
    """The run that holds the value, with the colon of its own column put before it."""
    if len(after) > 1 and after[0].text in (":", ";", "=", "."):
        return (Run(after[0].tokens + after[1].tokens),)
    if len(after) > 1 and after[0].text in _COLON_MISREAD and "/" in after[1].text:
        return after[1:2]
    return after[:1]


def _number(
    run: Run, hit: re.Match[str], rest: tuple[Run, ...], rows: tuple[Row, ...], at: int
) -> NumberFound | None:
    value, tokens = hit["value"].strip(), run.tokens
    announced = hit["mark"] is not None
    if not announced and not value:
        # `Nomor` alone in a narrow column: its colon and value are the next run.
        beside = _COLON_BEFORE.sub("", rest[0].text) if rest else ""
        if not (re.match(r"^[:;.=-]", beside) or _stands_alone(beside)):
            return None
        announced = beside.startswith(":")
        value, tokens = beside.lstrip(":;.=- "), rest[0].tokens
    elif not value and rest:
        value, tokens = rest[0].text.lstrip(":; "), rest[0].tokens
    value = _COLON_BEFORE.sub("", value)
    if value.endswith("/"):
        more = _below(rows, at, tokens)
        value, tokens = value + "".join(token.text for token in more), (*tokens, *more)
    goes_on = not announced and _continues(rows, at)
    if hit["mark"] is None and (goes_on or not _stands_alone(value)):
        return None
    if re.match(r"^no\b", run.text, re.IGNORECASE) and (
        not announced or re.match(r"^(?:hp|telp|urut)", value, re.IGNORECASE)
    ):
        return None
    number = _NUMBER.match(value.lstrip(": "))
    if number is None or _starts_blank(value) or _LEFT_BLANK.match(value, number.end()):
        blank = not value or bool(re.match(r"^[\s:./_…-]*(?:[-/A-Za-z. 0-9…_]{0,40})$", value))
        return NumberFound(None, missing=True, row=at) if blank and hit["mark"] else None
    said = number["number"] + _code_words(number["number"], value.lstrip(": "))
    after = value.lstrip(": ")[len(said) :]
    if _IS_BASIS.match(after.strip()):
        return None
    return NumberFound(fact(_tidy(said), tokens), row=at)


def _below(rows: tuple[Row, ...], at: int, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`400.14/4411/` in a narrow column, and the unit's short name alone under it."""
    first = next((token for token in tokens if "/" in token.text), tokens[-1])
    for row in rows[at + 1 : at + 2]:
        for run in row.runs:
            if abs(run.x0 - first.x0) < run.height and re.fullmatch(r"[\w./-]+", run.text):
                return run.tokens
    return ()


def _code_words(number: str, value: str) -> str:
    """`DINSOS P3A`: a unit's short name that ends a number may be of two words."""
    hit = _CODE.fullmatch(value[len(number) :])
    return hit[0].rstrip() if hit and re.search(r"/\s?[A-Z][A-Z.-]*$", number) else ""


def _starts_blank(value: str) -> bool:
    """`      /-1.823.5` or `.../2018`: the running number was left for the pen."""
    return bool(re.match(r"^\s*(?:[.…_]{2,}|[/-])", value.lstrip(": ")))


def _tidy(number: str) -> str:
    tidy = tidy_letter_number(number)
    head, *rest = re.split(r"(?<=[0-9OolI])(?=[/.-]|\s)", tidy, maxsplit=1)
    if re.fullmatch(r"(?:[A-Za-z]{1,6}[-./])?[0-9OolI]+", head):
        prefix = re.match(r"^(?:[A-Za-z]{1,6}[-./])?", head)
        cut = prefix.end() if prefix else 0
        head = head[:cut] + head[cut:].translate(_DIGITS)
    return head + _ZEROES.sub(lambda hit: hit[0].replace("O", "0"), "".join(rest))


def _stands_alone(value: str) -> bool:
    """Without a colon, the number must be all there is: `NOMOR 14 TAHUN 2018`."""
    hit = _NUMBER.match(value)
    if hit is None:
        return False
    said = hit["number"] + _code_words(hit["number"], value)
    after = value[len(said) :].strip(" .")
    return not after or ("/" in said and _DAY_BESIDE.match(after) is not None)


def _continues(rows: tuple[Row, ...], at: int) -> bool:
    """Whether the row above is a sentence that goes on in this one."""
    above = rows[at - 1] if at else None
    if above is None or above.page != rows[at].page:
        return False
    if rows[at].y0 - above.y1 > 1.5 * above.height:
        return False
    return bool(_IN_SENTENCE.search(above.text)) and above.text != above.text.upper()


@dataclass(frozen=True)
class DayFound:
    """`day` is None when the words name a day that does not exist."""

    day: date | None
    start: int
    end: int


@dataclass(frozen=True)
class LetterDay:
    fact: Fact | None
    invalid: bool = False


def days_in(text: str, *, recognised: bool = False) -> Iterator[DayFound]:
    hits = [*_WORDS.finditer(text), *_FIGURES.finditer(text), *_ISO.finditer(text)]
    for hit in sorted(hits, key=lambda each: each.start()):
        month = _month(hit["month"], recognised)
        if month is None:
            continue
        day, year = (hit[part].translate(_DIGITS) for part in ("day", "year"))
        try:
            yield DayFound(date(int(year), month, int(day)), hit.start(), hit.end())
        except ValueError:
            yield DayFound(None, hit.start(), hit.end())


def _month(word: str, recognised: bool) -> int | None:
    if word.isdigit():
        return int(word) if len(word) <= 2 else None  # three and more are of a telephone
    known = month_number(word)
    if known or not recognised:
        return known
    quiet = word.lower().translate(str.maketrans("01", "oi"))
    near = get_close_matches(quiet, [name for name in MONTHS if len(name) > 3], n=1, cutoff=0.7)
    return MONTHS[near[0]] if near else None


def day_of(rows: tuple[Row, ...], *, recognised: bool = False) -> LetterDay:
    """The day the letter was signed, by where days stand: place and day, `pada tanggal`, alone."""
    best: tuple[int, LetterDay] | None = None
    for at, row in enumerate(rows):
        beside = (*_labelled(row), *_beside_number(row), *_wrapped(rows, at), *_dated(rows, at))
        for run in (*row.runs, *beside):
            weight = _weight(rows, at, run)
            if weight is None or (best and best[0] >= weight):
                continue
            found = _day_in(run, recognised)
            if found:
                best = (weight, found)
    if best is None or best[0] < _PLACED:
        spelled = _spelled(rows)
        if spelled:
            return spelled
    return best[1] if best else LetterDay(None)


def _spelled(rows: tuple[Row, ...]) -> LetterDay | None:
    """The last day in words: a letter that begins with `pada hari ini` may close with another."""
    passage = Passage([token for row in rows for token in row.tokens])
    found = list(spelled_days(passage.text))
    if not found:
        return None
    last = found[-1]
    if last.day is None:
        return LetterDay(None, invalid=True)
    return LetterDay(fact(last.day.isoformat(), passage.between(last.start, last.end)))


def _labelled(row: Row) -> tuple[Run, ...]:
    """`Tanggal` in one column and `: 8 September 2022` in the next, read as one."""
    joined = (
        Run(one.tokens + other.tokens)
        for one, other in pairwise(row.runs)
        if _DAY_LABEL.match(one.text)
    )
    return tuple(joined)


def _beside_number(row: Row) -> Iterator[Run]:
    """The day of a column that stands close to the number's: `333/-1.82 15 November 2021`."""
    for run in row.runs:
        first, *rest = run.tokens
        if rest and "/" in first.text and _DAY_BESIDE.match(Run(tuple(rest)).text):
            yield Run(tuple(rest))


def _wrapped(rows: tuple[Row, ...], at: int) -> Iterator[Run]:
    """`Jakarta, 11 April` in a narrow column, and `2018` under it."""
    for run in (*rows[at].runs, *_beside_number(rows[at])):
        if not _YEARLESS.search(run.text):
            continue
        for below in rows[at + 1 : at + 3]:
            for under in below.runs:
                if abs(under.x0 - run.x0) < run.height and _YEAR_BELOW.match(under.text):
                    yield Run(run.tokens + under.tokens)


def _weight(rows: tuple[Row, ...], at: int, run: Run) -> int | None:
    """How surely a day in this run is the letter's own; None when it cannot be."""
    text = run.text
    if len(text) > 75 or text.endswith(";"):
        return None
    if _SIGNED.match(text) and _in_prose(rows, at):
        return None
    if _SIGNED.match(text):
        return 4 if _was_signed(rows, at, text) else _PLACED
    place = _PLACE.match(text)
    if place and not re.match(
        r"(?i)^(?:surat|nomor|tanggal|hari|senin|selasa|rabu|kamis|jumat)", text
    ):
        return 3
    return 1 if _DAY_ALONE.match(text) else None


def _in_prose(rows: tuple[Row, ...], at: int) -> bool:
    """Whether a long line above breaks off here: `... terhitung` and below it `tanggal 1 Mei`."""
    above = rows[at - 1] if at else None
    if above is None or above.page != rows[at].page or len(above.runs) > 1:
        return False
    near = rows[at].y0 - above.y1 < 0.9 * above.height and abs(above.x0 - rows[at].x0) < 40
    return near and len(above.text) > _LONG_LINE and above.text[-1].isalnum()


def _was_signed(rows: tuple[Row, ...], at: int, text: str) -> bool:
    near = " ".join(row.text for row in rows[max(0, at - 2) : at]) + " " + text
    return bool(re.search(r"(?i)tetapkan|keluarkan|dibuat|ditanda", near))


def _day_in(run: Run, recognised: bool) -> LetterDay | None:
    passage = Passage(run.tokens)
    for found in days_in(passage.text, recognised=recognised):
        tail = _ISLAMIC.sub("", passage.text[found.end - 1 :])[1:].strip(" .,;/")
        head = _ISLAMIC.sub("", passage.text[: found.start])
        if tail and not _is_noise(tail, recognised):
            return None
        if _DAY_ALONE.match(run.text) and head.strip(" .|"):
            return None
        if found.day is None:
            return LetterDay(None, invalid=True)
        tokens = passage.between(found.start, found.end)
        return LetterDay(fact(found.day.isoformat(), _plain(tokens)))
    return None


def _is_noise(tail: str, recognised: bool) -> bool:
    return recognised and len(re.findall(r"[A-Za-z]{3,}", tail)) == 0


def _plain(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tokens
