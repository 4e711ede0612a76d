"""Word files that carry programs, reach outside, or swell; made here from a harmless letter."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kanal.paper.inspection import oldword
from kanal.paper.inspection.cfb import CompoundFile
from kanal.paper.inspection.inspecting import inspect
from kanal.paper.inspection.report import Limits
from kanal.paper.verdicts import Verdict

LETTERS = Path(__file__).parents[3] / "tests" / "letters"
LETTER = (LETTERS / "d02_pkm_kv.docx").read_bytes()
OLD = (LETTERS / "d07_hub_judul_lama.doc").read_bytes()
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def changed(*, add: dict[str, bytes] | None = None, **replace: tuple[str, str, str]) -> bytes:
    """`replace`: any word = (member, old text, new text)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(LETTER)) as before, zipfile.ZipFile(out, "w", 8) as after:
        for member in before.infolist():
            data = before.read(member)
            for name, old, new in replace.values():
                if name == member.filename:
                    assert old.encode() in data
                    data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(member.filename, data)
        for name, data in (add or {}).items():
            after.writestr(name, data)
    return out.getvalue()


def related(kind: str, target: str, mode: str = "External") -> bytes:
    line = f'<Relationship Id="x9" Type="{OFFICE}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return changed(rel=(RELS, "</Relationships>", line + "</Relationships>"))


def in_the_text(xml: str) -> bytes:
    return changed(text=("word/document.xml", "<w:body>", "<w:body>" + xml))


