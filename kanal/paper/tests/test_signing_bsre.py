"""BSrE's service as a signer, against our own stub of its description: never the live service."""

from __future__ import annotations

import ipaddress
import logging
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kanal.paper.signing import bsre
from kanal.paper.signing.bsre import BsreService, BsreSigner
from kanal.paper.signing.reports import State
from kanal.paper.signing.signer import LetterUnsignable, Signed, SigningRefused
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.bsre_stub import PASSWORD, USERNAME, Member, Stub, running
from kanal.paper.tests.signing_desk import AT, Authority, Person, letter

NIK, PASSPHRASE = "3171010101640001", "Passphrase-Kepala!23"


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority("Akar BSrE tiruan")


@pytest.fixture(scope="module")
def head(root: Authority) -> Person:
    return root.issue("Mega Contoh, S.Sos.")


@pytest.fixture
def stub(head: Person) -> Iterator[Stub]:
    with running(Stub({NIK: Member(head, PASSPHRASE)})) as served:
        yield served


@pytest.fixture
def service(stub: Stub) -> Iterator[BsreService]:
    service = BsreService(stub.url, USERNAME, PASSWORD, timeout=5, allow_plain_http=True)
    yield service
    service.close()


def sign(signer: BsreSigner) -> Signed:
    return signer.sign(letter(), reason="Penunjukan", at=AT, place="Jakarta")


def test_signs(service: BsreService, stub: Stub, root: Authority) -> None:
    signed = sign(service.signer(NIK, PASSPHRASE))
    [report] = verify(signed.pdf, roots=[root.pem])
    assert report.state == State.VALID
    assert (signed.subject, signed.issuer) == ("Mega Contoh, S.Sos.", "Akar BSrE tiruan")
    assert signed.serial == report.serial
    assert signed.signed_at == AT
    assert signed.reference == "dok-1"
    assert signed.appended_only
    assert stub.fields == [{"tampilan": "invisible", "reason": "Penunjukan", "location": "Jakarta"}]


def test_second_signature(service: BsreService, root: Authority) -> None:
    first = root.issue("Kepala Satu").sign(letter())
    both = service.signer(NIK, PASSPHRASE).sign(first, reason="", at=AT, place="")
    assert [r.state for r in verify(both.pdf, roots=[root.pem])] == [State.VALID] * 2
    assert both.subject == "Mega Contoh, S.Sos."


def test_who_may_sign(service: BsreService, stub: Stub) -> None:
    assert service.status(NIK) == bsre.SignerStatus("ISSUE", may_sign=True, code=1111)
    stub.members[NIK].status = "EXPIRED"
    assert not service.status(NIK).may_sign
    stranger = service.status("3171010101640009")
    assert (stranger.status, stranger.may_sign, stranger.code) == ("NOT_REGISTERED", False, 1110)


def test_its_own_opinion(service: BsreService, stub: Stub) -> None:
    signed = sign(service.signer(NIK, PASSPHRASE)).pdf
    assert service.verify(signed).summary == "DOCUMENT VALID !!!"
    at = signed.index(b"stream") + 20
    broken = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert service.verify(broken).summary == "DOCUMENT NOT VALID !!!"
    assert service.verify(letter()).signatures == 0


def refused(service: BsreService, nik: str = NIK, passphrase: str = PASSPHRASE) -> SigningRefused:
    with pytest.raises(SigningRefused) as refusal:
        sign(service.signer(nik, passphrase))
    assert refusal.value.what.endswith(".")
    assert refusal.value.next_step.endswith(".")
    return refusal.value


def test_wrong_passphrase(service: BsreService) -> None:
    assert type(refused(service, passphrase="salah")) is bsre.PassphraseRefused


def test_not_a_nik(service: BsreService, stub: Stub) -> None:
    for wrong in ("", "317101", NIK + "1", "31710101016400a1", "../../admin"):
        assert type(refused(service, nik=wrong)) is bsre.NikInvalid
        with pytest.raises(bsre.NikInvalid):
            service.status(wrong)
    assert stub.asked == []


def test_unknown_signer(service: BsreService) -> None:
    assert type(refused(service, nik="3171010101640009")) is bsre.SignerUnknown


def test_certificate_unfit(service: BsreService, stub: Stub) -> None:
    stub.members[NIK].status = "SUSPEND"
    assert type(refused(service)) is bsre.SignerCertificateUnfit


