"""Signing with a key file: what it makes, what it refuses, and what it never tells."""

from __future__ import annotations

import asyncio
import logging
import pickle
import re
import traceback
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms
from asn1crypto import pkcs12 as der
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm

from kanal.paper.signing.pkcs12 import (
    MAX_KEY_BYTES,
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    KeyTooLarge,
    KeyUnreadable,
    KeyUnsupported,
    NoPrivateKey,
    Pkcs12Signer,
    WrongPassphrase,
)
from kanal.paper.signing.reports import State
from kanal.paper.signing.signer import (
    MAX_BYTES,
    LetterLocked,
    LetterTooLarge,
    LetterUnsignable,
    Signer,
    SigningRefused,
)
from kanal.paper.signing.trial import trial_key
from kanal.paper.signing.verifying import verify
from kanal.paper.tests.signing_desk import (
    AT,
    END,
    PASSPHRASE,
    START,
    WIB,
    Authority,
    Person,
    dn,
    letter,
    made,
    rsa_key,
    self_signed,
    sign_anyhow,
    usage,
)


@pytest.fixture(scope="module")
def root() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def head(root: Authority) -> Person:
    return root.issue()


def sign(signer: Signer, pdf: bytes, at: datetime = AT) -> bytes:
    return signer.sign(pdf, reason="Penunjukan", at=at, place="Jakarta").pdf


def test_signed_letter(head: Person) -> None:
    signed = head.signer.sign(letter(), reason="Penunjukan", at=AT, place="Jakarta")
    assert signed.subject == "Mega Contoh, S.Sos."
    assert signed.issuer == "Akar Uji"
    assert signed.serial == f"{head.certificate.serial_number:X}"
    assert signed.signed_at == AT
    assert signed.algorithm == "ECDSA P-256, SHA-256"
    assert signed.appended_only
    assert signed.pdf.startswith(letter() + b"\n")
    assert b"%PDF" not in repr(signed).encode()


def test_field_is_invisible_and_attachment_stays(head: Person) -> None:
    with pikepdf.open(BytesIO(sign(head.signer, letter()))) as document:
        [field] = document.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert document.attachments["surat.json"].get_file().read_bytes() == b'{"kanal": 1}'


def test_metadata_stays_as_composed(head: Person) -> None:
    def metadata(pdf: bytes) -> tuple[bytes, str, str]:
        with pikepdf.open(BytesIO(pdf)) as document:
            info = document.trailer.Info
            return document.Root.Metadata.read_bytes(), str(info.ModDate), str(info.Creator)

    assert metadata(sign(head.signer, letter())) == metadata(letter())


def test_newline_is_added_only_where_it_is_missing(head: Person) -> None:
    assert not letter().endswith(b"\n")
    signed = sign(head.signer, letter() + b"\n")
    assert signed.startswith(letter() + b"\n")
    assert signed[len(letter()) + 1 :][:1] != b"\n"


def test_one_signer_signs_many_letters(root: Authority) -> None:
    signer = root.issue(key=rsa_key()).signer
    for number in range(3):
        pdf = sign(signer, letter(), AT + timedelta(minutes=number))
        [report] = verify(pdf, roots=[root.pem])
        assert (report.state, report.claimed_at) == (State.VALID, AT + timedelta(minutes=number))


def test_envelope_is_what_pyhanko_makes(root: Authority) -> None:
    """RSA signatures have no chance in them, so the whole of it can be compared."""
    person = Authority("Penerbit", above=root).issue(key=rsa_key())
    ours = cms_of(person.sign(letter()))
    digest = ours["content"]["signer_infos"][0]["signed_attrs"]
    [told] = [one["values"][0].native for one in digest if one["type"].native == "message_digest"]
    held = signers.SimpleSigner.load_pkcs12_data(person.p12(), [], PASSPHRASE.encode())
    held.embed_roots = False
    theirs = asyncio.run(held.async_sign(told, "sha256", use_pades=True))
    assert theirs.dump(force=True) == ours.dump()


def cms_of(pdf: bytes) -> cms.ContentInfo:
    value = re.search(rb"/Contents\s?<([0-9a-fA-F]+)>", pdf)
    assert value
    return cms.ContentInfo.load(bytes.fromhex(value[1].decode()))


def test_larger_curves(root: Authority) -> None:
    for curve in (ec.SECP384R1(), ec.SECP521R1()):
        person = root.issue(key=ec.generate_private_key(curve))
        [report] = verify(person.sign(letter()), roots=[root.pem])
        assert report.state == State.VALID


def test_wrong_passphrase(head: Person) -> None:
    for wrong in ("rahasia-kepala-dinas", "", "Ω" * 50):
        with pytest.raises(WrongPassphrase) as refused:
            Pkcs12Signer(head.p12(), wrong)
        assert "kata sandi" in refused.value.what.lower()
        assert refused.value.next_step


def test_key_without_passphrase(head: Person) -> None:
    file = pkcs12.serialize_key_and_certificates(
        b"x", head.key, head.certificate, None, NoEncryption()
    )
    assert Pkcs12Signer(file, "").subject == "Mega Contoh, S.Sos."


