"""Whether a machine may answer a mail by itself: never a machine, never itself, never too often."""

from __future__ import annotations

import re

from kanal.paper.envelope import Mail
from kanal.post.models import Mailbox, Sender
from kanal.post.outbox import is_dead, may_answer_again, usable
from kanal.post.routes import machines_own

_NOBODY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?|"
    r"listserv|majordomo|owner-.*|.*-(?:request|owner|bounces))(?:\+.*)?@",
    re.IGNORECASE,
)


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
    if is_ours(government_id, address):
        return "ourselves"
    if is_dead(government_id, address):
        return "dead"
    return "" if may_answer_again(government_id, address) else "too_often"


def is_ours(government_id: int, address: str) -> bool:
    """A mailbox we read or the address we send from: an answer would come back to us."""
    boxes = Mailbox.objects.in_use().filter(government_id=government_id).order_by()
    senders = Sender.objects.filter(government_id=government_id).order_by()
    ours = {machines_own()[1].lower()}
    for each in boxes.values_list("user").union(senders.values_list("address")):
        ours.add(each[0].lower())
    return address.lower() in ours
