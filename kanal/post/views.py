from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kanal.directory.asking import asker, page_or_part, typed
from kanal.directory.permissions import requires
from kanal.lib.fields import put_on
from kanal.lib.refusal import Refused
from kanal.post import actions
from kanal.post.connecting import Unreachable
from kanal.post.forms import MailboxForm, SenderForm
from kanal.post.hours import WorkingTime
from kanal.post.models import DeadAddress, Mailbox, Outgoing, Sender, State
from kanal.post.permissions import MANAGE_MAIL, READ_OUTBOX, SEE_MAIL_SETTINGS
from kanal.post.routes import has_route
from kanal.post.words import problem_words

A_PAGE = 50
STATES: dict[str, tuple[Promise, list[State]]] = {
    "tunggu": (gettext_lazy("Menunggu"), [State.WAITING]),
    "gagal": (gettext_lazy("Tidak sampai"), [State.REFUSED, State.BOUNCED]),
    "terkirim": (gettext_lazy("Terkirim"), [State.SENT]),
    "semua": (gettext_lazy("Semua"), list(State)),
}


@requires(SEE_MAIL_SETTINGS)
@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Mailboxes, the sending server, and what waits because of either."""
    government_id = asker(request).government_id
    boxes = list(Mailbox.objects.filter(government_id=government_id).order_by("-ended_at", "name"))
    counts = Outgoing.objects.filter(government_id=government_id).aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        lost=Count("pk", filter=Q(state__in=[State.REFUSED, State.BOUNCED])),
    )
    return render(
        request,
        "post/settings.html",
        {
            "boxes": [(box, _problem(box.problem)) for box in boxes if box.ended_at is None],
            "ended": [box for box in boxes if box.ended_at],
            "sender": Sender.objects.filter(government_id=government_id).first(),
            "has_route": has_route(government_id),
            "may_manage": asker(request).may(MANAGE_MAIL),
            "dead": DeadAddress.objects.filter(government_id=government_id).order_by("-bounced_at")[
                :50
            ],
            **counts,
        },
    )


def _problem(code: str) -> tuple[Promise, Promise] | None:
    return problem_words(code) if code else None


def _box(request: HttpRequest, pk: int) -> Mailbox:
    return get_object_or_404(Mailbox, pk=pk, government_id=asker(request).government_id)


@requires(MANAGE_MAIL)
@require_http_methods(["GET", "POST"])
def add_mailbox(request: HttpRequest) -> HttpResponse:
    form = MailboxForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            box = actions.add_mailbox(by=asker(request), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            return _tried(request, actions.try_mailbox(box=box, by=asker(request)))
    return _form_page(request, "post/mailbox.html", form, None)


@requires(MANAGE_MAIL)
@require_http_methods(["GET", "POST"])
def change_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    box = _box(request, pk)
    form = MailboxForm(request.POST if request.method == "POST" else None, box=box)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_mailbox(box=box, by=asker(request), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            return _tried(request, actions.try_mailbox(box=box, by=asker(request)))
    return _form_page(request, "post/mailbox.html", form, box)


def _form_page(request: HttpRequest, template: str, form: Any, box: object) -> HttpResponse:
    return render(request, template, {"form": form, "box": box}, status=422 if form.errors else 200)


@requires(MANAGE_MAIL)
@require_POST
def try_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    return _tried(request, actions.try_mailbox(box=_box(request, pk), by=asker(request)))


@requires(MANAGE_MAIL)
@require_POST
def end_mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_mailbox(box=_box(request, pk), by=asker(request))
    messages.success(request, _("Kotak surat tidak dibaca lagi. Yang sudah masuk tetap ada."))
    return redirect("post:settings")


@requires(MANAGE_MAIL)
@require_http_methods(["GET", "POST"])
def sender(request: HttpRequest) -> HttpResponse:
    own = Sender.objects.filter(government_id=asker(request).government_id).first()
    form = SenderForm(request.POST if request.method == "POST" else None, sender=own)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_sender(by=asker(request), **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            return _tried(request, actions.try_sender(by=asker(request)))
    return _form_page(request, "post/sender.html", form, own)


@requires(MANAGE_MAIL)
@require_POST
def try_sender(request: HttpRequest) -> HttpResponse:
    return _tried(request, actions.try_sender(by=asker(request)))


def _tried(request: HttpRequest, failed: Unreachable | None) -> HttpResponse:
    """What the trial came to stands on the page it leads to."""
    if failed is None:
        messages.success(request, _("Sambungan berhasil."))
    else:
        what, next_step = problem_words(failed.code)
        said = f"{what} {next_step}"
        answer = _("Jawaban server: %(detail)s") % {"detail": failed.detail}
        messages.error(request, f"{said} {answer}" if failed.detail else said)
    return redirect("post:settings")


@requires(READ_OUTBOX)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    user, words = asker(request), typed(request, "cari")
    chosen = typed(request, "keadaan")
    chosen = chosen if chosen in STATES else "tunggu"
    found = Outgoing.objects.filter(government_id=user.government_id)
    if words:
        found = found.filter(
            Q(to__icontains=words) | Q(subject__icontains=words) | Q(unit__name__icontains=words)
        )
    counted = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    page = Paginator(_of(found, chosen), A_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        page_or_part(request, "post/outbox.html"),
        {
            "chips": [
                (key, label, sum(counted.get(state, 0) for state in states))
                for key, (label, states) in STATES.items()
            ],
            "chosen": chosen,
            "words": words,
            "page": page,
            "rows": [(message, _problem(message.problem)) for message in page],
            "opens_at": WorkingTime.of(user.government).waits_until(timezone.now()),
            "has_route": has_route(user.government_id),
        },
    )


def _of(found: QuerySet[Outgoing], chosen: str) -> QuerySet[Outgoing]:
    rows = found.filter(state__in=STATES[chosen][1]).select_related("unit")
    return rows.defer("text", "html", "attachments").order_by("-pk")


def _message(request: HttpRequest, pk: int) -> Outgoing:
    rows = Outgoing.objects.filter(government_id=asker(request).government_id)
    return get_object_or_404(rows.select_related("unit", "government"), pk=pk)


@requires(READ_OUTBOX)
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    found = _message(request, pk)
    return render(
        request,
        "post/message.html",
        {
            "message": found,
            "problem": _problem(found.problem),
            "opens_at": _opens_at(found),
            "tries": list(found.tries.all()),
            "may_send": asker(request).may(MANAGE_MAIL)
            and found.state in (State.WAITING, State.REFUSED),
        },
    )


def _opens_at(message: Outgoing) -> datetime | None:
    """When it may leave, for one that waits for the working hours."""
    if message.state != State.WAITING or not message.keeps_hours:
        return None
    return WorkingTime.of(message.government).waits_until(timezone.now())


@requires(MANAGE_MAIL)
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    actions.send_again(message=_message(request, pk), by=asker(request))
    messages.success(request, _("Pesan dikirim lagi segera."))
    return redirect("post:message", pk)


@requires(MANAGE_MAIL)
@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    dead = get_object_or_404(DeadAddress, pk=pk, government_id=asker(request).government_id)
    actions.revive_address(dead=dead, by=asker(request))
    messages.success(request, _("Alamat %(address)s dipakai lagi.") % {"address": dead.address})
    return redirect("post:settings")
