"""The rules: data that people keep, each change with its name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.directory.models import User
from kanal.directory.permissions import require, require_own
from kanal.journal.actions import record
from kanal.lib.refusal import Refused
from kanal.mandates.models import Mandate
from kanal.reminders.defaults import DEFAULTS, RuleFacts
from kanal.reminders.models import REMINDED, Rule, Step
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


def adopt_defaults(*, mandate: Mandate, by: User, today: date) -> list[Rule]:
    """The set of rules to begin with, under a mandate that has none."""
    require(by=by, permission=MANAGE_REMINDERS)
    require_own(by=by, government_id=mandate.government_id)
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
    require_own(by=by, government_id=mandate.government_id)
    if replaces is not None:
        require_own(by=by, government_id=replaces.government_id)
    _check(facts)
    with transaction.atomic():
        locked(mandate)
        if replaces is not None:
            _end(replaces, by=by, today=today)
        order = replaces.order if replaces else facts.order or _last_order(mandate) + 10
        return _write(mandate, facts, order=order, by=by, today=today, replaces=replaces)


def end_rule(*, rule: Rule, by: User, today: date) -> None:
    require(by=by, permission=MANAGE_REMINDERS)
    require_own(by=by, government_id=rule.government_id)
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
