"""Views of scans made ready for reading: partial ones completed, numbers agreed on counted."""

from collections.abc import Sequence
from dataclasses import replace

from kanal.paper.reading.scan_numbers import readings_of_numbers
from kanal.paper.words import Page, View, Word

_COVERED = 0.4


def agreed_numbers(views: Sequence[View]) -> frozenset[str]:
    """NIPs that two engines read alike at one place, each sure of itself."""
    readings = readings_of_numbers(views)
    return frozenset(one.agreed for one in readings if one.certain and one.agreed is not None)


def with_context(views: Sequence[View]) -> list[View]:
    """A view that holds only some words gets the others from a whole one, without confidence."""
    whole = next((view for view in views if view.engine != "mix"), None)
    return [
        _completed(view, whole) if view.engine == "mix" and whole is not None else view
        for view in views
    ]


def _completed(view: View, whole: View) -> View:
    own = {page.number: page for page in view.pages}
    return replace(
        view,
        pages=tuple(
            replace(page, words=_over(own[page.number], page)) if page.number in own else page
            for page in whole.pages
        ),
    )


def _over(own: Page, whole: Page) -> tuple[Word, ...]:
    borrowed = (
        replace(word, confidence=0.0)
        for word in whole.words
        if not any(_covers(mine, word) for mine in own.words)
    )
    return (*own.words, *borrowed)


def _covers(one: Word, other: Word) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    if wide <= 0 or high <= 0:
        return False
    area = (other.x1 - other.x0) * other.height
    return area > 0 and wide * high / area > _COVERED
