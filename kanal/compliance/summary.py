"""The figures as the page says them: a ladder of five numbers, a row a class, a strip a class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kanal.compliance import pictures
from kanal.compliance.figures import Figures, Window
from kanal.compliance.layouts import Layout
from kanal.compliance.stages import OPEN, Stage
from kanal.directory.models import UnitClass
from kanal.lib.dates import say_day

NAMED = (Stage.NAMED, Stage.SOFT, Stage.COMPLETE)
RECEIVED = (Stage.SOFT, Stage.COMPLETE)


@dataclass(frozen=True)
class Rung:
    name: str | Promise
    count: int
    note: str
    bar: SafeString


@dataclass(frozen=True)
class ClassRow:
    """One line of the table; the last one has no class and stands for all."""

    unit_class: str
    name: str | Promise
    units: int
    with_accounts: int
    named: int
    soft: int
    hard: int
    late: int
    marks: SafeString | str


@dataclass(frozen=True)
class Strip:
    name: str | Promise
    now: int
    picture: SafeString


def ladder(figures: Figures) -> list[Rung]:
    units = figures.units()
    nil, unknown = figures.stage(Stage.NIL), figures.stage(Stage.UNKNOWN)
    none, named, soft = (figures.stage(stage) for stage in OPEN)
    rungs = [
        (gettext_lazy("Kantor terdata"), units, _("semua jenis kantor")),
        (
            gettext_lazy("Punya akun"),
            figures.with_accounts(),
            _("%(nil)s nihil, %(unknown)s belum menyatakan")
            % {
                "nil": localize(nil),
                "unknown": localize(unknown),
            },
        ),
        (
            gettext_lazy("Petugas ditunjuk"),
            figures.stage(*NAMED),
            _("%(count)s belum menunjuk") % {"count": localize(none)},
        ),
        (
            gettext_lazy("Softcopy diterima"),
            figures.stage(*RECEIVED),
            _("%(count)s surat belum dikirim") % {"count": localize(named)},
        ),
        (
            gettext_lazy("Hardcopy diterima"),
            figures.stage(Stage.COMPLETE),
            _("%(count)s hardcopy menyusul") % {"count": localize(soft)},
        ),
    ]
    return [Rung(name, n, note, pictures.bar(n, units)) for name, n, note in rungs]


def class_rows(figures: Figures) -> list[ClassRow]:
    units = figures.units()
    return [
        _row(
            figures,
            kind,
            UnitClass(kind).label,
            pictures.marks(figures.stages[kind], of_all=units),
        )
        for kind in figures.classes
    ]


def all_classes(figures: Figures) -> ClassRow:
    return _row(figures, None, gettext_lazy("Semua"), "")


def _row(
    figures: Figures, kind: str | None, name: str | Promise, marks: SafeString | str
) -> ClassRow:
    return ClassRow(
        unit_class=kind or "",
        name=name,
        units=figures.units(kind),
        with_accounts=figures.with_accounts(kind),
        named=figures.stage(*NAMED, of=kind),
        soft=figures.stage(*RECEIVED, of=kind),
        hard=figures.stage(Stage.COMPLETE, of=kind),
        late=figures.late[kind] if kind else figures.late.total(),
        marks=marks,
    )


def tile_map(figures: Figures, layout: Layout) -> SafeString:
    return pictures.tile_map(
        layout,
        {
            code: (district.complete, district.with_accounts)
            for code, district in figures.districts.items()
        },
    )


def districts(figures: Figures, layout: Layout) -> SafeString:
    """The tile map as the rows of a table, by name."""
    found = sorted(
        ((layout[code].name, district) for code, district in figures.districts.items()),
        key=lambda pair: pair[0],
    )
    return format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="r">{}</td><td class="r">{}</td>'
        '<td class="r">{}</td></tr>',
        ((name, d.complete, d.with_accounts, d.units) for name, d in found),
    )


def pace(figures: Figures, due: date | None) -> list[Strip]:
    window = figures.window
    strips = []
    for kind in figures.classes:
        if not figures.with_accounts(kind):
            continue
        shares = figures.pace(kind)
        name = UnitClass(kind).label
        said = _("%(name)s: %(before)d persen pada %(first)s, %(now)d persen pada %(last)s") % {
            "name": name,
            "before": round(shares[0] * 100),
            "first": _said(window.first),
            "now": round(shares[-1] * 100),
            "last": _said(window.last),
        }
        picture = pictures.pace_strip(shares, deadline=_index(window, due), label=said)
        strips.append(Strip(name, round(shares[-1] * 100), picture))
    return strips


def pace_axis(window: Window, due: date | None) -> SafeString:
    deadline = _("batas %(day)s") % {"day": _short(due)} if due else ""
    at = _index(window, due)
    return pictures.pace_axis(_short(window.first), deadline, at=at, days=window.days)


def _index(window: Window, due: date | None) -> int | None:
    inside = due is not None and window.first <= due <= window.last
    return window.index(due) if due and inside else None


def _short(day: date) -> str:
    """Without the year: the strip is some weeks long."""
    return say_day(day, get_language() or "id", short=True).rpartition(" ")[0]


def _said(day: date) -> str:
    return say_day(day, get_language() or "id")


def late_sentence(late: int, due: date | None, day: date) -> str:
    """The second half of the board's sentence, after the number when there is one."""
    if due is None and not late:
        return _("Belum ada batas waktu efektif: belum ada yang terlambat.")
    if due is not None and due >= day and not late:
        return _("Batas waktunya %(day)s.") % {"day": _said(due)}
    if not late:
        return _("Tidak ada yang lewat batas.")
    if due is None:
        return _("lewat batas waktunya.")
    return _("lewat batas %(day)s.") % {"day": _said(due)}
