"""The accounts a letter's file names, each held against the register: for the verifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kanal.directory.models import Unit
from kanal.register.models import Account
from kanal.register.written import Written, written


class Standing(StrEnum):
    OURS = "ours"
    UNKNOWN = "unknown"
    OTHER = "other"
    UNNAMED = "unnamed"


@dataclass(frozen=True)
class Named:
    """`whose`: the office that has registered it, where that is another one."""

    shown: str
    standing: Standing
    whose: str = ""
    pasted: str = ""


def named_accounts(unit: Unit, read: Mapping[str, Any]) -> list[Named]:
    """Those the file names, then those of the office that it does not; nothing where it names none."""
    names = [written(named) for named in read.get("accounts") or []]
    if not names:
        return []
    known = list(_registered(unit, names))
    found = [_named(one, unit, known) for one in names]
    own = unit.accounts.active().order_by("network", "pk")
    rest = [account for account in own if not any(one.is_of(account) for one in names)]
    return [*found, *(Named(str(account), Standing.UNNAMED) for account in rest)]


def _registered(unit: Unit, names: list[Written]) -> Iterator[Account]:
    """Of this government, by the names alone: few rows, one query."""
    keys = [one.handle.key for one in names if one.handle]
    rows = Account.objects.filter(government_id=unit.government_id, handle_key__in=keys)
    return rows.active().select_related("unit").iterator()


def _named(one: Written, unit: Unit, known: list[Account]) -> Named:
    rows = [account for account in known if one.is_of(account)]
    if any(account.unit_id == unit.pk for account in rows):
        return Named(str(one), Standing.OURS)
    if rows:
        return Named(str(one), Standing.OTHER, whose=rows[0].unit.short, pasted=one.pasted)
    return Named(str(one), Standing.UNKNOWN, pasted=one.pasted)
