from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kanal.appointments import actions
from kanal.appointments.files import file_response
from kanal.appointments.forms import VerifyForm
from kanal.appointments.guidance import TO_DO
from kanal.appointments.hints import Hint, Looked, hints, hints_of_reading
from kanal.appointments.models import (
    Duty,
    Letter,
    LetterFile,
    LetterKind,
    LetterOfficer,
    ReturnReason,
)
from kanal.appointments.permissions import (
    READ_LETTERS,
    SEE_VERIFYING,
    SUBMIT_LETTER,
    VERIFY_LETTER,
)
from kanal.appointments.preview import preview
from kanal.appointments.read_beside import Read, beside
from kanal.directory.asking import asker, day_of, reach
from kanal.directory.models import RoleKind, User
from kanal.directory.permissions import SEE_PERSON_FILE, require, requires
from kanal.lib.fields import put_on
from kanal.lib.files import PDF, FileGone
from kanal.lib.given import PICTURES, SHOWN
from kanal.lib.identity import IdentityKind, mask
from kanal.lib.refusal import Refused
from kanal.readings.sheets import page_numbers, picture_response

# Who is shown the way to the receipts, a room above; that page asks for its own permission.
RECEIVERS = {RoleKind.VERIFIER, RoleKind.ADMINISTRATOR}


def _letter(request: HttpRequest, pk: int) -> Letter:
    """A letter out of reach is as good as none: its number is no secret to guess at."""
    rows = Letter.objects.filter(reach(asker(request), READ_LETTERS))
    return get_object_or_404(rows.select_related("unit", "government", "corrects"), pk=pk)


@requires(READ_LETTERS)
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = asker(request), _letter(request, pk)
    looked = Looked(found, day_of(user))
    return render(
        request,
        "appointments/letter.html",
        {
            **_shown(found, looked, user),
            "receipts": list(found.receipts.all()),
            "checks": sorted(actions.checks_now(found).values(), key=lambda check: check.pk),
            "decisions": list(found.decisions.all()),
            "corrections": list(found.corrections.all()),
        },
    )


def _shown(found: Letter, looked: Looked, user: User) -> dict[str, Any]:
    files = list(found.files.all())
    picture = next((f for f in files if not f.is_evidence and f.media_type in SHOWN), None)
    sees_numbers = user.may(SEE_PERSON_FILE, found.unit)
    return {
        "letter": found,
        "officers": [(officer, _duties(officer, looked)) for officer in looked.officers],
        "signer_nip": found.signer_nip
        if sees_numbers
        else mask(IdentityKind.NIP, found.signer_nip),
        "files": files,
        "picture": picture,
        "pages": _pages(picture),
        "pictures": PICTURES,
        "sees_numbers": sees_numbers,
        "is_own": found.submitted_by_id == user.pk,
        "may_verify": user.may(VERIFY_LETTER, found.unit),
        "sees_verifying": user.may(SEE_VERIFYING, found.unit),
        "may_submit": user.may(SUBMIT_LETTER, found.unit),
        "may_receive": bool(user.kinds & RECEIVERS),
    }


def _pages(picture: LetterFile | None) -> range:
    """Those of a PDF that have pictures; a file that is gone shows none, its link says why."""
    if picture is None or picture.media_type != PDF:
        return range(0)
    try:
        return page_numbers(picture.kept_as)
    except FileGone:
        return range(0)


def _duties(officer: LetterOfficer, looked: Looked) -> list[str]:
    """Who only goes is given none."""
    if looked.effect == LetterKind.TERMINATION or officer.only_leaves:
        return []
    return [str(Duty(duty).label) for duty in officer.duties]


@requires(READ_LETTERS)
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    return file_response(request, get_object_or_404(_letter(request, pk).files, pk=file_pk))


@requires(READ_LETTERS)
@require_safe
def page(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponseBase:
    """One page of a PDF as a picture: telephones draw no PDF inside a page."""
    found = get_object_or_404(_letter(request, pk).files, pk=file_pk, media_type=PDF)
    return picture_response(request, found.kept_as, number, found.sha256)


@requires(SEE_VERIFYING)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = asker(request), _letter(request, pk)
    asked = VERIFY_LETTER if request.method == "POST" else SEE_VERIFYING
    require(by=user, permission=asked, unit=found.unit)
    if request.method == "GET" and not found.is_waiting:
        return redirect("appointments:letter", pk)
    looked = Looked(found, day_of(user))
    read = beside(found, list(found.files.all()), looked.officers)
    form = VerifyForm(
        request.POST if request.method == "POST" else None,
        last=actions.checks_now(found),
        is_signature_doubtful=read is not None and read.is_signature_doubtful,
    )
    if request.method == "POST" and form.is_valid() and _decided(form, found, user):
        messages.success(request, _SAID[form.decision])
        return redirect(request.path if form.decision == "simpan" else "intake:letters")
    return render(
        request,
        "appointments/verify.html",
        {
            **_shown(found, looked, user),
            "form": form,
            "parts": list(form.parts(_told(looked, read))),
            "preview": preview(looked, read),
            "read": read,
            "reasons": [(ReturnReason(reason).label, told) for reason, told in TO_DO.items()],
        },
        status=422 if form.errors else 200,
    )


def _told(looked: Looked, read: Read | None) -> dict[str, list[Hint]]:
    """Under each check what the register knows, then what the file says."""
    known, said = hints(looked), hints_of_reading(looked, read)
    return {name: [*rows, *said.get(name, [])] for name, rows in known.items()}


def _decided(form: VerifyForm, found: Letter, user: User) -> bool:
    """Checks are facts of their own: they stay even when the decision is refused."""
    for name, verdict, note in form.changed_checks():
        actions.check(letter=found, name=name, verdict=verdict, note=note, by=user)
    try:
        _decide(form, found, user)
    except (actions.AlreadyDecided, actions.SameHand):
        raise
    except Refused as refused:
        put_on(form, refused)
        return False
    return True


def _decide(form: VerifyForm, found: Letter, user: User) -> None:
    if form.decision == "terima":
        note = form.cleaned_data["note"]
        actions.accept(letter=found, by=user, today=day_of(user), note=note)
    elif form.decision == "tunda":
        actions.hold(letter=found, note=form.message, by=user)
    elif form.decision == "kembalikan":
        reason = ReturnReason(form.cleaned_data["reason"])
        actions.give_back(letter=found, reason=reason, note=form.message, by=user)


_SAID = {
    "simpan": _("Pemeriksaan disimpan."),
    "terima": _("Surat diterima; penunjukannya berlaku menurut tanggalnya."),
    "tunda": _("Surat ditunda; kantor melihat apa yang ditunggu."),
    "kembalikan": _("Surat dikembalikan beserta petunjuknya."),
}
