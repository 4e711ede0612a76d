from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory import importing
from kanal.directory.asking import asker
from kanal.directory.forms import ImportForm
from kanal.directory.importing import SHEETS, Draft, SheetKind
from kanal.directory.permissions import EDIT_DIRECTORY, requires
from kanal.directory.plan import RowState
from kanal.directory.tables import write_xlsx
from kanal.directory.views.units import as_file
from kanal.lib.fields import put_on
from kanal.lib.refusal import Refused

KEPT_IN_SESSION = "directory_import"
A_PAGE = 100


@requires(EDIT_DIRECTORY)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            draft = importing.keep(
                kind=given["kind"], upload=given["file"], on=given["on"], by=asker(request)
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            _forget(request)
            request.session[KEPT_IN_SESSION] = draft.as_session()
            return redirect("directory:import-preview")
    context = {
        "form": form,
        "sheets": [(kind, [c.name for c in sheet.columns]) for kind, sheet in SHEETS.items()],
        "waiting": _draft(request),
    }
    return render(request, "directory/import.html", context, status=422 if form.errors else 200)


@requires(EDIT_DIRECTORY)
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    if draft is None:
        return redirect("directory:import")
    try:
        plan = importing.preview(draft=draft, by=asker(request))
    except importing.ImportRefused:
        _forget(request)
        raise
    chosen = plan.wrong or plan.to_do
    context = {
        "draft": draft,
        "plan": plan,
        "counts": [(state, plan.counts[state]) for state in RowState],
        "page": Paginator(chosen, A_PAGE).get_page(request.GET.get("hal")),
    }
    response = render(request, "directory/preview.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(EDIT_DIRECTORY)
@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    if draft is None:
        messages.error(request, _("Tidak ada berkas yang menunggu. Unggah dulu berkasnya."))
        return redirect("directory:import")
    fingerprint = request.POST.get("fingerprint", "")
    plan = importing.carry_out(draft=draft, fingerprint=fingerprint, by=asker(request))
    _forget(request)
    said = {"new": plan.counts[RowState.NEW], "changed": plan.counts[RowState.CHANGED]}
    messages.success(request, _("Dimuat: %(new)s baru, %(changed)s berubah.") % said)
    people = draft.kind == SheetKind.PEOPLE
    return redirect("directory:people" if people else "directory:units")


@requires(EDIT_DIRECTORY)
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    _forget(request)
    messages.success(request, _("Berkasnya dibuang; tidak ada yang dimuat."))
    return redirect("directory:import")


@requires(EDIT_DIRECTORY)
@require_safe
def empty_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in [known.value for known in SheetKind]:
        raise Http404
    columns = [column.name for column in SHEETS[SheetKind(kind)].columns]
    return as_file(write_xlsx(columns, [], title=kind), f"contoh-{kind}.xlsx")


def _draft(request: HttpRequest) -> Draft | None:
    kept = request.session.get(KEPT_IN_SESSION)
    return Draft.of_session(kept) if kept else None


def _forget(request: HttpRequest) -> None:
    draft = _draft(request)
    if draft:
        importing.forget(draft)
        del request.session[KEPT_IN_SESSION]
