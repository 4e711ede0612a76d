"""Several views of one file made one: each fact from the views that show it, agreement counted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import TypeGuard

from kanal.lib.numbers import fold_letter_number
from kanal.paper.reading.facts import LEGIBLE, Account, Fact, Letter, Nip, Person, Signatory
from kanal.paper.reading.layout import Place
from kanal.paper.reading.nips import mistake_in

CERTAIN, AGREED, ALONE, DISPUTED, REPAIRED, IMPOSSIBLE = 1.0, 0.97, 0.75, 0.5, 0.6, 0.2
_SAME_NAME = 0.82
_UNLIKE = 0.7


class _Certainty:
    """How sure a NIP is: by its own checks and by how many views show the same digits."""

    def __init__(
        self, letters: Sequence[Letter], today: date, carried: bool, agreed: frozenset[str]
    ) -> None:
        self.numbers = [letter.numbers for letter in letters]
        self.today, self.carried, self.agreed = today, carried, agreed

    def weigh(self, nip: Nip) -> Nip:
        return replace(nip, confidence=self._weight(nip))

    def _weight(self, nip: Nip) -> float:
        if mistake_in(nip.digits, self.today):
            return IMPOSSIBLE
        if not nip.sure:
            return REPAIRED
        if self.carried:
            return CERTAIN
        if nip.digits in self.agreed:
            return AGREED
        return DISPUTED if self._contradicted(nip) else ALONE

    def _contradicted(self, nip: Nip) -> bool:
        return any(
            each.digits != nip.digits and overlap(each.place, nip.place) > 0.3
            for view in self.numbers
            for each in view
        )

    def better(self, one: Nip, other: Nip) -> Nip:
        """The likelier of two readings of one number; disputed unless one of them is agreed."""
        weighed = [self.weigh(one), self.weigh(other)]
        if one.digits == other.digits:
            return max(weighed, key=lambda nip: nip.confidence)
        best = max(weighed, key=lambda nip: nip.confidence)
        return best if best.confidence >= AGREED else _disputed(best)


def merged(
    views: Sequence[Sequence[Letter]],
    *,
    today: date,
    carried: bool,
    agreed: frozenset[str] = frozenset(),
) -> list[Letter]:
    """Letters of all views made one.

    `carried`: the first view is the file's own, visible text. `agreed`: NIPs that two engines
    read alike, each sure of itself.
    """
    views = [letters for letters in views if letters]
    if not views:
        return []
    count = max(len(letters) for letters in views)
    main = next(letters for letters in views if len(letters) == count)
    result: list[Letter] = []
    for at in range(len(main)):
        same = [letters[at] for letters in views if len(letters) == count]
        result.append(_one(same, _Certainty(same, today, carried, agreed)))
    return result


def doubted(letter: Letter) -> Letter:
    """As a letter reads whose signature no longer fits it: nothing in it is certain."""
    signatory = letter.signatory
    if signatory and signatory.nip:
        signatory = replace(signatory, nip=_disputed(signatory.nip))
    return replace(
        letter,
        officers=tuple(map(_doubted_person, letter.officers)),
        replaced=tuple(map(_doubted_person, letter.replaced)),
        signatory=signatory,
    )


def _doubted_person(person: Person) -> Person:
    return replace(person, nip=_disputed(person.nip)) if person.nip else person


def _disputed(nip: Nip) -> Nip:
    return replace(nip, confidence=min(nip.confidence, DISPUTED))


def _one(letters: Sequence[Letter], sure: _Certainty) -> Letter:
    best = max(letters, key=_fullness)
    ordered = [best, *(letter for letter in letters if letter is not best)]
    numbers = [letter.numbers for letter in letters]
    carried = sure.carried
    officers = _people([letter.officers for letter in ordered], ordered, sure)
    replaced = _people([letter.replaced for letter in ordered], ordered, sure)
    signatory = _signatory([letter.signatory for letter in ordered], sure)
    forms = [letter.form for letter in ordered]
    titled = [form for form in forms if form and form.place]
    officers = _not_signatory(officers, signatory, best)
    return replace(
        best,
        kind=best.kind or next((letter.kind for letter in ordered if letter.kind), None),
        form=_agreed(titled or forms, str, carried),
        number=_agreed([letter.number for letter in ordered], fold_letter_number, carried),
        date=_agreed([letter.date for letter in ordered], str, carried),
        agency=_agreed([letter.agency for letter in ordered], _squash, carried),
        officers=officers,
        replaced=tuple(one for one in replaced if not _listed(one, officers)),
        signatory=signatory,
        accounts=_accounts([letter.accounts for letter in ordered]),
        subject=_agreed([letter.subject for letter in ordered], _squash, carried),
        duties=tuple(_duties([letter.duties for letter in ordered], carried)),
        agreed=_shared(numbers),
        problems=frozenset.intersection(*(letter.problems for letter in letters)),
    )


def _shared(numbers: Sequence[Sequence[Nip]]) -> frozenset[str]:
    counts = Counter(digits for view in numbers for digits in {nip.digits for nip in view})
    return frozenset(digits for digits, count in counts.items() if count > 1)


def _fullness(letter: Letter) -> tuple[int, float]:
    """How much a view shows: people first."""
    people = sum(
        (person.name is not None)
        + (person.nip is not None or person.unnumbered)
        + 0.4 * (person.position is not None)
        for person in letter.people
    )
    facts = (letter.number, letter.date, letter.agency, letter.signatory)
    return (int(not letter.problems), people + sum(each is not None for each in facts))


def overlap(one: Place | None, other: Place | None) -> float:
    """How much of the smaller box the other covers; 0 on different pages."""
    if one is None or other is None or one[0] != other[0]:
        return 0.0
    wide = min(one[3], other[3]) - max(one[1], other[1])
    high = min(one[4], other[4]) - max(one[2], other[2])
    if wide <= 0 or high <= 0:
        return 0.0
    least = min((each[3] - each[1]) * (each[4] - each[2]) for each in (one, other))
    return wide * high / least if least > 0 else 0.0


def _agreed(facts: Sequence[Fact | None], key: Callable[[str], str], carried: bool) -> Fact | None:
    """The value most views show; sure when the file says it itself or when two agree."""
    present = [each for each in facts if _is_own(each)] or [each for each in facts if each]
    if not present:
        return None
    counts: dict[str, list[Fact]] = {}
    for each in present:
        counts.setdefault(key(each.value), []).append(each)
    most = max(counts.values(), key=lambda same: (len(same), max(one.confidence for one in same)))
    chosen = max(most, key=lambda each: (each.value.count(" "), each.confidence))
    if carried:
        return replace(present[0], confidence=max(present[0].confidence, 0.0))
    if len(most) >= 2:
        return replace(chosen, confidence=max(AGREED, chosen.confidence))
    others = [each for each in present if key(each.value) != key(chosen.value)]
    disputed = any(not _yields(each, chosen) for each in others)
    return replace(chosen, confidence=min(chosen.confidence, DISPUTED if disputed else ALONE))


def _yields(doubtful: Fact, sure: Fact) -> bool:
    """An engine that doubts what it saw does not dispute what another is sure of."""
    return doubtful.confidence < DISPUTED and sure.confidence >= AGREED


def _duties(lists: Sequence[Sequence[Fact]], carried: bool) -> Iterator[Fact]:
    """Each duty that any view shows, once."""
    for duty in dict.fromkeys(one.value for duties in lists for one in duties):
        same = [next((one for one in duties if one.value == duty), None) for duties in lists]
        if (found := _agreed(same, str, carried)) is not None:
            yield found


def _is_own(value: Fact | None) -> TypeGuard[Fact]:
    """Words that a view only borrowed from another carry no confidence of their own."""
    return value is not None and value.confidence > 0.0


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _people(
    lists: Sequence[Sequence[Person]], letters: Sequence[Letter], sure: _Certainty
) -> tuple[Person, ...]:
    """The fullest view's people, completed by the others; people only others show come last."""
    people = [_weighed(person, sure) for person in lists[0]]
    for others in lists[1:]:
        for other in others:
            at = _match(people, other)
            if at is not None:
                people[at] = _together(people[at], other, sure)
            elif other.nip and not mistake_in(other.nip.digits, sure.today):
                elsewhere = [
                    each
                    for letter in letters
                    for each in (*letter.people, letter.signatory)
                    if each is not None and each is not other
                ]
                if not any(_same_person(other, each) for each in elsewhere):
                    people.append(_weighed(other, sure))
    return tuple(people)


