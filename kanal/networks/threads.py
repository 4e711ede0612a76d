"""Threads, whose names are Instagram's."""

from kanal.networks.instagram import NAME, NAME_SAYS
from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import refuse

_RULE = Rule("Threads", NAME, NAME_SAYS)
_TABS = frozenset({"replies", "media", "reposts"})
_POSTS = frozenset({"post"})


def read_bare(text: str) -> Handle:
    name = _RULE.check(text.removeprefix("@"))
    url = f"https://www.threads.com/@{name}"
    return Handle("threads", "handle", name, name.lower(), url, f"@{name}")


def read_link(link: Link) -> Handle:
    if not link.segments:
        raise refuse("no-account", network="Threads")
    if link.first() == "t":
        raise refuse("post")
    if not link.first().startswith("@"):
        raise refuse("needs-at", network="Threads", example=NETWORK.example)
    check_tail(link, 1, tabs=_TABS, posts=_POSTS)
    return read_bare(link.segments[0])


NETWORK = Network(
    key="threads",
    label="Threads",
    hosts=("threads.com", "threads.net"),
    example="https://www.threads.com/@dkijakarta",
    read_bare=read_bare,
    read_link=read_link,
)
