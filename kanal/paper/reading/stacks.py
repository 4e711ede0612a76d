"""People stacked in columns whose heading is lost: the name above the number, the rest below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kanal.paper.reading.facts import Fact, Nip, Person
from kanal.paper.reading.layout import Passage, Row, Run, Sheet, Token
from kanal.paper.reading.persons import Draft, name_fact, position_fact, status_of
from kanal.paper.reading.ranks import GRADE_IN_BRACKETS, RANK, said

_ABOVE, _BELOW = 1.2, 2.2
_RANK_BELOW = 0.8


class Stacks:
    """What stands around a number, by place. `digits` below are the tokens of a NIP."""

    def __init__(self, sheet: Sheet) -> None:
        self._rows = sheet.rows
        self._at = {id(token): at for at, row in enumerate(sheet.rows) for token in row.tokens}

    def begins(self, digits: Sequence[Token]) -> bool:
        """Nothing stands before the number in its cell or line."""
        return any(run.tokens[0] is digits[0] for run in self._row(digits).runs)

    def stand_side_by_side(self, digits: Sequence[Token]) -> bool:
        """Two numbers on one row: columns of people."""
        runs = self._row(digits).runs
        return sum(len(re.sub(r"\D", "", run.text)) >= 14 for run in runs) > 1

    def name_near(self, digits: Sequence[Token]) -> Fact | None:
        """The name above the number in its column, or to the left of it."""
        row = self._row(digits)
        for above in self._near(digits, -1, -2):
            if above.page == row.page and row.y0 - above.y1 <= _ABOVE * row.height:
                for run in _under(above, digits):
                    # A grade's second line is no name.
                    graded = GRADE_IN_BRACKETS.search(run.text)
                    name = None if graded else name_fact(run.text, run.tokens)
                    if name:
                        return name
        left = [run for run in row.runs if run.x1 <= digits[0].x0 + 1]
        names = (name_fact(run.text.lstrip("0123456789. "), run.tokens) for run in reversed(left))
        return next((name for name in names if name), None)

    def draft(self, digits: Sequence[Token], nip: Nip, name: Fact) -> Draft:
        """The person of this number, with grade and position from the lines below."""
        row = self._row(digits)
        below = [
            token
            for under in self._near(digits, 1, 2)
            if under.page == row.page and under.y0 - row.y1 < _BELOW * row.height
            for run in _under(under, digits)
            for token in run.tokens
        ]
        words = Passage(below)
        hit = RANK.search(words.text.replace("\n", " "))
        person = Person(
            name=name,
            nip=nip,
            rank=Fact(said(hit), _RANK_BELOW, words.place(*hit.span())) if hit else None,
            position=position_fact(words.text, below) if below else None,
        )
        return Draft(replace(person, status=status_of(person, words.text)), tuple(digits))

    def _row(self, digits: Sequence[Token]) -> Row:
        return self._rows[self._at[id(digits[0])]]

    def _near(self, digits: Sequence[Token], *steps: int) -> Iterator[Row]:
        at = self._at[id(digits[0])]
        for step in steps:
            if 0 <= at + step < len(self._rows):
                yield self._rows[at + step]


def _under(row: Row, digits: Sequence[Token]) -> Iterator[Run]:
    """The runs of a row that share the number's column."""
    for run in row.runs:
        if run.x0 < digits[-1].x1 and run.x1 > digits[0].x0:
            yield run
