"""A provider of OAuth2 tokens on loopback: gives them for a refresh token, and says whose they are."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.servers.dovecot import free_port

CLIENT, CLIENT_SECRET = "kanal-uji", "rahasia-klien"


@dataclass
class Provider:
    """`refresh`: the refresh token that is good now. Each use gives a new one, as some providers do."""

    user: str = "surat"
    refresh: str = "penyegar-0"
    port: int = field(default_factory=free_port)
    given: set[str] = field(default_factory=set)
    _server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def start(self) -> None:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
                code, told = provider.answer(self.path, form)
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(told).encode())

            def log_message(self, *told: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        if path.startswith("/whose"):
            is_good = form.get("token") in self.given
            return 200, {"active": is_good, "username": self.user} if is_good else {"active": False}
        client = (form.get("client_id"), form.get("client_secret"))
        if client != (CLIENT, CLIENT_SECRET) or form.get("refresh_token") != self.refresh:
            return 400, {"error": "invalid_grant"}
        number = len(self.given) + 1
        self.given.add(f"akses-{number}")
        self.refresh = f"penyegar-{number}"
        return 200, {"access_token": f"akses-{number}", "refresh_token": self.refresh}
