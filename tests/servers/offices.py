"""The office whose mail it is: its mailbox on the test's Dovecot, its sender on the test's SMTP."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from django.utils import timezone

from kanal.directory.models import Government, RoleKind, User
from kanal.intake.mail_raw import open_raw
from kanal.intake.models import Arrival, Mail
from kanal.post import actions, sending
from kanal.post.hours import WorkingTime
from kanal.post.models import Mailbox, Security, Sender, SignIn
from tests.factories import a_government, a_user, pdf_bytes
from tests.servers.dovecot import USERS, Dovecot
from tests.servers.smtp import Post

OURS = "surat@diskominfotik.contoh.go.id"


def an_administrator(**facts: object) -> User:
    return a_user(RoleKind.ADMINISTRATOR, **facts)


def a_mailbox(
    server: Dovecot, *, by: User | None = None, user: str = "surat", **facts: object
) -> Mailbox:
    given: dict[str, object] = {
        "name": "Kotak surat",
        "host": "localhost",
        "port": server.tls_port,
        "security": Security.TLS,
        "user": user,
        "sign_in": SignIn.PASSWORD,
        "folder": "INBOX",
        "authserv_id": "",
        "client_id": "",
        "token_endpoint": "",
        **facts,
    }
    secret = str(given.pop("secret", USERS[user]))
    return actions.add_mailbox(by=by or an_administrator(), secret=secret, **given)


def a_sender(post: Post, *, by: User | None = None) -> Sender:
    return actions.set_sender(
        by=by or an_administrator(),
        host="127.0.0.1",
        port=post.port,
        security=Security.NONE,
        user="",
        address=OURS,
        name="Diskominfotik",
    )


def drain_at_work(government: Government) -> int:
    """The sender's next turn in working hours: messages are due from when the test runs."""
    working, now = WorkingTime.of(government), timezone.now()
    return sending.drain(government.pk, now=lambda: working.waits_until(now) or now)


def a_mail(
    *,
    sender: str = "Kecamatan Tebet <kec.tebet@contoh.go.id>",
    subject: str = "Surat Penunjukan Petugas",
    text: str = "Terlampir surat penunjukan.",
    message_id: str = "<satu@contoh.go.id>",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, OURS, subject
    mail["Date"] = "Mon, 23 Nov 2026 09:12:00 +0700"
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, data in files:
        kind = "pdf" if name.endswith(".pdf") else "octet-stream"
        mail.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return mail.as_bytes()


def numbered(count: int, *, size: int = 500) -> list[bytes]:
    return [
        a_mail(
            subject=f"Surat {number}",
            message_id=f"<nomor-{number}@contoh.go.id>",
            text=f"{number} " + "x" * size,
        )
        for number in range(count)
    ]


def stands(server: Dovecot, *, mails: int, copies: int | None = None) -> None:
    """Every copy on the server is marked and has its own row and its bytes."""
    copies = mails if copies is None else copies
    assert server.count("ALL") == copies
    assert server.count("KEYWORD $KanalFiled") == copies
    assert server.count("DELETED") == 0
    assert Mail.objects.count() == mails
    for arrival in Arrival.objects.all():
        assert len(open_raw(arrival.kept_as)) == arrival.size


def a_scan(words: str = "") -> tuple[str, bytes]:
    return "SCAN0001.pdf", pdf_bytes(words)


def the_government() -> Government:
    return a_government()
