"""From the mail server to a row: bytes on disk, then the row, then the mark on the server.

Cut anywhere, it begins again and does the same: the file is named by its content, the row is
found by its place or its content, and only what has a row is marked. Nothing is ever deleted.
"""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from imap_tools.mailbox import BaseMailBox

from kanal.intake.mail_raw import content_key, head_of, keep_raw
from kanal.intake.mail_tables import Arrival, Mail
from kanal.lib import waking
from kanal.paper import envelope
from kanal.post import imap
from kanal.post.actions import note_problem
from kanal.post.connecting import Unreachable
from kanal.post.models import Mailbox

log = logging.getLogger(__name__)

READ = "intake.read_mail"
KEYWORD = "$KanalFiled"
AT_ONCE = 40  # mails of one round
BYTES_AT_ONCE = 8 << 20
HEADER_BYTES = 256 << 10
_LOCK = 0x6B6D6169  # any number nobody else takes for an advisory lock
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")


@dataclass(frozen=True)
class Waiting:
    """`came_at`: when the server took it in; we may read it days later."""

    uid: int
    size: int
    came_at: datetime


@dataclass(frozen=True)
class Fetched:
    """`is_whole` False: only the header was taken."""

    waiting: Waiting
    raw: bytes
    is_whole: bool


def fetch(box: Mailbox) -> int:
    """Everything that waits on the server; returns how many copies were written down.

    Never raises for the server's sake: what failed stands at the mailbox. 0 at once while
    another reads the same mailbox.
    """
    with alone(box) as ours:
        if not ours:
            return 0
        try:
            with imap.opened(box) as server:
                return fetch_from(server, box)
        except Unreachable as failed:
            log.warning("mailbox %s: %s", box.pk, failed)
            note_problem(box, failed)
            return 0


