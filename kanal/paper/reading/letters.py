"""The letters one view shows: where each begins, and what each says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kanal.paper.reading import labelled, ruled, sentences, tables
from kanal.paper.reading.accounts import accounts_in
from kanal.paper.reading.agencies import agency_of, begins_unit
from kanal.paper.reading.casing import is_shouted
from kanal.paper.reading.cues import OFFICER, REPLACED, SIGNATORY, WRONG
from kanal.paper.reading.deeds import weighed_deed
from kanal.paper.reading.duties import duties_in
from kanal.paper.reading.facts import Letter, Nip, Person, Signatory
from kanal.paper.reading.kinds import form_of, is_said, kind_of, settled
from kanal.paper.reading.layout import Passage, Row, Sheet, Token, sheet_of, words_of
from kanal.paper.reading.nips import MOST_NUMBERS, find_nips
from kanal.paper.reading.numbering import LetterDay, day_of, numbers_of
from kanal.paper.reading.persons import ATTACHED_SOURCE, IN_SENTENCES, Draft
from kanal.paper.reading.roles import hear
from kanal.paper.reading.sides import Placed, sided
from kanal.paper.reading.signatories import Block, blocks_in, say_title
from kanal.paper.reading.subjects import subject_in, subjects_of
from kanal.paper.words import View

# What begins an attachment at the top of a page, with a day and a signature of its own.
_ATTACHED = re.compile(
    r"(?i)^(?:lampiran|surat pernyataan|pakta integritas|daftar\b|biodata|daftar riwayat|formulir)\b"
)
_TICKED = re.compile(r"(?i)[\[(]\s?[xv√✓]\s?[\])]|[☑☒✓✔]")
_UNTICKED = re.compile(r"(?:[\[(]\s?[\])]|☐)\s?[^\[\](){}☐☑☒✓✔]{2,60}")
_TOP_ROWS = 3
_LETTERHEAD = re.compile(r"^(?:PEMERINTAH|PEMPROV|PEMKOT|PEMKAB)\b")
_ATTACHMENT = re.compile(r"(?i)^lampiran\b(?!\s*:\s*(?:-|\d|\(|satu|nihil|1))")
_CLOSING = re.compile(
    r"(?i)\bdemikian\b|terima ?kasih|\bditetapkan\b|\bdikeluarkan\b|\bjakarta\s?,|\btanggal\b"
)
_CLOSING_REACH = 260
_COPIES = re.compile(r"(?i)^tembusan\b")
# In the head of a nota dinas copies are one label among others.
_HEAD_LABEL = re.compile(r"(?i)^(?:nomor|tanggal|sifat|lampiran|hal|perihal)\b")
# The second of a list, so that `I.` over it is no initial.
_SECOND_IN_ROMAN = re.compile(r"(?m)^\s*II[.)]\s")
_WIDTH_OF_COPIES = 150.0
_MOST_HEAD_ROWS = 24
# A letter more likely than not about something else appoints nobody.
_EVEN = 0.5


def letters_in(view: View) -> list[Letter]:
    """Every letter of the file, as this view shows it."""
    sheet = _less_unticked(sheet_of(view))
    return [_letter(part) for part in _parts(sheet)]


def _less_unticked(sheet: Sheet) -> Sheet:
    """A form's choices that were not taken say nothing: `[X] Penunjukan  [ ] Penggantian`."""
    idle: list[Token] = []
    for row in sheet.rows:
        words = Passage(row.tokens)
        if _TICKED.search(words.text):
            for hit in _UNTICKED.finditer(words.text):
                idle += words.between(*hit.span())
    return sheet.without(idle) if idle else sheet


def _parts(sheet: Sheet) -> list[Sheet]:
    """A new letterhead with a number of its own begins a new letter."""
    starts = [0]
    for at, row in enumerate(sheet.rows):
        head = row.runs[0].text
        if not at or not is_shouted(head):
            continue
        government = _LETTERHEAD.match(head) and _numbered_apart(sheet, starts[-1], at)
        if government or (begins_unit(head) and _signed_above(sheet, starts[-1], at)):
            starts.append(at)
    stops = [*starts[1:], len(sheet.rows)]
    parts = (sheet.rows[start:stop] for start, stop in zip(starts, stops, strict=True))
    return [replace(sheet, rows=rows) for rows in parts if rows]


def _signed_above(sheet: Sheet, start: int, at: int) -> bool:
    """An office's own letterhead, under the number of who signed a letter with another number."""
    above = Passage([token for row in sheet.rows[at - 1 : at] for token in row.tokens])
    if next(find_nips(above), None) is None:
        return False
    ours = next(numbers_of(sheet.rows[start:at]), None)
    return ours is not None and _numbered_apart(sheet, start, at)


