"""What our own attachment says, held against what the page itself shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kanal.lib.numbers import fold_letter_number
from kanal.paper.composing.codes import OWN_QR
from kanal.paper.reading.facts import Account, Fact, Letter, Nip, Person, Signatory
from kanal.paper.reading.layout import words_of
from kanal.paper.reading.merge import IMPOSSIBLE, alike

_SAME_NAME = 0.8
_MOST_PEOPLE = 2_000
_LISTS = ("officers", "replaced")
_CORRECTION = "ralat"
_MOST_ACCOUNTS = 200


def held_against(
    said: Mapping[str, Any], letters: Sequence[Letter], *, carried: bool
) -> tuple[list[Letter], bool]:
    """The attachment's facts at full confidence where the page agrees; else the page's own.

    `carried`: the page's words are the file's own and visible, not recognised.
    """
    claimed = said["letters"]
    if len(claimed) != len(letters):
        return list(letters), False
    completed: list[Letter] = []
    for claim, letter in zip(claimed, letters, strict=True):
        corrects = letter.kind == claim.get("kind") == _CORRECTION
        same_people = _corrected(said, claim, letter) if corrects else _same_people(claim, letter)
        whole = _is_printed(claim, letter) if carried else _same_count(claim, letter)
        if not (_same_letter(claim, letter) and same_people and whole):
            return list(letters), False
        completed.append(_completed(claim, letter))
    agreed = _same_code(said, letters)
    return (completed if agreed else list(letters)), agreed


def _same_letter(claim: Mapping[str, Any], page: Letter) -> bool:
    """Whether the page shows the number and the day that are claimed."""
    number = _text(claim, "number")
    if number is None or page.number is None or page.date is None:
        return False
    same_number = fold_letter_number(number) == fold_letter_number(page.number.value)
    return same_number and claim.get("date") == page.date.value


def _same_people(claim: Mapping[str, Any], page: Letter) -> bool:
    """The NIPs who come and who go are the page's, and so are their names."""
    same_numbers = all(
        _nips(claim, field) == {person.nip.digits for person in people if person.nip}
        for field, people in (("officers", page.officers), ("replaced", page.replaced))
    )
    return same_numbers and _same_names(claim, page)


def _corrected(said: Mapping[str, Any], claim: Mapping[str, Any], page: Letter) -> bool:
    """A ralat prints single facts in its own way: each NIP printed is one that is claimed or
    corrected, and none is claimed that is not printed."""
    claimed = _nips(claim, "officers") | _nips(claim, "replaced")
    signer = claim.get("signatory")
    known = claimed | ({str(signer.get("nip"))} if isinstance(signer, dict) else set())
    facts = said.get("facts")
    corrections = facts.get("corrections") if isinstance(facts, dict) else None
    for one in corrections[:_MOST_PEOPLE] if isinstance(corrections, list) else []:
        words = " ".join(str(word) for word in one.values()) if isinstance(one, dict) else ""
        known.update(re.findall(r"\d{9,18}", re.sub(r"(?<=\d)\s(?=\d)", "", words)))
    printed = {nip.digits for nip in page.numbers}
    return claimed <= printed <= known


def _is_printed(claim: Mapping[str, Any], page: Letter) -> bool:
    """Every word of every name that is claimed stands somewhere on the page."""
    names = (_text(one, "name") or "" for field in _LISTS for one in _people(claim, field))
    return all(words_of(name) <= page.words for name in names)


def _same_count(claim: Mapping[str, Any], page: Letter) -> bool:
    """Nobody is claimed whom an engine did not see."""
    people = (page.officers, page.replaced)
    return all(
        len(_people(claim, field)) == len(shown)
        for field, shown in zip(_LISTS, people, strict=True)
    )


def _same_code(said: Mapping[str, Any], letters: Sequence[Letter]) -> bool:
    """A QR code of ours on the page is this letter's own."""
    code = next((hit[1] for one in letters if one.qr and (hit := OWN_QR.match(one.qr.value))), None)
    return code is None or said.get("code") in (code, None)


def _nips(claim: Mapping[str, Any], field: str) -> set[str]:
    return {nip for one in _people(claim, field) if (nip := _text(one, "nip"))}


def _same_names(claim: Mapping[str, Any], letter: Letter) -> bool:
    return all(
        person.name is None
        or person.nip is None
        or alike(said.get(person.nip.digits) or "", person.name.value) > _SAME_NAME
        for field, people in zip(_LISTS, (letter.officers, letter.replaced), strict=True)
        for said in [{one.get("nip"): _text(one, "name") for one in _people(claim, field)}]
        for person in people
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
        persons.append(
            replace(
                known,
                name=_known(known.name, _text(one, "name")),
                nip=_certain(digits, known.nip) if digits else None,
                position=_known(known.position, _text(one, "position")),
                rank=_known(known.rank, _text(one, "rank")),
                status=_text(one, "status") or known.status,
                unnumbered=digits is None,
            )
        )
    return tuple(persons)


def _certain(digits: str, shown: Nip | None) -> Nip:
    """A number that cannot be anybody's stays doubtful, whoever says it."""
    if shown is not None and shown.confidence <= IMPOSSIBLE:
        return shown
    return Nip(digits, True, shown.place if shown else None, 1.0)


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
