"""Text that a PDF carries but does not show, and honest text that only looks odd."""

import io
from pathlib import Path

import pikepdf
import pytest

from kanal.paper.reading.scans import text_layer_lies
from kanal.paper.tests.scanned import LETTERS, NIPS, encoded, engines, letter
from kanal.paper.verdicts import Verdict

__all__ = ["engines"]

HONEST = b"BT /F 12 Tf 72 760 Td (Surat Penunjukan nomor 1 tahun 2026) Tj ET "
FALSE = NIPS[0][:-1] + "9"


def page_of(content: bytes, picture: bytes | None = None) -> bytes:
    """One A4 page with this content; `/P Do` in it paints the picture, a PNG as JPEG."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        if picture is not None:
            image = pdf.make_stream(picture)
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height = 1240, 1754
            image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
            image.Filter = pikepdf.Name.DCTDecode
            page.Resources.XObject = pikepdf.Dictionary(P=image)
        page.Contents = pdf.make_stream(content)
        kept = io.BytesIO()
        pdf.save(kept)
    return kept.getvalue()


def reasons(data: bytes) -> list[str]:
    return [lie.reason for lie in text_layer_lies(data, 1)]


@pytest.mark.parametrize("file", sorted(path.name for path in LETTERS.glob("[pg]*.pdf")))
def test_honest_letters_have_no_lies(file: str) -> None:
    assert text_layer_lies((LETTERS / file).read_bytes(), 1) == []


@pytest.mark.parametrize(
    "hidden",
    [
        b"BT 3 Tr /F 12 Tf 72 600 Td (NIP 196402111984031002) Tj ET",
        b"BT /F 12 Tf 72 -300 Td (NIP 196402111984031002) Tj ET",
        b"BT /F 0.8 Tf 72 600 Td (NIP 196402111984031002) Tj ET",
    ],
    ids=["invisible", "outside", "tiny"],
)
def test_text_that_nobody_can_see_is_a_lie_without_reading(hidden: bytes) -> None:
    (lie,) = text_layer_lies(page_of(HONEST + hidden), 1)
    assert lie.reason == "hidden_text"
    assert lie.finding.verdict is Verdict.REVIEW
    assert "196402111984031002" in lie.said


def test_a_full_stop_set_by_itself_is_honest() -> None:
    """Typesetters part `S.IP.` at its kerning; the dot stands under the letter's own box."""
    kerned = b"BT /F 12 Tf 72 600 Td (P) Tj ET BT /F 12 Tf 78 600 Td (.) Tj ET "
    assert reasons(page_of(HONEST + kerned)) == []


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize(
    "hidden",
    [
        b"BT 1 g /F 12 Tf 72 600 Td (NIP 196402111984031002) Tj ET",
        b"BT /F 12 Tf 72 600 Td (NIP 196402111984031002) Tj ET 1 g 60 590 300 30 re f",
    ],
    ids=["white", "covered"],
)
def test_text_that_does_not_show_is_a_lie(hidden: bytes) -> None:
    assert reasons(page_of(HONEST + hidden)) == ["hidden_text"]


@pytest.mark.usefixtures("engines")
def test_white_text_on_a_dark_bar_is_honest() -> None:
    bar = b"0 g 60 590 300 30 re f BT 1 g /F 14 Tf 72 600 Td (Nama dan Jabatan) Tj ET"
    assert reasons(page_of(HONEST + bar)) == []


def over_a_scan(said: str) -> bytes:
    """What scanners make: the picture, and invisible words where they stand on it."""
    y = 842 - 72 * (1 + 0.28 * 7) - 11
    layer = f"BT 3 Tr /F 12 Tf 72 {y:.0f} Td (NIP : {said}) Tj ET".encode()
    jpeg = encoded(letter(150), "JPEG", quality=90)
    return page_of(b"q 595 0 0 842 0 0 cm /P Do Q " + layer, jpeg)


@pytest.mark.usefixtures("engines")
def test_a_scanners_own_layer_is_honest() -> None:
    assert reasons(over_a_scan(NIPS[0])) == []


@pytest.mark.usefixtures("engines")
def test_a_layer_with_another_number_than_the_picture_is_a_lie() -> None:
    (lie,) = text_layer_lies(over_a_scan(FALSE), 1)
    assert lie.reason == "text_layer_disagrees"
    assert (lie.said, lie.seen) == (FALSE, NIPS[0])


def with_a_lying_font(file: Path) -> bytes:
    """The same letter, drawn the same, whose fonts claim a 2 where they draw a 9 and back."""
    with pikepdf.open(file) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                stream = thing.ToUnicode
                text = stream.read_bytes().replace(b"0032>", b"00?>").replace(b"0039>", b"0032>")
                stream.write(text.replace(b"00?>", b"0039>"))
        kept = io.BytesIO()
        pdf.save(kept)
    return kept.getvalue()


@pytest.mark.usefixtures("engines")
def test_a_font_that_draws_other_digits_is_a_lie() -> None:
    lies = text_layer_lies(with_a_lying_font(LETTERS / "p01_perpus_tabel.pdf"), 1)
    assert {lie.reason for lie in lies} == {"text_layer_disagrees"}
    assert {lie.said for lie in lies} & {
        nip.translate(str.maketrans("29", "92")) for nip in (lie.seen for lie in lies)
    }
