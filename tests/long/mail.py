"""Mail under the knife, for long: Kanal's own processes killed, lines cut, mails large and odd.

    python -m tests.long.mail [--kills 40] [--cut 1000] [--cuts 100] [--same 100] [--big 50]

Judged by asking the servers: what Dovecot has, what the receiving SMTP server got. One line of
JSON; the exit code is 1 when a mail was lost or doubled. Works in a database of its own beside the
configured one; needs Dovecot.

`kills`: the worker or the listener is ended by kill -9 that many times at random moments while
eight letters come in each time. A mail under which three readers died is held for a person
(`kill_held`), as it would be if it had killed them; it is neither lost nor answered. After the receiver's 250 and before our commit a kill leads to one
more copy under the same Message-ID: those are counted apart and have each a try left open.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanal.settings")
django.setup()

from aiosmtpd.smtp import Envelope
from django.db import connection
from django.utils import timezone

from bench.mail import cut
from kanal.intake import mail_fetching
from kanal.intake.models import Arrival, Mail, MailFile
from kanal.paper import envelope
from kanal.post.models import Attempt, Mailbox, Outcome, Outgoing
from tests.factories import an_office
from tests.servers import dovecot, processes
from tests.servers.alone import alone
from tests.servers.dovecot import Dovecot
from tests.servers.offices import a_mail, a_mailbox, a_sender
from tests.servers.own import own_servers
from tests.servers.smtp import OK, Post

LETTER = (Path(__file__).parents[1] / "letters" / "p03_tebet_kv.pdf").read_bytes()
COMMANDS = ("fetch-mail", "work")
AT_ONCE = 8
MB = 1 << 20


def letter_mail(number: int) -> bytes:
    """Each from an office of its own, so that nobody is answered too often."""
    return a_mail(
        sender=f"kantor{number}@contoh.go.id",
        message_id=f"<bunuh-{number}@contoh.go.id>",
        files=(("surat.pdf", LETTER + b"\n%%%d" % number),),
    )


class Town:
    """The receiving server, which keeps a message and only then answers, slowly."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.post = Post(at_data=self._keep)

    def _keep(self, received: Envelope) -> str:
        assert isinstance(received.content, bytes)
        name = envelope.read(received.content).message_id
        self.got += [(to, name) for to in received.rcpt_tos]
        time.sleep(0.05)
        return OK


def kills(server: Dovecot, box: Mailbox, count: int) -> dict[str, object]:
    town, dice = Town(), random.Random(9)
    town.post.start()
    a_sender(town.post)
    running = {name: processes.started(name) for name in COMMANDS}
    began = time.monotonic()
    try:
        killed = kill_again_and_again(server, running, count, dice)
        settle(AT_ONCE * count)
    finally:
        for process in running.values():
            process.terminate()
            process.wait(timeout=processes.PATIENCE)
        town.post.stop()
    return {
        "kills": dict(killed),
        "kill_seconds": round(time.monotonic() - began),
        **counted(server, town, AT_ONCE * count),
    }


def kill_again_and_again(
    server: Dovecot, running: dict[str, Popen[bytes]], count: int, dice: random.Random
) -> Counter[str]:
    """At a random moment after something moved; how often each was hit."""
    killed: Counter[str] = Counter()
    for number in range(count):
        seen = progress()
        server.deliver(*(letter_mail(AT_ONCE * number + n) for n in range(AT_ONCE)))
        wait_for_change(seen, seconds=12)
        time.sleep(dice.uniform(0, 1.2))
        victim = dice.choice(COMMANDS)
        processes.end(running[victim])
        killed[victim] += 1
        if victim == "work":
            leases_run_out()
        running[victim] = processes.started(victim)
    return killed


def counted(server: Dovecot, town: Town, sent: int) -> dict[str, object]:
    """Held against what the two servers say."""
    names = Counter(Mail.objects.values_list("message_id", flat=True))
    copies = Counter(town.got)
    answers = Counter(to for to, _name in copies)
    open_tries = Attempt.objects.exclude(outcome=Outcome.SENT).count()
    filed = Mail.objects.exclude(agenda_number=None)
    agenda = sorted(filed.values_list("agenda_number", flat=True))
    again = sum(copies.values()) - len(copies)
    held = given_to_people()
    return {
        "kill_mails_on_server": server.count("ALL"),
        "kill_lost": sum(names[f"<bunuh-{number}@contoh.go.id>"] == 0 for number in range(sent))
        + server.count("UNKEYWORD $KanalFiled"),
        "kill_doubled": sum(names.values()) - len(names) + MailFile.objects.count() - len(agenda),
        "kill_held": held,
        "kill_unread": Mail.objects.exclude(state="filed").count() - held,
        "kill_agenda_whole": agenda == list(range(1, len(agenda) + 1)),
        "answers": len(answers),
        "answers_lost": sent - held - len(answers),
        "answers_doubled": len(copies) - len(answers) + max(0, again - open_tries),
        "copies_after_250": again,
    }


