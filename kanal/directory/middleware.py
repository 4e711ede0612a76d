"""The signed-in person's government and roles, fresh on every request."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from kanal.directory.models import User


class RolesMiddleware:
    """A user switched off is signed out; roles themselves are read when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and not request.user.is_active:
            logout(request)
        return self.get_response(request)
