"""Telegram channels."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_PAGES = frozenset(
    [
        "addemoji",
        "addlist",
        "addstickers",
        "addtheme",
        "bg",
        "boost",
        "confirmphone",
        "contact",
        "giftcode",
        "invoice",
        "iv",
        "login",
        "m",
        "msg",
        "proxy",
        "setlanguage",
        "share",
        "socks",
    ]
)
_RULE = Rule(
    "Telegram",
    re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}"),
    _("5–32 huruf, angka, atau garis bawah, dimulai dengan huruf"),
    _PAGES | {"joinchat"},
)
_NAME_AS_SUBDOMAIN = re.compile(r"([a-z][a-z0-9_]{4,31})\.t\.me")


def read_bare(text: str) -> Handle:
    name = _RULE.check(text.removeprefix("@"))
    return Handle("telegram", "handle", name, name.lower(), f"https://t.me/{name}", f"@{name}")


def read_link(link: Link) -> Handle:
    named = _NAME_AS_SUBDOMAIN.fullmatch(link.host)
    if not named and link.host.removeprefix("www.") not in NETWORK.hosts:
        raise refuse("other-host", host=link.host)
    pieces = (named[1], *link.segments) if named else link.segments
    if pieces and pieces[0] == "s":
        pieces = pieces[1:]
    first = pieces[0].lower() if pieces else ""
    if not first:
        raise refuse("no-account", network="Telegram")
    if first.startswith("+") or first == "joinchat":
        raise refuse("group")
    if first == "c":
        raise refuse("post")
    if first in _PAGES:
        raise refuse("not-an-account", network="Telegram")
    check_tail(Link(link.host, pieces), 1, tabs=frozenset(), posts=frozenset())
    return read_bare(pieces[0])


NETWORK = Network(
    key="telegram",
    label="Telegram",
    hosts=("t.me", "telegram.me", "telegram.dog"),
    subdomains=re.compile(r"www|[a-z][a-z0-9_]{4,31}"),
    example="https://t.me/dkijakarta",
    read_bare=read_bare,
    read_link=read_link,
)
