"""An account as a letter writes it, held against what the register has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kanal.networks.handles import Handle
from kanal.register.models import Account, Network
from kanal.register.reading import AccountRefused, read_handle

# How letters call a network that goes by another name now.
_CALLED = {"twitter": Network.X, "x/twitter": Network.X, "x (twitter)": Network.X}


@dataclass(frozen=True)
class Written:
    """`handle` None: nothing that could be registered as it stands."""

    network: str
    text: str
    handle: Handle | None

    def __str__(self) -> str:
        return f"{self.network} {self.text}"

    @property
    def pasted(self) -> str:
        """As the form for new accounts takes it."""
        return self.handle.url if self.handle else str(self)

    def is_of(self, account: Account) -> bool:
        handle = self.handle
        return handle is not None and (account.network, account.handle_key) == (
            handle.network,
            handle.key,
        )


def written(named: Mapping[str, str]) -> Written:
    """`named` as a reading has it: platform and handle, in the letter's own words."""
    platform, text = named.get("platform") or "", named.get("handle") or ""
    called = platform.strip().casefold()
    network = str(_CALLED.get(called, called))
    known = dict(Network.choices)
    try:
        handle = read_handle(text, network) if network in known else None
    except (AccountRefused, KeyError):
        handle = None
    return Written(str(known.get(network, platform)), text, handle)
