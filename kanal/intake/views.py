from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kanal.appointments.models import Letter
from kanal.appointments.permissions import READ_LETTERS, SUBMIT_LETTER
from kanal.directory.asking import (
    asker,
    day_of,
    name_of,
    page_or_part,
    plain,
    reach,
    typed,
    unit_asked,
    units_to_choose,
)
from kanal.directory.models import Unit, User
from kanal.directory.permissions import open_to_all, require, requires
from kanal.intake import actions, listing
from kanal.intake.entry import Entry, named_in, prefilled
from kanal.intake.forms import FilterForm, ReadForm, ReceiveForm, VoidForm
from kanal.intake.models import Channel, Medium, Receipt
from kanal.intake.officers import with_accounts, with_one_more, without
from kanal.intake.pending import Pending, new_ticket
from kanal.intake.permissions import RECEIVE
from kanal.intake.proposals import offices_for
from kanal.intake.reading import reading_asked_for
from kanal.lib.chips import Chip
from kanal.lib.fields import put_on
from kanal.lib.fields import said as told
from kanal.lib.files import PDF
from kanal.lib.given import PICTURES, inline_file
from kanal.lib.qr import qr_svg
from kanal.lib.refusal import Refused
from kanal.readings.models import Reading, State
from kanal.readings.sheets import picture_response
from kanal.readings.words import said


@requires(READ_LETTERS)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    asked = FilterForm(plain(request)).asked()
    words = asked["cari"].strip()
    # Whoever searches looks for one letter, wherever it stands.
    waits_first = user.may(RECEIVE) and not words
    chosen = asked["keadaan"] or ("menunggu" if waits_first else "semua")
    mine = Letter.objects.filter(reach(user, READ_LETTERS))
    found = listing.searched(mine, words, asked["unit"])
    page = listing.page_of(found, chosen, request.GET.get("hal"))
    chips = listing.chips(found)
    return render(
        request,
        page_or_part(request, "intake/letters.html"),
        {
            "chips": chips,
            "chosen": chosen,
            "elsewhere": _elsewhere(asked, chips) if words and not page.object_list else None,
            "asked": asked,
            "unit_name": name_of(user, asked["unit"]),
            "page": page,
            "rows": listing.rows_of(page, user, day_of(user)),
            "may_submit": user.may(SUBMIT_LETTER),
        },
    )


def _elsewhere(asked: dict[str, str], chips: list[Chip]) -> tuple[int, str] | None:
    """How many letters of other states the words find, and where they are listed."""
    count = next(chip.count for chip in chips if chip.key == "semua")
    query = {"keadaan": "semua", "cari": asked["cari"], "unit": asked["unit"]}
    address = f"{reverse('intake:letters')}?{urlencode({k: v for k, v in query.items() if v})}"
    return (count, address) if count else None


@requires(SUBMIT_LETTER)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and "baca" in request.POST:
        return _read_first(request)
    unit = unit_asked(request, SUBMIT_LETTER)
    reading = _reading(request, unit)
    if reading is not None and reading.state == State.WAITING:
        return _still_reading(request, reading, unit)
    if unit is None:
        return _choose_unit(request, reading)
    if request.method == "POST":
        return _entered(request, unit, reading)
    user, leaving = asker(request), typed(request, "ganti")
    day = day_of(user)
    entry = Entry(
        unit=unit,
        by=user,
        today=day,
        pending=Pending(request.session, typed(request, "tiket")[:16] or new_ticket()),
        initial=prefilled(unit, day, typed(request, "jenis"), leaving, user),
        row={"replaces": leaving},
        reading=reading,
    )
    return _entry_page(request, entry)


def _reading(request: HttpRequest, unit: Unit | None) -> Reading | None:
    """The reading this page goes on with: the asker's own, or of an office they reach."""
    asked = request.POST.get("bacaan", "") or typed(request, "bacaan")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    user = asker(request)
    mine = reach(user, SUBMIT_LETTER) | Q(government_id=user.government_id, asked_by=user)
    return get_object_or_404(Reading.objects.filter(mine), pk=asked)


