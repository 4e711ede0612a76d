"""What the words of a letter weigh: who comes and who goes, and whether it appoints at all.

The rules of `roles` and `appointing` know the expressions somebody thought of; clerks find others.
Here every word near a person, and every word of a letter, counts for or against a side, with the
rules' own answers among them. The weights were learnt from letters whose truth is known
(`bench/weighing.py` learns them anew and measures them on authors it has not seen).
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

# One weight for each of these, in this order.
SIDES = ("officer", "replaced", "other")
WEIGHTS = Path(__file__).with_name("weights.json")
_WORD = re.compile(r"[a-z]{2,}")
_PREFIXES = (
    *("memper", "diper", "meng", "meny", "mem", "men", "peng", "peny", "pem", "pen"),
    *("ber", "ter", "per", "di", "me", "pe", "ke", "se"),
)
_ENDINGS = ("kannya", "annya", "nya", "kan", "an", "lah", "i")
_SHORTEST_ROOT = 3

Evidence = frozenset[str]


def words_in(text: str) -> list[str]:
    """Small letters only: numbers and signs tell nothing here."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """About the root of an Indonesian word: `menggantikan` and `penggantian` share one."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > _SHORTEST_ROOT:
            word = word[len(prefix) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
            return word[: -len(ending)]
    return word


def said(where: str, words: Sequence[str]) -> Iterator[str]:
    """Each word and its root, marked with where they stand."""
    for word in words:
        yield f"{where}:{word}"
        yield f"{where}~{root(word)}"


def near(where: str, words: Sequence[str]) -> Iterator[str]:
    """Words so close that each counts more, and which follow each other."""
    yield from (f"{where}!{word}" for word in words)
    yield from pairs(where, words)


def pairs(where: str, words: Sequence[str]) -> Iterator[str]:
    yield from (f"{where}:{one} {other}" for one, other in pairwise(words))


def side_sums(evidence: Evidence) -> list[float]:
    """What the evidence weighs for each side."""
    return _summed(evidence, _weights()["sides"], len(SIDES))


def weigh_deed(evidence: Evidence) -> float:
    """How likely it is, 0..1, that a letter appoints, replaces or releases somebody."""
    (total,) = _summed(evidence, _weights()["deed"], 1)
    return 1 / (1 + math.exp(-total))


def _summed(evidence: Iterable[str], weights: Mapping[str, list[float]], count: int) -> list[float]:
    known = [weights[one] for one in evidence if one in weights]
    # Exactly summed, so that the order of the evidence changes nothing.
    return [math.fsum(each[at] for each in known) for at in range(count)]


@cache
def _weights() -> dict[str, dict[str, list[float]]]:
    weights: dict[str, dict[str, list[float]]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights
