"""On which side of a letter each person stands: every word nearby weighed, and whom each follows.

Each person's evidence is gathered from the words before and behind, the heading, the row of a
table, and wherever else the letter speaks of him or her; then the likeliest sides of all are
chosen together, because whoever stands behind `dan` is seldom on another side than whom it joins.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kanal.paper.reading.cues import SIGNATORY, WRONG
from kanal.paper.reading.evidence import (
    SIDES,
    Evidence,
    near,
    said,
    side_sums,
    words_in,
)
from kanal.paper.reading.persons import ATTACHED_SOURCE, Draft
from kanal.paper.reading.roles import Heard
from kanal.paper.reading.senses import sensed, sensed_nearest, senses_in

# Whom the weights do not judge: they never saw any.
SETTLED = {SIGNATORY, WRONG}
_FIRST_TABLE = 2
_SENTENCE = re.compile(r"(?<=[a-z]{3})[.;]\s|(?<=\))[.;]\s|(?<=\d{3})[.;]\s")
# A line that ends so, or is so short, does not go on below.
_ENDS_LINE, _WRAPS_LINE, _SHORT_LINE = ".;:", ("Sdr.", "Sdri.", ","), 42
# The next person stands at the beginning of a line, or behind a label there.
_LEADS = re.compile(r"\n(?:[^\n:]{0,28}:)?\s*$")
_BARE_LABEL = re.compile(r"(?i)(?:nama\b.{0,24}|\(?[0-9a-z]{1,2}[.)])\s*:?")
_TITLES = re.compile(r"\b(?:dr|drg|Dr|Drs|Dra|H|Hj|Ir|Prof)\.")
# How far words are looked for: before and behind a person, behind a list, around a mention.
_BEFORE, _BEHIND, _BEHIND_LIST, _BEHIND_MENTION = 700, 420, 300, 160
_MOST_MENTIONS, _LONGEST_TEXT, _SHORTEST_CALL = 3, 40_000, 4
_MOST_MENTIONED = 40


@dataclass(frozen=True)
class Placed:
    """A person with a role, and how sure that is, 0..1."""

    draft: Draft
    role: str
    sure: float = 1.0


@dataclass(frozen=True)
class Company:
    """The people whose sides are weighed together, and the letter they stand in."""

    heard: Sequence[Heard]
    text: str
    kind: str | None
    is_said: bool
    subjects: Sequence[str]

    def form(self, at: int) -> str:
        """Named in a sentence, after a label, or in a table."""
        one = self.heard[at]
        if one.words.in_sentences:
            return "sentence"
        return "table" if _table(one) else "label"

    def head(self, at: int) -> int:
        """The first of the list or table in which somebody stands."""
        while at > 0 and self._goes_on(at):
            at -= 1
        return at

    def tail(self, at: int) -> int:
        while at + 1 < len(self.heard) and self._goes_on(at + 1):
            at += 1
        return at

    def _goes_on(self, at: int) -> bool:
        one, before = self.heard[at], self.heard[at - 1]
        return one.words.mark > 1 or (_table(one) > 0 and _table(one) == _table(before))

    def starts(self, at: int) -> int:
        return self.heard[at].words.start if at < len(self.heard) else len(self.text)

    def between(self, at: int) -> str:
        """What stands between somebody and whoever was named before."""
        return self.text[self.heard[at - 1].words.end : self.heard[at].words.start]


def sided(
    heard: Sequence[Heard], text: str, kind: str | None, subjects: Sequence[str], *, is_said: bool
) -> list[Placed]:
    """Everybody with the likeliest role; a ralat's people, and who signs, as the rules have them."""
    weighed = [one for one in heard if one.role not in SETTLED]
    if kind == "ralat" or not weighed:
        return [Placed(one.draft, one.role) for one in heard]
    chosen = iter(_chosen(Company(weighed, text, kind, is_said, subjects)))
    return [
        Placed(one.draft, one.role) if one.role in SETTLED else Placed(one.draft, *next(chosen))
        for one in heard
    ]


