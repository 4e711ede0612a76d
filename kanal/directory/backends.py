"""Who is asking: the signed-in user with their government, which nearly every page needs."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from kanal.directory.models import User


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in by e-mail; one query instead of two on every page."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("government").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
