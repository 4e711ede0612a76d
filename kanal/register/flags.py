"""What looks wrong among accounts: twins, near twins, two on one network."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kanal.lib.statements import asked
from kanal.register.models import ACTIVE, Account


@dataclass(frozen=True)
class Flag:
    account: Account
    other: Account
    code: str
    text: str


# Kept pairs told from both sides, and accounts of one unit on one network.
_PAIRS = """
with mine as (
    select * from register_account a
    where a.government_id = %(government)s and a.state = any(%(active)s) {narrowed}
), pair as (
    select mine.id as a, near.other_id as b
    from mine join register_nearpair near on near.account_id = mine.id
    union
    select mine.id, near.account_id from mine join register_nearpair near on near.other_id = mine.id
    union
    select mine.id, two.id from mine join register_account two
        on two.unit_id = mine.unit_id and two.network = mine.network and two.id <> mine.id
)
select mine.id, other.id,
    mine.id_kind = other.id_kind and mine.handle_key = other.handle_key,
    mine.unit_id = other.unit_id
from pair join mine on mine.id = pair.a join register_account other on other.id = pair.b
where other.state = any(%(active)s) {once}
order by mine.id, other.id
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
        code = _code(same_handle, same_unit)
        found.append(Flag(account, other, code, _words(code, account, other)))
    return found


def _pairs(
    government_id: int, unit_id: int | None, accounts: Sequence[int] | None
) -> list[tuple[int, int, bool, bool]]:
    narrowed, once = "", "and mine.id < other.id"
    if unit_id:
        narrowed, once = "and a.unit_id = %(unit)s", ""
    if accounts is not None:
        narrowed, once = "and a.id = any(%(accounts)s)", ""
    return asked(
        _PAIRS.format(narrowed=narrowed, once=once),
        government=government_id,
        unit=unit_id,
        accounts=list(accounts or []),
        active=[str(state) for state in ACTIVE],
    )


def _code(same_handle: bool, same_unit: bool) -> str:
    if same_handle:
        return "twin"
    if same_unit:
        return "two-on-network"
    return "near"


def _words(code: str, account: Account, other: Account) -> str:
    told = {"account": account.shown, "other": other.shown, "unit": other.unit.short}
    if code == "twin":
        return _("%(account)s juga didaftarkan oleh %(unit)s.") % told
    if code == "two-on-network":
        return _("Dua akun aktif di satu jaringan: %(account)s dan %(other)s.") % told
    return _("%(account)s mirip %(other)s milik %(unit)s.") % told
