"""LinkedIn pages of offices and schools; never a person's profile."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_RULE = Rule(
    "LinkedIn", re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"), _("huruf, angka, atau tanda hubung")
)
_KINDS = ("company", "school", "showcase")
_TABS = frozenset(
    ["about", "people", "posts", "jobs", "life", "videos", "events", "insights", "mycompany"]
)


def read_bare(text: str) -> Handle:
    kind, slash, name = text.removeprefix("@").partition("/")
    if not slash:
        return _page("company", kind)
    return _of_kind(kind.lower(), name)


def _of_kind(kind: str, name: str) -> Handle:
    if kind == "in":
        raise refuse("person")
    if kind not in _KINDS:
        raise refuse("not-an-account", network="LinkedIn")
    return _page(kind, name)


def _page(kind: str, name: str) -> Handle:
    written = f"{kind}/{_RULE.check(name)}"
    url = f"https://www.linkedin.com/{written}"
    return Handle("linkedin", kind, written, written.lower(), url, f"linkedin.com/{written}")


def read_link(link: Link) -> Handle:
    first = link.first()
    if first in ("posts", "feed", "pulse", "video"):
        raise refuse("post")
    if first == "groups":
        raise refuse("group")
    if len(link.segments) < 2:
        raise refuse("no-account", network="LinkedIn")
    page = _of_kind(first, link.segments[1])
    check_tail(link, 2, tabs=_TABS, posts=frozenset())
    return page


NETWORK = Network(
    key="linkedin",
    label="LinkedIn",
    hosts=("linkedin.com",),
    subdomains=re.compile(r"www|m|[a-z]{2}"),
    example="https://www.linkedin.com/company/pemprov-dki-jakarta",
    read_bare=read_bare,
    read_link=read_link,
)
