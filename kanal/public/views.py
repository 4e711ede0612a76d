"""What a citizen sees, without signing in and without being remembered."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Prefetch, Value, When
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from kanal.directory.models import Government, Unit, UnitClass, UnitQuerySet
from kanal.directory.permissions import open_to_all
from kanal.public.figures import Figures, figures
from kanal.public.forms import ReportForm
from kanal.public.limits import take_one
from kanal.public.open_data import lines
from kanal.register.lookalikes import LISTED
from kanal.register.lookup import Answer, Kind, look_up
from kanal.register.models import Account, AccountState
from kanal.register.reports import report_account

ON_A_PAGE = 50


@open_to_all
def check(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("akun", "").strip()[:500]
    answer = look_up(asked) if asked else None
    seen = {
        "asked": asked,
        "answer": answer,
        "others": _others(answer) if answer else [],
        "figures": figures(),
    }
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "public/check.html#answer" if fragment else "public/check.html", seen)


def _others(answer: Answer) -> list[Account]:
    """The other listed accounts of the office that has this one."""
    if answer.kind not in (Kind.OFFICIAL, Kind.DECLARED, Kind.PARKED, Kind.LOST, Kind.CLOSED):
        return []
    shown = answer.account
    same_unit = Account.objects.for_the_public().filter(unit_id=shown.unit_id, state__in=LISTED)
    return list(same_unit.exclude(pk=shown.pk).order_by("network", "pk")[:12])


@open_to_all
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        asked = request.GET.get("akun", "")[:300]
        return render(request, "public/report.html", {"form": ReportForm(initial={"text": asked})})
    form = ReportForm(request.POST)
    if not form.is_valid():
        return render(request, "public/report.html", {"form": form}, status=422)
    take_one(request)
    report_account(
        text=form.cleaned_data["text"],
        note=form.cleaned_data["note"],
        government=_own_government(),
        now=timezone.now(),
    )
    return redirect("public:reported")


@open_to_all
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "public/reported.html")


def _own_government() -> Government:
    """The government whose installation this is: the first."""
    found = Government.objects.order_by("pk").first()
    if found is None:
        raise Http404
    return found


@open_to_all
def open_list(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="akun-resmi.csv"'},
    )


@open_to_all
def offices(request: HttpRequest) -> HttpResponse:
    counted = figures()
    words = request.GET.get("cari", "").replace("\0", "").strip()[:80]
    found = _with_accounts(_units(counted).named_like(words))[:ON_A_PAGE] if words else []
    classes = [
        (key, UnitClass(key).label, counted.by_class[key])
        for key in UnitClass.values
        if key in counted.by_class
    ]
    return render(
        request,
        "public/offices.html",
        {"words": words, "found": found, "classes": classes, "figures": counted},
    )


@open_to_all
def office_class(request: HttpRequest, unit_class: str) -> HttpResponse:
    if unit_class not in UnitClass.values:
        raise Http404
    units = _with_accounts(_units(figures()).filter(unit_class=unit_class))
    page = Paginator(units, ON_A_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "public/office_class.html",
        {"label": UnitClass(unit_class).label, "page": page},
    )


@open_to_all
def office(request: HttpRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(_units(figures()).select_related("government", "parent"), code=code)
    rows = Account.objects.for_the_public().filter(unit=unit)
    accounts = list(rows.order_by("network", "declared_on", "pk"))
    return render(
        request,
        "public/office.html",
        {
            "unit": unit,
            "listed": [account for account in accounts if account.state in LISTED],
            "former": [account for account in accounts if account.state not in LISTED],
            "below": unit.children.order_by("name")[:100],
        },
    )


def _units(counted: Figures) -> UnitQuerySet:
    return Unit.objects.filter(government_id=counted.government_id or 0)


def _with_accounts(units: UnitQuerySet) -> UnitQuerySet:
    verified_first = Case(
        When(state=AccountState.VERIFIED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    listed = Account.objects.for_the_public().filter(state__in=LISTED)
    listed = listed.order_by(verified_first, "network", "pk")
    return units.order_by("name", "pk").prefetch_related(
        Prefetch("accounts", queryset=listed, to_attr="listed")
    )


@open_to_all
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help.html")


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@open_to_all
def language(request: HttpRequest, code: str) -> HttpResponse:
    """A plain link, so it works without JavaScript; it changes nothing but the reader's cookie."""
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        raise Http404
    wanted = request.GET.get("ke", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    answer = redirect(wanted if ours else "/")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer
