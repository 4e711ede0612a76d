from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.circulars import actions, addressing, listing
from kanal.circulars.forms import CircularForm, MendForm, PaperForm, VoidForm
from kanal.circulars.models import Acknowledgement, Circular, Errand, Fate, Notice, Service
from kanal.circulars.permissions import ACKNOWLEDGE, READ_CIRCULARS, READ_NOTICES, SERVE
from kanal.circulars.wording import link_of
from kanal.directory.asking import asker, day_of, page_or_part, typed
from kanal.directory.models import RoleKind, Unit
from kanal.directory.permissions import require, requires
from kanal.lib.fields import put_on
from kanal.lib.files import PDF, open_kept
from kanal.lib.given import inline_file
from kanal.lib.qr import qr_svg
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.post.routes import has_route


def _mine(request: HttpRequest, pk: int) -> Circular:
    rows = Circular.objects.filter(government_id=asker(request).government_id)
    return get_object_or_404(rows.select_related("mandate", "government"), pk=pk)


@requires(READ_CIRCULARS)
@require_safe
def circulars(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    mine = Circular.objects.filter(government_id=user.government_id).select_related("mandate")
    found = list(mine.defer("mandate__text", "mandate__opening")[:100])
    tallies = listing.tallies(found)
    mandates = Mandate.objects.filter(government_id=user.government_id).in_force(day_of(user))
    return render(
        request,
        "circulars/list.html",
        {
            "rows": [(circular, tallies[circular.pk]) for circular in found],
            "unserved": mandates.exclude(circulars__is_instruction=True).defer("text", "opening"),
            "has_mandate": bool(found) or mandates.exists(),
            "may_serve": user.may(SERVE),
        },
    )


@requires(SERVE)
@require_POST
def draft_instruction(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    mandate = get_object_or_404(Mandate, pk=pk, government_id=user.government_id)
    return redirect("circulars:circular", actions.draft_instruction(mandate=mandate, by=user).pk)


@requires(SERVE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    day = day_of(user)
    form = CircularForm(
        request.POST or None, request.FILES or None, government_id=user.government_id, today=day
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_letter(
                mandate=form.cleaned_data["mandate"],
                facts=form.facts(),
                file=form.cleaned_data["file"],
                by=user,
                today=day,
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            return redirect("circulars:circular", made.pk)
    return render(request, "circulars/add.html", {"form": form}, status=422 if form.errors else 200)


@requires(READ_CIRCULARS)
@require_safe
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _mine(request, pk), asker(request)
    running = found.services.filter(done_at=None).first()
    if request.GET.get("bagian") == "kemajuan":
        return _progress(request, found, running)
    context: dict[str, Any] = {
        "circular": found,
        "may_serve": user.may(SERVE),
        "has_route": has_route(user.government_id),
        "words": typed(request, "cari"),
        "running": running,
    }
    context |= _served(request, found) if found.served_on else _draft(request, found)
    if running is not None:
        context |= _far(found, running)
    return render(request, page_or_part(request, "circulars/circular.html"), context)


def _draft(request: HttpRequest, found: Circular) -> dict[str, Any]:
    day = day_of(asker(request))
    chosen = typed(request, "keadaan")
    preview = listing.preview(found, day, chosen, request.GET.get("hal"))
    return {
        "preview": preview,
        "chips": preview.chips,
        "chosen": preview.chosen,
        "page": preview.page,
    }


def _served(request: HttpRequest, found: Circular) -> dict[str, Any]:
    tally = listing.tallies([found])[found.pk]
    chosen = typed(request, "keadaan")
    chosen = chosen if chosen in [chip.key for chip in listing.chips(tally)] else listing.EVERY
    return {
        "tally": tally,
        "chips": listing.chips(tally),
        "chosen": chosen,
        "page": listing.page_of(
            found.notices.all(), chosen, typed(request, "cari"), request.GET.get("hal")
        ),
        "new": addressing.left(found, day_of(asker(request))).count(),
        "mended": addressing.mended(found).count(),
        "fates": dict(Fate.choices),
    }


def _far(found: Circular, running: Service) -> dict[str, Any]:
    """How far the work has come, counted from the rows."""
    done = running.offices
    if running.errand == Errand.NEW:
        done, left = found.notices.count(), addressing.left(found, running.day).count()
    else:
        left = addressing.mended(found).filter(pk__gt=running.seen_unit).count()
    return {"running": running, "done": done, "whole": done + left}


def _progress(request: HttpRequest, found: Circular, running: Service | None) -> HttpResponse:
    if running is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"circular": found, **_far(found, running)}
    return render(request, "circulars/progress.html", context)


@requires(SERVE)
@require_POST
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    actions.serve(circular=_mine(request, pk), by=user, today=day_of(user))
    return redirect("circulars:circular", pk)


@requires(SERVE)
@require_POST
def serve_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = asker(request)
    actions.serve_again(circular=_mine(request, pk), by=user, today=day_of(user))
    return redirect("circulars:circular", pk)


@requires(SERVE)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    actions.discard(circular=_mine(request, pk), by=asker(request))
    messages.success(request, _("Konsep dihapus; tidak ada kantor yang menerimanya."))
    return redirect("circulars:circulars")


@requires(READ_NOTICES)
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A letter to all offices is no secret among them once it was served."""
    found = _mine(request, pk)
    if not found.served_on:
        require(by=asker(request), permission=READ_CIRCULARS)
    if not found.kept_as:
        raise Http404
    return inline_file(
        open_kept(found.kept_as), found.file_name or "surat.pdf", PDF, "unduh" in request.GET
    )


@requires(SERVE)
@require_safe
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for each office, to be signed for."""
    found = _mine(request, pk)
    whose, region = typed(request, "siapa"), typed(request, "wilayah")[:20]
    whose = whose if whose in listing.SHEETS else "gagal"
    page = listing.sheets_of(found, whose, region, request.GET.get("hal"))
    notices = [(notice, link_of(notice.token)) for notice in page]
    unmarked = [notice.pk for notice in page if notice.printed_on is None]
    return render(
        request,
        "circulars/sheets.html",
        {
            "circular": found,
            "page": page,
            "sheets": [(notice, link, qr_svg(link)) for notice, link in notices],
            "unmarked": ",".join(str(pk) for pk in unmarked),
            "marking": len(unmarked),
            "whose": whose,
            "choices": listing.SHEETS.items(),
            "region": region,
            "regions": listing.regions(found.government_id),
        },
    )


@requires(SERVE)
@require_POST
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = asker(request), _mine(request, pk)
    given = [part for part in request.POST.get("lembar", "").split(",") if part.isdecimal()]
    numbers = [int(part) for part in given[: listing.SHEETS_A_PAGE] if len(part) <= 18]
    count = actions.mark_printed(circular=found, notices=numbers, by=user, today=day_of(user))
    said = ngettext("%(n)d lembar tercatat.", "%(n)d lembar tercatat.", count) % {"n": count}
    messages.success(request, said)
    return redirect("circulars:circular", pk)


@requires(READ_NOTICES)
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """What one office was sent, and what it said to that."""
    user = asker(request)
    found = get_object_or_404(Unit, government_id=user.government_id, code=code)
    require(by=user, permission=READ_NOTICES, unit=found)
    rows = Notice.objects.filter(unit=found).with_fate()
    slim = Circular.objects.select_related("mandate").defer("mandate__text", "mandate__opening")
    rows = rows.select_related("message")
    rows = rows.prefetch_related(Prefetch("circular", slim), "acknowledgements")
    return render(
        request,
        "circulars/unit.html",
        {
            "unit": found,
            "notices": rows.order_by("-circular__dated", "-pk")[:100],
            "fates": dict(Fate.choices),
            "may_serve": user.may(SERVE),
            "may_read": user.may(READ_CIRCULARS),
            "may_acknowledge": user.may(ACKNOWLEDGE, found),
        },
    )


def _notice(request: HttpRequest, pk: int) -> Notice:
    """An office out of reach has none."""
    user = asker(request)
    rows = Notice.objects.filter(government_id=user.government_id)
    found = get_object_or_404(rows.select_related("unit", "circular"), pk=pk)
    require(by=user, permission=READ_NOTICES, unit=found.unit)
    return found


@requires(ACKNOWLEDGE)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _notice(request, pk), asker(request)
    held = {role.kind for role in user.roles_now if role.reaches(found.unit)}
    post = next(
        (str(kind.label) for kind in (RoleKind.UNIT_HEAD, RoleKind.OFFICER) if kind in held), ""
    )
    actions.acknowledge_for_office(notice=found, by=user, post=post, today=day_of(user))
    messages.success(request, _("Tercatat: kantor Anda sudah menerima surat ini."))
    return redirect("circulars:unit", found.unit.code)


@requires(SERVE)
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _notice(request, pk), asker(request)
    day = day_of(user)
    form = PaperForm(request.POST or None, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_paper(notice=found, **form.cleaned_data, by=user, today=day)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Tanda terima kertas tercatat."))
            return redirect("circulars:unit", found.unit.code)
    context = {"form": form, "notice": found}
    return render(request, "circulars/paper.html", context, status=422 if form.errors else 200)


@requires(SERVE)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was given by mistake."""
    user = asker(request)
    rows = Acknowledgement.objects.filter(notice__government_id=user.government_id)
    found = get_object_or_404(rows.select_related("notice__unit", "notice__circular"), pk=pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_acknowledgement(
                acknowledgement=found, **form.cleaned_data, by=user, today=day_of(user)
            )
        except actions.CircularRefused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Penerimaan dibatalkan; kantor dapat menyatakannya lagi."))
            return redirect("circulars:unit", found.notice.unit.code)
    context = {"form": form, "given": found, "notice": found.notice}
    return render(request, "circulars/void.html", context, status=422 if form.errors else 200)


@requires(SERVE)
@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _notice(request, pk), asker(request)
    form = MendForm(request.POST or None, initial={"email": found.unit.email})
    if request.method == "POST" and form.is_valid():
        try:
            actions.mend_address(
                notice=found, email=form.cleaned_data["email"], by=user, today=day_of(user)
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("Alamat disimpan dan suratnya antre dikirim ke sana."))
            return redirect("circulars:unit", found.unit.code)
    context = {"form": form, "notice": found}
    return render(request, "circulars/mend.html", context, status=422 if form.errors else 200)
