"""A mail that was kept becomes something a person can work with: files, proposals, an answer.

Rows say what is to be done; a reader holds one mail under a lease and says everything it found in
one transaction. Killed in between, the next one begins that mail anew.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kanal.intake import mail_answers, mail_files, mail_units
from kanal.intake.agenda import next_number
from kanal.intake.mail_raw import open_raw
from kanal.intake.mail_tables import Arrival, Mail, MailFile, MailState
from kanal.journal.actions import SYSTEM, record
from kanal.lib.dates import local_day
from kanal.paper import envelope
from kanal.paper.verdicts import Verdict
from kanal.post import answering, bounces
from kanal.post.authenticity import FAILED, Ask, Result, ask_dns, check

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # scans take their time
MOST_TRIES = 3
FILED_BY = "Kanal"


def drain(*, most: int = 200, ask: Ask = ask_dns) -> int:
    """Reads what arrived; returns how many mails. Safe beside another reader."""
    done = 0
    while done < most and (mail := claim(timezone.now())):
        read(mail, ask=ask)
        done += 1
    return done


def claim(now: datetime) -> Mail | None:
    """The mail that has waited longest and nobody holds."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    with transaction.atomic():
        mail = (
            Mail.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("government", "mailbox")
            .filter(free, state=MailState.ARRIVED)
            .order_by("received_at", "pk")
            .first()
        )
        if mail is None:
            return None
        mail.leased_until = now + LEASE
        mail.fence += 1
        mail.save(update_fields=["leased_until", "fence"])
    return mail


def read(mail: Mail, *, ask: Ask = ask_dns) -> None:
    """Never raises for what is in the mail: what can't be read is held as it is."""
    if mail.fence > MOST_TRIES:
        _hold(mail, "reading_failed")
        return
    arrival = mail.arrivals.order_by("-is_whole", "pk").first()
    if arrival is None:
        _hold(mail, "reading_failed")
        return
    raw = open_raw(arrival.kept_as)
    told = envelope.read(raw)
    proof = check(raw, authserv_id=mail.mailbox.authserv_id, ask=ask)
    problems = list(told.problems)
    found = mail_files.files_in(told, problems) if arrival.is_whole else []
    day = local_day(timezone.now(), mail.government.timezone)
    files = mail_files.examined(mail, found, today=day)
    _tell(mail, arrival, told, proof, problems, files)


def _hold(mail: Mail, reason: str) -> None:
    Mail.objects.filter(pk=mail.pk, fence=mail.fence, state=MailState.ARRIVED).update(
        state=MailState.HELD, reasons=[reason], leased_until=None
    )


def _tell(
    mail: Mail,
    arrival: Arrival,
    told: envelope.Mail,
    proof: Result,
    problems: list[str],
    files: Sequence[MailFile],
) -> None:
    """Everything that was found, or nothing when another reader took the mail over."""
    with transaction.atomic():
        held = Mail.objects.select_for_update().filter(
            pk=mail.pk, fence=mail.fence, state=MailState.ARRIVED
        )
        if not held.exists():
            return
        MailFile.objects.bulk_create(files)
        mail.body, mail.has_html = told.body_text[:200_000], told.has_html
        mail.answer_address = answering.answer_to(told)
        mail.proof, mail.proofs = proof.verdict, proof.as_json()
        mail.reasons = [*problems, *_oddities(mail)]
        _place(mail, arrival, told, files)
        mail.leased_until = None
        mail.save()


def _oddities(mail: Mail) -> list[str]:
    found = [] if mail.message_id else ["no_message_id"]
    twins = Mail.objects.filter(government_id=mail.government_id, message_id=mail.message_id)
    if mail.message_id and twins.exclude(pk=mail.pk).exists():
        found.append("same_id_other_content")
    if mail.arrivals.count() > 1:
        found.append("came_again")
    if mail.proofs.get("verdict") == FAILED:
        found.append("sender_failed")
    return found


def _place(mail: Mail, arrival: Arrival, told: envelope.Mail, files: Sequence[MailFile]) -> None:
    """Where it goes, and what its sender is told."""
    usable = [file for file in files if file.kept_as and "decoration" not in file.reasons]
    if not arrival.is_whole:
        mail.state = MailState.REFUSED
        mail.reasons.append("mail_too_large")
        mail.unanswered = mail_answers.answer_received(mail, told, files)
    elif bounces.is_bounce(told) and (bounce := bounces.read_bounce(told)):
        bounces.take(bounce, government_id=mail.government_id, at=timezone.now())
        mail.state, mail.unanswered = MailState.AUTOMATIC, "automatic"
        mail.reasons.append("bounce")
    elif told.is_automatic and not usable:
        mail.state, mail.unanswered = MailState.AUTOMATIC, "automatic"
        mail.reasons.append("automatic")
    else:
        _propose(mail, told, files, usable)


def _propose(
    mail: Mail, told: envelope.Mail, files: Sequence[MailFile], usable: Sequence[MailFile]
) -> None:
    agencies = mail_units.agencies_in(files)
    mail.proposals = mail_units.proposals_for(mail, told, files)
    unit, why_not = mail_units.sure_unit(mail.proposals, agencies)
    letters = sum(len(file.document.get("letters", [])) for file in files)
    if not usable:
        refused = any(file.verdict == Verdict.REJECT for file in files)
        why_not = "files_refused" if refused else "no_attachment"
    elif not letters:
        why_not = why_not or "no_letter"
        mail.reasons.append("no_letter")
    if letters > 1 and len({file.sha256 for file in files if file.holds_a_letter}) > 1:
        mail.reasons.append("several_letters")
    if why_not or unit is None:
        mail.state = MailState.HELD
        mail.reasons = list(dict.fromkeys([*mail.reasons, why_not or "no_unit_named"]))
    else:
        mail.state, mail.unit_id = MailState.FILED, unit
        mail.filed_at, mail.filed_by_name = timezone.now(), FILED_BY
    _answer(mail, told, files, is_letter=bool(letters), is_known=bool(mail.proposals))


def _answer(
    mail: Mail,
    told: envelope.Mail,
    files: Sequence[MailFile],
    *,
    is_letter: bool,
    is_known: bool,
) -> None:
    """A letter gets its number and its answer at once; a stranger's other mail waits for a person."""
    if is_letter:
        give_agenda(mail)
    if is_letter or is_known:
        mail.unanswered = mail_answers.answer_received(mail, told, files)
    else:
        mail.unanswered = "stranger"


def give_agenda(mail: Mail) -> None:
    """In the caller's transaction; the mail is saved by the caller. Journalled as received."""
    if mail.agenda_number:
        return
    year = local_day(timezone.now(), mail.government.timezone).year
    mail.agenda_number = next_number(mail.government_id, year)
    mail.agenda_year = year
    record(
        verb="receive-mail",
        by=SYSTEM,
        government=mail.government_id,
        unit=mail.unit.code if mail.unit else "",
        subject=f"mail:{mail.pk}",
        after={"agenda": mail.agenda, "sender": mail.sender, "subject": mail.subject[:200]},
    )
