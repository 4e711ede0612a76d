"""How sign-in differs from allauth's own ways: by invitation, and secrets encrypted at rest."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: an administrator makes the user."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"kanal mfa " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP seeds and recovery seeds are useless to whoever reads a backup."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
