from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory.models import User
from kanal.directory.permissions import requires
from kanal.lib.dates import today
from kanal.lib.files import PDF, keep
from kanal.lib.refusal import Refused
from kanal.mandates import actions
from kanal.mandates.forms import ConfirmForm, DeadlineForm, UploadForm
from kanal.mandates.marking import marked
from kanal.mandates.models import Mandate
from kanal.mandates.permissions import KEEP_MANDATES, READ_MANDATES
from kanal.paper.mandate import WARNING_WORDS, PaperUnreadable, read_mandate, text_of, warnings


def _mine(request: HttpRequest, pk: int) -> Mandate:
    assert isinstance(request.user, User)
    return get_object_or_404(Mandate, pk=pk, government_id=request.user.government_id)


@requires(READ_MANDATES)
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    rows = Mandate.objects.filter(government_id=request.user.government_id)
    return render(
        request,
        "mandates/list.html",
        {
            "mandates": rows.filter(discarded_at=None).order_by("-signed_on", "-pk"),
            "discarded": rows.exclude(discarded_at=None).order_by("-discarded_at"),
            "may_keep": request.user.may(KEEP_MANDATES),
        },
    )


@requires(KEEP_MANDATES)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            mandate = _take_in(request, form)
        except Refused as refused:
            form.add_error(None, f"{refused.what} {refused.next_step}")
        except PaperUnreadable as problem:
            form.add_error("file", f"{_(problem.what)} {_(problem.next_step)}")
        else:
            return redirect("mandates:mandate", mandate.pk)
    status = 422 if form.errors else 200
    return render(request, "mandates/upload.html", {"form": form}, status=status)


def _take_in(request: HttpRequest, form: UploadForm) -> Mandate:
    assert isinstance(request.user, User)
    given, by = form.cleaned_data, request.user
    upload = given["file"]
    if not upload:
        return actions.take_in(government=by.government, text=given["text"], by=by)
    if upload.size > settings.LETTER_MAX_BYTES:
        raise actions.NothingRead(
            _("Berkas ini terlalu besar untuk sebuah instruksi."),
            next_step=_("Unggah PDF atau teksnya, paling besar 25 MB."),
        )
    data = upload.read()
    if not data.startswith(b"%PDF"):
        return actions.take_in(government=by.government, text=text_of(data, "text/plain"), by=by)
    upload.seek(0)
    text, kept = text_of(data, PDF), keep(upload, "dasar-hukum", allowed={PDF})
    try:
        mandate = actions.take_in(
            government=by.government,
            text=text,
            by=by,
            file=kept.name,
            file_name=upload.name[:200],
        )
    except Refused:
        default_storage.delete(kept.name)
        raise
    if mandate.file != kept.name:  # the same text was taken in before, with its own file
        default_storage.delete(kept.name)
    return mandate


@requires(READ_MANDATES)
@require_safe
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _mine(request, pk))


def _show(
    request: HttpRequest,
    found: Mandate,
    confirm: ConfirmForm | None = None,
    deadline: DeadlineForm | None = None,
) -> HttpResponse:
    assert isinstance(request.user, User)
    day = today(request.user.government.timezone)
    reading = read_mandate(found.text)
    # The page says it in a box of its own, with both days.
    told = {"deadline-before-signing"} if found.deadline_precedes_signing else set()
    context = {
        "mandate": found,
        "text": marked(found.text, reading),
        "warnings": [_(WARNING_WORDS[code]) for code in warnings(reading) if code not in told],
        "may_keep": request.user.may(KEEP_MANDATES),
        "addressees": found.addressees.all(),
        "dicta": found.dicta.all(),
        "copies": found.copies.all(),
        "decisions": found.deadlines.select_related("unit"),
        "deadline_form": deadline or DeadlineForm(mandate=found, today=day),
    }
    if not found.confirmed_at and not found.discarded_at:
        initial = {
            name: getattr(found, name) for name in ConfirmForm.base_fields if name != "replaces"
        }
        context["confirm_form"] = confirm or ConfirmForm(mandate=found, initial=initial)
    wrong = any(form is not None and form.errors for form in (confirm, deadline))
    return render(request, "mandates/mandate.html", context, status=422 if wrong else 200)


@requires(KEEP_MANDATES)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    found = _mine(request, pk)
    form = ConfirmForm(request.POST, mandate=found)
    if form.is_valid():
        try:
            actions.confirm(
                mandate=found,
                facts=form.facts(),
                by=request.user,
                today=today(request.user.government.timezone),
                replaces=form.cleaned_data["replaces"],
            )
        except Refused as refused:
            form.add_error(None, f"{refused.what} {refused.next_step}")
        else:
            messages.success(request, _("Dasar hukum dikonfirmasi. Papan kini berdiri di atasnya."))
            return redirect("mandates:mandate", found.pk)
    return _show(request, found, confirm=form)


@requires(KEEP_MANDATES)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    actions.discard(mandate=_mine(request, pk), by=request.user)
    messages.success(request, _("Dasar hukum dibuang. Siapa dan kapan tercatat di jurnal."))
    return redirect("mandates:mandates")


@requires(KEEP_MANDATES)
@require_POST
def decide_deadline(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    found = _mine(request, pk)
    day = today(request.user.government.timezone)
    form = DeadlineForm(request.POST, mandate=found, today=day)
    if form.is_valid():
        try:
            actions.decide_deadline(mandate=found, by=request.user, today=day, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, f"{refused.what} {refused.next_step}")
        else:
            messages.success(request, _("Keputusan tenggat tercatat."))
            return redirect("mandates:mandate", found.pk)
    return _show(request, found, deadline=form)
