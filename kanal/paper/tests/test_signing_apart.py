"""Signatures judged in a child process, and whether an issuer has withdrawn a certificate."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation import DocumentSecurityStore

from kanal.paper import workshop
from kanal.paper.signing import apart
from kanal.paper.signing.apart import verify_apart
from kanal.paper.signing.reports import Revocation, State
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import AT, Authority, Person, Update, letter
from kanal.paper.verdicts import Verdict


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def signed(root: Authority) -> bytes:
    return root.issue().sign(letter())


def test_same_judgement(signed: bytes, root: Authority) -> None:
    for pdf in (signed, signed + b"x", letter(), Update(signed).paint_over().done(), b"junk"):
        assert verify_apart(pdf, roots=[root.pem], at=AT) == verify(pdf, roots=[root.pem], at=AT)


def test_too_slow(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LIMITS", workshop.Limits(seconds=0.0001))
    [report] = verify_apart(signed)
    assert (report.state, report.reason) == (State.UNREADABLE, "too_much")
    assert verify_apart(letter()) == []


def bomb(levels: int) -> bytes:
    """A signed-looking file whose table of objects unpacks to gigabytes."""
    data = b"\0" * (100 << 20)
    for _ in range(levels):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode " * levels
    head = b"%PDF-1.5\n"
    stream = (
        b"1 0 obj\n<</Type/XRef/W[1 4 2]/Size 50000000/Root 2 0 R/Filter["
        + filters
        + b"]/Length %d>>stream\n" % len(data)
        + data
        + b"\nendstream endobj\n"
    )
    return head + stream + b"/ByteRange [0 1 2 3]\nstartxref\n%d\n%%%%EOF\n" % len(head)


def test_bombs_and_loops_are_unreadable(signed: bytes) -> None:
    loop = signed.replace(b"/Prev ", b"/Prev 0", 1)
    many = signed + b"/ByteRange [0 1 2 3]\n" * 50
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\n/ByteRange [0 1 2 3]\n%%EOF\n"
    for pdf in (bomb(1), bomb(2), loop, many, deep):
        reports = verify_apart(pdf)
        assert reports
        assert State.VALID not in {report.state for report in reports}


def test_many_revisions(signed: bytes, root: Authority) -> None:
    pdf = signed
    for _ in range(45):
        pdf = Update(pdf).annotate().done()
    [report] = verify(pdf, roots=[root.pem])
    assert (report.state, report.reason) == (State.UNREADABLE, "too_much")


def test_every_cut_and_many_flips_are_a_verdict(signed: bytes, root: Authority) -> None:
    """Nothing a file may say becomes a traceback, and no damage is ever called valid."""
    start = re.search(rb"/ByteRange\s*\[0 (\d+) (\d+)", signed)
    assert start
    first, second = int(start[1]), int(start[2])
    for at in range(0, len(signed), len(signed) // 40):
        assert State.VALID not in {r.state for r in verify(signed[:at], roots=[root.pem])}
        if first <= at < second:
            continue
        flipped = signed[:at] + bytes([signed[at] ^ 0x15]) + signed[at + 1 :]
        reports = verify(flipped, roots=[root.pem])
        assert reports
        assert State.VALID not in {r.state for r in reports}


def withdrawn_list(authority: Authority, *people: Person) -> bytes:
    """The authority's list of withdrawn certificates, as of the day after signing."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.name)
        .last_update(AT - timedelta(days=1))
        .next_update(datetime(2036, 1, 1, tzinfo=UTC))
    )
    for person in people:
        entry = x509.RevokedCertificateBuilder(
            person.certificate.serial_number, AT - timedelta(hours=2)
        )
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(Encoding.DER)


def with_proof(pdf: bytes, listed: bytes) -> bytes:
    """The file with the list kept in it, as long-term signatures keep it."""
    out = IncrementalPdfFileWriter(BytesIO(pdf))
    value = re.search(rb"/Contents\s?<([0-9a-fA-F]+)>", pdf)
    assert value
    DocumentSecurityStore.supply_dss_in_writer(
        out, bytes.fromhex(value[1].decode()), crls=[crl.CertificateList.load(listed)]
    )
    stream = BytesIO()
    out.write(stream)
    return stream.getvalue()


def test_proofs_kept_in_the_file(root: Authority) -> None:
    head = root.issue()
    signed = head.sign(letter())
    [good] = verify(with_proof(signed, withdrawn_list(root)), roots=[root.pem])
    assert (good.state, good.revocation) == (State.VALID, Revocation.GOOD)
    assert not good.covers_whole_file
    assert not good.changed_afterwards
    [bad] = verify(with_proof(signed, withdrawn_list(root, head)), roots=[root.pem])
    assert (bad.state, bad.revocation) == (State.REVOKED_UNKNOWN, Revocation.REVOKED)
    assert bad.finding.reason == "signature_revoked"
    assert bad.finding.verdict == Verdict.REVIEW


@contextmanager
def serving(answers: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = answers.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/pkix-crl")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def points_to(url: str) -> x509.CRLDistributionPoints:
    place = x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
    return x509.CRLDistributionPoints([place])


def test_issuer_is_asked_only_when_wanted(root: Authority) -> None:
    answers: dict[str, bytes] = {}
    with serving(answers) as (url, asked):
        head = root.issue(
            end=datetime(2035, 1, 1, tzinfo=UTC), extra=[points_to(f"{url}/cabut.crl")]
        )
        signed = head.sign(letter())
        [report] = verify(signed, roots=[root.pem])
        assert (report.state, report.revocation) == (State.VALID, Revocation.UNCHECKED)
        assert verify(signed, network=True)[0].state == State.UNTRUSTED
        assert asked == []
        [report] = verify(signed, roots=[root.pem], network=True)
        assert (report.state, report.reason) == (State.REVOKED_UNKNOWN, "revocation_unknown")
        assert asked != []
        answers["/cabut.crl"] = withdrawn_list(root)
        [report] = verify(signed, roots=[root.pem], network=True)
        assert (report.state, report.revocation) == (State.VALID, Revocation.GOOD)
        answers["/cabut.crl"] = withdrawn_list(root, head)
        [report] = verify(signed, roots=[root.pem], network=True)
        assert (report.state, report.revocation) == (State.REVOKED_UNKNOWN, Revocation.REVOKED)
