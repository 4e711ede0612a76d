"""From a row of the outbox to the bytes that leave: the same row, the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from django.core.files.storage import default_storage

from kanal.post.models import Outgoing
from kanal.post.routes import Route


class AttachmentGone(Exception):
    """A kept file is missing or is no longer what was attached."""


def written(message: Outgoing, route: Route) -> bytes:
    """Raises AttachmentGone. Header values were made one line when the row was."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(route.name, addr_spec=route.address)
    mail["To"] = Address(addr_spec=message.to)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.made_at)
    mail["Message-ID"] = message.message_id
    if message.in_reply_to:
        mail["In-Reply-To"] = message.in_reply_to
    if message.references:
        mail["References"] = message.references
    if message.is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["Precedence"] = "auto_reply"
    elif message.is_generated:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    for name, media_type, data in _attached(message.attachments):
        main, _, sub = media_type.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub or "octet-stream", filename=name)
    if message.attachments:
        mail.set_boundary(_boundary(message))
    return mail.as_bytes()


def _boundary(message: Outgoing) -> str:
    return "kanal-" + hashlib.sha256(message.message_id.encode()).hexdigest()[:40]


def _attached(attachments: list[dict[str, Any]]) -> Iterator[tuple[str, str, bytes]]:
    for each in attachments:
        try:
            with default_storage.open(each["kept_as"]) as file:
                data = file.read()
        except FileNotFoundError:
            raise AttachmentGone(each["name"]) from None
        if hashlib.sha256(data).hexdigest() != each["sha256"]:
            raise AttachmentGone(each["name"])
        yield each["name"], each["media_type"], data
