from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory import exporting, posts, units
from kanal.directory.asking import asker, day_of, page_or_part, plain, typed
from kanal.directory.forms import (
    CloseForm,
    EndForm,
    HeadshipForm,
    NewUnitForm,
    OfficeContactForm,
    RenameForm,
    UnitFilter,
)
from kanal.directory.models import Headship, Unit, UnitClass, UnitQuerySet, User
from kanal.directory.permissions import EDIT_DIRECTORY, READ_DIRECTORY, require, requires
from kanal.directory.reading import above
from kanal.lib.fields import put_on
from kanal.lib.files import XLSX
from kanal.lib.refusal import Refused

A_PAGE = 50
CSV = "text/csv; charset=utf-8"


@requires(READ_DIRECTORY)
@require_safe
def units_page(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    government = Unit.objects.filter(government_id=user.government_id)
    regions = government.filter(unit_class__in=[UnitClass.CITY, UnitClass.REGENCY])
    form = UnitFilter(plain(request), regions=list(regions.order_by("region_code")))
    asked = form.asked()
    root = _root(government, typed(request, "di"))
    rows = _wanted(government, user, root, asked).select_related("parent").order_by("path")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("hal"))
    below = _below(page)
    context = {
        "form": form,
        "page": page,
        "rows": [(unit, below.get(unit.pk, 0)) for unit in page],
        "root": root,
        "crumbs": _crumbs(root) if root else [],
        "filtered": bool(asked.get("cari") or asked.get("kelas") or asked.get("wilayah")),
        "day": day_of(user),
        "may_edit": user.may(EDIT_DIRECTORY),
    }
    return render(request, page_or_part(request, "directory/units.html"), context)


def _root(units_here: UnitQuerySet, code: str) -> Unit | None:
    return get_object_or_404(units_here, code=code) if code else None


def _wanted(
    found: UnitQuerySet, user: User, root: Unit | None, asked: dict[str, Any]
) -> UnitQuerySet:
    words, kind, region = asked.get("cari"), asked.get("kelas"), asked.get("wilayah")
    if root:
        # What stands directly below; a search looks at every depth.
        deep = words or kind or region
        found = found.under(root).exclude(pk=root.pk) if deep else found.filter(parent=root)
    if words:
        found = found.named_like(words) | found.filter(code__istartswith=words)
    if kind:
        found = found.filter(unit_class=kind)
    if region:
        found = found.filter(region_code__startswith=region)
    return found if asked.get("tutup") else found.open_on(day_of(user))


def _below(page: Page[Unit]) -> dict[int, int]:
    """How many stand directly below each, by the unit's key."""
    counted = Unit.objects.filter(parent__in=[unit.pk for unit in page]).values_list("parent")
    return dict(counted.annotate(n=Count("pk")).order_by())


def _crumbs(unit: Unit) -> list[tuple[str, str]]:
    home = reverse("directory:units")
    return [(_("Instansi"), home), *((one.short, f"{home}?di={one.code}") for one in above(unit))]


@requires(READ_DIRECTORY)
@require_safe
def units_csv(request: HttpRequest) -> StreamingHttpResponse:
    return streamed(exporting.units_csv(by=asker(request)), "instansi.csv")


@requires(READ_DIRECTORY)
@require_safe
def units_xlsx(request: HttpRequest) -> HttpResponse:
    return as_file(exporting.units_xlsx(by=asker(request)), "instansi.xlsx")


