"""The rules, the calendar and the hours: data that people keep, each change with its name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import User
from kanal.directory.permissions import require
from kanal.journal.actions import record
from kanal.lib.dates import say_day
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.reminders.defaults import DEFAULTS, RuleFacts
from kanal.reminders.hours import hours_of
from kanal.reminders.models import REMINDED, DayOverride, Rule, SendingHours, Step
from kanal.reminders.permissions import MANAGE_REMINDERS
from kanal.reminders.wording import check

FURTHEST = 250  # working days: about a year
MOST_TIMES, LONGEST_PAUSE = 60, 60


class RuleRefused(Refused):
    """A rule that could not be kept, or would remind of what is done."""

    status = 422


class RulesThere(Refused):
    """There are rules already: they are ended and replaced one by one."""


class RuleEnded(Refused):
    """Somebody else ended it meanwhile."""


class DayTaken(Refused):
    """The day is already told to be otherwise."""


def adopt_defaults(*, mandate: Mandate, by: User, today: date) -> list[Rule]:
    """The set of rules to begin with, under a mandate that has none."""
    require(by=by, permission=MANAGE_REMINDERS)
    with transaction.atomic():
        locked(mandate)
        if mandate.reminder_rules.active(today).exists():
            raise RulesThere(
                _("Dasar hukum ini sudah mempunyai aturan pengingat."),
                next_step=_("Akhiri atau ganti aturan yang ada."),
            )
        return [
            _write(mandate, facts, order=10 * nth, by=by, today=today)
            for nth, facts in enumerate(DEFAULTS, 1)
        ]


def add_rule(
    *, mandate: Mandate, facts: RuleFacts, by: User, today: date, replaces: Rule | None = None
) -> Rule:
    """A new rule from today on; with `replaces` the old one ends as this one begins."""
    require(by=by, permission=MANAGE_REMINDERS)
    _check(facts)
    with transaction.atomic():
        locked(mandate)
        if replaces is not None:
            _end(replaces, by=by, today=today)
        order = replaces.order if replaces else facts.order or _last_order(mandate) + 10
        return _write(mandate, facts, order=order, by=by, today=today, replaces=replaces)


def end_rule(*, rule: Rule, by: User, today: date) -> None:
    require(by=by, permission=MANAGE_REMINDERS)
    with transaction.atomic():
        locked(rule.mandate)
        _end(rule, by=by, today=today)


def locked(mandate: Mandate) -> Mandate:
    """The mandate's rules and runs are one writer's at a time."""
    return Mandate.objects.select_for_update(no_key=True).get(pk=mandate.pk)


def _last_order(mandate: Mandate) -> int:
    last = mandate.reminder_rules.order_by("-order").values_list("order", flat=True).first()
    return last or 0


def _check(facts: RuleFacts) -> None:
    if not facts.stages or not set(facts.stages) <= set(REMINDED):
        raise RuleRefused(
            _("Pilih sekurangnya satu keadaan kantor yang diingatkan."), field="stages"
        )
    if abs(facts.offset) > FURTHEST:
        raise RuleRefused(
            _("Paling jauh %(most)s hari kerja dari batas.") % {"most": FURTHEST}, field="offset"
        )
    if (facts.every is None) != (facts.times == 0):
        raise RuleRefused(
            _("Pengulangan perlu jarak dan jumlahnya."),
            next_step=_("Isi keduanya, atau kosongkan keduanya."),
            field="times" if facts.times == 0 else "every",
        )
    if facts.every is not None and not (
        1 <= facts.every <= LONGEST_PAUSE and 1 <= facts.times <= MOST_TIMES
    ):
        raise RuleRefused(
            _("Pengulangan paling jarang tiap %(pause)s hari kerja, paling banyak %(most)s kali.")
            % {"pause": LONGEST_PAUSE, "most": MOST_TIMES},
            field="every",
        )
    if facts.step not in (Step.OFFICER, Step.HEAD, Step.VERIFIER):
        raise RuleRefused(_("Pilih kepada siapa pengingat dikirim."), field="step")
    check(facts.subject, step=facts.step, field="subject")
    check(facts.text, step=facts.step, field="text")


def _write(
    mandate: Mandate,
    facts: RuleFacts,
    *,
    order: int,
    by: User,
    today: date,
    replaces: Rule | None = None,
) -> Rule:
    columns = {**asdict(facts), "stages": list(facts.stages), "order": order}
    rule = Rule.objects.create(
        government_id=mandate.government_id,
        mandate=mandate,
        active_from=today,
        replaces=replaces,
        added_by=by,
        added_by_name=by.name,
        **columns,
    )
    _tell("add-reminder-rule", rule, by, after={**_said(rule), "text": rule.text})
    return rule


def _end(rule: Rule, *, by: User, today: date) -> None:
    ended = Rule.objects.filter(pk=rule.pk, active_until=None).update(
        active_until=max(today, rule.active_from), ended_at=timezone.now(), ended_by_name=by.name
    )
    if not ended:
        raise RuleEnded(
            _("Aturan ini sudah diakhiri."), next_step=_("Muat ulang daftar aturannya.")
        )
    _tell("end-reminder-rule", rule, by, before=_said(rule))


def _said(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "stages": rule.stages,
        "offset": rule.offset,
        "every": rule.every,
        "times": rule.times,
        "step": rule.step,
        "subject": rule.subject,
    }


def _tell(verb: str, rule: Rule, by: User, **facts: Any) -> None:
    subject = f"reminder-rule:{rule.pk}"
    record(verb=verb, by=by, government=rule.government_id, subject=subject, **facts)


def override_day(*, day: date, is_working: bool, note: str, by: User) -> DayOverride:
    """That day is worked, or not, whatever the calendar says."""
    require(by=by, permission=MANAGE_REMINDERS)
    try:
        with transaction.atomic():
            row = DayOverride.objects.create(
                government_id=by.government_id,
                day=day,
                is_working=is_working,
                note=note,
                added_by=by,
                added_by_name=by.name,
            )
            _tell_day("override-day", row, by)
    except IntegrityError:
        raise DayTaken(
            _("%(day)s sudah ada dalam daftar.") % {"day": say_day(day)},
            next_step=_("Akhiri dulu yang lama, jika keadaannya berubah."),
            field="day",
        ) from None
    return row


def end_override(*, override: DayOverride, by: User) -> None:
    require(by=by, permission=MANAGE_REMINDERS)
    with transaction.atomic():
        rows = DayOverride.objects.filter(pk=override.pk, ended_at=None)
        if rows.update(ended_at=timezone.now(), ended_by_name=by.name):
            _tell_day("end-day-override", override, by)


def _tell_day(verb: str, row: DayOverride, by: User) -> None:
    record(
        verb=verb,
        by=by,
        government=row.government_id,
        subject=f"day-override:{row.pk}",
        after={"day": row.day.isoformat(), "is_working": row.is_working, "note": row.note},
    )


def set_hours(*, opens: time, closes: time, by: User) -> SendingHours:
    """Between which hours reminders leave."""
    require(by=by, permission=MANAGE_REMINDERS)
    if closes <= opens:
        raise RuleRefused(
            _("Jam selesai harus sesudah jam mulai."),
            next_step=_("Misalnya 07.00 sampai 17.00."),
            field="closes",
        )
    with transaction.atomic():
        before = hours_of(by.government_id)
        row, _is_new = SendingHours.objects.update_or_create(
            government_id=by.government_id, defaults={"opens": opens, "closes": closes}
        )
        record(
            verb="set-reminder-hours",
            by=by,
            government=by.government_id,
            subject=f"reminder-hours:{row.pk}",
            before={"hours": str(before)},
            after={"hours": str(row)},
        )
    return row
