"""A wire to a server that can be cut after so many bytes, or go silent without a word."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from dataclasses import dataclass, field

from tests.servers.dovecot import free_port


@dataclass
class Wire:
    """Listens on `port` and passes everything on to `to`. `cut_after` bytes both ways together."""

    to: int
    port: int = field(default_factory=free_port)
    cut_after: int | None = None
    cuts: int = 0
    is_silent: bool = False
    _listener: socket.socket | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._ended.set()
        if self._listener is not None:
            self._listener.close()

    def _accept(self) -> None:
        assert self._listener is not None
        while not self._ended.is_set():
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        limit, passed = self.cut_after, 0
        with (
            near,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.to)) as far,
        ):
            while not self._ended.is_set():
                ready, _w, _x = select.select([near, far], [], [], 0.2)
                for side in ready:
                    data = side.recv(16_384)
                    if not data:
                        return
                    if self.is_silent:
                        continue
                    passed += len(data)
                    if limit is not None and passed > limit:
                        self.cuts += 1
                        return
                    (far if side is near else near).sendall(data)