def _weighed(person: Person, sure: _Certainty) -> Person:
    return replace(person, nip=sure.weigh(person.nip)) if person.nip else person


def _match(people: Sequence[Person], other: Person) -> int | None:
    for at, person in enumerate(people):
        if person.nip and other.nip and person.nip.digits == other.nip.digits:
            return at
    for at, person in enumerate(people):
        if _same_person(person, other):
            return at
    return None


def _same_person(one: Person | Signatory, other: Person | Signatory) -> bool:
    if (
        one.nip
        and other.nip
        and (one.nip.digits == other.nip.digits or overlap(one.nip.place, other.nip.place) > 0.4)
    ):
        return True
    if one.name is None or other.name is None:
        return False
    if overlap(one.name.place, other.name.place) > 0.4:
        return True
    return alike(one.name.value, other.name.value) > _SAME_NAME and not (one.nip and other.nip)


def alike(one: str, other: str) -> float:
    """0..1; the exact likeness is worked out only where its upper bound leaves it open."""
    matcher = SequenceMatcher(None, _squash(one), _squash(other))
    most = matcher.real_quick_ratio()
    if most > _UNLIKE:
        most = matcher.quick_ratio()
    return matcher.ratio() if most > _UNLIKE else most


def _together(one: Person, other: Person, sure: _Certainty) -> Person:
    nip = one.nip
    if one.nip and other.nip:
        nip = sure.better(one.nip, other.nip)
    elif other.nip:
        nip = sure.weigh(other.nip)
    return replace(
        one,
        name=_name(one.name, other.name),
        nip=nip,
        position=_clearer(one.position, other.position),
        rank=_clearer(one.rank, other.rank),
        status=one.status if one.nip else (other.status or one.status),
        unnumbered=nip is None and (one.unnumbered or other.unnumbered),
    )


