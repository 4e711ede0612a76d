"""The DOCX beside the letter says the same, with letterhead, table, signature, copies and QR."""

import io

import docx
import pytest
import zxingcpp
from docx.oxml.ns import qn
from PIL import Image

from kanal.paper.composing.editable import editable
from kanal.paper.composing.examples import every_paper, example, signatory
from kanal.paper.composing.facts import Capacity, Form, Kind
from kanal.paper.composing.template import fitting
from kanal.paper.tests.test_composing_letter import AT, CODE, URL, made, pages_of


def words(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    texts = []
    for node in body.iter(qn("w:t"), qn("w:br"), qn("w:p"), qn("w:tab")):
        texts.append(node.text if node.tag == qn("w:t") else " ")
    return " ".join("".join(filter(None, texts)).split())


@pytest.mark.parametrize(("kind", "form"), every_paper())
def test_it_says_what_the_letter_says(kind: Kind, form: Form) -> None:
    facts = example(kind, form, 3, signatory(Capacity.ON_BEHALF_BELOW))
    data = editable(fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT)
    said = set(words(data).casefold().split())
    printed = " ".join(pages_of(made(facts).pdf)).replace("\u200b", "").casefold().split()
    foot = {"·", "halaman", "dari", "1", "2", "3"}
    assert [word for word in printed if word not in said | foot] == []


def test_its_qr_code_is_read_and_its_header_repeats() -> None:
    facts = example(Kind.APPOINTMENT, Form.SURAT, 40)
    data = editable(fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT)
    document = docx.Document(io.BytesIO(data))
    blobs = [
        part.blob for part in document.part.package.iter_parts() if "image" in part.content_type
    ]
    pictures = [Image.open(io.BytesIO(blob)) for blob in blobs]
    assert [found.text for one in pictures for found in zxingcpp.read_barcodes(one)] == [URL]
    (table,) = [one for one in document.tables if len(one.columns) == 5]
    assert len(table.rows) == 41
    assert table.rows[0]._tr.xpath(".//w:tblHeader")
    assert document.core_properties.title.startswith("Penunjukan Petugas")
    assert document.core_properties.language == "id-ID"


def test_a_draft_has_neither_number_nor_code() -> None:
    facts = example(Kind.NIL, Form.SURAT)
    data = editable(fitting(facts)[0], facts, verify_url="", code="", at=AT)
    assert CODE not in words(data)
