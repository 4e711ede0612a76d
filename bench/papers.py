"""What papers cost, and how rightly they are read: `python -m bench.papers [FOLDER]`, JSON out.

    python -m bench.papers [tests/letters] [--letters 300] [--no-scans] [--part NAME ...]

Composing, signing and scans run in processes of their own (`bench.compose`, `bench.signing`,
`bench.scans`), so that memory is each one's own. The folder holds letters with a manifest.json
of their truth. Milliseconds are of the wall; one process at a time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from kanal.paper import workshop
from kanal.paper.inspection.inspecting import inspect
from kanal.paper.reading.document import read_letters
from kanal.paper.tests.score import manifest, score

ROOT = Path(__file__).resolve().parent.parent
TEXT = {"pdf", "docx"}
ROUNDS = 5


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path, nargs="?", default=ROOT / "tests" / "letters")
    asked.add_argument("--letters", type=int, default=300)
    asked.add_argument("--no-scans", action="store_true")
    given = asked.parse_args()
    entries = manifest(given.folder)
    report: dict[str, Any] = {
        "compose": other("compose", "--letters", str(given.letters)),
        "sign": other("signing", "--letters", str(max(20, given.letters // 5))),
        "inspect": inspection(given.folder, entries),
        "read born-digital": born_digital(given.folder, entries),
    }
    if not given.no_scans:
        report["scans, both engines"] = other("scans", str(given.folder), "--mode", "both")
        report["scans, small server"] = other("scans", str(given.folder), "--mode", "small")
    report["the whole folder"] = corpus(given.folder, entries, scans=not given.no_scans)
    workshop.close_all()
    print(json.dumps(report, indent=2, ensure_ascii=False))


def other(name: str, *arguments: str) -> Any:
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def inspection(folder: Path, entries: list[dict[str, Any]]) -> dict[str, float]:
    """Through the child, as intake does: the best of some rounds for each file."""
    files = [(entry["file"], (folder / entry["file"]).read_bytes()) for entry in entries]
    for name, data in files[:5]:
        inspect(data, name)
    each = [min(timed(data, name) for _ in range(ROUNDS)) for name, data in files]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "files": len(files),
        "p50_ms": round(median(each), 2),
        "worst_ms": round(max(each), 1),
        "most_resident_mb_of_a_child": round(children / 1024),
    }


def timed(data: bytes, name: str) -> float:
    began = perf_counter()
    inspect(data, name)
    return (perf_counter() - began) * 1000


def born_digital(folder: Path, entries: list[dict[str, Any]]) -> dict[str, float]:
    files = [
        folder / entry["file"]
        for entry in entries
        if entry["format"] in TEXT and entry["expected"] == "accept" and not entry["reasons"]
    ]
    today = the_day(folder)
    list(read_letters(files, today=today))
    each = []
    for file in files:
        took = []
        for _ in range(ROUNDS):
            began = perf_counter()
            list(read_letters([file], today=today))
            took.append((perf_counter() - began) * 1000)
        each.append(min(took))
    return {"files": len(files), "p50_ms": round(median(each), 1), "worst_ms": round(max(each), 1)}


def the_day(folder: Path) -> date:
    said = json.loads((folder / "manifest.json").read_text())
    return date.fromisoformat(said["today_for_checks"])


def corpus(folder: Path, entries: list[dict[str, Any]], *, scans: bool) -> dict[str, Any]:
    wanted = [entry for entry in entries if scans or not is_scan(entry)]
    roots = [file.read_bytes() for file in folder.glob("*.pem")]
    files = [folder / entry["file"] for entry in wanted]
    answers = list(read_letters(files, today=the_day(folder), roots=roots))
    found: dict[str, Any] = {"all": score(answers, entries).figures()}
    for kind, is_kind in (("scans", True), ("born-digital", False)):
        names = {entry["file"] for entry in wanted if is_scan(entry) is is_kind}
        part = [answer for answer in answers if answer["file"] in names]
        if part:
            found[kind] = score(part, entries).figures()
    return found


def is_scan(entry: dict[str, Any]) -> bool:
    return "scan" in entry or bool(entry.get("carries"))


if __name__ == "__main__":
    main()
