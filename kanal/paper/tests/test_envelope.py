"""Mails as offices and attackers send them: what is in them is had, and nothing else happens."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from kanal.paper.envelope import Address, read
from kanal.paper.tests.outlook import winmail

LETTERS = Path(__file__).parents[3] / "tests" / "letters"


def test_a_letter_by_mail() -> None:
    mail = read((LETTERS / "m01_satu_lampiran.eml").read_bytes())
    assert mail.sender == Address("", "kec.tebet@jakarta.go.id")
    assert mail.to == (Address("", "diskominfo@jakarta.go.id"),)
    assert mail.subject == "Surat Penunjukan Petugas Pengelola Media Sosial - Kecamatan Tebet"
    assert mail.date == datetime(2018, 4, 9, 2, 12, tzinfo=UTC)
    assert mail.message_id == "<m01_satu_lampiran@uji.invalid>"
    assert mail.body_text.strip() == "Yth. Diskominfotik, terlampir surat penunjukan. Terima kasih."
    (attachment,) = mail.attachments
    assert (attachment.name, attachment.media_type) == ("SCAN0001.pdf", "application/pdf")
    assert attachment.data == (LETTERS / "s02_tebet_200.pdf").read_bytes()
    assert not mail.is_automatic
    assert mail.problems == []


def test_the_mail_that_crashes_the_standard_library() -> None:
    mail = read(b":\nfrom:\x80,:;;:\n,:\n;")
    assert mail.sender is None
    assert read(b"").attachments == []
    assert read(b"\0" * 500).problems == []


def test_names_in_every_code() -> None:
    mail = read(
        b"From: =?utf-8?B?" + base64.b64encode(b"Tata Usaha <lain@contoh.invalid>,") +
        b"?= <TU@Jakarta.GO.ID>, \"Budi, S.H.\" <budi@jakarta.go.id>\r\n"
        b"To: Kelompok: a@x.id, (komentar (dalam)) b@x.id;, tidak ada, c@x.id (Nama C)\r\n"
        b"Subject: =?iso-8859-1?Q?Penunjukan_=E9?=\r\n =?utf-8?q?_lanjutan?=\r\n"
        b"References: <a@x> sampah <b@x>\r\nIn-Reply-To: <b@x>\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''surat%20penun;\r\n"
        b" filename*1*=jukan%C3%A9;\r\n filename*2=\".pdf\"\r\n\r\nsatu\r\n"
        b"--b\r\nContent-Type: application/pdf; name=\"=?utf-8?Q?lampiran=20dua.pdf?=\"\r\n\r\ndua\r\n"
        b"--b\r\nContent-Disposition: attachment; filename=\"..\\..\\C:\\etc/pass\x01wd\"\r\n\r\ntiga\r\n"
        b"--b\r\nContent-Disposition: attachment; filename*=UTF-8''surat%E2%80%AEfdp.exe\r\n\r\nempat\r\n"
        b"--b--\r\n"
    )  # fmt: skip
    assert mail.sender == Address("Tata Usaha <lain@contoh.invalid>,", "TU@jakarta.go.id")
    assert [each.mail for each in mail.to] == ["a@x.id", "b@x.id", "c@x.id"]
    assert mail.to[2].name == "Nama C"
    assert mail.subject == "Penunjukan é lanjutan"
    assert mail.references == ("<a@x>", "<b@x>")
    assert mail.in_reply_to == "<b@x>"
    assert [each.name for each in mail.attachments] == [
        "surat penunjukané.pdf",
        "lampiran dua.pdf",
        "pass wd",
        "surat fdp.exe",
    ]
    assert [each.data for each in mail.attachments] == [b"satu", b"dua", b"tiga", b"empat"]


def test_a_header_brings_no_other_header() -> None:
    hidden = base64.b64encode(b"Halo\r\nBcc: semua@contoh.invalid")
    mail = read(b"Subject: =?utf-8?B?" + hidden + b"?=\r\nFrom: a@x.id\r\n\r\nisi")
    assert mail.subject == "Halo Bcc: semua@contoh.invalid"
    assert mail.sender == Address("", "a@x.id")
    again = read(b"From: satu@x.id\nFrom: dua@x.id\n\nisi")
    assert again.sender == Address("", "satu@x.id")


@pytest.mark.parametrize(
    ("charset", "raw"),
    [
        ("iso-8859-1", "é".encode("latin-1")),
        ("utf-8", "é".encode()),
        ("tidak-ada", "é".encode()),
        ("utf-8", "é".encode("cp1252")),
        ("zip", "é".encode()),
        ("punycode", "é".encode()),
    ],
)
def test_charsets_that_are_wrong_or_unknown(charset: str, raw: bytes) -> None:
    head = b"From: a@x.id\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\n"
    assert read(head + raw).body_text == "é"


@pytest.mark.parametrize(
    ("encoding", "body", "data"),
    [
        (b"base64", b"U3VyYXQ=\n", b"Surat"),
        (b"BASE64", b"U3V!y\n  YXQ", b"Surat"),
        (b"base64", b"U3VyYXQ=\n\nVirus-free. www.contoh.invalid", b"Surat"),
        (b"base64", b"U", b""),
        (b"quoted-printable", b"Su=\nrat=20=E9=ZZ", b"Surat \xe9=ZZ"),
        (b"x-uuencode", b"begin 644 a\n%4W5R870 \nend\n", b"Surat"),
        (b"apa-saja", b"Surat", b"Surat"),
    ],
)
def test_codes_of_the_body(encoding: bytes, body: bytes, data: bytes) -> None:
    head = b"From: a@x.id\nContent-Disposition: attachment; filename=a.pdf\n"
    mail = read(head + b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body)
    assert mail.attachments[0].data.startswith(data)


def test_ten_thousand_attachments_are_cut() -> None:
    part = b"--b\nContent-Disposition: attachment; filename=a.txt\n\nx\n"
    mail = read(b"From: a@x.id\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 10_000)
    assert len(mail.attachments) < 200
    assert mail.problems == ["too_many_attachments"]


def test_parts_within_parts_end() -> None:
    raw = b"From: a@x.id\n"
    for number in range(500):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    assert read(raw + b"\nisi").problems == ["nested_too_deep"]
    same = b"From: a@x.id\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 100_000
    assert "too_many_attachments" in read(same).problems


def test_a_boundary_that_never_comes() -> None:
    mail = read(b"From: a@x.id\nContent-Type: multipart/mixed; boundary=b\n\nisi tanpa batas")
    assert mail.problems == ["broken_mail"]
    open_end = b"From: a@x.id\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nisi tanpa akhir"
    assert read(open_end).body_text == "isi tanpa akhir"


def test_text_beside_html_and_pictures_within() -> None:
    message = EmailMessage()
    message["From"] = "a@x.id"
    message.set_content("Teks biasa")
    message.add_alternative("<p>Teks <b>tebal</b></p>", subtype="html")
    message.get_payload()[1].add_related(b"GIF89a", "image", "gif", cid="<logo>")
    mail = read(message.as_bytes())
    assert (mail.body_text.strip(), mail.has_html) == ("Teks biasa", True)
    (logo,) = mail.attachments
    assert (logo.media_type, logo.content_id, logo.is_inline) == ("image/gif", "logo", True)


def test_a_forwarded_mail_stays_whole() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "dalam@x.id", "Asli"
    inner.set_content("isi")
    outer = EmailMessage()
    outer["From"] = "luar@x.id"
    outer.set_content("terusan")
    outer.add_attachment(inner)
    (attachment,) = read(outer.as_bytes()).attachments
    assert (attachment.media_type, attachment.name) == ("message/rfc822", "pesan.eml")
    assert read(attachment.data).subject == "Asli"


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: no", False),
        (b"Precedence: bulk", True),
        (b"List-Id: <a.x.id>", True),
        (b"Return-Path: <>", True),
        (b"Return-Path: <a@x.id>", False),
        (b"X-Auto-Response-Suppress: All", True),
        (b"List-Unsubscribe: <mailto:a@x.id>", False),
    ],
)
def test_a_machines_mail_is_known(header: bytes, automatic: bool) -> None:
    assert read(b"From: a@x.id\n" + header + b"\n\nisi").is_automatic is automatic


@pytest.mark.parametrize("date", [b"", b"kemarin", b"Mon, 99 Foo 2018", b"1 Jan 9999999 00:00"])
def test_dates_that_are_none(date: bytes) -> None:
    assert read(b"From: a@x.id\nDate: " + date + b"\n\nisi").date is None


def test_winmail_from_outlook() -> None:
    head = b"From: a@x.id\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
    data = winmail((b"SURAT~1.PDF", "Surat penunjukan.pdf", b"%PDF-"), (b"B.DOC", "b.doc", b"x"))
    mail = read(head + data)
    assert [(each.name, each.data) for each in mail.attachments] == [
        ("Surat penunjukan.pdf", b"%PDF-"),
        ("b.doc", b"x"),
    ]
    assert mail.problems == []
    broken = read(head + data[:60])
    assert broken.problems == ["winmail_unreadable"]
    assert broken.attachments[0].name == "winmail.dat"
    assert read(head + b"bukan").problems == ["winmail_unreadable"]


def test_thousands_of_headers_and_one_endless_one() -> None:
    assert read(b"X: y\n" * 50_000 + b"From: a@x.id\n\nisi").sender is None
    assert len(read(b"Subject: " + b"a" * 2_000_000 + b"\n\nisi").subject) <= 1000
    assert read(b"From: " + b"(" * 100_000 + b"\n\nisi").sender is None
    assert read(b"To: " + b"a@x.id," * 50_000 + b"\n\nisi").to[0].mail == "a@x.id"
    assert read(b"Subject: " + b"=?utf-8?q?a?= " * 15_000 + b"\n\nisi").subject.startswith("aaa")
