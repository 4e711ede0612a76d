from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.correspondence.permissions import DRAFT_REMINDER
from kanal.directory.asking import asker, day_of, page_or_part, typed
from kanal.directory.models import Unit, User
from kanal.directory.permissions import require, requires
from kanal.directory.reading import headed_by
from kanal.lib.dates import parse_day, say_day
from kanal.lib.fields import put_on
from kanal.lib.refusal import Refused
from kanal.lib.workdays import Calendar, holidays_of
from kanal.mandates.models import Mandate, UnitStatus
from kanal.post import calendar as working_days
from kanal.post.hours import WorkingTime, calendar_of, hours_of
from kanal.post.models import DayOverride
from kanal.post.permissions import KEEP_HOURS, READ_OUTBOX
from kanal.reminders import actions, listing, sending
from kanal.reminders.forms import DayForm, HoursForm, RuleForm
from kanal.reminders.models import Rule, Run, Sent, Step
from kanal.reminders.permissions import (
    MANAGE_REMINDERS,
    READ_REMINDERS,
    SEE_REMINDED,
    SEND_REMINDERS,
)
from kanal.reminders.planning import Plan, next_day, plan
from kanal.reminders.recipients import reachable
from kanal.reminders.wording import Writer

FURTHEST_AHEAD = timedelta(days=400)
RUNS_SHOWN = 10
YEARS_SHOWN = range(2000, 2101)


class DayBeyond(Refused):
    """A day that has gone by, or one too far ahead."""

    status = 422


def _mandates(user: User, day: date) -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(government_id=user.government_id).in_force(day)
    return rows.select_related("government").defer("text", "opening")


def _chosen(request: HttpRequest, mandates: list[Mandate]) -> Mandate | None:
    """The one of ?dasar=, else the newest in force, as on the board."""
    asked = typed(request, "dasar")
    named = [mandate for mandate in mandates if str(mandate.pk) == asked]
    return next(iter(named or mandates), None)


def _day(request: HttpRequest, today: date, calendar: Calendar) -> date:
    """Raises DayMistake, DayBeyond."""
    written = typed(request, "pada")
    if not written:
        return calendar.next_working(today)
    day = parse_day(written)
    if not today <= day <= today + FURTHEST_AHEAD:
        raise DayBeyond(
            _("%(day)s sudah lewat, atau terlalu jauh di depan.") % {"day": say_day(day)},
            next_step=_("Pilih hari ini atau hari dalam setahun ke depan."),
        )
    return day


def _plan(mandate: Mandate, day: date, today: date, calendar: Calendar) -> Plan:
    """On the next working day with what was missed; on later days what falls on that day."""
    soon = day <= calendar.next_working(today)
    return plan(mandate, day, calendar=calendar, first=None if soon else day)


@requires(READ_REMINDERS)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    now, calendar = day_of(user), calendar_of(user.government_id)
    mandates = list(_mandates(user, now))
    mandate, day = _chosen(request, mandates), _day(request, now, calendar)
    if mandate is None:
        return render(request, "reminders/nothing.html", {"may_manage": user.may(MANAGE_REMINDERS)})
    made = _plan(mandate, day, now, calendar)
    words, step = typed(request, "cari"), typed(request, "langkah")
    step = step if step in Step.values else listing.EVERY
    return render(
        request,
        page_or_part(request, "reminders/today.html"),
        {
            "plan": made,
            "day": day,
            "is_today": day == now,
            "is_working": calendar.is_working(day),
            "holiday": holidays_of(day.year, get_language() or "id").get(day, ""),
            "hours": hours_of(user.government_id),
            "steps": listing.steps(made),
            "stages": listing.stages(made),
            "page": listing.page_of(
                listing.narrowed(made, words=words, step=step), request.GET.get("hal")
            ),
            "words": words,
            "step": step,
            "next_day": None if made.lines else next_day(mandate, day, calendar=calendar),
            **_about(mandate, mandates, user, now),
        },
    )


def _about(mandate: Mandate, mandates: list[Mandate], user: User, day: date) -> dict[str, Any]:
    return {
        "mandate": mandate,
        "mandates": mandates,
        "has_rules": mandate.reminder_rules.active(day).exists(),
        "has_deadline": UnitStatus.objects.filter(mandate=mandate, due_on__isnull=False).exists(),
        "runs": mandate.reminder_runs.filter(figures__units__gt=0)[:RUNS_SHOWN],
        "may_manage": user.may(MANAGE_REMINDERS),
        "may_send": user.may(SEND_REMINDERS),
    }


