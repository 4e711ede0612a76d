"""A mail that was kept becomes something a person can work with: files, proposals, an answer.

Rows say what is to be done; a reader holds one mail under a lease and says everything it found in
one transaction. Killed in between, the next one begins that mail anew.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kanal.directory.models import Unit
from kanal.intake import mail_answers, mail_files, mail_units
from kanal.intake.agenda import next_number
from kanal.intake.mail_raw import open_raw
from kanal.intake.mail_tables import Arrival, Mail, MailFile, MailState
from kanal.journal.actions import SYSTEM, record
from kanal.lib.dates import local_day
from kanal.lib.statements import asked
from kanal.paper import envelope
from kanal.paper.verdicts import Verdict
from kanal.post import answering, bounces
from kanal.post.authenticity import FAILED, Ask, Result, ask_dns, check, patient
from kanal.post.models import Mailbox
from kanal.stationery.roots import roots_of

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # scans take their time
MOST_TRIES = 3
FILED_BY = "Kanal"


_CLAIM = f"""
UPDATE {Mail._meta.db_table} SET leased_until = %(until)s, fence = fence + 1
WHERE id = (
    SELECT id FROM {Mail._meta.db_table}
    WHERE state = 'arrived' AND (leased_until IS NULL OR leased_until <= %(now)s)
    ORDER BY received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING *
"""
_COPIES = f"""
SELECT kept_as, is_whole FROM {Arrival._meta.db_table} WHERE mail_id = %(mail)s
ORDER BY is_whole DESC, id LIMIT 2
"""
_IS_HELD = f"""
SELECT FROM {Mail._meta.db_table} WHERE id = %(mail)s AND fence = %(fence)s AND state = 'arrived'
FOR UPDATE
"""
_TWIN = f"""
SELECT FROM {Mail._meta.db_table} WHERE government_id = %(government)s
    AND message_id = %(message_id)s AND id <> %(mail)s LIMIT 1
"""
_UNIT = f"SELECT id, code, name FROM {Unit._meta.db_table} WHERE id = %(unit)s"
_FOUND_OUT = (
    "body",
    "has_html",
    "answer_address",
    "proof",
    "proofs",
    "reasons",
    "proposals",
    "state",
    "unit",
    "filed_at",
    "filed_by_name",
    "agenda_year",
    "agenda_number",
    "unanswered",
    "leased_until",
)


def drain(*, most: int = 200, seconds: float = 60, ask: Ask = ask_dns) -> int:
    """Reads what arrived; returns how many mails. Safe beside other readers.

    No new mail is begun after `seconds`.
    """
    desk, until, done = _Desk(ask), time.monotonic() + seconds, 0
    while done < most and time.monotonic() < until and (mail := claim(timezone.now())):
        read(mail, desk)
        done += 1
    return done


def is_left(now: datetime) -> bool:
    """Whether a mail waits that nobody holds."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return Mail.objects.filter(free, state=MailState.ARRIVED).exists()


def claim(now: datetime) -> Mail | None:
    """The mail that has waited longest and nobody holds: in one statement, committed with it."""
    found = Mail.objects.raw(_CLAIM, {"until": now + LEASE, "now": now})
    return next(iter(found), None)


class _Desk:
    """One reader at work for some seconds: what hardly changes is asked once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._answers: dict[str, str | None] = {}
        self._boxes: dict[int, Mailbox] = {}
        self._roots: dict[int, list[bytes]] = {}

    def ask(self) -> Ask:
        """For one mail."""
        return patient(self._ask, known=self._answers)

    def box_of(self, mail: Mail) -> Mailbox:
        if mail.mailbox_id not in self._boxes:
            found = Mailbox.objects.select_related("government").get(pk=mail.mailbox_id)
            self._boxes[mail.mailbox_id] = found
        return self._boxes[mail.mailbox_id]

    def roots_for(self, mail: Mail) -> list[bytes]:
        if mail.government_id not in self._roots:
            self._roots[mail.government_id] = roots_of(mail.government_id)
        return self._roots[mail.government_id]


@dataclass(frozen=True)
class _Seen:
    """What one reading found out. `is_whole`: the mail was not too large to be taken."""

    told: envelope.Mail
    proof: Result
    problems: list[str]
    files: list[MailFile]
    is_whole: bool
    came_again: bool

    @property
    def usable(self) -> list[MailFile]:
        return [file for file in self.files if file.kept_as and "decoration" not in file.reasons]


def read(mail: Mail, desk: _Desk) -> None:
    """Never raises for what is in the mail: what can't be read is held as it is."""
    copies = asked(_COPIES, mail=mail.pk)
    if mail.fence > MOST_TRIES or not copies:
        _hold(mail, "reading_failed")
        return
    kept_as, is_whole = copies[0]
    mail.mailbox = desk.box_of(mail)
    mail.government = mail.mailbox.government
    raw = open_raw(kept_as)
    told = envelope.read(raw)
    problems, found = [], []
    if is_whole:
        problems = list(told.problems)
        found = mail_files.files_in(told, problems)
    day = local_day(timezone.now(), mail.government.timezone)
    seen = _Seen(
        told=told,
        proof=check(raw, authserv_id=mail.mailbox.authserv_id, ask=desk.ask()),
        problems=problems,
        files=mail_files.examined(mail, found, today=day, roots=desk.roots_for(mail)),
        is_whole=is_whole,
        came_again=len(copies) > 1,
    )
    _tell(mail, seen)


def _hold(mail: Mail, reason: str) -> None:
    Mail.objects.filter(pk=mail.pk, fence=mail.fence, state=MailState.ARRIVED).update(
        state=MailState.HELD, reasons=[reason], leased_until=None
    )


def _tell(mail: Mail, seen: _Seen) -> None:
    """Everything that was found, or nothing when another reader took the mail over."""
    with transaction.atomic():
        if not asked(_IS_HELD, mail=mail.pk, fence=mail.fence):
            return
        MailFile.objects.bulk_create(seen.files)
        mail.body, mail.has_html = seen.told.body_text[:200_000], seen.told.has_html
        mail.answer_address = answering.answer_to(seen.told)
        mail.proof, mail.proofs = seen.proof.verdict, seen.proof.as_json()
        mail.reasons = [*seen.problems, *_oddities(mail, came_again=seen.came_again)]
        _place(mail, seen)
        mail.leased_until = None
        mail.save(update_fields=_FOUND_OUT)


def _oddities(mail: Mail, *, came_again: bool) -> list[str]:
    found = [] if mail.message_id else ["no_message_id"]
    given = {"government": mail.government_id, "message_id": mail.message_id, "mail": mail.pk}
    if mail.message_id and asked(_TWIN, **given):
        found.append("same_id_other_content")
    if came_again:
        found.append("came_again")
    if mail.proofs.get("verdict") == FAILED:
        found.append("sender_failed")
    return found


def _place(mail: Mail, seen: _Seen) -> None:
    """Where it goes, and what its sender is told."""
    told = seen.told
    if not seen.is_whole:
        mail.state = MailState.REFUSED
        mail.reasons.append("mail_too_large")
        mail.unanswered = mail_answers.answer_received(mail, told, seen.files)
    elif bounces.is_bounce(told) and (bounce := bounces.read_bounce(told)):
        bounces.take(bounce, government_id=mail.government_id, at=timezone.now())
        mail.state, mail.unanswered = MailState.AUTOMATIC, "automatic"
        mail.reasons.append("bounce")
    elif told.is_automatic and not seen.usable:
        mail.state, mail.unanswered = MailState.AUTOMATIC, "automatic"
        mail.reasons.append("automatic")
    else:
        _propose(mail, seen)


def _propose(mail: Mail, seen: _Seen) -> None:
    files = seen.files
    agencies = mail_units.agencies_in(files)
    mail.proposals = mail_units.proposals_for(mail, seen.told, files)
    unit, why_not = mail_units.sure_unit(mail.proposals, agencies)
    letters = sum(len(file.document.get("letters", [])) for file in files)
    if not seen.usable:
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
        mail.state = MailState.FILED
        mail.unit = Unit.objects.raw(_UNIT, {"unit": unit})[0]
        mail.filed_at, mail.filed_by_name = timezone.now(), FILED_BY
    _answer(mail, seen, is_letter=bool(letters))


def _answer(mail: Mail, seen: _Seen, *, is_letter: bool) -> None:
    """A letter gets its number and its answer at once; a stranger's other mail waits for a person."""
    if is_letter:
        give_agenda(mail)
    if is_letter or mail.proposals:
        mail.unanswered = mail_answers.answer_received(mail, seen.told, seen.files)
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
