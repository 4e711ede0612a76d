"""Any pasted link or handle becomes one account in one form, or is refused with the reason."""

from kanal.networks import (
    bluesky,
    facebook,
    foreign,
    instagram,
    linkedin,
    mastodon,
    telegram,
    threads,
    tiktok,
    whatsapp,
    x,
    youtube,
)
from kanal.networks.link import Link, clean, take_apart
from kanal.networks.lookalike import difference, distance, fold_confusable
from kanal.networks.network import Handle, Network
from kanal.networks.refusals import HandleRefused, refuse

__all__ = [
    "NETWORKS",
    "Handle",
    "HandleRefused",
    "Network",
    "difference",
    "distance",
    "fold_confusable",
    "guess",
    "read",
]

NETWORKS: dict[str, Network] = {
    module.NETWORK.key: module.NETWORK
    for module in (
        x,
        instagram,
        threads,
        tiktok,
        facebook,
        youtube,
        telegram,
        whatsapp,
        mastodon,
        bluesky,
        linkedin,
    )
}
_HOSTS = [host for network in NETWORKS.values() for host in network.hosts]


def read(text: str, network: str | None = None) -> Handle:
    """The account a text names. A bare handle needs its network; a link says its own."""
    pasted = clean(text)
    link = take_apart(pasted)
    if link is None and _is_address(pasted):
        link = Link(pasted.lower(), ())
    if link is not None:
        return _read_link(link, network)
    pasted = pasted.rstrip("/") if pasted.startswith("@") else pasted
    return _read_bare(pasted, network)


def _is_address(pasted: str) -> bool:
    """A bare text that is a network's own address, with nothing or too much around it."""
    host = pasted.lower()
    if _owner(host) or foreign.known(host):
        return True
    return any(f".{own}." in f".{host}." for own in _HOSTS)


def _owner(host: str) -> Network | None:
    return next((network for network in NETWORKS.values() if network.owns(host)), None)


def _read_link(link: Link, wanted: str | None) -> Handle:
    owner = _owner(link.host)
    if owner is None:
        owner = _server(link)
    if wanted and owner.key != wanted:
        raise refuse("other-network", network=owner.label)
    return owner.read_link(link)


def _server(link: Link) -> Network:
    """An address of no known network may be a Mastodon server, unless it is something worse."""
    refusal = foreign.known(link.host) or foreign.imitation(link.host, _HOSTS)
    if refusal:
        raise refusal
    return NETWORKS["mastodon"]


def _read_bare(pasted: str, wanted: str | None) -> Handle:
    if wanted:
        handle = NETWORKS[wanted].read_bare(pasted)
        _check_server(handle)
        return handle
    if pasted[:4].lower() == "did:":
        return NETWORKS["bluesky"].read_bare(pasted)
    if "@" in pasted[1:]:
        return _read_with_server(pasted)
    raise refuse("no-network", handle=pasted[:60])


def _read_with_server(pasted: str) -> Handle:
    host = pasted.rpartition("@")[2].lower()
    if _is_address(pasted.partition("@")[0]):
        raise refuse("userinfo", host=host[:80])
    if not pasted.startswith("@"):
        raise refuse("email")
    handle = NETWORKS["mastodon"].read_bare(pasted)
    _check_server(handle)
    return handle


def _check_server(handle: Handle) -> None:
    """The server part of a Mastodon name may not be, or imitate, another network."""
    if handle.network != "mastodon":
        return
    host = handle.key.partition("@")[2]
    owner = _owner(host)
    if owner:
        raise refuse("other-network", network=owner.label)
    _server(Link(host, ()))


def guess(text: str) -> list[Handle]:
    """Every account a text could name: one for a link, several for a bare handle, perhaps none.

    Text that no account can be written with is refused as in `read`.
    """
    pasted = clean(text)
    if take_apart(pasted) is not None or _is_address(pasted):
        return [read(pasted)]
    fitting = []
    for key in NETWORKS:
        try:
            fitting.append(read(pasted, key))
        except HandleRefused:
            continue
    return fitting
