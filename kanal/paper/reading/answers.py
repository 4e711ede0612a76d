"""What was read as plain values: the one JSON shape that commands, tests and intake share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kanal.paper.reading.facts import Fact, Letter, Nip, Person, Signatory
from kanal.paper.reading.layout import Place
from kanal.paper.verdicts import Verdict


@dataclass(frozen=True)
class Document:
    """One file read. `letters` keep the places of their facts; `as_json` is the shape agreed."""

    file: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    seconds: float = 0.0
    sha256: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "letters": [letter_json(letter) for letter in self.letters],
            "confidence": confidences(self.letters),
            "seconds": round(self.seconds, 3),
        }


def letter_json(letter: Letter) -> dict[str, Any]:
    """`form`, `subject` and `duties` came later: readings kept from before have none of them."""
    return {
        "kind": letter.kind,
        "number": _value(letter.number),
        "date": _value(letter.date),
        "agency": _value(letter.agency),
        "officers": [_person(person) for person in letter.officers],
        "replaced": [_person(person) for person in letter.replaced],
        "signatory": _signatory(letter.signatory),
        "accounts": [
            {"platform": account.platform, "handle": account.handle} for account in letter.accounts
        ],
        "qr": _value(letter.qr),
        "form": _value(letter.form),
        "subject": _value(letter.subject),
        "duties": [duty.value for duty in letter.duties],
        "places": {name: list(place) for name, place, _ in _facts(letter) if place},
    }


def _value(value: Fact | None) -> str | None:
    return value.value if value else None


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": _value(person.name),
        "nip": person.nip.digits if person.nip else None,
        "nip_confidence": round(person.nip.confidence, 3) if person.nip else None,
        "position": _value(person.position),
        "rank": _value(person.rank),
        "status": person.status,
    }


def _signatory(signatory: Signatory | None) -> dict[str, Any] | None:
    if signatory is None:
        return None
    return {
        "name": _value(signatory.name),
        "nip": signatory.nip.digits if signatory.nip else None,
        "nip_confidence": round(signatory.nip.confidence, 3) if signatory.nip else None,
        "position": _value(signatory.position),
        "capacity": signatory.capacity,
    }


def confidences(letters: Sequence[Letter]) -> dict[str, float]:
    """By field, `officers.0.nip` and so on; with several letters each field names its letter."""
    return {
        (f"letters.{at}.{name}" if len(letters) > 1 else name): round(sure, 3)
        for at, letter in enumerate(letters)
        for name, _, sure in _facts(letter)
    }


def _facts(letter: Letter) -> Iterator[tuple[str, Place | None, float]]:
    for name in ("number", "date", "agency", "qr", "form", "subject"):
        yield from _fact(name, getattr(letter, name))
    yield from _fact("duties", _together(letter.duties))
    for group in ("officers", "replaced"):
        for at, person in enumerate(getattr(letter, group)):
            for part in ("name", "nip", "position", "rank"):
                yield from _fact(f"{group}.{at}.{part}", getattr(person, part))
            yield f"{group}.{at}.side", None, person.side
    if letter.signatory:
        for part in ("name", "nip", "position"):
            yield from _fact(f"signatory.{part}", getattr(letter.signatory, part))
    for at, account in enumerate(letter.accounts):
        if account.place:
            yield f"accounts.{at}", account.place, account.confidence


def _together(facts: Sequence[Fact]) -> Fact | None:
    """As one, in one picture: no surer than the least sure of them."""
    if not facts:
        return None
    places = [one.place for one in facts if one.place]
    on_first = [place for place in places if place[0] == places[0][0]]
    whole: Place | None = None
    if on_first:
        left, top = min(place[1] for place in on_first), min(place[2] for place in on_first)
        right, low = max(place[3] for place in on_first), max(place[4] for place in on_first)
        whole = (on_first[0][0], left, top, right, low)
    return Fact("", min(one.confidence for one in facts), whole)


def _fact(name: str, value: Fact | Nip | None) -> Iterator[tuple[str, Place | None, float]]:
    if value is not None:
        yield name, value.place, value.confidence