def _numbered_apart(sheet: Sheet, start: int, at: int) -> bool:
    if any(_ATTACHMENT.match(row.text) for row in sheet.rows[max(start, at - 6) : at + 3]):
        return False
    ours = next(numbers_of(sheet.rows[start:at]), None)
    theirs = next(numbers_of(sheet.rows[at : at + 16]), None)
    if theirs is None:
        return False
    return (
        ours is None
        or ours.number is None
        or theirs.number is None
        or (ours.number.value != theirs.number.value)
    )


@dataclass(frozen=True)
class _Found:
    """What a letter's parts gave: people, signature blocks, and the texts that name accounts."""

    drafts: list[Draft]
    blocks: list[Block]
    passages: list[Passage]


def _letter(sheet: Sheet) -> Letter:
    text = sheet.passage.text
    subjects = subjects_of(sheet)
    kind = kind_of(text, subjects)
    if kind is None and not sheet.recognised:
        kind = "penunjukan"
    found = _found(sheet)
    end = _attached_from(sheet)
    own = _before(sheet, end)
    said = kind is not None and is_said(kind, subjects)
    heard = hear(_sourced(found.drafts, end), sheet.passage, kind, is_said=said)
    placed, signatory = _placed(found, sided(heard, text, kind, subjects, is_said=said), end)
    officers = _unique(map(_of_side, (one for one in placed if one.role == OFFICER)))
    if _SECOND_IN_ROMAN.search(text):
        officers = tuple(map(_less_mark, officers))
    if kind == "ralat":
        wrong = [one.draft.person for one in placed if one.role == WRONG]
        officers = _named(_whole(officers), wrong)
    replaced = _unique(map(_of_side, (one for one in placed if one.role == REPLACED)))
    kind = settled(kind, text, subjects, comes=bool(officers), goes=bool(replaced))
    number = next(numbers_of(sheet.rows), None)
    day = _day(own, sheet)
    position = signatory.position.value if signatory and signatory.position else None
    problems = {"date_invalid"} if day.invalid else set()
    changes = bool(officers and replaced)
    deed = weighed_deed(text, len(officers) + len(replaced), subjects, kind, changes=changes)
    if deed < _EVEN:
        problems.add("not_an_appointment")
    return Letter(
        kind=kind,
        form=form_of(own),
        number=number.number if number else None,
        date=day.fact,
        agency=agency_of(sheet.rows, position),
        officers=officers,
        replaced=replaced,
        signatory=signatory,
        accounts=accounts_in(found.passages, recognised=sheet.recognised),
        subject=subject_in(own),
        duties=duties_in(sheet.passage),
        problems=frozenset(problems),
        engine=sheet.engine,
        numbers=_numbers(sheet, placed),
        words=words_of(text),
    )


def _placed(
    found: _Found, everybody: Sequence[Placed], end: float
) -> tuple[list[Placed], Signatory | None]:
    """The people with their roles, and who signs."""
    placed = [
        one for one in everybody if one.role != SIGNATORY or one.draft.source < ATTACHED_SOURCE
    ]
    numbers = {_number(one.draft) for one in placed if one.role == OFFICER} - {None}
    named = [
        one.draft.person
        for one in placed
        if one.role == SIGNATORY and not (found.blocks and _number(one.draft) in numbers)
    ]
    signatory = _signatory(_own(found.blocks, end), named)
    others = [one for one in placed if not _signs_again(one.draft, signatory)]
    return [one for one in others if not _writes(one, signatory)] or others, signatory


def _of_side(placed: Placed) -> Draft:
    return replace(placed.draft, person=replace(placed.draft.person, side=placed.sure))


def _day(own: Sheet, sheet: Sheet) -> LetterDay:
    """The letter's own day; only where it has none that of its attachment."""
    day = day_of(own.rows, recognised=sheet.recognised)
    if day.fact is None and not day.invalid:
        return day_of(sheet.rows, recognised=sheet.recognised)
    return day


def _signs_again(draft: Draft, signatory: Signatory | None) -> bool:
    """Under an attachment the signer stands once more, in no table and after no label."""
    ours, theirs = signatory.nip if signatory else None, draft.person.nip
    in_words = draft.source == ATTACHED_SOURCE + IN_SENTENCES
    return in_words and ours is not None and theirs is not None and ours.digits == theirs.digits


def _writes(placed: Placed, signatory: Signatory | None) -> bool:
    """Whoever signs may say so by name above (`Saya selaku Camat : Nama : ...`), without a number."""
    person = placed.draft.person
    if placed.role == SIGNATORY or person.nip or person.unnumbered or signatory is None:
        return False
    return _called(person) is not None and _called(person) == _called(signatory)


def _before(sheet: Sheet, end: float) -> Sheet:
    """The pages before an attachment; the very sheet where there is none."""
    rows = tuple(row for row in sheet.rows if row.page < end)
    return sheet if len(rows) == len(sheet.rows) else replace(sheet, rows=rows)


