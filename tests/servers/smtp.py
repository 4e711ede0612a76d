"""A mail server of the receiving side, on loopback: it keeps what it gets and can be unkind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.dovecot import free_port

OK = "250 2.0.0 accepted"


@dataclass
class Post:
    """`at_address` and `at_data` answer for an address and for a whole message."""

    port: int = field(default_factory=free_port)
    received: list[tuple[str, bytes]] = field(default_factory=list)
    at_address: Callable[[str], str] = lambda address: "250 OK"
    at_data: Callable[[Envelope], str] = lambda envelope: OK
    _controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[bytes]:
        return [raw for who, raw in self.received if who == address]


@dataclass
class _Handler:
    post: Post

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        answer = self.post.at_address(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.post.at_data(envelope)
        if answer.startswith("250") and isinstance(envelope.content, bytes):
            self.post.received += [(to, envelope.content) for to in envelope.rcpt_tos]
        return answer
