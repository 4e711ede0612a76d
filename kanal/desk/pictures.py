"""The officers' terms as a picture: server-made SVG, every number written by Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kanal.appointments.timeline import Gap, Lane, Stretch
from kanal.lib.dates import say_day

TOP, LANE, BAR, FOOT = 26, 50, 16, 34
# More people than this make the picture longer than a screen; the table beside it has them all.
MOST_LANES = 8
YEARS_SHOWN = 6


@dataclass(frozen=True)
class Scale:
    """Days as percentages of the picture's width: it stretches, nothing in it scales."""

    first: date
    last: date

    @classmethod
    def around(cls, lanes: Sequence[Lane], gaps: Sequence[Gap], day: date) -> Scale:
        told = [*(lane.begins_on for lane in lanes), *(gap.begins_on for gap in gaps)]
        begins = min(day - timedelta(days=300), *told)
        later = [term.begins_on for lane in lanes for term in lane.terms]
        span = (day - begins).days
        last = max([day + timedelta(days=max(60, span // 8)), *later])
        first = date(begins.year, 1 if begins.month < 7 else 7, 1)
        return cls(first, last + timedelta(days=30))

    def at(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return max(0.0, min(100.0, share * 100))

    def ticks(self) -> Iterator[tuple[date, bool]]:
        """Half years, and whether a year begins there; quarters when the span is short."""
        short = (self.last - self.first).days < 700
        months = (1, 4, 7, 10) if short else (1, 7)
        for year in range(self.first.year, self.last.year + 1):
            for month in months:
                day = date(year, month, 1)
                if self.first <= day < self.last:
                    yield day, month == 1


def timeline(
    lanes: Sequence[Lane], gaps: Sequence[Gap], day: date, *, is_past: bool, linked: bool
) -> SafeString | str:
    """`linked`: the reader may open the letters, so each bar's envelope leads to its letter."""
    if not lanes:
        return ""
    shown = lanes[-MOST_LANES:]
    scale = Scale.around(shown, gaps, day)
    height = TOP + LANE * len(shown) + FOOT
    return format_html(
        '<svg class="waktu" role="group" aria-labelledby="wk-j wk-d" width="100%" height="{}">'
        '<title id="wk-j">{}</title><desc id="wk-d">{}</desc>{}{}{}{}{}</svg>',
        _n(height),
        _("Masa tugas petugas"),
        _("Batang per petugas sepanjang tahun; isinya sama dengan tabel di bawah gambar."),
        _HATCHING,
        _grid(scale, height),
        _lanes(shown, scale, day, linked),
        _coverage(shown, gaps, scale, day, height),
        _line(scale, day, height, _said(day, short=True) if is_past else _("hari ini")),
    )


_HATCHING = format_html(
    '<defs><pattern id="arsir" width="{0}" height="{0}" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="ars-b" width="{0}" height="{0}"/>'
    '<rect class="ars-g" width="2.6" height="{0}"/></pattern></defs>',
    "7",
)


def _n(number: float) -> str:
    """Never a decimal comma, whatever the reader's language."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _p(share: float) -> str:
    return f"{_n(share)}%"


def _grid(scale: Scale, height: int) -> SafeString:
    ticks = list(scale.ticks())
    years = [day for day, begins_year in ticks if begins_year]
    named = set(years[:: 1 + len(years) // (YEARS_SHOWN + 1)]) or {ticks[0][0]}
    if ticks[0][0] not in named and all(scale.at(year) > 12 for year in named):
        named.add(ticks[0][0])
    return format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>{}',
        (
            (
                "kisi thn" if begins_year else "kisi",
                _p(scale.at(day)),
                _p(scale.at(day)),
                _n(TOP - 6),
                _n(height - 28),
                _label(scale.at(day), str(day.year)) if day in named else "",
            )
            for day, begins_year in ticks
        ),
    )


def _label(share: float, words: str) -> SafeString | str:
    if share > 93:
        return ""
    return format_html(
        '<svg x="{}" y="0" overflow="visible"><text class="sumbu" x="4" y="14">{}</text></svg>',
        _p(share),
        words,
    )


def _lanes(shown: Sequence[Lane], scale: Scale, day: date, linked: bool) -> SafeString:
    return format_html_join(
        "",
        "{}{}",
        (
            (
                _name(lane, scale, TOP + row * LANE),
                _bars(lane, scale, TOP + row * LANE, day, linked),
            )
            for row, lane in enumerate(shown)
        ),
    )


def _name(lane: Lane, scale: Scale, top: int) -> SafeString:
    """Above the bar, or before it where the bar begins too far right."""
    share = scale.at(lane.begins_on)
    right = share > 55
    return format_html(
        '<text class="nm" x="{}" y="{}" text-anchor="{}" dx="{}">{}</text>',
        _p(share),
        _n(top + (29 if right else 13)),
        "end" if right else "start",
        "-8" if right else "0",
        _short(lane.person.name),
    )


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:24].rstrip()}…"


def _bars(lane: Lane, scale: Scale, top: int, day: date, linked: bool) -> SafeString:
    stretches = lane.stretches
    bars = [_bar(stretch, lane, scale, top, day) for stretch in stretches]
    envelopes = [
        _envelope(each, scale, top, is_to_come=each.begins_on > day, linked=linked)
        for each in stretches
        if each.opens
    ]
    return format_html_join("", "{}", ((part,) for part in (*bars, *envelopes)))


def _bar(stretch: Stretch, lane: Lane, scale: Scale, top: int, day: date) -> SafeString:
    """Days past and present; days to come are drawn lighter."""
    begins, until = stretch.begins_on, stretch.until or scale.last
    now = min(max(day + timedelta(days=1), begins), until)
    kind = "kini" if stretch.holds(day) else "lalu"
    parts = []
    if until > now:
        parts.append(("m depan", now, until, 22, 10))
    if now > begins:
        parts.append((f"m {kind}", begins, now, 19, BAR))
    told = f"{lane.person.full_name}: {', '.join(stretch.duty_words)}"
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}><title>{}</title></rect>',
        (
            (
                css,
                _p(scale.at(first)),
                _n(top + down),
                _p(max(0.4, scale.at(last) - scale.at(first))),
                _n(tall),
                _ROUND if tall == BAR else "",
                told,
            )
            for css, first, last, down, tall in parts
        ),
    )


_ROUND = format_html(' rx="{}"', "3")


def _envelope(
    stretch: Stretch, scale: Scale, top: int, *, is_to_come: bool, linked: bool
) -> SafeString:
    letter = stretch.letter
    drawn = format_html(
        '<rect class="kena" x="{}" y="{}" width="{}" height="{}"/>'
        '<path class="surat{}" d="M4 4h10v8H4z M4 4l5 4.4L14 4"/>',
        "-3",
        "-4",
        "24",
        "24",
        " nanti" if is_to_come else "",
    )
    if linked:
        drawn = format_html(
            '<a href="{}" aria-label="{}">{}</a>',
            reverse("appointments:letter", args=[letter.pk]),
            _("Surat %(number)s, %(day)s") % {"number": letter.number, "day": _said(letter.dated)},
            drawn,
        )
    return format_html(
        '<svg x="{}" y="{}" overflow="visible">{}</svg>',
        _p(scale.at(stretch.begins_on)),
        _n(top + 19),
        drawn,
    )


def _coverage(
    shown: Sequence[Lane], gaps: Sequence[Gap], scale: Scale, day: date, height: int
) -> SafeString:
    """One strip: light where somebody served, hatched where nobody did."""
    top = _n(height - 26)
    tomorrow = day + timedelta(days=1)
    begins = min([lane.begins_on for lane in shown] + [gap.begins_on for gap in gaps])
    strip = format_html(
        '<rect class="cov" x="{}" y="{}" width="{}" height="10" rx="2"/>',
        _p(scale.at(begins)),
        top,
        _p(max(0.0, scale.at(tomorrow) - scale.at(begins))),
    )
    hatched = format_html_join(
        "",
        '<rect fill="url(#arsir)" x="{}" y="{}" width="{}" height="10"><title>{}</title></rect>',
        (
            (
                _p(scale.at(gap.begins_on)),
                top,
                _p(max(0.4, scale.at(gap.until or tomorrow) - scale.at(gap.begins_on))),
                _("Tanpa petugas %(days)s hari") % {"days": gap.days(day)},
            )
            for gap in gaps
            if gap.until is None or gap.until > scale.first
        ),
    )
    return format_html("{}{}", strip, hatched)


def _line(scale: Scale, day: date, height: int, words: str) -> SafeString:
    x = _p(scale.at(day))
    return format_html(
        '<line class="hariini" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<svg x="{}" y="{}" overflow="visible">'
        '<text class="kini-t" text-anchor="middle" y="10">{}</text></svg>',
        x,
        x,
        _n(TOP - 10),
        _n(height - 14),
        x,
        _n(height - 12),
        words,
    )


def _said(day: date, *, short: bool = False) -> str:
    return say_day(day, get_language() or "id", short=short)
