"""A stub of BSrE's e-sign client service, written from its published description.

It is not the service and was never compared with it: what it answers is what the description and
open clients of it say. It keeps state as the service would: people with a passphrase and a
certificate, the letters signed so far, and how often a letter was fetched.
"""

from __future__ import annotations

import base64
import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep

from kanal.paper.signing.reports import State
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import AT, Person

USERNAME, PASSWORD = "kanal", "kata-sandi-aplikasi"


@dataclass
class Member:
    person: Person
    passphrase: str
    status: str = "ISSUE"


@dataclass
class Stub:
    """`next_answer` stands in for one answer, to play a service that misbehaves."""

    members: dict[str, Member] = field(default_factory=dict)
    signed: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    next_answer: tuple[int, bytes] | None = None
    delay: float = 0.0
    clock: datetime = AT
    url: str = ""

    def status(self, nik: str) -> tuple[int, bytes]:
        member = self.members.get(nik)
        if member is None:
            said = {
                "status_code": 1110,
                "status": "NOT_REGISTERED",
                "message": "User belum terdaftar",
            }
            return 200, json.dumps(said).encode()
        code = 1111 if member.status == "ISSUE" else 1112
        return 200, json.dumps(
            {"status_code": code, "status": member.status, "message": f"status {member.status}"}
        ).encode()

    def sign(self, sent: dict[str, str], pdf: bytes) -> tuple[int, bytes]:
        self.fields.append({key: sent[key] for key in sent if key not in {"nik", "passphrase"}})
        member = self.members.get(sent.get("nik", ""))
        if member is None:
            return _error(2011, "User tidak terdaftar")
        if member.status != "ISSUE":
            return _error(2021, f"Sertifikat pengguna {member.status}")
        if sent.get("passphrase") != member.passphrase:
            return _error(2031, f"Passphrase anda salah untuk {sent['nik']} !!!")
        if sent.get("tampilan") != "invisible":
            return _error(2050, "tampilan tidak didukung stub ini")
        result = member.person.signer.sign(
            pdf, reason=sent.get("reason", ""), at=self.clock, place=sent.get("location", "")
        )
        self.signed[f"dok-{len(self.signed) + 1}"] = result.pdf
        return 200, result.pdf

    def verify(self, pdf: bytes) -> tuple[int, bytes]:
        reports = verify(pdf)
        whole = all(report.state != State.BROKEN for report in reports)
        words = {True: "DOCUMENT VALID !!!", False: "DOCUMENT NOT VALID !!!"}[whole]
        said = {
            "nama_dokumen": "surat.pdf",
            "jumlah_signature": len(reports),
            "notes": None,
            "details": [],
            "summary": words if reports else None,
        }
        return 200, json.dumps(said).encode()


def _error(code: int, words: str) -> tuple[int, bytes]:
    return 400, json.dumps({"status_code": code, "error": words}).encode()


@contextmanager
def running(stub: Stub, certificate: Path | None = None) -> Iterator[Stub]:
    """On a free port of this machine; over TLS when given a PEM file of certificate and key."""

    class Answering(_Handler):
        served = stub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stub.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: Stub

    def do_GET(self) -> None:
        self.served.asked.append(self.path)
        nik = re.fullmatch(r"/api/user/status/(\d+)", self.path)
        self._answer(self.served.status(nik[1]) if nik else (404, b"{}"))

    def do_POST(self) -> None:
        self.served.asked.append(self.path)
        sent, files = self._form()
        if self.path == "/api/sign/pdf" and "file" in files:
            self._answer(self.served.sign(sent, files["file"]))
        elif self.path == "/api/sign/verify" and "signed_file" in files:
            self._answer(self.served.verify(files["signed_file"]))
        else:
            self._answer((400, b'{"status_code": 1001, "error": "Parameter tidak lengkap"}'))

    def _form(self) -> tuple[dict[str, str], dict[str, bytes]]:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
        sent: dict[str, str] = {}
        files: dict[str, bytes] = {}
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if part.get_filename():
                files[name] = data
            else:
                sent[name] = data.decode()
        return sent, files

    def _answer(self, answer: tuple[int, bytes]) -> None:
        sleep(self.served.delay)
        known = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != known:
            answer = 401, b'{"error": "Unauthorized"}'
        if self.served.next_answer:
            answer, self.served.next_answer = self.served.next_answer, None
        status, body = answer
        self.send_response(status)
        pdf = body.startswith(b"%PDF-")
        self.send_header("Content-Type", "application/pdf" if pdf else "application/json")
        self.send_header("Content-Length", str(len(body)))
        if pdf and self.served.signed:
            self.send_header("id_dokumen", list(self.served.signed)[-1])
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent, as the address holds an identity number."""
