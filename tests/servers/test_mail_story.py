"""The whole way of a letter by mail, on a real Dovecot and a real SMTP server.

An office is reminded, answers with its letter, gets its tanda terima, is told that the letter is
accepted, is reminded of the hardcopy, brings it, and is reminded no more.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kanal.directory.models import Unit
from kanal.intake import mail_answers, mail_fetching, mail_reading
from kanal.intake.actions import receive, submit_letter
from kanal.intake.mail_files import opened
from kanal.intake.models import Channel, Mail, Medium
from kanal.lib.dates import today
from kanal.lib.workdays import Calendar
from kanal.paper import envelope
from kanal.post import sending
from kanal.post.models import DayOverride, Mailbox, SendingHours
from kanal.reminders.tests.office import Town
from tests.factories import accepted, an_account, an_officer, letter_facts
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, a_sender
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = (Path(__file__).parents[1] / "letters" / "p03_tebet_kv.pdf").read_bytes()
OFFICE = "kec.tebet@contoh.go.id"
NOW = today()
# The deadline is today or the next working day; the rules speak on it and on the two after it.
FIRST = Calendar().next_working(NOW)
SECOND, THIRD = Calendar().shift(FIRST, 1), Calendar().shift(FIRST, 2)


@pytest.fixture
def town() -> Town:
    town = Town(due=FIRST)
    for days in range(3):
        town.rule(days)
    _work_now(town)
    return town


def _work_now(town: Town) -> None:
    """Reminders keep the working hours; whenever this runs, it is one."""
    SendingHours.objects.create(government=town.government, opens=time(0), closes=time.max)
    DayOverride.objects.create(
        government=town.government, day=NOW, is_working=True, note="Uji", added_by_name="Uji"
    )


@pytest.fixture
def tebet(town: Town) -> Unit:
    unit = town.silent("Kecamatan Tebet", unit_class="kecamatan", email=OFFICE)
    an_account(unit, by=town.verifier, today=NOW - timedelta(days=30))
    return unit


@pytest.fixture
def box(imap_server: Dovecot, post: Post, settings: Settings, town: Town) -> Mailbox:
    settings.MAIL_CA_FILE = str(imap_server.authority)
    a_sender(post, by=town.admin)
    return a_mailbox(imap_server, by=town.admin)


def reminded(town: Town, day: date, post: Post) -> list[envelope.Mail]:
    """The day's run; what the receiving server then got of it."""
    before = len(post.received)
    town.send(day)
    sending.drain(town.government.pk)
    return [envelope.read(raw) for _to, raw in post.received[before:]]


def told(town: Town, post: Post) -> envelope.Mail:
    """The one message that leaves now."""
    before = len(post.received)
    assert sending.drain(town.government.pk) == 1
    ((to, raw),) = post.received[before:]
    assert to == OFFICE
    return envelope.read(raw)


def test_a_mail_comes_a_letter_is_accepted_a_hardcopy_follows_and_reminders_stop(
    imap_server: Dovecot, post: Post, box: Mailbox, town: Town, tebet: Unit, client: Client
) -> None:
    (reminder,) = reminded(town, FIRST, post)
    assert reminder.automatic["auto-submitted"] == "auto-generated"
    assert "Kecamatan Tebet" in reminder.subject

    imap_server.deliver(
        a_mail(
            sender=f"Kecamatan Tebet <{OFFICE}>",
            files=(("surat.pdf", LETTER),),
            In_Reply_To=reminder.message_id,
        )
    )
    assert mail_fetching.fetch(box) == 1
    assert imap_server.count("KEYWORD $KanalFiled") == 1
    assert mail_reading.drain(ask=lambda name: None) == 1
    mail = Mail.objects.get()
    assert (mail.state, mail.unit) == ("filed", tebet)
    (proposal,) = mail.proposals
    assert {"letter", "thread", "office_address"} == {*proposal["because"]}

    receipt = told(town, post)
    assert receipt.in_reply_to == "<satu@contoh.go.id>"
    assert mail.agenda in receipt.body_text
    assert "hardcopy" in receipt.body_text
    assert receipt.is_automatic

    client.force_login(town.verifier)
    page = client.get(reverse("intake:mails")).content.decode()
    assert mail.agenda in page
    assert OFFICE in page

    (file,) = mail.files.all()
    with opened(file) as kept:
        letter = submit_letter(
            unit=tebet,
            facts=letter_facts([an_officer(accounts=list(tebet.accounts.all()))]),
            files=[ContentFile(kept.read(), name=file.name)],
            by=town.verifier,
            today=NOW,
        )
    assert letter.receipts.get().agenda == mail.agenda
    accepted(letter, today=NOW)
    assert mail_answers.answer_decisions(town.government.pk) == 1
    decided = told(town, post)
    assert decided.in_reply_to == "<satu@contoh.go.id>"
    assert "diterima dan berlaku" in decided.body_text
    assert "Hardcopy-nya belum kami terima" in decided.body_text
    mail.refresh_from_db()
    assert mail.state == "entered"

    (second,) = reminded(town, SECOND, post)
    assert "hardcopy" in second.body_text.lower()

    receive(
        letter=letter,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=NOW,
        by=town.verifier,
        today=NOW,
    )
    assert reminded(town, THIRD, post) == []
    assert len(post.to(OFFICE)) == len(post.received) == 4


def test_a_reminder_still_queued_when_the_letter_is_complete_does_not_leave(
    post: Post, box: Mailbox, town: Town, tebet: Unit
) -> None:
    town.send(FIRST)
    letter = submit_letter(
        unit=tebet,
        facts=letter_facts([an_officer(accounts=list(tebet.accounts.all()))]),
        files=[ContentFile(LETTER, name="surat.pdf")],
        by=town.verifier,
        today=NOW,
    )
    accepted(letter, today=NOW)
    receive(
        letter=letter,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=NOW,
        by=town.verifier,
        today=NOW,
    )
    assert reminded(town, SECOND, post) == []
