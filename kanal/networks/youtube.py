"""YouTube. A channel has up to four addresses of different kinds; the kind is never changed."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_HANDLE = Rule(
    "YouTube",
    re.compile(r"[A-Za-z0-9._-]{3,30}"),
    _("3–30 huruf, angka, titik, garis bawah, atau tanda hubung"),
)
_CHANNEL = Rule("YouTube", re.compile(r"UC[A-Za-z0-9_-]{22}"), _("UC diikuti 22 huruf atau angka"))
_OLD = Rule("YouTube", re.compile(r"[A-Za-z0-9._-]{1,100}"), _("huruf, angka, titik, atau garis"))
_POSTS = frozenset({"watch", "shorts", "embed", "live", "v", "clip", "post"})
_PAGES = frozenset(
    [
        "account",
        "feed",
        "gaming",
        "hashtag",
        "playlist",
        "redirect",
        "results",
        "premium",
        "signin",
        "t",
        "trending",
    ]
)
_TABS = frozenset(
    [
        "about",
        "channels",
        "community",
        "featured",
        "live",
        "playlists",
        "podcasts",
        "posts",
        "releases",
        "search",
        "shorts",
        "store",
        "streams",
        "videos",
    ]
)


def read_bare(text: str) -> Handle:
    if _CHANNEL.pattern.fullmatch(text):
        return _channel(text)
    kind, slash, name = text.partition("/")
    if slash:
        return _of_kind(kind.lower(), name)
    return _handle(text.removeprefix("@"))


def _of_kind(kind: str, name: str) -> Handle:
    if kind == "channel":
        return _channel(name)
    if kind in ("c", "user"):
        return _old(kind, name)
    raise refuse("unclear-kind")


def _handle(name: str) -> Handle:
    _HANDLE.check(name)
    return Handle(
        "youtube",
        "handle",
        f"@{name}",
        f"@{name.lower()}",
        f"https://www.youtube.com/@{name}",
        f"@{name}",
    )


def _channel(code: str) -> Handle:
    """Channel ids differ by case, so the case is part of the key."""
    _CHANNEL.check(code)
    url = f"https://www.youtube.com/channel/{code}"
    return Handle("youtube", "channel", code, code, url, f"youtube.com/channel/{code}")


def _old(kind: str, name: str) -> Handle:
    written = f"{kind}/{_OLD.check(name)}"
    return Handle(
        "youtube",
        kind,
        written,
        written.lower(),
        f"https://www.youtube.com/{written}",
        f"youtube.com/{written}",
    )


def read_link(link: Link) -> Handle:
    first = link.first()
    if not first:
        raise refuse("no-account", network="YouTube")
    if first in _POSTS:
        raise refuse("post")
    if first in _PAGES:
        raise refuse("not-an-account", network="YouTube")
    if first.startswith("@"):
        check_tail(link, 1, tabs=_TABS, posts=_POSTS)
        return _handle(link.segments[0][1:])
    if first not in ("channel", "c", "user"):
        raise refuse("unclear-kind")
    if len(link.segments) < 2:
        raise refuse("no-account", network="YouTube")
    check_tail(link, 2, tabs=_TABS, posts=_POSTS)
    return _of_kind(first, link.segments[1])


NETWORK = Network(
    key="youtube",
    label="YouTube",
    hosts=("youtube.com",),
    example="https://www.youtube.com/@JakartaSatuDKI",
    read_bare=read_bare,
    read_link=read_link,
)
