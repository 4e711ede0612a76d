"""What the cells of one row of a table say of a person, however the row was found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kanal.paper.reading import labelled
from kanal.paper.reading.facts import Nip, Person
from kanal.paper.reading.headings import Column
from kanal.paper.reading.layout import Passage, Row, Token, rows_of
from kanal.paper.reading.nips import find_nips
from kanal.paper.reading.persons import (
    Draft,
    name_fact,
    nip_fact,
    person_in_cell,
    position_fact,
    rank_fact,
    says_unnumbered,
    status_of,
)

ORDINAL = re.compile(r"^\(?\d{1,3}[.)]?$")
_LABELLED = re.compile(r"(?i)^(?:\(?(?:\d{1,2}|[a-z])[.)]\s*)?nama\b[^:\n]{0,20}:")
_LISTED = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]$")
# Kinds of columns that together make a cell which stacks a person.
_STACKED = ({"person"}, {"name", "nip"}, {"name", "rank"}, {"name", "position"})


def draft_of(cells: Sequence[tuple[Column, list[Token]]], role: str) -> Draft | None:
    """The person of one row; none when it holds neither name nor number."""
    person = Person()
    for column, cell in cells:
        person = _with_cell(person, column, cell)
    tokens = tuple(token for _, cell in cells for token in cell)
    if person.name is None and person.nip is None:
        return None
    words = Passage(tokens).text
    if person.nip is None and says_unnumbered(words):
        person = replace(person, unnumbered=True)
    return Draft(replace(person, status=status_of(person, words)), tokens, role)


def each_once(drafts: Sequence[Draft], columns: Sequence[Column]) -> list[Draft]:
    """In a table with a row for each account, who keeps two of them is still one."""
    if not any("account" in column.kinds for column in columns):
        return list(drafts)
    kept: dict[tuple[str, str, str], Draft] = {}
    for draft in drafts:
        nip, name = draft.person.nip, draft.person.name
        key = (nip.digits if nip else "", name.value if name else "", draft.role)
        kept.setdefault(key, draft)
    return list(kept.values())


def _with_cell(person: Person, column: Column, cell: list[Token]) -> Person:
    kinds, text = set(column.kinds), Passage(cell).text.replace("\n", " ")
    if any(stack <= kinds for stack in _STACKED):
        return _stacked(person, cell)
    if "name" in kinds:
        return replace(person, name=name_fact(text, cell, labelled=True))
    if "nip" in kinds:
        nip, none = nip_fact(cell)
        rank = rank_fact(text, cell) if "rank" in kinds else None
        return replace(
            person,
            nip=_newer(person.nip, nip),
            unnumbered=person.unnumbered or none,
            rank=person.rank or rank,
        )
    if "rank" in kinds:
        position = position_fact(text, cell) if "position" in kinds else person.position
        return replace(person, rank=rank_fact(text, cell), position=position)
    if "position" in kinds:
        return replace(person, position=position_fact(text, cell))
    if "status" in kinds and person.nip is None:
        # `PPPK, NI PPPK 1996...` beside columns that have no place for a number.
        found = next(find_nips(Passage(cell)), None)
        return replace(person, nip=found.nip if found else None)
    return person


def _newer(one: Nip | None, other: Nip | None) -> Nip | None:
    """Beside an old number of nine digits stands the one that counts."""
    if one is not None and (other is None or len(other.digits) != 18):
        return one
    return other


def _stacked(person: Person, cell: list[Token]) -> Person:
    inside = _in_labels(cell) or person_in_cell(cell)
    return replace(
        inside,
        nip=inside.nip or person.nip,
        position=person.position or inside.position,
        rank=inside.rank or person.rank,
        unnumbered=inside.unnumbered or person.unnumbered,
    )


def _in_labels(cell: list[Token]) -> Person | None:
    """`Nama : ...` and `NIP : ...` inside one cell."""
    if not _LABELLED.match(Passage(cell).text):
        return None
    found = labelled.people_in(tuple(rows_of(cell)))
    return next((draft.person for draft in found), None)


def people_of_cell(cell: list[Token], role: str) -> list[Draft]:
    """The people of a cell that lists several, parted at their numbers or list marks."""
    rows = rows_of(cell)
    numbered = [at for at, row in enumerate(rows) if _has_number(row)]
    if len(numbered) < 2:
        return []
    marks = [at for at, row in enumerate(rows) if _LISTED.match(row.tokens[0].text)]
    above = numbered[0]
    starts = marks if _parts(marks, numbered) else [max(at - above, 0) for at in numbered]
    drafts = []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        tokens = [token for row in rows[start:stop] for token in row.tokens]
        if tokens and _LISTED.match(tokens[0].text):
            tokens = tokens[1:]
        draft = draft_of([(Column(("person",), 0.0, 0.0), tokens)], role)
        if draft:
            drafts.append(draft)
    return drafts


def _parts(marks: Sequence[int], numbered: Sequence[int]) -> bool:
    """Whether list marks part the numbers, at most one to each; who has none has a mark too."""
    inside = [bisect_right(marks, at) for at in numbered]
    return len(marks) >= len(numbered) and 0 not in inside and len(set(inside)) == len(inside)


def _has_number(row: Row) -> bool:
    return any(True for _ in find_nips(Passage(row.tokens)))
