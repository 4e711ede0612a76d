"""The list of trusted roots: which files it takes, and which it refuses in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)

from kanal.paper.signing.roots import (
    MAX_BYTES,
    HoldsPrivateKey,
    NotAnAuthority,
    RootFileTooLarge,
    RootRefused,
    parse_roots,
)
from kanal.paper.tests.signing_desk import END, START, Authority, ec_key, letter, self_signed


def test_one_root_in_every_wrapping() -> None:
    authority = Authority("Akar Uji")
    der = authority.certificate.public_bytes(Encoding.DER)
    bundle = [authority.certificate]
    for data in (
        authority.pem,
        b"Bag Attributes\r\n" + authority.pem.replace(b"\n", b"\r\n"),
        der,
        pkcs7.serialize_certificates(bundle, Encoding.DER),
        pkcs7.serialize_certificates(bundle, Encoding.PEM),
    ):
        [root] = parse_roots(data)
        assert root.subject == "Akar Uji"
        assert root.fingerprint == authority.certificate.fingerprint(hashes.SHA256()).hex()
        assert (root.not_before, root.not_after) == (START, END)
        assert root.is_self_signed
        assert root.pem == authority.pem
        assert root.is_valid_at(START)
        assert not root.is_valid_at(END + timedelta(days=1))


def test_bundle_of_several_each_once() -> None:
    one, two = Authority("Akar Satu"), Authority("Akar Dua")
    below = Authority("Penerbit", above=one)
    roots = parse_roots(one.pem + two.pem + below.pem + one.pem)
    assert [root.subject for root in roots] == ["Akar Satu", "Akar Dua", "Penerbit"]
    assert [root.is_self_signed for root in roots] == [True, True, False]


def test_no_authority() -> None:
    authority = Authority()
    person = authority.issue()
    for certificate in (person.certificate, self_signed().certificate):
        with pytest.raises(NotAnAuthority) as refused:
            parse_roots(authority.pem + certificate.public_bytes(Encoding.PEM))
        assert refused.value.about == "Mega Contoh, S.Sos."


def test_authority_that_may_not_issue() -> None:
    key, name = ec_key(), x509.Name([])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(END)
        .sign(key, hashes.SHA256())
    )
    with pytest.raises(NotAnAuthority):
        parse_roots(certificate.public_bytes(Encoding.DER))


def test_private_key() -> None:
    authority = Authority()
    key = authority.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(HoldsPrivateKey):
        parse_roots(authority.pem + key)


def test_anything_else() -> None:
    pem = Authority().pem
    for data in (
        b"",
        b"bukan sertifikat",
        letter(),
        pem[:100],
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN CERTIFICATE-----" * 1000,
    ):
        with pytest.raises(RootRefused) as refused:
            parse_roots(data)
        assert refused.value.next_step.endswith(".")


def test_too_large() -> None:
    with pytest.raises(RootFileTooLarge):
        parse_roots(b"0" * (MAX_BYTES + 1))