@requires(SEND_REMINDERS)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    now, calendar = day_of(user), calendar_of(user.government_id)
    mandate = _chosen(request, list(_mandates(user, now)))
    if mandate is None:
        return redirect("reminders:today")
    if request.method == "POST":
        done = sending.send_now(
            mandate=mandate, by=user, now=timezone.now(), at_any_hour="tetap" in request.POST
        )
        count = done.figures["messages"]
        told = ngettext(
            "%(n)s surel pengingat diantrekan.", "%(n)s surel pengingat diantrekan.", count
        )
        messages.success(request, told % {"n": count})
        return redirect("reminders:run", done.pk)
    return render(
        request,
        "reminders/send.html",
        {
            "mandate": mandate,
            "plan": plan(mandate, now, calendar=calendar),
            "is_open": WorkingTime.of(user.government).is_open(timezone.now()),
            "is_working": calendar.is_working(now),
            "hours": hours_of(user.government_id),
        },
    )


@requires(READ_REMINDERS)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    runs = Run.objects.filter(government_id=user.government_id)
    found = get_object_or_404(runs.select_related("mandate"), pk=pk)
    rows = found.sent.select_related("unit", "rule").order_by("unit__path", "pk")
    page = Paginator(rows, listing.A_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "reminders/run.html",
        {
            "run": found,
            "page": page,
            "rows": listing.kept(page, user.government_id),
            "sees_messages": user.may(READ_OUTBOX),
        },
    )


@requires(READ_REMINDERS)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    user, day = asker(request), day_of(asker(request))
    mandates = list(_mandates(user, day))
    mandate = _chosen(request, mandates)
    if mandate is None:
        return render(request, "reminders/nothing.html", {"may_manage": user.may(MANAGE_REMINDERS)})
    rows = list(mandate.reminder_rules.all())
    return render(
        request,
        "reminders/rules.html",
        {
            "mandate": mandate,
            "mandates": mandates,
            "rules": [rule for rule in rows if rule.ended_at is None],
            "ended": [rule for rule in rows if rule.ended_at is not None],
            "may_manage": user.may(MANAGE_REMINDERS),
        },
    )


@requires(MANAGE_REMINDERS)
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    user, day = asker(request), day_of(asker(request))
    mandate = get_object_or_404(_mandates(user, day), pk=_number(request.POST.get("mandate", "")))
    actions.adopt_defaults(mandate=mandate, by=user, today=day)
    messages.success(request, _("Aturan bawaan dipakai. Periksa, lalu ganti yang tidak cocok."))
    return redirect("reminders:rules")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


