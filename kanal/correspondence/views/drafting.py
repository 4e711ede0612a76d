"""Writing a paper: which kind, for which office, the few things to choose, and a look at it."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kanal.appointments.models import Letter
from kanal.correspondence.bareness import bareness
from kanal.correspondence.entry import Entry
from kanal.correspondence.models import Paper, PaperKind, PaperState
from kanal.correspondence.permissions import DRAFT_PAPER, DRAFT_REMINDER, drafting
from kanal.directory.asking import asker, day_of, reach, typed, unit_asked, units_to_choose
from kanal.directory.models import Unit
from kanal.directory.permissions import require, requires
from kanal.intake.officers import with_one_more, without

ABOUT = {
    PaperKind.APPOINTMENT: gettext_lazy("Menunjuk petugas pengelola media sosial."),
    PaperKind.REPLACEMENT: gettext_lazy("Mengganti petugas yang sedang bertugas."),
    PaperKind.TERMINATION: gettext_lazy("Mengakhiri tugas petugas tanpa pengganti."),
    PaperKind.CORRECTION: gettext_lazy("Memperbaiki kekeliruan dalam surat yang sudah diterima."),
    PaperKind.NIL: gettext_lazy("Menyatakan bahwa kantor tidak memiliki akun media sosial."),
    PaperKind.HANDOVER: gettext_lazy("Mencatat serah terima pengelolaan akun antarpetugas."),
    PaperKind.REMINDER: gettext_lazy("Mengingatkan kantor yang suratnya belum diterima."),
}


@requires(DRAFT_PAPER)
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """What do you want to write?"""
    user, unit = asker(request), unit_asked(request, DRAFT_PAPER)
    offered = [
        (kind, kind.label, about) for kind, about in ABOUT.items() if user.may(drafting(kind), unit)
    ]
    return render(request, "correspondence/kinds.html", {"kinds": offered, "unit": unit})


@requires(DRAFT_PAPER)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in ABOUT:
        raise Http404
    return _write(request, kind)


@requires(DRAFT_REMINDER)
@require_http_methods(["GET", "POST"])
def write_reminder(request: HttpRequest) -> HttpResponse:
    """The one kind about another office; ?tentang=CODE names it."""
    return _write(request, PaperKind.REMINDER)


def _write(request: HttpRequest, kind: str) -> HttpResponse:
    user, unit = asker(request), unit_asked(request, drafting(kind))
    if unit is None:
        return _choose_unit(request, kind)
    corrects = _corrected(request, unit) if kind == PaperKind.CORRECTION else None
    if kind == PaperKind.CORRECTION and corrects is None:
        letters = unit.letters.accepted().prefetch_related("officers__person")
        letters = letters.order_by("-dated", "-pk")[:40]
        context = {"unit": unit, "letters": letters}
        return render(request, "correspondence/choose_letter.html", context)
    entry = Entry(
        unit=unit,
        kind=kind,
        by=user,
        today=day_of(user),
        data=_data(request),
        corrects=corrects,
        leaving=typed(request, "ganti"),
        about=typed(request, "tentang"),
    )
    return _answer(request, entry)


def _choose_unit(request: HttpRequest, kind: str) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    return render(
        request,
        "directory/choose_unit.html",
        {
            "title": PaperKind(kind).label,
            "units": units_to_choose(user, drafting(kind), words, day_of(user)),
            "words": words,
        },
    )


def _corrected(request: HttpRequest, unit: Unit) -> Letter | None:
    chosen = typed(request, "surat")
    if not chosen.isdecimal() or len(chosen) > 15:
        return None
    return unit.letters.accepted().filter(pk=int(chosen)).first()


@requires(DRAFT_PAPER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    rows = Paper.objects.filter(reach(user, DRAFT_PAPER), state=PaperState.DRAFT)
    paper = get_object_or_404(rows.select_related("unit", "government", "corrects"), pk=pk)
    require(by=user, permission=drafting(paper.kind), unit=paper.unit)
    entry = Entry(
        unit=paper.unit,
        kind=paper.kind,
        by=user,
        today=day_of(user),
        data=_data(request),
        paper=paper,
    )
    return _answer(request, entry)


def _data(request: HttpRequest) -> QueryDict | None:
    """As sent, with a row more or less where that was the button."""
    if request.method != "POST":
        return None
    data: QueryDict = request.POST
    if "tambah" in data:
        return with_one_more(data)
    if (row := data.get("buang", "")).isdecimal():
        return without(data, int(row))
    return data


def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One of the page's buttons: a row more or less, a look, or keep it."""
    if request.method == "POST":
        if "tambah" in request.POST or "buang" in request.POST:
            entry.hush()
        elif entry.is_valid():
            if "lihat" in request.POST:
                entry.look()
            elif paper := entry.save():
                messages.success(request, _("Konsep disimpan. Periksa, lalu setujui."))
                return redirect("correspondence:paper", paper.pk)
    return render(
        request,
        "correspondence/write.html",
        {
            "entry": entry,
            "unit": entry.unit,
            "title": entry.kind.label,
            "about": ABOUT[entry.kind],
            "bare": bareness(entry.unit, entry.by) if entry.pages else None,
            "pages": [base64.b64encode(page).decode() for page in entry.pages],
        },
        status=422 if entry.is_refused else 200,
    )
