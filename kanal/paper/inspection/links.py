"""Which links in a letter are harmless: those a letterhead carries."""

from __future__ import annotations

from urllib.parse import urlsplit

_QUIET_SCHEMES = frozenset({"mailto", "tel"})
_NETWORKS = frozenset(
    [
        "instagram.com",
        "x.com",
        "twitter.com",
        "facebook.com",
        "fb.com",
        "fb.me",
        "threads.net",
        "threads.com",
        "tiktok.com",
        "youtube.com",
        "youtu.be",
        "linkedin.com",
        "t.me",
        "telegram.me",
        "telegram.org",
        "wa.me",
        "whatsapp.com",
        "bsky.app",
        "linktr.ee",
    ]
)
_GOVERNMENTS = (".go.id", ".mil.id", ".desa.id")


def is_harmless(target: str, own_hosts: tuple[str, ...] = ()) -> bool:
    """A mail address, a telephone number, a government's site, an account on a network."""
    target = target.strip()
    if any(letter < "!" or letter == "\\" for letter in target):
        return False
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").lower()
        odd = parts.username is not None or parts.port not in (None, 80, 443)
    except ValueError:
        return False
    if parts.scheme in _QUIET_SCHEMES:
        return True
    if parts.scheme not in {"http", "https"} or odd or not host.isascii():
        return False
    return _is_known(host, own_hosts)


def _is_known(host: str, own_hosts: tuple[str, ...]) -> bool:
    if host.endswith(_GOVERNMENTS) or host in own_hosts:
        return True
    return any(host == network or host.endswith("." + network) for network in _NETWORKS)