def _read_first(request: HttpRequest) -> HttpResponse:
    """The file alone was sent: it is inspected, kept waiting, and read in the background."""
    user, unit = asker(request), unit_asked(request, SUBMIT_LETTER)
    pending = Pending(request.session, request.POST.get("tiket", "")[:16] or new_ticket())
    form = ReadForm(request.POST, request.FILES, waiting=bool(pending.letter))
    if form.is_valid():
        for upload in form.cleaned_data["letter_files"]:
            try:
                pending.add(upload, is_evidence=False)
            except Refused as refused:
                form.add_error("letter_files", f"{upload.name}: {told(refused)}")
    if form.errors or pending.letter is None:
        return (
            _choose_unit(request, None, form) if unit is None else _entry_with(request, unit, form)
        )
    reading = reading_asked_for(pending.letter, unit=unit, by=user)
    query = {"tiket": pending.ticket, "bacaan": reading.pk}
    if unit is not None:
        query["unit"] = unit.code
    return redirect(f"{reverse('intake:submit')}?{urlencode(query)}")


def _entry_with(request: HttpRequest, unit: Unit, form: ReadForm) -> HttpResponse:
    user = asker(request)
    day = day_of(user)
    entry = Entry(
        unit=unit,
        by=user,
        today=day,
        pending=Pending(request.session, new_ticket()),
        initial=prefilled(unit, day, "", "", user),
    )
    return _entry_page(request, entry, form)


def _still_reading(request: HttpRequest, reading: Reading, unit: Unit | None) -> HttpResponse:
    return render(
        request,
        "intake/reading.html",
        {"reading": reading, "unit": unit, "address": request.get_full_path()},
    )


def _choose_unit(
    request: HttpRequest, reading: Reading | None, form: ReadForm | None = None
) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    day = day_of(user)
    kept = {"tiket": typed(request, "tiket"), "bacaan": str(reading.pk) if reading else ""}
    return render(
        request,
        "intake/begin.html",
        {
            "reading": reading,
            "reasons": [said(reason) for reason in reading.reasons] if reading else [],
            "proposed": offices_for(reading, user, day) if reading else [],
            "units": units_to_choose(user, SUBMIT_LETTER, words, day),
            "words": words,
            "form": form or ReadForm(),
            "kept": {name: value for name, value in kept.items() if value},
            "query": f"&{urlencode(kept)}" if reading else "",
        },
        status=422 if form is not None else 200,
    )


def _entered(request: HttpRequest, unit: Unit, reading: Reading | None) -> HttpResponse:
    """One of the page's buttons: add or remove a row, drop a file, or send the letter in."""
    user = asker(request)
    data: QueryDict = request.POST
    sending = False
    pending = Pending(request.session, data.get("tiket", "")[:16] or new_ticket())
    if "tambah" in data:
        data = with_one_more(data)
    elif (row := data.get("buang", "")).isdecimal():
        data = without(data, int(row))
    elif dropped := data.get("lepas"):
        pending.drop(dropped)
    elif "segarkan" in data:
        data = with_accounts(data, named_in(reading, unit))
    else:
        sending = True
    entry = Entry(
        unit=unit,
        by=user,
        today=day_of(user),
        pending=pending,
        data=data,
        files=request.FILES,
        reading=reading,
    )
    if not sending:
        entry.hush()
    letter = entry.submit() if sending and entry.is_valid() else None
    if letter is None:
        return _entry_page(request, entry)
    messages.success(request, _said(letter))
    return redirect("appointments:letter", letter.pk)


def _said(letter: Letter) -> SafeString | str:
    receipt = letter.receipts.first()
    if receipt is None:
        return _("Surat masuk dan menunggu verifikasi. Softcopy belum diterima.")
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Surat masuk dengan agenda %(agenda)s dan menunggu verifikasi.")
        % {"agenda": receipt.agenda},
        reverse("intake:receipt", args=[receipt.code]),
        _("Buka tanda terima"),
    )


def _entry_page(request: HttpRequest, entry: Entry, form: ReadForm | None = None) -> HttpResponse:
    return render(
        request,
        "intake/submit.html",
        {
            "entry": entry,
            "unit": entry.unit,
            "must_wait": entry.by.may(RECEIVE),
            "read_form": form or ReadForm(),
            "shown": PICTURES,
        },
        status=422 if entry.is_refused or form is not None else 200,
    )


@requires(SUBMIT_LETTER)
@require_safe
def waiting_file(request: HttpRequest, ticket: str, number: int) -> HttpResponseBase:
    """An upload shown beside the form it waits for: only to the session that sent it."""
    files = Pending(request.session, ticket).files
    if number >= len(files) or not default_storage.exists(files[number].kept_as):
        raise Http404
    file = files[number]
    return inline_file(default_storage.open(file.kept_as), file.name, file.media_type)


@requires(SUBMIT_LETTER)
@require_safe
def waiting_page(request: HttpRequest, ticket: str, number: int, page: int) -> HttpResponseBase:
    """One page of it as a picture."""
    files = Pending(request.session, ticket).files
    if number >= len(files) or not default_storage.exists(files[number].kept_as):
        raise Http404
    file = files[number]
    if file.media_type != PDF:
        raise Http404
    return picture_response(request, file.kept_as, page, PurePosixPath(file.kept_as).stem)


def _letter(request: HttpRequest, pk: int) -> Letter:
    """A letter out of reach is as good as none: its number is no secret to guess at."""
    rows = Letter.objects.filter(reach(asker(request), READ_LETTERS))
    return get_object_or_404(rows.select_related("unit", "government"), pk=pk)


@requires(RECEIVE)
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    user, letter = asker(request), _letter(request, pk)
    require(by=user, permission=RECEIVE, unit=letter.unit)
    day = day_of(user)
    receipts = list(letter.receipts.all())
    standing = {receipt.medium for receipt in receipts if receipt.voided_at is None}
    missing = [medium for medium in Medium if medium not in standing]
    form = ReceiveForm(
        request.POST if request.method == "POST" else None,
        missing=missing or list(Medium),
        today=day,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            receipt = actions.receive(
                letter=letter,
                medium=Medium(given["medium"]),
                channel=Channel(given["channel"]),
                received_on=given["received_on"],
                note=given["note"],
                by=user,
                today=day,
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            return redirect("intake:receipt", receipt.code)
    return render(
        request,
        "intake/receive.html",
        {"letter": letter, "form": form, "receipts": receipts, "missing": missing},
        status=422 if form.errors else 200,
    )


@requires(RECEIVE)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int, receipt_pk: int) -> HttpResponse:
    user, letter = asker(request), _letter(request, pk)
    receipt = get_object_or_404(letter.receipts.select_related("letter__unit"), pk=receipt_pk)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.void(
            receipt=receipt, reason=form.cleaned_data["reason"], by=user, today=day_of(user)
        )
        messages.success(
            request, _("Tanda terima %(agenda)s dibatalkan.") % {"agenda": receipt.agenda}
        )
        return redirect("appointments:letter", letter.pk)
    return render(
        request,
        "intake/void.html",
        {"letter": letter, "receipt": receipt, "form": form},
        status=422 if form.errors else 200,
    )


@open_to_all
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR leads to: that the letter was received, and nothing about people."""
    rows = Receipt.objects.select_related("letter__unit", "government")
    found = get_object_or_404(rows, code=code.upper())
    address = settings.PUBLIC_URL + reverse("intake:receipt", args=[found.code])
    response = render(
        request,
        "intake/receipt.html",
        {
            "receipt": found,
            "letter": found.letter,
            "address": address,
            "qr": qr_svg(address),
            "may_receive": _may_receive(request, found),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _may_receive(request: HttpRequest, found: Receipt) -> bool:
    user = request.user
    return isinstance(user, User) and (
        user.government_id == found.government_id and user.may(RECEIVE, found.letter.unit)
    )
