"""What a network's module must say about itself, and the account it reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kanal.networks.link import Link
from kanal.networks.refusals import refuse


@dataclass(frozen=True)
class Handle:
    """One account. `key` is equal for two writings of the same account on one network."""

    network: str
    kind: str
    written: str
    key: str
    url: str
    shown: str


@dataclass(frozen=True)
class Network:
    """One network's rules. `subdomains` is what may stand before one of its `hosts`."""

    key: str
    label: str
    hosts: tuple[str, ...]
    example: str
    read_bare: Callable[[str], Handle]
    read_link: Callable[[Link], Handle]
    subdomains: re.Pattern[str] = field(default=re.compile(r"www|m"))

    def owns(self, host: str) -> bool:
        """Is this one of the network's own addresses for accounts?"""
        for own in self.hosts:
            if host == own:
                return True
            if host.endswith(f".{own}"):
                return bool(self.subdomains.fullmatch(host.removesuffix(f".{own}")))
        return False


@dataclass(frozen=True)
class Rule:
    """The letters a handle may have, the sentence that says so, and the words no account can have."""

    label: str
    pattern: re.Pattern[str]
    says: str
    reserved: frozenset[str] = frozenset()

    def check(self, handle: str) -> str:
        if not self.pattern.fullmatch(handle):
            raise refuse("bad-handle", handle=handle[:60], network=self.label, rule=self.says)
        if handle.lower() in self.reserved:
            raise refuse("reserved", handle=handle, network=self.label)
        return handle


def check_tail(link: Link, after: int, *, tabs: frozenset[str], posts: frozenset[str]) -> None:
    """What follows the account in the path: nothing or one of its tabs, never a post."""
    tail = link.segments[after:]
    if not tail or (len(tail) == 1 and tail[0].lower() in tabs):
        return
    if tail[0].lower() in posts or tail[0].isdigit():
        raise refuse("post")
    raise refuse("not-an-account", network=link.host)
