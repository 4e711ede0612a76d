"""The frame around every page: whose register this is, where one can go, who is signed in.

Nothing is asked of the database until a template prints it; then one query answers for the
government and its counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise, SimpleLazyObject, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kanal.appointments.models import Letter
from kanal.desk.places import MENUS, OWN_UNIT, Place
from kanal.directory.models import Government, RoleKind, User
from kanal.directory.permissions import OPEN, SIGNED_IN, Permission


@dataclass(frozen=True)
class Item:
    label: str | Promise
    short: str | Promise
    url: str
    icon: str
    count: int = 0
    count_of: str | Promise = ""
    current: str = ""


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": SimpleLazyObject(lambda: Frame(request))}


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> User | None:
        """Missing when a refusal came before anybody was asked who they are."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def government(self) -> Government | None:
        chosen = _with_counts()
        if self.user:
            return chosen.filter(pk=self.user.government_id).first()
        return chosen.order_by("pk").first()

    @property
    def home(self) -> str:
        return reverse("desk:home") if self.user else reverse("public:check")

    @property
    def login(self) -> str:
        address = reverse("account_login")
        return "" if self.request.path.startswith(address) else address

    @property
    def back(self) -> str:
        """The page this one was reached from, when it is one of ours."""
        before = self.request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(
            before, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return before if ours else ""

    @cached_property
    def role(self) -> str:
        """The weightiest role, and where it holds if it is bound to a unit."""
        roles = self.user.roles_now if self.user else []
        weight = list(RoleKind)
        for role in sorted(roles, key=lambda role: weight.index(RoleKind(role.kind))):
            return role.unit.short if role.unit else str(role.get_kind_display())
        return ""

    @cached_property
    def languages(self) -> list[Language]:
        here = self.request.get_full_path() if self.request.method == "GET" else self.request.path
        query = urlencode({"ke": here})
        return [
            Language(
                code=code,
                name=name,
                url=f"{reverse('public:language', args=[code])}?{query}",
                current=code == (get_language() or settings.LANGUAGE_CODE),
            )
            for code, name in settings.LANGUAGES
        ]

    @cached_property
    def items(self) -> list[Item]:
        return self._marked(self._menu(0))

    @cached_property
    def more(self) -> list[Item]:
        return self._marked(self._menu(1))

    def _menu(self, part: int) -> list[Item]:
        user = self.user
        if user is None:
            return []
        for kinds, menu in MENUS:
            if user.kinds & kinds:
                items = [self._item(place, user) for place in menu[part]]
                return [item for item in items if item]
        return []

    def _item(self, place: Place, user: User) -> Item | None:
        own = user.own_units if place is OWN_UNIT else []
        try:
            url = reverse(place.view, args=[own[0].code] if own else [])
        except NoReverseMatch:
            return None
        if not user.may(_permission_of(url)):
            return None
        count = self._waiting if place.view == "intake:letters" and user.kinds & COUNTED else 0
        return Item(place.label, place.short, url, place.icon, count, _("menunggu"))

    @property
    def _waiting(self) -> int:
        return getattr(self.government, "waiting_letters", 0)

    def _marked(self, items: list[Item]) -> list[Item]:
        """The item whose address is the longest beginning of this page's is where one is."""
        path = self.request.path
        under = [item.url for item in (*self._menu(0), *self._menu(1)) if path.startswith(item.url)]
        here = max(under, key=len, default="")
        return [
            Item(**{**vars(item), "current": "page" if item.url == path else "true"})
            if item.url == here
            else item
            for item in items
        ]


@lru_cache(maxsize=256)
def _permission_of(url: str) -> Permission:
    """What the page behind this address asks for; open pages ask for no more than a sign-in."""
    permission: Permission = getattr(resolve(url).func, "permission", OPEN)
    return SIGNED_IN if permission == OPEN else permission


# Whoever verifies letters sees how many wait.
COUNTED = {RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}


def _with_counts() -> QuerySet[Government]:
    waiting = (
        Letter.objects.waiting()
        .filter(government=OuterRef("pk"))
        .order_by()
        .values("government")
        .annotate(n=Count("pk"))
        .values("n")
    )
    # The sample's sign-ins stand for the whole sample: few rows, and they go with it.
    sample = Exists(User.objects.filter(government=OuterRef("pk"), is_sample=True))
    return Government.objects.annotate(
        waiting_letters=Coalesce(Subquery(waiting, output_field=IntegerField()), 0),
        has_sample=sample,
    )
