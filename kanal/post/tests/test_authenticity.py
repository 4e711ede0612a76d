"""Who a mail is from: proven by a signature over all of it, and never by what it says itself."""

from __future__ import annotations

import base64
import random

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kanal.post.authenticity import FAILED, NONE, VERIFIED, Ask, NoAnswer, check, patient

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
).decode()
MX = "mx.kantor.go.id"
PLAIN = (
    b"From: Kecamatan Tebet <kec.tebet@jakarta.go.id>\r\nTo: surat@kantor.go.id\r\n"
    b"Subject: Surat penunjukan\r\nDate: Mon, 23 Nov 2026 09:00:00 +0700\r\n"
    b"Message-ID: <1@jakarta.go.id>\r\n\r\nTerlampir surat penunjukan.\r\n"
)


def names(**more: str) -> Ask:
    known = {"k1._domainkey.jakarta.go.id": f"v=DKIM1; k=rsa; p={PUBLIC}", **more}
    return lambda name: known.get(name)


def silence(name: str) -> str | None:
    raise NoAnswer(name)


def signed(raw: bytes = PLAIN, domain: bytes = b"jakarta.go.id", *, length: bool = False) -> bytes:
    return dkim.sign(raw, b"k1", domain, PEM, length=length) + raw


def said(line: str, raw: bytes) -> bytes:
    return f"Authentication-Results: {line}\r\n".encode() + raw


def test_a_whole_mail_signed_by_its_senders_domain_is_verified() -> None:
    result = check(signed(), ask=names())
    assert (result.verdict, result.dkim, result.domain) == (VERIFIED, "pass", "jakarta.go.id")


def test_nothing_is_known_of_an_unsigned_mail_or_without_a_name_server() -> None:
    assert check(PLAIN, ask=names()).verdict == NONE
    result = check(signed(), ask=silence)
    assert (result.verdict, result.dkim) == (NONE, "unknown")


def test_a_changed_body_fails_even_without_a_name_server() -> None:
    changed = signed().replace(b"Terlampir", b"Terkirim!")
    for ask in (names(), silence):
        result = check(changed, ask=ask)
        assert result.verdict == FAILED
        assert "body_changed" in result.notes


def test_a_changed_header_fails() -> None:
    changed = signed().replace(b"Subject: Surat penunjukan", b"Subject: Surat penghentian")
    assert check(changed, ask=names()).verdict == FAILED


def test_a_signature_over_part_of_the_body_is_none() -> None:
    result = check(signed(length=True) + b"Tambahan.\r\n", ask=names())
    assert result.verdict == FAILED
    assert "partly_signed" in result.notes


def test_another_domains_signature_says_nothing_of_this_sender() -> None:
    ask = names(**{"k1._domainkey.lain.example": f"v=DKIM1; k=rsa; p={PUBLIC}"})
    result = check(signed(domain=b"lain.example"), ask=ask)
    assert result.verdict == NONE
    assert "wrong_domain" in result.notes
    ask = names(
        **{
            "k1._domainkey.lain.example": f"v=DKIM1; k=rsa; p={PUBLIC}",
            "_dmarc.jakarta.go.id": "v=DMARC1; p=reject",
        }
    )
    assert check(signed(domain=b"lain.example"), ask=ask).verdict == FAILED


@pytest.mark.parametrize(
    "second",
    [
        b"From: gubernur@jakarta.go.id\r\n",
        b"FROM: <gubernur@jakarta.go.id>\r\n",
        b"From : gubernur@jakarta.go.id\r\n",
    ],
)
def test_two_senders_are_never_verified(second: bytes) -> None:
    for raw in (second + signed(), signed().replace(b"To: ", second + b"To: ", 1)):
        assert check(said(f"{MX}; dkim=pass header.d=jakarta.go.id", raw), ask=names()).verdict == (
            FAILED
        )
        assert check(raw, authserv_id=MX, ask=names()).verdict == FAILED


