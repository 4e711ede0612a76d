"""How far a unit has come on a day, and since when it is late: one rule, for a row and for SQL."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    Q,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """In the order of the duty, furthest first. The values are also the names of the colours."""

    COMPLETE = "lengkap", _("Lengkap")
    SOFT = "soft", _("Hardcopy belum")
    NAMED = "tunjuk", _("Surat belum dikirim")
    NONE = "belum", _("Belum menunjuk")
    NIL = "kosong", _("Tanpa akun (nihil)")
    UNKNOWN = "belum_lapor", _("Belum menyatakan")


OPEN = (Stage.NONE, Stage.NAMED, Stage.SOFT)


class Dates(Protocol):
    """What a UnitStatus, and any row read like one, has."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def accounts_since(self) -> date | None: ...
    @property
    def nil_since(self) -> date | None: ...
    @property
    def officer_from(self) -> date | None: ...
    @property
    def officer_until(self) -> date | None: ...
    @property
    def vacant_since(self) -> date | None: ...
    @property
    def letter_since(self) -> date | None: ...
    @property
    def softcopy_on(self) -> date | None: ...
    @property
    def hardcopy_on(self) -> date | None: ...


def _reached(since: date | None, day: date) -> bool:
    return since is not None and since <= day


def stage_of(row: Dates, day: date) -> Stage:
    if not _reached(row.accounts_since, day):
        return Stage.NIL if _reached(row.nil_since, day) else Stage.UNKNOWN
    if not _reached(row.officer_from, day) or _reached(row.officer_until, day):
        return Stage.NONE
    if not _reached(row.softcopy_on, day):
        return Stage.NAMED
    return Stage.COMPLETE if _reached(row.hardcopy_on, day) else Stage.SOFT


def waited_for_since(row: Dates, stage: Stage, day: date) -> date | None:
    """The deadline, or the later day on which the duty arose; None when nothing is open.

    A deadline to come answers too: it sorts what is due next after what is late.
    """
    if stage not in OPEN:
        return None
    owed = row.letter_since
    if stage == Stage.NONE:
        ended = row.officer_until if _reached(row.officer_until, day) else None
        owed = row.vacant_since or ended or row.accounts_since
    return max(filter(None, (row.due_on, owed)), default=None)


def late_days(row: Dates, stage: Stage, day: date) -> int:
    """Nobody is late before somebody has set a deadline."""
    since = waited_for_since(row, stage, day)
    if since is None or row.due_on is None:
        return 0
    return max(0, (day - since).days)


def stage_sql(day: date) -> Case:
    """`stage_of` as a column."""
    received = Case(
        When(hardcopy_on__lte=day, then=Value(Stage.COMPLETE.value)),
        default=Value(Stage.SOFT.value),
    )
    appointed = Case(When(softcopy_on__lte=day, then=received), default=Value(Stage.NAMED.value))
    vacant = Q(officer_from=None) | Q(officer_from__gt=day) | Q(officer_until__lte=day)
    obliged = Case(When(vacant, then=Value(Stage.NONE.value)), default=appointed)
    return Case(
        When(accounts_since__lte=day, then=obliged),
        When(nil_since__lte=day, then=Value(Stage.NIL.value)),
        default=Value(Stage.UNKNOWN.value),
        output_field=CharField(),
    )


def waited_for_since_sql(day: date) -> Case:
    """`waited_for_since` as a column, in a query that already has `stage`."""
    ended = Case(When(officer_until__lte=day, then=F("officer_until")))
    return Case(
        When(
            stage=Stage.NONE.value,
            then=Greatest("due_on", Coalesce("vacant_since", ended, "accounts_since")),
        ),
        When(
            stage__in=[Stage.NAMED.value, Stage.SOFT.value], then=Greatest("due_on", "letter_since")
        ),
        output_field=DateField(null=True),
    )


def late(day: date) -> Q:
    """Late units, in a query that already has `since`."""
    return Q(due_on__isnull=False, since__lt=day)
