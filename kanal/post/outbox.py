"""Messages to send: written down in the transaction of what they tell about, sent afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from email.errors import MessageError
from email.headerregistry import Address
from itertools import islice
from secrets import token_hex

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kanal.lib import waking
from kanal.lib.refusal import Refused
from kanal.lib.statements import asked
from kanal.post.models import DeadAddress, Outgoing, State
from kanal.post.routes import from_address

SEND = "post.send"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
# What most addresses look like: nothing in it that a parser has to be asked about.
_ORDINARY = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*", re.ASCII)
_ID = re.compile(r"<[^<>\s]{1,290}>")
_MOST_REFERENCES = 20
_DEAD = f"""
SELECT address FROM {DeadAddress._meta.db_table}
WHERE government_id = %(government)s AND address = ANY (%(addresses)s::varchar[])
"""


class NoAddress(Refused):
    """What stands where an address should is none that mail can be sent to."""

    status = 422


@dataclass(frozen=True)
class Attached:
    """A kept file of the default storage, under the name the receiver sees."""

    name: str
    kept_as: str
    sha256: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message to one address. `key` is what makes it one: the same key is never sent twice.

    `unsubscribe`: where one click ends messages of this kind (RFC 8058); duties have none.
    `is_automatic`: answers a mail; `is_generated`: nobody wrote it by hand, nobody asked for it.
    `keeps_hours`: leaves in the government's working hours only.
    """

    key: str
    kind: str
    to: str
    subject: str
    text: str
    html: str = ""
    attachments: Sequence[Attached] = ()
    in_reply_to: str = ""
    references: Iterable[str] = ()
    unit_id: int | None = None
    is_automatic: bool = False
    is_generated: bool = False
    unsubscribe: str = ""
    keeps_hours: bool = False


def enqueue(*, government_id: int, draft: Draft) -> Outgoing:
    """One message, in the caller's transaction. Raises NoAddress.

    The same `key` again gives the row that is there, whatever else is said. A message to an
    address that bounced for good is written down as refused, so that callers can show it.
    """
    enqueue_many(government_id=government_id, drafts=[draft])
    return Outgoing.objects.get(government_id=government_id, key=draft.key[:200])


def enqueue_many(*, government_id: int, drafts: Iterable[Draft]) -> None:
    """As `enqueue`, for any number of messages: three queries for each thousand.

    Raises NoAddress for the first address that is none: sort those out before.
    """
    domain = _id_domain(government_id)
    for several in _by_the_thousand(drafts):
        dead = dead_among(government_id, (draft.to for draft in several))
        rows = [_row(government_id, draft, dead=dead, domain=domain) for draft in several]
        Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    wake()


def _by_the_thousand(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    left = iter(drafts)
    while several := list(islice(left, 1_000)):
        yield several


def _row(government_id: int, draft: Draft, *, dead: set[str], domain: str) -> Outgoing:
    address = tidy_address(draft.to)
    is_dead = address.lower() in dead
    now = timezone.now()
    return Outgoing(
        government_id=government_id,
        key=draft.key[:200],
        kind=draft.kind,
        unit_id=draft.unit_id,
        to=address,
        subject=one_line(draft.subject)[:300],
        text=draft.text,
        html=draft.html,
        attachments=[asdict(each) for each in draft.attachments],
        message_id=_new_message_id(domain),
        in_reply_to=one_id(draft.in_reply_to),
        references=" ".join(_ids(draft.references)),
        is_automatic=draft.is_automatic,
        is_generated=draft.is_generated,
        unsubscribe=draft.unsubscribe,
        keeps_hours=draft.keeps_hours,
        state=State.REFUSED if is_dead else State.WAITING,
        problem="address_dead" if is_dead else "",
        made_at=now,
        due_at=now,
    )


def tidy_address(text: str) -> str:
    """`Nama <a@b.id>` is not taken: one bare address. Its domain in lower case."""
    bare = text.strip()
    if len(bare) <= 254 and _ORDINARY.fullmatch(bare):
        name, _at, domain = bare.rpartition("@")
        return f"{name}@{domain.lower()}"
    try:
        parsed = Address(addr_spec=bare)
    except (MessageError, ValueError, IndexError):
        raise _no_address(text) from None
    if _CONTROLS.search(bare) or not bare.isascii() or len(bare) > 254:
        raise _no_address(text)
    if not parsed.username or "." not in f"{parsed.domain}." or not parsed.domain:
        raise _no_address(text)
    return f"{parsed.username}@{parsed.domain.lower()}"


def usable(text: str) -> str:
    """As `tidy_address`; empty for what is none."""
    try:
        return tidy_address(text)
    except NoAddress:
        return ""


def _no_address(text: str) -> NoAddress:
    return NoAddress(
        _("“%(text)s” bukan alamat surel.") % {"text": one_line(text)[:80]},
        next_step=_("Tulis satu alamat, misalnya kantor@contoh.go.id."),
        field="to",
    )


def one_line(text: str) -> str:
    """A header value can't begin another header."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def one_id(text: str) -> str:
    found = _ID.search(text)
    return found[0] if found else ""


def _ids(references: Iterable[str]) -> list[str]:
    found = [each for each in map(one_id, references) if each]
    return found[:1] + found[1:][-_MOST_REFERENCES:]


def _new_message_id(domain: str) -> str:
    """Nobody can guess one they have not been sent: bounces are believed by it."""
    return f"<kanal.{token_hex(14)}@{domain}>"


def _id_domain(government_id: int) -> str:
    domain = from_address(government_id).rpartition("@")[2] or "localhost"
    return domain.rstrip(">").strip()


def wake() -> None:
    """The sender looks once this is committed; a lost call is made good by the sweep."""
    waking.wake(SEND)


def dead_among(government_id: int, addresses: Iterable[str]) -> set[str]:
    """Of these addresses, in lower case, the ones that bounced for good: one query."""
    wanted = list({address.strip().lower() for address in addresses if address})
    return {address for (address,) in asked(_DEAD, government=government_id, addresses=wanted)}


def cancel(*, government_id: int, keys: Iterable[str], problem: str) -> int:
    """Messages that nobody needs any more, in the caller's transaction; returns how many.

    `problem`: why, as a code of words.py.

    Whatever is being sent just now is left alone: its server may have taken it already.
    """
    free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    waiting = Outgoing.objects.filter(free, government_id=government_id, state=State.WAITING)
    done, left = 0, iter(keys)
    while several := list(islice(left, 1_000)):
        done += waiting.filter(key__in=several).update(
            state=State.CANCELLED, leased_until=None, problem=problem, problem_detail=""
        )
    return done


def revive(*, government_id: int, keys: Iterable[str]) -> None:
    """Cancelled messages that somebody should get after all, in the caller's transaction."""
    gone = Outgoing.objects.filter(government_id=government_id, state=State.CANCELLED)
    gone.filter(key__in=list(keys)).update(
        state=State.WAITING, problem="", due_at=timezone.now(), attempts=0
    )
    wake()
