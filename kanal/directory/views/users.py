from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory import users
from kanal.directory.asking import asker, page_or_part, typed
from kanal.directory.forms import InviteForm, RoleForm
from kanal.directory.models import Role, User
from kanal.directory.permissions import MANAGE_USERS, SEE_USERS, requires
from kanal.lib.fields import put_on
from kanal.lib.refusal import Refused

A_PAGE = 50


@requires(SEE_USERS)
@require_safe
def users_page(request: HttpRequest) -> HttpResponse:
    found = User.objects.filter(government_id=asker(request).government_id)
    words = typed(request, "cari")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    held = Role.objects.in_force().select_related("unit").order_by("kind", "pk")
    rows = found.order_by("-is_active", "name", "pk").prefetch_related(
        Prefetch("roles", held, to_attr="roles_held")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("hal"))
    context = {"page": page, "words": words, "may_manage": asker(request).may(MANAGE_USERS)}
    return render(request, page_or_part(request, "directory/users.html"), context)


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    by = asker(request)
    form = InviteForm(request.POST or None, government_id=by.government_id)
    if request.method == "POST" and form.is_valid():
        try:
            user = users.invite(by=by, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            return _hand_over(request, user, by)
    status = 422 if form.errors else 200
    return render(request, "directory/invite.html", {"form": form}, status=status)


def _hand_over(request: HttpRequest, user: User, by: User) -> HttpResponse:
    """The link is on this page alone, which nothing keeps."""
    link = users.password_link(user=user, by=by)
    response = render(request, "directory/link.html", {"person": user, "link": link})
    response["Cache-Control"] = "no-store"
    return response


def _user(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User, pk=pk, government_id=asker(request).government_id)


@requires(SEE_USERS)
@require_safe
def user_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _user(request, pk), None)


def _show(request: HttpRequest, user: User, form: RoleForm | None) -> HttpResponse:
    by = asker(request)
    roles = user.roles.select_related("unit").order_by("-starts_at", "-pk")
    context = {
        "person": user,
        "now": [role for role in roles if role.ends_at is None],
        "past": [role for role in roles if role.ends_at],
        "form": form or RoleForm(government_id=by.government_id),
        "is_me": user.pk == by.pk,
        "may_manage": by.may(MANAGE_USERS),
    }
    status = 422 if form and form.errors else 200
    return render(request, "directory/user.html", context, status=status)


@requires(MANAGE_USERS)
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    user, by = _user(request, pk), asker(request)
    form = RoleForm(request.POST, government_id=by.government_id)
    if form.is_valid():
        try:
            users.grant_role(user=user, by=by, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Peran diberikan."))
            return redirect("directory:user", user.pk)
    return _show(request, user, form)


@requires(MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """Asked first: a role that ended is not taken up again, only granted anew."""
    user = _user(request, pk)
    role = get_object_or_404(Role.objects.select_related("user", "unit"), pk=role_pk, user=user)
    if request.method == "GET":
        if role.ends_at is not None:
            return redirect("directory:user", user.pk)
        return render(request, "directory/end_role.html", {"person": user, "role": role})
    users.end_role(role=role, by=asker(request))
    messages.success(request, _("Peran berakhir saat ini juga."))
    return redirect("directory:user", user.pk)


@requires(MANAGE_USERS)
@require_POST
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_over(request, _user(request, pk), asker(request))


@requires(MANAGE_USERS)
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request, pk)
    users.deactivate(user=user, by=asker(request))
    messages.success(request, _("%(name)s tidak dapat masuk lagi.") % {"name": user.name})
    return redirect("directory:user", user.pk)


@requires(MANAGE_USERS)
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request, pk)
    users.reactivate(user=user, by=asker(request))
    messages.success(request, _("%(name)s aktif lagi, tanpa peran.") % {"name": user.name})
    return redirect("directory:user", user.pk)
