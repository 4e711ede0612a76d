"""What nobody types on purpose: for addresses, filters and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from tests.walls.page_forms import Deed, forms_of

STRANGE = [
    "\x00",
    "9" * 30,
    "-1",
    "١٢",  # digits to Python, not to everybody
    "2026-13-45",
    "\u202e'\"><script>alert(1)</script>\\%" + "x" * 2000,
]
# Read from the address without a form: positions in lists, days, offices, where to go back to.
UNSHOWN = ["hal", "per", "pada", "unit", "sebelum", "cari", "kelas", "wilayah", "di", "ganti", "ke"]

_PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def strange_queries(page: str, path: str) -> Iterator[str]:
    """The page with every filter it offers, and those it keeps to itself, filled with one value."""
    offered = {
        field.name for form in forms_of(page) if form.method == "get" for field in form.fields
    }
    for value in STRANGE if offered else STRANGE[:1]:
        yield f"{path}?{urlencode({name: value for name in [*offered, *UNSHOWN] if name})}"


def strange_deeds(deed: Deed) -> Iterator[Deed]:
    """Nonsense everywhere, with and without the button; and what a form can't do without, gone."""
    for value in ("\x00", "9" * 30):
        bad = {name: [value] for name in deed.values if name != "csrfmiddlewaretoken"}
        yield Deed(deed.path, bad, button=deed.button)
        yield Deed(deed.path, {**bad, **_kept(deed)}, button=deed.button)
    for name in deed.values:
        if "_FORMS" in name or name == "tiket":
            rest = {key: value for key, value in deed.values.items() if key != name}
            yield Deed(deed.path, rest, deed.files, deed.button)


def _kept(deed: Deed) -> dict[str, list[str]]:
    """The choices and counts without which a form is not looked at any further."""
    button = {deed.button[0]: [deed.button[1]]} if deed.button else {}
    counts = {name: value for name, value in deed.values.items() if "_FORMS" in name}
    return {**counts, **button}


def strange_paths(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every pattern, its parameters filled with what no row and no code can be."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from strange_paths(entry, route)
        elif isinstance(entry, URLPattern) and "<" in route and "(?P" not in route:
            for number, word in (("0", "\x00"), ("9" * 30, "'\"><b>"), ("9" * 18, "\ufeff%2e")):
                yield _PARAMETER.sub(
                    lambda hit, n=number, w=word: n if hit[1] == "int" else quote(w), route
                )
