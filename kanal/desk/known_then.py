"""Where the register's answer then differs from today's, in plain words."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kanal.appointments.responsible import Answer, Forgotten, Officer
from kanal.lib.dates import say_day


def differences(answer: Answer) -> list[str]:
    learned = [_learned(officer, answer.at) for officer in answer.learned]
    return learned + [_forgotten(gone) for gone in answer.forgotten]


def _learned(officer: Officer, at: datetime) -> str:
    letter = officer.letter
    told = {
        "number": letter.number,
        "name": officer.person.full_name,
        "recorded": _moment(officer.recorded_at),
    }
    if letter.decided_at is not None and letter.decided_at > at:
        return _(
            "Surat %(number)s baru diterima %(recorded)s; pada saat itu register belum mencatat"
            " %(name)s."
        ) % {**told, "recorded": _moment(letter.decided_at)}
    return (
        _(
            "Pada saat itu register belum mencatat %(name)s (surat %(number)s); perubahannya baru"
            " dicatat %(recorded)s."
        )
        % told
    )


def _forgotten(gone: Forgotten) -> str:
    officer, changed_by = gone.officer, gone.changed_by
    told = {"number": officer.letter.number, "name": officer.person.full_name}
    still = _("Pada saat itu register masih mencatat %(name)s (surat %(number)s).") % told
    if changed_by is None or officer.recorded_until is None:
        return still
    changed = _("Surat %(number)s, diterima %(recorded)s, mengubahnya.") % {
        "number": changed_by.number,
        "recorded": _moment(officer.recorded_until),
    }
    return f"{still} {changed}"


def _moment(instant: datetime) -> str:
    local = timezone.localtime(instant)
    return _("%(day)s pukul %(time)s") % {
        "day": say_day(local.date(), get_language() or "id"),
        "time": local.strftime("%H.%M"),
    }
