"""X, formerly Twitter."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_PAGES = frozenset(
    [
        "about",
        "compose",
        "download",
        "explore",
        "hashtag",
        "home",
        "i",
        "intent",
        "jobs",
        "login",
        "logout",
        "messages",
        "notifications",
        "oauth",
        "privacy",
        "search",
        "settings",
        "share",
        "signup",
        "tos",
        "who_to_follow",
    ]
)
_RULE = Rule(
    "X", re.compile(r"[A-Za-z0-9_]{1,15}"), _("1–15 huruf, angka, atau garis bawah"), _PAGES
)
_TABS = frozenset({"with_replies", "media", "likes", "highlights", "articles"})
_POSTS = frozenset({"status", "statuses"})


def read_bare(text: str) -> Handle:
    name = _RULE.check(text.removeprefix("@"))
    return Handle("x", "handle", name, name.lower(), f"https://x.com/{name}", f"@{name}")


def read_link(link: Link) -> Handle:
    if not link.segments:
        raise refuse("no-account", network="X")
    if link.first() in _PAGES:
        code = "post" if link.first() == "i" else "not-an-account"
        raise refuse(code, network="X")
    check_tail(link, 1, tabs=_TABS, posts=_POSTS)
    return read_bare(link.segments[0])


NETWORK = Network(
    key="x",
    label="X",
    hosts=("x.com", "twitter.com"),
    subdomains=re.compile(r"www|m|mobile"),
    example="https://x.com/DKIJakarta",
    read_bare=read_bare,
    read_link=read_link,
)
