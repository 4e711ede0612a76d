"""One message handed to a mail server, with a small closed set of answers."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from kanal.post.connecting import TIMEOUT, Unreachable, one_line, tls, why
from kanal.post.models import Outcome, Security
from kanal.post.routes import Route

# Servers say 5xx to these when the address, not the message, is at fault (RFC 3463).
_NOBODY = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")


@dataclass(frozen=True)
class Answer:
    """`is_dead`: nobody is at this address, and will not be."""

    outcome: Outcome
    reply: str
    is_dead: bool = False


@contextlib.contextmanager
def connected(route: Route, *, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """Signed in and ready. Raises Unreachable."""
    server = _reached(route, timeout)
    try:
        _greeted(server, route)
        yield server
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _reached(route: Route, timeout: float) -> smtplib.SMTP:
    try:
        if route.security == Security.TLS:
            return smtplib.SMTP_SSL(route.host, route.port, timeout=timeout, context=tls())
        return smtplib.SMTP(route.host, route.port, timeout=timeout)
    except smtplib.SMTPException as error:  # before OSError, whose child it is
        raise Unreachable("broken", str(error)) from error
    except OSError as error:
        raise why(error) from error


def _greeted(server: smtplib.SMTP, route: Route) -> None:
    try:
        server.ehlo_or_helo_if_needed()
        if route.security == Security.STARTTLS:
            server.starttls(context=tls())
        if route.user:
            server.login(route.user, route.secret)
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable("sign_in", _said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Unreachable("tls", str(error)) from error
    except smtplib.SMTPException as error:
        raise Unreachable("broken", str(error)) from error
    except (ssl.SSLError, OSError) as error:
        raise why(error) from error


def hand_over(server: smtplib.SMTP, *, sender: str, to: str, raw: bytes) -> Answer:
    """Never raises for what the server says. UNCLEAR: it may or may not have taken it."""
    try:
        code, reply = server.mail(sender)
        if code != 250:
            _begin_anew(server)
            return _refused(code, reply)
        code, reply = server.rcpt(to)
        if code not in (250, 251):
            _begin_anew(server)
            return _refused(code, reply, of_address=True)
        code, reply = server.data(raw)
    except smtplib.SMTPDataError as error:
        _begin_anew(server)
        return _refused(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Answer(Outcome.UNCLEAR, one_line(f"{type(error).__name__} {error}"))
    if code != 250:
        _begin_anew(server)
        return _refused(code, reply)
    return Answer(Outcome.SENT, _said(code, reply))


def _begin_anew(server: smtplib.SMTP) -> None:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.rset()


def _refused(code: int, reply: bytes | str, *, of_address: bool = False) -> Answer:
    said = _said(code, reply)
    if not 500 <= code < 600:
        return Answer(Outcome.TEMPORARY, said)
    words = said.split()
    status = next((word for word in words[1:2] if word.startswith("5.")), "")
    dead = of_address and (status in _NOBODY or (not status and code in (550, 553)))
    return Answer(Outcome.PERMANENT, said, is_dead=dead)


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(f"{code} {text}")
