"""The four steps of the duty as a strip: what is there, the first that is missing, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kanal.appointments.permissions import SUBMIT_LETTER
from kanal.compliance.stages import Stage
from kanal.desk.office import Office
from kanal.directory.models import User
from kanal.directory.permissions import Permission
from kanal.intake.models import Medium
from kanal.intake.permissions import RECEIVE
from kanal.lib.dates import say_day
from kanal.register.models import AccountState
from kanal.register.permissions import DECLARE_ACCOUNT

DONE, MISSING, LATER = "ok", "kurang", "nanti"
ICONS = {DONE: "check", MISSING: "alert-triangle", LATER: "circle-dashed"}


@dataclass(frozen=True)
class Step:
    title: str
    state: str
    detail: str
    action: str = ""
    url: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.state]


# How many of the four steps a stage has behind it.
REACHED = {
    Stage.UNKNOWN: 0,
    Stage.NIL: 1,
    Stage.NONE: 1,
    Stage.NAMED: 2,
    Stage.SOFT: 3,
    Stage.COMPLETE: 4,
}


def steps(office: Office, user: User) -> list[Step]:
    reached = REACHED[office.stage]
    return [
        _accounts(office, user, _state(office, 0, reached)),
        _officers(office, user, _state(office, 1, reached)),
        _received(office, user, Medium.SOFTCOPY, _state(office, 2, reached)),
        _received(office, user, Medium.HARDCOPY, _state(office, 3, reached)),
    ]


def _state(office: Office, place: int, reached: int) -> str:
    if place < reached:
        return DONE
    return MISSING if place == reached and office.stage != Stage.NIL else LATER


def _accounts(office: Office, user: User, state: str) -> Step:
    if office.stage == Stage.NIL and office.nil:
        since = _said(office.nil["declared_on"])
        return Step(_("Dinyatakan nihil"), DONE, _("Tanpa akun sejak %(day)s") % {"day": since})
    if state == MISSING:
        url = reverse("register:declare") if _may(office, user, DECLARE_ACCOUNT) else ""
        detail = _("Daftarkan akun, atau nyatakan nihil")
        return Step(_("Belum menyatakan akun"), state, detail, _("Daftarkan"), _for(office, url))
    running = [line.account for line in office.running]
    waiting = sum(account.state == AccountState.DECLARED for account in running)
    count = ngettext("%(n)s akun", "%(n)s akun", len(running)) % {"n": len(running)}
    if waiting:
        more = ngettext("%(n)s belum diverifikasi", "%(n)s belum diverifikasi", waiting)
        count = f"{count}, {more % {'n': waiting}}"
    return Step(_("Akun terdaftar"), state, count)


def _officers(office: Office, user: User, state: str) -> Step:
    if state == DONE:
        n = len(office.serving)
        said = ngettext("%(n)s orang bertugas", "%(n)s orang bertugas", n) % {"n": n}
        return Step(_("Petugas ditunjuk"), state, said)
    if state == LATER:
        return Step(_("Petugas"), state, _not_yet(office))
    url = reverse("intake:submit") if _may(office, user, SUBMIT_LETTER) else ""
    detail = _late(office)
    if office.status.vacant_since:
        detail = _("kosong sejak %(day)s") % {"day": _said(office.status.vacant_since)}
        late = _late_words(office)
        detail = f"{detail}, {late}" if late else detail
    return Step(_("Petugas belum ditunjuk"), state, detail, _("Catat surat"), _for(office, url))


def _received(office: Office, user: User, medium: Medium, state: str) -> Step:
    label = str(medium.label)
    on = office.status.softcopy_on if medium == Medium.SOFTCOPY else office.status.hardcopy_on
    if state == DONE:
        return Step(_("%(medium)s diterima") % {"medium": label}, state, _said(on) if on else "")
    if state == LATER:
        if on is not None and on <= office.day and office.stage != Stage.NIL:
            return Step(_("%(medium)s diterima") % {"medium": label}, DONE, _said(on))
        return Step(label, state, _not_yet(office))
    letter = office.receiving(medium)
    url = ""
    if letter is not None and _may(office, user, RECEIVE):
        url = reverse("intake:receive", args=[letter.pk])
    title = _("%(medium)s belum diterima") % {"medium": label}
    return Step(title, state, _late(office), _("Terima"), url)


def _not_yet(office: Office) -> str:
    return _("tidak diwajibkan") if office.stage == Stage.NIL else _("menyusul")


def _late(office: Office) -> str:
    """Days past the deadline, or the deadline to come; without a deadline nobody is late."""
    late, due = _late_words(office), office.status.due_on
    if late:
        return late
    if due is not None and due >= office.day:
        return _("batas %(day)s") % {"day": _said(due)}
    return _("belum ada batas waktu") if due is None else _("baru terbuka hari ini")


def _late_words(office: Office) -> str:
    late = office.late_days
    if not late:
        return ""
    return ngettext("lewat batas %(n)s hari", "lewat batas %(n)s hari", late) % {"n": late}


def _may(office: Office, user: User, permission: Permission) -> bool:
    return office.is_open and not office.is_past and user.may(permission, office.unit)


def _for(office: Office, url: str) -> str:
    return f"{url}?{urlencode({'unit': office.unit.code})}" if url else ""


def _said(day: date) -> str:
    return say_day(day, get_language() or "id")
