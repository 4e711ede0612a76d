"""Whether a machine may answer a mail by itself: never a machine, never itself, never too often."""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from kanal.lib.statements import asked
from kanal.paper.envelope import Mail
from kanal.post.models import DeadAddress, Mailbox, Outgoing, Sender
from kanal.post.outbox import usable
from kanal.post.routes import machines_own

_NOBODY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?|"
    r"listserv|majordomo|owner-.*|.*-(?:request|owner|bounces))(?:\+.*)?@",
    re.IGNORECASE,
)
# Ours: a mailbox we read or the address we send from. Then whether it bounced for good, and how
# often a machine answered it within a day.
_KNOWN = f"""
SELECT EXISTS (SELECT FROM {Mailbox._meta.db_table} WHERE government_id = %(government)s
               AND ended_at IS NULL AND lower("user") = %(address)s)
    OR EXISTS (SELECT FROM {Sender._meta.db_table} WHERE government_id = %(government)s
               AND lower(address) = %(address)s),
    EXISTS (SELECT FROM {DeadAddress._meta.db_table} WHERE government_id = %(government)s
            AND address = %(address)s),
    (SELECT count(*) FROM {Outgoing._meta.db_table} WHERE government_id = %(government)s
     AND is_automatic AND upper("to") = upper(%(address)s) AND made_at >= %(since)s)
"""


def answer_to(mail: Mail) -> str:
    """The address an answer goes to: Reply-To when there is one, else the sender's."""
    asked = mail.reply_to[0].mail if mail.reply_to else (mail.sender.mail if mail.sender else "")
    return usable(asked)


def why_not(mail: Mail, *, government_id: int) -> str:
    """Empty: answer. Else no_address, automatic, nobody, ourselves, dead or too_often."""
    address = answer_to(mail)
    if not address:
        return "no_address"
    if mail.is_automatic:
        return "automatic"
    if _NOBODY.match(address):
        return "nobody"
    is_ours, is_dead, answers = _known(government_id, address)
    if is_ours:
        return "ourselves"
    if is_dead:
        return "dead"
    return "" if answers < getattr(settings, "MAIL_ANSWERS_A_DAY", 5) else "too_often"


def is_ours(government_id: int, address: str) -> bool:
    """An answer would come back to us."""
    return _known(government_id, address)[0]


def _known(government_id: int, address: str) -> tuple[bool, bool, int]:
    since = timezone.now() - timedelta(days=1)
    found = asked(_KNOWN, government=government_id, address=address.lower(), since=since)
    is_ours, is_dead, answers = found[0]
    return is_ours or address.lower() == machines_own()[1].lower(), is_dead, answers