def _attached_from(sheet: Sheet) -> float:
    """The page where an attachment begins; none is beyond all pages."""
    pages: dict[int, list[Row]] = {}
    for row in sheet.rows:
        pages.setdefault(row.page, []).append(row)
    for page in sorted(pages)[1:]:
        top = pages[page][:_TOP_ROWS]
        if any(_ATTACHED.match(run.text) for row in top for run in row.runs):
            return page
    return float("inf")


def _sourced(drafts: Sequence[Draft], end: float) -> list[Draft]:
    """People of an attachment may be the letter's own once more."""
    return [
        replace(draft, source=draft.source + ATTACHED_SOURCE)
        if draft.tokens and draft.tokens[0].page >= end
        else draft
        for draft in drafts
    ]


def _own(blocks: Sequence[Block], end: float) -> Sequence[Block]:
    """Signatures of the letter itself, where it has one."""
    return [block for block in blocks if block.tokens[0].page < end] or blocks


def _numbers(sheet: Sheet, placed: Sequence[Placed]) -> tuple[Nip, ...]:
    """Every NIP of the letter, in sentences or cells: what another view's NIPs are held against."""
    inside = [one.draft.person.nip for one in placed if one.draft.person.nip]
    return (*inside, *(found.nip for found in find_nips(sheet.passage)))


def _found(sheet: Sheet) -> _Found:
    """Signatures, tables, labels, then sentences: each leaves the rest to the next."""
    blocks = list(blocks_in(sheet.rows, certain=True))
    rest = sheet.without(token for block in blocks for token in block.tokens)
    drafts: list[Draft] = []
    cells: list[Passage] = []
    for source, each in enumerate(ruled.tables_in(rest), 1_000):
        drafts.extend(replace(draft, source=source) for draft in each.people)
        cells.extend(each.accounts)
        rest = rest.without(each.tokens)
    for source, table in enumerate(tables.tables_in(rest.rows), 2):
        people = tables.people_in(table)
        if people:
            drafts.extend(replace(draft, source=source) for draft in people)
            cells.extend(Passage(cell) for cell in tables.account_cells(table))
            rest = rest.without(table.tokens)
    passages = [rest.passage, *cells]
    found = list(labelled.people_in(rest.rows))
    drafts.extend(found)
    rest = rest.without(token for draft in found for token in draft.tokens)
    rest = replace(rest, rows=_without_copies(rest.rows))
    if not blocks:
        blocks = list(blocks_in(rest.rows))
        rest = rest.without(token for block in blocks for token in block.tokens)
    said = [replace(draft, source=IN_SENTENCES) for draft in sentences.people_in(rest)]
    numbers = {block.signatory.nip.digits for block in blocks if block.signatory.nip}
    said = [
        draft
        for draft in said
        if not (_number(draft) in numbers and _closes(draft, rest, _beside(draft, drafts)))
    ]
    if not blocks and said and _closes(said[-1], rest, drafts + said[:-1]):
        last = said.pop()
        unnamed = Signatory(last.person.name, last.person.nip, None)
        blocks = [Block(unnamed, last.tokens, certain=False)]
    drafts.extend(said)
    return _Found(drafts, blocks, passages)


def _number(draft: Draft) -> str | None:
    return draft.person.nip.digits if draft.person.nip else None


def _beside(draft: Draft, others: Sequence[Draft]) -> list[Draft]:
    """The others of its page."""
    page = draft.tokens[0].page if draft.tokens else 0
    return [one for one in others if one.tokens and one.tokens[0].page == page]


def _closes(draft: Draft, rest: Sheet, others: Sequence[Draft]) -> bool:
    """A number under the closing words, below everybody else's: the signer's, whose title was
    not legible."""
    if draft.person.nip is None or not draft.tokens:
        return False
    starts = rest.passage.starts()
    first = min(starts.get(id(token), 0) for token in draft.tokens)
    closing = list(_CLOSING.finditer(rest.passage.text, 0, first))
    lowest = max((t.page, t.y0) for t in draft.tokens)
    below = all((t.page, t.y0) <= lowest for one in others for t in one.tokens[:1])
    return bool(closing) and below and first - closing[-1].end() < _CLOSING_REACH