def test_our_own_account_is_refused(stub: Stub) -> None:
    service = BsreService(stub.url, USERNAME, "lama", allow_plain_http=True)
    assert type(refused(service)) is bsre.ServiceRefusesUs


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, b'{"status_code": 2031, "error": "Passphrase anda salah"}'), bsre.PassphraseRefused),
        (
            (400, b'{"error": "Proses signing gagal : Passphrase anda salah"}'),
            bsre.PassphraseRefused,
        ),
        ((400, b'{"error": "com.itextpdf.InvalidPdfException: Rebuild"}'), LetterUnsignable),
        ((400, b'{"status_code": 9999, "error": "lain"}'), bsre.ServiceFailed),
        ((500, b"<html>Internal Server Error</html>"), bsre.ServiceFailed),
        ((502, b""), bsre.ServiceUnreachable),
        ((302, b""), bsre.ServiceFailed),
        ((200, b""), bsre.AnswerStrange),
        ((200, b"[1, 2]"), bsre.AnswerStrange),
        ((200, b"[" * 100_000), bsre.AnswerStrange),
        ((200, b'{"status_code": "2031"}'), bsre.ServiceFailed),
        ((200, b"%PDF-1.7 kosong"), bsre.AnswerStrange),
    ],
)
def test_answers(
    service: BsreService, stub: Stub, answer: tuple[int, bytes], kind: type[SigningRefused]
) -> None:
    stub.next_answer = answer
    assert type(refused(service)) is kind


def test_unsigned_or_old_letter_for_an_answer(
    service: BsreService, stub: Stub, head: Person
) -> None:
    """What comes back is looked at: a letter without one more whole signature isn't signed."""
    stub.next_answer = (200, letter())
    assert type(refused(service)) is bsre.AnswerStrange
    signed = head.sign(letter())
    at = signed.index(b"stream") + 20
    stub.next_answer = (200, signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])
    assert type(refused(service)) is bsre.AnswerStrange


def test_code_of_the_service_is_kept(service: BsreService, stub: Stub) -> None:
    stub.next_answer = (400, b'{"status_code": 2099, "error": "x"}')
    refusal = refused(service)
    assert isinstance(refusal, bsre.ServiceFailed)
    assert refusal.code == 2099


def test_too_large_an_answer(
    service: BsreService, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bsre, "_MOST_BYTES", 10_000)
    assert type(refused(service)) is bsre.AnswerStrange


def test_too_slow(stub: Stub) -> None:
    stub.delay = 0.6
    service = BsreService(stub.url, USERNAME, PASSWORD, timeout=0.2, allow_plain_http=True)
    assert type(refused(service)) is bsre.ServiceTooSlow


def test_not_there() -> None:
    with running(Stub()) as gone:
        pass
    service = BsreService(gone.url, USERNAME, PASSWORD, allow_plain_http=True)
    assert type(refused(service)) is bsre.ServiceUnreachable


def test_plain_http_only_when_said() -> None:
    for url in ("http://10.0.0.1", "ftp://esign", "esign.example"):
        with pytest.raises(ValueError, match="https"):
            BsreService(url, USERNAME, PASSWORD)


def served_by(authority: Authority, folder: Path) -> Path:
    """Certificate and key of a server at 127.0.0.1, in one file."""
    name = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    server = authority.issue("127.0.0.1", extra=[name])
    path = folder / "server.pem"
    path.write_bytes(
        server.certificate.public_bytes(Encoding.PEM)
        + server.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return path


def test_tls(tmp_path: Path, head: Person, root: Authority) -> None:
    """The agency's own authority is trusted when named, and nobody else's server ever."""
    agency = Authority("Akar instansi")
    bundle = tmp_path / "instansi.pem"
    bundle.write_bytes(agency.pem)
    stub = Stub({NIK: Member(head, PASSPHRASE)})
    with running(stub, served_by(agency, tmp_path)):
        trusting = BsreService(stub.url, USERNAME, PASSWORD, ca_bundle=str(bundle))
        assert sign(trusting.signer(NIK, PASSPHRASE)).subject == "Mega Contoh, S.Sos."
        asked = len(stub.asked)
        assert type(refused(BsreService(stub.url, USERNAME, PASSWORD))) is bsre.ServiceUntrusted
        assert len(stub.asked) == asked


def test_identity_and_passphrase_are_told_nowhere(
    service: BsreService,
    stub: Stub,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    signer = service.signer(NIK, PASSPHRASE)
    told = [repr(signer), str(signer), repr(service), repr(sign(signer))]
    service.status(NIK)
    wrong = service.signer(NIK, PASSPHRASE + "x")
    stub.members[NIK].status = "ISSUE"
    for attempt in (
        lambda: sign(wrong),
        lambda: sign(service.signer(NIK + "9", PASSPHRASE)),
        lambda: service.status(NIK + "9"),
        lambda: unanswered(stub, service).status(NIK),
        lambda: sign(unanswered(stub, service).signer(NIK, PASSPHRASE)),
    ):
        with pytest.raises(SigningRefused) as refusal:
            attempt()
        trace = traceback.TracebackException.from_exception(refusal.value, capture_locals=True)
        told += [str(frame.locals) for frame in trace.stack if "/signing/" in frame.filename]
        told += [str(refusal.value), repr(refusal.value), str(trace.__context__)]
    told += [caplog.text, *capfd.readouterr()]
    assert [text[max(0, text.index(NIK) - 200) :][:260] for text in told if NIK in text] == []
    assert PASSPHRASE not in "".join(told)
    with pytest.raises(TypeError):
        pickle.dumps(signer)


def unanswered(stub: Stub, service: BsreService) -> BsreService:
    stub.next_answer = (500, b"{}")
    return service
