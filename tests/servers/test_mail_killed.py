"""Kanal's own processes killed (-9) at every place where it could hurt: nothing lost, nothing twice.

The long run (`python -m tests.long.mail`) kills them at random moments.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from kanal.intake import mail_fetching, mail_reading
from kanal.intake.models import Arrival, Mail, MailFile
from kanal.paper import envelope
from kanal.post import outbox, sending
from kanal.post.models import Attempt, Mailbox, Outcome, Outgoing, State
from tests.factories import a_government, an_office
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, a_sender, numbered, stands
from tests.servers.processes import dies_at
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)
# One job at a time: on a full minute the schedule's own call would work beside the woken one, and
# the process would die with two messages in its hands.
ALONE = ("work", "--concurrency", "1")
LETTER = (Path(__file__).parents[1] / "letters" / "p03_tebet_kv.pdf").read_bytes()


@pytest.fixture(autouse=True)
def trusted(imap_server: Dovecot, settings: Settings) -> None:
    settings.MAIL_CA_FILE = str(imap_server.authority)


@pytest.fixture(autouse=True)
def no_old_jobs(transactional_db: None) -> None:
    """A flush leaves the queue's own tables alone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def box(imap_server: Dovecot) -> Mailbox:
    return a_mailbox(imap_server)


@pytest.mark.parametrize(
    ("place", "taken", "marked"),
    [
        # One mail alone, then two, then four: cut in the second round.
        ("after=kanal.intake.mail_fetching:keep_raw*2", 1, 1),
        ("before=kanal.intake.mail_fetching:_mark*2", 3, 1),
        ("after=kanal.intake.mail_fetching:_mark*2", 3, 3),
    ],
    ids=["file, no row", "row, no mark", "mark"],
)
def test_killed_while_fetching(
    imap_server: Dovecot, box: Mailbox, place: str, taken: int, marked: int
) -> None:
    imap_server.append(*numbered(12))
    dies_at(place, "fetch-mail", "--once")
    assert Arrival.objects.count() == taken
    assert imap_server.count("KEYWORD $KanalFiled") == marked
    mail_fetching.fetch(box)
    stands(imap_server, mails=12)
    assert Arrival.objects.count() == 12


@pytest.mark.parametrize(
    "place",
    [
        "after=kanal.intake.mail_files:_keep",
        "before=kanal.intake.mail_reading:_tell",
        "after=kanal.intake.mail_answers:answer_received",
    ],
    ids=["file kept, not read", "read, not told", "told, not committed"],
)
def test_killed_while_reading(imap_server: Dovecot, box: Mailbox, post: Post, place: str) -> None:
    office = an_office("Kecamatan Tebet")
    a_sender(post)
    imap_server.deliver(a_mail(files=(("surat.pdf", LETTER),)))
    mail_fetching.fetch(box)
    dies_at(place, *ALONE)
    assert Mail.objects.get().state == "arrived"
    assert not MailFile.objects.exists()
    assert mail_reading.drain(ask=lambda name: None) == 0, "the dead reader holds it for a while"
    _later()
    assert mail_reading.drain(ask=lambda name: None) == 1
    mail = Mail.objects.get()
    assert (mail.state, mail.unit, mail.files.count()) == ("filed", office, 1)
    assert mail.agenda_number == 1
    sending.drain(mail.government_id)
    assert len(post.to("kec.tebet@contoh.go.id")) == 1


@pytest.mark.parametrize(("place", "copies"), [("before", 1), ("after", 2)])
def test_killed_while_sending(post: Post, place: str, copies: int) -> None:
    """After the server's 250 and before our commit: one more copy, under the same Message-ID."""
    a_sender(post)
    government = a_government().pk
    drafts = [
        outbox.Draft(key=f"k{n}", kind="x", to=f"kantor{n}@contoh.go.id", subject="x", text="x")
        for n in range(5)
    ]
    outbox.enqueue_many(government_id=government, drafts=drafts)
    dies_at(f"{place}=kanal.post.smtp:hand_over*3", *ALONE)
    assert len(post.received) == (2 if place == "before" else 3)
    assert Attempt.objects.filter(outcome=Outcome.BEGUN).count() == 1
    sending.drain(government)
    assert Outgoing.objects.filter(state=State.SENT).count() == 4
    _later()
    sending.drain(government)
    assert Outgoing.objects.filter(state=State.SENT).count() == 5
    assert Counter(to for to, _raw in post.received) == {
        f"kantor{n}@contoh.go.id": copies if n == 2 else 1 for n in range(5)
    }
    twice = {envelope.read(raw).message_id for raw in post.to("kantor2@contoh.go.id")}
    assert len(twice) == 1


def _later() -> None:
    """As if the dead one's leases had run out."""
    past = timezone.now() - timedelta(seconds=1)
    for table in (Mail, Outgoing):
        table.objects.exclude(leased_until=None).update(leased_until=past)
