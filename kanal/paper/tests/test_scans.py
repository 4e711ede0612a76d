"""Scans read by both engines: from files to words, certain numbers, and crops."""

import io
import json
from typing import Any

import pytest
from PIL import Image

from kanal.paper import workshop
from kanal.paper.reading import scans
from kanal.paper.tests.scanned import LETTERS, NIPS, encoded, engines, letter, photographed, turned
from kanal.paper.words import View

__all__ = ["engines"]

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "tif": "image/tiff", "png": "image/png"}
REAL = ("s02_tebet_200.pdf", "s04_ancol_foto.jpg", "s06_tapem_bilevel.tif", "s09_pulau_180.pdf")

pytestmark = pytest.mark.usefixtures("engines")


def truth(file: str) -> set[str]:
    manifest = json.loads((LETTERS / "manifest.json").read_text())
    letters = next(one["truth"] for one in manifest["files"] if one["file"] == file)
    people: list[dict[str, Any]] = []
    for one in letters:
        people += [*one["officers"], *one["replaced"], one["signatory"]]
    return {person["nip"] for person in people if person and person.get("nip")}


def certain(views: list[View]) -> set[str]:
    return {found.best for found in scans.readings_of_numbers(views) if found.certain}


@pytest.mark.parametrize("file", REAL)
def test_a_real_scan_with_both_engines(file: str) -> None:
    data = (LETTERS / file).read_bytes()
    views = scans.views_of(data, TYPES[file[-3:]])
    assert {view.engine for view in views} == {"tesseract", "rapidocr"}
    readings = scans.readings_of_numbers(views)
    assert truth(file) <= {found.best for found in readings}
    assert certain(views) <= truth(file)
    assert certain(views)


def test_the_small_mode_agrees_on_numbers() -> None:
    data = (LETTERS / "s02_tebet_200.pdf").read_bytes()
    views = scans.views_of(data, "application/pdf", mode="small")
    assert {view.engine for view in views} == {"tesseract", "mix"}
    assert certain(views) <= truth("s02_tebet_200.pdf")
    assert truth("s02_tebet_200.pdf") <= {found.best for found in scans.readings_of_numbers(views)}


def test_a_photograph_laid_flat_and_a_crop_of_it() -> None:
    seen, _ = photographed(letter(200))
    data = encoded(seen, "JPEG", quality=85)
    views = scans.views_of(data, "image/jpeg")
    readings = {found.best: found for found in scans.readings_of_numbers(views)}
    assert set(NIPS) <= set(readings)
    found = readings[NIPS[0]]
    piece = scans.crop(data, "image/jpeg", found.page, found.box, width_px=400)
    with Image.open(io.BytesIO(piece)) as picture:
        assert picture.format == "PNG"
        assert picture.width == 400
        assert picture.convert("L").getextrema()[0] < 90
    assert len(piece) < 20_000
    assert NIPS[0] in read_again(piece)


def read_again(piece: bytes) -> str:
    """The digits of a crop laid on a white page: it shows what was read."""
    page = Image.new("RGB", (1240, 1754), "white")
    with Image.open(io.BytesIO(piece)) as picture:
        page.paste(picture.convert("RGB"), (200, 300))
    kept = io.BytesIO()
    page.save(kept, "PNG", dpi=(150, 150))
    views = scans.views_of(kept.getvalue(), "image/png")
    return " ".join(word.text for view in views for word in view.pages[0].words)


def test_a_page_askew_keeps_its_coordinates_in_points() -> None:
    data = encoded(turned(letter(150), 2.2), dpi=(150, 150))
    views = scans.views_of(data, "image/png")
    found = next(one for one in scans.readings_of_numbers(views) if one.best == NIPS[0])
    assert found.box[1] == pytest.approx(72 * (1 + 0.28 * 7), abs=12)


def test_a_crop_of_a_born_digital_page() -> None:
    data = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
    piece = scans.crop(data, "application/pdf", 1, (60, 60, 300, 120), width_px=480)
    with Image.open(io.BytesIO(piece)) as picture:
        assert picture.size == (480, 120)


def test_pages_with_text_of_their_own_are_left_alone() -> None:
    data = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
    assert scans.views_of(data, "application/pdf") == []


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"%PDF-1.7 nothing", "application/pdf", "broken"),
        (b"\x89PNG\r\n\x1a\n nothing", "image/png", "broken"),
        (b"", "image/tiff", "broken"),
        (b"GIF89a", "image/gif", "type_unknown"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, media_type: str, reason: str) -> None:
    with pytest.raises(scans.ScanFailed) as failed:
        scans.views_of(data, media_type)
    assert failed.value.reason == reason


def test_a_pixel_bomb_is_refused() -> None:
    data = (LETTERS / "h19_bom_piksel.png").read_bytes()
    with pytest.raises(scans.ScanFailed) as failed:
        scans.views_of(data, "image/png")
    assert failed.value.reason == "pixel_bomb"


def test_a_missing_engine_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A machine without Tesseract's Indonesian data: the other engine works alone."""
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    workshop.close_all()
    try:
        assert scans.missing_engines() == ["tesseract-ocr-ind"]
        views = scans.views_of(encoded(letter(150), dpi=(150, 150)), "image/png")
    finally:
        monkeypatch.undo()
        workshop.close_all()
    assert [view.engine for view in views] == ["rapidocr"]
    assert {found.best for found in scans.readings_of_numbers(views)} == set(NIPS)
    assert certain(views) == set()
