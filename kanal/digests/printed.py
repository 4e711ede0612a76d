"""From a sheet's figures to what its page says, in the words of the board and always Indonesian."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kanal.compliance import figures as counted
from kanal.compliance import summary
from kanal.compliance.figures import Figures
from kanal.compliance.layouts import layout_for
from kanal.compliance.stages import Stage
from kanal.digests.months import Month, parse
from kanal.directory.models import UnitClass
from kanal.lib.dates import say_day
from kanal.paper.composing import sheet as paper

STAGES = tuple(Stage)
# The five numbers of the board's ladder, by what `numbers` calls them.
FIVE = ("units", "with_accounts", "named", "soft", "hard")


def address(month: Month) -> str:
    return f"{settings.PUBLIC_URL}{reverse('digests:sheet', args=[month])}"


def board_of(figures: dict[str, Any]) -> Figures:
    return counted.kept(figures["board"], date.fromisoformat(figures["day"]), None)


def due_of(figures: dict[str, Any]) -> date | None:
    return date.fromisoformat(figures["due"]) if figures["due"] else None


def page_of(
    figures: dict[str, Any],
    *,
    edition: int,
    correction: str,
    made_at: datetime,
    made_by: str,
    timezone: str,
    is_sample: bool,
) -> paper.MonthSheet:
    with translation.override("id"):
        return _page(
            figures, edition, correction, _made(made_at, made_by, timezone), is_sample=is_sample
        )


def _page(
    figures: dict[str, Any], edition: int, correction: str, made: str, *, is_sample: bool
) -> paper.MonthSheet:
    board, due = board_of(figures), due_of(figures)
    month, day = parse(figures["month"]), board.window.last
    late, with_accounts = board.late.total(), board.with_accounts()
    return paper.MonthSheet(
        title=f"Lembar bulanan {month.name}",
        month=month.name,
        government=figures["government"],
        basis=figures["mandate"]["name"],
        day=say_day(day),
        complete=localize(board.stage(Stage.COMPLETE)) if with_accounts else "",
        sentence=_SENTENCE.format(localize(with_accounts))
        if with_accounts
        else _("Belum ada kantor yang menyatakan akunnya."),
        alarm=localize(late) if late else "",
        alarm_sentence=str(summary.late_sentence(late, due, day)),
        numbers=_numbers(figures, board),
        before=_before(figures),
        stages=tuple(stage.value for stage in STAGES),
        stage_names=tuple(str(stage.label) for stage in STAGES),
        classes=tuple(_class_row(board, kind) for kind in board.classes),
        tiles=_tiles(board),
        months=tuple(_month(each) for each in figures["months"]),
        waiting_title=waiting_title(figures),
        waiting=tuple(_waiting(each) for each in figures["waiting"]),
        changes=_changes(figures["changes"]),
        vacancies=_vacancies(figures["vacancies"]),
        edition=_("Edisi %(edition)s") % {"edition": edition},
        correction=correction,
        made=made,
        sample=_("Data contoh: nama dan angka karangan") if is_sample else "",
    )


_SHORT = (("Kecamatan ", "Kec. "), ("Kota Administrasi ", ""), ("Kabupaten Administrasi ", "Kab. "))
# As the board says it; a sheet on paper is always Indonesian.
_SENTENCE = "dari {} kantor yang punya akun sudah lengkap."


def _made(at: datetime, by: str, timezone: str) -> str:
    there = at.astimezone(ZoneInfo(timezone))
    return _(
        "Dibuat %(day)s pukul %(time)s oleh %(name)s, dari surat, akun, dan tanda terima "
        "sebagaimana tercatat saat itu."
    ) % {
        "day": say_day(there.date()),
        "time": date_format(there, "TIME_FORMAT"),
        "name": by,
    }


def changed(figures: dict[str, Any], name: str) -> int | None:
    """Against the month before; None where nothing is known of it."""
    before = figures["before"]
    return figures["numbers"][name] - before["numbers"][name] if before else None


def _numbers(figures: dict[str, Any], board: Figures) -> tuple[paper.Number, ...]:
    whole = board.units()
    return tuple(
        paper.Number(str(rung.name), rung.count, whole, rung.note, changed(figures, name))
        for name, rung in zip(FIVE, summary.ladder(board), strict=True)
    )


def _before(figures: dict[str, Any]) -> str:
    if not figures["before"]:
        return _("Belum ada bulan sebelumnya untuk dibandingkan.")
    day = say_day(parse(figures["before"]["month"]).last)
    return _("Angka kecil: perubahan terhadap %(day)s.") % {"day": day}


def _class_row(board: Figures, kind: str) -> paper.ClassRow:
    return paper.ClassRow(
        name=str(UnitClass(kind).label),
        stages=tuple(board.stage(stage, of=kind) for stage in STAGES),
        units=board.units(kind),
        with_accounts=board.with_accounts(kind),
        complete=board.stage(Stage.COMPLETE, of=kind),
        late=board.late[kind],
    )


def _tiles(board: Figures) -> tuple[paper.Tile, ...]:
    layout = layout_for(board.districts)
    if layout is None:
        return ()
    none = counted.District()
    return tuple(
        paper.Tile(
            tile.column, tile.row, tile.short, tile.name, found.complete, found.with_accounts
        )
        for code, tile in layout.items()
        for found in [board.districts.get(code, none)]
    )


def _month(said: dict[str, Any]) -> paper.Month:
    month, numbers = parse(said["month"]), said["numbers"]
    return paper.Month(
        month.name, month.short, numbers["with_accounts"], numbers["named"], numbers["hard"]
    )


def months_of(figures: dict[str, Any]) -> tuple[paper.Month, ...]:
    """In the reader's language."""
    return tuple(_month(each) for each in figures["months"])


