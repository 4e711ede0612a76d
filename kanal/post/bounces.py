"""Messages that came back: which of ours, to whom, for good or for a while.

Believed only when what came back names a Message-ID of ours, which nobody can guess who did not
get our message. The address marked is the one we sent to, not what the bounce says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kanal.paper.envelope import Mail
from kanal.post.models import Outgoing, State
from kanal.post.sending import bury

_OURS = re.compile(r"<kanal\.[a-z0-9]{28}@[^<>\s]{1,253}>", re.IGNORECASE)
_FIELD = re.compile(r"(?im)^(action|status|diagnostic-code)[ \t]*:[ \t]*(.*(?:\r?\n[ \t]+.*)*)")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SMTP_CODE = re.compile(r"(?:^|[\s(\[#:])([45]\d\d)[\s-]+(?=[#A-Za-z0-9])")
_FROM = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|microsoftexchange[0-9a-f]*)@", re.IGNORECASE
)
_MOST = 200_000  # characters looked at


@dataclass(frozen=True)
class Bounce:
    """`is_permanent` None: it came back, but nothing says whether for good."""

    ours: tuple[str, ...]
    is_permanent: bool | None
    status: str
    detail: str


def is_bounce(mail: Mail) -> bool:
    """A server speaks: a delivery report, or a letter from the mail system itself."""
    if any(part.media_type == "message/delivery-status" for part in mail.attachments):
        return True
    sender = mail.sender.mail if mail.sender else ""
    return bool(_FROM.match(sender)) or mail.return_path == ""


def read_bounce(mail: Mail) -> Bounce | None:
    """None when it names no message of ours."""
    told = _texts(mail)
    ours = tuple(dict.fromkeys(_OURS.findall("\n".join(told))))
    if not ours:
        return None
    report = "\n".join(
        _plain(part.data)
        for part in mail.attachments
        if part.media_type == "message/delivery-status"
    )
    fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(report)}
    action = fields.get("action", "").lower()
    status = _first_status(fields.get("status", "")) or _first_status(mail.body_text)
    detail = fields.get("diagnostic-code") or _telling_line(mail.body_text)
    return Bounce(ours, _permanent(action, status, detail), status, detail[:300])


def _texts(mail: Mail) -> list[str]:
    """Wherever the message that came back may be quoted."""
    parts = [_plain(part.data) for part in mail.attachments[:20]]
    return [mail.in_reply_to, *mail.references, *parts, mail.body_text[:_MOST], mail.html[:_MOST]]


def _plain(data: bytes) -> str:
    return data[:_MOST].decode("utf-8", "replace")


def _first_status(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""


def _telling_line(text: str) -> str:
    for line in text.splitlines():
        if _STATUS.search(line) or _SMTP_CODE.search(line):
            return " ".join(line.split())
    return ""


def _permanent(action: str, status: str, detail: str) -> bool | None:
    """A delayed message is still on its way; a bare code decides when there is no report."""
    if action in ("delayed", "delivered", "relayed", "expanded"):
        return False
    if status:
        return status.startswith("5")
    code = _SMTP_CODE.search(detail)
    if code:
        return code[1].startswith("5")
    return True if action == "failed" else None


# A full box (5.2.2), a refused text (5.7.x) or a large one (5.3.4) says nothing of the address.
_NOBODY = re.compile(r"5\.1\.\d+|5\.2\.1|5\.4\.[14]")


def take(bounce: Bounce, *, government_id: int, at: datetime) -> list[Outgoing]:
    """Marks what came back; returns the messages it was about. Safe to run twice."""
    with transaction.atomic():
        found = list(
            Outgoing.objects.select_for_update().filter(
                government_id=government_id, message_id__in=bounce.ours
            )
        )
        if not bounce.is_permanent:
            return found
        for message in found:
            Outgoing.objects.filter(pk=message.pk, state=State.SENT).update(
                state=State.BOUNCED, problem="permanent", problem_detail=bounce.detail
            )
            if not bounce.status or _NOBODY.fullmatch(bounce.status):
                bury(
                    government_id,
                    message.to,
                    status=bounce.status,
                    detail=bounce.detail,
                    at=at,
                )
    return found
