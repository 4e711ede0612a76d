"""Takes the invented people, letters and accounts away again. What real rows lean on stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from kanal.appointments.models import (
    Appointment,
    Check,
    Decision,
    Letter,
    LetterFile,
    LetterOfficer,
)
from kanal.compliance.actions import rebuild
from kanal.correspondence.models import PaperOfficer
from kanal.directory.models import Government, Headship, Person, Posting, Role, User
from kanal.intake.models import AgendaBook, Mail, MailFile, Receipt
from kanal.journal.actions import SYSTEM, record
from kanal.mandates.models import DeadlineDecision
from kanal.register.models import Account, NilReturn, StateChange
from kanal.sample import reminded, removing_papers, served, sheets


@dataclass(frozen=True)
class Removed:
    papers: int
    mails: int
    letters: int
    accounts: int
    people: int
    users: int
    kept: int


def remove(*, government: Government, today: date) -> Removed:
    """In one transaction. The journal keeps its rows: it tells what was shown, sample or not."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('kanal.removing_sample', 'on', true)")
        sheets.sheets(government)
        served.circulars(government)
        reminded.reminders(government)
        mails = removing_papers.mails(government)
        removing_papers.readings(government)
        papers = removing_papers.papers(government)
        letters = _letters(government)
        accounts = _accounts(government)
        sample_users = User.objects.filter(government=government, is_sample=True)
        sample_users.filter(person__is_sample=True).update(person=None)
        people, kept = _people(government)
        users = _users(government)
        Government.objects.filter(pk=government.pk).update(is_sample=False)
        rebuild(government=government, today=today)
        removed = Removed(papers, mails, letters, accounts, people, users, kept)
        record(
            verb="remove-sample",
            by=SYSTEM,
            government=government.pk,
            subject="sample",
            after=vars(removed),
        )
    return removed


def _letters(government: Government) -> int:
    mine = Letter.objects.filter(government=government, is_sample=True)
    later = Q(begun__ended_by__is_sample=False) | Q(corrections__is_sample=False)
    named = Q(papers_correcting__isnull=False) | Q(receipts__paper__isnull=False)
    going = list(mine.exclude(later | named).values_list("pk", flat=True))
    MailFile.objects.filter(letter__in=going).update(letter=None)
    Receipt.objects.filter(letter__in=going).delete()
    Appointment.objects.filter(letter__in=going).delete()
    for part in (Check, Decision, LetterFile):
        part.objects.filter(letter__in=going)._raw_delete(using="default")
    LetterOfficer.accounts.through.objects.filter(letterofficer__letter__in=going).delete()
    LetterOfficer.objects.filter(letter__in=going)._raw_delete(using="default")
    count = Letter.objects.filter(pk__in=going)._raw_delete(using="default")
    _empty_agenda(government)
    return count


def _empty_agenda(government: Government) -> None:
    """A year in which nothing real was received begins with its first number again."""
    receipts = Receipt.objects.filter(government=government).values("agenda_year")
    mails = Mail.objects.filter(government=government, agenda_year__isnull=False)
    books = AgendaBook.objects.filter(government=government).exclude(year__in=receipts)
    books.exclude(year__in=mails.values("agenda_year")).delete()


def _accounts(government: Government) -> int:
    NilReturn.objects.filter(government=government, is_sample=True).delete()
    in_papers = removing_papers.staying(government).filter(accounts__isnull=False)
    sample = Account.objects.filter(government=government, is_sample=True)
    going = _free(
        sample.exclude(pk__in=in_papers.values("accounts")),
        appointments__isnull=True,
        named_in__isnull=True,
        reports__isnull=True,
    )
    StateChange.objects.filter(account__in=going).delete()
    return Account.objects.filter(pk__in=going).delete()[0]


def _people(government: Government) -> tuple[int, int]:
    sample = Person.objects.filter(government=government, is_sample=True)
    lines = PaperOfficer.objects.filter(paper__government=government)
    going = _free(
        sample.exclude(pk__in=lines.exclude(person=None).values("person")).exclude(
            pk__in=lines.exclude(replaces=None).values("replaces")
        ),
        named_in__isnull=True,
        replaced_in__isnull=True,
        appointments__isnull=True,
        users__isnull=True,
    )
    Posting.objects.filter(person__in=going).delete()
    Headship.objects.filter(person__in=going).delete()
    count = Person.objects.filter(pk__in=going).delete()[0]
    return count, sample.count()


def _free(rows: QuerySet[Account] | QuerySet[Person], **unused: bool) -> list[int]:
    """The keys of the rows that nothing else leans on."""
    return list(rows.filter(**unused).values_list("pk", flat=True))


def _users(government: Government) -> int:
    """Sample users are switched off and keep their row: the journal and letters name them."""
    DeadlineDecision.objects.filter(
        mandate__government=government, recorded_by__is_sample=True
    ).delete()
    sample = User.objects.filter(government=government, is_sample=True, is_active=True)
    Role.objects.filter(user__in=sample).delete()
    return sample.update(is_active=False)
