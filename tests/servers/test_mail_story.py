"""A letter comes by mail: fetched, marked, shown, answered. Real Dovecot, real SMTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kanal.intake import mail_fetching, mail_reading
from kanal.intake.models import Mail
from kanal.paper import envelope
from kanal.post import sending
from tests.factories import PASSWORD, a_verifier, an_office
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, a_sender
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = Path(__file__).parents[1] / "letters"


def nobody_answers(name: str) -> str | None:
    return None


def test_a_mail_becomes_a_row_is_marked_shown_and_answered(
    imap_server: Dovecot, post: Post, settings: Settings, client: Client
) -> None:
    settings.MAIL_CA_FILE = str(imap_server.authority)
    office = an_office("Kecamatan Tebet", unit_class="kecamatan")
    box = a_mailbox(imap_server)
    a_sender(post)
    letter = (LETTERS / "p03_tebet_kv.pdf").read_bytes()
    imap_server.deliver(a_mail(files=(("surat.pdf", letter),)))

    assert mail_fetching.fetch(box) == 1
    assert imap_server.count("KEYWORD $KanalFiled") == 1
    assert mail_reading.drain(ask=nobody_answers) == 1

    mail = Mail.objects.get()
    assert mail.unit == office
    assert mail.agenda == "0001/2026"

    assert sending.drain(mail.government_id) == 1
    (answer,) = post.to("kec.tebet@contoh.go.id")
    read = envelope.read(answer)
    assert read.in_reply_to == "<satu@contoh.go.id>"
    assert "0001/2026" in read.body_text
    assert read.is_automatic

    verifier = a_verifier()
    client.force_login(verifier)
    page = client.get(reverse("intake:mails")).content.decode()
    assert "0001/2026" in page
    assert "kec.tebet@contoh.go.id" in page
    assert PASSWORD not in page
