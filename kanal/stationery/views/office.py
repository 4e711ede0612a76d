"""One office's letterhead and its book of numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory.asking import asker, day_of, plain, reach, typed, unit_asked, units_to_choose
from kanal.directory.models import Unit
from kanal.directory.permissions import Permission, require, requires
from kanal.lib.fields import put_on
from kanal.lib.refusal import NotAllowed, Refused
from kanal.stationery import actions
from kanal.stationery.forms import BookForm, LetterheadForm, OutsideForm, PatternForm, VoidForm
from kanal.stationery.letterheads import head_of, logo_bytes
from kanal.stationery.models import Letterhead, NumberBook, NumberEntry, PaperForm
from kanal.stationery.permissions import EDIT_LETTERHEAD, KEEP_BOOK, READ_STATIONERY


def _unit(request: HttpRequest, code: str, permission: Permission) -> Unit:
    rows = Unit.objects.filter(reach(asker(request), permission, unit=""), code=code)
    return get_object_or_404(rows.select_related("government"))


@requires(EDIT_LETTERHEAD)
@require_http_methods(["GET", "POST"])
def letterhead(request: HttpRequest, code: str) -> HttpResponse:
    user, unit = asker(request), _unit(request, code, EDIT_LETTERHEAD)
    require(by=user, permission=EDIT_LETTERHEAD, unit=unit)
    row = Letterhead.objects.filter(unit=unit).first()
    form = LetterheadForm(request.POST or None, request.FILES or None, row=row, initial=_lines(row))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload, without = given.pop("logo"), given.pop("without_logo", False)
        try:
            actions.write_letterhead(
                unit=unit,
                lines=given,
                logo=upload.read() if upload else None,
                without_logo=without,
                by=user,
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Kop surat disimpan."))
            return redirect("stationery:letterhead", unit.code)
    return render(
        request,
        "stationery/letterhead.html",
        {"unit": unit, "form": form, "row": row, "head": head_of(unit)},
        status=422 if form.errors else 200,
    )


def _lines(row: Letterhead | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {name: getattr(row, name) for name in actions.LINES} | {"above": "\n".join(row.above)}


@requires(READ_STATIONERY)
@require_safe
def logo(request: HttpRequest, code: str) -> HttpResponse:
    """What was drawn anew from the upload: a small PNG of our own."""
    unit = _unit(request, code, READ_STATIONERY)
    row = Letterhead.objects.exclude(logo="").filter(unit=unit).first()
    picture = logo_bytes(row) if row is not None else b""
    if not picture:
        raise Http404
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@requires(READ_STATIONERY)
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Straight to the only office's book, else: whose?"""
    unit = unit_asked(request, READ_STATIONERY)
    if unit is not None:
        return redirect("stationery:book", unit.code)
    user, words = asker(request), typed(request, "cari")
    return render(
        request,
        "directory/choose_unit.html",
        {
            "title": _("Buku nomor"),
            "units": units_to_choose(user, READ_STATIONERY, words, day_of(user)),
            "words": words,
        },
    )


@requires(READ_STATIONERY)
@require_safe
def book(request: HttpRequest, code: str) -> HttpResponse:
    return _book_page(request, _unit(request, code, READ_STATIONERY))


def _book_page(
    request: HttpRequest, unit: Unit, forms: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    user = asker(request)
    today = day_of(user)
    form, year = BookForm(plain(request)).asked(today)
    found = actions.book_of(unit, form, year)
    kept = NumberBook.objects.filter(unit=unit).values_list("year", flat=True)
    context: dict[str, Any] = {
        "unit": unit,
        "book": found,
        "entries": found.entries.order_by("-n") if found.pk else [],
        "forms": PaperForm.choices,
        "years": sorted({*kept, today.year, year}, reverse=True),
        "may_keep": user.may(KEEP_BOOK, unit),
        "pattern_form": PatternForm(initial={"pattern": found.pattern}),
        "outside_form": OutsideForm(initial={"dated": today}),
        **(forms or {}),
    }
    return render(request, "stationery/book.html", context, status=status)


def _back(unit: Unit, form: str, year: int) -> str:
    return f"{reverse('stationery:book', args=[unit.code])}?bentuk={form}&tahun={year}"


@requires(KEEP_BOOK)
@require_POST
def pattern(request: HttpRequest, code: str) -> HttpResponse:
    user, unit = asker(request), _unit(request, code, KEEP_BOOK)
    form, year = BookForm(plain(request)).asked(day_of(user))
    typed_in = PatternForm(request.POST)
    if typed_in.is_valid():
        try:
            actions.set_pattern(
                unit=unit, form=form, year=year, pattern=typed_in.cleaned_data["pattern"], by=user
            )
        except NotAllowed:
            raise
        except Refused as refused:
            put_on(typed_in, refused)
        else:
            messages.success(request, _("Pola nomor berikutnya disimpan."))
            return redirect(_back(unit, form, year))
    return _book_page(request, unit, {"pattern_form": typed_in}, status=422)


@requires(KEEP_BOOK)
@require_POST
def outside(request: HttpRequest, code: str) -> HttpResponse:
    user, unit = asker(request), _unit(request, code, KEEP_BOOK)
    form, _year = BookForm(plain(request)).asked(day_of(user))
    typed_in = OutsideForm(request.POST)
    if typed_in.is_valid():
        try:
            entry = actions.write_outside(
                unit=unit, form=form, by=user, today=day_of(user), **typed_in.cleaned_data
            )
        except NotAllowed:
            raise
        except Refused as refused:
            put_on(typed_in, refused)
        else:
            messages.success(request, _("Nomor %(number)s dicatat.") % {"number": entry.text})
            return redirect(_back(unit, form, entry.book.year))
    return _book_page(request, unit, {"outside_form": typed_in}, status=422)


@requires(KEEP_BOOK)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user, unit = asker(request), _unit(request, code, KEEP_BOOK)
    rows = NumberEntry.objects.select_related("book__unit").filter(book__unit=unit)
    entry = get_object_or_404(rows, pk=pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.void_outside(entry=entry, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, _("Nomor %(number)s dibatalkan.") % {"number": entry.text})
        return redirect(_back(unit, entry.book.form, entry.book.year))
    return render(
        request,
        "stationery/void.html",
        {"unit": unit, "entry": entry, "form": form},
        status=422 if form.errors else 200,
    )
