"""The codes a mail is written in: header lines, encoded words, parameters, transfer encodings."""

from __future__ import annotations

import binascii
import quopri
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote_to_bytes

_FOLDED = re.compile(r"\r?\n[ \t]|\r[ \t]")
_LINE = re.compile(r"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=")
_PARAMETER = re.compile(
    r""";\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))""", re.DOTALL
)
_CONTINUED = re.compile(r"(.+?)\*(\d{1,3})?(\*)?$")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Python's, not mail's, and some of them slow.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_MOST_PARAMETERS = 100
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Headers:
    """Lines in their order, names in lower case, values unfolded into one line each."""

    lines: list[tuple[str, str]]

    @classmethod
    def read(cls, head: bytes, *, most: int) -> Headers:
        lines: list[tuple[str, str]] = []
        for line in re.split(r"\r\n|\n|\r", _FOLDED.sub(" ", _as_text(head)))[: most * 2]:
            match = _LINE.fullmatch(line)
            if match and len(lines) < most:
                lines.append((match[1].lower(), _CONTROLS.sub(" ", match[2]).strip()))
        return cls(lines)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.lines if key == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def text(self, name: str) -> str:
        return decoded_words(self.first(name))

    def with_parameters(self, name: str) -> tuple[str, dict[str, str]]:
        """The value and its parameters, split and encoded ones put together."""
        value = self.first(name)
        plain, _, _ = value.partition(";")
        found: list[tuple[str, str]] = []
        for match in _PARAMETER.finditer(value):
            quoted, bare = match[2], match[3]
            said = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare.strip()
            found.append((match[1].lower(), said))
            if len(found) >= _MOST_PARAMETERS:
                break
        return plain.strip(), _joined(found)


def _as_text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def decoded_words(value: str) -> str:
    """Encoded words made plain, in one line without control or direction characters."""
    if len(_ENCODED_WORD.findall(value)) > _MOST_WORDS:
        value = value[:10_000]
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError, binascii.Error):
        parts = [(value, None)]
    text = "".join(
        part if isinstance(part, str) else _word(part, charset or "") for part, charset in parts
    )
    return " ".join(_CONTROLS.sub(" ", text).split())


def _word(part: bytes, charset: str) -> str:
    if charset:
        return text_of(part, charset)
    return part.decode("raw-unicode-escape", "replace")


def _joined(found: list[tuple[str, str]]) -> dict[str, str]:
    whole: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for key, said in found:
        match = _CONTINUED.fullmatch(key)
        if match is None:
            whole.setdefault(key, said)
        else:
            number = int(match[2] or 0)
            encoded = match[3] is not None or match[2] is None
            pieces.setdefault(match[1], {}).setdefault(number, (said, encoded))
    for key, numbered in pieces.items():
        whole[key] = _assembled([numbered[number] for number in sorted(numbered)])
    return whole


def _assembled(pieces: list[tuple[str, bool]]) -> str:
    """After RFC 2231: the charset stands in the first piece, if that one is encoded."""
    first, encoded = pieces[0]
    charset = "utf-8"
    if encoded and first.count("'") >= 2:
        charset, _, rest = first.split("'", 2)
        pieces = [(rest, True), *pieces[1:]]
    raw = b"".join(
        unquote_to_bytes(said) if coded else said.encode("utf-8", "replace")
        for said, coded in pieces
    )
    return text_of(raw, charset)


def file_name(said: str) -> str:
    """The last part of a path, decoded, in one line: to be shown, never to be a path."""
    name = decoded_words(said).replace("\\", "/").rpartition("/")[2]
    return name.strip()[:200]


def decoded(body: bytes, encoding: str) -> bytes:
    kind = encoding.strip().lower()
    if kind == "base64":
        return _base64(body)
    if kind == "quoted-printable":
        return quopri.decodestring(body)
    if kind in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(body)
    return body


def _base64(body: bytes) -> bytes:
    """What can be had of it: strange letters are skipped, a cut end loses its last letter."""
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _uuencoded(body: bytes) -> bytes:
    lines: list[bytes] = []
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            lines.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(lines)


def text_of(data: bytes, charset: str) -> str:
    """In the charset that was said; an unknown or wrong one gives what is most likely."""
    name = charset.strip().strip("\"'").lower()
    for guess in (name, "utf-8"):
        if not guess or guess.replace("-", "_") in _NO_CHARSETS:
            continue
        try:
            return data.decode(guess)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")
