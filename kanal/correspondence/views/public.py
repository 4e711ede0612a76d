"""What anybody may ask without signing in: is this letter, or this file, one of ours?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kanal.correspondence.forms import VerifyFileForm
from kanal.correspondence.limits import CODES, UPLOADS, take_one
from kanal.correspondence.models import Paper
from kanal.correspondence.verifying import (
    MATCHES,
    MORE,
    VERDICTS,
    FileRefused,
    Verified,
    public_state,
    shown_digest,
    verify_file,
)
from kanal.correspondence.vouching import SIGNATURES, headline, signature_on
from kanal.directory.asking import typed
from kanal.directory.permissions import open_to_all
from kanal.lib import dates
from kanal.lib.fields import put_on
from kanal.paper.composing.codes import parse_code


@open_to_all
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """By typed code, which leads to the code's own page, or by the file itself."""
    code = typed(request, "kode")
    if code:
        known = parse_code(code)
        if known:
            return redirect("correspondence:code", known)
        return _page(
            request,
            "correspondence/verify.html",
            {"typed": code, "malformed": True, "form": VerifyFileForm()},
        )
    form = VerifyFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        take_one(request, "verify-file", UPLOADS)
        if form.is_valid():
            return _verified(request, form)
    return _page(
        request,
        "correspondence/verify.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def _verified(request: HttpRequest, form: VerifyFileForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    try:
        found = verify_file(
            upload.read(settings.LETTER_MAX_BYTES + 1), upload.name or "", at=timezone.now()
        )
    except FileRefused as refused:
        put_on(form, refused)
        return _page(request, "correspondence/verify.html", {"form": form}, status=422)
    return _page(
        request,
        "correspondence/verified.html",
        {
            "found": found,
            "verdict": VERDICTS[found.match],
            "said": MATCHES[found.match],
            "signatures": _signatures(found),
            **(_shown(found.paper) if found.paper else {}),
        },
    )


def _signatures(found: Verified) -> list[dict[str, object]]:
    """Each signature in plain words, translated here."""
    return [
        {"report": report, "what": _(report.what)}
        for report in found.signatures
        if not report.is_timestamp
    ]


@open_to_all
@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Where a letter's QR code leads. Nothing about people stands here."""
    take_one(request, "verify-code", CODES)
    known = parse_code(code)
    rows = Paper.objects.select_related("unit", "government", "letter", "corrects", "receipt")
    paper = rows.prefetch_related("files").filter(code=known).first() if known else None
    if paper is None:
        return _page(
            request,
            "correspondence/unknown_code.html",
            {"typed": code[:40], "malformed": not known},
            status=404,
        )
    return _page(request, "correspondence/code.html", _shown(paper))


def _shown(paper: Paper) -> dict[str, object]:
    state = public_state(paper, dates.today(paper.government.timezone))
    signature = signature_on(paper)
    words, caveat = headline(paper, state, signature)
    return {
        "paper": paper,
        "state": state.value,
        "words": words,
        "caveat": caveat,
        "more": MORE[state],
        "signature": SIGNATURES[signature],
        "digest": shown_digest(paper),
    }


def _page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
