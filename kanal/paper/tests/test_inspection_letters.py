"""The sample letters: every hostile one is named, every harmless one passes untouched."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from kanal.paper.inspection.clamd import Scan
from kanal.paper.inspection.guidance import known_reasons, words_for
from kanal.paper.inspection.inspecting import inspect
from kanal.paper.verdicts import Verdict

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
TRUTH = json.loads((LETTERS / "manifest.json").read_text())["files"]
# Everything else in the manifest's reasons is for those who read and verify.
OURS = known_reasons()


@pytest.mark.parametrize("letter", TRUTH, ids=lambda letter: letter["file"])
def test_a_sample_letter(letter: dict) -> None:
    data = (LETTERS / letter["file"]).read_bytes()
    found = inspect(data, letter["file"])
    reasons = [reason for reason in letter["reasons"] if reason in OURS]
    assert found.reasons == reasons
    assert found.verdict == (letter["expected"] if reasons else "accept")
    assert found.scan is Scan.NOT_SCANNED
    if found.verdict is Verdict.ACCEPT:
        assert found.cleaned is None


@pytest.mark.parametrize("name", ["h02_sandi_pemilik_saja.pdf", "h21_tautan_luar.pdf"])
def test_the_cleaned_copy_passes_and_keeps_its_pages(name: str) -> None:
    found = inspect((LETTERS / name).read_bytes(), name)
    assert found.cleaned is not None
    again = inspect(found.cleaned, name)
    assert (again.verdict, again.pages) == (Verdict.ACCEPT, found.pages)
    with pikepdf.open(LETTERS / name) as before, pikepdf.open(BytesIO(found.cleaned)) as after:
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()


def test_a_signed_letter_is_left_as_it_is() -> None:
    found = inspect((LETTERS / "t01_ttd_sah.pdf").read_bytes(), "t01.pdf")
    assert (found.verdict, found.signed, found.cleaned) == (Verdict.ACCEPT, True, None)


def test_a_mail_hands_on_its_parts_with_their_own_inspections() -> None:
    found = inspect((LETTERS / "m01_satu_lampiran.eml").read_bytes(), "m01.eml")
    (part,) = found.parts
    assert part.name == "SCAN0001.pdf"
    assert part.data == (LETTERS / "s02_tebet_200.pdf").read_bytes()
    assert (part.inspection.verdict, part.inspection.pages) == (Verdict.ACCEPT, 1)


def test_every_reason_has_words() -> None:
    for reason in known_reasons():
        what, following = words_for(reason)
        assert what.endswith(".")
        assert following.endswith(".")
    assert words_for("sesuatu_yang_lain")[0]
