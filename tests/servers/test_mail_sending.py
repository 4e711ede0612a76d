"""Messages leave once each, and what a server answers decides what becomes of them."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from aiosmtpd.smtp import Envelope
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from kanal.paper import envelope
from kanal.post import outbox, sending
from kanal.post.models import Attempt, DeadAddress, Outcome, Outgoing, Sender, State
from tests.factories import a_government
from tests.servers.dovecot import certificate, free_port
from tests.servers.offices import OURS, a_sender
from tests.servers.smtp import Post

pytestmark = pytest.mark.django_db(transaction=True)


def a_message(key: str = "satu", to: str = "kec.tebet@contoh.go.id", **facts: object) -> Outgoing:
    given: dict[str, object] = {"subject": "Tanda terima", "text": "Diterima, terima kasih."}
    with transaction.atomic():
        facts = {**given, **facts}
        draft = outbox.Draft(key=key, kind="test", to=to, **facts)  # type: ignore[arg-type]
        return outbox.enqueue(government_id=a_government().pk, draft=draft)


@pytest.fixture
def sender(post: Post) -> Sender:
    return a_sender(post)


def test_a_message_leaves_once_with_its_own_name(post: Post, sender: Sender) -> None:
    message = a_message(subject="Tanda terima\r\nBcc: lain@contoh.id", in_reply_to="<x@y.id>")
    assert a_message(text="Lain").pk == message.pk
    assert sending.drain(message.government_id) == 1
    assert sending.drain(message.government_id) == 0
    ((to, raw),) = post.received
    read = envelope.read(raw)
    assert to == "kec.tebet@contoh.go.id"
    assert read.message_id == message.message_id
    assert read.in_reply_to == "<x@y.id>"
    assert read.subject == "Tanda terima Bcc: lain@contoh.id"
    assert read.sender is not None
    assert read.sender.mail == OURS
    message.refresh_from_db()
    assert message.state == State.SENT
    assert message.tries.get().outcome == Outcome.SENT


def test_cut_off_between_the_servers_yes_and_our_commit_it_leaves_again_under_the_same_name(
    post: Post, sender: Sender
) -> None:
    message = a_message()
    claimed = sending.claim(message.government_id, timezone.now())
    assert claimed is not None
    assert sending.claim(message.government_id, timezone.now()) is None
    later = timezone.now() + sending.LEASE + timedelta(seconds=1)
    assert sending.drain(message.government_id, now=lambda: later) == 1
    sending.drain(message.government_id, now=lambda: later)
    assert [envelope.read(raw).message_id for raw in post.to(message.to)] == [message.message_id]


def test_what_an_earlier_holder_says_too_late_changes_nothing(post: Post, sender: Sender) -> None:
    message = a_message()
    slow = sending.claim(message.government_id, timezone.now())
    assert slow is not None
    attempt = sending._begin(slow, timezone.now())
    later = timezone.now() + sending.LEASE + timedelta(seconds=1)
    sending.drain(message.government_id, now=lambda: later)
    sending._settle(slow, attempt, Outcome.PERMANENT, "550 late", timezone.now())
    message.refresh_from_db()
    assert message.state == State.SENT


def test_many_workers_send_each_message_once(post: Post, sender: Sender) -> None:
    for number in range(60):
        a_message(key=f"k{number}", to=f"kantor{number}@contoh.go.id")

    def work() -> None:
        try:
            sending.drain(sender.government_id)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(to for to, _raw in post.received) == sorted(
        f"kantor{number}@contoh.go.id" for number in range(60)
    )
    assert Outgoing.objects.filter(state=State.SENT).count() == 60


def test_refused_for_now_it_is_tried_again_later_and_given_up_after_days(
    post: Post, sender: Sender
) -> None:
    post.at_data = lambda envelope: "451 4.3.0 try later"
    message = a_message()
    sending.drain(message.government_id)
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.WAITING, "temporary")
    assert message.due_at > timezone.now()
    assert sending.drain(message.government_id) == 0
    now = [timezone.now() + sending.GIVE_UP]
    for _n in range(5):
        now[0] += timedelta(hours=5)
        assert Outgoing.objects.get().state == State.WAITING
        sending.drain(message.government_id, now=lambda: now[0])
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.REFUSED, "expired")


def test_nobody_at_the_address_is_remembered(post: Post, sender: Sender) -> None:
    post.at_address = lambda address: "550 5.1.1 no such user here"
    message = a_message()
    sending.drain(message.government_id)
    message.refresh_from_db()
    assert message.state == State.REFUSED
    assert DeadAddress.objects.get().address == message.to
    assert outbox.dead_among(message.government_id, [message.to.upper()]) == {message.to}
    assert a_message(key="lagi").problem == "address_dead"


def test_a_refused_text_says_nothing_of_the_address(post: Post, sender: Sender) -> None:
    post.at_data = lambda envelope: "554 5.7.1 looks like spam"
    message = a_message()
    sending.drain(message.government_id)
    message.refresh_from_db()
    assert message.state == State.REFUSED
    assert not DeadAddress.objects.exists()


def test_an_answer_that_never_came_is_unclear_and_tried_again(post: Post, sender: Sender) -> None:
    taken: list[bytes] = []

    def take_and_vanish(envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        taken.append(envelope.content)
        return "421 4.4.2 gone" if len(taken) == 1 else "250 OK"

    post.at_data = take_and_vanish
    message = a_message()
    sending.drain(message.government_id)
    later = timezone.now() + timedelta(minutes=10)
    sending.drain(message.government_id, now=lambda: later)
    names = {envelope.read(raw).message_id for raw in taken}
    assert names == {message.message_id}
    assert len(taken) == 2


def test_without_a_server_messages_wait_and_leave_when_there_is_one(post: Post) -> None:
    message = a_message()
    assert sending.drain(message.government_id) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 0)
    a_sender(post)
    assert sending.drain(message.government_id) == 1


def test_a_server_out_of_reach_costs_one_try_and_keeps_the_rest_fresh(sender: Sender) -> None:
    Sender.objects.update(port=free_port())
    for number in range(5):
        a_message(key=f"k{number}")
    assert sending.drain(sender.government_id) == 0
    assert Attempt.objects.count() == 1
    assert Outgoing.objects.filter(attempts=0).count() == 4


def test_a_server_without_tls_gets_no_word_when_tls_was_asked_for(
    post: Post, sender: Sender, settings: Settings, tmp_path: object
) -> None:
    settings.MAIL_CA_FILE = str(certificate(tmp_path))  # type: ignore[arg-type]
    Sender.objects.update(security="starttls")
    message = a_message()
    assert sending.drain(message.government_id) == 0
    message.refresh_from_db()
    assert message.problem == "tls"
    assert post.received == []


def test_a_rolled_back_story_tells_nobody(post: Post, sender: Sender) -> None:
    with transaction.atomic():
        a_message()
        transaction.set_rollback(True)
    assert sending.drain(sender.government_id) == 0
    assert post.received == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tanpa-at",
        "a@b.id\r\nBcc: c@d.id",
        "a@b.id, c@d.id",
        "Nama <a@b.id>",
        "kantor@contoh .id",
        "ü@contoh.id",
    ],
)
def test_no_message_to_what_is_no_address(address: str) -> None:
    with pytest.raises(outbox.NoAddress):
        a_message(to=address)
