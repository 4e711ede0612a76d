"""Two engines that agree make a number certain; one alone, or two that differ, never do."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest

from kanal.paper.reading.answers import letter_json
from kanal.paper.reading.checks import findings_of
from kanal.paper.reading.document import read_file, read_files
from kanal.paper.reading.letters import letters_in
from kanal.paper.reading.merge import merged
from kanal.paper.reading.recognised import agreed_numbers, with_context
from kanal.paper.tests.drawn_letters import Block, as_docx, as_pdf
from kanal.paper.tests.reading_desk import TODAY, view_of_lines
from kanal.paper.words import View

NIP, HEAD = "199501162015022004", "196606181990031006"
LINES = [
    "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
    "KELURAHAN MANGGARAI",
    "Jl. Manggarai Utara I No. 30 Jakarta Selatan",
    "SURAT PENUNJUKAN PETUGAS MEDIA SOSIAL",
    "NOMOR : 12/-1.825.2",
    "menunjuk :",
    "Nama   : Umi Sulistyo, A.Md.",
    f"NIP   : {NIP}",
    "Jabatan   : Pengelola Data",
    "sebagai Petugas Pengelola Media Sosial dengan akun Instagram @kelurahanmanggarai",
    "Jakarta, 3 Mei 2018",
    "LURAH MANGGARAI,",
    "",
    "",
    "",
    "Arif Adi, S.H.",
    f"NIP. {HEAD}",
]


def _read(*views: View, carried: bool = False) -> dict[str, object]:
    letters = merged(
        [letters_in(view) for view in with_context(views)],
        today=TODAY,
        carried=carried,
        agreed=agreed_numbers(views),
    )
    recognised = not carried
    reasons = [one.reason for one in findings_of(letters, today=TODAY, recognised=recognised)]
    (letter,) = letters
    return {**letter_json(letter), "reasons": reasons}


def _with(old: str, new: str) -> list[str]:
    return [line.replace(old, new) for line in LINES]


def test_two_engines_that_agree_are_certain() -> None:
    said = _read(view_of_lines(LINES, "tesseract"), view_of_lines(LINES, "rapidocr"))
    (officer,) = said["officers"]
    assert (officer["nip"], officer["nip_confidence"]) == (NIP, 0.97)
    assert said["reasons"] == []


def test_one_engine_alone_is_never_certain() -> None:
    said = _read(view_of_lines(LINES, "tesseract"))
    assert said["officers"][0]["nip_confidence"] < 0.95
    assert said["reasons"] == ["low_confidence"]


@pytest.mark.parametrize("other", ["199501162015022001", "19950116201502200", "1995O1162015022004"])
def test_two_engines_that_differ_are_never_certain(other: str) -> None:
    said = _read(view_of_lines(LINES, "tesseract"), view_of_lines(_with(NIP, other), "rapidocr"))
    assert len(said["officers"]) == 1
    assert said["officers"][0]["nip_confidence"] < 0.95
    assert "low_confidence" in said["reasons"]


def test_a_number_that_both_misread_alike_but_cannot_be_is_not_certain() -> None:
    wrong = _with(NIP, "199513162015022004")
    said = _read(view_of_lines(wrong, "tesseract"), view_of_lines(wrong, "rapidocr"))
    assert said["officers"][0]["nip_confidence"] < 0.95
    assert "nip_invalid_birthdate" in said["reasons"]


def test_a_stamps_word_is_not_the_signers_name() -> None:
    stamped = _with("Arif Adi, S.H.", "BINA")
    for views in ((LINES, stamped), (stamped, LINES)):
        said = _read(*map(view_of_lines, views, ("tesseract", "rapidocr")))
        assert said["signatory"]["name"] == "Arif Adi, S.H."


def test_what_a_pen_left_is_no_name() -> None:
    drawn = [line.replace("Arif Adi, S.H.", "Iorarst") for line in LINES if HEAD not in line]
    said = _read(
        view_of_lines(LINES[:-2], "tesseract", sure=0.99),
        view_of_lines(drawn, "rapidocr", sure=0.2),
    )
    assert "signatory_missing" in said["reasons"]


def test_a_number_one_engine_doubts_is_not_disputed() -> None:
    doubtful = view_of_lines(_with("12/-1.825.2", "12/-1.825.O2"), "tesseract", sure=0.3)
    wrong = view_of_lines(_with("12/-1.825.2", "12/-1.825.7"), "tesseract", sure=0.9)
    sure = view_of_lines(LINES, "rapidocr", sure=0.99)
    assert _read(doubtful, sure)["number"] == "12/-1.825.2"
    assert "low_confidence" in _read(wrong, sure)["reasons"]


def test_an_engine_that_doubts_itself_does_not_count() -> None:
    said = _read(view_of_lines(LINES, "tesseract"), view_of_lines(LINES, "rapidocr", sure=0.3))
    assert said["officers"][0]["nip_confidence"] < 0.95


def test_a_view_of_numbers_alone_gets_its_context_and_no_voice_on_the_rest() -> None:
    numbers = ["" if NIP not in line else f"{'':10}{NIP}" for line in LINES]
    whole = view_of_lines(LINES, "tesseract")
    own = next(word for word in whole.pages[0].words if word.text == NIP)
    mix = view_of_lines([], "mix")
    mix = View("mix", (type(mix.pages[0])(1, 595.0, 842.0, (own,)),))
    assert numbers
    said = _read(whole, mix)
    assert said["officers"][0]["nip_confidence"] == 0.97
    assert said["signatory"]["nip_confidence"] < 0.95


def test_spaces_and_titles_that_one_engine_lost_come_from_the_other() -> None:
    glued = _with("Umi Sulistyo, A.Md.", "UmiSulistyo")
    said = _read(view_of_lines(glued, "rapidocr"), view_of_lines(LINES, "tesseract"))
    assert said["officers"][0]["name"] == "Umi Sulistyo, A.Md."


def test_a_title_hidden_by_a_stamp_does_not_make_the_signer_an_officer() -> None:
    hidden = _with("LURAH MANGGARAI,", "|__ //")
    said = _read(view_of_lines(hidden, "tesseract"), view_of_lines(hidden, "rapidocr"))
    assert [person["nip"] for person in said["officers"]] == [NIP]
    assert said["signatory"]["nip"] == HEAD


def _blocks(name: str = "Umi Sulistyo, A.Md.", nip: str = NIP) -> list[Block]:
    return [
        ("head", ["PEMERINTAH PROVINSI DKI JAKARTA", "KELURAHAN MANGGARAI"], "Jl. Utara I No. 30"),
        ("center", ["SURAT PENUNJUKAN", "NOMOR : 12/-1.825.2"]),
        ("p", "menunjuk petugas pengelola media sosial:"),
        ("pairs", [("Nama", name), ("NIP", nip), ("Jabatan", "Pengelola Data")]),
        ("p", "untuk akun Instagram @kelurahanmanggarai."),
        ("right", ["Jakarta, 3 Mei 2018"]),
        ("sign", ["Lurah Manggarai,"], ["Arif Adi, S.H.", f"NIP {HEAD}"]),
    ]


def _with_attachment(pdf: bytes, said: str) -> bytes:
    opened = pikepdf.open(io.BytesIO(pdf))
    opened.attachments["surat.json"] = pikepdf.AttachedFileSpec(
        opened, said.encode(), filename="surat.json", mime_type="application/json"
    )
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


FACTS = (
    '{"kanal": 1, "code": "676M-HWQC-45QN", "facts": {}, "letters": [{"kind": "penunjukan",'
    '"number": "12/-1.825.2", "date": "2018-05-03", "agency": "Kelurahan Manggarai", "officers":'
    '[{"name": "Umi Sulistyo, A.Md.", "nip": "NIP", "position": "Pengelola Data", "rank":'
    '"Penata (III/c)", "status": "PNS"}], "replaced": [], "signatory": {"name": "Arif Adi, S.H.",'
    '"nip": "196606181990031006", "position": "Lurah Manggarai", "capacity": "definitif"},'
    '"accounts": [{"platform": "Instagram", "handle": "@kelurahanmanggarai"}], "qr": null}]}'
)


def test_our_own_letter_comes_back_complete() -> None:
    data = _with_attachment(as_pdf(_blocks()), FACTS.replace('"NIP"', f'"{NIP}"'))
    answer = read_file(data, "surat.pdf", today=TODAY).as_json()
    assert (answer["verdict"], answer["reasons"]) == ("accept", [])
    (letter,) = answer["letters"]
    assert letter["officers"][0]["rank"] == "Penata (III/c)"
    assert letter["officers"][0]["nip_confidence"] == 1.0
    assert "officers.0.nip" in letter["places"]


@pytest.mark.parametrize(
    "said",
    [
        FACTS.replace('"NIP"', '"199501162015022005"'),
        FACTS.replace('"NIP"', f'"{NIP}"').replace("2018-05-03", "2018-05-04"),
        FACTS.replace('"NIP"', f'"{NIP}"').replace("Umi Sulistyo", "Togar Wijaya"),
        '{"kanal": 1, "letters": []}',
        '{"kanal": 1, "letters": [{"officers": "x", "number": 5}]}',
    ],
)
def test_an_attachment_that_says_otherwise_is_shown_to_a_person(said: str) -> None:
    data = _with_attachment(as_pdf(_blocks()), said)
    answer = read_file(data, "surat.pdf", today=TODAY).as_json()
    assert (answer["verdict"], answer["reasons"]) == ("review", ["attachment_disagrees"])
    assert answer["letters"][0]["officers"][0]["nip"] == NIP


@pytest.mark.parametrize("said", ["{", "[]", '{"kanal": 2}', "[" * 100_000])
def test_an_attachment_that_is_not_ours_is_ignored(said: str) -> None:
    answer = read_file(_with_attachment(as_pdf(_blocks()), said), "a.pdf", today=TODAY).as_json()
    assert "attachment_disagrees" not in answer["reasons"]


def test_text_that_nobody_sees_is_never_certain() -> None:
    pdf = pikepdf.open(io.BytesIO(as_pdf(_blocks())))
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                              BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
    page.add_resource(font, pikepdf.Name.Font, name=pikepdf.Name("/Fx"))
    hidden = b"BT 1 1 1 rg /Fx 10 Tf 60 200 Td (Nama : Togar Adi NIP 198001012005011001) Tj ET"
    page.contents_add(pdf.make_stream(hidden))
    out = io.BytesIO()
    pdf.save(out)
    answer = read_file(out.getvalue(), "surat.pdf", today=TODAY).as_json()
    assert answer["verdict"] == "review"
    assert {"hidden_text", "text_layer_disagrees"} & set(answer["reasons"])
    people = [person for letter in answer["letters"] for person in letter["officers"]]
    sure = {person["nip"] for person in people if (person["nip_confidence"] or 0) >= 0.95}
    assert "198001012005011001" not in sure


def test_the_same_letter_as_docx_says_the_same() -> None:
    answer = read_file(as_docx(_blocks()), "surat.docx", today=TODAY).as_json()
    (letter,) = answer["letters"]
    assert answer["verdict"] == "accept"
    assert (letter["number"], letter["officers"][0]["nip"]) == ("12/-1.825.2", NIP)


def test_a_letter_in_a_text_box_is_read_once() -> None:
    document = docx.Document(io.BytesIO(as_docx(_blocks())))
    document.add_paragraph("Tembusan : Gubernur")
    out = io.BytesIO()
    document.save(out)
    answer = read_file(out.getvalue(), "surat.docx", today=TODAY).as_json()
    assert len(answer["letters"][0]["officers"]) == 1


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04rusak", b"\x89PNG\r\n\x1a\n", b"<html>", b"\0" * 400]
)
def test_what_cannot_be_opened_is_refused_with_a_reason(data: bytes) -> None:
    answer = read_file(data, "surat.pdf", today=TODAY).as_json()
    assert answer["verdict"] == "reject"
    assert answer["reasons"]
    assert answer["letters"] == []


def test_a_file_handed_in_twice_is_told_by_the_first_ones_name() -> None:
    data = as_pdf(_blocks())
    first, second = read_files([(data, "a.pdf"), (data, "b.pdf")], today=TODAY)
    assert first.verdict == "accept"
    assert second.as_json()["reasons"] == ["same_file_as:a.pdf"]
