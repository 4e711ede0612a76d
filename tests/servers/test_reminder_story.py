"""An office is reminded by mail until its letter has come on paper. Real SMTP."""

from __future__ import annotations

from datetime import date

import pytest

from kanal.directory.models import Person
from kanal.intake.actions import receive
from kanal.intake.models import Channel, Medium
from kanal.paper import envelope
from kanal.post.models import Outgoing, State
from kanal.reminders import jobs, sending
from kanal.reminders.tests.office import MONDAY, Town, at
from tests.factories import a_letter, accepted, an_officer
from tests.servers.offices import a_sender, drain_at_work
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


def test_reminded_until_the_letter_is_there(post: Post) -> None:
    town = Town(due=date(2026, 11, 20))
    a_sender(post, by=town.admin)
    office = town.without_officer("Kelurahan Melati", email="melati@contoh.go.id")
    town.headed(office, "lurah@contoh.go.id")
    town.rule(1, every=2, times=9, subject="Pengingat {kantor}", text="{keadaan}: {langkah}")

    assert len(town.send(MONDAY)) == 1
    assert drain_at_work(town.government) == 1
    (raw,) = post.to("lurah@contoh.go.id")
    read = envelope.read(raw)
    assert read.subject == "Pengingat Kelurahan Melati"
    assert "belum memiliki petugas" in read.body_text
    assert "karena kantor ini belum mempunyai petugas" in read.body_text
    assert b"List-Unsubscribe" not in raw
    assert read.is_automatic

    letter = accepted(
        a_letter(office, officers=[an_officer("Lilis Suryani")], today=MONDAY),
        by=town.verifier,
        today=MONDAY,
    )
    Person.objects.filter(pk=letter.officers.get().person_id).update(email="lilis@contoh.go.id")
    town.send(WEDNESDAY)
    assert drain_at_work(town.government) == 1
    (raw,) = post.to("lilis@contoh.go.id")
    assert "belum menyampaikan hardcopy" in envelope.read(raw).body_text

    sending.carry_out(town.mandate, day=FRIDAY, now=at(8, day=FRIDAY), by=None)
    assert Outgoing.objects.filter(state=State.WAITING).count() == 1
    receive(
        letter=letter,
        medium=Medium.HARDCOPY,
        channel=Channel.COUNTER,
        received_on=MONDAY,
        note="",
        by=town.verifier,
        today=MONDAY,
    )
    jobs.cancel_done(0)
    assert drain_at_work(town.government) == 0
    assert town.send(date(2026, 12, 1))[0].figures["messages"] == 0
    assert len(post.received) == 2
