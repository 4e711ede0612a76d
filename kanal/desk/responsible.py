"""Who was lawfully responsible for an account at a moment, and what the register knew then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kanal.appointments.permissions import READ_LETTERS
from kanal.appointments.responsible import Answer, who_answered
from kanal.desk.known_then import differences
from kanal.desk.permissions import WHO_ANSWERED
from kanal.directory.asking import asker, plain, reach
from kanal.directory.models import User
from kanal.directory.permissions import SEE_PERSON_FILE, require, requires
from kanal.register.lookup import look_up
from kanal.register.models import Account, AccountQuerySet

CHOICES = 25
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
WRITTEN = "%Y-%m-%dT%H:%M"
ALSO_WRITTEN = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d-%m-%Y %H.%M", "%d-%m-%Y"]


class AskForm(forms.Form):
    akun = forms.CharField(
        label=gettext_lazy("Akun"),
        max_length=400,
        help_text=gettext_lazy("Tempel tautan atau nama akun, atau ketik nama kantornya."),
        error_messages={"required": gettext_lazy("Sebutkan akunnya dulu.")},
    )
    pada = forms.DateTimeField(
        label=gettext_lazy("Pada"),
        required=False,
        input_formats=[WRITTEN, *ALSO_WRITTEN],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN),
        help_text=gettext_lazy("Tanggal dan jam setempat. Kosong berarti sekarang."),
        error_messages={
            "invalid": gettext_lazy("Waktu ini tidak terbaca. Tulis misalnya 2026-06-03 14:05.")
        },
    )

    def __init__(self, data: Any, *, now: datetime) -> None:
        super().__init__(data)
        self.now = now

    def clean_pada(self) -> datetime:
        moment: datetime = self.cleaned_data["pada"] or self.now
        if moment > self.now:
            raise ValidationError(_("Saat itu belum tiba. Pilih sekarang atau sebelumnya."))
        if moment < OLDEST:
            raise ValidationError(_("Saat itu sebelum ada media sosial pemerintah."))
        return moment


@requires(WHO_ANSWERED)
@require_safe
def responsible(request: HttpRequest) -> HttpResponse:
    user = asker(request)
    zone = ZoneInfo(user.government.timezone)
    with timezone.override(zone):
        return _page(request, user, timezone.now(), zone)


def _page(request: HttpRequest, user: User, now: datetime, zone: ZoneInfo) -> HttpResponse:
    asked = plain(request)
    form = AskForm(asked if "akun" in asked else None, now=now)
    context: dict[str, Any] = {"form": form, "zone": now.astimezone(zone).tzname()}
    if not form.is_bound:
        context["choices"] = _offered(user)
    elif form.is_valid():
        context.update(_answered(user, form.cleaned_data, asked.get("no", ""), now))
    status = 422 if form.errors else 200
    return render(request, "desk/responsible.html", context, status=status)


def _answered(user: User, asked: dict[str, Any], chosen: str, now: datetime) -> dict[str, Any]:
    """The answer, or the accounts that could be meant."""
    at: datetime = asked["pada"]
    found = _meant(user, asked["akun"], chosen)
    if len(found) != 1:
        return {"choices": [(one, _address(one, at)) for one in found], "asked": asked}
    account = found[0]
    require(by=user, permission=WHO_ANSWERED, unit=account.unit)
    answer = who_answered(account, at, user.government.timezone)
    return {
        "answer": answer,
        "differences": differences(answer),
        "is_now": at == now,
        "made_at": now,
        "sees_letters": user.may(READ_LETTERS, account.unit),
        "sees_numbers": user.may(SEE_PERSON_FILE, account.unit),
        "tomb": _tomb(answer),
    }


def _tomb(answer: Answer) -> bool:
    """The account no longer stands: shown today, whatever day is asked about."""
    return answer.account.ended_on is not None


def _meant(user: User, words: str, chosen: str) -> list[Account]:
    """Every row of the pasted handle, tombstones too; else accounts and offices of that name."""
    rows = Account.objects.filter(government_id=user.government_id).select_related("unit")
    if chosen.isdecimal() and len(chosen) < 19:
        return list(rows.filter(pk=int(chosen)))
    return _same_handles(rows, words) or _by_name(user, rows, words)


def _same_handles(rows: AccountQuerySet, words: str) -> list[Account]:
    same = Q(pk__in=[])
    for listed in look_up(words).accounts:
        same |= Q(network=listed.network, id_kind=listed.id_kind, handle_key=listed.handle_key)
    return list(rows.filter(same).order_by("-declared_on", "-pk")[:CHOICES])


def _by_name(user: User, rows: AccountQuerySet, words: str) -> list[Account]:
    named = rows.filter(reach(user, WHO_ANSWERED)).filter(
        Q(unit__name__icontains=words)
        | Q(unit__abbreviation__iexact=words)
        | Q(unit__code=words)
        | Q(handle_key__icontains=words.lstrip("@").lower())
    )
    return list(named.order_by("unit__path", "network", "pk")[:CHOICES])


def _offered(user: User) -> list[tuple[Account, str]]:
    """Somebody who answers for one office need not type: its accounts are few."""
    if any(role.unit is None and role.kind in WHO_ANSWERED.roles for role in user.roles_now):
        return []
    rows = Account.objects.filter(reach(user, WHO_ANSWERED)).select_related("unit")
    rows = rows.order_by("unit__path", "network", "pk")
    return [(account, _address(account, None)) for account in rows[:CHOICES]]


def _address(account: Account, at: datetime | None) -> str:
    asked = {"akun": account.shown, "no": str(account.pk)}
    if at is not None:
        asked["pada"] = timezone.localtime(at).strftime(WRITTEN)
    return f"?{urlencode(asked)}"
