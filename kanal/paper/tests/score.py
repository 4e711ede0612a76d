"""Answers held against a folder's manifest: field by field, right or wrong, as figures."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CERTAIN = 0.95
FIELDS = ("number", "date", "agency", "nips", "names", "kind", "signatory", "accounts", "qr")


@dataclass
class Score:
    """`right` and `all` count letters (names: people) by field; `wrong` says what was missed."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, object, object]] = field(default_factory=list)
    verdicts_right: int = 0
    verdicts_all: int = 0
    verdicts_wrong: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    certain: int = 0
    wrong_and_certain: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def rate(self, name: str) -> float:
        return self.right[name] / self.all[name] if self.all[name] else 1.0

    @property
    def verdict_rate(self) -> float:
        return self.verdicts_right / self.verdicts_all if self.verdicts_all else 1.0

    def figures(self) -> dict[str, Any]:
        ordered = sorted(self.seconds)
        return {
            **{name: round(self.rate(name), 4) for name in FIELDS if self.all[name]},
            "verdicts": round(self.verdict_rate, 4),
            "certain_nips": self.certain,
            "wrong_and_certain": len(self.wrong_and_certain),
            "p50_seconds": ordered[len(ordered) // 2] if ordered else 0.0,
        }

    def count(self, file: str, name: str, said: object, truth: object, same: bool) -> None:
        self.all[name] += 1
        self.right[name] += same
        if not same:
            self.wrong.append((file, name, said, truth))


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The entries of a folder's manifest, whatever the list in it is called."""
    said = json.loads((folder / "manifest.json").read_text())
    return [entry for value in said.values() if isinstance(value, list) for entry in value]


def score(answers: Iterable[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]) -> Score:
    """Figures over the files that were answered."""
    by_file = {entry["file"]: entry for entry in entries}
    total = Score()
    for answer in answers:
        entry = by_file[answer["file"]]
        _verdict(total, answer, entry)
        total.seconds.append(answer["seconds"])
        if entry["truth"] and answer["verdict"] not in ("reject", "duplicate"):
            _letters(total, answer, entry)
        _certain(total, answer, entry, by_file)
    return total


def _verdict(total: Score, answer: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    expected, said = entry["expected"], answer["verdict"]
    total.verdicts_all += 1
    allowed = {"accept", "review"} if expected == "review_if_low_confidence" else {expected}
    needed = {word.removesuffix("_if_test_ca_trusted") for word in entry["reasons"]}
    if said in allowed and needed <= set(answer["reasons"]):
        total.verdicts_right += 1
    else:
        total.verdicts_wrong.append((entry["file"], expected, said, list(answer["reasons"])))


def _letters(total: Score, answer: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    file, letters = entry["file"], list(answer["letters"])
    for at, truth in enumerate(entry["truth"]):
        said = letters[at] if at < len(letters) else {}
        for name in ("number", "date", "agency", "kind", "qr"):
            same = fold(said.get(name)) == fold(truth.get(name))
            total.count(file, name, said.get(name), truth.get(name), same)
        found, known = (sorted(nips_of(each)) for each in (said, truth))
        total.count(file, "nips", found, known, found == known)
        _names(total, file, said, truth)
        _signatory(total, file, said.get("signatory") or {}, truth.get("signatory") or {})
        mine, theirs = accounts_of(said), accounts_of(truth)
        total.count(file, "accounts", sorted(mine), sorted(theirs), mine == theirs)


def nips_of(letter: Mapping[str, Any]) -> set[tuple[str, str]]:
    """NIPs with the side they stand on."""
    return {
        (side, person["nip"])
        for side in ("officers", "replaced")
        for person in letter.get(side) or []
        if person.get("nip")
    }


def _names(total: Score, file: str, said: Mapping[str, Any], truth: Mapping[str, Any]) -> None:
    for side in ("officers", "replaced"):
        found = [fold(person.get("name")) for person in said.get(side) or []]
        for person in truth.get(side) or []:
            same = fold(person["name"]) in found
            total.count(file, "names", found, person["name"], same)


def _signatory(total: Score, file: str, said: Mapping[str, Any], truth: Mapping[str, Any]) -> None:
    parts = ("name", "nip", "capacity")
    same = all(fold(said.get(part)) == fold(truth.get(part)) for part in parts)
    total.count(
        file,
        "signatory",
        [said.get(part) for part in parts],
        [truth.get(part) for part in parts],
        same,
    )


def accounts_of(letter: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {
        (account["platform"].casefold(), account["handle"].casefold())
        for account in letter.get("accounts") or []
    }


def fold(value: object) -> str:
    """What a reader takes for the same: case, spaces and closing dots aside."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return re.sub(r"\s+", "", text).rstrip(".,")


def _certain(
    total: Score,
    answer: Mapping[str, Any],
    entry: Mapping[str, Any],
    by_file: Mapping[str, Mapping[str, Any]],
) -> None:
    """Every NIP called certain must stand in the truth, of the file or of what a mail carries."""
    truths = list(entry["truth"])
    for carried in entry.get("carries", ()):
        truths += by_file.get(carried, {}).get("truth", [])
    known = {number for truth in truths for number in _all_nips(truth)}
    for letter in answer["letters"]:
        for number, sure in _sure_nips(letter):
            if sure >= CERTAIN:
                total.certain += 1
                if number not in known:
                    total.wrong_and_certain.append((entry["file"], number))


def _all_nips(truth: Mapping[str, Any]) -> Iterator[str]:
    for person in [*truth["officers"], *truth["replaced"], truth["signatory"] or {}]:
        if person.get("nip"):
            yield person["nip"]


def _sure_nips(letter: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for person in [*letter["officers"], *letter["replaced"], letter["signatory"] or {}]:
        if person.get("nip"):
            yield person["nip"], person["nip_confidence"]
