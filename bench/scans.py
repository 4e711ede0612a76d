"""How well and how dearly scans are read: `python -m bench.scans FOLDER`, one JSON object out.

The folder holds a manifest.json as beside the sample letters: per file its truth. For each mode:
seconds a page, resident memory of the process that reads, and of all NIPs how many each engine
read exactly, how many both agreed on, how many would be taken for certain, and how many of those
were wrong. One mode a run, so that resident memory is that mode's own.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from kanal.paper.reading.scan_job import page as read_page
from kanal.paper.reading.scan_job import pages as page_numbers
from kanal.paper.reading.scan_numbers import readings_of_numbers
from kanal.paper.words import Page, View, Word

TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".tif": "image/tiff",
    ".png": "image/png",
    ".webp": "image/webp",
}


def nips(truth: list[dict[str, Any]]) -> set[str]:
    people = [
        person
        for letter in truth
        for person in [*letter["officers"], *letter["replaced"], letter["signatory"]]
    ]
    return {person["nip"] for person in people if person and person.get("nip")}


def views(data: bytes, media_type: str, mode: str) -> tuple[list[View], list[float]]:
    """The views, and seconds of processor for each page."""
    found: list[View] = []
    seconds: list[float] = []
    for number in page_numbers(data, media_type)["pages"]:
        start = time.process_time()
        told = read_page(data, media_type, number, mode)
        seconds.append(time.process_time() - start)
        for engine, words in told["words"].items():
            page = Page(number, told["width"], told["height"], tuple(Word(*w) for w in words))
            found.append(View(engine, (page,)))
    return found, seconds


def count(found: list[View], truth: set[str]) -> Counter[str]:
    readings = readings_of_numbers(found)
    counts = Counter(nips=len(truth))
    for engine in {view.engine for view in found}:
        counts[engine] = len(truth & {one.texts.get(engine) for one in readings})
    agreed = {one.agreed for one in readings if one.agreed}
    certain = {one.best for one in readings if one.certain}
    counts["agreed"] = len(agreed & truth)
    counts["agreed_wrong"] = sum(len(digits) == 18 for digits in agreed - truth)
    counts["certain"] = len(certain & truth)
    counts["certain_wrong"] = len(certain - truth)
    counts["best"] = len(truth & {one.best for one in readings})
    return counts


def measure(folder: Path, mode: str, only: str) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_text())
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    for entry in manifest["files"]:
        path = folder / entry["file"]
        if not entry["file"].startswith(only) or path.suffix not in TYPES or not entry["truth"]:
            continue
        found, spent = views(path.read_bytes(), TYPES[path.suffix], mode)
        seconds += spent
        counts += count(found, nips(entry["truth"]))
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "mode": mode,
        "pages": len(seconds),
        "seconds_p50": round(statistics.median(seconds), 3),
        "seconds_worst": round(max(seconds), 3),
        "resident_mb": resident,
        **dict(sorted(counts.items())),
        "certain_wrong": counts["certain_wrong"],
        "agreed_wrong": counts["agreed_wrong"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=["both", "small"], default="both")
    parser.add_argument("--only", default="s", help="files whose names start so")
    asked = parser.parse_args()
    json.dump(measure(asked.folder, asked.mode, asked.only), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
