"""Odd and hostile mails from a real server, through the whole intake: read, or held with a reason."""

from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from pytest_django import Settings

from kanal.intake import mail_fetching, mail_reading
from kanal.intake.mail_raw import open_raw
from kanal.intake.models import Mail
from kanal.paper import envelope
from kanal.paper.tests.outlook import winmail
from kanal.post import sending
from kanal.post.models import Mailbox
from tests.factories import an_office
from tests.servers.alone import alone
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, a_sender
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = Path(__file__).parents[1] / "letters"
LETTER = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
MB = 1 << 20


@pytest.fixture(autouse=True)
def trusted(imap_server: Dovecot, settings: Settings) -> None:
    settings.MAIL_CA_FILE = str(imap_server.authority)


@pytest.fixture
def box(imap_server: Dovecot) -> Mailbox:
    an_office("Kecamatan Tebet")
    return a_mailbox(imap_server)


def taken_in(server: Dovecot, box: Mailbox, *mails: bytes) -> list[Mail]:
    """Put on the server byte for byte, fetched and read, in their order."""
    server.append(*mails)
    assert mail_fetching.fetch(box) == len(mails)
    mail_reading.drain(ask=lambda name: None)
    assert server.count("KEYWORD $KanalFiled") == len(mails)
    return list(Mail.objects.order_by("pk"))


def by_outlook() -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"], mail["Message-ID"] = "a@x.id", "Surat", "<w@x.id>"
    mail.set_content("Terlampir.")
    data = winmail((b"SURAT~1.PDF", "Surat penunjukan.pdf", LETTER))
    mail.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail.as_bytes()


def within(raw: bytes, times: int) -> bytes:
    """Forwarded as an attachment, again and again."""
    for number in range(times):
        outer = EmailMessage(policy=SMTP)
        outer["From"], outer["Subject"] = "b@x.id", f"Fwd {number}"
        outer["Message-ID"] = f"<f{number}@x.id>"
        outer.set_content("Diteruskan.")
        outer.add_attachment(
            raw, maintype="application", subtype="octet-stream", filename=f"{number}.eml"
        )
        raw = outer.as_bytes()
    return raw


def test_a_letter_inside_a_winmail_dat_is_read(imap_server: Dovecot, box: Mailbox) -> None:
    (mail,) = taken_in(imap_server, box, by_outlook())
    (file,) = mail.files.all()
    assert (file.name, file.holds_a_letter) == ("Surat penunjukan.pdf", True)
    assert (mail.state, mail.unit.name) == ("filed", "Kecamatan Tebet")  # type: ignore[union-attr]


def test_a_letter_in_a_mail_in_a_mail_in_a_mail_is_read_and_deeper_ones_are_named(
    imap_server: Dovecot, box: Mailbox
) -> None:
    raw = a_mail(files=(("surat.pdf", LETTER),))
    third, fourth = taken_in(imap_server, box, within(raw, 3), within(raw, 4))
    (file,) = third.files.all()
    assert file.holds_a_letter
    assert file.inside == "Fwd 1 / Fwd 0 / Surat Penunjukan Petugas"
    assert third.state == "filed"
    assert (fourth.state, fourth.files.count()) == ("held", 0)
    assert "nested_too_deep" in fourth.reasons


def bombs() -> tuple[tuple[str, bytes], ...]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nol.bin", bytes(200 * MB))
    names = ("h17_bom_zip.docx", "h11_bom_flate.pdf", "h19_bom_piksel.png")
    return (
        *((name, (LETTERS / name).read_bytes()) for name in names),
        ("a.zip", packed.getvalue()),
    )


def test_bombs_are_refused_in_little_memory_and_the_letter_beside_them_is_read(
    imap_server: Dovecot, box: Mailbox
) -> None:
    imap_server.append(a_mail(files=(*bombs(), ("surat.pdf", LETTER))))
    mail_fetching.fetch(box)
    took = alone("read")
    mail = Mail.objects.get()
    verdicts = {file.name: str(file.verdict) for file in mail.files.all()}
    assert verdicts.pop("surat.pdf") in ("accept", "review")
    assert set(verdicts.values()) == {"reject"}
    assert mail.state == "filed"
    assert took.growth < 150, took


