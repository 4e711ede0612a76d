"""Facebook pages: by name, where dots do not count, or by number."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_NUMBER = re.compile(r"\d{5,20}")
_NAMED_NUMBER = re.compile(r"[A-Za-z0-9.-]{1,120}-(\d{5,20})")
_PAGES = frozenset(
    [
        "dialog",
        "events",
        "gaming",
        "hashtag",
        "help",
        "l.php",
        "login",
        "login.php",
        "marketplace",
        "messages",
        "notes",
        "plugins",
        "public",
        "search",
        "settings",
        "sharer",
        "sharer.php",
    ]
)
_POSTS = frozenset(
    [
        "permalink.php",
        "photo",
        "photo.php",
        "photos",
        "post",
        "posts",
        "reel",
        "reels",
        "share",
        "share.php",
        "stories",
        "story.php",
        "video",
        "video.php",
        "videos",
        "watch",
    ]
)
_TABS = frozenset(
    [
        "about",
        "community",
        "events",
        "followers",
        "friends",
        "likes",
        "mentions",
        "photos",
        "posts",
        "reels",
        "reviews",
        "services",
        "videos",
    ]
)
_SPECIAL = frozenset({"groups", "p", "pages", "people", "pg", "profile.php"})
_SLUG = Rule(
    "Facebook",
    re.compile(r"(?!\.)(?=.*[A-Za-z])(?=(?:\.*[A-Za-z0-9]){5})[A-Za-z0-9.]{5,50}(?<!\.)"),
    _("5–50 huruf, angka, atau titik, atau nomor halaman"),
    _PAGES | _POSTS | _SPECIAL,
)


def read_bare(text: str) -> Handle:
    name = text.removeprefix("@")
    if _NUMBER.fullmatch(name):
        return _numbered(name)
    _SLUG.check(name)
    key = name.lower().replace(".", "")
    return Handle(
        "facebook", "name", name, key, f"https://www.facebook.com/{name}", f"facebook.com/{name}"
    )


def _numbered(number: str) -> Handle:
    url = f"https://www.facebook.com/profile.php?id={number}"
    return Handle("facebook", "id", number, f"id:{number}", url, f"facebook.com/{number}")


def read_link(link: Link) -> Handle:
    first = link.first()
    if not first:
        raise refuse("no-account", network="Facebook")
    if first == "profile.php":
        return _by_number(link.query.get("id", ""))
    if first in ("pages", "people"):
        return _by_number(link.segments[2] if len(link.segments) > 2 else "")
    if first == "p":
        return _named_number(link)
    if first == "groups":
        raise refuse("group")
    if first in _POSTS:
        raise refuse("post")
    if first in _PAGES:
        raise refuse("not-an-account", network="Facebook")
    at = 1 if first == "pg" else 0
    if len(link.segments) <= at:
        raise refuse("no-account", network="Facebook")
    check_tail(link, at + 1, tabs=_TABS, posts=_POSTS)
    return read_bare(link.segments[at])


def _by_number(number: str) -> Handle:
    if not _NUMBER.fullmatch(number):
        raise refuse("no-account", network="Facebook")
    return _numbered(number)


def _named_number(link: Link) -> Handle:
    """The newer form of a page's number: /p/Its-Name-100064000000000/."""
    hit = _NAMED_NUMBER.fullmatch(link.segments[1]) if len(link.segments) > 1 else None
    return _by_number(hit[1] if hit else "")


NETWORK = Network(
    key="facebook",
    label="Facebook",
    hosts=("facebook.com", "fb.com"),
    subdomains=re.compile(r"www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2}"),
    example="https://www.facebook.com/dinkesdki",
    read_bare=read_bare,
    read_link=read_link,
)
