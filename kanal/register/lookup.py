"""What the register answers when somebody asks: is this account yours?"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Case, IntegerField, Q, Value, When

from kanal.networks.handles import Handle, HandleRefused, difference, fold_confusable, guess, read
from kanal.register.lookalikes import near
from kanal.register.models import Account, AccountState
from kanal.register.reading import told


class Kind(StrEnum):
    OFFICIAL = "official"
    DECLARED = "declared"
    PARKED = "parked"
    LOST = "lost"
    CLOSED = "closed"
    SEVERAL = "several"
    SIMILAR = "similar"
    NOT_LISTED = "not_listed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Similar:
    """A listed account, and the asked name in pieces: True marks what differs."""

    account: Account
    pieces: list[tuple[str, bool]]

    @property
    def same_name(self) -> bool:
        return not any(differs for _piece, differs in self.pieces)


@dataclass(frozen=True)
class Answer:
    kind: Kind
    asked: str
    # The asked name came without a network, so it may name another account elsewhere.
    bare: bool = False
    accounts: list[Account] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    reason: str = ""
    next_step: str = ""
    dangerous: bool = False

    @property
    def account(self) -> Account:
        return self.accounts[0]


KIND_OF_STATE = {
    AccountState.VERIFIED: Kind.OFFICIAL,
    AccountState.LOST: Kind.LOST,
    AccountState.DECLARED: Kind.DECLARED,
    AccountState.PARKED: Kind.PARKED,
    AccountState.CLOSED: Kind.CLOSED,
}
# Refusals that mean somebody is being deceived, not merely that the text is something else.
DANGEROUS = {
    "userinfo",
    "punycode",
    "lookalike-host",
    "strange-letter",
    "hidden-letter",
    "port",
    "scheme",
}


def look_up(text: str) -> Answer:
    """At most two queries, whatever was pasted. Never says that an account is false."""
    asked = text.strip()
    try:
        handles = guess(asked) or [read(asked)]
    except HandleRefused as refused:
        return _refusal(asked, refused)
    bare = len(handles) > 1
    shown = asked if bare else handles[0].shown
    found = _listed(handles)
    if found:
        return _found(shown, bare, found)
    similar = _similar(handles[0], bare)
    kind = Kind.SIMILAR if similar else Kind.NOT_LISTED
    return Answer(kind, shown, bare=bare, similar=similar)


def _refusal(asked: str, refused: HandleRefused) -> Answer:
    similar = []
    if refused.code in {"strange-letter", "hidden-letter"}:
        # A forged letter: say which official name it is drawn to look like.
        seen = "".join(letter for letter in asked if letter.isprintable())
        accounts = near(name=seen.lstrip("@"), folded=fold_confusable(seen), most=1)
        similar = [_told_apart(account, asked) for account in accounts]
    reason, next_step = told(refused)
    return Answer(
        Kind.REFUSED,
        asked,
        similar=similar,
        reason=reason,
        next_step=next_step,
        dangerous=refused.code in DANGEROUS,
    )


def _listed(handles: list[Handle]) -> list[Account]:
    """Rows for these very handles; what can be trusted comes first."""
    named = Q()
    for handle in handles:
        named |= Q(network=handle.network, id_kind=handle.kind, handle_key=handle.key)
    trust = Case(
        *(When(state=state, then=Value(rank)) for rank, state in enumerate(KIND_OF_STATE)),
        output_field=IntegerField(),
    )
    return list(
        Account.objects.for_the_public()
        .filter(named)
        .select_related("unit", "government")
        .order_by(trust, "-pk")[:20]
    )


def _found(shown: str, bare: bool, found: list[Account]) -> Answer:
    """The best row of each network; a closed row says nothing once a later one stands."""
    best: dict[str, Account] = {}
    for account in found:
        best.setdefault(f"{account.network} {account.id_kind}", account)
    accounts = list(best.values())
    if len(accounts) > 1:
        return Answer(Kind.SEVERAL, shown, bare=bare, accounts=accounts)
    kind = KIND_OF_STATE[AccountState(accounts[0].state)]
    return Answer(kind, accounts[0].shown, bare=bare, accounts=accounts)


def _similar(handle: Handle, bare: bool) -> list[Similar]:
    folded = fold_confusable(handle.written)
    if not folded:
        return []
    at = "@" if bare or handle.shown.startswith("@") else ""
    return [
        _told_apart(account, at + handle.written)
        for account in near(name=handle.written, folded=folded)
    ]


def _told_apart(account: Account, asked: str) -> Similar:
    official = f"@{account.handle}" if asked.startswith("@") else account.handle
    return Similar(account, difference(official, asked))
