"""Users: invited with a link handed over by hand, relieved of a role at once."""

import pytest
from django.test import Client
from django.urls import reverse

from kanal.directory import users
from kanal.directory.models import Role, RoleKind, Unit, User
from kanal.directory.permissions import EDIT_DIRECTORY, MANAGE_USERS
from kanal.journal.models import Entry
from kanal.lib.refusal import NotAllowed
from tests.factories import a_government, a_user

pytestmark = pytest.mark.django_db
PASSWORD = "rumah-biru-di-tebet-2026"


def again(user: User) -> User:
    """The user as the next request reads them."""
    return User.objects.get(pk=user.pk)


def invited(admin: User, kind: RoleKind = RoleKind.VERIFIER, unit: Unit | None = None) -> User:
    return users.invite(
        email="Ratna@Jakarta.go.id", name="Ratna  Dewanti", kind=kind, unit=unit, by=admin
    )


def test_an_invited_verifier_sets_a_password_once_and_comes_in(admin: User, client: Client) -> None:
    user = invited(admin)
    assert (user.email, user.name) == ("ratna@jakarta.go.id", "Ratna Dewanti")
    assert not user.has_usable_password()
    link = users.password_link(user=user, by=admin)
    address = link.removeprefix("http://127.0.0.1:8000")
    page = client.get(address, follow=True)
    assert page.status_code == 200
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert again(user).check_password(PASSWORD)
    assert Client().get(address, follow=True).context.get("token_fail")
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert fresh.session["_auth_user_id"] == str(user.pk)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["add-user", "grant-role", "make-password-link"]
    assert link.rsplit("-", 1)[-1] not in str(list(Entry.objects.values()))


def test_nobody_is_invited_twice(admin: User) -> None:
    invited(admin)
    with pytest.raises(users.UserRefused) as refused:
        users.invite(
            email="RATNA@jakarta.go.id", name="R", kind=RoleKind.READER, unit=None, by=admin
        )
    assert refused.value.field == "email"


def test_a_refused_role_leaves_no_user_behind(admin: User) -> None:
    with pytest.raises(users.UserRefused, match="satu kantor"):
        invited(admin, RoleKind.OFFICER)
    assert User.objects.count() == 1


def test_roles_of_an_office_need_one_and_others_none(admin: User, tebet: Unit) -> None:
    user = invited(admin, RoleKind.OFFICER, tebet)
    users.grant_role(user=user, kind=RoleKind.UNIT_HEAD, unit=tebet, by=admin)
    with pytest.raises(users.UserRefused, match="semua kantor"):
        users.grant_role(user=user, kind=RoleKind.VERIFIER, unit=tebet, by=admin)
    with pytest.raises(users.UserRefused, match="sudah memegang"):
        users.grant_role(user=user, kind=RoleKind.OFFICER, unit=tebet, by=admin)
    assert again(user).kinds == {"officer", "unit_head"}


def test_a_role_ends_at_once(admin: User) -> None:
    user = invited(admin)
    assert again(user).may(EDIT_DIRECTORY)
    role = user.roles.get()
    users.end_role(role=role, by=admin)
    assert not again(user).may(EDIT_DIRECTORY)
    assert Entry.objects.get(verb="end-role").before == {"role": "verifier"}
    with pytest.raises(users.UserRefused, match="sudah berakhir"):
        users.end_role(role=role, by=admin)
    users.grant_role(user=user, kind=RoleKind.VERIFIER, unit=None, by=admin)
    assert again(user).may(EDIT_DIRECTORY)


def test_an_open_session_ends_with_the_role(admin: User, client: Client) -> None:
    user = invited(admin)
    client.force_login(user)
    assert client.get(reverse("directory:import")).status_code == 200
    users.end_role(role=user.roles.get(), by=admin)
    assert client.get(reverse("directory:import")).status_code == 403


def test_a_user_switched_off_is_out_and_comes_back_without_roles(
    admin: User, client: Client
) -> None:
    user = invited(admin)
    client.force_login(user)
    users.deactivate(user=user, by=admin)
    assert client.get(reverse("directory:units")).status_code == 302
    assert not Role.objects.in_force().filter(user=user).exists()
    with pytest.raises(users.UserRefused, match="tidak aktif"):
        users.password_link(user=user, by=admin)
    with pytest.raises(users.UserRefused, match="tidak aktif"):
        users.grant_role(user=user, kind=RoleKind.READER, unit=None, by=admin)
    with pytest.raises(users.UserRefused, match="sudah tidak aktif"):
        users.deactivate(user=user, by=admin)
    users.reactivate(user=user, by=admin)
    assert again(user).is_active
    assert again(user).kinds == set()


def test_somebody_is_left_who_can_give_roles(admin: User) -> None:
    own = admin.roles.get()
    with pytest.raises(users.LastAdministrator, match="Anda sendiri"):
        users.end_role(role=own, by=admin)
    with pytest.raises(users.UserRefused, match="diri sendiri"):
        users.deactivate(user=admin, by=admin)
    second = invited(admin, RoleKind.ADMINISTRATOR)
    with pytest.raises(users.LastAdministrator, match="Anda sendiri"):
        users.end_role(role=own, by=admin)
    users.end_role(role=own, by=again(second))
    assert not again(admin).may(MANAGE_USERS)
    with pytest.raises(NotAllowed):
        users.deactivate(user=second, by=again(admin))


def test_nobody_reaches_into_another_government(admin: User) -> None:
    stranger = a_user(RoleKind.VERIFIER, government=a_government(code="32"))
    for act in (users.deactivate, users.password_link, users.reactivate):
        with pytest.raises(NotAllowed):
            act(user=stranger, by=admin)
    with pytest.raises(NotAllowed):
        users.end_role(role=stranger.roles.get(), by=admin)
    with pytest.raises(NotAllowed):
        users.grant_role(user=stranger, kind=RoleKind.READER, unit=None, by=admin)


def test_only_administrators_manage_users(admin: User, verifier: User) -> None:
    with pytest.raises(NotAllowed):
        invited(verifier)
    with pytest.raises(NotAllowed):
        users.password_link(user=admin, by=verifier)


def test_a_session_from_before_the_switching_off_does_not_come_back(
    admin: User, client: Client
) -> None:
    user = invited(admin)
    client.force_login(user)
    home = reverse("directory:units")
    assert client.get(home).status_code == 200
    users.deactivate(user=again(user), by=admin)
    assert client.get(home).status_code == 302
    users.reactivate(user=again(user), by=admin)
    assert client.get(home).status_code == 302
    client.force_login(again(user))
    # Signed in, but without a role until one is given.
    assert client.get(home).status_code == 403