def _without_copies(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows less the list of who gets a copy; a signature may stand to the right of it."""
    heads = [at for at, row in enumerate(rows) if _HEAD_LABEL.match(row.text)]
    low = max((at for at in heads if at < _MOST_HEAD_ROWS), default=0)
    at = next((at for at, row in enumerate(rows) if at > low and _COPIES.match(row.text)), None)
    if at is None:
        return rows
    edge = rows[at].x0 + _WIDTH_OF_COPIES
    after: list[Row] = []
    for row in rows[at:]:
        beside = tuple(t for t in row.tokens if row.page != rows[at].page or t.x0 > edge)
        if beside and (row.page != rows[at].page or beside[0].x0 - _end_before(row, edge) > 12):
            after.append(Row(beside))
    return (*rows[:at], *after)


def _end_before(row: Row, edge: float) -> float:
    """Where the words end that begin left of an edge."""
    return max((token.x1 for token in row.tokens if token.x0 <= edge), default=float("-inf"))


def _signatory(blocks: Sequence[Block], named: Sequence[Person]) -> Signatory | None:
    """The printed block, completed by `yang bertanda tangan di bawah ini`."""
    own = [block for block in blocks if not block.approves] or blocks
    # Of two that say as much the last: what stands above may be an office named in the text.
    best = max(
        (block.signatory for block in reversed(own)),
        key=lambda one: (one.name is not None) + (one.nip is not None),
        default=None,
    )
    if not named:
        return best
    person = named[0]
    position, capacity = person.position, "definitif"
    if position:
        said, capacity = say_title([position.value])
        position = replace(position, value=said)
    if best is None:
        return Signatory(person.name, person.nip, position, capacity)
    return Signatory(
        person.name or best.name,
        _likelier(best.nip, person.nip),
        position or best.position,
        best.capacity if best.capacity != "definitif" else capacity,
    )


def _likelier(one: Nip | None, other: Nip | None) -> Nip | None:
    """The signer's number stands twice: the whole one, then the one that was read more surely."""
    known = [nip for nip in (one, other) if nip]
    return max(known, key=lambda nip: (len(nip.digits) == 18, nip.confidence), default=None)


def _unique(drafts: Iterable[Draft]) -> tuple[Person, ...]:
    """Who stands in the letter and again in its attachment is one; twice in one list is two."""
    kept: list[Draft] = []
    known: dict[str, list[Draft]] = {}
    for draft in islice(drafts, MOST_NUMBERS):
        like = (one for key in _keys(draft.person) for one in known.get(key, ()))
        again = [one for one in like if _is_same(one.person, draft.person)]
        lesser = next((one for one in again if _says_more(draft.person, one.person)), None)
        if lesser is not None and lesser.source != draft.source:
            kept[kept.index(lesser)] = draft
            for key in _keys(draft.person):
                known.setdefault(key, []).append(draft)
            continue
        once = draft.source == IN_SENTENCES or not draft.person.nip
        if not any(once or one.source != draft.source for one in again):
            kept.append(draft)
            for key in _keys(draft.person):
                known.setdefault(key, []).append(draft)
    return tuple(draft.person for draft in kept)


def _whole(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """A ralat's table may give a name, and a sentence below it the number: they are one person.

    The number alone (`Seharusnya : NIP ...`) says nothing that its bearer's name does not.
    """
    known = {one.nip.digits for one in people if one.nip and one.name}
    people = tuple(one for one in people if one.name or not one.nip or one.nip.digits not in known)
    named = [one for one in people if one.name and one.nip is None and not one.unnumbered]
    numbered = [one for one in people if one.nip and one.name is None]
    if len(named) != 1 or len(numbered) != 1:
        return people
    whole = replace(named[0], nip=numbered[0].nip, status=named[0].status or numbered[0].status)
    return tuple(whole if one is named[0] else one for one in people if one is not numbered[0])


def _named(people: tuple[Person, ...], wrong: Sequence[Person]) -> tuple[Person, ...]:
    """A ralat that puts one number right names its bearer only beside the wrong one."""
    if len(people) != 1 or len(wrong) != 1 or people[0].name or not people[0].nip:
        return people
    one, known = people[0], wrong[0]
    return (replace(known, nip=one.nip, status=one.status),)


def _less_mark(person: Person) -> Person:
    """`I. Denny Prasetyawan` begins a list; elsewhere it would be an initial."""
    if person.name is None or not person.name.value.startswith("I. "):
        return person
    return replace(person, name=replace(person.name, value=person.name.value[3:]))


def _says_more(person: Person, other: Person) -> bool:
    """Of two writings of one person: the name, or the number, that the other lacks."""
    named = person.name is not None and other.name is None
    numbered = person.nip is not None and other.nip is None and not other.unnumbered
    return named or (numbered and person.name is not None)


def _called(person: Person | Signatory) -> str | None:
    """The name as two writings of it are compared."""
    return person.name.value.casefold() if person.name else None


def _keys(person: Person) -> list[str]:
    """What two writings of one person share at least one of."""
    return [key for key in (person.nip.digits if person.nip else None, _called(person)) if key]


def _is_same(one: Person, other: Person) -> bool:
    names = [_called(one), _called(other)]
    if one.nip and other.nip:
        return one.nip.digits == other.nip.digits and (None in names or names[0] == names[1])
    return None not in names and names[0] == names[1]
