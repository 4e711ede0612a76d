"""Pictures are SVG that stays right under a decimal comma, and says in words what it shows."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kanal.compliance import pictures
from kanal.compliance.layouts import JAKARTA, layout_for
from kanal.compliance.stages import Stage

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def share(length: str) -> float:
    assert re.fullmatch(r"\d+(\.\d{1,3})?%", length), length
    return float(length[:-1])


@pytest.fixture(autouse=True)
def _in_indonesian():
    with override("id"):
        yield


def test_a_third_is_written_with_a_point():
    assert pictures.percent(1, 3) == "33.333%"
    assert pictures.percent(1, 2) == "50%"
    assert pictures.percent(0, 0) == "0%"


@pytest.mark.parametrize(
    ("part", "level"),
    [(0, 0), (0.001, 1), (0.249, 1), (0.25, 2), (0.5, 3), (0.75, 4), (0.9994, 4), (1, 5)],
)
def test_only_all_is_full_and_only_none_is_empty(part, level):
    assert pictures.level(part) == level


def test_up_to_500_offices_each_has_its_mark_furthest_first():
    marks = pictures.marks({Stage.NONE: 2, Stage.COMPLETE: 3}, of_all=362)
    assert re.findall(r'class="s (\w+)"', marks) == ["lengkap"] * 3 + ["belum"] * 2


def test_above_500_offices_one_bar_fills_its_whole_width():
    svg = drawn(pictures.marks({Stage.COMPLETE: 90, Stage.SOFT: 7, Stage.UNKNOWN: 3}, of_all=501))
    bars = svg.findall(f"{SVG}rect")
    assert [bar.get("class") for bar in bars] == ["lengkap", "soft", "belum_lapor"]
    assert [bar.get("x") for bar in bars] == ["0%", "90%", "97%"]
    assert sum(share(bar.get("width")) for bar in bars) == 100


def test_the_tile_map_has_44_tiles_apart_from_each_other_each_said_in_words():
    svg = drawn(pictures.tile_map(JAKARTA, {"31.71.04": (5, 6), "31.72.01": (0, 5)}))
    tiles = svg.findall(f"{SVG}g")
    places = {(g.find(f"{SVG}rect").get("x"), g.find(f"{SVG}rect").get("y")) for g in tiles}
    assert len(tiles) == len(places) == 44
    said = [g.find(f"{SVG}title").text for g in tiles]
    assert "Senen: 5 dari 6 kelurahan lengkap" in said
    assert "Penjaringan: 0 dari 5 kelurahan lengkap" in said
    assert "Tebet: belum ada kelurahan yang menyatakan akun" in said
    assert "83" in [g.findall(f"{SVG}text")[1].text for g in tiles]
    assert svg.find(f"{SVG}title").text == "Peta petak 44 kecamatan"


def test_another_province_has_no_tile_map():
    assert layout_for({"31.71.04": 1, "31.75.10": 1}) is JAKARTA
    assert layout_for({"31.71.04": 1, "32.04.01": 1}) is None
    assert layout_for({}) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=80).map(sorted))
def test_a_strip_covers_every_day_once(shares):
    svg = drawn(pictures.pace_strip(shares, deadline=None, label='Badan "A" <b>'))
    cells = svg.findall(f"{SVG}rect")
    reached = 0.0
    for cell in cells:
        assert share(cell.get("x")) == pytest.approx(reached, abs=0.02)
        reached += share(cell.get("width"))
    assert reached == pytest.approx(100, abs=0.1)
    levels = [cell.get("class") for cell in cells]
    assert all(before != after for before, after in pairwise(levels))


def test_the_deadline_stands_at_the_end_of_its_day():
    svg = drawn(pictures.pace_strip([0.0] * 10, deadline=4, label="Badan"))
    assert svg.find(f"{SVG}line[@class='batas']").get("x1") == "50%"


def test_no_picture_carries_a_style():
    made = [
        pictures.bar(1, 3),
        pictures.marks({Stage.NIL: 9}, of_all=9),
        pictures.marks({Stage.NIL: 9}, of_all=900),
        pictures.tile_map(JAKARTA, {}),
        pictures.pace_strip([0.1, 0.5], deadline=1, label="Badan"),
        pictures.pace_axis("18 Okt", "batas 16 Nov", at=1, days=9),
    ]
    assert not any("style" in picture for picture in made)
