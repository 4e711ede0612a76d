"""The frame around every page: whose register this is, where one can go, who is signed in.

Nothing is asked of the database until a template prints it; then one query answers for the
government and its counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kanal.appointments.models import OPEN_STATES
from kanal.desk.places import MENUS, OWN_UNIT, Place
from kanal.directory.models import Government, RoleKind, User
from kanal.directory.permissions import OPEN, SIGNED_IN, Permission


@dataclass(frozen=True)
class Item:
    """In the reader's language: what is drawn of items is kept by what they say."""

    label: str
    short: str
    url: str
    icon: str
    count: int = 0
    count_of: str = ""
    current: str = ""


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}


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
        asked = {"mine": self.user.government_id if self.user else None, "open": list(OPEN_STATES)}
        return next(iter(Government.objects.raw(_WITH_COUNTS, asked)), None)

    @property
    def home(self) -> str:
        return _address("desk:home" if self.user else "public:check")

    @property
    def login(self) -> str:
        address = _address("account_login")
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
                url=f"{_address('public:language', code)}?{query}",
                current=code == (get_language() or settings.LANGUAGE_CODE),
            )
            for code, name in settings.LANGUAGES
        ]

    @cached_property
    def items(self) -> list[Item]:
        return self._menus[0]

    @cached_property
    def more(self) -> list[Item]:
        return self._menus[1]

    @cached_property
    def _menus(self) -> tuple[list[Item], list[Item]]:
        user = self.user
        if user is None:
            return [], []
        first, rest = next((menu for kinds, menu in MENUS if user.kinds & kinds), ([], []))
        items, more = (
            [item for place in menu if (item := self._item(place, user))] for menu in (first, rest)
        )
        here = self._here([*items, *more])
        return self._marked(items, here), self._marked(more, here)

    def _item(self, place: Place, user: User) -> Item | None:
        own = user.own_units if place is OWN_UNIT else []
        try:
            url = _address(place.view, *(unit.code for unit in own[:1]))
        except NoReverseMatch:
            return None
        if not user.may(_permission_of(url)):
            return None
        count = self._waiting if place.view == "intake:letters" and user.kinds & COUNTED else 0
        return Item(str(place.label), str(place.short), url, place.icon, count, _("menunggu"))

    @property
    def places(self) -> SafeString:
        return _drawn("kanal/places.html", tuple(self.items), get_language())

    @property
    def more_places(self) -> SafeString:
        return _drawn("kanal/more_places.html", tuple(self.more), get_language())

    @property
    def bottom(self) -> SafeString:
        return _drawn("kanal/bottom.html", tuple(self.items), get_language())

    @property
    def footer(self) -> SafeString:
        return _footer(getattr(self.government, "has_sample", False), get_language())

    @property
    def _waiting(self) -> int:
        return getattr(self.government, "waiting_letters", 0)

    def _here(self, items: list[Item]) -> str:
        """The item whose address is the longest beginning of this page's is where one is."""
        under = [item.url for item in items if self.request.path.startswith(item.url)]
        return max(under, key=len, default="")

    def _marked(self, items: list[Item], here: str) -> list[Item]:
        current = "page" if here == self.request.path else "true"
        return [replace(item, current=current) if item.url == here else item for item in items]


@lru_cache(maxsize=512)
def _drawn(template: str, items: tuple[Item, ...], _language: str | None) -> SafeString:
    """Menus are the same for everybody with the same role on the same page."""
    return render_to_string(template, {"items": items})


@lru_cache(maxsize=8)
def _footer(has_sample: bool, _language: str | None) -> SafeString:
    return render_to_string("kanal/footer.html", {"has_sample": has_sample})


@lru_cache(maxsize=1024)
def _address(view: str, *args: str) -> str:
    """As `reverse`, which every page would ask some thirty times for the same addresses."""
    return reverse(view, args=args)


@lru_cache(maxsize=256)
def _permission_of(url: str) -> Permission:
    """What the page behind this address asks for; open pages ask for no more than a sign-in."""
    permission: Permission = getattr(resolve(url).func, "permission", OPEN)
    return SIGNED_IN if permission == OPEN else permission


# Whoever verifies letters sees how many wait.
COUNTED = {RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}


# Asked by every page, so not put together anew each time. Without a user: the first government.
# The sample's sign-ins stand for the whole sample: few rows, and they go with it.
_WITH_COUNTS = """
select government.*,
    (select count(*) from appointments_letter letter
      where letter.government_id = government.id and letter.state = any(%(open)s))
        as waiting_letters,
    exists (select from directory_user where government_id = government.id and is_sample)
        as has_sample
from directory_government government
where %(mine)s::bigint is null or id = %(mine)s
order by id limit 1
"""
