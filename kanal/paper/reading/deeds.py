"""Whether a letter appoints, replaces or releases somebody: every word of it weighed."""

import re
from collections.abc import Iterator, Sequence

from kanal.paper.reading.appointing import Said, appoints
from kanal.paper.reading.evidence import Evidence, pairs, said, weigh_deed, words_in
from kanal.paper.reading.subjects import MOST_SAID

# Without a word of these a letter is about something else, whatever its verbs.
_MEDIA = re.compile(
    r"(?i)\bmed[il1]a\s*sos[il1]al|medsos|sosmed|\bakun\b|konten|kanal|\bchannel\b|instagram|facebook|"
    r"twitter|tik\s?tok|you\s?tube|threads|whats\s?app|telegram|linkedin|fan\s?page|\badmin|"
    r"\b(?-i:IG|FB|X|WA|YT)\b|publikasi|kehumasan"
)


def weighed_deed(
    text: str, people: int, subjects: Sequence[str], kind: str | None, *, changes: bool
) -> float:
    """How likely the letter does, 0..1. `people` come or go in it; `changes`: some do either."""
    rule = appoints(text, people, subjects, changes=changes)
    if not people:
        return float(rule)
    if _MEDIA.search(text) is None:
        return 0.0
    return weigh_deed(evidence_of_deed(text, subjects, kind, rule=rule))


def evidence_of_deed(
    text: str, subjects: Sequence[str], kind: str | None, *, rule: bool
) -> Evidence:
    """`rule`: what the rules alone would say."""
    spoken = Said(text[:MOST_SAID], subjects)
    return frozenset(
        (
            *_of_rules(spoken, kind, rule=rule),
            *_of_subjects(words_in(" ".join(subjects))),
            *_of_body(words_in(spoken.body)),
        )
    )


def _of_rules(spoken: Said, kind: str | None, *, rule: bool) -> Iterator[str]:
    yield from ("bias", f"rule={rule}", f"k={kind}")
    for name, told in spoken.told().items():
        yield f"{name}={told}"


def _of_subjects(words: Sequence[str]) -> Iterator[str]:
    yield from (*said("s", words), *pairs("s", words))
    yield from (f"s^{word}" for word in words[:1])


def _of_body(words: Sequence[str]) -> Iterator[str]:
    yield from (*said("w", words), *pairs("w", words))
