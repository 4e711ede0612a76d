"""Who gets the sheet by mail: readers unless they stopped it, and whoever asked for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.digests.models import Subscription
from kanal.digests.permissions import MANAGE_RECIPIENTS, READ_SHEETS
from kanal.directory.models import Role, RoleKind, User
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import record
from kanal.lib.refusal import Refused


class StoppedThemselves(Refused):
    """Nobody is signed up again by others for what they ended themselves."""


class NobodyThere(Refused):
    """No user with a role signs in with this address."""

    status = 422


def recipients(government_id: int) -> QuerySet[User]:
    """Today's: a role that ended, or a user who was switched off, gets nothing."""
    return _with_a_role(government_id).filter(
        Q(digest__wants=True) | Q(digest=None, is_reader=True)
    )


def somebody_at(government_id: int, email: str) -> User:
    """Who could have it. Raises NobodyThere."""
    user = _with_a_role(government_id).filter(email__iexact=email).first()
    if user is None:
        raise NobodyThere(
            _("Tidak ada pengguna aktif dengan surel %(email)s.") % {"email": email[:80]},
            next_step=_("Undang dulu di halaman Pengguna dan beri peran."),
            field="email",
        )
    return user


def _with_a_role(government_id: int) -> QuerySet[User]:
    roles = Role.objects.in_force().filter(user=OuterRef("pk"), kind__in=READ_SHEETS.roles)
    users = User.objects.filter(government_id=government_id, is_active=True)
    return (
        users.filter(Exists(roles))
        .annotate(is_reader=Exists(roles.filter(kind=RoleKind.READER)))
        .select_related("digest")
        .order_by("name", "pk")
    )


def why_not(government_id: int, user_pk: int) -> str:
    """Why this user gets nothing today, as a code of `kanal.post.words`; empty for a recipient."""
    if recipients(government_id).filter(pk=user_pk).exists():
        return ""
    has_role = _with_a_role(government_id).filter(pk=user_pk).exists()
    return "unsubscribed" if has_role else "role_ended"


def gets_it(user: User) -> bool:
    return recipients(user.government_id).filter(pk=user.pk).exists()


def decide_own(*, wants: bool, by: User) -> None:
    """On one's own page."""
    require(by=by, permission=READ_SHEETS)
    _decide(by, wants=wants, by=by, through="")


def stop_by_link(*, user: User) -> None:
    """By whoever has the mail: no sign-in, no role needed, and saying it twice changes nothing."""
    _decide(user, wants=False, by=user, through=_("tautan di surel"))


def decide_for(*, user: User, wants: bool, by: User) -> None:
    """By whoever keeps the list. Raises StoppedThemselves."""
    require(by=by, permission=MANAGE_RECIPIENTS)
    require_own(by=by, government_id=user.government_id)
    _decide(user, wants=wants, by=by, through="")


def _decide(user: User, *, wants: bool, by: User, through: str) -> None:
    with transaction.atomic():
        # The person's row is the lock: there may be no row of a decision yet.
        User.objects.select_for_update().get(pk=user.pk)
        before = Subscription.objects.filter(user=user).first()
        is_own = by.pk == user.pk
        if before is not None and wants and not before.wants and before.is_own and not is_own:
            raise StoppedThemselves(
                _("%(name)s menghentikan sendiri langganannya.") % {"name": user.name},
                next_step=_("Minta yang bersangkutan mengaktifkannya lagi setelah masuk ke Kanal."),
                field="email",
            )
        if before is not None and before.wants == wants:
            return
        Subscription.objects.update_or_create(
            user=user,
            defaults={
                "wants": wants,
                "is_own": is_own,
                "decided_at": timezone.now(),
                "decided_by_name": by.name,
            },
        )
        record(
            verb="begin-digest" if wants else "end-digest",
            by=by,
            government=user.government_id,
            subject=f"user:{user.pk}",
            after={"email": user.email},
            note=through,
        )
