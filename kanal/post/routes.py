"""By which server a government's messages leave, and from which address."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from kanal.lib.statements import asked
from kanal.post.models import Security, Sender

_OWN = f"SELECT address FROM {Sender._meta.db_table} WHERE government_id = %(government)s"


@dataclass(frozen=True)
class Route:
    host: str
    port: int
    security: str
    user: str
    secret: str
    address: str
    name: str


def route_of(government_id: int) -> Route | None:
    """The government's own, else the machine's; None: messages wait. Raises SealBroken."""
    own = Sender.objects.filter(government_id=government_id).first()
    if own is not None:
        return Route(
            own.host,
            own.port,
            own.security,
            own.user,
            own.opened_secret,
            own.address,
            own.name,
        )
    if not settings.EMAIL_HOST:
        return None
    return Route(
        settings.EMAIL_HOST,
        settings.EMAIL_PORT,
        Security.STARTTLS if settings.EMAIL_USE_TLS else Security.NONE,
        settings.EMAIL_HOST_USER,
        settings.EMAIL_HOST_PASSWORD,
        machines_own()[1],
        machines_own()[0],
    )


def has_route(government_id: int) -> bool:
    own = Sender.objects.filter(government_id=government_id).exists()
    return own or bool(settings.EMAIL_HOST)


def from_address(government_id: int) -> str:
    own = asked(_OWN, government=government_id)
    return own[0][0] if own else machines_own()[1]


def machines_own() -> tuple[str, str]:
    """Name and address of KANAL_MAIL_FROM."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)
