"""Mastodon: a name on any server, so the server is part of the name."""

import re

from kanal.networks.link import Link, check_host
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_RULE = Rule(
    "Mastodon", re.compile(r"@?[A-Za-z0-9_]{1,30}@[A-Za-z0-9.-]{4,253}"), _("tulis @nama@server")
)
_NAME = Rule("Mastodon", re.compile(r"[A-Za-z0-9_]{1,30}"), _("huruf, angka, atau garis bawah"))
_TABS = frozenset({"with_replies", "media", "featured"})


def read_bare(text: str) -> Handle:
    _RULE.check(text)
    name, _, host = text.removeprefix("@").partition("@")
    check_host(host.lower())
    return _account(name, host.lower())


def _account(name: str, host: str) -> Handle:
    written = f"{_NAME.check(name)}@{host}"
    return Handle(
        "mastodon", "handle", written, written.lower(), f"https://{host}/@{name}", f"@{written}"
    )


def read_link(link: Link) -> Handle:
    first = link.first()
    at = 1 if first in ("users", "web") else 0
    name = link.segments[at].removeprefix("@") if len(link.segments) > at else ""
    if not name or not (at or first.startswith("@")):
        raise refuse("other-host", host=link.host)
    if "@" in name:
        raise refuse("remote-view", host=link.host)
    check_tail(link, at + 1, tabs=_TABS, posts=frozenset({"statuses"}))
    return _account(name, link.host)


NETWORK = Network(
    key="mastodon",
    label="Mastodon",
    hosts=(),
    example="@dkijakarta@sosial.contoh.id",
    read_bare=read_bare,
    read_link=read_link,
)
