"""A kept sheet as a page and as a card: its figures in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kanal.compliance.drawn import pictures
from kanal.compliance.pictures import DRAWN_MARKS, marks
from kanal.compliance.stages import Stage
from kanal.compliance.summary import Rung, ladder
from kanal.digests import making, printed
from kanal.digests.models import Sheet
from kanal.digests.months import parse
from kanal.paper.composing.sheetpictures import pace_svg

PROBLEMS: dict[str, tuple[Promise, Promise]] = {
    making.NO_BASIS: (
        gettext_lazy("Pada hari terakhir bulan itu belum ada dasar hukum yang berlaku."),
        gettext_lazy("Lembar hanya dapat dibuat untuk bulan yang mempunyai dasar hukum."),
    ),
    making.NO_UNITS: (
        gettext_lazy("Pada hari itu dasar hukumnya belum ditujukan kepada kantor mana pun."),
        gettext_lazy("Periksa jenis kantor pada halaman dasar hukum."),
    ),
    making.SAME: (
        gettext_lazy("Angkanya sama dengan edisi terakhir, jadi tidak ada edisi baru."),
        gettext_lazy("Betulkan dulu suratnya, akunnya, atau tanda terimanya."),
    ),
    making.UNSET: (
        gettext_lazy("Halamannya tidak dapat disusun."),
        gettext_lazy("Minta administrator server melihat catatan galatnya."),
    ),
    making.FAILED: (
        gettext_lazy("Pembuatannya terputus beberapa kali."),
        gettext_lazy("Minta administrator server melihat catatan galatnya, lalu coba lagi."),
    ),
}


def problem_words(code: str) -> tuple[Promise, Promise]:
    return PROBLEMS.get(code, PROBLEMS[making.FAILED])


@dataclass(frozen=True)
class Step:
    """A rung of the ladder with its change against the month before."""

    rung: Rung
    change: int | None


def shown(sheet: Sheet) -> dict[str, Any]:
    """What `digests/sheet.html` prints, the board's own parts among it."""
    figures = sheet.figures
    board, due = printed.board_of(figures), printed.due_of(figures)
    changes = [printed.changed(figures, name) for name in printed.FIVE]
    steps = [Step(rung, change) for rung, change in zip(ladder(board), changes, strict=True)]
    since = figures["vacancies"]["since"]
    return {
        **pictures(board, due, board.window.last),
        # Told with a link into the board's list, which a sheet has not.
        "undelivered": 0,
        "steps": steps,
        "before_day": parse(figures["before"]["month"]).last if figures["before"] else None,
        "pace": _pace(figures),
        "months": printed.months_of(figures),
        "waiting_title": printed.waiting_title(figures),
        "waiting": [
            (each, Stage(each["stage"]).label, printed.waits(each)) for each in figures["waiting"]
        ],
        "changes": figures["changes"],
        "vacancies": figures["vacancies"]["count"],
        "vacant_since": date.fromisoformat(since) if since else None,
    }


def _pace(figures: dict[str, Any]) -> SafeString:
    months = printed.months_of(figures)
    said = "; ".join(
        _("%(month)s: %(accounts)d punya akun, %(named)d ditunjuk, %(complete)d lengkap")
        % {
            "month": month.name,
            "accounts": month.with_accounts,
            "named": month.named,
            "complete": month.complete,
        }
        for month in months
    )
    return mark_safe(pace_svg(months, f'class="laju-b" role="img" aria-label="{escape(said)}"'))


@dataclass(frozen=True)
class Card:
    """A month in the list: two numbers, one bar, and the way it came."""

    sheet: Sheet
    complete: int
    with_accounts: int
    late: int
    change: int | None
    bar: SafeString
    line: SafeString

    @classmethod
    def of(cls, sheet: Sheet) -> Card:
        figures = sheet.figures
        board, numbers = printed.board_of(figures), figures["numbers"]
        stages = {stage.value: board.stage(stage) for stage in Stage}
        return cls(
            sheet,
            numbers["hard"],
            numbers["with_accounts"],
            numbers["late"],
            printed.changed(figures, "hard"),
            marks(stages, of_all=DRAWN_MARKS + 1),
            spark([each["numbers"]["hard"] for each in figures["months"]]),
        )


_WIDE, _HIGH = 120, 32


def spark(values: list[int]) -> SafeString:
    """The months up to this one as a line. Decoration: the numbers stand beside it."""
    most = max(1, *values)
    step = (_WIDE - 8) / max(1, len(values) - 1)
    points = [
        (4 + n * step, _HIGH - 4 - (_HIGH - 8) * value / most) for n, value in enumerate(values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return mark_safe(
        f'<svg class="garis" viewBox="0 0 {_WIDE} {_HIGH}" aria-hidden="true">'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/></svg>'
    )
