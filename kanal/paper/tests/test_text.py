"""Getting the text out of what was uploaded, or saying plainly why not."""

import pytest

from kanal.paper.tests.pdf import pdf_of
from kanal.paper.text import REASONS, PaperUnreadable, text_of


def test_text_in_the_encodings_offices_use() -> None:
    said = "Instruksi “penunjukan” – petugas"
    assert text_of(said.encode(), "text/plain; charset=utf-8") == said
    assert text_of(said.encode("utf-8-sig"), "text/markdown") == said
    assert text_of(said.encode("cp1252"), "text/plain") == said
    assert text_of(said.encode("utf-16"), "text/plain") == said
    assert text_of(b"satu\r\ndua", "text/plain") == "satu\ndua"


def test_pages_of_a_pdf_are_parted() -> None:
    one, two = "Halaman pertama dari surat ini. " * 3, "Halaman kedua dari surat ini. " * 3
    pages = text_of(pdf_of([one, two]), "application/pdf").split("\f")
    assert [page.split()[1] for page in pages] == ["pertama", "kedua"]


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "text/plain", "empty"),
        (b"  \n ", "application/pdf", "empty"),
        (b"PK\x03\x04", "application/zip", "type"),
        (b"\x00\x01\x02\x00", "text/plain", "not-text"),
        (b"<html>bukan pdf</html>", "application/pdf", "broken"),
        (b"%PDF-1.7\n1 0 obj\n<<", "application/pdf", "broken"),
        (b"a" * (25 * 1024 * 1024 + 1), "text/plain", "too-large"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, media_type: str, code: str) -> None:
    with pytest.raises(PaperUnreadable) as caught:
        text_of(data, media_type)
    assert caught.value.code == code
    assert caught.value.next_step == REASONS[code].next_step


def test_a_scan_without_text_is_named_as_one() -> None:
    with pytest.raises(PaperUnreadable) as caught:
        text_of(pdf_of(["", ""]), "application/pdf")
    assert caught.value.code == "no-text"


def test_a_book_is_not_an_instruction() -> None:
    with pytest.raises(PaperUnreadable) as caught:
        text_of(pdf_of(["a"] * 61), "application/pdf")
    assert caught.value.code == "too-many-pages"
