"""The link that ends one person's mail: signed, so that it can't be guessed or made for another."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import User
from kanal.lib.refusal import Refused

_SALT = "kanal.digests.unsubscribe"
_LONGEST = 120


class LinkBroken(Refused):
    """The address of an unsubscribe link was cut, changed or made up."""

    status = 404


def token_of(user: User) -> str:
    """The same for every mail of this person: an old one still works."""
    return Signer(salt=_SALT).sign(str(user.pk))


def address(user: User) -> str:
    return f"{settings.PUBLIC_URL}{reverse('digests:unsubscribe', args=[token_of(user)])}"


def user_of(token: str) -> User:
    """Raises LinkBroken. It opens nothing else: it only says whose mail is to end."""
    if len(token) > _LONGEST:
        raise _broken()
    try:
        number = int(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        raise _broken() from None
    user = User.objects.filter(pk=number).select_related("government").first()
    if user is None:
        raise _broken()
    return user


def _broken() -> LinkBroken:
    return LinkBroken(
        _("Tautan berhenti langganan ini tidak lengkap atau tidak dikenal."),
        next_step=_(
            "Buka lagi tautan dari surelnya, atau masuk ke Kanal dan berhenti dari halaman "
            "Lembar bulanan."
        ),
    )
