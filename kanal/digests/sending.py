"""A sheet by mail: to each recipient once, with the kept PDF and a link that ends it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kanal.digests import printed, tokens
from kanal.digests.models import Dispatch, Sheet
from kanal.digests.permissions import MAKE_SHEETS
from kanal.digests.subscriptions import recipients, why_not
from kanal.directory.models import User, user_or_none
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import Machine, record
from kanal.lib.files import PDF
from kanal.lib.refusal import Refused
from kanal.post.models import Outgoing, State
from kanal.post.outbox import Attached, Draft, enqueue_many, revive, usable

KIND = "digest"


class NobodyLeft(Refused):
    """Everybody who should have this edition has it."""


def key_of(sheet: Sheet, user: User) -> str:
    return f"{_keys_of(sheet)}{user.pk}"


def _keys_of(sheet: Sheet) -> str:
    return f"digest:{sheet.of_month}:{sheet.edition}:"


def messages_of(sheet: Sheet) -> QuerySet[Outgoing]:
    """What became of this edition's messages."""
    return Outgoing.objects.filter(
        government_id=sheet.government_id, kind=KIND, key__startswith=_keys_of(sheet)
    ).defer("text", "html", "attachments")


def user_of(message: Outgoing) -> int:
    """The number of the user it is for."""
    return int(message.key.rpartition(":")[2])


def unserved(sheet: Sheet) -> list[User]:
    """Recipients who have not got this edition; what was cancelled on the way reached nobody."""
    rows = messages_of(sheet).exclude(state=State.CANCELLED).only("key")
    served = {user_of(message) for message in rows}
    return [user for user in recipients(sheet.government_id) if user.pk not in served]


def send(*, sheet: Sheet, by: User | Machine) -> Dispatch:
    """To whoever has not got this edition yet. Raises NobodyLeft."""
    if isinstance(by, User):
        require(by=by, permission=MAKE_SHEETS)
        require_own(by=by, government_id=sheet.government_id)
    with transaction.atomic():
        # One sending at a time: the second finds everybody served.
        Sheet.objects.select_for_update().get(pk=sheet.pk)
        drafts = list(_drafts(sheet))
        if not drafts and sheet.dispatches.exists():
            raise NobodyLeft(
                _("Semua penerima sudah mendapat lembar ini."),
                next_step=_("Tambah penerima lebih dulu bila ada yang belum."),
            )
        enqueue_many(government_id=sheet.government_id, drafts=drafts)
        revive(government_id=sheet.government_id, keys=[each.key for each in drafts])
        dispatch = Dispatch.objects.create(
            sheet=sheet,
            count=len(drafts),
            at=timezone.now(),
            by=user_or_none(by),
            by_name=by.name,
        )
        record(
            verb="send-sheet",
            by=by,
            government=sheet.government_id,
            subject=f"sheet:{sheet.pk}",
            after={"month": str(sheet.of_month), "edition": sheet.edition, "count": len(drafts)},
        )
    return dispatch


def _drafts(sheet: Sheet) -> Iterator[Draft]:
    for user in unserved(sheet):
        if usable(user.email):
            yield draft(sheet, user)


def draft(sheet: Sheet, user: User) -> Draft:
    unsubscribe = tokens.address(user)
    with translation.override("id"):
        page = printed.page_of(
            sheet.figures,
            edition=sheet.edition,
            correction=sheet.reason,
            made_at=sheet.made_at,
            made_by=sheet.made_by_name,
            timezone=sheet.government.timezone,
            is_sample=sheet.is_sample,
        )
        context = {
            "page": page,
            "sheet": sheet,
            "user": user,
            "address": printed.address(sheet.of_month),
            "unsubscribe": unsubscribe,
        }
        return Draft(
            key=key_of(sheet, user),
            kind=KIND,
            to=user.email,
            subject=_subject(page.title, page.government, sheet),
            text=render_to_string("digests/mail.txt", context),
            attachments=[Attached(sheet.file_name, sheet.kept_as, sheet.sha256, PDF)],
            is_generated=True,
            unsubscribe=unsubscribe,
            keeps_hours=True,
        )


def unwanted(message: Outgoing) -> str:
    """See `kanal.post.leaving`: between the queue and the server a role may have ended."""
    return why_not(message.government_id, user_of(message))


def _subject(title: str, government: str, sheet: Sheet) -> str:
    words = {"title": title, "government": government, "edition": sheet.edition}
    if sheet.edition > 1:
        return _("%(title)s, %(government)s (ralat, edisi %(edition)s)") % words
    return _("%(title)s, %(government)s") % words