def _chosen(company: Company) -> list[tuple[str, float]]:
    """The most likely sides in a row (Viterbi), each with its likelihood beside whom it follows."""
    ways = {"": _Way(0.0)}
    for at in range(len(company.heard)):
        own = side_sums(evidence_of(company, at))
        steps = {side: _log_shares(own, side_sums(link(company, at, side))) for side in ways}
        ways = {side: _best_way(ways, steps, place) for place, side in enumerate(SIDES)}
    return list(max(ways.values(), key=lambda way: way.likely).chosen)


@dataclass(frozen=True)
class _Way:
    """Sides chosen so far, each with its likelihood, and how likely all are together (a log)."""

    likely: float
    chosen: tuple[tuple[str, float], ...] = ()


def _best_way(ways: Mapping[str, _Way], steps: Mapping[str, Sequence[float]], place: int) -> _Way:
    """The likeliest way on which the next person is of the side at `place`."""
    before = max(ways, key=lambda side: ways[side].likely + steps[side][place])
    step = steps[before][place]
    chosen = (*ways[before].chosen, (SIDES[place], math.exp(step)))
    return _Way(ways[before].likely + step, chosen)


def _log_shares(one: Sequence[float], other: Sequence[float]) -> list[float]:
    sums = [a + b for a, b in zip(one, other, strict=True)]
    top = max(sums)
    total = top + math.log(sum(math.exp(each - top) for each in sums))
    return [each - total for each in sums]


def evidence_of(company: Company, at: int) -> Evidence:
    """All that speaks for one person's side, whoever stands before."""
    return frozenset(
        (
            *_of_rules(company, at),
            *_of_letter(company),
            *_of_group(company, at),
            *(_of_row(company, at) if company.form(at) == "table" else _of_prose(company, at)),
            *_of_list_end(company, at),
            *_of_mentions(company, at),
        )
    )


def link(company: Company, at: int, previous: str) -> Evidence:
    """What speaks for a side because somebody of another, or the same, stands before; "" is nobody."""
    if not previous:
        return frozenset({"t=none"})
    one, form = company.heard[at], company.form(at)
    words = words_in(company.between(at))
    senses = senses_in(words)
    own = {
        f"{form}",
        f"{min(one.words.mark, 2)}",
        f"k={company.kind}",
        f"group={company.head(at) < at}",
        f"told={one.told}",
        f"len={min(len(words) // 2, 4)}",
        f"stop={_SENTENCE.search(company.between(at)) is not None}",
        f"#{','.join(sense for sense, _ in senses[-2:])}",
        *words[-6:],
    }
    if senses:
        own |= {f"#1{'/'.join(senses[-1])}", f"#0{senses[0][0]}"}
    if words:
        own |= {f"!{words[-1]}", f"^{words[0]}"}
    return frozenset((f"t={previous}", *(f"t={previous}:{each}" for each in own)))


def _of_rules(company: Company, at: int) -> Iterator[str]:
    one, form, count = company.heard[at], company.form(at), len(company.heard)
    place = "only" if count == 1 else "first" if at == 0 else "last" if at == count - 1 else "mid"
    yield from ("bias", f"k={company.kind}", f"k={company.kind},{company.is_said}")
    yield from (f"told={one.told}", f"told={one.told},{form}", f"role={one.role}")
    yield from (f"role={one.role},{company.kind}", f"col={one.draft.role}")
    yield from (f"form={form}", f"mark={min(one.words.mark, 2)}", f"rep={one.words.is_replaced}")
    yield from (f"pos={place}", f"pos={place},{company.kind}", f"n={min(count, 4)}")


def _of_letter(company: Company) -> Iterator[str]:
    yield from said("s", words_in(" ".join(company.subjects)))