def zip_of(*members: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", 8) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def said(data: bytes, name: str = "surat.docx", **limits: object) -> tuple[str, list[str]]:
    found = inspect(data, name, limits=Limits(**limits))
    return found.verdict.value, found.reasons


@pytest.mark.parametrize(
    ("add", "reason"),
    [
        ({"word/vbaProject.bin": b"apa saja"}, "macro"),
        ({"word/media/gambar.bin": OLD}, "embedded_object"),
        ({"word/embeddings/oleObject1.bin": OLD}, "embedded_object"),
        ({"word/activeX/activeX1.bin": b"apa saja"}, "activex"),
        ({"word/media/tagihan.exe": b"apa saja"}, "embedded_executable"),
        ({"word/media/image9.png": b"MZ\x90\0"}, "embedded_executable"),
        ({"word/media/arsip.bin": zip_of(("a.txt", b"x"))}, "nested_archive"),
        ({"word/embeddings/arsip.docx": zip_of(("a.txt", b"x"))}, "nested_archive"),
        ({"../../keluar.txt": b"x"}, "path_traversal"),
        ({"..\\keluar.txt": b"x"}, "path_traversal"),
        ({"/etc/passwd": b"x"}, "path_traversal"),
        ({"C:/keluar.txt": b"x"}, "path_traversal"),
        ({"customXml/a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "xml_entities"),
        ({"customXml/a.xml": "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le")}, "xml_entities"),
        ({"customXml/a.xml": b"<?xml version='1.0' encoding='UTF-7'?><a/>"}, "xml_entities"),
        ({"word/media/nol.bin": bytes(40 << 20)}, "zip_bomb"),
    ],
)
def test_what_has_no_place_in_a_letter(add: dict[str, bytes], reason: str) -> None:
    assert said(changed(add=add)) == ("reject", [reason])


def test_a_macro_under_another_name() -> None:
    """The letter's content type or relationship betrays it, or the OLE file's own directory."""
    types = "[Content_Types].xml"
    override = (
        '<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    )
    data = changed(
        add={"word/a.bin": b"apa saja"}, types=(types, "</Types>", override + "</Types>")
    )
    assert said(data) == ("reject", ["macro"])
    kind = "../../2006/relationships/vbaProject"
    assert said(related(kind, "a.bin", "Internal")) == ("reject", ["macro"])
    enabled = "application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert said(changed(types=(types, plain, enabled))) == ("reject", ["macro"])


@pytest.mark.parametrize(
    ("kind", "target", "reason"),
    [
        ("attachedTemplate", "https://contoh.invalid/a.dotm", "external_template"),
        ("attachedTemplate", "\\\\contoh\\bagi\\a.dotm", "external_template"),
        ("attachedTemplate", "file://contoh/bagi/a.dotm", "external_template"),
        ("oleObject", "https://contoh.invalid/a", "external_relationship"),
        ("image", "https://contoh.invalid/a.png", "external_relationship"),
        ("frame", "https://contoh.invalid/a", "external_relationship"),
        ("subDocument", "https://contoh.invalid/a", "external_relationship"),
    ],
)
def test_reaching_outside(kind: str, target: str, reason: str) -> None:
    assert said(related(kind, target)) == ("reject", [reason])


@pytest.mark.parametrize(
    "target", ["file:///C:\\Users\\tu\\Normal.dotm", "C:/Templates/surat.dotx", "Normal.dotm"]
)
def test_a_template_on_the_writers_disk_is_word_as_usual(target: str) -> None:
    assert said(related("attachedTemplate", target)) == ("accept", [])


def test_inserted_documents_and_controls() -> None:
    assert said(related("aFChunk", "a.html", "Internal")) == ("reject", ["alt_chunk"])
    assert said(in_the_text('<w:altChunk r:id="x"/>')) == ("reject", ["alt_chunk"])
    assert said(related("control", "activeX1.xml", "Internal")) == ("reject", ["activex"])


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\a &quot;b&quot; "/></w:p>',
        "<w:p><w:r><w:instrText>DDE</w:instrText><w:instrText>AUTO cmd</w:instrText></w:r></w:p>",
        "<w:p><w:r><w:instrText>&#68;DE cmd</w:instrText></w:r></w:p>",
        "<w:p><w:r><w:instrText>QUOTE 68 68 69 65 85 84 79</w:instrText></w:r></w:p>",
    ],
)
def test_fields_that_start_programs(xml: str) -> None:
    assert said(in_the_text(xml)) == ("reject", ["dde_field"])


def test_a_field_that_fetches() -> None:
    field = "<w:p><w:fldSimple w:instr='INCLUDEPICTURE \"https://contoh.invalid/a.png\"'/></w:p>"
    assert said(in_the_text(field)) == ("reject", ["external_relationship"])
    page = '<w:p><w:fldSimple w:instr=" PAGE "/></w:p>'
    assert said(in_the_text(page)) == ("accept", [])


def test_links_are_led_nowhere_in_the_copy() -> None:
    harmless = related("hyperlink", "https://www.instagram.com/kec_tebet")
    assert said(harmless) == ("accept", [])
    found = inspect(related("hyperlink", "https://contoh.invalid/a?b=1&amp;c"), "surat.docx")
    assert (found.verdict, found.reasons) == (Verdict.SANITISED, ["external_uri"])
    assert found.cleaned is not None
    again = inspect(found.cleaned, "surat.docx", limits=Limits(own_hosts=("",)))
    assert b"contoh.invalid" not in zipfile.ZipFile(BytesIO(found.cleaned)).read(RELS)
    assert "reject" not in again.verdict
    texts = [p.text for p in docx.Document(BytesIO(found.cleaned)).paragraphs]
    assert texts == [p.text for p in docx.Document(BytesIO(LETTER)).paragraphs]


def test_a_chart_with_its_sheet_is_no_archive() -> None:
    sheet = zip_of(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
    assert said(changed(add={"word/embeddings/Sheet1.xlsx": sheet})) == ("accept", [])
    macros = zip_of(("[Content_Types].xml", b"<Types/>"), ("xl/vbaProject.bin", b"x"))
    assert said(changed(add={"word/embeddings/Sheet1.xlsx": macros})) == ("reject", ["macro"])


def test_damage() -> None:
    assert said(LETTER[: len(LETTER) // 2]) == ("reject", ["truncated"])
    assert said(changed(text=("word/document.xml", "</w:body>", ""))) == ("reject", ["broken_file"])
    twice = changed(add={"word/document.xml": b"<a/>"})
    assert said(twice) == ("reject", ["broken_file"])
    broken = bytearray(LETTER)
    broken[60:200] = bytes(140)
    assert said(bytes(broken))[0] == "reject"


def test_other_archives_and_names() -> None:
    assert said(zip_of(("a.txt", b"x")), "a.zip") == ("reject", ["unsupported_type"])
    assert said(zip_of(("a.txt", b"x")), "a.docx") == ("reject", ["type_mismatch"])
    sheet = zip_of(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
    assert said(sheet, "a.xlsx") == ("reject", ["unsupported_type"])
    assert said(LETTER, "surat.doc") == ("reject", ["type_mismatch"])
    assert said(LETTER, "surat.docm") == ("reject", ["type_mismatch"])
    many = zip_of(*((f"{n}.txt", b"") for n in range(20)))
    assert said(many, "a.zip", members=10) == ("reject", ["zip_bomb"])


def renamed(old: str, new: str) -> bytes:
    """The old letter with one entry of its directory called otherwise, at the same length."""
    before, after = old.encode("utf-16-le"), new.encode("utf-16-le")
    assert OLD.count(before) >= 1
    assert len(before) == len(after)
    return OLD.replace(before, after)


def test_the_old_format() -> None:
    assert said(OLD, "surat.doc") == ("accept", [])
    assert said(OLD, "surat.docx") == ("reject", ["type_mismatch"])
    assert said(OLD[:5_000], "surat.doc") == ("reject", ["truncated"])
    assert said(OLD[:600], "surat.doc") == ("reject", ["truncated"])
    names = CompoundFile(OLD).names
    assert "WordDocument" in names
    assert not oldword.has_macros(names)


def test_the_old_format_with_what_it_can_carry() -> None:
    macros = renamed("\x05SummaryInformation", "_VBA_PROJECT_CUR".ljust(19))
    macros = macros.replace("_VBA_PROJECT_CUR   ".encode("utf-16-le"), _padded("_VBA_PROJECT_CUR"))
    assert said(_with_length(macros, "_VBA_PROJECT_CUR"), "surat.doc") == ("reject", ["macro"])
    packed = renamed("\x01CompObj", "\x01CompObj").replace(
        "\x05SummaryInformation".encode("utf-16-le"), _padded("\x01Ole10Native")
    )
    packed = _with_length(packed, "\x01Ole10Native")
    assert said(packed, "surat.doc") == ("reject", ["embedded_object"])


def _padded(name: str) -> bytes:
    return name.encode("utf-16-le").ljust(2 * len("\x05SummaryInformation"), b"\0")


def _with_length(data: bytes, name: str) -> bytes:
    at = data.index(name.encode("utf-16-le"))
    length = (2 * len(name) + 2).to_bytes(2, "little")
    return data[: at + 64] + length + data[at + 66 :]


def test_the_old_format_locked_and_with_a_field() -> None:
    opened = CompoundFile(OLD)
    start = OLD.index(opened.read(opened.streams("WordDocument")[0], 64))
    locked = bytearray(OLD)
    locked[start + 11] |= 0x01
    assert said(bytes(locked), "surat.doc") == ("reject", ["encrypted_needs_password"])
    field = bytearray(OLD)
    words = "\x13 DDEAUTO cmd".encode("utf-16-le")
    field[start + 1600 : start + 1600 + len(words)] = words
    assert said(bytes(field), "surat.doc") == ("reject", ["dde_field"])


@pytest.mark.parametrize(
    ("template", "verdict"),
    [
        ("https://contoh.invalid/a.dot", ("reject", ["external_template"])),
        ("\\\\contoh\\bagi\\a.dot", ("reject", ["external_template"])),
        ("C:\\Templat\\Normal.dot", ("accept", [])),
    ],
)
def test_the_old_format_and_its_template(template: str, verdict: tuple[str, list[str]]) -> None:
    opened = CompoundFile(OLD)
    document = OLD.index(opened.read(opened.streams("WordDocument")[0], 64))
    table = OLD.index(opened.read(opened.streams("1Table")[0], 64))
    texts = struct.pack("<HHHHH", 0xFFFF, 2, 0, 0, len(template)) + template.encode("utf-16-le")
    data = bytearray(OLD)
    data[table : table + len(texts)] = texts
    data[document + 0x19A : document + 0x1A2] = struct.pack("<II", 0, len(texts))
    assert said(bytes(data), "surat.doc") == verdict
