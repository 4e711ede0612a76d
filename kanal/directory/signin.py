"""How sign-in differs from allauth's own ways: by invitation, and secrets encrypted at rest."""

import base64
import hashlib
import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: an administrator makes the user."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # In the words of the fields above it.
        "email_password_mismatch": _("Alamat surel atau kata sandi tidak benar."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """After the sign-in one gets to a page; where only a button leads, to the first page."""
        return bool(super().is_safe_url(url)) and opens_as_page(urlsplit(url).path)


def opens_as_page(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    methods = _methods(view)
    return methods is None or "GET" in methods


def _methods(view: Callable[..., Any]) -> list[str] | None:
    """What Django's `require_http_methods` was told, which it keeps to itself; None: everything."""
    inner: Callable[..., Any] | None = view
    while inner is not None:
        known = inspect.getclosurevars(inner).nonlocals if inspect.isfunction(inner) else {}
        if "request_method_list" in known:
            methods: list[str] = known["request_method_list"]
            return methods
        inner = getattr(inner, "__wrapped__", None)
    return None


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"kanal mfa " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class EncryptedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP seeds and recovery seeds are useless to whoever reads a backup."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
