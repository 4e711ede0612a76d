"""Passwords and keys of other systems, sealed: a backup of the database alone opens nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kanal.lib.refusal import Refused


class SealBroken(Refused):
    """Sealed under another secret key, for another purpose, or changed since."""


def seal(text: str, purpose: str) -> str:
    """`purpose` names what it is for: what was sealed for one thing opens for no other."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Raises SealBroken."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken(
            _("Rahasia yang tersimpan tidak dapat dibuka dengan kunci server ini."),
            next_step=_("Isi lagi kata sandinya, atau kembalikan berkas secret-key yang lama."),
        ) from None


def _cipher(purpose: str) -> Fernet:
    digest = hashlib.sha256(b"kanal sealed %b " % purpose.encode() + settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(digest.digest()))