def progress() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM intake_arrival), (SELECT sum(fence) FROM intake_mail),"
            " (SELECT count(*) FROM post_attempt)"
        )
        return tuple(cursor.fetchone())


def wait_for_change(seen: tuple[int, ...], seconds: float) -> None:
    until = time.monotonic() + seconds
    while progress() == seen and time.monotonic() < until:
        time.sleep(0.05)


def leases_run_out() -> None:
    """As if a quarter of an hour had passed since the kill."""
    past = timezone.now() - timedelta(seconds=1)
    for table in (Mail, Outgoing):
        table.objects.exclude(leased_until=None).update(leased_until=past)


def settle(sent: int) -> None:
    until = time.monotonic() + 600
    seen, since = progress(), time.monotonic()
    while time.monotonic() < until:
        done = Outgoing.objects.filter(state="sent").count() + given_to_people()
        if Mail.objects.exclude(state="arrived").count() >= sent and done >= sent:
            return
        if progress() != seen:
            seen, since = progress(), time.monotonic()
        elif time.monotonic() - since > 30:
            leases_run_out()  # of one that died while it committed
            since = time.monotonic()
        time.sleep(0.3)


def given_to_people() -> int:
    return Mail.objects.filter(state="held", reasons=["reading_failed"]).count()


def two_at_once(server: Dovecot, box: Mailbox, count: int) -> dict[str, object]:
    """Two listeners, two processes, one mailbox."""
    server.append(
        *(a_mail(message_id=f"<dua-{n}@x.id>", text=f"{n} " + "x" * 3000) for n in range(count))
    )
    pair = [processes.started("fetch-mail", "--once") for _ in range(2)]
    for process in pair:
        process.wait(timeout=processes.PATIENCE)
    mail_fetching.fetch(box)
    ours = Mail.objects.filter(message_id__startswith="<dua-").count()
    places = Arrival.objects.filter(mail__message_id__startswith="<dua-").count()
    return {"pair_mails": count, "pair_lost": count - ours, "pair_doubled": places - count}


def same(server: Dovecot, box: Mailbox, count: int) -> dict[str, object]:
    """Each three times, once more under its name with other words, and one without a name."""
    before = server.count("ALL")
    for number in range(count):
        name = f"<sama-{number}@x.id>"
        first = a_mail(message_id=name, text=f"Satu {number}")
        other = a_mail(message_id=name, text=f"Lain {number}")
        server.deliver(first, first, first, other, a_mail(message_id="", text=f"Tanpa {number}"))
    mail_fetching.fetch(box)
    alone("read")
    rows = Mail.objects.filter(subject="Surat Penunjukan Petugas", body__regex="^(Satu|Lain|Tanpa)")
    flagged = rows.filter(reasons__overlap=["same_id_other_content", "no_message_id"]).count()
    return {
        "same_mails_on_server": server.count("ALL") - before,
        "same_lost": max(0, 3 * count - rows.count()),
        "same_doubled": max(0, rows.count() - 3 * count),
        "same_flagged": flagged,
    }


def big(server: Dovecot, box: Mailbox, megabytes: int) -> dict[str, object]:
    """One mail of that size with a letter in it; memory of the processes that take and read it."""
    dice = random.Random(50)
    each = megabytes * MB * 10 // 14 // 3
    files = [(f"foto-{number}.bin", dice.randbytes(each)) for number in range(3)]
    raw = a_mail(message_id="<besar@x.id>", files=(("surat.pdf", LETTER), *files))
    server.append(raw)
    limit = str(megabytes + 10)
    fetched = alone("fetch", KANAL_MAIL_MAX_MB=limit)
    read = alone("read", KANAL_MAIL_MAX_MB=limit)
    mail = Mail.objects.get(message_id="<besar@x.id>")
    return {
        "big_mb": round(len(raw) / MB, 1),
        "big_state": mail.state,
        "big_fetch_growth_mb": round(fetched.growth, 1),
        "big_read_growth_mb": round(read.growth, 1),
    }


def lost_or_doubled(found: dict[str, object]) -> bool:
    bad = [name for name in found if name.endswith(("_lost", "_doubled", "_unread", "_short"))]
    return any(found[name] for name in bad)


def run(server: Dovecot, asked: argparse.Namespace) -> dict[str, object]:
    box = a_mailbox(server)
    an_office("Kecamatan Tebet")
    found: dict[str, object] = {}
    if asked.kills:
        found |= kills(server, box, asked.kills)
    if asked.same:
        found |= two_at_once(server, box, asked.same)
        found |= same(server, box, asked.same)
    if asked.big:
        found |= big(server, box, asked.big)
    if asked.cut:
        found |= cut(server, box, asked.cut, asked.cuts)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("kills", 40), ("cut", 1000), ("cuts", 100), ("same", 100), ("big", 50)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # so that nothing stays behind
    if reason := dovecot.missing():
        parser.error(reason)
    with own_servers() as server:
        found = run(server, asked)
    sys.stdout.write(json.dumps(found) + "\n")
    return int(lost_or_doubled(found))


if __name__ == "__main__":
    sys.exit(main())
