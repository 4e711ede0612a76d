"""What looks wrong among accounts: twins, near twins, two on one network."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from kanal.networks.handles import distance
from kanal.register.models import ACTIVE, Account


@dataclass(frozen=True)
class Flag:
    account: Account
    other: Account
    code: str
    text: str


_CLOSE = """
select a.id, b.id,
    a.network = b.network and a.id_kind = b.id_kind and a.handle_key = b.handle_key,
    a.unit_id = b.unit_id
from register_account a join register_account b
    on b.network = a.network and b.id <> a.id and b.government_id = a.government_id
    and b.state = any(%(active)s)
    and (b.unit_id = a.unit_id or b.handle_folded = a.handle_folded
         or b.handle_folded %% a.handle_folded)
where a.government_id = %(government)s and a.state = any(%(active)s) {narrowed}
limit 500
"""


def flags(
    government_id: int, unit_id: int | None = None, *, accounts: Sequence[int] | None = None
) -> list[Flag]:
    """Each pair is told from the side of `account`; with a unit, or accounts, only of those."""
    pairs = _pairs(government_id, unit_id, accounts)
    ids = {pk for pair in pairs for pk in (pair[0], pair[1])}
    by_id = Account.objects.select_related("unit").in_bulk(ids)
    found = []
    for first, second, same_handle, same_unit in pairs:
        account, other = by_id[first], by_id[second]
        code = _code(account, other, same_handle, same_unit)
        if code:
            found.append(Flag(account, other, code, _words(code, account, other)))
    return found


def _pairs(
    government_id: int, unit_id: int | None, accounts: Sequence[int] | None
) -> list[tuple[int, int, bool, bool]]:
    narrowed = "and a.unit_id = %(unit)s" if unit_id else "and a.id < b.id"
    if accounts is not None:
        narrowed = "and a.id = any(%(accounts)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            _CLOSE.format(narrowed=narrowed),
            {
                "government": government_id,
                "unit": unit_id,
                "accounts": list(accounts or []),
                "active": [str(state) for state in ACTIVE],
            },
        )
        pairs: list[tuple[int, int, bool, bool]] = cursor.fetchall()
    return pairs


def _code(account: Account, other: Account, same_handle: bool, same_unit: bool) -> str:
    if same_handle:
        return "twin"
    if same_unit:
        return "two-on-network"
    near = account.handle_folded == other.handle_folded
    return "near" if near or distance(account.handle_key, other.handle_key) <= 2 else ""


def _words(code: str, account: Account, other: Account) -> str:
    told = {"account": account.shown, "other": other.shown, "unit": other.unit.short}
    if code == "twin":
        return _("%(account)s juga didaftarkan oleh %(unit)s.") % told
    if code == "two-on-network":
        return _("Dua akun aktif di satu jaringan: %(account)s dan %(other)s.") % told
    return _("%(account)s mirip %(other)s milik %(unit)s.") % told
