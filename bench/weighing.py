"""Learns what words weigh, and how rightly letters of unknown authors are then taken: JSON out.

    python -m bench.weighing [--write] [--folds 5]

Reads `kanal/paper/tests/papers`: letters with their truth, one file for each author. Measured by
leaving authors out: those of one fold are judged by weights learnt from the others. `--write`
learns from all and replaces `kanal/paper/reading/weights.json`.

Both models are linear (multinomial logistic regression with an L2 penalty, by Nesterov's
accelerated gradient): one weight for each word in its place, so that what was learnt can be read.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from kanal.paper.composing import examples as papers
from kanal.paper.composing.examples import every_paper
from kanal.paper.composing.facts import Kind
from kanal.paper.composing.letter import compose
from kanal.paper.composing.template import fitting
from kanal.paper.reading import deeds, evidence, letters, sides
from kanal.paper.reading.document import read_file
from kanal.paper.reading.evidence import SIDES, Evidence
from kanal.paper.tests import letters_in_many_words, letters_in_more_words
from kanal.paper.tests.letters_by_clerks import CLERKS, Example, examples_in
from kanal.paper.tests.test_reading_first_sight import SETS
from kanal.paper.tests.test_what_letters_do import written

# Importing the second list adds its letters to the first.
assert letters_in_more_words.__doc__

TODAY, NOON = date(2026, 11, 22), datetime(2026, 11, 1, tzinfo=UTC)
# The letters by which the rules were mended: there the rules are right more often than elsewhere.
MENDED_BY = ("what_letters_do", "drawn", "ours")
OURS = (Kind.APPOINTMENT, Kind.REPLACEMENT, Kind.TERMINATION)
RULES_SAY = ("told=", "role=", "rule=")
LEAST_LETTERS, PENALTY, ROUNDS = 3, 2.0, 250
Matrix = NDArray[np.float32]


@dataclass
class Read:
    """An example with what the reader gathered about it."""

    example: Example
    company: sides.Company | None = None
    deed: Evidence | None = None


@dataclass
class Rows:
    """What is learnt from: evidence, the right answer, and which letter it is of."""

    evidence: list[Evidence] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    of: list[str] = field(default_factory=list)

    def add(self, row: Evidence, answer: int, example: Example) -> None:
        if example.author in MENDED_BY:
            row = frozenset(one for one in row if not any(rule in one for rule in RULES_SAY))
        self.evidence.append(row)
        self.answers.append(answer)
        self.of.append(example.name)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true")
    options.add_argument("--folds", type=int, default=5)
    chosen = options.parse_args()
    read = list(read_all())
    figures: dict[str, Any] = {
        "letters": len(read),
        "authors": len({each.example.author for each in read}),
    }
    if chosen.folds > 1:
        figures["unknown authors"] = measured(read, chosen.folds)
    if chosen.write:
        weights = learnt(read)
        figures["weights"] = {name: len(each) for name, each in weights.items()}
        text = json.dumps(weights, indent=0, sort_keys=True, separators=(",", ":"))
        evidence.WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


def read_all() -> Iterator[Read]:
    paths = [CLERKS.parent / f"{MENDED_BY[0]}.txt", *sorted(CLERKS.glob("*.txt"))]
    with TemporaryDirectory() as folder:
        for example in chain(*map(examples_in, paths), drawn(Path(folder)), ours()):
            yield gathered(example)


def drawn(folder: Path) -> Iterator[Example]:
    """The letters the tests draw, as PDF and as DOCX."""
    for letters_of in (*SETS, letters_in_many_words):
        place = folder / letters_of.__name__
        place.mkdir()
        for entry in letters_in_many_words.write_all(place, 1, letters_of.SCENARIOS):
            people = {
                f"{sign}{one['nip']}"
                for truth in entry["truth"][:1]
                for sign, side in (("+", "officers"), ("-", "replaced"))
                for one in truth[side]
            }
            # A letter that lacks something may lack what tells the sides.
            whole = entry["expected"] if len(entry["truth"]) < 2 else "review"
            file = ((place / entry["file"]).read_bytes(), entry["file"])
            yield Example(
                "drawn", f"drawn: {place.name}/{entry['file']}", whole, frozenset(people), file=file
            )


def ours() -> Iterator[Example]:
    """The letters Kanal composes, without what their attachment tells."""
    for kind, form in every_paper():
        for count in (1, 2, 3, 5, 14) if kind in OURS else ():
            facts = papers.example(kind, form, count)
            letter = compose(
                fitting(facts)[0],
                facts,
                verify_url="https://kanal.contoh.go.id/v/676M-HWQC-45QN",
                code="676M-HWQC-45QN",
                at=NOON,
            )
            people = {f"+{one.nip}" for one in facts.officers} | {
                f"-{one.nip}" for one in facts.replaced
            }
            name = f"ours: {kind.value}, {form.value}, {count}"
            yield Example("ours", name, "accept", frozenset(people), file=(letter.pdf, "surat.pdf"))


def gathered(example: Example) -> Read:
    """The evidence about a letter, with nobody's side decided but by the rules."""
    read = Read(example)

    def sided(
        heard: Any, text: Any, kind: Any, subjects: Any, *, is_said: bool
    ) -> list[sides.Placed]:
        weighed = [one for one in heard if one.role not in sides.SETTLED]
        if read.company is None and weighed and kind != "ralat":
            read.company = sides.Company(weighed, text, kind, is_said, subjects)
        return [sides.Placed(one.draft, one.role) for one in heard]

    def weigh_deed(row: Evidence) -> float:
        read.deed = read.deed or row
        return float("rule=True" in row)

    with (
        mock.patch.object(letters, "sided", sided),
        mock.patch.object(deeds, "weigh_deed", weigh_deed),
    ):
        read_file(*(example.file or (written(example.text), "surat.docx")), today=TODAY)
    return read


