from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.compliance.board import LARGE
from kanal.digests import actions, making, sending, subscriptions, tokens
from kanal.digests.forms import MonthForm, ReasonForm, RecipientForm
from kanal.digests.models import Making, Sheet, Step
from kanal.digests.months import Month
from kanal.digests.permissions import MAKE_SHEETS, MANAGE_RECIPIENTS, READ_SHEETS
from kanal.digests.showing import Card, problem_words, shown
from kanal.directory.asking import asker, day_of
from kanal.directory.models import Unit, User
from kanal.directory.permissions import open_to_all, requires
from kanal.lib.fields import put_on
from kanal.lib.files import PDF, open_kept
from kanal.lib.given import inline_file
from kanal.lib.refusal import Refused
from kanal.post.hours import WorkingTime
from kanal.post.routes import has_route

A_PAGE = 24
# How far back a first edition may be asked for.
MONTHS_BACK = 12
REFUSED_SHOWN = 3
# Recipients named on one page, and in passing.
ON_A_PAGE, LISTED = 50, 12


@requires(READ_SHEETS)
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    found = Sheet.objects.filter(government_id=user.government_id).newest()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "digests/sheets.html",
        {
            "page": page,
            "cards": [Card.of(sheet) for sheet in page],
            "open": _open(user),
            "failed": _failed(user),
            "gets_it": subscriptions.gets_it(user),
            "may_make": user.may(MAKE_SHEETS),
            "may_manage": user.may(MANAGE_RECIPIENTS),
            "address": request.get_full_path(),
            "last_month": Month.of(day_of(user)).before,
            "this_month": Month.of(day_of(user)),
        },
    )


def _open(user: User) -> list[Making]:
    return list(Making.objects.filter(government_id=user.government_id, ended_at=None))


def _failed(user: User) -> list[tuple[Making, Any]]:
    """What was asked for last and did not come to be, for whoever can do something about it."""
    if not user.may(MAKE_SHEETS):
        return []
    newest = Making.objects.filter(government_id=user.government_id).order_by("-pk")[:REFUSED_SHOWN]
    return [(row, problem_words(row.problem)) for row in newest if row.step == Step.REFUSED]


def _sheet(request: HttpRequest, month: Month, edition: int | None = None) -> Sheet:
    rows = Sheet.objects.filter(government_id=asker(request).government_id, month=month.first)
    if edition is not None:
        return get_object_or_404(rows.select_related("government"), edition=edition)
    found = rows.select_related("government").first()
    if found is None:
        raise Http404
    return found


@requires(READ_SHEETS)
@require_safe
def sheet(request: HttpRequest, month: Month, edition: int | None = None) -> HttpResponse:
    found, user = _sheet(request, month, edition), asker(request)
    rows = Sheet.objects.filter(government_id=user.government_id, month=month.first)
    editions = list(rows.defer("figures").order_by("edition"))
    return render(
        request,
        "digests/sheet.html",
        {
            **shown(found),
            "sheet": found,
            "month": month,
            "editions": editions,
            "newest": editions[-1],
            "previous": _neighbour(user, month.before),
            "next": _neighbour(user, month.after),
            "may_make": user.may(MAKE_SHEETS),
            "may_manage": user.may(MANAGE_RECIPIENTS),
            "known": _known_units(user, found),
        },
    )


def _neighbour(user: User, month: Month) -> Month | None:
    rows = Sheet.objects.filter(government_id=user.government_id, month=month.first)
    return month if rows.exists() else None


def _known_units(user: User, found: Sheet) -> set[str]:
    """Codes that still lead to an office: names on a sheet outlive them."""
    codes = [each["code"] for each in found.figures["waiting"]]
    rows = Unit.objects.filter(government_id=user.government_id, code__in=codes)
    return set(rows.values_list("code", flat=True))


@requires(READ_SHEETS)
@require_safe
def pdf(request: HttpRequest, month: Month, edition: int) -> HttpResponseBase:
    found = _sheet(request, month, edition)
    return inline_file(open_kept(found.kept_as), found.file_name, PDF, "unduh" in request.GET)


