"""Every sample letter is read as its manifest says, whatever it is and whoever sent it."""

from __future__ import annotations

import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest

from kanal.paper.reading import scans
from kanal.paper.reading.document import read_letters
from kanal.paper.tests.reading_desk import LETTERS, TODAY
from kanal.paper.tests.score import Score, manifest, score

pytestmark = pytest.mark.skipif(
    not (LETTERS / "manifest.json").exists(), reason="the sample letters are not here"
)
SCANS = ("scan_pdf", "png", "jpg", "tiff")


def _entries(*, scanned: bool) -> list[dict[str, object]]:
    if not (LETTERS / "manifest.json").exists():
        return []
    entries = manifest(LETTERS)
    pictures = {e["file"] for e in entries if e["format"] in SCANS and str(e["file"])[0] == "s"}
    return [
        entry
        for entry in entries
        if (entry["file"] in pictures or bool(pictures & set(entry.get("carries", ())))) is scanned
    ]


def _score(entries: list[dict[str, object]], roots: tuple[bytes, ...]) -> Score:
    paths = [LETTERS / str(entry["file"]) for entry in entries]
    return score(read_letters(paths, today=TODAY, roots=roots), manifest(LETTERS))


@pytest.fixture(scope="module")
def root() -> bytes:
    return (LETTERS / "uji_root_ca.pem").read_bytes()


def test_letters_that_carry_their_text_are_read_whole(root: bytes) -> None:
    entries = _entries(scanned=False)
    if shutil.which("soffice") is None:
        entries = [entry for entry in entries if entry["format"] != "doc"]
    result = _score(entries, (root,))
    assert result.wrong == []
    assert result.verdicts_wrong == []
    assert result.wrong_and_certain == []


@pytest.mark.parametrize("entry", _entries(scanned=True), ids=lambda entry: entry["file"])
def test_scans_are_read_and_nothing_wrong_is_certain(entry: dict[str, object]) -> None:
    missing = scans.missing_engines()
    if missing:
        pytest.skip("missing: " + ", ".join(missing))
    if entry["expected"] == "duplicate":
        pytest.skip("a mail sent again is told beside the mail it repeats")
    result = _score([entry], ())
    assert result.wrong_and_certain == []
    assert [wrong for wrong in result.wrong if wrong[1] in ("number", "date", "agency")] == []
    assert result.rate("nips") == 1.0
    assert [wrong[2] for wrong in result.verdicts_wrong if wrong[2] != "review"] == []


def test_without_its_root_a_good_signature_waits_for_a_person() -> None:
    (answer,) = read_letters([LETTERS / "t01_ttd_sah.pdf"], today=TODAY)
    assert (answer["verdict"], answer["reasons"]) == ("review", ["signature_untrusted"])


def test_a_mail_sent_again_is_a_duplicate_of_the_first() -> None:
    paths = [LETTERS / "m05_lampiran_berbahaya.eml"] * 2
    first, second = read_letters(paths, today=TODAY)
    assert (first["verdict"], first["reasons"]) == ("reject", ["javascript"])
    assert second["reasons"] == ["same_file_as:m05_lampiran_berbahaya.eml"]


def test_a_mail_that_brings_two_letters(tmp_path: Path) -> None:
    """Two attachments are two files; two letters in one file are for a person to part."""
    message = EmailMessage()
    message["From"], message["Subject"] = "tu@jakarta.go.id", "Surat penunjukan"
    message.set_content("Terlampir.")
    for name in ("p04_cakung_kv.pdf", "p05_manggarai_judul.pdf"):
        message.add_attachment(
            (LETTERS / name).read_bytes(), maintype="application", subtype="pdf", filename=name
        )
    mail = tmp_path / "surel.eml"
    mail.write_bytes(message.as_bytes())
    answer, both = read_letters([mail, LETTERS / "x05_dua_surat.pdf"], today=TODAY)
    assert (answer["verdict"], answer["reasons"]) == ("accept", [])
    assert [letter["number"] for letter in answer["letters"]] == ["204/-073.5", "12/-1.825.2"]
    assert (both["verdict"], both["reasons"]) == ("review", ["multiple_letters"])


def test_an_old_doc_without_libreoffice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (answer,) = read_letters([LETTERS / "d07_hub_judul_lama.doc"], today=TODAY)
    assert (answer["verdict"], answer["reasons"]) == ("review", ["doc_needs_libreoffice"])


def test_every_fact_has_its_place_on_a_page() -> None:
    (answer,) = read_letters([LETTERS / "p06_ancol_judul.pdf"], today=TODAY)
    (letter,) = answer["letters"]
    places = letter["places"]
    assert {
        "number",
        "date",
        "agency",
        "officers.0.nip",
        "officers.2.name",
        "signatory.nip",
    } <= set(places)
    for page, x0, y0, x1, y1 in places.values():
        assert page == 1
        assert 0 <= x0 < x1 <= 596
        assert 0 <= y0 < y1 <= 842
    assert set(places) <= set(answer["confidence"])