def learnt(read: Sequence[Read]) -> dict[str, dict[str, list[float]]]:
    people, acts = Rows(), Rows()
    for each in read:
        if each.company and each.example.verdict == "accept":
            for row, side in people_of(each.company, each.example):
                people.add(row, SIDES.index(side), each.example)
        if each.deed:
            acts.add(each.deed, int(each.example.verdict != "reject"), each.example)
    deed = {name: [round(yes - no, 3)] for name, (no, yes) in fitted(acts, 2).items()}
    return {"sides": fitted(people, len(SIDES)), "deed": deed}


def people_of(company: sides.Company, example: Example) -> Iterator[tuple[Evidence, str]]:
    """Everybody whose side is known, with the evidence, given who stands before."""
    before = ""
    for at, side in enumerate(truth_of(company, example)):
        if side:
            yield sides.evidence_of(company, at) | sides.link(company, at, before), side
        before = side or company.heard[at].role


def truth_of(company: sides.Company, example: Example) -> list[str | None]:
    """None for whom the truth does not tell: it names people by their number."""
    numbers = [
        one.draft.person.nip.digits if one.draft.person.nip else None for one in company.heard
    ]
    told: list[str | None] = []
    for number, one in zip(numbers, company.heard, strict=True):
        side = (
            "officer"
            if f"+{number}" in example.people
            else "replaced"
            if f"-{number}" in example.people
            else "other"
        )
        # Who stands in the old list and again in the new one stays.
        twice = side == "officer" and one.draft.role == "replaced" and numbers.count(number) > 1
        told.append(None if number is None or twice else side)
    return told


def fitted(rows: Rows, classes: int) -> dict[str, list[float]]:
    """Weights of every piece of evidence that at least a few letters have."""
    letters_with: defaultdict[str, set[str]] = defaultdict(set)
    for row, name in zip(rows.evidence, rows.of, strict=True):
        for one in row:
            letters_with[one].add(name)
    known = sorted(one for one, names in letters_with.items() if len(names) >= LEAST_LETTERS)
    place = {one: at for at, one in enumerate(known)}
    x = np.zeros((len(rows.evidence), len(known)), np.float32)
    for at, row in enumerate(rows.evidence):
        x[at, [place[one] for one in row if one in place]] = 1
    weights = descended(x, np.eye(classes, dtype=np.float32)[rows.answers])
    said = {one: [round(float(each), 3) for each in weights[at]] for one, at in place.items()}
    return {one: each for one, each in said.items() if any(abs(w) >= 0.01 for w in each)}


def descended(x: Matrix, y: Matrix) -> Matrix:
    weights = np.zeros((x.shape[1], y.shape[1]), np.float32)
    ahead, pace, step = weights, 1.0, 1 / (0.5 * _steepest(x) + PENALTY)
    for _ in range(ROUNDS):
        sums = x @ ahead
        shares = np.exp(sums - sums.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        new = ahead - step * (x.T @ (shares - y) + PENALTY * ahead)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead, weights, pace = new + (pace - 1) / faster * (new - weights), new, faster
    return weights


def _steepest(x: Matrix) -> float:
    """The largest eigenvalue of `x.T @ x`."""
    v = np.ones(x.shape[1], np.float32)
    size = 1.0
    for _ in range(30):
        v = x.T @ (x @ v)
        size = float(np.linalg.norm(v))
        v /= size
    return size


def measured(read: Sequence[Read], folds: int) -> dict[str, Any]:
    """Each author judged by weights learnt from others."""
    authors = sorted({each.example.author for each in read} - {*MENDED_BY})
    by_author: dict[str, dict[str, float]] = {}
    for fold in range(folds):
        out = set(authors[fold::folds])
        weights = learnt([each for each in read if each.example.author not in out])
        with mock.patch.object(evidence, "_weights", lambda weights=weights: weights):
            for author in sorted(out):
                by_author[author] = judged([each for each in read if each.example.author == author])
    names = next(iter(by_author.values()), {})
    means = {
        name: round(sum(each[name] for each in by_author.values()) / len(by_author), 4)
        for name in names
    }
    return {"all": means, "by author": by_author}


def judged(read: Sequence[Read]) -> dict[str, float]:
    deed = [
        (evidence.weigh_deed(each.deed) > 0.5) == (each.example.verdict != "reject")
        for each in read
        if each.deed
    ]
    rules = [
        ("rule=True" in each.deed) == (each.example.verdict != "reject")
        for each in read
        if each.deed
    ]
    people = list(companies_judged(read))
    return {
        "deed": _rate(deed),
        "deed by rules": _rate(rules),
        "all sides right": _rate([right for right, _ in people]),
        "all sides right by rules": _rate([right for _, right in people]),
    }


def companies_judged(read: Sequence[Read]) -> Iterator[tuple[bool, bool]]:
    for each in read:
        if each.company is None or each.example.verdict != "accept":
            continue
        company, truth = each.company, truth_of(each.company, each.example)
        said = sides.sided(
            company.heard, company.text, company.kind, company.subjects, is_said=company.is_said
        )
        known = [
            (one.role, rule.role, side)
            for one, rule, side in zip(said, company.heard, truth, strict=True)
            if side
        ]
        yield (
            all(role == side for role, _, side in known),
            all(role == side for _, role, side in known),
        )


def _rate(answers: Sequence[bool]) -> float:
    return round(sum(answers) / len(answers), 4) if answers else 1.0


if __name__ == "__main__":
    main()
