"""TikTok."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_RULE = Rule(
    "TikTok",
    re.compile(r"[A-Za-z0-9._]{2,24}(?<!\.)"),
    _("2–24 huruf, angka, titik, atau garis bawah, tidak berakhir titik"),
)
_POSTS = frozenset({"video", "photo", "playlist", "collection"})


def read_bare(text: str) -> Handle:
    name = _RULE.check(text.removeprefix("@"))
    url = f"https://www.tiktok.com/@{name}"
    return Handle("tiktok", "handle", name, name.lower(), url, f"@{name}")


def read_link(link: Link) -> Handle:
    if not link.segments:
        raise refuse("no-account", network="TikTok")
    if link.first() == "t":
        raise refuse("short-link", host="tiktok.com/t")
    if link.first() in ("v", "embed", "tag", "music", "discover", "foryou"):
        raise refuse("not-an-account", network="TikTok")
    if not link.first().startswith("@"):
        raise refuse("needs-at", network="TikTok", example=NETWORK.example)
    check_tail(link, 1, tabs=frozenset({"live"}), posts=_POSTS)
    return read_bare(link.segments[0])


NETWORK = Network(
    key="tiktok",
    label="TikTok",
    hosts=("tiktok.com",),
    example="https://www.tiktok.com/@dukcapiljakarta",
    read_bare=read_bare,
    read_link=read_link,
)