@requires(MAKE_SHEETS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """What would be made and who would get it, before it is made and sent."""
    user, today = asker(request), day_of(asker(request))
    months = _without_sheet(user, today)
    given = request.POST if request.method == "POST" else None
    form = MonthForm(given, months=months, initial={"month": _asked_month(request, months)})
    if given is not None and form.is_valid():
        month: Month = form.cleaned_data["month"]
        sends = "kirim" in given
        try:
            actions.ask(government=user.government, month=month, sends=sends, by=user, today=today)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Lembar %(month)s sedang dibuat.") % {"month": month.name})
            return redirect("digests:sheets")
    chosen = _asked_month(request, months)
    found = subscriptions.recipients(user.government_id)
    context = {
        "form": form,
        "months": months,
        "chosen": chosen,
        "is_large": _is_large(user),
        "recipients": list(found[:LISTED]),
        "recipients_more": max(0, found.count() - LISTED),
        "has_route": has_route(user.government_id),
        "opens_at": WorkingTime.of(user.government).waits_until(timezone.now()),
    }
    return render(request, "digests/make.html", context, status=422 if form.errors else 200)


def _without_sheet(user: User, today: date) -> list[Month]:
    ended = Month.of(today).back(MONTHS_BACK)
    made = set(
        Sheet.objects.filter(government_id=user.government_id).values_list("month", flat=True)
    )
    return [month for month in reversed(ended) if month.first not in made]


def _asked_month(request: HttpRequest, months: list[Month]) -> Month | None:
    written = request.GET.get("bulan") or request.POST.get("month", "")
    return next((month for month in months if str(month) == written), next(iter(months), None))


def _is_large(user: User) -> bool:
    """Too many offices to count while somebody waits for a picture."""
    rows = Unit.objects.filter(government_id=user.government_id)
    return rows[: LARGE + 1].count() > LARGE


@requires(MAKE_SHEETS)
@require_safe
@never_cache
def picture(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    month = _asked_month(request, _without_sheet(user, day_of(user)))
    if month is None or _is_large(user):
        raise Http404
    made = making.preview(user.government, month, timezone.now())
    if made is None:
        raise Http404
    return HttpResponse(made, content_type="image/png")


@requires(MAKE_SHEETS)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, month: Month) -> HttpResponse:
    """Another edition, with what it is for."""
    user, found = asker(request), _sheet(request, month)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                government=user.government,
                month=month,
                sends=False,
                by=user,
                today=day_of(user),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(
                request, _("Edisi baru %(month)s sedang dibuat.") % {"month": month.name}
            )
            return redirect("digests:sheets")
    context = {"form": form, "sheet": found, "month": month}
    return render(request, "digests/correct.html", context, status=422 if form.errors else 200)


@requires(MAKE_SHEETS)
@require_POST
def send(request: HttpRequest, month: Month) -> HttpResponse:
    """The newest edition, to whoever has not got it."""
    dispatch = sending.send(sheet=_sheet(request, month), by=asker(request))
    messages.success(request, _("%(count)s surel masuk antrean kirim.") % {"count": dispatch.count})
    return redirect("digests:sent", month)


@requires(MANAGE_RECIPIENTS)
@require_safe
def sent(request: HttpRequest, month: Month) -> HttpResponse:
    """Who was sent this month's newest edition, and what became of each message."""
    found, user = _sheet(request, month), asker(request)
    rows = sending.messages_of(found).order_by("pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("hal"))
    users = User.objects.in_bulk([sending.user_of(message) for message in page])
    unserved = sending.unserved(found)
    return render(
        request,
        "digests/sent.html",
        {
            "sheet": found,
            "month": month,
            "page": page,
            "rows": [(users.get(sending.user_of(message)), message) for message in page],
            "opens_at": WorkingTime.of(user.government).waits_until(timezone.now()),
            "unserved": unserved[:LISTED],
            "unserved_more": max(0, len(unserved) - LISTED),
            "dispatches": list(found.dispatches.all()),
            "has_route": has_route(user.government_id),
            "may_make": user.may(MAKE_SHEETS),
        },
    )


@requires(MANAGE_RECIPIENTS)
@require_http_methods(["GET", "POST"])
def recipients(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = subscriptions.somebody_at(user.government_id, form.cleaned_data["email"])
            subscriptions.decide_for(user=chosen, wants=True, by=user)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(
                request, _("%(name)s menerima lembar berikutnya.") % {"name": chosen.name}
            )
            return redirect("digests:recipients")
    found = subscriptions.recipients(user.government_id)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("hal"))
    context = {"form": form, "page": page}
    return render(request, "digests/recipients.html", context, status=422 if form.errors else 200)


@requires(MANAGE_RECIPIENTS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    chosen = get_object_or_404(User, pk=pk, government_id=user.government_id)
    subscriptions.decide_for(user=chosen, wants=False, by=user)
    messages.success(request, _("%(name)s tidak menerima lembar lagi.") % {"name": chosen.name})
    return redirect("digests:recipients")


@requires(READ_SHEETS)
@require_POST
def own(request: HttpRequest) -> HttpResponse:
    """One's own subscription."""
    user, answer = asker(request), request.POST.get("mau")
    if answer == "ya":
        subscriptions.decide_own(wants=True, by=user)
        said = _("Lembar berikutnya dikirim ke %(email)s.") % {"email": user.email}
        messages.success(request, said)
    elif answer == "tidak":
        subscriptions.decide_own(wants=False, by=user)
        messages.success(request, _("Anda tidak menerima lembar lewat surel lagi."))
    return redirect("digests:sheets")


@csrf_exempt  # mail programs post here without a cookie (RFC 8058); the token alone says whose
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: scanners of mail open every link."""
    user = tokens.user_of(token)
    done = request.method == "POST"
    if done:
        subscriptions.stop_by_link(user=user)
    return render(
        request, "digests/unsubscribe.html", {"done": done, "government": user.government}
    )
