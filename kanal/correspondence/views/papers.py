"""Surat keluar: the list, one paper with its next step, and each step it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.appointments.files import file_response
from kanal.appointments.models import LetterFile
from kanal.appointments.permissions import READ_LETTERS, SUBMIT_LETTER
from kanal.correspondence import actions, issuing, listing, sending, signing
from kanal.correspondence.bareness import bareness
from kanal.correspondence.doubts import doubts
from kanal.correspondence.forms import (
    KEY_DOUBTS,
    SCAN_DOUBTS,
    BsreForm,
    KeyForm,
    ListForm,
    ScanForm,
    SeenForm,
    VoidForm,
)
from kanal.correspondence.models import FileRole, Paper, PaperState
from kanal.correspondence.permissions import (
    APPROVE_PAPER,
    DRAFT_PAPER,
    drafting,
    heads,
    require_head,
)
from kanal.correspondence.pictures import page_picture, pictures_of, shown_file
from kanal.correspondence.receipts import receipt_paper
from kanal.correspondence.vouching import Signature, signature_on
from kanal.directory.asking import asker, day_of, page_or_part, plain, reach
from kanal.directory.models import User
from kanal.directory.permissions import requires
from kanal.intake.models import Receipt
from kanal.intake.permissions import RECEIVE
from kanal.lib.fields import put_on, said
from kanal.lib.files import PDF
from kanal.lib.refusal import NotAllowed, Refused
from kanal.readings.sheets import picture_response


@requires(READ_LETTERS)
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    asked = ListForm(plain(request)).asked()
    chosen = asked["keadaan"] or "semua"
    mine = Paper.objects.filter(reach(user, READ_LETTERS))
    found = listing.searched(mine, asked["cari"].strip(), asked["unit"])
    page = listing.page_of(found, chosen, request.GET.get("hal"))
    return render(
        request,
        page_or_part(request, "correspondence/papers.html"),
        {
            "chips": listing.chips(found),
            "chosen": chosen,
            "asked": asked,
            "page": page,
            "rows": listing.rows_of(page, user),
            "may_draft": user.may(DRAFT_PAPER),
        },
    )


def _paper(request: HttpRequest, pk: int) -> Paper:
    """A paper out of reach is as good as none."""
    rows = Paper.objects.filter(reach(asker(request), READ_LETTERS))
    wanted = rows.select_related("unit", "government", "corrects", "letter", "number", "about_unit")
    return get_object_or_404(wanted.prefetch_related("files", "officers"), pk=pk)


@requires(READ_LETTERS)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _paper(request, pk))


def _page(
    request: HttpRequest, found: Paper, forms: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    user = asker(request)
    is_head = heads(user, found.unit)
    shown = shown_file(found)
    context: dict[str, Any] = {
        "paper": found,
        "state": PaperState(found.state).name.lower(),
        "pages": range(1, (shown.pages if shown else 0) + 1),
        "next_step": listing.next_step(found, user)[0],
        "is_head": is_head,
        "may_draft": user.may(drafting(found.kind), found.unit),
        "may_send": user.may(SUBMIT_LETTER, found.unit),
        "public_address": issuing.verify_url(found.code) if found.code else "",
        "has_bsre": signing.has_bsre(),
        "key_form": KeyForm(),
        "bsre_form": BsreForm(auto_id="id_bsre_%s"),
        "scan_form": ScanForm(),
        "seen_form": SeenForm(),
        "void_form": VoidForm(),
        "refusal": "",
        **(forms or {}),
    }
    if found.state == PaperState.DRAFT:
        context |= _previewed(found, user)
    if found.state == PaperState.APPROVED and is_head:
        context["unseen"] = pictures_of(found)
    if found.state == PaperState.SIGNED:
        context["is_unvouched"] = signature_on(found) == Signature.NOT_VOUCHED
    return render(request, "correspondence/paper.html", context, status=status)


def _previewed(found: Paper, user: User) -> dict[str, Any]:
    told = _told(found, user)
    try:
        count = len(issuing.preview(found, day_of(user)))
    except Refused as refused:
        return {"refusal": said(refused), **told}
    return {"preview_pages": range(1, count + 1), **told}


def _told(found: Paper, user: User) -> dict[str, Any]:
    """What to look at before it has its number: the letterhead's gaps, and the register's word."""
    officers, today = list(found.officers.all()), day_of(user)
    return {
        "bare": bareness(found.unit, user),
        "doubts": doubts(
            unit=found.unit,
            kind=found.kind,
            begins_on=found.begins_on,
            officers=officers,
            today=today,
        ),
    }


@requires(READ_LETTERS)
@require_safe
def preview_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = _paper(request, pk)
    if found.state != PaperState.DRAFT:
        raise Http404
    pages = issuing.preview(found, day_of(asker(request)))
    return _png(pages[number - 1] if 1 <= number <= len(pages) else None)


@requires(READ_LETTERS)
@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = shown_file(_paper(request, pk))
    return _png(page_picture(shown, number) if shown else None)


def _png(picture: bytes | None) -> HttpResponse:
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


@requires(READ_LETTERS)
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    row = get_object_or_404(_paper(request, pk).files, pk=file_pk)
    given = LetterFile(
        name=row.name, kept_as=row.kept_as, sha256=row.sha256, media_type=row.media_type
    )
    return file_response(request, given)


@requires(READ_LETTERS)
@require_safe
def file_page(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponseBase:
    """A page of a PDF that was scanned, as a picture."""
    row = get_object_or_404(_paper(request, pk).files, pk=file_pk, media_type=PDF)
    return picture_response(request, row.kept_as, number, row.sha256)


@requires(APPROVE_PAPER)
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first: what has its number is never a draft again."""
    user, found = asker(request), _paper(request, pk)
    if request.method == "GET":
        require_head(by=user, unit=found.unit)
        if found.state != PaperState.DRAFT:
            return redirect("correspondence:paper", pk)
        return render(
            request, "correspondence/approve.html", {"paper": found, **_told(found, user)}
        )
    done = issuing.approve(paper=found, by=user, today=day_of(user), at=timezone.now())
    messages.success(
        request,
        _("Disetujui dengan nomor %(number)s. Sekarang tanda tangani suratnya.")
        % {"number": done.number_text},
    )
    return redirect("correspondence:paper", pk)


