"""Who is asking: the signed-in user, their government and their roles, which every page needs."""

from __future__ import annotations

from typing import Any, TypeVar

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection, models

from kanal.directory.models import Government, Role, Unit, User

Model = TypeVar("Model", bound=models.Model)


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in by e-mail; one query instead of three on every page."""

    def get_user(self, user_id: int) -> User | None:
        with connection.cursor() as cursor:
            cursor.execute(_ASKED, [user_id])
            rows = cursor.fetchall()
        if not rows:
            return None
        user = _read(User, rows[0])
        user.government = _read(Government, rows[0])
        # With the user, so at the start of the request: a role that ended is gone on the next one.
        user.roles_now = [role for row in rows if (role := _role(user, row))]
        return user if self.user_can_authenticate(user) else None


def _role(user: User, row: tuple[Any, ...]) -> Role | None:
    if row[_START[Role]] is None:
        return None
    role = _read(Role, row)
    role.user = user
    if role.unit_id is not None:
        role.unit = _read(Unit, row)
    return role


def _read(model: type[Model], row: tuple[Any, ...]) -> Model:
    names, start = _NAMES[model], _START[model]
    return model.from_db(connection.alias, names, row[start : start + len(names)])


_TABLES: tuple[type[models.Model], ...] = (User, Government, Role, Unit)
_NAMES: dict[type[models.Model], list[str]] = {
    model: [field.attname for field in model._meta.concrete_fields] for model in _TABLES
}
_START: dict[type[models.Model], int] = {
    model: sum(len(_NAMES[before]) for before in _TABLES[:at]) for at, model in enumerate(_TABLES)
}
_COLUMNS = ", ".join(
    f'"{model._meta.db_table}"."{field.column}"'
    for model in _TABLES
    for field in model._meta.concrete_fields
)
# Asked by every page, so put together once. In force at the database's own now, as in
# `Role.objects.in_force`, so that no clock can differ.
_ASKED = f"""
select {_COLUMNS}
from directory_user
join directory_government on directory_government.id = directory_user.government_id
left join directory_role on directory_role.user_id = directory_user.id
    and directory_role.starts_at <= statement_timestamp()
    and (directory_role.ends_at is null or directory_role.ends_at > statement_timestamp())
left join directory_unit on directory_unit.id = directory_role.unit_id
where directory_user.id = %s
order by directory_role.id
"""
