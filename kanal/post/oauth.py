"""An access token for a mailbox, from its refresh token."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from urllib.parse import urlencode, urlsplit

from kanal.lib.secrets import seal
from kanal.post.connecting import LOOPBACK, Unreachable, one_line, tls, why
from kanal.post.models import MAILBOX_SECRET, Mailbox

_MOST = 1 << 16
_TIMEOUT = 10


def may_ask(address: str) -> bool:
    """Secrets go over TLS, or to this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )


def access_token(box: Mailbox) -> str:
    """Raises Unreachable. A refresh token the provider replaced is kept at once."""
    if not may_ask(box.token_endpoint):
        raise Unreachable("token", box.token_endpoint)
    told = _asked(
        box.token_endpoint,
        {
            "grant_type": "refresh_token",
            "refresh_token": box.opened_secret,
            "client_id": box.client_id,
            "client_secret": box.opened_client_secret,
        },
    )
    replaced = told.get("refresh_token")
    if isinstance(replaced, str) and replaced:
        box.secret = seal(replaced, MAILBOX_SECRET)
        box.save(update_fields=["secret"])
    token = told.get("access_token")
    if not isinstance(token, str) or not token:
        raise Unreachable("token", str(told.get("error", "")))
    return token


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The secret goes where the administrator said, nowhere else."""

    def redirect_request(self, *_asked: object) -> None:
        return None


def _asked(address: str, form: dict[str, str]) -> dict[str, object]:
    request = urllib.request.Request(address, data=urlencode(form).encode(), method="POST")
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=tls()),
        urllib.request.ProxyHandler(),
        _NoRedirect(),
    )
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            told = json.loads(answer.read(_MOST))
    except urllib.error.HTTPError as error:
        raise Unreachable("token", _said(error.read(_MOST), error.code)) from None
    except urllib.error.URLError as error:
        raise (
            why(error.reason) if isinstance(error.reason, OSError) else Unreachable("token")
        ) from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable("token", type(error).__name__) from None
    return told if isinstance(told, dict) else {}


def _said(body: bytes, code: int) -> str:
    """The provider's error word, as `invalid_grant`; never what was sent."""
    try:
        told = json.loads(body)
        return one_line(f"{code} {told['error']}")
    except (ValueError, KeyError, TypeError):
        return str(code)