def _of_group(company: Company, at: int) -> Iterator[str]:
    """What stands over a person, or over the list or table he or she is of."""
    one, head = company.heard[at], company.head(at)
    heading = words_in(one.words.heading)
    yield from (*said("h", heading), *sensed("h", heading))
    if head < at:
        yield from ("inlist", f"inlist,{company.form(at)}")
    start = company.heard[head].words.start
    floor = company.heard[head - 1].words.end if head else 0
    over = company.text[max(floor, start - _BEFORE) : start]
    if company.form(at) == "table":
        yield from _of_table_head([line for line in over.split("\n") if line.strip()])
    else:
        yield from _of_words_before(_parts(over))
        if head < at:
            yield from said("bt", words_in(company.between(at))[-8:])


def _of_table_head(lines: Sequence[str]) -> Iterator[str]:
    yield from said("th", words_in(" ".join(lines[-1:])))
    before = words_in(" ".join(lines[-4:-1]))[-30:]
    heading = words_in(lines[-2]) if len(lines) > 1 and len(lines[-2]) < 2 * _SHORT_LINE else []
    yield from (*said("h2", heading), *sensed("h2", heading))
    yield from _of_near_before(before)


def _of_words_before(parts: Sequence[str]) -> Iterator[str]:
    """`parts`: sentences and headings, the last of which leads to the name."""
    words = words_in(parts[-1])[-30:]
    above = words_in(next((part for part in reversed(parts[:-1]) if part.strip()), ""))
    if len(words) < 2:
        yield from (*said("h2", above[-12:]), *sensed_nearest("h2", above[-12:], last=True))
    yield from (*said("p", above[-30:]), *sensed_nearest("p", above[-20:], last=True))
    yield from _of_near_before(words)


def _of_near_before(words: Sequence[str]) -> Iterator[str]:
    yield from (*said("b", words), *near("b", words[-5:]))
    yield from sensed_nearest("b", words, last=True)


def _of_row(company: Company, at: int) -> Iterator[str]:
    """A table's row, less the name and position."""
    one = company.heard[at]
    stop = company.text.find("\n", one.words.end)
    row = words_in(company.text[one.words.start : stop if stop >= 0 else one.words.end])
    if _stands_across(company, at):
        row = words_in(" ".join(token.text for token in one.draft.tokens))
    person = one.draft.person
    own = {word for fact in (person.name, person.position) if fact for word in words_in(fact.value)}
    rest = [word for word in row if word not in own]
    yield from (*said("r", rest), *sensed("r", rest), *_of_position(one))


def _stands_across(company: Company, at: int) -> bool:
    """In a table with a column for each person nobody's words stand together."""
    own = company.heard[at].words
    beside = (company.heard[one].words for one in (at - 1, at + 1) if 0 <= one < len(company.heard))
    return any(own.start < one.end and one.start < own.end for one in beside)


def _of_prose(company: Company, at: int) -> Iterator[str]:
    one = company.heard[at]
    own = words_in(one.words.own)
    yield from (*said("o", own), *sensed("o", own), *_of_position(one))
    stop = min(company.starts(at + 1), one.words.end + _BEHIND)
    behind = company.text[one.words.end : stop]
    listed = at + 1 < len(company.heard) and company.heard[at + 1].words.mark > 0
    parts = _less_lead(behind, listed=listed) if at + 1 < len(company.heard) else _parts(behind)
    words = words_in(parts[0])[:25]
    yield from (*said("a", words), *near("a", words[:5]))
    yield from sensed_nearest("a", words, last=False)
    yield f"ba#{_nearest_before(company, at)}|{(senses_in(words) or [('', '')])[0][0]}"
    if len(parts) > 1 and not (listed and one.words.mark):
        after = words_in(" ".join(parts[1:3]))[:20]
        yield from (*said("n", after), *sensed_nearest("n", after, last=False))
    if at + 1 < len(company.heard) and len(parts) == 1:
        yield from said("x", words_in(behind)[-4:])


