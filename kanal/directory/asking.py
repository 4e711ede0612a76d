"""What the pages of every room begin with: who asks, on which day, about which office."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kanal.directory.models import Unit, User
from kanal.directory.permissions import Permission, require
from kanal.lib import dates
from kanal.lib.refusal import Refused

FOUND_AT_MOST = 25


class NoSuchUnit(Refused):
    """The code in the address belongs to no office of this government."""

    status = 404


def asker(request: HttpRequest) -> User:
    """The signed-in person; every page that is not open to all has one."""
    return cast("User", request.user)


def day_of(user: User) -> date:
    """Today where the person's government is."""
    return dates.today(user.government.timezone)


def reach(user: User, permission: Permission, unit: str = "unit") -> Q:
    """The rows whose office the person's roles reach. `unit` is the way to it; "" for units."""
    mine = Q(government_id=user.government_id)
    roles = [role for role in user.roles_now if role.kind in permission.roles]
    if any(role.unit is None for role in roles):
        return mine
    path = f"{unit}__path__startswith" if unit else "path__startswith"
    reached = Q(pk__in=[])
    for role in roles:
        if role.unit is not None:
            reached |= Q(**{path: role.unit.path})
    return mine & reached


def typed(request: HttpRequest, name: str) -> str:
    return plain(request).get(name, "").strip()[:200]


def page_or_part(request: HttpRequest, template: str, part: str = "daftar") -> str:
    """The whole page, or for htmx only its part; a page restored from history is whole."""
    asked = "HX-Request" in request.headers
    restored = "HX-History-Restore-Request" in request.headers
    return f"{template}#{part}" if asked and not restored else template


def plain(request: HttpRequest) -> QueryDict:
    """The address's own words, without the one sign the database can't take."""
    asked = request.GET.copy()
    for name in asked:
        asked.setlist(name, [value.replace("\x00", "") for value in asked.getlist(name)])
    return asked


def unit_asked(request: HttpRequest, permission: Permission) -> Unit | None:
    """The office of ?unit=CODE, else the only one the person acts for; None: still to choose."""
    user = asker(request)
    code = typed(request, "unit")
    if code:
        unit = Unit.objects.filter(government_id=user.government_id, code=code).first()
        if unit is None:
            raise NoSuchUnit(
                _("Tidak ada kantor dengan kode %(code)s.") % {"code": code[:60]},
                next_step=_("Cari kantornya di halaman Instansi, lalu mulai dari sana."),
            )
        require(by=user, permission=permission, unit=unit)
        return unit
    own = {role.unit for role in user.roles_now if role.kind in permission.roles}
    return own.pop() if len(own) == 1 else None


def name_of(user: User, code: str) -> str:
    """The office's name for a page narrowed to it; the code itself where it is nobody's."""
    named = Unit.objects.filter(government_id=user.government_id, code=code) if code else []
    return next((unit.short for unit in named), code)


def units_to_choose(user: User, permission: Permission, words: str, day: date) -> list[Unit]:
    """Open offices the person may act for, by name or code; none until something is typed,

    unless the person acts for a few of them only.
    """
    units = Unit.objects.filter(reach(user, permission, unit="")).open_on(day)
    if words:
        units = units.filter(
            Q(name__icontains=words) | Q(abbreviation__icontains=words) | Q(code__startswith=words)
        )
    elif any(role.unit is None for role in user.roles_now if role.kind in permission.roles):
        return []
    return list(units.order_by("path")[:FOUND_AT_MOST])
