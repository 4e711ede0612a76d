"""A mailbox on its server: opened, with every way of failing told apart."""

from __future__ import annotations

import contextlib
import imaplib
from collections.abc import Iterator

from imap_tools.errors import (
    MailboxFolderSelectError,
    MailboxLoginError,
    MailboxStarttlsError,
    UnexpectedCommandStatusError,
)
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from kanal.lib.secrets import SealBroken
from kanal.post.connecting import TIMEOUT, Unreachable, tls, why
from kanal.post.models import Mailbox, Security, SignIn
from kanal.post.oauth import access_token

# What a cut connection or a strange answer raises while a mailbox is in use.
CUT = (OSError, imaplib.IMAP4.error, UnexpectedCommandStatusError)


@contextlib.contextmanager
def opened(box: Mailbox, *, timeout: float = TIMEOUT) -> Iterator[BaseMailBox]:
    """The folder selected for reading and marking. Raises Unreachable, also for what is cut."""
    server = _connected(box, timeout)
    try:
        _signed_in(server, box)
        _folder(server, box.folder)
        yield server
    except OSError as error:
        raise why(error) from error
    except (imaplib.IMAP4.error, UnexpectedCommandStatusError) as error:
        raise Unreachable("broken", str(error)) from error
    finally:
        with contextlib.suppress(*CUT):
            server.client.shutdown()


def _connected(box: Mailbox, timeout: float) -> BaseMailBox:
    try:
        if box.security == Security.TLS:
            return MailBox(box.host, box.port, timeout=timeout, ssl_context=tls())
        if box.security == Security.STARTTLS:
            return MailBoxStartTls(box.host, box.port, timeout=timeout, ssl_context=tls())
        return MailBoxUnencrypted(box.host, box.port, timeout=timeout)
    except OSError as error:
        raise why(error) from error
    except (imaplib.IMAP4.error, MailboxStarttlsError) as error:
        raise Unreachable("tls", str(error)) from error


def _signed_in(server: BaseMailBox, box: Mailbox) -> None:
    try:
        if box.sign_in == SignIn.OAUTH2:
            server.xoauth2(box.user, access_token(box), initial_folder=None)
        elif (box.user + box.opened_secret).isascii():
            server.login(box.user, box.opened_secret, initial_folder=None)
        else:
            server.login_utf8(box.user, box.opened_secret, initial_folder=None)
    except SealBroken as error:
        raise Unreachable("sealed") from error
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, MailboxLoginError) as error:
        raise Unreachable("sign_in", _server_words(error)) from error


def _server_words(error: Exception) -> str:
    """What the server answered, without what was sent to it."""
    told = getattr(error, "command_result", None)
    if told and told[1] and isinstance(told[1][0], bytes):
        return str(told[1][0].decode("utf-8", "replace"))
    return str(error)


def _folder(server: BaseMailBox, name: str) -> None:
    try:
        server.folder.set(name)
    except MailboxFolderSelectError as error:
        raise Unreachable("folder", _server_words(error)) from error


def uidvalidity(server: BaseMailBox) -> int:
    """Of the selected folder; 0 when the server does not say."""
    told = (server.client.untagged_responses.get("UIDVALIDITY") or [b"0"])[-1]
    return int(told) if isinstance(told, bytes) and told.isdigit() else 0


def keeps_keywords(server: BaseMailBox) -> bool:
    r"""Whether the folder lets us set flags of our own (PERMANENTFLAGS with \*)."""
    told = (server.client.untagged_responses.get("PERMANENTFLAGS") or [b""])[-1]
    return b"\\*" in told
