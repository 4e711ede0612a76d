"""Instagram. Threads shares its names."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

NAME = re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9._]{1,30}(?<!\.)")
NAME_SAYS = _("1–30 huruf, angka, titik, atau garis bawah; titik tidak di tepi dan tidak ganda")
_POSTS = frozenset({"p", "reel", "reels", "tv", "stories", "s", "share"})
_PAGES = frozenset({"about", "accounts", "direct", "explore", "legal", "developer", "web"})
_RULE = Rule("Instagram", NAME, NAME_SAYS, _POSTS | _PAGES)
_TABS = frozenset({"reels", "tagged", "channel", "guides"})


def read_bare(text: str) -> Handle:
    name = _RULE.check(text.removeprefix("@"))
    return Handle(
        "instagram",
        "handle",
        name,
        name.lower(),
        f"https://www.instagram.com/{name}/",
        f"@{name}",
    )


def read_link(link: Link) -> Handle:
    if not link.segments:
        raise refuse("no-account", network="Instagram")
    if link.first() in _POSTS:
        raise refuse("post")
    if link.first() in _PAGES:
        raise refuse("not-an-account", network="Instagram")
    check_tail(link, 1, tabs=_TABS, posts=_POSTS)
    return read_bare(link.segments[0])


NETWORK = Network(
    key="instagram",
    label="Instagram",
    hosts=("instagram.com", "instagr.am"),
    example="https://www.instagram.com/dkijakarta/",
    read_bare=read_bare,
    read_link=read_link,
)
