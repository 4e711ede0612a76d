"""Where an office's own link leads: the letter, and one button. Open to whoever holds the link.

Opening it says nothing: mail scanners open every link they see.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kanal.circulars import actions
from kanal.circulars.forms import AcknowledgeForm
from kanal.circulars.models import Notice
from kanal.directory.permissions import open_to_all
from kanal.lib import dates
from kanal.lib.fields import put_on
from kanal.lib.files import PDF, open_kept
from kanal.lib.given import inline_file
from kanal.lib.rates import is_over
from kanal.lib.refusal import Refused

# All offices of a government may ask from one address; a key has 192 bits of chance.
VISITS, ANSWERS = 6_000, 1_200


class OpenedTooOften(Refused):
    """This address has asked its share for now."""

    status = 429


def _found(request: HttpRequest, token: str) -> Notice:
    _limit(request, "circular", VISITS)
    if not 20 <= len(token) <= 43 or not token.isascii():
        raise Http404
    rows = Notice.objects.select_related("unit", "government", "circular__mandate")
    found = rows.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def _limit(request: HttpRequest, what: str, most: int) -> None:
    if is_over(request, what, most):
        raise OpenedTooOften(
            _("Dari jaringan Anda sudah banyak halaman dibuka dalam satu jam ini."),
            next_step=_("Tunggu satu jam, lalu buka lagi tautannya."),
        )


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: HttpRequest, token: str) -> HttpResponse:
    notice = _found(request, token)
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and notice.acknowledgement is None:
        _limit(request, "circular-answer", ANSWERS)
        if form.is_valid() and _acknowledged(notice, form):
            return redirect("circulars:personal", token)
    elif request.method == "POST":
        return redirect("circulars:personal", token)
    context = {"notice": notice, "circular": notice.circular, "form": form}
    status = 422 if form.errors else 200
    return _private(render(request, "circulars/personal.html", context, status=status))


def _acknowledged(notice: Notice, form: AcknowledgeForm) -> bool:
    try:
        actions.acknowledge_by_link(
            notice=notice, **form.cleaned_data, today=dates.today(notice.government.timezone)
        )
    except actions.AlreadyAcknowledged:
        return True
    except Refused as refused:
        put_on(form, refused)
        return False
    return True


@open_to_all
@require_safe
def personal_file(request: HttpRequest, token: str) -> HttpResponseBase:
    circular = _found(request, token).circular
    if not circular.kept_as:
        raise Http404
    name = circular.file_name or "surat.pdf"
    return _hidden(inline_file(open_kept(circular.kept_as), name, PDF, "unduh" in request.GET))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    _hidden(response)
    return response


def _hidden(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
