"""What a person must look at before a letter may be taken: reasons in the office's short words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kanal.paper.reading.facts import DOUBTFUL, Fact, Letter, Nip, Person
from kanal.paper.reading.nips import mistake_in
from kanal.paper.verdicts import Finding, Verdict

# Under this a fact is proposed and not taken.
SURE_NIP, SURE_FACT = 0.95, 0.6
# Of letters with somebody's side less sure than this most are wrong about it (`bench.weighing`).
SURE_SIDE = 0.5
_APPOINTS = {"penunjukan", "penggantian", "ralat", None}
_ABOUT_OFFICERS = {*_APPOINTS, "penghentian"}


def findings_of(
    letters: Sequence[Letter], *, today: date, recognised: bool, told: bool = False
) -> Iterator[Finding]:
    """Everything that speaks against taking these letters without a person, each once.

    `told`: our own attachment, which the page bears out, says who is named in them.
    """
    if not letters:
        yield Finding(Verdict.REVIEW, "low_confidence")
        return
    if all("not_an_appointment" in letter.problems for letter in letters):
        yield from _nothing_appointed(letters, recognised)
        return
    letters = [letter for letter in letters if "not_an_appointment" not in letter.problems]
    if told and all(letter.kind not in _ABOUT_OFFICERS for letter in letters):
        # A reminder or a receipt of ours, sent back to us.
        yield Finding(Verdict.REJECT, "not_an_appointment")
        return
    if len(letters) > 1:
        yield Finding(Verdict.REVIEW, "multiple_letters")
    reasons: dict[str, None] = {}
    for letter in letters:
        for reason in _reasons(letter, today, recognised):
            # A ralat of ours need not name anybody: it prints what it corrects.
            if not (told and letter.kind == "ralat" and reason == "officers_missing"):
                reasons[reason] = None
    yield from (Finding(Verdict.REVIEW, reason) for reason in reasons)


def _nothing_appointed(letters: Sequence[Letter], recognised: bool) -> Iterator[Finding]:
    """A scan nobody can read is not yet a letter about something else."""
    legible = any(letter.number or letter.date or letter.people for letter in letters)
    if recognised and not legible:
        yield Finding(Verdict.REVIEW, "low_confidence")
    else:
        yield Finding(Verdict.REJECT, "not_an_appointment")


def _reasons(letter: Letter, today: date, recognised: bool) -> Iterator[str]:
    yield from sorted(letter.problems)
    yield from _missing(letter)
    if letter.date and date.fromisoformat(letter.date.value) > today:
        yield "date_in_future"
    yield from _number_reasons(letter, today, recognised)
    if any(_is_doubtful(letter, recognised)):
        yield "low_confidence"


def _missing(letter: Letter) -> Iterator[str]:
    if letter.number is None:
        yield "number_missing"
    if letter.date is None and "date_invalid" not in letter.problems:
        yield "date_missing"
    if letter.agency is None:
        yield "agency_missing"
    if letter.kind in _APPOINTS and not letter.officers:
        yield "officers_missing"
    if letter.kind == "penghentian" and not letter.people:
        yield "officers_missing"
    if letter.kind == "penggantian" and letter.officers and not letter.replaced:
        yield "replaced_missing"
    signatory = letter.signatory
    if signatory is None or (signatory.nip is None and not _is_legible(signatory.name)):
        yield "signatory_missing"
    if any(person.nip is None and not person.unnumbered for person in letter.people):
        yield "nip_missing"
    if any(person.name is None for person in letter.people):
        yield "name_missing"


def _is_legible(name: Fact | None) -> bool:
    """What an engine made of a pen's stroke is nobody's name."""
    return name is not None and name.confidence >= DOUBTFUL


def _number_reasons(letter: Letter, today: date, recognised: bool) -> Iterator[str]:
    signatory = letter.signatory.nip if letter.signatory else None
    for nip in [*_numbers(letter.people), *([signatory] if signatory else [])]:
        reason = mistake_in(nip.digits, today)
        if reason and (not recognised or _is_clearly_so(nip, letter)):
            yield reason
    if signatory and any(nip.digits == signatory.digits for nip in _numbers(letter.officers)):
        yield "nip_equals_signatory"
    if _repeats(letter.officers) or _repeats(letter.replaced) or _crosses(letter):
        yield "nip_duplicate"


def _numbers(people: Iterable[Person]) -> list[Nip]:
    return [person.nip for person in people if person.nip]


def _is_clearly_so(nip: Nip, letter: Letter) -> bool:
    """In a scan a number is only called wrong when two engines read the same wrong digits."""
    return nip.digits in letter.agreed


def _repeats(people: Sequence[Person]) -> bool:
    counts = Counter(nip.digits for nip in _numbers(people))
    return any(count > 1 for count in counts.values())


def _crosses(letter: Letter) -> bool:
    """One number both comes and goes."""
    gone = {nip.digits for nip in _numbers(letter.replaced)}
    return any(nip.digits in gone for nip in _numbers(letter.officers))


def _is_doubtful(letter: Letter, recognised: bool) -> Iterator[bool]:
    people = letter.people
    yield any(
        person.nip is not None and person.nip.confidence < SURE_NIP for person in people
    ) and (recognised or any(not person.nip.sure for person in people if person.nip))
    yield any(_weak(each) for each in (letter.number, letter.date, letter.agency))
    yield recognised and any(person.name is None for person in people)
    yield any(person.side < SURE_SIDE for person in people)


def _weak(fact: Fact | None) -> bool:
    return fact is not None and fact.confidence < SURE_FACT
