from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.directory.asking import (
    asker,
    day_of,
    page_or_part,
    typed,
    units_to_choose,
)
from kanal.directory.models import Unit
from kanal.directory.permissions import require, requires
from kanal.intake import mail_files, mail_filing, mail_listing, mail_showing
from kanal.intake.mail_forms import CloseForm
from kanal.intake.mail_raw import open_raw
from kanal.intake.mail_tables import Mail, MailFile, MailState
from kanal.intake.mail_words import BECAUSE, UNANSWERED, said
from kanal.intake.pending import Pending, new_ticket
from kanal.intake.permissions import READ_MAIL, RECEIVE
from kanal.intake.reading import reading_asked_for
from kanal.lib.given import inline_file
from kanal.lib.refusal import Refused
from kanal.post.models import Outgoing


class FileNotKept(Refused):
    """The file was refused on arrival, or its bytes are not where they were kept."""

    status = 410


@requires(READ_MAIL)
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    found = mail_listing.searched(Mail.objects.filter(government_id=user.government_id), words)
    chosen = typed(request, "keadaan")
    chosen = chosen if chosen in mail_listing.STATES else "tunggu"
    page = mail_listing.page_of(found, chosen, request.GET.get("hal"))
    return render(
        request,
        page_or_part(request, "intake/mails.html"),
        {
            "chips": mail_listing.chips(found),
            "chosen": chosen,
            "words": words,
            "page": page,
            "rows": mail_listing.rows_of(page, user, day_of(user)),
        },
    )


def _mail(request: HttpRequest, pk: int) -> Mail:
    rows = Mail.objects.filter(government_id=asker(request).government_id)
    return get_object_or_404(rows.select_related("unit", "mailbox", "government"), pk=pk)


@requires(READ_MAIL)
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _mail(request, pk), CloseForm())


def _show(request: HttpRequest, found: Mail, form: CloseForm) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    files = [mail_showing.shown_file(file) for file in found.files.select_related("letter")]
    day = day_of(user)
    may_file = user.may(RECEIVE) and found.state in (
        MailState.HELD,
        MailState.FILED,
        MailState.CLOSED,
    )
    return render(
        request,
        "intake/mail.html",
        {
            "mail": found,
            "files": files,
            "reasons": [said(reason) for reason in found.reasons],
            "proposals": _proposals(found) if may_file else [],
            "units": units_to_choose(user, RECEIVE, words, day) if may_file and words else [],
            "words": words,
            "may_file": may_file,
            "may_enter": may_file and found.unit is not None,
            "waiting": found.days_waiting(day, user.government.timezone),
            "body": mail_showing.body_of(found),
            "proofs": mail_showing.proof_lines(found),
            "proof_notes": mail_showing.proof_notes(found),
            "arrivals": list(found.arrivals.select_related("mailbox")),
            "answers": _answers(found),
            "unanswered": UNANSWERED.get(found.unanswered, ""),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _proposals(found: Mail) -> list[tuple[Unit, list[str]]]:
    """Offices as buttons, each with why; the one it is filed at is not among them."""
    because = {each["unit"]: each["because"] for each in found.proposals}
    because.pop(found.unit_id, None)
    units = Unit.objects.filter(government_id=found.government_id).in_bulk(list(because))
    return [
        (units[pk], [str(BECAUSE[why]) for why in whys if why in BECAUSE])
        for pk, whys in because.items()
        if pk in units
    ]


def _answers(found: Mail) -> list[Outgoing]:
    return list(
        Outgoing.objects.filter(
            government_id=found.government_id, in_reply_to=found.message_id
        ).order_by("pk")[:20]
        if found.message_id
        else Outgoing.objects.filter(government_id=found.government_id, key=f"received:{found.pk}")
    )


@requires(RECEIVE)
@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = asker(request), _mail(request, pk)
    unit = get_object_or_404(
        Unit, government_id=user.government_id, code=request.POST.get("unit", "")[:60]
    )
    mail_filing.file(mail=found, unit=unit, by=user)
    messages.success(request, _("Surel difilekan di %(unit)s.") % {"unit": unit.short})
    return redirect("intake:mail", pk)


@requires(RECEIVE)
@require_http_methods(["POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _mail(request, pk), CloseForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    mail_filing.close(mail=found, reason=form.cleaned_data["reason"], by=asker(request))
    messages.success(request, _("Surel ditutup; tetap dapat difilekan kemudian."))
    return redirect("intake:mails")


@requires(RECEIVE)
@require_POST
def enter(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """On to the entry page, with this file waiting there and already read."""
    user, found = asker(request), _mail(request, pk)
    if found.unit is None:
        raise mail_filing.NotWaiting(
            _("Surel ini belum terfilekan."), next_step=_("Pilih kantornya dulu.")
        )
    require(by=user, permission=SUBMIT_LETTER, unit=found.unit)
    kept = get_object_or_404(found.files.exclude(kept_as=""), place=place)
    pending = Pending(request.session, new_ticket())
    with _opened(kept) as opened:
        pending.add(
            SimpleUploadedFile(kept.name, opened.read(), kept.media_type), is_evidence=False
        )
    asked = {"unit": found.unit.code, "tiket": pending.ticket}
    if pending.letter is not None:
        reading = reading_asked_for(
            pending.letter, unit=found.unit, by=user, document=kept.document
        )
        asked["bacaan"] = str(reading.pk)
    return redirect(f"{reverse('intake:submit')}?{urlencode(asked)}")


@requires(READ_MAIL)
@require_safe
def mail_file(request: HttpRequest, pk: int, place: int) -> HttpResponseBase:
    kept = get_object_or_404(_mail(request, pk).files.exclude(kept_as=""), place=place)
    return inline_file(
        File(_opened(kept)), kept.name, kept.media_type, download="unduh" in request.GET
    )


@requires(READ_MAIL)
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as they came, only ever as a download."""
    found = _mail(request, pk)
    arrival = found.arrivals.order_by("-is_whole", "pk").first()
    try:
        raw = open_raw(arrival.kept_as) if arrival else b""
    except FileNotFoundError:
        raise _gone() from None
    response = FileResponse(
        BytesIO(raw),
        as_attachment=True,
        filename=f"surel-{found.pk}.eml",
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _opened(kept: MailFile) -> BytesIO:
    try:
        with mail_files.opened(kept) as stored:
            return BytesIO(stored.read())
    except FileNotFoundError:
        raise _gone() from None


def _gone() -> FileNotKept:
    return FileNotKept(
        _("Berkas ini tidak ada di tempat penyimpanannya."),
        kept=_("Catatan surelnya dan sidik SHA-256-nya tetap ada."),
        next_step=_("Minta administrator memulihkan folder berkas dari cadangan."),
    )
