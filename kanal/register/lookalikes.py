"""Accounts whose name is one or two letters from another, found among hundreds of thousands.

The database cuts every folded name into five pieces and indexes what is left when any two pieces
are left out (`near_keys`, migration 0002). Two changed letters spoil at most two pieces, so a near
name shares at least one such remainder. Only a letter pair swapped exactly across a seam, together
with a second mistake, slips through.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import combinations, pairwise, product

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Func, IntegerField
from django.db.models.expressions import RawSQL

from kanal.networks.handles import distance
from kanal.register.models import Account, AccountQuerySet, AccountState, NearPair

PIECES = 5
FAR = 2
SHORT_NAME = 4
CANDIDATES = 60
LISTED = [AccountState.VERIFIED, AccountState.DECLARED]

Span = tuple[int, int]


def near(*, name: str, folded: str, most: int = 3) -> list[Account]:
    """Listed accounts with nearly this name on any network, the nearest first."""
    # Narrowed before any join: a common beginning and ending can share thousands of remainders.
    likeliest = (
        _sharing_a_remainder(folded)
        .filter(state__in=LISTED)
        .order_by(TrigramSimilarity("handle_folded", folded).desc())
        .values("pk")[:CANDIDATES]
    )
    shown = Account.objects.for_the_public().filter(pk__in=likeliest)
    candidates = shown.select_related("unit", "government")
    small = name.lower()
    ranked = [(_apart(account, small, folded), account) for account in candidates]
    allowed = 1 if len(folded) <= SHORT_NAME else FAR
    kept = [pair for pair in ranked if pair[0] <= allowed]
    kept.sort(key=lambda pair: (pair[0], pair[1].state != AccountState.VERIFIED, pair[1].pk))
    return [account for _apart_by, account in kept[:most]]


def remember_near(account: Account) -> None:
    """Keeps the pairs that a newly declared account makes with those declared before it."""
    others = (
        _sharing_a_remainder(account.handle_folded)
        .active()
        .filter(government_id=account.government_id, network=account.network, pk__lt=account.pk)
        .order_by(TrigramSimilarity("handle_folded", account.handle_folded).desc())[:CANDIDATES]
    )
    NearPair.objects.bulk_create(
        NearPair(account=account, other=other) for other in others if _alike(account, other)
    )


def remember_all(accounts: Iterable[Account]) -> None:
    """The same for accounts written in bulk, without asking the database for each."""
    by_remainder: dict[str, list[Account]] = {}
    pairs = {}
    for account in sorted(accounts, key=lambda one: one.pk):
        for remainder in _remainders(account.handle_folded):
            for other in by_remainder.get(f"{account.network}:{remainder}", []):
                if (account.pk, other.pk) not in pairs and _alike(account, other):
                    pairs[account.pk, other.pk] = NearPair(account=account, other=other)
        for remainder in _own_remainders(account.handle_folded):
            by_remainder.setdefault(f"{account.network}:{remainder}", []).append(account)
    NearPair.objects.bulk_create(pairs.values(), batch_size=2000)


def _own_remainders(name: str) -> set[str]:
    """What the index keeps of a name: `near_keys` before hashing."""
    spans = _spans(len(name))
    pieces = [name[at : at + size] for at, size in spans]
    return {
        f"{len(name)}:{i + 1}{j + 1}:"
        + "".join(pieces[k] for k in range(PIECES) if k not in (i, j))
        for i, j in combinations(range(PIECES), 2)
    }


def _alike(one: Account, other: Account) -> bool:
    same = one.handle_folded == other.handle_folded
    return same or distance(one.handle_key, other.handle_key) <= FAR


def _apart(account: Account, small: str, folded: str) -> int:
    """Confusable letters count as no distance at all: that is what a forger uses."""
    return min(distance(account.handle_folded, folded), distance(account.handle_key.lower(), small))


def _sharing_a_remainder(folded: str) -> AccountQuerySet:
    indexed = Func(
        F("handle_folded"), function="near_keys", output_field=ArrayField(IntegerField())
    )
    asked = RawSQL(
        "(select coalesce(array_agg(hashtext(remainder)), '{}') from unnest(%s::text[]) remainder)",
        [_remainders(folded)],
    )
    return Account.objects.alias(near_keys=indexed).filter(near_keys__overlap=asked)


def _remainders(asked: str) -> list[str]:
    """Every remainder that a name at most FAR letters from the asked one can have."""
    found = set()
    for length in range(max(1, len(asked) - FAR), len(asked) + FAR + 1):
        for head, cuts in _cuts(len(asked), length):
            found |= {head + "".join([asked[piece] for piece in cut]) for cut in cuts}
    return sorted(found)


@lru_cache(maxsize=1024)
def _cuts(asked: int, length: int) -> list[tuple[str, list[tuple[slice, ...]]]]:
    """Where the kept pieces of a name of that length may stand in one of `asked` letters.

    The pieces move by the letters that were added or dropped before them.
    """
    spans, found = _spans(length), []
    for left_out in combinations(range(PIECES), 2):
        kept = [spans[i] for i in range(PIECES) if i not in left_out]
        cuts = [
            tuple(
                slice(start + shift, start + shift + size)
                for (start, size), shift in zip(kept, shifts, strict=True)
            )
            for shifts in _shifts(asked - length)
        ]
        inside = [cut for cut in cuts if all(one.start >= 0 and one.stop <= asked for one in cut)]
        found.append((f"{length}:{left_out[0] + 1}{left_out[1] + 1}:", inside))
    return found


def _spans(length: int) -> list[Span]:
    """Start and size of the five pieces; the last ones are longer when it does not divide."""
    short, longer = divmod(length, PIECES)
    sizes = [short + (i >= PIECES - longer) for i in range(PIECES)]
    return [(sum(sizes[:i]), size) for i, size in enumerate(sizes)]


@cache
def _shifts(grown: int) -> list[tuple[int, ...]]:
    """Moves of the three kept pieces that FAR added or dropped letters can cause."""

    def cost(shifts: tuple[int, ...]) -> int:
        steps = (0, *shifts, grown)
        return sum(abs(later - earlier) for earlier, later in pairwise(steps))

    every = product(range(-FAR, FAR + 1), repeat=PIECES - 2)
    return [shifts for shifts in every if cost(shifts) <= FAR]