def streamed(parts: Any, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(parts, content_type=CSV, headers=_kept_as(name))


def as_file(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=XLSX, headers=_kept_as(name))


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def the_unit(request: HttpRequest, code: str) -> Unit:
    """The unit of the address, which the person may change."""
    user = asker(request)
    unit = get_object_or_404(Unit, government_id=user.government_id, code=code)
    require(by=user, permission=EDIT_DIRECTORY, unit=unit)
    return unit


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    parent = the_unit(request, code)
    user = asker(request)
    form = NewUnitForm(request.POST or None, initial={"code": f"{parent.code}.", "opened_on": None})
    if request.method == "POST" and form.is_valid():
        try:
            facts = units.NewUnit(**form.cleaned_data)
            unit = units.open_unit(parent=parent, facts=facts, by=user)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("%(unit)s dicatat.") % {"unit": unit.name})
            return redirect(f"{reverse('directory:units')}?di={parent.code}")
    return _form(request, parent, form, _("Tambah unit di bawah %(unit)s"), _("Tambah unit"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    unit, user = the_unit(request, code), asker(request)
    first = {"name": unit.name, "abbreviation": unit.abbreviation}
    form = RenameForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            units.rename_unit(unit=unit, by=user, today=day_of(user), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(
                request, _("Nama baru dicatat; nama lama tetap berlaku sampai hari itu.")
            )
            return redirect("desk:unit", unit.code)
    return _form(request, unit, form, _("Ganti nama %(unit)s"), _("Catat nama baru"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, code: str) -> HttpResponse:
    unit, user = the_unit(request, code), asker(request)
    form = OfficeContactForm(
        request.POST or None, initial={"email": unit.email, "phone": unit.phone}
    )
    if request.method == "POST" and form.is_valid():
        try:
            units.change_contact(unit=unit, by=user, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(
                request, _("Kontak kantor disimpan. Yang sudah antre tetap ke alamat semula.")
            )
            return redirect("desk:unit", unit.code)
    return _form(request, unit, form, _("Kontak %(unit)s"), _("Simpan kontak"))


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    unit, user = the_unit(request, code), asker(request)
    form = CloseForm(request.POST or None, government_id=user.government_id)
    if request.method == "POST" and form.is_valid():
        try:
            units.close_unit(unit=unit, by=user, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("%(unit)s ditutup.") % {"unit": unit.name})
            return redirect("desk:unit", unit.code)
    return _form(request, unit, form, _("Tutup %(unit)s"), _("Tutup kantor"), danger=True)


def _form(
    request: HttpRequest,
    unit: Unit,
    form: forms.Form,
    title: str,
    button: str,
    *,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "unit": unit,
        "form": form,
        "crumbs": [*_crumbs(unit), (unit.short, reverse("desk:unit", args=[unit.code]))],
        "title": title % {"unit": unit.short},
        "button": button,
        "danger": danger,
        "back": reverse("desk:unit", args=[unit.code]),
    }
    status = 422 if form.errors else 200
    return render(request, "directory/form.html", context, status=status)


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def heads(request: HttpRequest, code: str) -> HttpResponse:
    unit, user = the_unit(request, code), asker(request)
    form = HeadshipForm(request.POST or None, government_id=user.government_id)
    if request.method == "POST" and form.is_valid():
        try:
            posts.begin_headship(unit=unit, by=user, today=day_of(user), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Pemimpin baru dicatat."))
            return redirect("directory:heads", unit.code)
    rows = unit.headships.select_related("person").order_by("-begins_on", "-pk")
    context = {
        "unit": unit,
        "form": form,
        "rows": [(row, EndForm(auto_id=f"id_{row.pk}_%s")) for row in rows],
        "crumbs": [*_crumbs(unit), (unit.short, reverse("desk:unit", args=[unit.code]))],
    }
    return render(request, "directory/heads.html", context, status=422 if form.errors else 200)


@requires(EDIT_DIRECTORY)
@require_POST
def end_head(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    unit, user = the_unit(request, code), asker(request)
    headship = get_object_or_404(Headship, pk=pk, unit=unit)
    form = EndForm(request.POST)
    if form.is_valid():
        posts.end_headship(
            headship=headship, ends_on=form.cleaned_data["ends_on"], by=user, today=day_of(user)
        )
        messages.success(request, _("Masa pimpinannya diakhiri."))
    else:
        messages.error(request, str(form.errors["ends_on"][0]))
    return redirect("directory:heads", unit.code)
