"""Short words for the tests of who answered when: one office, its letters, one moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kanal.appointments.models import Letter, LetterKind
from kanal.appointments.responsible import Answer, who_answered
from kanal.directory.models import Person, Unit, User
from kanal.register.models import Account
from tests.factories import TODAY, a_clerk, a_letter, a_verifier, accepted, an_officer

JAKARTA = ZoneInfo("Asia/Jakarta")


def wib(*parts: int) -> datetime:
    """A moment by Jakarta's clocks."""
    return datetime(*parts, tzinfo=JAKARTA)


class Story:
    """An office whose clerk writes and whose verifier accepts."""

    def __init__(self, unit: Unit, *, clerk: User | None = None, verifier: User | None = None):
        self.unit = unit
        self.clerk = clerk or a_clerk(unit)
        self.verifier = verifier or a_verifier(government=unit.government)

    def letter(self, kind: LetterKind, *officers: Any, dated: date, **facts: Any) -> Letter:
        facts.setdefault("with_file", False)
        return a_letter(
            self.unit, kind=kind, officers=officers, dated=dated, by=self.clerk, **facts
        )

    def accept(self, letter: Letter, today: date = TODAY) -> Letter:
        return accepted(letter, by=self.verifier, today=today)

    def appoint(self, name: str | Person, since: date, **facts: Any) -> Person:
        officer = _officer(name, facts)
        letter = self.letter(LetterKind.APPOINTMENT, officer, dated=since, **facts)
        return self.accept(letter).officers.get().person

    def replace(self, leaving: Person, name: str | Person, since: date, **facts: Any) -> Person:
        officer = _officer(name, facts, replaces=leaving)
        letter = self.letter(LetterKind.REPLACEMENT, officer, dated=since, **facts)
        return self.accept(letter).officers.get().person

    def stop(self, person: Person, since: date, **facts: Any) -> Letter:
        officer = _officer(person, facts)
        return self.accept(self.letter(LetterKind.TERMINATION, officer, dated=since, **facts))

    def ask(self, account: Account, at: datetime) -> Answer:
        return who_answered(account, at, self.unit.government.timezone)

    def names(self, account: Account, at: datetime) -> list[str]:
        return [officer.person.name for officer in self.ask(account, at).lawful]

    def known(self, account: Account, at: datetime) -> list[str]:
        return [officer.person.name for officer in self.ask(account, at).known_then]


def _officer(name: str | Person, facts: dict[str, Any], **more: Any) -> Any:
    """`accounts` and `duties` belong to the officer, the rest to the letter."""
    for key in ("accounts", "duties"):
        if key in facts:
            more[key] = facts.pop(key)
    if isinstance(name, Person):
        return an_officer(person=name, **more)
    return an_officer(name, **more)
