"""What the sample's people wrote, numbered, had read and got by mail; not what anybody real did."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from kanal.correspondence.models import Paper, PaperFile, PaperOfficer
from kanal.directory.models import Government, User
from kanal.intake.models import Arrival, Mail, MailFile, SenderAddress
from kanal.journal.models import Entry
from kanal.post.models import Attempt, Mailbox, Outgoing
from kanal.readings.models import Reading
from kanal.stationery.models import Letterhead, NumberBook, NumberEntry, PaperTemplate, Root


def papers(government: Government) -> int:
    """A paper that became a real letter stays, with its number and its files."""
    going = _going(government)
    files = PaperFile.objects.filter(paper__in=going)
    _forget_files(files.values_list("kept_as", flat=True))
    files.delete()
    PaperOfficer.objects.filter(paper__in=going).delete()
    Paper.accounts.through.objects.filter(paper__in=going).delete()
    Paper.objects.filter(pk__in=going).delete()
    _stationery(government)
    return len(going)


def staying(government: Government) -> QuerySet[Paper]:
    """Papers that stay: the letters, people and accounts they name stay with them."""
    return Paper.objects.filter(government=government).exclude(pk__in=_going(government))


def _going(government: Government) -> list[int]:
    mine = Paper.objects.filter(government=government, is_sample=True)
    going = mine.filter(Q(letter=None) | Q(letter__is_sample=True))
    return list(going.values_list("pk", flat=True))


def _stationery(government: Government) -> None:
    entries = NumberEntry.objects.filter(
        book__government=government, by__is_sample=True, paper=None
    )
    books = set(entries.values_list("book", flat=True))
    entries.delete()
    emptied = NumberBook.objects.filter(pk__in=books, entries=None)
    emptied.exclude(pk__in=_touched(government, "number-book")).delete()
    heads = Letterhead.objects.filter(
        government=government, pk__in=_only_shown(government, "letterhead")
    )
    _forget_files(heads.exclude(logo="").values_list("logo", flat=True))
    heads.delete()
    used = Paper.objects.filter(government=government).exclude(template=None).values("template")
    own = PaperTemplate.objects.filter(government=government, added_by__is_sample=True)
    own.exclude(pk__in=used).delete()
    # Nobody real ever said that these are to be trusted.
    Root.objects.filter(government=government, added_by__is_sample=True).delete()


def readings(government: Government) -> int:
    going = Reading.objects.filter(government=government, asked_by__is_sample=True)
    for kept_as, crops in going.values_list("kept_as", "crops"):
        _forget_files([kept_as, *crops.values()])
    return going.delete()[0]


def mails(government: Government) -> int:
    """Of mailboxes that only the sample's people set up; not what somebody real dealt with.

    The bytes stay where they are: mails that stay may share a file with one that goes.
    """
    boxes = _only_shown(government, "mailbox")
    going = Mail.objects.filter(government=government, mailbox__in=boxes)
    going = going.exclude(pk__in=_touched(government, "mail"))
    going = going.exclude(files__letter__is_sample=False)
    rows = dict(going.values_list("pk", "message_id"))
    senders = {address.lower() for address in going.values_list("sender", flat=True)}
    _outgoing(government, rows)
    MailFile.objects.filter(mail__in=rows).delete()
    Arrival.objects.filter(mail__in=rows).delete()
    Mail.objects.filter(pk__in=rows).delete()
    left = Mail.objects.filter(government=government).values_list("sender", flat=True)
    learnt = senders - {address.lower() for address in left.distinct()}
    SenderAddress.objects.filter(government=government, address__in=learnt).delete()
    used = Mail.objects.filter(mailbox__in=boxes).values("mailbox")
    copies = Arrival.objects.filter(mailbox__in=boxes).values("mailbox")
    unused = Mailbox.objects.filter(government=government, pk__in=boxes)
    unused.exclude(pk__in=used).exclude(pk__in=copies).delete()
    return len(rows)


def _outgoing(government: Government, mails: dict[int, str]) -> None:
    """The answers to these mails."""
    answers = Outgoing.objects.filter(government=government).filter(
        Q(key__in=[f"received:{pk}" for pk in mails])
        | Q(in_reply_to__in=[message_id for message_id in mails.values() if message_id])
    )
    Attempt.objects.filter(message__in=answers).delete()
    answers.delete()


def _only_shown(government: Government, thing: str) -> set[int]:
    """Those that the journal knows from sample users and from nobody else."""
    shown, real = _by_whom(government, thing)
    return shown - real


def _touched(government: Government, thing: str) -> set[int]:
    return _by_whom(government, thing)[1]


def _by_whom(government: Government, thing: str) -> tuple[set[int], set[int]]:
    """The numbers of such things that sample users, and that real ones, did something to."""
    sample = set(User.objects.filter(is_sample=True).values_list("pk", flat=True))
    shown: set[int] = set()
    real: set[int] = set()
    told = Entry.objects.of(government.pk).filter(subject__startswith=f"{thing}:")
    for subject, actor in told.exclude(actor_id=None).values_list("subject", "actor_id"):
        (shown if actor in sample else real).add(int(subject.partition(":")[2]))
    return shown, real


def _forget_files(paths: Iterable[str]) -> None:
    """Once it is certain that their rows are gone."""
    for path in list(paths):
        if path:
            transaction.on_commit(partial(default_storage.delete, path))
