"""What our own attachment says, held against what the page itself shows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kanal.paper.reading.facts import Account, Fact, Letter, Nip, Person, Signatory
from kanal.paper.reading.merge import alike
from kanal.paper.reading.own import agrees

_SAME_NAME = 0.8
_MOST_PEOPLE = 2_000
_MOST_ACCOUNTS = 200


def held_against(said: Mapping[str, Any], letters: Sequence[Letter]) -> tuple[list[Letter], bool]:
    """The attachment's facts at full confidence where the page agrees; else the page's own."""
    claimed = said["letters"]
    if len(claimed) != len(letters):
        return list(letters), False
    completed: list[Letter] = []
    for claim, letter in zip(claimed, letters, strict=True):
        if not agrees(claim, letter) or not _same_names(claim, letter):
            return list(letters), False
        completed.append(_completed(claim, letter))
    return completed, True


def _same_names(claim: Mapping[str, Any], letter: Letter) -> bool:
    said = {one.get("nip"): _text(one, "name") for one in _people(claim, "officers")}
    return all(
        person.name is None
        or person.nip is None
        or alike(said.get(person.nip.digits) or "", person.name.value) > _SAME_NAME
        for person in letter.officers
    )


def _completed(claim: Mapping[str, Any], letter: Letter) -> Letter:
    return replace(
        letter,
        kind=_text(claim, "kind") or letter.kind,
        number=_known(letter.number, _text(claim, "number")),
        date=_known(letter.date, _text(claim, "date")),
        agency=_known(letter.agency, _text(claim, "agency")),
        officers=_persons(claim, "officers", letter.officers),
        replaced=_persons(claim, "replaced", letter.replaced),
        signatory=_signer(claim.get("signatory"), letter.signatory),
        accounts=_accounts(claim) or letter.accounts,
    )


def _known(page: Fact | None, said: str | None) -> Fact | None:
    if said is None:
        return page
    return Fact(said, 1.0, page.place if page else None)


def _text(claim: Mapping[str, Any], field: str) -> str | None:
    value = claim.get(field)
    return value[:500] if isinstance(value, str) and value.strip() else None


def _people(claim: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    people = claim.get(field)
    if not isinstance(people, list):
        return []
    return [person for person in people[:_MOST_PEOPLE] if isinstance(person, dict)]


def _persons(claim: Mapping[str, Any], field: str, shown: Sequence[Person]) -> tuple[Person, ...]:
    by_number = {person.nip.digits: person for person in shown if person.nip}
    by_name = {person.name.value: person for person in shown if person.name}
    persons: list[Person] = []
    for one in _people(claim, field):
        known = by_number.get(one.get("nip") or "") or by_name.get(_text(one, "name") or "")
        known = known or Person(unnumbered=one.get("nip") is None)
        digits = _text(one, "nip")
        place = known.nip.place if known.nip else None
        persons.append(
            replace(
                known,
                name=_known(known.name, _text(one, "name")),
                nip=Nip(digits, True, place, 1.0) if digits else None,
                position=_known(known.position, _text(one, "position")),
                rank=_known(known.rank, _text(one, "rank")),
                status=_text(one, "status") or known.status,
                unnumbered=digits is None,
            )
        )
    return tuple(persons)


def _signer(said: object, shown: Signatory | None) -> Signatory | None:
    """The page's own NIP stays what decides; the attachment fills in the rest."""
    if not isinstance(said, dict) or shown is None:
        return shown
    return replace(
        shown,
        name=_known(shown.name, _text(said, "name")),
        position=_known(shown.position, _text(said, "position")),
        capacity=_text(said, "capacity") or shown.capacity,
    )


def _accounts(claim: Mapping[str, Any]) -> tuple[Account, ...]:
    accounts = claim.get("accounts")
    if not isinstance(accounts, list):
        return ()
    return tuple(
        Account(one["platform"], one["handle"], None)
        for one in accounts[:_MOST_ACCOUNTS]
        if isinstance(one, dict)
        and isinstance(one.get("platform"), str)
        and isinstance(one.get("handle"), str)
    )