def _name(one: Fact | None, other: Fact | None) -> Fact | None:
    """Spaces and dots get lost, they are not invented: of two like names the longer one."""
    if not _is_own(one) or not _is_own(other):
        return one if _is_own(one) else other or one
    if _squash(one.value) == _squash(other.value):
        best = max((one, other), key=lambda each: (each.value.count(" "), len(each.value)))
        return replace(best, confidence=max(AGREED, one.confidence, other.confidence))
    short, long = sorted((one, other), key=lambda each: len(_squash(each.value)))
    if _squash(short.value) and _squash(long.value).startswith(_squash(short.value)):
        return replace(long, confidence=min(long.confidence, ALONE))
    return replace(one, confidence=min(one.confidence, ALONE))


def _signers_name(one: Fact | None, other: Fact | None) -> Fact | None:
    """A stamp and a pen lie over it: the whole one of two that begin or end alike, else the surer."""
    if not _is_own(one) or not _is_own(other):
        return _name(one, other)
    short, long = sorted((_squash(one.value), _squash(other.value)), key=len)
    longer = max((one, other), key=lambda each: len(_squash(each.value)))
    if short == long or (short in long and longer.confidence >= LEGIBLE):
        return max(_name(one, other) or one, longer, key=lambda each: len(_squash(each.value)))
    # One word alone is a stamp's: people sign with two, or with a degree.
    whole = [each for each in (one, other) if " " in each.value and each.confidence >= LEGIBLE]
    surer = max(whole or (one, other), key=lambda each: each.confidence)
    return replace(surer, confidence=min(surer.confidence, ALONE))


def _clearer(one: Fact | None, other: Fact | None) -> Fact | None:
    if not _is_own(one) or not _is_own(other):
        return one if _is_own(one) else other or one
    if _squash(one.value) == _squash(other.value):
        best = max((one, other), key=lambda each: each.value.count(" "))
        return replace(best, confidence=AGREED)
    return one


def _signatory(found: Iterable[Signatory | None], sure: _Certainty) -> Signatory | None:
    present = [each for each in found if each is not None]
    if not present:
        return None
    result = present[0]
    if result.nip:
        result = replace(result, nip=sure.weigh(result.nip))
    for other in present[1:]:
        nip = result.nip
        if result.nip and other.nip:
            nip = sure.better(result.nip, other.nip)
        elif other.nip:
            nip = sure.weigh(other.nip)
        result = Signatory(
            _signers_name(result.name, other.name),
            nip,
            _clearer(result.position, other.position),
            result.capacity if result.capacity != "definitif" else other.capacity,
        )
    return result


def _not_signatory(
    officers: tuple[Person, ...], signatory: Signatory | None, best: Letter
) -> tuple[Person, ...]:
    """An officer whom only a poorer view listed, and who is the one that signs, is none."""
    if signatory is None:
        return officers
    own = len(best.officers)
    shown = tuple(person for person in officers[own:] if not _same_person(person, signatory))
    there = signatory.nip.place if signatory.nip else None
    return _elsewhere(officers[:own], there) + shown


def _elsewhere(officers: tuple[Person, ...], there: Place | None) -> tuple[Person, ...]:
    """Whose number stands in the very place of the signer's number is the signer."""
    return tuple(
        person
        for person in officers
        if person.nip is None or overlap(person.nip.place, there) < 0.5
    )


def _listed(person: Person, officers: Sequence[Person]) -> bool:
    return any(
        person.nip
        and one.nip
        and person.nip.digits == one.nip.digits
        and person.name
        and one.name
        and alike(person.name.value, one.name.value) > _SAME_NAME
        for one in officers
    )


def _accounts(lists: Sequence[Sequence[Account]]) -> tuple[Account, ...]:
    """Underscores and dots fade in scans: of two like handles the one with more of them."""
    kept: dict[tuple[str, str], Account] = {}
    for accounts in lists:
        for account in accounts:
            key = (account.platform, _squash(account.handle))
            near = next((each for each in kept if _near(each, key)), key)
            known = kept.get(near)
            if known is None or _marks(account.handle) > _marks(known.handle):
                kept[near] = account
    return tuple(kept.values())


def _near(one: tuple[str, str], other: tuple[str, str]) -> bool:
    if one[0] != other[0]:
        return False
    return (
        one[1].startswith(other[1])
        or other[1].startswith(one[1])
        or (SequenceMatcher(None, one[1], other[1]).ratio() > 0.9)
    )


def _marks(handle: str) -> tuple[int, int]:
    return len(handle), sum(char in "_." for char in handle)
