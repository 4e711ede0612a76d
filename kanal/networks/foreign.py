"""Addresses that are no network's account pages: shorteners, link pages, and imitations."""

from collections.abc import Iterable

from kanal.networks.lookalike import distance, fold_confusable
from kanal.networks.refusals import HandleRefused, refuse

_SHORTENERS = frozenset(
    [
        "bit.ly",
        "s.id",
        "t.co",
        "tinyurl.com",
        "goo.gl",
        "cutt.ly",
        "is.gd",
        "ow.ly",
        "rebrand.ly",
        "shorturl.at",
        "rb.gy",
        "tiny.cc",
        "buff.ly",
        "dlvr.it",
        "lnkd.in",
        "fb.me",
        "fb.gg",
        "m.me",
        "ig.me",
        "vm.tiktok.com",
        "vt.tiktok.com",
        "tiktok.link",
        "msng.link",
        "v.gd",
        "s.go.id",
    ]
)
_LINK_PAGES = frozenset(
    [
        "linktr.ee",
        "lynk.id",
        "heylink.me",
        "beacons.ai",
        "desty.page",
        "msha.ke",
        "bio.link",
        "campsite.bio",
        "taplink.cc",
        "linkin.bio",
        "bio.site",
        "solo.to",
    ]
)
_POST_HOSTS = frozenset({"youtu.be", "fb.watch", "redd.it"})
_NUMBER_HOSTS = frozenset({"wa.me", "wa.link", "api.whatsapp.com", "web.whatsapp.com"})
_REDIRECTS = frozenset({"l.facebook.com", "lm.facebook.com", "l.instagram.com", "l.threads.com"})
# Sites that also write /@name but are not Mastodon servers.
_OTHER_SITES = frozenset(
    [
        "medium.com",
        "substack.com",
        "snapchat.com",
        "pinterest.com",
        "kwai.com",
        "likee.video",
        "lemon8-app.com",
        "rumble.com",
        "github.com",
        "wordpress.com",
    ]
)
_BRANDS = (
    "instagram",
    "facebook",
    "whatsapp",
    "telegram",
    "linkedin",
    "youtube",
    "twitter",
    "threads",
    "tiktok",
    "bluesky",
    "bsky",
)


def known(host: str) -> HandleRefused | None:
    """Why this address, which belongs to no network's accounts, is refused; None if unknown."""
    bare = host.removeprefix("www.")
    for code, hosts in (
        ("short-link", _SHORTENERS),
        ("link-page", _LINK_PAGES),
        ("post", _POST_HOSTS),
        ("phone-number", _NUMBER_HOSTS),
        ("redirect", _REDIRECTS),
        ("group", frozenset({"chat.whatsapp.com"})),
        ("other-host", _OTHER_SITES),
    ):
        if bare in hosts:
            return refuse(code, host=bare)
    return None


def imitation(host: str, real: Iterable[str]) -> HandleRefused | None:
    """A host that wears a `real` network's name, exactly or nearly, without being that network."""
    for own in real:
        if host.endswith(f".{own}"):
            return refuse("not-an-account", network=own)
        if f".{own}." in f".{host}":
            return refuse("lookalike-host", host=host, like=own)
    for label in host.split("."):
        folded = fold_confusable(label)
        for brand in _BRANDS:
            same = fold_confusable(brand)
            if same in folded or (len(folded) > 5 and distance(folded, same, 1) <= 1):
                return refuse("lookalike-host", host=host, like=brand)
    return None
