"""A circular is brought to two offices: one acknowledges, the other's mail comes back and is

shown on the board until its address is mended. Real SMTP, real Dovecot.
"""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kanal.circulars import serving, watching
from kanal.circulars.models import Fate, Notice
from kanal.circulars.tests.story import (
    TODAY,
    a_circular,
    a_mandate,
    an_admin,
    is_proven,
    offices,
    standing_of,
)
from kanal.intake import mail_fetching, mail_reading
from kanal.paper import envelope
from kanal.post import sending
from kanal.post.models import DeadAddress
from kanal.post.tests.test_bounces import report
from tests.factories import a_government, pdf_bytes
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mailbox, a_sender
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)


def fate(notice: Notice) -> str:
    return Notice.objects.with_fate().get(pk=notice.pk).fate


def test_served_acknowledged_and_come_back(
    imap_server: Dovecot, post: Post, settings: Settings, client: Client
) -> None:
    settings.MAIL_CA_FILE = str(imap_server.authority)
    cache.clear()
    government = a_government()
    a_mandate(government)
    admin = an_admin(government)
    box = a_mailbox(imap_server, by=admin)
    a_sender(post, by=admin)
    tebet, menteng = offices(["tebet@contoh.go.id", "lama@contoh.go.id"])
    circular = a_circular(admin)
    client.force_login(admin)

    client.post(reverse("circulars:serve", args=[circular.pk]))
    client.post(reverse("circulars:serve", args=[circular.pk]))
    serving.work_off()
    assert sending.drain(government.pk) == 2
    assert sending.drain(government.pk) == 0
    assert sorted(to for to, _raw in post.received) == ["lama@contoh.go.id", "tebet@contoh.go.id"]

    # What Tebet reads: the letter, and a link that opens without signing in.
    read = envelope.read(post.to("tebet@contoh.go.id")[0])
    assert read.attachments[0].data.startswith(pdf_bytes("x")[:8])
    link = re.search(r"/p/[\w-]+/", read.body_text)
    assert link is not None
    anybody = Client()
    assert anybody.get(link[0]).status_code == 200
    assert fate(Notice.objects.get(unit=tebet)) == Fate.SENT
    anybody.post(link[0], {"name": "Siti Maesaroh", "post": "Sekretaris Lurah"})
    assert fate(Notice.objects.get(unit=tebet)) == Fate.ACKNOWLEDGED

    # Menteng's comes back into our own mailbox.
    ours = envelope.read(post.to("lama@contoh.go.id")[0]).message_id
    imap_server.deliver(report(ours), sender="")
    assert mail_fetching.fetch(box) == 1
    mail_reading.drain(ask=lambda _name: None)
    assert DeadAddress.objects.get().address == "lama@contoh.go.id"
    assert watching.refresh_all() == 1
    notice = Notice.objects.get(unit=menteng)
    assert fate(notice) == Fate.FAILED
    board = reverse("compliance:board") + "?status=tak-sampai"
    assert menteng.name in client.get(board).content.decode()
    assert standing_of(menteng).undelivered_since == TODAY
    assert is_proven(government)

    client.post(reverse("circulars:mend", args=[notice.pk]), {"email": "baru@contoh.go.id"})
    assert sending.drain(government.pk) == 1
    assert len(post.to("baru@contoh.go.id")) == 1
    assert len(post.to("tebet@contoh.go.id")) == 1
    assert fate(notice) == Fate.SENT
    assert menteng.name not in client.get(board).content.decode()
    assert is_proven(government)
