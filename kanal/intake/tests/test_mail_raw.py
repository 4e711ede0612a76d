"""The key that copies of one mail share: whatever servers put on top or do to line ends."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.intake import mail_raw
from kanal.intake.mail_raw import content_key

HEAD = b"From: a@x.id\r\nSubject: Surat\r\n\r\n"


def said(body: bytes) -> str:
    plain = body.replace(b"\r\n", b"\n").strip(b"\n")
    return hashlib.sha256(b"from:a@x.id\nsubject:Surat\n\n" + plain).hexdigest()


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1 << 20])
@given(
    body=st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b"a", b"surat"]), max_size=40).map(
        b"".join
    )
)
def test_a_body_in_pieces_has_the_key_of_the_whole(piece: int, body: bytes) -> None:
    kept, mail_raw._PIECE = mail_raw._PIECE, piece
    try:
        assert content_key(HEAD + body) == said(body)
    finally:
        mail_raw._PIECE = kept


def test_what_servers_add_changes_no_key() -> None:
    mail = HEAD + b"isi\r\n"
    trace = b"Return-Path: <b@x.id>\r\nReceived: from x by y\r\n"
    assert content_key(trace + mail) == content_key(mail.replace(b"\r\n", b"\n"))
    assert content_key(mail) != content_key(mail.replace(b"isi", b"isi lain"))
