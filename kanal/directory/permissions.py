"""What may be done, and by which roles. Every URL names one of these; a test checks all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from kanal.directory.models import RoleKind, Unit, User
from kanal.lib.refusal import NotAllowed

View = Callable[..., HttpResponseBase]
ALL = frozenset(RoleKind)


@dataclass(frozen=True)
class Permission:
    name: str
    roles: frozenset[RoleKind]


OPEN = Permission("open", frozenset())
SIGNED_IN = Permission("signed-in", ALL)
READ_DIRECTORY = Permission("directory.read", ALL)
READ_PEOPLE = Permission("directory.people", ALL - {RoleKind.CONTRIBUTOR})
SEE_PERSON_FILE = Permission(
    "directory.see-person",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR, RoleKind.UNIT_HEAD}),
)
EDIT_DIRECTORY = Permission(
    "directory.edit", frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER})
)
MANAGE_USERS = Permission("directory.users", frozenset({RoleKind.ADMINISTRATOR}))
SEE_USERS = Permission(
    "directory.see-users", frozenset({RoleKind.ADMINISTRATOR, RoleKind.INSPECTOR})
)
READ_JOURNAL = Permission(
    "journal.read",
    frozenset({RoleKind.ADMINISTRATOR, RoleKind.VERIFIER, RoleKind.INSPECTOR}),
)


def requires(permission: Permission) -> Callable[[View], View]:
    """The view runs only for somebody who has the permission somewhere.

    A view that touches one unit asks `require(by=, permission=, unit=)` as well.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User) or not user.may(permission):
                raise lacking(permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(view: View) -> View:
    """Citizens and machines may ask without signing in."""
    view.permission = OPEN  # type: ignore[attr-defined]
    return login_not_required(view)


def require(*, by: User, permission: Permission, unit: Unit | None = None) -> None:
    """Raises NotAllowed. Every action asks this itself: pages are not the only way in."""
    if unit is not None and unit.government_id != by.government_id:
        raise lacking(permission)
    if not by.may(permission, unit):
        raise lacking(permission)


def require_own(*, by: User, government_id: int) -> None:
    """Raises NotAllowed for a row of another government. Beside `require` where there is no unit."""
    if government_id != by.government_id:
        raise NotAllowed(_("Ini milik pemerintah lain."))


def lacking(permission: Permission) -> NotAllowed:
    return NotAllowed(
        _("Peran Anda hari ini tidak mencakup tindakan ini."),
        next_step=_(
            "Jika tugas Anda memang ini, minta administrator kantor Anda memberi peran yang sesuai."
        ),
    )