def test_no_key_file_at_all(head: Person) -> None:
    pem = head.certificate.public_bytes(Encoding.PEM)
    for junk in (b"", b"x" * 100, pem, letter(), head.p12()[:200]):
        with pytest.raises(KeyUnreadable):
            Pkcs12Signer(junk, PASSPHRASE)


def test_key_file_too_large(head: Person) -> None:
    with pytest.raises(KeyTooLarge):
        Pkcs12Signer(head.p12() + b"\0" * MAX_KEY_BYTES, PASSPHRASE)


def test_endless_stretching_is_not_begun(head: Person) -> None:
    """The file itself says how often the passphrase is to be hashed: days of work, if it likes."""
    file = der.Pfx.load(head.p12())
    file["mac_data"]["iterations"] = 2**31 - 1
    with pytest.raises(KeyUnreadable):
        Pkcs12Signer(file.dump(), PASSPHRASE)


def test_no_private_key(head: Person) -> None:
    only = pkcs12.serialize_key_and_certificates(
        None, None, None, [head.certificate], BestAvailableEncryption(PASSPHRASE.encode())
    )
    with pytest.raises(NoPrivateKey):
        Pkcs12Signer(only, PASSPHRASE)


@pytest.mark.parametrize("weak", ["rsa 1024", "secp256k1", "ed25519"])
def test_unsupported_keys(root: Authority, weak: str) -> None:
    keys = {
        "rsa 1024": lambda: rsa_key(1024),
        "secp256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
    }
    person = root.issue(key=keys[weak]())
    with pytest.raises(KeyUnsupported):
        Pkcs12Signer(person.p12(), PASSPHRASE)


def test_outside_its_validity(head: Person) -> None:
    with pytest.raises(CertificateExpired):
        sign(head.signer, letter(), END + timedelta(seconds=1))
    with pytest.raises(CertificateNotYetValid):
        sign(head.signer, letter(), START - timedelta(seconds=1))


def test_certificate_not_for_signing(root: Authority) -> None:
    for person in (
        root.issue(may=usage(signs=False, commits=False, encrypts=True)),
        root.issue(purposes=[ExtendedKeyUsageOID.SERVER_AUTH]),
    ):
        with pytest.raises(CertificateNotForSigning):
            sign(person.signer, letter())


def test_letter_too_large(head: Person) -> None:
    with pytest.raises(LetterTooLarge):
        sign(head.signer, b"%PDF-" + b"0" * MAX_BYTES)


def test_no_letter(head: Person) -> None:
    for junk in (b"", b"bukan PDF", b"%PDF-1.7\n", letter()[:-400], letter()[:200]):
        with pytest.raises(LetterUnsignable):
            sign(head.signer, junk)


def test_encrypted_letter(head: Person) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(letter())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="", owner="x", R=6))
    with pytest.raises(LetterUnsignable):
        sign(head.signer, out.getvalue())


def test_letter_locked_by_its_first_signer(head: Person, root: Authority) -> None:
    locked = sign_anyhow(letter(), head, locked=MDPPerm.NO_CHANGES)
    with pytest.raises(LetterLocked):
        sign(root.issue("Kepala Dua").signer, locked)


def test_moment_needs_a_zone(head: Person) -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign(head.signer, letter(), datetime(2026, 3, 2))


def test_key_of_somebody_else(root: Authority, head: Person) -> None:
    """A file in which the certificate belongs to another key signs nothing."""
    other = self_signed()
    with pytest.raises((ValueError, SigningRefused)):
        Pkcs12Signer(Person(other.key, head.certificate).p12(), PASSPHRASE)


def test_passphrase_is_told_nowhere(
    head: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "Sangat-Rahasia-4711"
    told: list[str] = []
    for file, passphrase in ((head.p12(secret), secret), (head.p12(), secret), (b"x", secret)):
        try:
            signer = Pkcs12Signer(file, passphrase)
            told += [repr(signer), str(signer), repr(vars(type(signer)))]
            signer.sign(b"%PDF-rusak", reason="", at=AT, place="")
        except SigningRefused as refused:
            trace = traceback.TracebackException.from_exception(refused, capture_locals=True)
            ours = [frame for frame in trace.stack if "/tests/" not in frame.filename]
            told += [str(frame.locals) for frame in ours] + [str(refused), repr(refused)]
            told += [str(len(ours)), str(refused.__cause__)]
    told += [caplog.text, *capfd.readouterr()]
    assert secret not in "".join(told)


def test_signer_is_not_stored(head: Person) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(head.signer)


def test_key_is_written_nowhere(
    head: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sign(head.signer, letter())
    assert list(tmp_path.rglob("*")) == []


def test_trial_key() -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
    file, passphrase, pem = trial_key("Budi Contoh", now=now)
    signer = Pkcs12Signer(file, passphrase)
    assert signer.valid_until > now + timedelta(days=300)
    [report] = verify(sign(signer, letter(), now), roots=[pem], at=now)
    assert (report.state, report.signer) == (State.VALID, "Budi Contoh")
    assert "percobaan" in report.root


def test_hostile_name_in_a_certificate() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = dn("Bu\u202edi\r\n" + "x" * 40)
    person = Person(key, made(name, name, key, key, usage()))
    assert person.signer.subject == "Bu di " + "x" * 40
