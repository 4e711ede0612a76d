"""Listening at every mailbox: a mail is fetched seconds after it came.

A dead line tells nothing: after the server was killed, waiting ends like any quiet minute. So
every wait ends with a look at the mailbox, whatever was heard, over a new connection when the old
one is gone. And where nobody listens, a job looks every few minutes.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from imap_tools.mailbox import BaseMailBox

from kanal.intake import mail_fetching
from kanal.post import imap
from kanal.post.actions import note_problem
from kanal.post.connecting import TIMEOUT, Unreachable
from kanal.post.models import Mailbox

log = logging.getLogger(__name__)

LISTEN = 120.0  # seconds until the next look, heard or not
AGAIN = (5.0, 15.0, 60.0, 300.0)  # seconds between tries that failed
NEW_BOXES = 30.0  # seconds between looks at the list of mailboxes
_TICK = 1.0


@dataclass
class Ear:
    """One thread at one mailbox, until told to stop or the mailbox is changed or ended."""

    box: Mailbox
    stop: threading.Event
    listen: float = LISTEN
    timeout: float = TIMEOUT
    gone: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        name = f"mailbox-{self.box.pk}"
        self.thread = threading.Thread(target=self.run, name=name, daemon=True)
        self.thread.start()

    def run(self) -> None:
        failed = 0
        try:
            while not self._is_over():
                failed = 0 if self._listen() else failed + 1
                if failed:
                    self._rest(AGAIN[min(failed, len(AGAIN)) - 1])
        finally:
            connections.close_all()

    def _is_over(self) -> bool:
        return self.stop.is_set() or self.gone.is_set()

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_over():
            time.sleep(min(_TICK, seconds))

    def _listen(self) -> bool:
        """While the line holds: look, wait, look again. False: the line could not be used."""
        close_old_connections()
        try:
            with imap.opened(self.box, timeout=self.timeout) as server:
                while not self._is_over():
                    self._look(server)
                    self._wait(server)
        except Unreachable as failed:
            log.warning("mailbox %s: %s", self.box.pk, failed)
            return self._note(failed)
        except DatabaseError as error:
            log.warning("mailbox %s: database: %s", self.box.pk, error)
            connections.close_all()
            return False
        return True

    def _look(self, server: BaseMailBox) -> None:
        with mail_fetching.alone(self.box) as ours:
            if ours:
                mail_fetching.fetch_from(server, self.box)

    def _note(self, failed: Unreachable) -> bool:
        try:
            note_problem(self.box, failed)
        except DatabaseError:
            connections.close_all()
        return False

    def _wait(self, server: BaseMailBox) -> None:
        """In short pieces, so that stopping takes no longer. Raises what a cut line raises."""
        if "IDLE" not in server.client.capabilities:
            self._rest(self.listen)
            return
        until = time.monotonic() + self.listen
        server.idle.start()  # type: ignore[no-untyped-call]
        heard: list[bytes] = []
        while not heard and time.monotonic() < until and not self._is_over():
            before = time.monotonic()
            heard = server.idle.poll(timeout=_TICK)
            if not heard and time.monotonic() - before < _TICK / 2:
                break  # the line is dead: it is always readable and has nothing to say
        server.idle.stop()  # type: ignore[no-untyped-call]


def watch(*, stop: threading.Event, listen: float = LISTEN) -> None:
    """Until `stop` is set. Mailboxes that are added, changed or ended are followed."""
    ears: dict[int, tuple[tuple[object, ...], Ear]] = {}
    while not stop.is_set():
        _follow(ears, stop, listen)
        stop.wait(NEW_BOXES)
    for _facts, ear in ears.values():
        if ear.thread is not None:
            ear.thread.join(timeout=10)


def _follow(
    ears: dict[int, tuple[tuple[object, ...], Ear]], stop: threading.Event, listen: float
) -> None:
    close_old_connections()
    try:
        boxes = {box.pk: box for box in Mailbox.objects.in_use()}
    except DatabaseError as error:
        log.warning("database: %s", error)
        connections.close_all()
        return
    for pk, (facts, ear) in list(ears.items()):
        if pk not in boxes or _facts(boxes[pk]) != facts or not _lives(ear):
            ear.gone.set()
            del ears[pk]
    for pk, box in boxes.items():
        if pk not in ears:
            ear = Ear(box, stop, listen)
            ears[pk] = (_facts(box), ear)
            ear.start()


def _lives(ear: Ear) -> bool:
    return ear.thread is not None and ear.thread.is_alive()


def _facts(box: Mailbox) -> tuple[object, ...]:
    """What a new connection depends on; a renewed token alone does not break one off."""
    names = ("host", "port", "security", "user", "sign_in", "folder", "token_endpoint", "client_id")
    secret = box.secret if box.sign_in == "password" else ""
    return (*(getattr(box, name) for name in names), secret)
