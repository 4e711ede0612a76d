"""What a clerk does with a mail: file it under an office, put it elsewhere, close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.appointments.models import Letter
from kanal.directory.models import Unit, User
from kanal.directory.permissions import require, require_own
from kanal.intake import mail_answers
from kanal.intake.mail_reading import give_agenda
from kanal.intake.mail_tables import Mail, MailFile, MailState, SenderAddress
from kanal.intake.permissions import RECEIVE
from kanal.journal.actions import record
from kanal.lib.dates import local_day
from kanal.lib.files import open_kept
from kanal.lib.refusal import Refused
from kanal.paper import envelope


class NotWaiting(Refused):
    """The mail was entered or closed meanwhile."""


def file(*, mail: Mail, unit: Unit, by: User) -> None:
    """Under an office; its sender's next mail is proposed there. The sender is told once."""
    require(by=by, permission=RECEIVE, unit=unit)
    require_own(by=by, government_id=mail.government_id)
    with transaction.atomic():
        mail = _locked(mail, MailState.HELD, MailState.FILED, MailState.CLOSED)
        before = mail.unit.code if mail.unit else None
        mail.state, mail.unit = MailState.FILED, unit
        mail.filed_at, mail.filed_by_name = timezone.now(), by.name
        files = list(mail.files.all())
        if any(each.kept_as for each in files):
            give_agenda(mail)
        mail.unanswered = _answer(mail, files)
        mail.save()
        _remember(mail, unit, by)
        _record("file-mail", mail, by, before={"unit": before} if before else None)


def close(*, mail: Mail, reason: str, by: User) -> None:
    """No letter, nothing to do; it stays where it is and can be filed after all."""
    require(by=by, permission=RECEIVE)
    require_own(by=by, government_id=mail.government_id)
    with transaction.atomic():
        mail = _locked(mail, MailState.HELD, MailState.FILED)
        mail.state, mail.note, mail.unit = MailState.CLOSED, reason[:300], None
        mail.save(update_fields=["state", "note", "unit"])
        _record("close-mail", mail, by, note=reason)


def origin_of(letter: Letter, digests: Iterable[str]) -> Mail | None:
    """The mail that brought one of these files and waits to be entered at this office."""
    rows = Mail.objects.filter(
        government_id=letter.government_id,
        files__sha256__in=list(digests),
        files__letter=None,
        state__in=[MailState.HELD, MailState.FILED],
    ).exclude(Q(unit__isnull=False) & ~Q(unit=letter.unit_id))
    return rows.select_related("government").order_by("received_at", "pk").first()


def day_of(mail: Mail, letter: Letter, today: date) -> date:
    """When the softcopy came in; a letter dated later can't have come by then."""
    came = local_day(mail.received_at, mail.government.timezone)
    return came if came >= letter.dated else today


def agenda_for(mail: Mail) -> tuple[int, int] | None:
    """The mail's own number, once; the second letter of a mail takes the next."""
    if mail.agenda_year is None or mail.agenda_number is None:
        return None
    if mail.files.filter(letter__isnull=False).exists():
        return None
    return mail.agenda_year, mail.agenda_number


def entered(*, mail: Mail, letter: Letter, digests: Iterable[str], by: User) -> None:
    """A letter was made of this mail. Called inside the transaction that submits the letter.

    The mail is done when no file with a letter in it is left.
    """
    mail = _locked(mail, MailState.HELD, MailState.FILED, MailState.ENTERED)
    free = mail.files.filter(letter=None)
    if not free.filter(sha256__in=list(digests)).update(letter=letter):
        first = free.exclude(kept_as="").order_by("place").first() or free.first()
        if first is not None:
            MailFile.objects.filter(pk=first.pk).update(letter=letter)
    left = [file for file in mail.files.filter(letter=None) if file.holds_a_letter]
    left = [file for file in left if "same_file_as" not in " ".join(file.reasons)]
    mail.state = MailState.FILED if left else MailState.ENTERED
    mail.unit_id = mail.unit_id or letter.unit_id
    mail.filed_at = mail.filed_at or timezone.now()
    mail.filed_by_name = mail.filed_by_name or by.name
    mail.save(update_fields=["state", "unit", "filed_at", "filed_by_name"])
    _remember(mail, letter.unit, by)


def _locked(mail: Mail, *states: MailState) -> Mail:
    rows = Mail.objects.select_for_update(of=("self",)).select_related("government", "unit")
    mail = rows.get(pk=mail.pk)
    if mail.state not in states:
        raise NotWaiting(
            _("Surel ini sudah ditangani: %(state)s.") % {"state": mail.get_state_display()},
            next_step=_("Muat ulang halaman."),
        )
    return mail


def _answer(mail: Mail, files: list[MailFile]) -> str:
    """Once a mail: filing it elsewhere tells nobody anything new."""
    arrival = mail.arrivals.order_by("-is_whole", "pk").first()
    if arrival is None:
        return mail.unanswered
    with open_kept(arrival.kept_as) as raw:
        told = envelope.read(raw.read())
    return mail_answers.answer_received(mail, told, files)


def _remember(mail: Mail, unit: Unit, by: User) -> None:
    """A doubtful sender teaches nothing."""
    if not mail.sender or mail.proof == "failed":
        return
    SenderAddress.objects.update_or_create(
        government_id=mail.government_id,
        address=mail.sender.lower(),
        unit=unit,
        defaults={"last_at": timezone.now(), "by_name": by.name},
    )


def _record(
    verb: str,
    mail: Mail,
    by: User,
    before: dict[str, str] | None = None,
    note: str = "",
) -> None:
    record(
        verb=verb,
        by=by,
        government=mail.government_id,
        unit=mail.unit.code if mail.unit else "",
        subject=f"mail:{mail.pk}",
        before=before,
        after={"sender": mail.sender, "subject": mail.subject[:200], "agenda": mail.agenda},
        note=note,
    )
