"""The frame of one signer's signatures, in which only the digest and the signature differ."""

from __future__ import annotations

from asn1crypto import cms  # type: ignore[import-untyped]

_SEQUENCE, _SET, _OCTETS, _FIRST = 0x30, 0x31, 0x04, 0xA0
# No other part of a frame looks like this, and a digest is as long.
MODEL_DIGEST = b"digest of a letter, to be filled"


class Envelope:
    """Taken from a model that pyHanko made over `MODEL_DIGEST`.

    Encoding all of it anew costs pyHanko three quarters of a signature's time.
    """

    def __init__(self, model: cms.ContentInfo) -> None:
        signed = model["content"]
        signer = signed["signer_infos"][0]
        self._before = b"".join(
            signed[part].dump()
            for part in ("version", "digest_algorithms", "encap_content_info", "certificates")
        )
        self._who = b"".join(signer[part].dump() for part in ("version", "sid", "digest_algorithm"))
        self._how = signer["signature_algorithm"].dump()
        self._kind = model["content_type"].dump()
        self._ahead: bytes
        self._behind: bytes
        self._ahead, self._behind = signer["signed_attrs"].dump().split(MODEL_DIGEST)

    def to_sign(self, digest: bytes) -> bytes:
        """What the key signs: the attributes with this digest, under their ordinary tag."""
        return bytes([_SET]) + self._attributes(digest)[1:]

    def closed(self, digest: bytes, signature: bytes) -> bytes:
        """The whole CMS signature in DER.

        Not as an asn1crypto object: one whose length happens to end in 0x80 it takes for one of
        unknown length and encodes it anew, fifty times slower.
        """
        signer = self._who + self._attributes(digest) + self._how + _tlv(_OCTETS, signature)
        signed = self._before + _tlv(_SET, _tlv(_SEQUENCE, signer))
        whole = self._kind + _tlv(_FIRST, _tlv(_SEQUENCE, signed))
        return _tlv(_SEQUENCE, whole)

    def _attributes(self, digest: bytes) -> bytes:
        if len(digest) != len(MODEL_DIGEST):
            raise ValueError("not a SHA-256 digest")
        return self._ahead + digest + self._behind


def _tlv(tag: int, value: bytes) -> bytes:
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + value
