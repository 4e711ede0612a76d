"""What all offices of a government share: templates and trusted certificates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory.asking import asker, day_of, typed
from kanal.directory.permissions import requires
from kanal.lib.fields import put_on
from kanal.lib.refusal import NotAllowed, Refused
from kanal.paper.composing.template import Template, shipped
from kanal.paper.signing.roots import MAX_BYTES
from kanal.stationery import roots as trusted
from kanal.stationery import templating
from kanal.stationery.forms import EndRootForm, RootForm, TemplateForm
from kanal.stationery.models import PaperTemplate, Root
from kanal.stationery.permissions import (
    MANAGE_ROOTS,
    MANAGE_TEMPLATES,
    READ_ROOTS,
    READ_STATIONERY,
)

_BEGINNING = "#letterhead()\n#title-block()\n#body()\n#closing()\n"


@requires(READ_STATIONERY)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    rows = PaperTemplate.objects.filter(government_id=user.government_id)
    return render(
        request,
        "stationery/templates.html",
        {
            "own": rows.order_by("ended_at", "name", "-version"),
            "shipped": sorted(shipped().values(), key=lambda one: (one.title, -one.from_year)),
            "may_manage": user.may(MANAGE_TEMPLATES),
        },
    )


@requires(MANAGE_TEMPLATES)
@require_http_methods(["GET", "POST"])
def add_template(request: HttpRequest) -> HttpResponse:
    """A fresh one, or a new version begun from one of ours or one's own (?dari=NAME)."""
    form = TemplateForm(request.POST or None, initial=_beginning(request))
    line, lines = 0, []
    if request.method == "POST" and form.is_valid():
        try:
            row = templating.add_template(facts=form.facts(), by=asker(request))
        except templating.TemplateRefused as refused:
            put_on(form, refused)
            line = refused.line
            lines = _around(request.POST["source"], line)
        else:
            messages.success(request, _("Templat %(title)s disimpan.") % {"title": str(row)})
            return redirect("stationery:templates")
    return render(
        request,
        "stationery/add_template.html",
        {"form": form, "line": line, "lines": lines},
        status=422 if form.errors else 200,
    )


def _around(source: str, line: int) -> list[tuple[int, str]]:
    """The line at fault and two on either side, with their numbers."""
    if not line:
        return []
    rows = source.splitlines()
    first = max(line - 3, 0)
    return list(enumerate(rows[first : line + 2], start=first + 1))


def _beginning(request: HttpRequest) -> dict[str, Any]:
    name = typed(request, "dari")
    rows = PaperTemplate.objects.standing().filter(government_id=asker(request).government_id)
    own = rows.filter(name=name).first() if name else None
    if own is not None:
        names = ("name", "title", "kinds", "rule", "from_year", "until_year", "font", "size")
        return {one: getattr(own, one) for one in names} | {
            "forms_of": own.forms,
            "source": own.source,
        }
    ours = shipped().get(name)
    return _of_ours(ours) if ours else {"source": _BEGINNING, "from_year": _year(request)}


def _year(request: HttpRequest) -> int:
    return day_of(asker(request)).year


def _of_ours(ours: Template) -> dict[str, Any]:
    return {
        "name": f"{ours.name}-kami",
        "title": ours.title,
        "kinds": [kind.value for kind in ours.kinds],
        "forms_of": [form.value for form in ours.forms],
        "rule": ours.rule,
        "from_year": ours.from_year,
        "until_year": ours.until_year,
        "font": ours.style.font,
        "size": ours.style.size,
        "source": ours.source,
    }


@requires(MANAGE_TEMPLATES)
@require_POST
def end_template(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    row = get_object_or_404(PaperTemplate, pk=pk, government_id=user.government_id)
    templating.end_template(template=row, by=user)
    messages.success(request, _("Templat %(title)s diakhiri.") % {"title": str(row)})
    return redirect("stationery:templates")


@requires(READ_ROOTS)
@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    return _roots_page(request, RootForm())


def _roots_page(request: HttpRequest, form: RootForm, status: int = 200) -> HttpResponse:
    user = asker(request)
    today = day_of(user)
    rows = Root.objects.filter(government_id=user.government_id).order_by("ended_at", "subject")
    return render(
        request,
        "stationery/roots.html",
        {
            "roots": [(row, row.covers(today)) for row in rows],
            "form": form,
            "may_manage": user.may(MANAGE_ROOTS),
        },
        status=status,
    )


@requires(MANAGE_ROOTS)
@require_POST
def add_root(request: HttpRequest) -> HttpResponse:
    form = RootForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            added = trusted.add_roots(
                data=form.cleaned_data["file"].read(MAX_BYTES + 1), by=asker(request)
            )
        except NotAllowed:
            raise
        except Refused as refused:
            put_on(form, refused)
        else:
            names = ", ".join(row.subject for row in added)
            messages.success(request, _("Dipercaya mulai sekarang: %(names)s.") % {"names": names})
            return redirect("stationery:roots")
    return _roots_page(request, form, status=422)


@requires(MANAGE_ROOTS)
@require_http_methods(["GET", "POST"])
def end_root(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    row = get_object_or_404(Root, pk=pk, government_id=user.government_id)
    form = EndRootForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trusted.end_root(root=row, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, _("%(name)s tidak lagi dipercaya.") % {"name": row.subject})
        return redirect("stationery:roots")
    return render(
        request,
        "stationery/end_root.html",
        {"root": row, "form": form},
        status=422 if form.errors else 200,
    )
