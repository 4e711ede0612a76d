"""What may go wrong between a mail server and us: nothing lost, nothing twice.

Judged by counting on the server, then holding our rows against it.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from kanal.intake import mail_fetching, mail_reading, mail_watching
from kanal.intake.mail_raw import open_raw
from kanal.intake.models import Arrival, Mail, MailFile
from kanal.post import imap
from kanal.post.models import Mailbox, Outgoing
from tests.factories import an_office
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, numbered, stands
from tests.servers.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def trusted(imap_server: Dovecot, settings: Settings) -> None:
    settings.MAIL_CA_FILE = str(imap_server.authority)


@pytest.fixture
def box(imap_server: Dovecot) -> Mailbox:
    return a_mailbox(imap_server)


def test_a_line_cut_anywhere_loses_and_doubles_nothing(imap_server: Dovecot, box: Mailbox) -> None:
    imap_server.append(*numbered(60, size=3000))
    wire = Wire(imap_server.tls_port)
    wire.start()
    Mailbox.objects.filter(pk=box.pk).update(port=wire.port)
    box.refresh_from_db()
    dice = random.Random(8)
    rounds = 0
    while imap_server.count("UNKEYWORD $KanalFiled"):
        wire.cut_after = dice.randrange(2_000, 60_000 + 6_000 * rounds)
        mail_fetching.fetch(box)
        rounds += 1
        assert rounds < 200
    wire.stop()
    assert wire.cuts > 3
    stands(imap_server, mails=60)


def test_the_numbers_given_anew_count_no_mail_twice(imap_server: Dovecot, box: Mailbox) -> None:
    imap_server.append(*numbered(10))
    assert mail_fetching.fetch(box) == 10
    with imap.opened(box) as server:
        before = imap.uidvalidity(server)
    imap_server.new_uidvalidity()
    with imap.opened(box) as server:
        assert imap.uidvalidity(server) != before
    imap_server.append(*numbered(12)[10:])
    mail_fetching.fetch(box)
    stands(imap_server, mails=12)


def test_marks_that_were_lost_count_no_mail_twice(imap_server: Dovecot, box: Mailbox) -> None:
    imap_server.append(*numbered(10))
    mail_fetching.fetch(box)
    with imap_server.client() as client:
        client.store("1:*", "-FLAGS", r"(\Seen $KanalFiled)")
    imap_server.new_uidvalidity()
    assert mail_fetching.fetch(box) == 10
    stands(imap_server, mails=10)
    assert Arrival.objects.count() == 20


def test_a_number_used_again_for_another_mail_is_not_taken_for_known(
    imap_server: Dovecot, box: Mailbox
) -> None:
    imap_server.append(*numbered(3))
    mail_fetching.fetch(box)
    with imap_server.client() as client:
        client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
    imap_server.new_uidvalidity()
    imap_server.append(*numbered(6)[3:])
    assert mail_fetching.fetch(box) == 3
    assert Mail.objects.count() == 6


def test_a_folder_deleted_and_made_anew_is_read_on(imap_server: Dovecot) -> None:
    with imap_server.client() as client:
        client.create("Surat")
    box = a_mailbox(imap_server, folder="Surat")
    imap_server.append(*numbered(3), folder="Surat")
    assert mail_fetching.fetch(box) == 3
    with imap_server.client() as client:
        client.delete("Surat")
    assert mail_fetching.fetch(box) == 0
    box.refresh_from_db()
    assert box.problem == "folder"
    with imap_server.client() as client:
        client.create("Surat")
    # The same numbers again, for other mails, and one that came before.
    imap_server.append(*numbered(5)[2:], folder="Surat")
    assert mail_fetching.fetch(box) == 3
    assert Mail.objects.count() == 5
    assert imap_server.count("KEYWORD $KanalFiled", folder="Surat") == 3
    box.refresh_from_db()
    assert box.problem == ""
    with imap_server.client() as client:
        client.delete("Surat")


def test_readers_side_by_side_read_each_mail_once(imap_server: Dovecot, box: Mailbox) -> None:
    an_office("Kecamatan Tebet")
    letter = (Path(__file__).parents[1] / "letters" / "p03_tebet_kv.pdf").read_bytes()
    imap_server.append(
        *(
            a_mail(
                message_id=f"<{number}@contoh.go.id>",
                sender=f"kantor{number}@contoh.go.id",
                files=(("surat.pdf", letter + b"\n%%%d" % number),),
            )
            for number in range(16)
        )
    )
    mail_fetching.fetch(box)
    done: list[int] = []

    def reader() -> None:
        try:
            done.append(mail_reading.drain(ask=lambda name: None))
        finally:
            connection.close()

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 16
    assert sorted(Mail.objects.values_list("agenda_number", flat=True)) == list(range(1, 17))
    assert set(Mail.objects.values_list("fence", "state")) == {(1, "filed")}
    assert MailFile.objects.count() == 16
    assert Outgoing.objects.count() == 16


def test_two_readers_at_once_write_each_mail_down_once(imap_server: Dovecot, box: Mailbox) -> None:
    imap_server.append(*numbered(80))
    ready = threading.Barrier(3)

    def reader() -> None:
        try:
            with imap.opened(box) as server:
                ready.wait()
                mail_fetching.fetch_from(server, box)
        finally:
            connection.close()

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands(imap_server, mails=80)
    assert Arrival.objects.count() == 80


def test_the_same_mail_three_times_another_under_its_name_and_one_without(
    imap_server: Dovecot, box: Mailbox
) -> None:
    first = a_mail(message_id="<sama@contoh.go.id>")
    other = a_mail(message_id="<sama@contoh.go.id>", text="Isi yang lain.")
    bare = a_mail(message_id="", text="Tanpa pengenal.")
    imap_server.deliver(first, first, first, other, bare)
    assert mail_fetching.fetch(box) == 5
    mail_reading.drain(ask=lambda name: None)
    stands(imap_server, mails=3, copies=5)
    once = Mail.objects.order_by("pk")[0]
    assert once.arrivals.count() == 3
    assert "came_again" in once.reasons
    assert "same_id_other_content" in Mail.objects.get(body__contains="yang lain").reasons
    assert "no_message_id" in Mail.objects.get(message_id="").reasons


def test_the_same_mail_in_two_mailboxes_is_one_mail(imap_server: Dovecot, box: Mailbox) -> None:
    second = a_mailbox(imap_server, user="kedua", name="Kotak kedua")
    imap_server.deliver(a_mail())
    imap_server.deliver(a_mail(), user="kedua")
    mail_fetching.fetch(box)
    mail_fetching.fetch(second)
    assert Mail.objects.count() == 1
    assert imap_server.count("KEYWORD $KanalFiled") == 1
    assert imap_server.count("KEYWORD $KanalFiled", user="kedua") == 1


def test_a_mail_too_large_is_recorded_by_its_header_and_left_where_it_is(
    imap_server: Dovecot, box: Mailbox, settings: Settings
) -> None:
    settings.MAIL_MAX_BYTES = 100_000
    imap_server.append(a_mail(subject="Besar sekali", text="x" * 300_000), *numbered(1))
    assert mail_fetching.fetch(box) == 2
    mail_reading.drain(ask=lambda name: None)
    large = Mail.objects.get(subject="Besar sekali")
    assert large.state == "refused"
    assert "mail_too_large" in large.reasons
    arrival = large.arrivals.get()
    assert not arrival.is_whole
    assert arrival.size > 300_000
    assert len(open_raw(arrival.kept_as)) < 10_000
    assert imap_server.count("KEYWORD $KanalFiled") == 2


def hostile() -> Iterator[bytes]:
    yield b":\nfrom:\xff,:;;:\n,:\n;"  # the standard library's parser ends in an AttributeError
    yield b"\n:\nfrom:\xff,:;;:\n,:\n;"
    yield b""
    yield b"\r\n\r\n"
    yield b"From: a@b.id\r\nSubject: =?utf-8?B?AAAA" + b"A" * 5000 + b"\r\n\r\n\x00\xff"
    yield b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n\r\n" * 10_000
    yield b"Subject: a\r\nBcc: x@y.id\rX-Evil: 1\r\n\r\nisi"
    yield b"From: " + b"a" * 100_000 + b"@b.id\r\n\r\nisi"
    yield b"Content-Type: text/plain; charset=punycode\r\n\r\n\xff\xfe"


def test_hostile_mails_are_kept_marked_and_held(imap_server: Dovecot, box: Mailbox) -> None:
    mails = [raw for raw in hostile() if raw]
    imap_server.append(*mails)
    mail_fetching.fetch(box)
    mail_reading.drain(ask=lambda name: None)
    assert imap_server.count("KEYWORD $KanalFiled") == len(mails)
    assert not Mail.objects.filter(state="arrived").exists()
    assert Arrival.objects.count() == len(mails)


def test_a_full_disk_marks_nothing_and_says_so(
    imap_server: Dovecot, box: Mailbox, settings: Settings
) -> None:
    imap_server.append(*numbered(2))
    blocked = Path(settings.FILES)
    blocked.mkdir(parents=True, exist_ok=True)
    (blocked / "surel").write_text("no folder can be made here")
    assert mail_fetching.fetch(box) == 0
    box.refresh_from_db()
    assert box.problem == "disk"
    assert imap_server.count("KEYWORD $KanalFiled") == 0
    (blocked / "surel").unlink()
    assert mail_fetching.fetch(box) == 2
    box.refresh_from_db()
    assert box.problem == ""
    stands(imap_server, mails=2)


def until(what: str, test: object, seconds: float = 25) -> None:
    end = time.monotonic() + seconds
    while not test():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture
def ear(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[mail_watching.Ear]:
    monkeypatch.setattr(mail_watching, "AGAIN", (0.2, 0.5))
    ear = mail_watching.Ear(box, threading.Event(), listen=5)
    yield ear
    ear.stop.set()
    if ear.thread:
        ear.thread.join(timeout=20)
        assert not ear.thread.is_alive()


def test_a_mail_is_heard_and_one_after_the_server_came_back_too(
    imap_server: Dovecot, ear: mail_watching.Ear
) -> None:
    ear.start()
    imap_server.deliver(*numbered(1))
    until("the first mail", lambda: Mail.objects.count() == 1)
    imap_server.stop()
    imap_server.start()
    imap_server.deliver(*numbered(2)[1:])
    until("the mail after the restart", lambda: Mail.objects.count() == 2)
    until("its mark", lambda: imap_server.count("KEYWORD $KanalFiled") == 2)


def test_a_line_gone_silent_is_left_and_the_mail_is_found(
    imap_server: Dovecot, ear: mail_watching.Ear
) -> None:
    ear.timeout = 3
    wire = Wire(imap_server.tls_port)
    wire.start()
    Mailbox.objects.update(port=wire.port)
    ear.box.refresh_from_db()
    ear.start()
    imap_server.deliver(*numbered(1))
    until("the first mail", lambda: Mail.objects.count() == 1)
    wire.is_silent = True
    imap_server.deliver(*numbered(2)[1:])
    time.sleep(1)
    assert Mail.objects.count() == 1
    threading.Timer(4, setattr, (wire, "is_silent", False)).start()
    until("the mail behind the silence", lambda: Mail.objects.count() == 2, seconds=60)
    wire.stop()
