"""kanal read-letter FILE...: what a letter says, how surely, and what speaks against it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kanal.lib.dates import DayMistake, parse_day, today
from kanal.paper.reading.document import read_letters
from kanal.readings.gate import limits, scan_mode


class Command(BaseCommand):
    help = "Baca surat (PDF, DOCX, DOC, gambar, surel) tanpa menyimpannya."
    requires_migrations_checks = False
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="satu dokumen JSON per berkas")
        parser.add_argument(
            "--root",
            type=Path,
            action="append",
            default=[],
            metavar="PEM",
            help="sertifikat akar yang dipercaya; boleh diulang",
        )
        parser.add_argument(
            "--today", type=_day, default=None, metavar="HARI", help="hari ini menurut pemeriksaan"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["today"] or today()
        roots = [_bytes(path) for path in options["root"]]
        answers = _answers(options["files"], day, roots)
        for answer in answers:
            if options["json"]:
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            else:
                self.stdout.write("\n".join(_said(answer)))


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except DayMistake as mistake:
        raise CommandError(f"--today {text}: {mistake.what}") from mistake


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}.") from problem


def _answers(files: list[Path], day: date, roots: list[bytes]) -> Iterator[dict[str, Any]]:
    try:
        yield from read_letters(files, today=day, roots=roots, limits=limits(), mode=scan_mode())
    except OSError as problem:
        raise CommandError(f"{problem.filename}: {problem.strerror}.") from problem


def _said(answer: dict[str, Any]) -> Iterator[str]:
    reasons = ", ".join(answer["reasons"])
    yield f"{answer['file']}: {answer['verdict']}{f' ({reasons})' if reasons else ''}"
    for letter in answer["letters"]:
        yield f"  {letter['kind']} {letter['number'] or '-'}, {letter['date'] or '-'}, {letter['agency'] or '-'}"
        for role in ("officers", "replaced"):
            for person in letter[role]:
                sure = person["nip_confidence"]
                number = f"{person['nip']} ({sure:.2f})" if person["nip"] else "-"
                yield f"    {role}: {person['name']}, {number}, {person['position'] or '-'}"
        signer = letter["signatory"]
        if signer:
            yield f"    signatory: {signer['name']}, {signer['nip'] or '-'}, {signer['capacity']}"
        handles = ", ".join(f"{a['platform']} {a['handle']}" for a in letter["accounts"])
        if handles:
            yield f"    accounts: {handles}"