@requires(MANAGE_REMINDERS)
@require_http_methods(["GET", "POST"])
def add_rule(request: HttpRequest) -> HttpResponse:
    """A new rule, or with ?ganti=NUMBER one that takes another's place."""
    user, day = asker(request), day_of(asker(request))
    replaces = _replaced(user, typed(request, "ganti"))
    form = RuleForm(request.POST or None, mandates=_mandates(user, day), rule=replaces)
    if request.method == "POST" and form.is_valid():
        mandate = replaces.mandate if replaces else form.cleaned_data["mandate"]
        try:
            actions.add_rule(
                mandate=mandate, facts=form.facts(), by=user, today=day, replaces=replaces
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Aturan disimpan dan berlaku mulai hari ini."))
            return redirect("reminders:rules")
    context = {"form": form, "replaces": replaces}
    return render(request, "reminders/rule.html", context, status=422 if form.errors else 200)


def _replaced(user: User, asked: str) -> Rule | None:
    if not asked:
        return None
    rules = Rule.objects.filter(government_id=user.government_id, ended_at=None)
    return get_object_or_404(rules.select_related("mandate"), pk=_number(asked))


@requires(MANAGE_REMINDERS)
@require_POST
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    rows = Rule.objects.filter(government_id=user.government_id).select_related("mandate")
    actions.end_rule(rule=get_object_or_404(rows, pk=pk), by=user, today=day_of(user))
    messages.success(request, _("Aturan diakhiri. Yang sudah terkirim tetap tercatat."))
    return redirect("reminders:rules")


@requires(READ_REMINDERS)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Which days are worked; here a day is told to be otherwise."""
    user, form = asker(request), DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            working_days.override_day(by=user, **form.cleaned_data)
        except Refused as refused:
            if refused.status == 403:
                raise
            put_on(form, refused)
        else:
            messages.success(request, _("Tanggal dicatat."))
            return redirect("reminders:calendar")
    return _calendar(request, form, HoursForm(hours=hours_of(user.government_id)))


@requires(KEEP_HOURS)
@require_POST
def set_hours(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    form = HoursForm(request.POST, hours=hours_of(user.government_id))
    if form.is_valid():
        try:
            working_days.set_hours(by=user, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Jam kirim disimpan."))
            return redirect("reminders:calendar")
    return _calendar(request, DayForm(), form)


def _calendar(request: HttpRequest, form: DayForm, hours: HoursForm) -> HttpResponse:
    user = asker(request)
    now = day_of(user)
    asked = _number(typed(request, "tahun"))
    year = asked if asked in YEARS_SHOWN else now.year
    rows = DayOverride.objects.filter(government_id=user.government_id)
    return render(
        request,
        "reminders/calendar.html",
        {
            "form": form,
            "hours_form": hours,
            "overrides": rows.filter(ended_at=None),
            "ended": rows.exclude(ended_at=None).order_by("-ended_at")[:20],
            "year": year,
            "years": [year - 1, year + 1],
            "holidays": sorted(holidays_of(year, get_language() or "id").items()),
            "hours": hours_of(user.government_id),
            "may_manage": user.may(KEEP_HOURS),
        },
        status=422 if form.errors or hours.errors else 200,
    )


@requires(KEEP_HOURS)
@require_POST
def end_day(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    rows = DayOverride.objects.filter(government_id=user.government_id)
    working_days.end_override(override=get_object_or_404(rows, pk=pk), by=user)
    messages.success(request, _("Tanggal itu kembali mengikuti kalender."))
    return redirect("reminders:calendar")


@requires(SEE_REMINDED)
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    user = asker(request)
    found = get_object_or_404(Unit, government_id=user.government_id, code=code)
    require(by=user, permission=SEE_REMINDED, unit=found)
    day, may_manage = day_of(user), user.may(MANAGE_REMINDERS)
    mandate = _chosen(request, list(_mandates(user, day)))
    now = writer = None
    if mandate is not None:
        writer = Writer(mandate, day)
        now = listing.standing(mandate, found, day, calendar_of(user.government_id))
    rows = Sent.objects.filter(unit=found).select_related("rule", "person")
    page = Paginator(rows, listing.FILE_PAGE).get_page(request.GET.get("hal"))
    there = reachable(user.government_id, [found.pk], day)
    office = now.office if now else None
    text = listing.spoken(office, writer) if writer else ""
    return render(
        request,
        "reminders/unit.html",
        {
            "unit": found,
            "mandate": mandate,
            "standing": now,
            "page": page,
            "rows": listing.in_file(page, user.government_id, office, writer),
            "people": listing.reachees(there, found, text),
            "may_manage": may_manage,
            "may_print": user.may(READ_REMINDERS) and office is not None,
            "sees_messages": user.may(READ_OUTBOX),
        },
    )


@requires(READ_REMINDERS)
@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The reminder on paper: to be printed, signed with a pen and brought."""
    user = asker(request)
    found = get_object_or_404(Unit, government_id=user.government_id, code=code)
    day = day_of(user)
    mandate = _chosen(request, list(_mandates(user, day)))
    now = None
    if mandate is not None:
        now = listing.standing(mandate, found, day, calendar_of(user.government_id))
    if mandate is None or now is None or now.office is None:
        return redirect("reminders:unit", found.code)
    writer = Writer(mandate, day)
    return render(
        request,
        "reminders/letter.html",
        {
            "unit": found,
            "government": user.government,
            "mandate": mandate,
            "day": say_day(day, "id"),
            "values": writer.values(now.office),
            "head": headed_by(found, day),
            "draft": _drafting(user, found),
            "may_draft": user.may(DRAFT_REMINDER),
        },
    )


def _drafting(user: User, about: Unit) -> str:
    """Where the same is written as a numbered letter of the office that verifies."""
    name = user.government.verifying_unit_name
    units = Unit.objects.filter(government_id=user.government_id)
    writes = units.filter(name__istartswith=name).order_by("pk").first() if name else None
    asked = {"unit": writes.code} if writes else {}
    query = urlencode({**asked, "tentang": about.code})
    return f"{reverse('correspondence:write-reminder')}?{query}"