def _less_lead(behind: str, *, listed: bool) -> list[str]:
    """The words behind somebody, less the line that leads to the next: a heading, a label, a mark."""
    parts = _parts(behind)
    own = [part for part in parts if part.strip()]
    if len(own) > 1 and (listed or _LEADS.search(behind)):
        bare = _BARE_LABEL.fullmatch(own[-1].strip())
        return own[: -2 if bare and len(own) > 2 else -1]
    return parts


def _nearest_before(company: Company, at: int) -> str:
    head = company.head(at)
    start = company.heard[head].words.start
    floor = company.heard[head - 1].words.end if head else 0
    words = words_in(_parts(company.text[max(floor, start - _BEFORE) : start])[-1])[-30:]
    return (senses_in(words) or [("", "")])[-1][0]


def _of_position(one: Heard) -> Iterator[str]:
    position = one.draft.person.position
    if position:
        yield from said("ps", words_in(position.value)[:2])


def _of_list_end(company: Company, at: int) -> Iterator[str]:
    """What is said behind a list or table is said of all in it."""
    head, tail = company.head(at), company.tail(at)
    if tail == head:
        return
    start = company.heard[tail].words.end
    behind = company.text[start : min(company.starts(tail + 1), start + _BEHIND_LIST)]
    parts = [part for part in _parts(behind) if part.strip()]
    if tail + 1 < len(company.heard):
        # The last leads to whoever comes next.
        parts = parts[:-1]
    words = words_in(" ".join(parts[:1]))[:15]
    yield from (*said("la", words), *sensed_nearest("la", words, last=False))


def _of_mentions(company: Company, at: int) -> Iterator[str]:
    """Words around where a person is spoken of again by a part of the name."""
    if len(company.heard) > _MOST_MENTIONED:
        return
    for start, end in islice(_mentions(company, at), _MOST_MENTIONS):
        behind = words_in(_parts(company.text[end : end + _BEHIND_MENTION])[0])[:12]
        before = words_in(company.text[max(0, start - 60) : start])[-5:]
        yield "m"
        yield from (*said("m", behind), *sensed_nearest("m", behind, last=False))
        yield from (*said("mb", before), *sensed_nearest("mb", before, last=True))


def _mentions(company: Company, at: int) -> Iterator[tuple[int, int]]:
    found: list[int] = []
    for call in _calls(company, at)[:2]:
        again = re.finditer(rf"(?<!\w){re.escape(call)}(?!\w)", company.text[:_LONGEST_TEXT])
        for hit in islice(again, _MOST_MENTIONED):
            inside = any(
                one.words.start - 2 <= hit.start() <= one.words.end for one in company.heard
            )
            if not inside and all(abs(hit.start() - place) >= _SHORT_LINE for place in found):
                found.append(hit.start())
                yield hit.span()


def _calls(company: Company, at: int) -> list[str]:
    """The parts of a name that nobody else has."""
    name = company.heard[at].draft.person.name
    if name is None:
        return []
    bare = _TITLES.sub("", name.value.split(",")[0])
    others = " ".join(
        one.draft.person.name.value.lower()
        for place, one in enumerate(company.heard)
        if place != at and one.draft.person.name
    )
    parts = [part for part in bare.split() if len(part) >= _SHORTEST_CALL][:3]
    return [part for part in parts if part.lower() not in others]


def _table(one: Heard) -> int:
    source = one.draft.source % ATTACHED_SOURCE
    return source if source >= _FIRST_TABLE else 0


def _parts(text: str) -> list[str]:
    """Sentences and headings; a wrapped line goes on with the next one."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and not lines[-1]:
            lines[-1] = line
        elif lines and _wraps(lines[-1]):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [part for line in lines for part in _SENTENCE.split(line)]


def _wraps(line: str) -> bool:
    bare = line.rstrip()
    if bare.endswith(_WRAPS_LINE):
        return True
    return bool(bare) and bare[-1] not in _ENDS_LINE and len(line) >= _SHORT_LINE
