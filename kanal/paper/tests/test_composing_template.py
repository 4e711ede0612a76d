"""An office's own template: tried, its mistakes shown by line, and never let out of its folder."""

import io
import socket

import pytest
from PIL import Image

from kanal.paper.composing import offline
from kanal.paper.composing.examples import example
from kanal.paper.composing.facts import Form, Kind
from kanal.paper.composing.letter import compose, preview
from kanal.paper.composing.logo import read_logo
from kanal.paper.composing.mistakes import LogoMistake, TemplateMistake
from kanal.paper.composing.template import Template, shipped
from kanal.paper.composing.trial import try_out
from kanal.paper.tests.test_composing_letter import AT, CODE, URL
from kanal.paper.workshop import run

METADATA = {
    "name": "surat-kami",
    "title": "Surat kami",
    "kinds": ["penunjukan", "nihil"],
    "forms": ["surat"],
    "rule": "Peraturan kami",
    "from_year": 2020,
}
FACTS = example(Kind.APPOINTMENT, Form.SURAT)


def set_with(source: str) -> bytes:
    template = Template.from_text(source, METADATA)
    return compose(template, FACTS, verify_url=URL, code=CODE, at=AT).pdf


def test_a_shipped_template_as_text_is_an_offices_own() -> None:
    ours = shipped()["surat-99-2021"]
    own = Template.from_text(ours.source, METADATA)
    assert not own.is_shipped
    assert try_out(own) == []
    assert set_with(ours.source) == compose(ours, FACTS, verify_url=URL, code=CODE, at=AT).pdf
    assert len(preview(own, FACTS)) == 1


def test_facts_may_stand_anywhere_in_it() -> None:
    source = (
        "#letterhead()\n#reference()\nUntuk #facts.agency:\n\n#body()\n"
        '#par(text(weight: "bold", letter.day))\n#closing()\n'
    )
    assert try_out(Template.from_text(source, METADATA)) == []


def test_what_it_forgets_is_told() -> None:
    told = try_out(Template.from_text("#letterhead()\n#body()\n", METADATA))
    assert (
        "Belum ada nomor surat: tambahkan #reference(). Terjadi pada: Pernyataan nihil (surat), Penunjukan (surat)."
        in told
    )
    assert any("kode QR yang dapat dibaca: tambahkan #closing()" in one for one in told)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("#letterhead()\n\n#kop()", 3, "“kop” tidak dikenal"),
        ("#letterhead()\n#let a = [x", 2, "belum ditutup"),
        ("#letterhead()\n\n\n#officers-table(3)", 4, ""),
        ('satu\n#import "@preview/cetz:0.2.0"', 2, "paket dari luar"),
        ('#let x = "@pre" + "view/cetz:0.2.0"\n#import x', 2, "paket dari luar"),
        ('\n#read("../../../../etc/passwd")', 2, "tidak boleh membaca"),
        ('#read("/../letter.py")', 1, "tidak boleh membaca"),
        ('#image("/etc/passwd")', 1, "tidak boleh membaca"),
        ("satu\n\nhalo 😀", 3, "“😀” tidak dapat dicetak"),
        ("#while true {}", 1, "tidak pernah selesai"),
        ("#set document(title: none)\nx", None, "judul"),
    ],
)
def test_a_mistake_is_shown_with_its_line(source: str, line: int | None, words: str) -> None:
    with pytest.raises(TemplateMistake) as told:
        set_with(source)
    assert told.value.line == line
    assert words in told.value.message
    assert "/kanal/" not in told.value.message + told.value.hint


def test_a_template_that_eats_memory_is_stopped() -> None:
    with pytest.raises(TemplateMistake, match="terlalu berat"):
        set_with("#range(30000000).map(i => str(i)).join()")


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ["undangan"]},
        {"from_year": "kapan"},
        {"style": {"font": "Comic Sans"}},
        {"style": {"size": "12"}},
        {"style": {"colour": "red"}},
        {"style": 3},
    ],
)
def test_what_a_template_says_of_itself_is_checked(change: dict[str, object]) -> None:
    with pytest.raises(TemplateMistake):
        Template.from_text("x", METADATA | change)


def no_sockets(data: bytes) -> str:
    offline.forbid_sockets()
    try:
        socket.socket().close()
    except PermissionError:
        return "refused"
    return "open"


def test_the_child_has_no_network() -> None:
    assert run(f"{__name__}:no_sockets", b"") == "refused"


def picture(kind: str, size: tuple[int, int] = (300, 600), mode: str = "RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind)
    return out.getvalue()


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><circle cx="2" cy="2" r="2"/></svg>'
)


@pytest.mark.parametrize("data", [picture("PNG"), picture("JPEG", mode="RGB"), SVG])
def test_a_logo_becomes_a_small_opaque_png(data: bytes) -> None:
    logo = read_logo(data)
    opened = Image.open(io.BytesIO(logo.png))
    assert (opened.format, opened.mode, opened.size) == ("PNG", "RGB", (logo.width, logo.height))
    assert logo.height <= 440


def test_the_transparent_part_of_a_logo_is_white() -> None:
    assert Image.open(io.BytesIO(read_logo(picture("PNG")).png)).getpixel((5, 5)) == (255,) * 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"x" * 2_000_000,
        picture("PNG", (9000, 9000), "1"),
        picture("GIF", mode="P"),
        b"<svg",
        SVG.replace(b"<svg", b'<!DOCTYPE s [<!ENTITY a "a">]><svg') + b"&a;",
    ],
)
def test_what_is_no_logo_is_refused(data: bytes) -> None:
    with pytest.raises(LogoMistake):
        read_logo(data)
