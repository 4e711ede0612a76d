"""The page of one office: how far it is, who serves, which accounts, which letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kanal.appointments.permissions import READ_LETTERS, SUBMIT_LETTER
from kanal.circulars.permissions import READ_NOTICES
from kanal.correspondence.permissions import DRAFT_PAPER
from kanal.desk.office import Office, find
from kanal.desk.pictures import timeline
from kanal.desk.steps import steps
from kanal.directory.asking import asker, typed
from kanal.directory.models import User
from kanal.directory.permissions import EDIT_DIRECTORY, READ_DIRECTORY, requires
from kanal.lib.dates import parse_day, say_day, today
from kanal.lib.refusal import Refused
from kanal.register.permissions import DECLARE_ACCOUNT, DECLARE_NIL, READ_ACCOUNTS
from kanal.reminders.models import Sent
from kanal.reminders.offering import owes
from kanal.reminders.permissions import MANAGE_REMINDERS, SEE_REMINDED

GAPS_TOLD = 3
REMINDERS_TOLD = 3


class DayToCome(Refused):
    """How an office will stand on a day that nobody has lived yet."""

    status = 422


@requires(READ_DIRECTORY)
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    user = asker(request)
    found = find(user.government_id, code)
    now = today(vars(found)["timezone"])
    office = Office(found, _asked(request, now), now)
    context = {**_shown(office, user), **_reminded(office, user), **_allowed(office, user)}
    return render(request, "desk/unit.html", context)


def _asked(request: HttpRequest, now: date) -> date:
    """Raises DayMistake, DayToCome."""
    written = typed(request, "pada")
    day = parse_day(written) if written else now
    if day > now:
        raise DayToCome(
            _("Keadaan per %(day)s belum ada: hari itu belum tiba.") % {"day": say_day(day)},
            next_step=_("Pilih hari ini atau hari sebelumnya."),
        )
    return day


def _shown(office: Office, user: User) -> dict[str, Any]:
    linked = user.may(READ_LETTERS, office.unit)
    return {
        "office": office,
        "unit": office.unit,
        "crumbs": _crumbs(office),
        "steps": steps(office, user),
        "picture": timeline(
            office.lanes, office.gaps, office.day, is_past=office.is_past, linked=linked
        ),
        "gaps": [_told_gap(office, place) for place in range(len(office.gaps))[-GAPS_TOLD:]],
        "sees_letters": linked,
        "sees_accounts": user.may(READ_ACCOUNTS, office.unit),
        "sees_notices": user.may(READ_NOTICES, office.unit),
    }


def _reminded(office: Office, user: User) -> dict[str, Any]:
    """The newest reminders, for whoever may see what the office was sent."""
    if not user.may(SEE_REMINDED, office.unit):
        return {"sees_reminders": False}
    rows = Sent.objects.filter(unit=office.unit, day__lte=office.day).select_related("rule")
    return {"sees_reminders": True, "reminders": rows[:REMINDERS_TOLD]}


def _crumbs(office: Office) -> list[tuple[str, str]]:
    above = [(one.short, reverse("desk:unit", args=[one.code])) for one in office.above]
    return [(_("Instansi"), reverse("directory:units")), *above]


def _told_gap(office: Office, place: int) -> str:
    gap = office.gaps[place]
    told = {"days": gap.days(office.day), "first": _said(gap.begins_on)}
    if gap.until is None:
        return _("Tanpa petugas sejak %(first)s, sudah %(days)s hari.") % told
    last = _said(date.fromordinal(gap.until.toordinal() - 1))
    return _("Tanpa petugas selama %(days)s hari, %(first)s sampai %(last)s.") % {
        **told,
        "last": last,
    }


def _said(day: date) -> str:
    return say_day(day, get_language() or "id")


def _allowed(office: Office, user: User) -> dict[str, bool]:
    """What the page offers to do; each of those pages asks again for itself."""
    acts = office.is_open and not office.is_past
    return {
        "may_submit": acts and user.may(SUBMIT_LETTER, office.unit),
        "may_remind": acts
        and owes(office.stage, office.status.due_on)
        and user.may(MANAGE_REMINDERS),
        "may_draft": acts and user.may(DRAFT_PAPER, office.unit),
        "may_edit": acts and user.may(EDIT_DIRECTORY, office.unit),
        "may_declare": acts and user.may(DECLARE_ACCOUNT, office.unit),
        "may_declare_nil": acts
        and not office.running
        and office.nil is None
        and user.may(DECLARE_NIL, office.unit),
    }
