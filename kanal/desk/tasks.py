"""The page of what waits, and the closing of citizens' reports from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kanal.desk.permissions import SEE_TASKS
from kanal.desk.waiting import Desk
from kanal.directory.asking import asker, typed
from kanal.directory.permissions import requires
from kanal.register.models import Report
from kanal.register.reports import CLOSE_REPORT, close_report


class CloseForm(forms.Form):
    outcome = forms.CharField(
        label=_("Apa yang ditemukan atau dilakukan"),
        max_length=300,
        error_messages={"required": _("Tulis dulu apa hasilnya.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@requires(SEE_TASKS)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    return _page(request)


@requires(CLOSE_REPORT)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    report = get_object_or_404(Report, pk=pk, government_id=user.government_id)
    form = _form(report, request.POST)
    if not form.is_valid():
        return _page(request, mistaken=(report.pk, form))
    close_report(report=report, outcome=form.cleaned_data["outcome"], by=user, now=timezone.now())
    messages.success(request, _("Laporan ditutup."))
    return redirect("desk:tasks")


def _form(report: Report, data: Any = None) -> CloseForm:
    """Each report has its own form on the page, so each field its own id."""
    return CloseForm(data, auto_id=f"laporan-{report.pk}-%s")


def _page(request: HttpRequest, mistaken: tuple[int, CloseForm] | None = None) -> HttpResponse:
    user = asker(request)
    desk = Desk(user, only=typed(request, "kelompok"))
    forms_of = dict([mistaken]) if mistaken else {}
    closes = user.may(CLOSE_REPORT)
    reports = [
        (report, forms_of.get(report.pk) or (_form(report) if closes else None))
        for report in desk.reports
    ]
    context = {"desk": desk, "groups": desk.groups, "reports": reports}
    return render(request, "desk/tasks.html", context, status=422 if mistaken else 200)
