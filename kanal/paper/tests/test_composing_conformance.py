"""The check itself: it must see what is missing, one thing at a time."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from kanal.paper.composing.conformance import problems
from kanal.paper.composing.examples import example
from kanal.paper.composing.facts import Form, Kind
from kanal.paper.tests.pdf import pdf_of
from kanal.paper.tests.test_composing_letter import made

LETTER = made(example(Kind.APPOINTMENT, Form.SURAT)).pdf


def find(node: Any, kind: str) -> Any:
    for kid in (
        node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]
    ):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if kind == kid.S:
                return kid
            if found := find(kid, kind):
                return found
    return None


def element(document: pikepdf.Pdf, kind: str) -> Any:
    return find(document.Root.StructTreeRoot, kind)


def without(*names: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(document: pikepdf.Pdf) -> None:
        for name in names:
            del document.Root[name]

    return spoil


def font(document: pikepdf.Pdf) -> Any:
    return next(iter(document.pages[0].obj.Resources.Font.values()))


def unembed(document: pikepdf.Pdf) -> None:
    del font(document).DescendantFonts[0].FontDescriptor["/FontFile2"]


def forget_unicode(document: pikepdf.Pdf) -> None:
    del font(document)["/ToUnicode"]


def untag_text(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"BT /f0 12 Tf <0003> Tj ET 0 0 5 5 re f"))


def show_nothing(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"/Artifact BMC BT /f0 12 Tf <0000> Tj ET EMC"))


def see_through(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources["/ExtGState"] = pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5))


def retitle(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Lain"


def redate(document: pikepdf.Pdf) -> None:
    document.docinfo["/ModDate"] = "D:20200101000000Z"


def spec(document: pikepdf.Pdf) -> Any:
    return document.Root.Names.EmbeddedFiles.Names[1]


SPOILED: list[tuple[str, Callable[[pikepdf.Pdf], Any]]] = [
    ("no structure tree", without("/StructTreeRoot")),
    ("Marked", without("/MarkInfo")),
    ("language", without("/Lang")),
    ("title", without("/ViewerPreferences")),
    ("XMP", without("/Metadata")),
    ("output intents", without("/OutputIntents")),
    ("not associated", without("/AF")),
    ("no attachment", without("/Names")),
    ("not embedded", unembed),
    ("without ToUnicode", forget_unicode),
    ("outside every tag", untag_text),
    ("missing glyph", show_nothing),
    ("transparency", see_through),
    ("dc:title", retitle),
    ("ModDate", redate),
    ("without Alt", lambda pdf: element(pdf, "/Figure").__delitem__("/Alt")),
    ("without scope", lambda pdf: element(pdf, "/TH").__delitem__("/A")),
    ("without headers", lambda pdf: element(pdf, "/THead").__setitem__("/K", pikepdf.Array())),
    ("uneven rows", lambda pdf: element(pdf, "/TBody").K[0].K.__delitem__(0)),
    ("no standard role", lambda pdf: element(pdf, "/P").__setitem__("/S", pikepdf.Name("/Alinea"))),
    ("directly within", lambda pdf: element(pdf, "/LI").__setitem__("/S", pikepdf.Name("/P"))),
    ("heading level", lambda pdf: element(pdf, "/P").__setitem__("/S", pikepdf.Name("/H2"))),
    ("tab order", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
    ("no relationship", lambda pdf: spec(pdf).__delitem__("/AFRelationship")),
    ("media type", lambda pdf: spec(pdf).EF.F.__delitem__("/Subtype")),
    ("day of change", lambda pdf: spec(pdf).EF.F.__delitem__("/Params")),
    (
        "action /JavaScript",
        lambda pdf: pdf.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
        ),
    ),
    ("/OpenAction", lambda pdf: pdf.Root.__setitem__("/OpenAction", pikepdf.Dictionary())),
]


@pytest.mark.parametrize(("word", "spoil"), SPOILED, ids=[word for word, _ in SPOILED])
def test_what_is_spoiled_is_seen(word: str, spoil: Callable[[pikepdf.Pdf], Any]) -> None:
    with pikepdf.open(io.BytesIO(LETTER)) as document:
        spoil(document)
        if word.startswith("action"):
            document.Root["/Extra"] = document.objects[-1]
        out = io.BytesIO()
        document.save(out, fix_metadata_version=False)
    found = problems(out.getvalue())
    assert any(word in one for one in found), found


def test_an_untouched_letter_passes_and_an_ordinary_pdf_does_not() -> None:
    assert problems(LETTER) == []
    assert problems(LETTER + b"\n") == [], "a signature wants a line end before it"
    assert len(problems(pdf_of(["halo"]))) > 5


def test_encryption_is_seen() -> None:
    with pikepdf.open(io.BytesIO(LETTER)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    assert "encrypted" in problems(out.getvalue())