def test_two_addresses_in_one_from_are_never_verified() -> None:
    raw = PLAIN.replace(
        b"<kec.tebet@jakarta.go.id>", b"<kec.tebet@jakarta.go.id>, <gubernur@jakarta.go.id>"
    )
    assert check(signed(raw), ask=names()).verdict == FAILED


def test_only_the_trusted_server_is_heard_and_only_its_topmost_line() -> None:
    line = f"{MX}; spf=pass smtp.mailfrom=jakarta.go.id; dkim=pass header.d=jakarta.go.id"
    heard = check(said(line, signed()), authserv_id=MX, ask=silence)
    assert (heard.verdict, heard.spf, heard.by) == (VERIFIED, "pass", MX)
    unasked = check(said(line, signed()), ask=silence)
    assert (unasked.verdict, unasked.spf) == (NONE, "absent")
    other = check(said(line.replace(MX, "mx.lain.id"), signed()), authserv_id=MX, ask=silence)
    assert other.verdict == NONE
    below = said("mx.lain.id; none", said(line, signed()))
    assert check(below, authserv_id=MX, ask=silence).verdict == NONE
    twice = said(line, said(line, signed()))
    assert check(twice, authserv_id=MX, ask=silence).verdict == NONE


def test_a_line_that_praises_what_is_not_there_fails() -> None:
    line = f"{MX}; dkim=pass header.d=jakarta.go.id; dmarc=pass"
    for raw in (PLAIN, signed().replace(b"Terlampir", b"Terkirim!")):
        result = check(said(line, raw), authserv_id=MX, ask=silence)
        assert result.verdict == FAILED
        assert "says_otherwise" in result.notes


def test_forged_in_two_hundred_ways_never_verified() -> None:
    dice = random.Random(10)
    good = signed()
    lines = [
        f"{MX}; dkim=pass header.d=jakarta.go.id",
        f"{MX} 1; dmarc=pass; spf=pass; dkim=pass header.i=@jakarta.go.id",
        f'"{MX}"; dkim=pass (2048-bit key) header.d=jakarta.go.id',
        f"(palsu) {MX}; dkim=pass header.d=jakarta.go.id",
    ]
    spoilt = [
        lambda raw: raw.replace(b"Terlampir", dice.randbytes(4).hex().encode()),
        lambda raw: b"From: gubernur@jakarta.go.id\r\n" + raw,
        lambda raw: raw + b"Transfer ke rekening baru.\r\n",
        lambda raw: raw[raw.index(b"From:") :],
        lambda raw: raw.replace(b"bh=", b"bh=AAAA", 1),
        lambda raw: raw.replace(b"d=jakarta.go.id", b"d=jahat.example", 1),
        lambda raw: raw.replace(b"kec.tebet@jakarta.go.id", b"kec.tebet@jakarta-go.id"),
    ]
    for number in range(210):
        raw = spoilt[number % len(spoilt)](good)
        raw = said(dice.choice(lines), raw) if dice.random() < 0.8 else raw
        result = check(raw, authserv_id=MX, ask=dice.choice([names(), silence]))
        assert result.verdict != VERIFIED, raw


def test_strange_bytes_raise_nothing() -> None:
    dice = random.Random(3)
    good = signed()
    for _ in range(150):
        raw = bytearray(good)
        for _ in range(dice.randrange(1, 40)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        check(bytes(raw), authserv_id=MX, ask=names())
    for raw in (b"", b"\n", b"DKIM-Signature:\r\n\r\n", b"From:\r\nDKIM-Signature: a=;b=\r\n\r\nx"):
        assert check(raw, authserv_id=MX, ask=names()).verdict != VERIFIED


def test_what_one_mail_asked_the_next_one_knows_but_for_what_got_no_answer() -> None:
    asked: list[str] = []

    def ask(name: str) -> str | None:
        asked.append(name)
        if name == "mati.id":
            raise NoAnswer(name)
        return None

    known: dict[str, str | None] = {}
    for _mail in range(2):
        one = patient(ask, known=known)
        assert one("_dmarc.contoh.go.id") is None
        with pytest.raises(NoAnswer):
            one("mati.id")
    assert asked == ["_dmarc.contoh.go.id", "mati.id", "mati.id"]
