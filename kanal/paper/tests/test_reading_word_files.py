"""What Word wraps around a letter's words is no part of them; what it hides is not read."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kanal.paper.reading.document import read_file
from kanal.paper.reading.pdf import carried_text
from kanal.paper.tests.drawn_letters import as_pdf
from kanal.paper.tests.reading_desk import TODAY

NIP, OTHER, BOSS = "198703142010012015", "199108222015021003", "196805121993031007"
HEAD = (
    "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
    "DINAS PERHUBUNGAN",
    "Jl. Contoh No. 1",
)
BODY = (
    "Nomor          : 777/-1.811                              18 April 2018",
    "Hal            : Penunjukan Petugas Pengelola Media Sosial",
    "Dengan ini disampaikan petugas pengelola media sosial sebagai berikut :",
    "Nama\t: Ratna Dewi Anggraeni, S.Kom.",
    f"NIP\t: {NIP}",
    "Jabatan\t: Pranata Komputer",
    "Akun media sosial : Instagram @dishubdki.",
)
SIGNED = ("Kepala Dinas Perhubungan,", "", "", "", "Agus Subekti, M.Si", f"NIP {BOSS}")


def letter() -> Any:
    document = docx.Document()
    for line in (*HEAD, *BODY, *SIGNED):
        document.add_paragraph(line)
    return document


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def wrap(paragraph: Any) -> None:
    """As a form's control does."""
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    paragraph.addprevious(control)
    control.find(qn("w:sdtContent")).append(paragraph)


def in_controls(document: Any) -> None:
    for paragraph in list(document.element.body.iterchildren(qn("w:p"))):
        wrap(paragraph)


def with_a_head_of_its_own(document: Any) -> None:
    """The letterhead in the header of the first page only."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for line in HEAD:
        section.first_page_header.add_paragraph(line)
    for paragraph in document.paragraphs[: len(HEAD)]:
        paragraph._p.getparent().remove(paragraph._p)


def corrected(document: Any) -> None:
    """The number was moved away and another one written in its place."""
    line = next(each for each in document.paragraphs if each.text.startswith("NIP\t"))
    line.runs[0].text = "NIP\t: "
    for tag, digits in (("ins", NIP), ("moveFrom", OTHER)):
        line._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>{digits}</w:t></w:r></w:{tag}>'
            )
        )


@pytest.mark.parametrize("change", [in_controls, with_a_head_of_its_own, corrected])
def test_read_as_it_is_printed(change: Callable[[Any], None]) -> None:
    document = letter()
    change(document)
    answer = read_file(saved(document), "surat.docx", today=TODAY).as_json()
    assert (answer["verdict"], answer["reasons"]) == ("accept", [])
    [said] = answer["letters"]
    assert (said["number"], said["date"]) == ("777/-1.811", "2018-04-18")
    assert said["agency"] == "Dinas Perhubungan"
    assert [one["nip"] for one in said["officers"]] == [NIP]
    assert said["signatory"]["nip"] == BOSS


SENTENCE = "Yang tersebut di bawah ini ditunjuk sebagai petugas pengelola media sosial :"
PAIRS = [("Nama", "Ratna Dewi Anggraeni"), ("NIP", NIP), ("Jabatan", "Pranata Komputer")]


@pytest.mark.parametrize("over", [1, 2, 3])
def test_a_signature_that_runs_over_the_page(over: int) -> None:
    """`over`: how many of its lines stand on the next page, which is no picture for that."""
    lines = ["Kepala Dinas Perhubungan,", "", "", "Agus Subekti, M.Si", "Pembina", f"NIP {BOSS}"]
    here, there = lines[: len(lines) - over], lines[len(lines) - over :]
    column = [0.0, 8.0]
    blocks: list[tuple[object, ...]] = [
        ("head", HEAD[:2], HEAD[2]),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 12/-1.811"]),
        ("p", SENTENCE),
        ("pairs", PAIRS),
        ("p", "Akun media sosial : Instagram @dishubdki."),
        ("right", ["Jakarta, 18 April 2018"]),
        ("rows", column, [["", line or "\n"] for line in here]),
        ("page",),
        ("rows", column, [["", line] for line in there]),
    ]
    data = as_pdf(blocks)
    with pypdfium2.PdfDocument(data) as document:
        assert carried_text(document).pictures == ()
    answer = read_file(data, "surat.pdf", today=TODAY).as_json()
    assert (answer["verdict"], answer["reasons"]) == ("accept", [])
    [said] = answer["letters"]
    assert [one["nip"] for one in said["officers"]] == [NIP]
    assert (said["signatory"]["name"], said["signatory"]["nip"]) == ("Agus Subekti, M.Si", BOSS)


def test_tabs_in_a_cell_keep_a_number_beside_its_label() -> None:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.text = "Nomor\t:\t777/-1.811\nHal\t:\tPenunjukan Petugas Pengelola Media Sosial"
    right.text = (
        "Jakarta, 18 April 2018\n\nYth.\nKepala Dinas Komunikasi,\nInformatika dan Statistik"
    )
    for line in (*BODY[2:], *SIGNED):
        document.add_paragraph(line)
    read = read_file(saved(document), "surat.docx", today=TODAY)
    (found,) = read.letters
    assert (found.number and found.number.value, read.reasons) == ("777/-1.811", ())
