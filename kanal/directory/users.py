"""Who signs in, and as what: invited, given a role, relieved of it, switched off."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from kanal.directory.models import UNIT_ROLES, Government, Role, RoleKind, Unit, User
from kanal.directory.permissions import MANAGE_USERS, require
from kanal.directory.units import tidy
from kanal.journal.actions import record
from kanal.lib.refusal import NotAllowed, Refused


class UserRefused(Refused):
    """Nobody's sign-in or role was changed."""

    status = 422


class LastAdministrator(UserRefused):
    """Somebody must be left who can give roles."""


def invite(*, email: str, name: str, kind: RoleKind, unit: Unit | None, by: User) -> User:
    """A user without a password and with a first role. `password_link` is what to hand over."""
    require(by=by, permission=MANAGE_USERS)
    email = email.strip().lower()
    with transaction.atomic():
        if User.objects.filter(email__iexact=email).exists():
            raise _taken(email)
        user = User(government_id=by.government_id, email=email, name=tidy(name))
        user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise _taken(email) from error
        _record("add-user", user, by, after={"email": email, "name": user.name})
        grant_role(user=user, kind=kind, unit=unit, by=by)
    return user


def _taken(email: str) -> UserRefused:
    return UserRefused(
        _("Sudah ada pengguna dengan surel %(email)s.") % {"email": email},
        next_step=_("Cari orang itu di daftar, lalu tambahkan perannya."),
        field="email",
    )


def password_link(*, user: User, by: User) -> str:
    """An address that lets its holder set the password, once and for three days.

    It is shown to the administrator and kept nowhere.
    """
    require(by=by, permission=MANAGE_USERS)
    _check_house(user, by)
    if not user.is_active:
        raise UserRefused(
            _("%(name)s tidak aktif.") % {"name": user.name},
            next_step=_("Aktifkan dulu penggunanya."),
        )
    with transaction.atomic():
        key = default_token_generator.make_token(user)
        _record("make-password-link", user, by)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.PUBLIC_URL}{path}"


def grant_role(*, user: User, kind: RoleKind, unit: Unit | None, by: User) -> Role:
    require(by=by, permission=MANAGE_USERS)
    _check_house(user, by)
    _check_unit(kind, unit, by)
    if not user.is_active:
        raise UserRefused(
            _("%(name)s tidak aktif.") % {"name": user.name},
            next_step=_("Aktifkan dulu penggunanya."),
        )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Role.objects.filter(user=user, kind=kind, unit=unit, ends_at=None).exists():
            raise UserRefused(
                _("%(name)s sudah memegang peran ini.") % {"name": user.name},
                next_step=_("Pilih peran atau kantor lain."),
                field="kind",
            )
        role = Role.objects.create(
            user=user, kind=kind, unit=unit, starts_at=Now(), granted_by_name=by.name
        )
        role.refresh_from_db()
        _record("grant-role", user, by, unit=unit, after={"role": str(kind)})
    return role


def _check_unit(kind: RoleKind, unit: Unit | None, by: User) -> None:
    if kind in UNIT_ROLES and unit is None:
        raise UserRefused(
            _("Peran %(role)s berlaku untuk satu kantor.") % {"role": RoleKind(kind).label},
            next_step=_("Isi kode kantornya."),
            field="unit",
        )
    if kind not in UNIT_ROLES and unit is not None:
        raise UserRefused(
            _("Peran %(role)s berlaku untuk semua kantor.") % {"role": RoleKind(kind).label},
            next_step=_("Kosongkan kantornya."),
            field="unit",
        )
    if unit is not None and unit.government_id != by.government_id:
        raise NotAllowed(_("Kantor ini milik pemerintah lain."))


def end_role(*, role: Role, by: User) -> Role:
    """Over at once: the next click of its holder no longer has it."""
    require(by=by, permission=MANAGE_USERS)
    _check_house(role.user, by)
    with transaction.atomic():
        _one_administrator_stays(by, leaving=[role.user], roles=[role.pk])
        ended = Role.objects.filter(pk=role.pk, ends_at=None).update(ends_at=Now())
        if not ended:
            raise UserRefused(_("Peran ini sudah berakhir."), next_step=_("Muat ulang halamannya."))
        _record("end-role", role.user, by, unit=role.unit, before={"role": role.kind})
    role.refresh_from_db()
    return role


def deactivate(*, user: User, by: User) -> None:
    """Signed out at the next click; the roles end with it."""
    require(by=by, permission=MANAGE_USERS)
    _check_house(user, by)
    if user.pk == by.pk:
        raise UserRefused(
            _("Anda tidak dapat menonaktifkan diri sendiri."),
            next_step=_("Minta administrator lain."),
        )
    with transaction.atomic():
        open_roles = Role.objects.filter(user=user, ends_at=None)
        _one_administrator_stays(by, leaving=[user], roles=[role.pk for role in open_roles])
        ended = [str(role.kind) for role in open_roles]
        open_roles.update(ends_at=Now())
        changed = User.objects.filter(pk=user.pk, is_active=True).update(
            is_active=False, switched_off=F("switched_off") + 1
        )
        if not changed:
            raise UserRefused(
                _("%(name)s sudah tidak aktif.") % {"name": user.name},
                next_step=_("Muat ulang halamannya."),
            )
        _record("deactivate-user", user, by, before={"roles": ended}, after={"is_active": False})
    user.refresh_from_db()


def reactivate(*, user: User, by: User) -> None:
    """May sign in again, without any role until one is given."""
    require(by=by, permission=MANAGE_USERS)
    _check_house(user, by)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            _record("reactivate-user", user, by, after={"is_active": True})
    user.refresh_from_db()


def _one_administrator_stays(by: User, *, leaving: list[User], roles: list[int]) -> None:
    """Locks the government's row: two administrators can't end each other at one moment."""
    Government.objects.select_for_update().get(pk=by.government_id)
    administrators = Role.objects.filter(
        user__government_id=by.government_id,
        user__is_active=True,
        kind=RoleKind.ADMINISTRATOR,
        ends_at=None,
    )
    losing = administrators.filter(pk__in=roles)
    if not losing.exists():
        return
    if by in leaving:
        raise LastAdministrator(
            _("Anda tidak dapat mengakhiri peran administrator Anda sendiri."),
            next_step=_("Minta administrator lain mengakhirinya."),
        )
    if not administrators.exclude(pk__in=roles).exists():
        raise LastAdministrator(
            _("Ini administrator terakhir; tanpanya tidak ada yang dapat memberi peran."),
            next_step=_("Beri peran administrator kepada orang lain dulu."),
        )


def _check_house(user: User, by: User) -> None:
    if user.government_id != by.government_id:
        raise NotAllowed(_("Pengguna ini milik pemerintah lain."))


def _record(
    verb: str,
    user: User,
    by: User,
    *,
    unit: Unit | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        verb=verb,
        by=by,
        government=by.government_id,
        subject=f"user:{user.pk}",
        unit=unit.code if unit else "",
        before=before,
        after=after,
        note=user.journal_name,
    )