def _from_the_letter(
    step: Callable[[HttpRequest, int], HttpResponse],
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A form on the letter's page. Its own address stands in the browser after a mistake: opened
    again, it leads back to the letter."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(step)
    def stepped(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return redirect("correspondence:paper", _paper(request, pk).pk)
        return step(request, pk)

    return stepped


@sensitive_post_parameters()
@requires(APPROVE_PAPER)
@_from_the_letter
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    form = KeyForm(request.POST, request.FILES, asks=KEY_DOUBTS.keys() & request.POST.keys())

    def act(found: Paper) -> None:
        key = signing.Key(form.cleaned_data["key"].read(), form.cleaned_data["passphrase"])
        signing.sign_with_key(
            paper=found,
            key=key,
            by=asker(request),
            at=timezone.now(),
            **{name: form.cleaned_data.get(name, False) for name in KEY_DOUBTS},
        )

    return _step(request, pk, "key_form", form, act, _("Surat ditandatangani secara elektronik."))


@sensitive_post_parameters()
@requires(APPROVE_PAPER)
@_from_the_letter
def sign_bsre(request: HttpRequest, pk: int) -> HttpResponse:
    form = BsreForm(request.POST, auto_id="id_bsre_%s")

    def act(found: Paper) -> None:
        signing.sign_through_bsre(
            paper=found,
            nik=form.cleaned_data["nik"],
            passphrase=form.cleaned_data["passphrase"],
            by=asker(request),
            at=timezone.now(),
        )

    return _step(request, pk, "bsre_form", form, act, _("Surat ditandatangani melalui BSrE."))


@requires(APPROVE_PAPER)
@_from_the_letter
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    form = ScanForm(request.POST, request.FILES, asks=SCAN_DOUBTS.keys() & request.POST.keys())

    def act(found: Paper) -> None:
        signing.bring_scan(
            paper=found,
            scans=form.cleaned_data["scans"],
            by=asker(request),
            **{name: form.cleaned_data.get(name, False) for name in SCAN_DOUBTS},
        )

    said = _("Pindaian diunggah. Lihat gambarnya, lalu nyatakan bahwa tanda tangannya terlihat.")
    return _step(request, pk, "scan_form", form, act, said)


@requires(APPROVE_PAPER)
@_from_the_letter
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The head looked at the scan: it counts, or it goes."""
    if "buang" in request.POST:
        signing.drop_scan(paper=_paper(request, pk), by=asker(request))
        messages.success(request, _("Pindaian dibuang. Pilih berkas yang lain."))
        return redirect("correspondence:paper", pk)
    form = SeenForm(request.POST)

    def act(found: Paper) -> None:
        signing.confirm_scan(paper=found, by=asker(request), at=timezone.now())

    return _step(
        request, pk, "seen_form", form, act, _("Surat dicatat bertanda tangan di atas kertas.")
    )


@requires(RECEIVE)
@require_POST
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of a tanda terima: composed with the first click, opened by the next ones."""
    user = asker(request)
    rows = Receipt.objects.filter(reach(user, RECEIVE, unit="letter__unit"))
    found = get_object_or_404(rows.select_related("letter__unit", "government"), code=code.upper())
    paper = receipt_paper(receipt=found, by=user, today=day_of(user), at=timezone.now())
    composed = paper.files.get(role=FileRole.COMPOSED)
    return redirect("correspondence:file", paper.pk, composed.pk)


@requires(SUBMIT_LETTER)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = asker(request), _paper(request, pk)
    done = sending.send(paper=found, by=user, today=day_of(user), at=timezone.now())
    if done.letter_id:
        messages.success(request, _("Surat masuk ke Diskominfotik dan menunggu verifikasi."))
    else:
        messages.success(request, _("Surat dicatat terkirim."))
    return redirect("correspondence:paper", pk)


@requires(APPROVE_PAPER)
@_from_the_letter
def void(request: HttpRequest, pk: int) -> HttpResponse:
    form = VoidForm(request.POST)

    def act(found: Paper) -> None:
        issuing.void(paper=found, reason=form.cleaned_data["reason"], by=asker(request))

    return _step(
        request, pk, "void_form", form, act, _("Surat dibatalkan; nomornya tetap tercatat.")
    )


@requires(DRAFT_PAPER)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    actions.discard(paper=_paper(request, pk), by=asker(request))
    messages.success(request, _("Konsep dihapus."))
    return redirect("correspondence:papers")


@sensitive_variables()
def _step(
    request: HttpRequest,
    pk: int,
    name: str,
    form: Form,
    act: Callable[[Paper], None],
    done: str,
) -> HttpResponse:
    """One form of the paper's page: carried out, or shown again with what is wrong."""
    found = _paper(request, pk)
    if form.is_valid():
        try:
            act(found)
        except NotAllowed:
            raise
        except Refused as refused:
            form = _asking(form, refused)
            put_on(form, refused)
        else:
            messages.success(request, done)
            return redirect("correspondence:paper", pk)
    return _page(request, found, {name: form}, status=422)


def _asking(form: Form, refused: Refused) -> Form:
    """Where a person may say that it is right all the same, the box to say so appears."""
    if isinstance(refused, signing.OtherName | signing.NobodyVouches):
        asks = {refused.field, *form.fields} & KEY_DOUBTS.keys()
        return _again(KeyForm(form.data, form.files, asks=asks))
    if isinstance(refused, signing.NoCode | signing.NoInk):
        asks = {refused.field, *form.fields} & SCAN_DOUBTS.keys()
        return _again(ScanForm(form.data, form.files, asks=asks))
    return form


def _again(form: Form) -> Form:
    form.full_clean()
    return form
