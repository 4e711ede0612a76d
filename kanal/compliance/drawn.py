"""The board's pictures: ladder, classes, map and pace, drawn from the figures alone.

They are the dearest part of the page and the same for every reader of the same figures, so a
drawing is kept and found again by the figures themselves: nothing has to be told to forget it.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kanal.compliance import figures as counted
from kanal.compliance import summary
from kanal.compliance.board import Basis
from kanal.compliance.figures import Figures
from kanal.compliance.layouts import layout_for
from kanal.compliance.stages import Stage


def drawn(basis: Basis, figures: Figures, day_query: str) -> SafeString:
    """As HTML in the reader's language; `day_query` begins the links of a past day's board."""
    return _drawn(
        json.dumps(counted.keep(figures)),
        figures.counted_at,
        basis.due,
        basis.day,
        day_query,
        get_language(),
    )


@lru_cache(maxsize=64)
def _drawn(
    counts: str,
    counted_at: datetime | None,
    due: date | None,
    day: date,
    day_query: str,
    _language: str | None,
) -> SafeString:
    figures = counted.kept(json.loads(counts), day, counted_at)
    context = {**pictures(figures, due, day), "day_query": day_query}
    return render_to_string("compliance/_pictures.html", context)


def pictures(figures: Figures, due: date | None, day: date) -> dict[str, Any]:
    layout = layout_for(figures.districts)
    late = figures.late.total()
    return {
        "figures": figures,
        "late": late,
        "undelivered": figures.undelivered.total(),
        "late_sentence": summary.late_sentence(late, due, day),
        "with_accounts": figures.with_accounts(),
        "complete": figures.stage(Stage.COMPLETE),
        "ladder": summary.ladder(figures),
        "stages": [(stage.value, stage.label) for stage in Stage],
        "class_rows": summary.class_rows(figures),
        "all_classes": summary.all_classes(figures),
        "layout": layout,
        "tile_map": summary.tile_map(figures, layout) if layout else "",
        "districts": summary.districts(figures, layout) if layout else "",
        "strips": summary.pace(figures, due),
        "axis": summary.pace_axis(figures.window, due),
        "day": day,
    }
