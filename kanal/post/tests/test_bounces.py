"""Messages that came back, in the words of the servers offices use."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kanal.paper import envelope
from kanal.post import answering, bounces, outbox
from kanal.post.models import DeadAddress, Mailbox, Outgoing, State
from kanal.post.sending import bury
from tests.factories import a_government

TO = "kec.tebet@contoh.go.id"


@pytest.fixture
def sent(db: None) -> Outgoing:
    message = outbox.enqueue(
        government_id=a_government().pk,
        draft=outbox.Draft(key="k", kind="t", to=TO, subject="Pengingat", text="Isi"),
    )
    Outgoing.objects.update(state=State.SENT, sent_at=timezone.now())
    return message


def report(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """As Postfix writes it, after RFC 3464."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.contoh.go.id (Mail Delivery System)
To: surat@kantor.go.id
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

<{TO}>: host mx.contoh.go.id said: user unknown

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kantor.go.id

Final-Recipient: rfc822; lain@contoh.go.id
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{TO}>:
    Recipient address rejected: User unknown

--B
Content-Type: text/rfc822-headers

From: surat@kantor.go.id
Message-ID: {message_id}

--B--
""".encode()


def exchange(message_id: str) -> bytes:
    return f"""From: <postmaster@contoh.onmicrosoft.com>
To: surat@kantor.go.id
Subject: Undeliverable: Pengingat
In-Reply-To: {message_id}
Content-Type: text/plain

Your message to {TO} couldn't be delivered.
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'
""".encode()


def gmail(message_id: str) -> bytes:
    return f"""From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: surat@kantor.go.id
Subject: Delivery Status Notification (Failure)
References: {message_id}
Auto-Submitted: auto-replied
Content-Type: text/plain

** Address not found **
The response was:
550 5.1.1 The email account that you tried to reach does not exist.
""".encode()


def qmail(message_id: str) -> bytes:
    return f"""Return-Path: <>
From: MAILER-DAEMON@contoh.go.id
Subject: failure notice
Content-Type: text/plain

Hi. This is the qmail-send program. I'm afraid I wasn't able to deliver your message.
<{TO}>: 550 Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.
Message-ID: {message_id}
""".encode()


@pytest.mark.parametrize("write", [report, exchange, gmail, qmail])
def test_a_bounce_marks_the_message_and_the_address(sent: Outgoing, write: object) -> None:
    mail = envelope.read(write(sent.message_id))  # type: ignore[operator]
    assert bounces.is_bounce(mail)
    bounce = bounces.read_bounce(mail)
    assert bounce is not None
    for _twice in range(2):
        bounces.take(bounce, government_id=sent.government_id, at=timezone.now())
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED
    assert DeadAddress.objects.get().address == TO


@pytest.mark.parametrize(
    ("action", "status", "state", "dead"),
    [
        ("delayed", "4.4.1", State.SENT, 0),
        ("failed", "4.2.2", State.SENT, 0),
        ("failed", "5.2.2", State.BOUNCED, 0),
        ("failed", "5.7.1", State.BOUNCED, 0),
        ("failed", "5.1.2", State.BOUNCED, 1),
    ],
)
def test_what_kind_of_failure_decides(
    sent: Outgoing, action: str, status: str, state: State, dead: int
) -> None:
    mail = envelope.read(report(sent.message_id, action=action, status=status))
    bounce = bounces.read_bounce(mail)
    assert bounce is not None
    bounces.take(bounce, government_id=sent.government_id, at=timezone.now())
    sent.refresh_from_db()
    assert sent.state == state
    assert DeadAddress.objects.count() == dead


def test_an_invented_bounce_marks_nobody(sent: Outgoing) -> None:
    mail = envelope.read(report("<kanal.0000000000000000000000000000@kantor.go.id>"))
    bounce = bounces.read_bounce(mail)
    assert bounce is not None
    assert bounces.take(bounce, government_id=sent.government_id, at=timezone.now()) == []
    assert bounces.read_bounce(envelope.read(report("<lain@x.id>"))) is None
    assert not DeadAddress.objects.exists()


def test_another_governments_bounce_marks_nothing_here(sent: Outgoing) -> None:
    bounce = bounces.read_bounce(envelope.read(report(sent.message_id)))
    assert bounce is not None
    other = a_government(code="32", name="Lain", short_name="Lain")
    assert bounces.take(bounce, government_id=other.pk, at=timezone.now()) == []


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ("", ""),
        ("Auto-Submitted: auto-replied\n", "automatic"),
        ("Auto-Submitted: no\n", ""),
        ("Precedence: bulk\n", "automatic"),
        ("X-Autoreply: yes\n", "automatic"),
        ("List-Id: <milis.contoh.id>\n", "automatic"),
        ("Return-Path: <>\n", "automatic"),
        ("Reply-To: no-reply@contoh.id\n", "nobody"),
        ("Reply-To: surat@kantor.go.id\n", "ourselves"),
    ],
)
@pytest.mark.django_db
def test_machines_lists_and_ourselves_are_not_answered(
    headers: str, why: str, settings: object
) -> None:
    settings.DEFAULT_FROM_EMAIL = "surat@kantor.go.id"  # type: ignore[attr-defined]
    mail = envelope.read(f"From: {TO}\n{headers}\nHalo".encode())
    assert answering.why_not(mail, government_id=a_government().pk) == why


@pytest.mark.django_db
def test_an_address_gets_so_many_automatic_answers_a_day(settings: object) -> None:
    settings.MAIL_ANSWERS_A_DAY = 2  # type: ignore[attr-defined]
    mail, government = envelope.read(f"From: {TO}\n\nHalo".encode()), a_government()
    for number in range(2):
        assert answering.why_not(mail, government_id=government.pk) == ""
        outbox.enqueue(
            government_id=government.pk,
            draft=outbox.Draft(
                key=str(number), kind="t", to=TO, subject="s", text="t", is_automatic=True
            ),
        )
    assert answering.why_not(mail, government_id=government.pk) == "too_often"


@pytest.mark.django_db
def test_our_mailboxes_and_dead_addresses_are_not_answered() -> None:
    government = a_government()
    mail = envelope.read(f"From: {TO.upper()}\n\nHalo".encode())
    assert answering.why_not(mail, government_id=government.pk) == ""
    bury(government.pk, TO, status="5.1.1", detail="", at=timezone.now())
    assert answering.why_not(mail, government_id=government.pk) == "dead"
    box = Mailbox.objects.create(government=government, host="h", user=TO.title(), name="Kotak")
    assert answering.why_not(mail, government_id=government.pk) == "ourselves"
    Mailbox.objects.filter(pk=box.pk).update(ended_at=timezone.now(), ended_by_name="Rani")
    assert answering.why_not(mail, government_id=government.pk) == "dead"
