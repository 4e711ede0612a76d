"""A pasted text taken apart by our own strict rules, before any network looks at it.

Browsers forgive much (user parts, backslashes, odd schemes); every such forgiveness has been used
to show one address and open another, so here each is refused by name.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from kanal.networks.refusals import refuse
from kanal.networks.scripts import script_of

MAX_LENGTH = 500
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_LINK_SIGNS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"
)
# In the part that names the account no sign is needed beyond these.
_PATH = re.compile(r"[A-Za-z0-9._~@+:/-]*")


@dataclass(frozen=True)
class Link:
    """An http(s) address: its host in small letters, its path in pieces, its question part."""

    host: str
    segments: tuple[str, ...]
    query: dict[str, str] = field(default_factory=dict)

    def first(self) -> str:
        """The first piece of the path, in small letters; empty when there is none."""
        return self.segments[0].lower() if self.segments else ""


def clean(text: str) -> str:
    """The text without surrounding blanks, once every letter in it is an ordinary one."""
    pasted = text.strip()
    if not pasted:
        raise refuse("empty")
    if len(pasted) > MAX_LENGTH:
        raise refuse("too-long")
    for letter in pasted:
        _check_letter(letter)
    return pasted


def _check_letter(letter: str) -> None:
    if letter in _LINK_SIGNS:
        return
    if letter.isspace():
        raise refuse("spaces")
    if letter.isascii() and letter.isprintable():
        raise refuse("strange-sign", letter=letter)
    if unicodedata.category(letter)[0] in "CM":
        raise refuse("hidden-letter", letter=f"U+{ord(letter):04X}")
    raise refuse("strange-letter", letter=letter, name=script_of(letter))


def take_apart(pasted: str) -> Link | None:
    """The link in a clean text, or None when it is no link but a bare name."""
    rest = _without_scheme(pasted)
    if rest is None:
        if pasted.startswith("@") or not _begins_with_host(pasted):
            return None
        rest = pasted
    authority, path, query = _split(rest)
    return Link(_host(authority), _segments(path), _query(query))


def _without_scheme(pasted: str) -> str | None:
    if pasted.startswith("//"):
        return pasted[2:]
    hit = _SCHEME.match(pasted)
    if hit is None or hit[1].lower() == "did":
        return None
    scheme, rest = hit[1].lower(), pasted[hit.end() :]
    if scheme in ("http", "https") and rest.startswith("//"):
        return rest[2:]
    if "." in scheme and rest[:1].isdigit():
        return None  # host:port without a scheme, refused with the host
    raise refuse("scheme", scheme=scheme[:20])


def _begins_with_host(pasted: str) -> bool:
    head = re.split(r"[/?#]", pasted, maxsplit=1)[0]
    return "." in head and (len(head) < len(pasted) or ":" in head)


def _split(rest: str) -> tuple[str, str, str]:
    """Authority, path and question part; the fragment is dropped."""
    body = rest.split("#", 1)[0]
    before, _, query = body.partition("?")
    authority, _, path = before.partition("/")
    return authority, path, query


def _query(query: str) -> dict[str, str]:
    return dict(parse_qsl(query.replace(";", "&")))


def _host(authority: str) -> str:
    if "@" in authority:
        raise refuse("userinfo", host=authority.rpartition("@")[2][:80])
    host, colon, port = authority.lower().partition(":")
    if colon:
        raise refuse("port", port=port[:10])
    check_host(host)
    return host


def check_host(host: str) -> None:
    """An ordinary registered-looking name: no address in numbers, no disguised letters."""
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise refuse("bad-host", host=host[:80])
    if any(label.startswith("xn--") for label in host.split(".")):
        raise refuse("punycode", host=host)


def _segments(path: str) -> tuple[str, ...]:
    decoded = path.replace("%40", "@")
    if not _PATH.fullmatch(decoded):
        strange = next(letter for letter in decoded if not _PATH.fullmatch(letter))
        raise refuse("strange-sign", letter=strange)
    pieces = decoded.split("/")
    if pieces[-1] == "":
        pieces.pop()
    if any(piece in ("", ".", "..") for piece in pieces):
        raise refuse("strange-sign", letter="//" if "" in pieces else "..")
    return tuple(pieces)
