"""Letters on paper: conforming, whole, the same twice, and nothing in them is taken for markup."""

import dataclasses
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import cycle

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kanal.paper.composing import tagging
from kanal.paper.composing.conformance import problems
from kanal.paper.composing.examples import every_paper, example, signatory
from kanal.paper.composing.facts import Capacity, Facts, Form, Kind, Letterhead, Logo, Signatory
from kanal.paper.composing.letter import Composed, compose, preview
from kanal.paper.composing.mistakes import FactsMistake, GlyphMissing
from kanal.paper.composing.template import Template, fitting, shipped

CODE = "676M-HWQC-45QN"
URL = f"https://kanal.jakarta.go.id/v/{CODE}"
AT = datetime(2023, 4, 25, 10, tzinfo=timezone(timedelta(hours=7)))
SURAT = shipped()["surat-99-2021"]
LONG_POST = (
    "Kepala Dinas Pemberdayaan, Perlindungan Anak dan Pengendalian Penduduk Provinsi Daerah "
    "Khusus Ibukota Jakarta"
)


def made(facts: Facts, template: Template | None = None) -> Composed:
    return compose(template or fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def qr_codes(pdf: bytes, scale: float = 2) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pictures = [page.render(scale=scale).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def templates_for(kind: Kind, form: Form) -> list[Template]:
    return [one for one in shipped().values() if kind in one.kinds and form in one.forms]


@pytest.mark.parametrize(("kind", "form"), every_paper())
def test_every_paper_under_every_rule_conforms(kind: Kind, form: Form) -> None:
    assert len(templates_for(kind, form)) == 3
    for template, capacity in zip(templates_for(kind, form), cycle(Capacity), strict=False):
        facts = example(kind, form, 3, signatory(capacity))
        letter = made(facts, template)
        assert problems(letter.pdf) == [], template.name
        assert qr_codes(letter.pdf)[0] == URL
        text = " ".join(pages_of(letter.pdf))
        assert (facts.number or "").casefold() in text.casefold()
        assert facts.signatory.name in text
        assert CODE in text


@pytest.mark.parametrize("capacity", list(Capacity))
@pytest.mark.parametrize("name", ["surat-94-2016", "berjudul-99-2021", "keputusan-1-2023"])
def test_every_capacity_is_printed_as_offices_do(name: str, capacity: Capacity) -> None:
    form = min(shipped()[name].forms)
    facts = example(Kind.APPOINTMENT, form, 1, signatory(capacity))
    letter = made(facts, shipped()[name])
    assert problems(letter.pdf) == []
    text = " ".join(pages_of(letter.pdf)).casefold()
    expected = {
        Capacity.DEFINITIVE: "kepala dinas contoh,",
        Capacity.PJ: "pj. kepala dinas contoh,",
        Capacity.PLT: "plt. kepala dinas contoh,",
        Capacity.PLH: "plh. kepala dinas contoh,",
        Capacity.ON_BEHALF: "a.n. kepala dinas contoh sekretaris,",
        Capacity.ON_BEHALF_BELOW: (
            "a.n. kepala dinas contoh sekretaris u.b. kepala subbagian umum,"
        ),
    }
    assert expected[capacity] in text
    assert "nip 197001011995031001" in text


def test_tags_say_what_each_part_is() -> None:
    with pikepdf.open(io.BytesIO(made(example(Kind.APPOINTMENT, Form.KEPUTUSAN)).pdf)) as document:
        used = tagging.tags(document)
    assert used["/H1"] == 2
    assert (used["/Table"], used["/TH"], used["/Figure"]) == (1, 5, 2)
    assert used["/L"] >= 2
    assert used["/P"] > 5


def test_our_own_letter_tells_everything_by_its_attachment() -> None:
    facts = example(Kind.REPLACEMENT, Form.SURAT, 2, signatory(Capacity.PLT))
    with pikepdf.open(io.BytesIO(made(facts).pdf)) as document:
        said = json.loads(document.attachments["surat.json"].get_file().read_bytes())
    assert (said["kanal"], said["code"]) == (1, CODE)
    (letter,) = said["letters"]
    assert letter["kind"] == "penggantian"
    assert letter["date"] == "2023-04-25"
    assert letter["signatory"]["capacity"] == "Plt."
    assert [one["nip"] for one in letter["officers"]] == [one.nip for one in facts.officers]
    assert len(letter["replaced"]) == 2
    assert letter["accounts"][0] == {"platform": "Instagram", "handle": "@dinascontoh"}
    assert letter["qr"] == URL
    assert Facts.from_json(json.dumps(said["facts"])) == facts


def test_the_same_letter_twice_is_the_same_file() -> None:
    facts = example(Kind.APPOINTMENT, Form.SURAT, 40)
    assert made(facts).pdf == made(facts).pdf
    later = compose(SURAT, facts, verify_url=URL, code=CODE, at=datetime(2024, 1, 1, tzinfo=UTC))
    assert later.pdf != made(facts).pdf


@pytest.mark.parametrize(
    "hostile",
    [
        "#panic()",
        '#read("/parts.typ")',
        "$x^2$ \\ *tebal* _miring_",
        "@label <label> `kode` // komentar",
        "= Judul - satu + dua / tiga: ~ --- ...",
        "\\u{1F600} #sys.inputs https://x.id",
        "שלום \"kutip\" 'kutip'",
    ],
)
def test_facts_are_printed_as_they_stand(hostile: str) -> None:
    base = example(Kind.APPOINTMENT, Form.SURAT, 1)
    facts = dataclasses.replace(
        base, officers=(dataclasses.replace(base.officers[0], position=hostile),), agency=hostile
    )
    letter = made(facts)
    assert problems(letter.pdf) == []
    said = "".join(" ".join(pages_of(letter.pdf)).split())
    if hostile.isascii():
        assert "".join(hostile.split()) in said


def test_what_cannot_be_printed_is_answered_before_typesetting() -> None:
    base = example(Kind.APPOINTMENT, Form.SURAT, 1)
    with pytest.raises(GlyphMissing) as told:
        made(dataclasses.replace(base, subject="Rapat 🎉"))
    assert (told.value.character, told.value.field) == ("🎉", "subject")
    with pytest.raises(FactsMistake):
        made(dataclasses.replace(base, subject="Rapat \u202e"))
    with pytest.raises(FactsMistake):
        made(dataclasses.replace(base, form=Form.SURAT_TUGAS), SURAT)


@pytest.mark.parametrize(
    ("code", "url"), [("676m-hwqc-45qn", URL), (CODE, "https://x.id/v/0000-0000-0000"), ("", "")]
)
def test_a_code_that_is_none_is_refused(code: str, url: str) -> None:
    with pytest.raises(ValueError, match="lead"):
        compose(SURAT, example(Kind.APPOINTMENT, Form.SURAT), verify_url=url, code=code, at=AT)


def test_three_hundred_officers_repeat_the_header_and_lose_nobody() -> None:
    facts = example(Kind.APPOINTMENT, Form.SURAT, 300)
    letter = made(facts)
    pages = pages_of(letter.pdf)
    assert letter.pages == len(pages) > 10
    whole = " ".join(pages)
    assert all(f"Petugas Contoh {at}, S.I.Kom." in whole for at in range(1, 301))
    assert all("No. Nama NIP" in page for page in pages[:-1])
    assert f"halaman {len(pages)} dari {len(pages)}" in pages[-1]
    assert problems(letter.pdf) == []


@pytest.mark.parametrize("name", ["surat-94-2016", "surat-1-2023", "keputusan-99-2021"])
def test_the_signature_is_never_alone_on_a_page(name: str) -> None:
    """Over all lengths at which it could be pushed to the next page."""
    template = shipped()[name]
    form = min(template.forms)
    for count in range(4, 24):
        pages = pages_of(made(example(Kind.REPLACEMENT, form, count), template).pdf)
        signed = [page for page in pages if "Dr. Kepala Contoh" in page]
        for page in signed:
            before = page.split("NIP 197001011995031001")[0]
            has_rows = f"Petugas Contoh {499 + count}" in before
            assert has_rows or "Demikian" in before or "mulai berlaku" in before, count


def test_long_names_and_a_logo_stay_within_the_page() -> None:
    picture = Image.new("RGB", (200, 240), "white")
    ImageDraw.Draw(picture).ellipse((20, 20, 180, 220), fill=(30, 60, 140))
    png = io.BytesIO()
    picture.save(png, "PNG")
    base = example(Kind.APPOINTMENT, Form.SURAT)
    name = "Prof. Dr. Ir. Hj. Kusumawardhani Sastrowardoyo Tjokroaminoto Contoh, S.Sos., M.Si."
    signer = Signatory(name, LONG_POST, "197001011995031001", "Pembina (IV/a)", Capacity.PLT)
    facts = dataclasses.replace(
        base,
        letterhead=Letterhead(
            "Pemerintah Provinsi Daerah Khusus Ibukota Jakarta",
            LONG_POST,
            logo=Logo(png.getvalue(), 200, 240),
        ),
        officers=tuple(
            dataclasses.replace(one, name=name, position="x" * 60) for one in base.officers
        ),
        signatory=signer,
        agency=LONG_POST,
    )
    for template in templates_for(Kind.APPOINTMENT, Form.SURAT):
        letter = made(facts, template)
        assert problems(letter.pdf) == []
        document = pypdfium2.PdfDocument(io.BytesIO(letter.pdf))
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            assert max(right for _, _, right, _ in boxes) < 595.3 - 50
            assert min(bottom for _, bottom, _, _ in boxes) > 20


def test_a_blotted_qr_code_still_leads_to_the_letter() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(made(example(Kind.NIL, Form.SURAT)).pdf))
    picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(picture)
    corners = (found.position.top_left, found.position.bottom_right)
    side = corners[1].x - corners[0].x
    assert 19 < side / 300 * 25.4 < 25
    middle = ((corners[0].x + corners[1].x) // 2, (corners[0].y + corners[1].y) // 2)
    blot = int(side * 0.16)
    ImageDraw.Draw(picture).ellipse(
        (middle[0], middle[1], middle[0] + 2 * blot, middle[1] + 2 * blot), fill=80
    )
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [URL]


def test_a_preview_has_pictures_without_number_and_code() -> None:
    for count in (1, 40):
        facts = example(Kind.APPOINTMENT, Form.SURAT, count)
        pages = preview(SURAT, facts)
        assert len(pages) == made(facts, SURAT).pages
        for page in pages:
            picture = Image.open(io.BytesIO(page))
            assert picture.format == "PNG"
            assert 780 < picture.width < 810
            assert zxingcpp.read_barcodes(picture) == []
    preview(SURAT, dataclasses.replace(facts, number=None))


def test_the_rule_of_the_letters_year_comes_first() -> None:
    def names(year: int) -> list[str]:
        facts = example(Kind.APPOINTMENT, Form.SURAT)
        return [one.name for one in fitting(dataclasses.replace(facts, date=AT.replace(year=year)))]

    assert names(2018) == ["surat-94-2016"]
    assert names(2021) == ["surat-99-2021", "surat-94-2016"]
    assert names(2024) == ["surat-1-2023", "surat-99-2021"]


@pytest.mark.parametrize(("kind", "form"), every_paper())
def test_no_sign_stands_beyond_the_right_edge(kind: Kind, form: Form) -> None:
    """Not even the full stop of a line that just fits."""
    facts = example(kind, form)
    made = compose(fitting(facts)[0], facts, verify_url=URL, code=CODE, at=AT)
    with pypdfium2.PdfDocument(made.pdf) as document:
        edges = [
            page.get_width() - text.get_charbox(at)[2]
            for page in document
            for text in (page.get_textpage(),)
            for at in range(text.count_chars())
            if text.get_text_range(at, 1).strip()
        ]
    assert min(edges) > 20 / 25.4 * 72 - 0.1
