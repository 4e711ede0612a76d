"""WhatsApp channels. Their codes differ by case; numbers and groups are not accounts here."""

import re

from kanal.networks.link import Link
from kanal.networks.network import Handle, Network, Rule, check_tail
from kanal.networks.refusals import _, refuse

_RULE = Rule(
    "WhatsApp",
    re.compile(r"[A-Za-z0-9]{16,40}"),
    _("kode saluran 16–40 huruf dan angka dari tautannya"),
)
_NUMBER = re.compile(r"\+?[\d().-]{7,20}")


def read_bare(text: str) -> Handle:
    if _NUMBER.fullmatch(text):
        raise refuse("phone-number")
    code = _RULE.check(text)
    url = f"https://www.whatsapp.com/channel/{code}"
    return Handle("whatsapp", "channel", code, code, url, f"whatsapp.com/channel/{code}")


def read_link(link: Link) -> Handle:
    if link.first() != "channel":
        raise refuse("not-an-account" if link.segments else "no-account", network="WhatsApp")
    if len(link.segments) < 2:
        raise refuse("no-account", network="WhatsApp")
    check_tail(link, 2, tabs=frozenset(), posts=frozenset())
    return read_bare(link.segments[1])


NETWORK = Network(
    key="whatsapp",
    label=_("Saluran WhatsApp"),
    hosts=("whatsapp.com",),
    subdomains=re.compile(r"www"),
    example="https://www.whatsapp.com/channel/0029Va…",
    read_bare=read_bare,
    read_link=read_link,
)
