"""The instruction's text as it is drawn: marks of Markdown as their looks, all else as words."""

from __future__ import annotations

import pytest

from kanal.mandates.marking import marked
from kanal.paper.mandate import read_mandate


def drawn(text: str) -> str:
    return marked(text, read_mandate(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Satu\ndua", "<p>Satu<br>dua</p>"),
        ("**Tebal\ndua** biasa", "<p><b>Tebal</b><br><b>dua</b> biasa</p>"),
        ("# Judul", '<p class="judul-t">Judul</p>'),
        ("- satu\n- dua", '<p class="butir">satu</p>\n<p class="butir">dua</p>'),
        ("- Untuk** :", '<p class="label-t"><b>Untuk</b> :</p>'),
        ("3. Para Camat", '<p class="nomor-t">3. Para Camat</p>'),
        ("", ""),
    ],
)
def test_marks_become_looks(text: str, html: str) -> None:
    assert drawn(text) == html


def test_nothing_of_the_text_becomes_html() -> None:
    assert "<script" not in drawn("**<script>alert(1)</script>** <b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn("**a** <b>x</b>")


def test_what_was_read_is_marked_inside_bold_and_across_lines() -> None:
    told = drawn("**INSTRUKSI SEKRETARIS DAERAH**\n\nNOMOR 20 TAHUN 2018\n\nTENTANG\n\nPETUGAS")
    assert (
        '<b><mark>INSTRUKSI SEKRETARIS DAERAH<span class="sr"> (bentuk)</span></mark></b>' in told
    )
    assert "NOMOR <mark>20<span" in told
