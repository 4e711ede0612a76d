from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.compliance import board as boards
from kanal.compliance import listing, offers, sheets
from kanal.compliance.board import Basis, Board
from kanal.compliance.drawn import drawn, pictures
from kanal.compliance.figures import Figures
from kanal.compliance.listing import PER_PAGE, WHOLE_GOVERNMENT, Line, Offer, Wanted
from kanal.compliance.permissions import READ_BOARD
from kanal.compliance.stages import Stage
from kanal.directory.models import UnitClass, User
from kanal.directory.permissions import requires
from kanal.lib.dates import parse_day, say_day, today
from kanal.lib.refusal import Refused
from kanal.mandates.permissions import KEEP_MANDATES

MOST_ON_PAPER = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DayToCome(Refused):
    """The board of a day that nobody has lived yet."""

    status = 422


@requires(READ_BOARD)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    basis = _basis(request)
    if basis is None:
        return _without_basis(request)
    wanted = Wanted.from_query(request.GET)
    read = boards.read(basis, wanted)
    context = {**_frame(request, basis), **_list(request, read, wanted), **_acts(request, read)}
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "compliance/board.html#daftar", context)
    pictures = drawn(basis, read.figures, context["day_query"])
    context |= {
        "offers": _offers(request, read),
        "pictures": pictures,
        "classes": _classes(read.figures),
        "regions": _regions(read, wanted),
    }
    return render(request, "compliance/board.html", context)


@requires(READ_BOARD)
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The board and the whole list on paper."""
    basis = _basis(request)
    if basis is None:
        return _without_basis(request)
    wanted = Wanted.from_query(request.GET)
    read = boards.read(basis, wanted)
    lines = boards.every_line(basis, wanted, most=MOST_ON_PAPER)
    context = {
        **_frame(request, basis),
        **_list(request, read, wanted),
        **pictures(read.figures, basis.due, basis.day),
        "asked": _told(basis, wanted),
        "lines": lines,
        "left_out": read.page.paginator.count - len(lines),
    }
    return render(request, "compliance/paper.html", context)


@requires(READ_BOARD)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    basis = _basis(request)
    if basis is None:
        return _without_basis(request)
    wanted = Wanted.from_query(request.GET)
    lines = boards.every_line(basis, wanted, most=sheets.MOST_ROWS + 1)
    title = _("%(mandate)s, papan per %(day)s. Saringan: %(asked)s") % {
        "mandate": basis.mandate.short_name,
        "day": say_day(basis.day, get_language() or "id"),
        "asked": _told(basis, wanted),
    }
    book = BytesIO()
    sheets.write(book, lines, title=title, day=basis.day)
    name = f"papan-{basis.day.isoformat()}.xlsx"
    return HttpResponse(
        book.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _basis(request: HttpRequest) -> Basis | None:
    assert isinstance(request.user, User)
    now = today(request.user.government.timezone)
    return boards.basis(request.user.government_id, day=_asked(request, now), today=now)


def _asked(request: HttpRequest, now: date) -> date:
    """Raises DayMistake, DayToCome."""
    written = request.GET.get("pada", "").strip()
    if not written:
        return now
    day = parse_day(written)
    if day > now:
        raise DayToCome(
            _("Papan per %(day)s belum ada: hari itu belum tiba.") % {"day": say_day(day)},
            next_step=_("Pilih hari ini atau hari sebelumnya."),
        )
    return day


def _without_basis(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    return render(
        request,
        "compliance/nothing.html",
        {"asked": request.GET.get("pada", ""), "may_keep": request.user.may(KEEP_MANDATES)},
    )


def _frame(request: HttpRequest, basis: Basis) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("hal", None)
    return {
        "basis": basis,
        "mandate": basis.mandate,
        "today": today(request.user.government.timezone),  # type: ignore[union-attr]
        "query": f"?{query.urlencode()}" if query else "",
        "day_query": f"pada={basis.day.isoformat()}&" if basis.is_past else "",
    }


def _list(request: HttpRequest, read: Board, wanted: Wanted) -> dict[str, Any]:
    other = next(per for per in PER_PAGE if per != wanted.per)
    query = request.GET.copy()
    query.pop("hal", None)
    query["per"] = str(other)
    return {
        "wanted": wanted,
        "chips": read.chips,
        "page": read.page,
        "lines": read.lines,
        "total": read.page.paginator.count,
        "other_per": other,
        "other_per_url": f"?{query.urlencode()}",
        "may_submit": _may_submit(request, read.lines),
        "submit_url": reverse("intake:submit"),
    }


def _may_submit(request: HttpRequest, lines: list[Line]) -> set[int]:
    """Units without an officer for which the reader may send a letter."""
    assert isinstance(request.user, User)
    user = request.user
    return {
        line.unit.pk
        for line in lines
        if line.stage == Stage.NONE and user.may(SUBMIT_LETTER, line.unit)
    }


def _offers(request: HttpRequest, read: Board) -> list[Offer]:
    """What can be done today; about a day gone by nothing can."""
    assert isinstance(request.user, User)
    if read.basis.is_past:
        return []
    return offers.on_board(
        user=request.user,
        mandate=read.basis.mandate,
        day=read.basis.day,
        units=read.figures.units(),
    )


def _acts(request: HttpRequest, read: Board) -> dict[str, Any]:
    """The lines on the screen, each with what can be done about it today."""
    assert isinstance(request.user, User)
    if read.basis.is_past:
        return {}
    user = request.user
    lines = [replace(line, offers=offers.on_row(user, line)) for line in read.lines]
    return {"lines": lines, "may_act": any(line.offers for line in lines)}


def _told(basis: Basis, wanted: Wanted) -> str:
    """What the list was narrowed to, for whoever holds the file or the paper alone."""
    parts = [str(listing.label_of(wanted.status))]
    if wanted.unit_class:
        parts.append(str(UnitClass(wanted.unit_class).label))
    if wanted.region:
        regions = listing.Names.of(basis.mandate.government_id, []).regions
        parts.append(regions.get(wanted.region) or _("Provinsi"))
    if wanted.words:
        parts.append(_("kata “%(words)s”") % {"words": wanted.words})
    return ", ".join(parts)


def _classes(figures: Figures) -> list[tuple[str, str]]:
    return [(kind, str(UnitClass(kind).label)) for kind in figures.classes]


def _regions(read: Board, wanted: Wanted) -> SafeString:
    """The options of the region filter: written here, because a country has hundreds."""
    options = [*read.regions.items(), (WHOLE_GOVERNMENT, _("Provinsi"))]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code, mark_safe(" selected") if code == wanted.region else "", name)
            for code, name in options
        ),
    )
