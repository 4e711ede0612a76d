"""Bluesky: a domain name is the handle, or the account's own permanent id."""

import re

from kanal.networks.link import Link, check_host
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = Rule(
    "Bluesky",
    re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])"),
    _("sebuah nama domain, misalnya jakarta.go.id atau nama.bsky.social"),
)
_ID = Rule(
    "Bluesky",
    re.compile(r"did:plc:[a-z2-7]{24}|did:web:[a-z0-9.-]{4,240}"),
    _("did:plc: diikuti 24 huruf atau angka"),
)
# Names that can never be registered, so never be proved.
_RESERVED = frozenset(
    ["alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion", "test"]
)


def read_bare(text: str) -> Handle:
    name = text.removeprefix("@")
    if name[:4].lower() == "did:":
        return _account("did", _ID.check(name))
    name = _DOMAIN.check(name).lower()
    check_host(name)
    if name.rpartition(".")[2] in _RESERVED:
        raise refuse("bad-host", host=name)
    return _account("domain", name)


def _account(kind: str, name: str) -> Handle:
    shown = name if kind == "did" else f"@{name}"
    return Handle("bluesky", kind, name, name, f"https://bsky.app/profile/{name}", shown)


def read_link(link: Link) -> Handle:
    if not link.segments:
        raise refuse("no-account", network="Bluesky")
    if link.first() != "profile":
        raise refuse("not-an-account", network="Bluesky")
    if len(link.segments) < 2:
        raise refuse("no-account", network="Bluesky")
    check_tail(link, 2, tabs=frozenset(), posts=frozenset({"post", "feed", "lists"}))
    return read_bare(link.segments[1])


NETWORK = Network(
    key="bluesky",
    label="Bluesky",
    hosts=("bsky.app",),
    subdomains=re.compile(r"www"),
    example="https://bsky.app/profile/jakarta.go.id",
    read_bare=read_bare,
    read_link=read_link,
)
