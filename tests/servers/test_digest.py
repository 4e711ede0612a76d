"""The sheet of the month over a real SMTP server: what arrives is what was kept."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kanal.digests import making, schedule, sending, subscriptions
from kanal.digests.models import Sheet
from kanal.digests.tests.story import MONDAY, OCTOBER, a_living_government, clock
from kanal.directory.models import RoleKind
from kanal.journal.models import Entry
from kanal.post.models import Attempt, Outgoing, State
from tests.factories import a_user
from tests.servers.offices import a_sender, an_administrator, drain_at_work
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)

SEKDA, GOVERNOR = "sekda@contoh.go.id", "gubernur@contoh.go.id"


def arrived(post: Post, address: str) -> EmailMessage:
    (raw,) = post.to(address)
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_the_months_sheet_arrives_once_and_one_click_ends_it(
    post: Post, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://kanal.contoh.go.id"
    government = a_living_government()
    for address in (SEKDA, GOVERNOR):
        a_user(RoleKind.READER, government=government, email=address)
    a_sender(post)
    for minutes in (0, 10, 20):
        schedule.begin(government, clock(MONDAY, 8, minutes))
        making.drain()
        drain_at_work(government)
    assert sorted(to for to, _raw in post.received) == [GOVERNOR, SEKDA]

    mail = arrived(post, SEKDA)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(mail["List-Unsubscribe"]).strip("<>")
    assert link.startswith("https://kanal.contoh.go.id/lembar/berhenti/")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "https://kanal.contoh.go.id/lembar/2026-10/" in body.get_content()
    assert "1 dari 5 kantor yang punya akun sudah lengkap." in body.get_content()

    (attached,) = mail.iter_attachments()
    sheet = Sheet.objects.get()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "lembar-2026-10.pdf"
    with default_storage.open(sheet.kept_as) as file:
        assert attached.get_content() == file.read()

    Client(enforce_csrf_checks=True).post(
        urlsplit(link).path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert [user.email for user in subscriptions.recipients(government.pk)] == [GOVERNOR]


def test_nobody_at_the_address_is_shown_as_not_sent(post: Post) -> None:
    government = a_living_government()
    a_user(RoleKind.READER, government=government, email=SEKDA)
    a_sender(post)
    post.at_address = lambda address: "550 5.1.1 no such user here"
    schedule.begin(government, clock(MONDAY, 9))
    making.drain()
    drain_at_work(government)
    assert Outgoing.objects.get().state == State.REFUSED


def test_whose_role_ended_on_the_way_gets_nothing_and_the_page_says_why(post: Post) -> None:
    """Queued for three; before the sender's turn one lost the role, and one ended it herself."""
    government = a_living_government()
    leaves, stops, stays = (
        a_user(RoleKind.READER, government=government, email=f"{name}@contoh.go.id")
        for name in ("mutasi", "berhenti", "tetap")
    )
    a_sender(post)
    schedule.begin(government, clock(MONDAY, 9))
    making.drain()
    assert Outgoing.objects.filter(state=State.WAITING).count() == 3
    leaves.roles.update(ends_at=timezone.now())
    subscriptions.stop_by_link(user=stops)
    assert drain_at_work(government) == 1
    assert [to for to, _raw in post.received] == [stays.email]

    cancelled = Outgoing.objects.filter(state=State.CANCELLED)
    assert dict(cancelled.values_list("to", "problem")) == {
        leaves.email: "role_ended",
        stops.email: "unsubscribed",
    }
    assert not Attempt.objects.filter(message__in=cancelled).exists()
    told = Entry.objects.filter(verb="cancel-mail")
    assert {entry.after["to"] for entry in told} == {leaves.email, stops.email}

    client = Client()
    client.force_login(a_user(RoleKind.ADMINISTRATOR, government=government))
    sent = client.get(reverse("digests:sent", args=[OCTOBER])).content.decode()
    assert "perannya sudah berakhir" in sent
    message = cancelled.get(to=leaves.email)
    page = client.get(reverse("post:message", args=[message.pk])).content.decode()
    assert "tidak lagi berperan" in page

    leaves.roles.update(ends_at=None)
    assert drain_at_work(government) == 0
    again = sending.send(sheet=Sheet.objects.get(), by=an_administrator(government=government))
    assert again.count == 1
    assert drain_at_work(government) == 1
    assert [to for to, _raw in post.received] == [stays.email, leaves.email]
