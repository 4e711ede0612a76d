"""A letter composed here, signed here and judged here, still being the PDF/A it was."""

from __future__ import annotations

import json
from io import BytesIO

import pikepdf
import pytest

from kanal.paper.composing import conformance
from kanal.paper.composing.examples import every_paper, example
from kanal.paper.composing.facts import Form, Kind
from kanal.paper.composing.letter import compose
from kanal.paper.composing.template import fitting
from kanal.paper.signing.reports import State
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import AT, Authority, Person, rsa_key

CODE = "676M-HWQC-45QN"
URL = f"https://kanal.contoh.go.id/v/{CODE}"


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority()


def composed(kind: Kind, form: Form) -> bytes:
    facts = example(kind, form)
    return compose(fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT).pdf


def attached(pdf: bytes) -> dict[str, object]:
    with pikepdf.open(BytesIO(pdf)) as document:
        said: dict[str, object] = json.loads(
            document.attachments["surat.json"].get_file().read_bytes()
        )
        return said


@pytest.mark.parametrize(("kind", "form"), every_paper(), ids=str)
def test_every_paper(root: Authority, kind: Kind, form: Form) -> None:
    pdf = composed(kind, form)
    signed = root.issue().sign(pdf)
    assert conformance.problems(signed) == conformance.problems(pdf) == []
    assert attached(signed) == attached(pdf)
    assert attached(signed)["code"] == CODE
    [report] = verify(signed, roots=[root.pem], at=AT)
    assert report.state == State.VALID
    assert report.covers_whole_file


@pytest.mark.parametrize("people", [1, 2, 3])
def test_signed_by_several(root: Authority, people: int) -> None:
    signed = composed(*every_paper()[0])
    for number in range(people):
        key = rsa_key() if number % 2 else None
        signed = root.issue(f"Kepala {number}", key=key).sign(signed)
        assert conformance.problems(signed) == []
    reports = verify(signed, roots=[root.pem], at=AT)
    assert [report.signer for report in reports] == [f"Kepala {n}" for n in range(people)]
    assert {report.state for report in reports} == {State.VALID}


def test_signer_is_one_person(root: Authority) -> None:
    """One opened key for many letters gives each its own signature."""
    person: Person = root.issue()
    signer = person.signer
    papers = [composed(*paper) for paper in every_paper()[:3]]
    signed = [signer.sign(pdf, reason="", at=AT, place="").pdf for pdf in papers]
    assert len(set(signed)) == len(papers)
    assert {verify(pdf, roots=[root.pem])[0].serial for pdf in signed} == {
        f"{person.certificate.serial_number:X}"
    }
