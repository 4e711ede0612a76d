"""Sides and deeds as words weigh them: the senses of words, whom they tie, weights that fit."""

from __future__ import annotations

import json

import pytest

from kanal.paper.reading import evidence
from kanal.paper.reading.document import read_file
from kanal.paper.reading.evidence import SIDES, root, side_sums, weigh_deed, words_in
from kanal.paper.reading.senses import COMES, GOES, NOT, STANDS_BY, senses_in
from kanal.paper.tests.letters_by_clerks import CLERKS, Example, examples_in
from kanal.paper.tests.reading_desk import TODAY
from kanal.paper.tests.test_what_letters_do import written

EXAMPLES = [example for path in sorted(CLERKS.glob("*.txt")) for example in examples_in(path)]
# Of those letters the weights were learnt from; far fewer are right when they lag behind the reader.
MOST = 0.9


def _as_said(example: Example) -> bool:
    read = read_file(written(example.text), "surat.docx", today=TODAY)
    people = {f"+{p.nip.digits}" for one in read.letters for p in one.officers if p.nip}
    people |= {f"-{p.nip.digits}" for one in read.letters for p in one.replaced if p.nip}
    return (read.verdict.value == "reject") == (example.verdict == "reject") and (
        example.verdict != "accept" or people == example.people
    )


def test_the_weights_fit_the_reader() -> None:
    """Learnt anew by `python -m bench.weighing --write` whenever the reader sees words otherwise."""
    some = EXAMPLES[::9]
    assert len(some) > 150
    right = sum(map(_as_said, some))
    assert right >= MOST * len(some), f"{right} of {len(some)}"


def test_every_author_has_letters_of_either_kind() -> None:
    for author in {each.author for each in EXAMPLES}:
        verdicts = {each.verdict for each in EXAMPLES if each.author == author}
        assert {"accept", "reject"} <= verdicts, author


def test_weights_are_numbers_for_every_side() -> None:
    weights = json.loads(evidence.WEIGHTS.read_text(encoding="utf-8"))
    assert set(weights) == {"sides", "deed"}
    assert all(len(each) == len(SIDES) for each in weights["sides"].values())
    assert all(len(each) == 1 for each in weights["deed"].values())


@pytest.mark.parametrize(
    ("word", "same"),
    [("menggantikan", "penggantian"), ("ditugaskan", "menugaskan"), ("berpindah", "dipindahkan")],
)
def test_forms_of_a_word_share_a_sense_or_a_root(word: str, same: str) -> None:
    assert root(word) == root(same) or senses_in([word])[0][0] == senses_in([same])[0][0]


@pytest.mark.parametrize(
    ("said", "senses"),
    [
        ("tidak lagi", [GOES]),
        ("sudah purnabakti", [GOES]),
        ("dipercayakan kepada", [COMES, COMES]),
        ("tidak dikoordinasikan", [NOT, STANDS_BY]),
        ("perawat keputusan kertas", []),
    ],
)
def test_senses(said: str, senses: list[str]) -> None:
    assert [sense for sense, _ in senses_in(words_in(said))] == senses


def test_what_no_letter_had_weighs_nothing() -> None:
    assert side_sums(frozenset({"b:zzyzx"})) == [0.0, 0.0, 0.0]
    assert weigh_deed(frozenset({"w:zzyzx"})) == 0.5


def test_a_side_that_is_a_guess_is_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = [one for one in EXAMPLES if one.verdict == "accept"][:1]
    read = read_file(written(example.text), "surat.docx", today=TODAY)
    assert read.verdict.value == "accept"
    assert all(0.5 < one.side <= 1 for letter in read.letters for one in letter.people)
    monkeypatch.setattr("kanal.paper.reading.sides.side_sums", lambda _: [0.0, 0.0, 0.0])
    blind = read_file(written(example.text), "surat.docx", today=TODAY)
    assert blind.verdict.value == "review"
    assert "low_confidence" in blind.reasons
    said = blind.as_json()["confidence"]
    assert said["officers.0.side"] == pytest.approx(1 / 3, abs=0.001)
