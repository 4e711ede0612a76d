from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kanal.directory.asking import (
    asker,
    day_of,
    name_of,
    page_or_part,
    plain,
    reach,
    typed,
    unit_asked,
    units_to_choose,
)
from kanal.directory.models import Unit, User
from kanal.directory.permissions import Permission, require, requires
from kanal.lib.fields import put_on
from kanal.lib.refusal import Refused
from kanal.register import actions
from kanal.register.declaring import declare_lines, read_lines
from kanal.register.flags import flags
from kanal.register.forms import (
    LINES_AT_MOST,
    DeclareForm,
    FilterForm,
    StateForm,
    lines_of,
    nil_form,
    offered,
)
from kanal.register.models import Account, AccountQuerySet, AccountState
from kanal.register.permissions import (
    DECLARE_ACCOUNT,
    DECLARE_NIL,
    READ_ACCOUNTS,
    VERIFY_ACCOUNT,
)
from kanal.register.proofs import Proof

A_PAGE = 50


@requires(READ_ACCOUNTS)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    form = FilterForm(plain(request))
    asked = form.asked()
    rows = _wanted(Account.objects.filter(reach(user, READ_ACCOUNTS)), user, asked)
    unit = typed(request, "unit")
    if unit:
        rows = rows.filter(unit__code=unit)
    rows = rows.select_related("unit").order_by("unit__path", "network", "handle_key", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("hal"))
    marked = _flagged(user, [account.pk for account in page])
    return render(
        request,
        page_or_part(request, "register/accounts.html"),
        {
            "form": form,
            "page": page,
            "rows": [(account, marked.get(account.pk, [])) for account in page],
            "unit": unit,
            "unit_name": name_of(user, unit),
            "may_declare": user.may(DECLARE_ACCOUNT),
        },
    )


def _wanted(rows: AccountQuerySet, user: User, asked: dict[str, Any]) -> AccountQuerySet:
    if asked.get("jejaring"):
        rows = rows.filter(network=asked["jejaring"])
    if asked.get("keadaan"):
        rows = rows.filter(state=asked["keadaan"])
    if asked.get("tanda"):
        pairs = flags(user.government_id)
        both = {pk for flag in pairs for pk in (flag.account.pk, flag.other.pk)}
        rows = rows.filter(pk__in=both)
    words = asked.get("cari")
    if words:
        rows = rows.filter(
            Q(shown__icontains=words)
            | Q(handle_key__icontains=words.lstrip("@"))
            | Q(unit__name__icontains=words)
            | Q(unit__abbreviation__icontains=words)
        )
    return rows


def _flagged(user: User, accounts: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for flag in flags(user.government_id, accounts=accounts) if accounts else []:
        found.setdefault(flag.account.pk, []).append(flag.text)
    return found


@requires(DECLARE_ACCOUNT)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    unit = unit_asked(request, DECLARE_ACCOUNT)
    if unit is None:
        return _choose(request, DECLARE_ACCOUNT, _("Daftarkan akun"))
    form = DeclareForm(request.POST if request.method == "POST" else None, initial=_named(request))
    lines = []
    if request.method == "POST" and form.is_valid():
        user = asker(request)
        lines = read_lines(lines_of(form.cleaned_data["text"]), form.cleaned_data["network"])
        made = declare_lines(unit=unit, lines=lines, by=user, today=day_of(user))
        if made:
            messages.success(request, _said(made, unit))
            return redirect(f"{reverse('register:accounts')}?{urlencode({'unit': unit.code})}")
        form.add_error("text", _("Belum ada yang didaftarkan: perbaiki baris yang ditandai."))
    return render(
        request,
        "register/declare.html",
        {"form": form, "unit": unit, "lines": lines},
        status=422 if form.errors else 200,
    )


def _named(request: HttpRequest) -> dict[str, str]:
    """?akun=...&akun=...: accounts that a letter names, one a line."""
    named = [text.strip()[:400] for text in plain(request).getlist("akun")[:LINES_AT_MOST]]
    return {"text": "\n".join(filter(None, named))}


def _said(made: list[Account], unit: Unit) -> str:
    return ngettext(
        "%(n)s akun %(unit)s terdaftar; sekarang menunggu verifikasi.",
        "%(n)s akun %(unit)s terdaftar; sekarang menunggu verifikasi.",
        len(made),
    ) % {"n": len(made), "unit": unit.short}


def _choose(request: HttpRequest, permission: Permission, title: str) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    units = units_to_choose(user, permission, words, day_of(user))
    return render(
        request,
        "directory/choose_unit.html",
        {"title": title, "units": units, "words": words},
    )


@requires(READ_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    rows = Account.objects.filter(reach(user, READ_ACCOUNTS)).select_related("unit", "government")
    found = get_object_or_404(rows, pk=pk)
    form = _state_form(request, found, user)
    if request.method == "POST" and form is not None and form.is_valid():
        if _changed(form, found, user):
            messages.success(request, _("Keadaan akun dicatat."))
            return redirect("register:account", pk)
    elif request.method == "POST" and form is None:
        require(by=user, permission=DECLARE_ACCOUNT, unit=found.unit)
        raise actions.NotThatState(
            _("Akun yang ditutup tidak dapat dibuka lagi."),
            next_step=_("Jika nama itu dipakai lagi, daftarkan sebagai akun baru."),
        )
    return render(
        request,
        "register/account.html",
        {
            "account": found,
            "form": form,
            "flags": flags(found.government_id, accounts=[found.pk]),
            "history": [(change, _proof(change.proof)) for change in found.changes.all()],
        },
        status=422 if form is not None and form.errors else 200,
    )


def _proof(key: str) -> str:
    return str(Proof(key).label) if key in Proof.values else ""


def _state_form(request: HttpRequest, found: Account, user: User) -> StateForm | None:
    """None for whoever may only read, and for an account nothing can happen to any more."""
    states = offered(
        found,
        actions.FOLLOWS[AccountState(found.state)],
        may_verify=user.may(VERIFY_ACCOUNT, found.unit),
    )
    if not states or not user.may(DECLARE_ACCOUNT, found.unit):
        return None
    return StateForm(request.POST if request.method == "POST" else None, offered=states)


def _changed(form: StateForm, found: Account, user: User) -> bool:
    given = form.cleaned_data
    try:
        actions.change_state(
            account=found,
            to=AccountState(given["to"]),
            by=user,
            today=day_of(user),
            note=given["note"],
            proof=given["proof"] if given["to"] == AccountState.VERIFIED else "",
        )
    except Refused as refused:
        put_on(form, refused)
        return False
    return True


@requires(DECLARE_NIL)
@require_http_methods(["GET", "POST"])
def nil(request: HttpRequest) -> HttpResponse:
    unit = unit_asked(request, DECLARE_NIL)
    if unit is None:
        return _choose(request, DECLARE_NIL, _("Pernyataan nihil"))
    user = asker(request)
    day = day_of(user)
    head = unit.headships.on(day).select_related("person").order_by("-begins_on").first()
    form = nil_form(
        request.POST if request.method == "POST" else None,
        signer_name=head.person.full_name if head else "",
        signer_post=unit.head_title,
        today=day,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_nil(unit=unit, by=user, today=day, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(
                request, _("Pernyataan nihil %(unit)s dicatat.") % {"unit": unit.short}
            )
            return redirect("desk:unit", unit.code)
    return render(
        request,
        "register/nil.html",
        {"form": form, "unit": unit},
        status=422 if form.errors else 200,
    )
