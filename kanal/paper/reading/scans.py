"""Scanned letters: from a PDF, PNG, JPEG, TIFF or WEBP to the words on its upright pages.

    for view in views_of(data, "image/jpeg"):          # `tesseract` and `rapidocr`
        ...
    readings = readings_of_numbers(views)              # NIPs: see scan_numbers
    png = crop(data, "image/jpeg", page=1, box=(60, 100, 300, 120), width_px=480)
    lies = text_layer_lies(pdf, page=1)                # hidden or lying text, usually []

Mode `both` reads every page with both engines. Mode `small`, for small servers, reads it with
Tesseract, and RapidOCR reads only places with digits: that view is called `mix` and holds nothing
else, so it must not be taken as silence about names. Pages of a PDF that carry honest text and no
picture are left out of all views. Where one engine is missing the other works alone; two views
never agree then, and nothing becomes certain. Coordinates are points of the upright page.

Everything happens in limited children of the workshop; failures are `ScanFailed`.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Literal

from kanal.paper import workshop
from kanal.paper.reading.rules import RuledPage
from kanal.paper.reading.scan_numbers import Reading, readings_of_numbers
from kanal.paper.reading.scan_shapes import Box, Lie
from kanal.paper.words import View, Word

__all__ = [
    "EngineMissing",
    "Lie",
    "Reading",
    "ScanFailed",
    "crop",
    "missing_engines",
    "readings_of_numbers",
    "text_layer_lies",
    "views_of",
]

Mode = Literal["both", "small"]

_JOBS = "kanal.paper.reading.scan_job"
_CROPS = "kanal.paper.reading.scan_crops"
_PAGE_LIMITS = workshop.Limits(seconds=90, cpu_seconds=60, memory=1 << 30)
_LIGHT_LIMITS = workshop.Limits(seconds=20, cpu_seconds=15, memory=600 << 20)
_MOST_FITS = 512
_FITS: OrderedDict[tuple[bytes, int], list[Any]] = OrderedDict()


class ScanFailed(Exception):
    """No words from this file; `reason` is a word for the verdict, e.g. `broken`, `too_slow`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EngineMissing(ScanFailed):
    """Neither engine is installed; `packages` names what to install."""

    def __init__(self, packages: Sequence[str]) -> None:
        super().__init__("engine_missing")
        self.packages = tuple(packages)

    def __str__(self) -> str:
        return "install " + ", ".join(self.packages)


def missing_engines() -> list[str]:
    """Debian packages and wheels without which scans are read by one engine or none."""
    return list(_run(f"{_JOBS}:engines", b"", _LIGHT_LIMITS, {}, "scans")["missing"])


def views_of(data: bytes, media_type: str, *, mode: Mode = "both") -> list[View]:
    """One view per engine. Raises ScanFailed, EngineMissing."""
    state = _run(f"{_JOBS}:engines", b"", _LIGHT_LIMITS, {}, "scans")
    if state["none"]:
        raise EngineMissing(state["missing"])
    options: dict[str, Any] = {"media_type": media_type}
    numbers = _run(f"{_JOBS}:pages", data, _LIGHT_LIMITS, options, "scans")["pages"]
    pages: dict[str, list[RuledPage]] = {}
    for number in numbers:
        told = _run(
            f"{_JOBS}:page",
            data,
            _PAGE_LIMITS,
            {**options, "number": number, "mode": mode},
            "scans",
        )
        _keep_fit(data, number, told["fit"])
        rules = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in told["rules"])
        for engine, said in told["words"].items():
            words = tuple(Word(*word) for word in said)
            page = RuledPage(number, told["width"], told["height"], words, rules)
            pages.setdefault(engine, []).append(page)
    return [View(engine, tuple(found)) for engine, found in pages.items()]


def crop(data: bytes, media_type: str, page: int, box: Box, *, width_px: int = 480) -> bytes:
    """A PNG of a part of a page: of the upright sheet for scans, else of the page as drawn.

    `box` in points: as in `views_of` for scans, as in the file for pages with text of their own.
    """
    options = {
        "media_type": media_type,
        "number": page,
        "box": list(box),
        "width": width_px,
        "fit": _FITS.get((hashlib.sha256(data).digest(), page)),
    }
    told = _run(f"{_CROPS}:crop", data, _LIGHT_LIMITS, options, "crops")
    if "png" not in told:
        laid = {"media_type": media_type, "number": page}
        fit = _run(f"{_JOBS}:fit_of", data, _PAGE_LIMITS, laid, "scans")["fit"]
        _keep_fit(data, page, fit)
        options["fit"] = fit
        told = _run(f"{_CROPS}:crop", data, _LIGHT_LIMITS, options, "crops")
    png: bytes = told["png"]
    return png


def text_layer_lies(data: bytes, page: int) -> list[Lie]:
    """Where a PDF page's text is not what is seen. Raises ScanFailed.

    A few milliseconds for an honest page; only signs of a lie make it draw and read the page.
    """
    told = _run(f"{_CROPS}:layer", data, _LIGHT_LIMITS, {"number": page}, "crops")
    if told["eyes"]:
        told = _run(f"{_JOBS}:layer", data, _PAGE_LIMITS, {"number": page}, "scans")
    return [
        Lie(reason, said, seen, (box[0], box[1], box[2], box[3]))
        for reason, said, seen, box in told["lies"]
    ]


def _keep_fit(data: bytes, number: int, laid: list[Any]) -> None:
    _FITS[hashlib.sha256(data).digest(), number] = laid
    while len(_FITS) > _MOST_FITS:
        _FITS.popitem(last=False)


def _run(
    job: str, data: bytes, limits: workshop.Limits, options: dict[str, Any], bench: str
) -> dict[str, Any]:
    try:
        told: dict[str, Any] = workshop.run(job, data, limits=limits, options=options, bench=bench)
    except workshop.TooSlow as error:
        raise ScanFailed("too_slow") from error
    except workshop.TooMuchMemory as error:
        raise ScanFailed("too_much_memory") from error
    except workshop.JobFailed as error:
        raise ScanFailed("crashed") from error
    if "refused" in told:
        raise ScanFailed(told["refused"])
    return told
