"""Laying a page upright: turns, slopes, photographs, shade."""

import io

import numpy as np
import pytest
from PIL import Image

from kanal.paper.reading.scan_pictures import Picture, Unreadable, count, picture
from kanal.paper.reading.scan_sheet import corners_of, flat_size
from kanal.paper.reading.scan_upright import READING_DPI, Fit, dark, even, fit, lay
from kanal.paper.tests.scanned import distance, encoded, letter, photographed, turned


def always_legible(_: object) -> float:
    return 1.0


@pytest.mark.parametrize("degrees", [-6.0, -1.3, 0.0, 0.7, 4.5])
def test_the_slope_is_found(degrees: float) -> None:
    laid, _ = fit(Picture(turned(letter(), degrees), 150), always_legible)
    assert laid.degrees == pytest.approx(degrees, abs=0.16)


def test_a_page_on_its_side_is_turned_by_a_quarter() -> None:
    laid, page = fit(Picture(np.rot90(letter()).copy(), 150), always_legible)
    assert laid.quarters == 1
    assert page.shape[0] > page.shape[1]


def test_a_page_on_its_head_is_told_by_what_reads_better() -> None:
    """The strip handed over is upside down first, then turned."""
    asked: list[object] = []

    def legible(strip: object) -> float:
        asked.append(strip)
        return 0.2 if len(asked) == 1 else 0.9

    laid, _ = fit(Picture(np.rot90(letter(), 2).copy(), 150), legible)
    assert laid.quarters == 2
    assert len(asked) == 2


def test_corners_of_a_photographed_sheet() -> None:
    seen, truth = photographed(letter())
    found = corners_of(dark(seen))
    assert len(found) == 4
    assert max(distance(a, b) for a, b in zip(found, truth, strict=True)) < 14
    width, height = flat_size(found)
    assert height / width == pytest.approx(2**0.5, abs=0.01)


def test_a_scan_that_fills_its_picture_has_no_corners() -> None:
    assert corners_of(dark(letter())) == []


def test_shade_is_divided_away() -> None:
    pixels = letter()
    shaded = (pixels * np.linspace(1, 0.5, pixels.shape[1])[None, :, None]).astype(np.uint8)
    page = even(dark(shaded))
    assert float(np.median(page[:, -80:])) > 240


def test_small_resolution_is_enlarged_and_coordinates_stay_points() -> None:
    laid, page = fit(Picture(letter(100), 100), always_legible)
    assert laid.dpi == pytest.approx(READING_DPI)
    assert page.shape[1] * 72 / laid.dpi == pytest.approx(595, abs=2)


def test_a_fit_can_be_kept_and_used_again() -> None:
    seen, _ = photographed(letter())
    laid, page = fit(Picture(seen), always_legible)
    again = Fit.of_plain(laid.as_plain())
    assert again == laid
    assert lay(seen, again).shape[:2] == page.shape


def test_an_empty_page_is_no_trouble() -> None:
    blank = np.full((1754, 1240, 3), 255, dtype=np.uint8)
    laid, _ = fit(Picture(blank, 150), always_legible)
    assert laid.quarters == 0
    assert laid.degrees == 0


def test_every_page_of_a_tiff() -> None:
    pages = [Image.fromarray(letter(100)).convert("1") for _ in range(3)]
    kept = io.BytesIO()
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:], dpi=(100, 100))
    assert count(kept.getvalue(), "image/tiff") == 3
    third = picture(kept.getvalue(), "image/tiff", 3)
    assert third.dpi == 100
    assert third.pixels.shape[2] == 3


def test_transparent_paper_is_white() -> None:
    image = Image.new("RGBA", (60, 80), (0, 0, 0, 0))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    assert int(picture(kept.getvalue(), "image/png", 1).pixels.min()) == 255


def test_a_picture_says_no_more_than_it_is() -> None:
    """A wrong type, a cut file and a bomb are refused with a word, before anything is decoded."""
    good = encoded(letter(100))
    for data, media_type in ((good, "image/jpeg"), (good[:300], "image/png"), (b"", "image/webp")):
        with pytest.raises(Unreadable) as refused:
            picture(data, media_type, 1)
        assert refused.value.reason == "broken"
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    with pytest.raises(Unreadable) as refused:
        picture(kept.getvalue(), "image/png", 1)
    assert refused.value.reason == "pixel_bomb"