def waiting_title(figures: dict[str, Any]) -> str:
    """Before the deadline nobody has waited yet: the list begins with what is due next."""
    is_due_next = any(each["days_left"] is not None for each in figures["waiting"])
    is_late = any(each["late"] for each in figures["waiting"])
    return _("Tenggat terdekat") if is_due_next and not is_late else _("Paling lama ditunggu")


def waits(said: dict[str, Any]) -> str:
    if said["late"]:
        late = said["late"]
        return ngettext("lewat %(days)d hari", "lewat %(days)d hari", late) % {"days": late}
    left = said["days_left"]
    if left is not None:
        return ngettext("%(days)d hari lagi", "%(days)d hari lagi", left) % {"days": left}
    since = date.fromisoformat(said["since"]) if said["since"] else None
    return _("sejak %(day)s") % {"day": say_day(since, short=True)} if since else "–"


def _waiting(said: dict[str, Any]) -> paper.Waiting:
    return paper.Waiting(
        name=_cut(said["name"], 40),
        place=_cut(_in_short(said["place"]), 32),
        stage=said["stage"],
        label=str(Stage(said["stage"]).label),
        waits=waits(said),
        is_late=bool(said["late"]),
    )


def _in_short(place: str) -> str:
    """`Kec. Tambora, Jakarta Barat`: one line of a narrow column."""
    for long, short in _SHORT:
        place = place.replace(long, short)
    return place


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _changes(said: dict[str, int]) -> tuple[paper.Count, ...]:
    return (
        paper.Count(_("Penunjukan"), said["appointed"], _("petugas baru")),
        paper.Count(_("Penggantian"), said["replaced"], _("petugas pengganti")),
        paper.Count(_("Berhenti"), said["ended"], _("tanpa pengganti")),
    )


def _vacancies(said: dict[str, Any]) -> paper.Count:
    note = ""
    if said["since"]:
        day = say_day(date.fromisoformat(said["since"]), short=True)
        note = _("kantor, terlama sejak %(day)s") % {"day": day}
    return paper.Count(_("Lowong"), said["count"], note or _("tidak ada kantor"))
