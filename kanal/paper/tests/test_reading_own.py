"""Our own letters read back: what was composed is what is read, whole and certain."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kanal.paper.composing.examples import every_paper, example, signatory
from kanal.paper.composing.facts import Capacity, Facts, Form, Kind
from kanal.paper.composing.letter import compose
from kanal.paper.composing.template import fitting
from kanal.paper.reading.document import read_file
from kanal.paper.reading.layout import plain

TODAY = date(2026, 11, 23)
CODE = "676M-HWQC-45QN"
ABOUT_OFFICERS = (Kind.APPOINTMENT, Kind.REPLACEMENT, Kind.TERMINATION, Kind.CORRECTION)
OTHERS = [paper for paper in every_paper() if paper[0] not in ABOUT_OFFICERS]
LETTERS = [paper for paper in every_paper() if paper[0] in ABOUT_OFFICERS]
# Names that wrap in a narrow cell, with degrees before and behind.
NAMES = (
    "Wulan Kartikasari, S.I.Kom.",
    "Drs. H. Slamet Hidayat Prasetyo, M.Si.",
    "Bayu Prakoso",
    "Ratna Dewi Anggraini Kusumawardhani, A.Md.",
)


def _with_names(facts: Facts) -> Facts:
    """The example's people under longer names; the numbers stay their own."""

    def named(people: Any, shift: int) -> Any:
        return tuple(
            dataclasses.replace(person, name=NAMES[(at + shift) % len(NAMES)])
            for at, person in enumerate(people)
        )

    return dataclasses.replace(
        facts, officers=named(facts.officers, 0), replaced=named(facts.replaced, 2)
    )


def _read(facts: Facts, code: str = CODE) -> dict[str, Any]:
    composed = compose(
        fitting(facts)[0],
        facts,
        verify_url=f"https://kanal.contoh.go.id/v/{code}",
        code=code,
        at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    return read_file(composed.pdf, "surat.pdf", today=TODAY).as_json()


def _people(people: Any) -> list[tuple[str, str | None]]:
    return [(plain(person.name), person.nip) for person in people]


def _said(people: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    assert all(person["nip"] is None or person["nip_confidence"] >= 0.95 for person in people)
    return [(person["name"], person["nip"]) for person in people]


def _is_whole(answer: dict[str, Any], facts: Facts) -> None:
    assert (answer["verdict"], answer["reasons"]) == ("accept", [])
    (letter,) = answer["letters"]
    assert letter["kind"] == facts.kind.value
    assert (letter["number"], letter["date"]) == (facts.number, "2023-04-25")
    assert letter["agency"] == facts.agency
    assert letter["qr"].endswith(CODE)
    assert _said(letter["officers"]) == _people(facts.officers)
    assert _said(letter["replaced"]) == _people(facts.replaced)
    assert letter["signatory"]["nip"] == (facts.signatory.nip if facts.signatory else None)
    assert facts.signatory
    assert letter["signatory"]["capacity"] == facts.signatory.capacity.written


@pytest.mark.parametrize(("kind", "form"), LETTERS)
@pytest.mark.parametrize("count", [1, 2, 3, 14])
def test_every_kind_and_form_comes_back(kind: Kind, form: Form, count: int) -> None:
    facts = example(kind, form, count)
    _is_whole(_read(facts), facts)
    if count in (1, 3):
        longer = _with_names(facts)
        _is_whole(_read(longer), longer)


@pytest.mark.parametrize("form", [Form.SURAT_TUGAS, Form.KEPUTUSAN, Form.SURAT_PENUNJUKAN])
def test_forty_officers_over_pages_come_back(form: Form) -> None:
    facts = example(Kind.REPLACEMENT, form, 40)
    _is_whole(_read(facts), facts)


@pytest.mark.parametrize("capacity", list(Capacity))
@pytest.mark.parametrize("form", [Form.SURAT, Form.SURAT_TUGAS, Form.KEPUTUSAN])
def test_every_capacity_comes_back(form: Form, capacity: Capacity) -> None:
    facts = example(Kind.APPOINTMENT, form, 2, signer=signatory(capacity))
    _is_whole(_read(facts), facts)


@pytest.mark.parametrize(("kind", "form"), OTHERS)
def test_other_papers_of_ours_appoint_nobody(kind: Kind, form: Form) -> None:
    answer = _read(example(kind, form, 2))
    assert (answer["verdict"], answer["letters"]) == ("reject", [])
    assert answer["reasons"] == ["not_an_appointment"]