@contextlib.contextmanager
def alone(box: Mailbox) -> Iterator[bool]:
    """Two readers of one mailbox would only do the same work twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, box.pk])
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, box.pk])


def fetch_from(server: BaseMailBox, box: Mailbox) -> int:
    """Raises what a cut connection raises (imap.CUT); what was written down by then stays."""
    validity, keeps = imap.uidvalidity(server), imap.keeps_keywords(server)
    count = 0
    uids = _unmarked(server, box, validity, keeps=keeps)
    for some in _rounds(_sizes(server, uids)):
        count += _take(server, box, validity, some)
        _mark(server, box, validity, [each.uid for each in some], keeps=keeps)
    Mailbox.objects.filter(pk=box.pk).update(
        read_at=timezone.now(), problem="", problem_detail="", problem_at=None
    )
    return count


def _unmarked(server: BaseMailBox, box: Mailbox, validity: int, *, keeps: bool) -> list[int]:
    r"""Without flags of our own, our rows alone know what was taken: people read mail too,

    so \Seen says nothing.
    """
    if keeps:
        return [int(uid) for uid in server.uids(f"UNKEYWORD {KEYWORD}", charset=None)]
    rows = Arrival.objects.filter(mailbox=box, uidvalidity=validity).exclude(marked_at=None)
    known = set(rows.values_list("uid", flat=True))
    return [uid for uid in map(int, server.uids("ALL", charset=None)) if uid not in known]


def _sizes(server: BaseMailBox, uids: Sequence[int]) -> Iterator[Waiting]:
    for start in range(0, len(uids), 500):
        some = ",".join(map(str, uids[start : start + 500]))
        for line in _answers(server, some, "(UID RFC822.SIZE INTERNALDATE)"):
            told = line[0] if isinstance(line, tuple) else line
            uid, size = _UID.search(told), _SIZE.search(told)
            if uid and size:
                yield Waiting(int(uid[1]), int(size[1]), _came_at(told))


def _came_at(told: bytes) -> datetime:
    now = timezone.now()
    local = imaplib.Internaldate2tuple(told)
    if local is None:
        return now
    return min(now, datetime.fromtimestamp(time.mktime(local), tz=UTC))


def _rounds(waiting: Iterator[Waiting]) -> Iterator[list[Waiting]]:
    """Few enough at a time that memory stays flat; one alone at first and ever more after it, so

    that a line which is cut again and again still brings one further each time.
    """
    some: list[Waiting] = []
    size, most = 0, 1
    for each in waiting:
        if some and (len(some) >= most or size + each.size > BYTES_AT_ONCE):
            yield some
            some, size, most = [], 0, min(2 * most, AT_ONCE)
        some.append(each)
        size += each.size
    if some:
        yield some


def _answers(server: BaseMailBox, uids: str, parts: str) -> list[Any]:
    status, answers = server.client.uid("FETCH", uids, parts)
    if status != "OK":
        raise server.client.abort(f"FETCH: {status}")
    return [line for line in answers if line]


def _take(server: BaseMailBox, box: Mailbox, validity: int, some: Sequence[Waiting]) -> int:
    known = set(
        Arrival.objects.filter(
            mailbox=box, uidvalidity=validity, uid__in=[each.uid for each in some]
        ).values_list("uid", flat=True)
    )
    new = [each for each in some if each.uid not in known]
    whole = {each.uid: each for each in new if each.size <= settings.MAIL_MAX_BYTES}
    large = {each.uid: each for each in new if each.size > settings.MAIL_MAX_BYTES}
    fetched = [
        *_fetched(server, whole, "(UID BODY.PEEK[])", is_whole=True),
        *_fetched(server, large, f"(UID BODY.PEEK[HEADER]<0.{HEADER_BYTES}>)", is_whole=False),
    ]
    return write_down(box, validity, fetched)


def _fetched(
    server: BaseMailBox, asked: dict[int, Waiting], parts: str, *, is_whole: bool
) -> Iterator[Fetched]:
    if not asked:
        return
    for answer in _answers(server, ",".join(map(str, asked)), parts):
        if not isinstance(answer, tuple):
            continue
        uid = _UID.search(answer[0])
        if uid and int(uid[1]) in asked:
            yield Fetched(asked[int(uid[1])], answer[1], is_whole)


def write_down(box: Mailbox, validity: int, fetched: Sequence[Fetched]) -> int:
    """Bytes on disk, then the rows of one round, committed when this returns."""
    if not fetched:
        return 0
    try:
        kept = keep_raw(*(each.raw for each in fetched))
    except OSError as error:
        raise Unreachable("disk", error.strerror or "") from error
    made = [_mail(box, each) for each in fetched]
    now = timezone.now()
    with transaction.atomic():
        Mail.objects.bulk_create(made, ignore_conflicts=True)
        known = dict(
            Mail.objects.filter(
                government_id=box.government_id,
                content_sha256__in=[mail.content_sha256 for mail in made],
            ).values_list("content_sha256", "pk")
        )
        Arrival.objects.bulk_create(
            [
                Arrival(
                    mail_id=known[mail.content_sha256],
                    mailbox=box,
                    uidvalidity=validity,
                    uid=each.waiting.uid,
                    sha256=file.sha256,
                    size=each.waiting.size,
                    kept_as=file.kept_as,
                    is_whole=each.is_whole,
                    at=now,
                )
                for mail, each, file in zip(made, fetched, kept, strict=True)
            ],
            ignore_conflicts=True,
        )
        wake()
    return len(fetched)


def _mail(box: Mailbox, each: Fetched) -> Mail:
    """The row to be, unless the mail is a copy of one that is there."""
    said = envelope.read(head_of(each.raw))
    return Mail(
        government_id=box.government_id,
        mailbox=box,
        content_sha256=content_key(each.raw, size=None if each.is_whole else each.waiting.size),
        message_id=said.message_id,
        in_reply_to=said.in_reply_to,
        sender=said.sender.mail if said.sender else "",
        sender_name=said.sender.name if said.sender else "",
        subject=said.subject,
        written_at=said.date,
        received_at=each.waiting.came_at,
    )


def _mark(
    server: BaseMailBox, box: Mailbox, validity: int, uids: Sequence[int], *, keeps: bool
) -> None:
    """Only what has a row is marked, whatever was asked for."""
    rows = Arrival.objects.filter(mailbox=box, uidvalidity=validity, uid__in=uids)
    found = sorted(rows.values_list("uid", flat=True))
    if not found:
        return
    flags = rf"(\Seen {KEYWORD})" if keeps else r"(\Seen)"
    status, _told = server.client.uid("STORE", ",".join(map(str, found)), "+FLAGS.SILENT", flags)
    if status != "OK":
        raise server.client.abort(f"STORE: {status}")
    rows.filter(marked_at=None).update(marked_at=timezone.now())


def wake() -> None:
    """The readers look once this is committed; the sweep finds what a lost call left behind."""
    for number in range(settings.MAIL_READERS):
        waking.wake(READ, slot=str(number))