def test_ten_thousand_attachments_cost_no_more_than_some(
    imap_server: Dovecot, box: Mailbox
) -> None:
    part = b"--x\r\nContent-Type: application/pdf; name=%d.pdf\r\n\r\n%%PDF-1.4 %d\r\n"
    raw = b"".join(
        [
            b"From: a@x.id\r\nMessage-ID: <s@x.id>\r\n",
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n",
            *(part % (number, number) for number in range(10_000)),
            b"--x--\r\n",
        ]
    )
    imap_server.append(raw)
    mail_fetching.fetch(box)
    took = alone("read")
    mail = Mail.objects.get()
    assert mail.state == "held"
    assert "too_many_attachments" in mail.reasons
    assert mail.files.count() <= 50
    assert took.growth < 100, took


def test_fifty_megabytes_are_taken_where_that_is_allowed_and_told_where_not(
    imap_server: Dovecot, box: Mailbox, post: Post
) -> None:
    dice = random.Random(50)
    files = [(f"foto-{number}.bin", dice.randbytes(12 * MB)) for number in range(3)]
    large = a_mail(files=(("surat.pdf", LETTER), *files))
    assert len(large) > 49 * MB
    imap_server.append(large)
    refused = alone("fetch")
    mail_reading.drain(ask=lambda name: None)
    mail = Mail.objects.get()
    assert (mail.state, mail.files.count()) == ("refused", 0)
    assert refused.growth < 40, refused
    a_sender(post)
    sending.drain(mail.government_id)
    assert "terlalu besar" in envelope.read(post.received[0][1]).body_text

    imap_server.append(large.replace(b"<satu@", b"<dua@"))
    fetched = alone("fetch", KANAL_MAIL_MAX_MB="60")
    read = alone("read", KANAL_MAIL_MAX_MB="60")
    whole = Mail.objects.get(message_id="<dua@contoh.go.id>")
    assert (whole.state, whole.files.count()) == ("filed", 4)
    assert len(open_raw(whole.arrivals.get().kept_as)) > 49 * MB
    assert fetched.growth < 4 * 50, fetched
    assert read.growth < 6 * 50, read


def test_what_a_mail_says_begins_no_header_of_ours(
    imap_server: Dovecot, box: Mailbox, post: Post
) -> None:
    a_sender(post)
    raw = a_mail(files=(("surat.pdf", LETTER),)).replace(
        b"Subject: Surat Penunjukan Petugas",
        b"Subject: =?utf-8?q?Surat=0D=0ABcc=3A_korban=40x=2Eid=0D=0A=0D=0Aisi?=\r\n"
        b"References: <a@x.id>\rBcc: korban@x.id <b@x.id>",
    )
    (mail,) = taken_in(imap_server, box, raw)
    assert mail.subject.isprintable()
    sending.drain(mail.government_id)
    ((to, answer),) = post.received
    assert to == "kec.tebet@contoh.go.id"
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"\nbcc" not in head
    assert b"surat bcc: korban" in head.replace(b"\r\n ", b" ")


@pytest.mark.parametrize("charset", ["x-tak-ada", "utf-7", "idna", "utf-16", "punycode", "\xff"])
def test_a_letter_comes_through_whatever_the_charset_is_said_to_be(
    imap_server: Dovecot, box: Mailbox, charset: str
) -> None:
    raw = a_mail(files=(("surat.pdf", LETTER),))
    raw = raw.replace(b'charset="utf-8"', b'charset="%b"' % charset.encode("latin-1"))
    raw = raw.replace(
        b'filename="surat.pdf"', b"filename*=%b''surat%%FF.pdf" % charset.encode("latin-1")
    )
    (mail,) = taken_in(imap_server, box, raw)
    assert mail.state == "filed"
    assert mail.files.get().holds_a_letter
