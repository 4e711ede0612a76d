"""How far a unit has come on a day, and since when it is late: one rule, for a row and for SQL."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Case,
    CharField,
    DateField,
    Expression,
    F,
    Q,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from kanal.mandates.models import UnitStatus


class Stage(TextChoices):
    """In the order of the duty, furthest first. The values are also the names of the colours."""

    COMPLETE = "lengkap", _("Lengkap")
    SOFT = "soft", _("Hardcopy belum")
    NAMED = "tunjuk", _("Surat belum dikirim")
    NONE = "belum", _("Belum menunjuk")
    NIL = "kosong", _("Tanpa akun (nihil)")
    UNKNOWN = "belum_lapor", _("Belum menyatakan")


OPEN = (Stage.NONE, Stage.NAMED, Stage.SOFT)
WITH_ACCOUNTS = (Stage.COMPLETE, *reversed(OPEN))


def _reached(since: date | None, day: date) -> bool:
    return since is not None and since <= day


def stage_of(row: UnitStatus, day: date) -> Stage:
    if not _reached(row.accounts_since, day):
        return Stage.NIL if _reached(row.nil_since, day) else Stage.UNKNOWN
    if not _reached(row.officer_from, day) or _reached(row.officer_until, day):
        return Stage.NONE
    if not _reached(row.softcopy_on, day):
        return Stage.NAMED
    return Stage.COMPLETE if _reached(row.hardcopy_on, day) else Stage.SOFT


def waiting_since(row: UnitStatus, day: date) -> date | None:
    """From which day an open unit counts as late: its deadline, or later when it owed later.

    A deadline in the future answers too, so the day sorts what is due next after what is late.
    None: complete, without accounts, or nobody has set a deadline.
    """
    stage = stage_of(row, day)
    if row.due_on is None or stage not in OPEN:
        return None
    owed = row.letter_since
    if stage == Stage.NONE:
        ended = row.officer_until if _reached(row.officer_until, day) else None
        owed = row.vacant_since or ended or row.accounts_since
    return max(row.due_on, owed or row.due_on)


def late_days(row: UnitStatus, day: date) -> int:
    since = waiting_since(row, day)
    return max(0, (day - since).days) if since else 0


def stage_sql(day: date) -> Expression:
    """`stage_of` as a column."""
    officer = Q(officer_from__lte=day) & (Q(officer_until=None) | Q(officer_until__gt=day))
    return Case(
        When(accounts_since__lte=day, then=Case(
            When(~officer | Q(officer_from=None), then=Value(Stage.NONE.value)),
            When(softcopy_on__lte=day, then=Case(
                When(hardcopy_on__lte=day, then=Value(Stage.COMPLETE.value)),
                default=Value(Stage.SOFT.value),
            )),
            default=Value(Stage.NAMED.value),
        )),
        When(nil_since__lte=day, then=Value(Stage.NIL.value)),
        default=Value(Stage.UNKNOWN.value),
        output_field=CharField(),
    )


def waiting_since_sql(day: date) -> Expression:
    """`waiting_since` as a column, over a query that has `stage`."""
    ended = Case(When(officer_until__lte=day, then=F("officer_until")))
    return Case(
        When(stage=Stage.NONE.value, due_on__isnull=False, then=Greatest(
            "due_on", Coalesce("vacant_since", ended, "accounts_since")
        )),
        When(stage__in=[Stage.NAMED.value, Stage.SOFT.value], due_on__isnull=False, then=Greatest(
            "due_on", "letter_since"
        )),
        output_field=DateField(null=True),
    )
