"""kanal load-units FILE: loads a whole list of units, twice without harm."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from kanal.directory.loading import (
    JAKARTA_CODE,
    load_successions,
    load_units,
    read_rows,
    the_government,
)
from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM
from kanal.lib.dates import DayMistake, parse_day
from kanal.lib.refusal import Refused


class Command(BaseCommand):
    help = (
        "Muat daftar kantor (CSV UTF-8) seutuhnya: yang baru dibuka, yang berganti nama dicatat "
        "dengan tanggalnya, yang tidak disebut lagi ditutup. Memuat ulang tidak mengubah apa pun."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--government",
            default=JAKARTA_CODE,
            metavar="KODE",
            help=f"kode pemerintah (bawaan: {JAKARTA_CODE})",
        )
        parser.add_argument(
            "--name", metavar="NAMA", help="nama pemerintah itu, bila belum ada di Kanal"
        )
        parser.add_argument(
            "--as-of",
            metavar="TANGGAL",
            help="daftar ini berlaku per tanggal berapa; tanpa ini: daftar yang pertama",
        )
        parser.add_argument(
            "--successions", type=Path, metavar="FILE", help="daftar siapa meneruskan siapa"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._load(options)
        except Refused as refused:
            raise CommandError(
                f"{refused.what} {refused.kept} {refused.next_step}".strip(), returncode=1
            ) from refused

    def _load(self, options: dict[str, Any]) -> None:
        as_of = _day(options["as_of"])
        rows = read_rows(options["file"])
        code, name = options["government"], options["name"]
        if name:
            Government.objects.get_or_create(
                code=code, defaults={"name": name, "short_name": name[:80]}
            )
        government = the_government(code)
        done = load_units(rows, government=government, as_of=as_of, by=SYSTEM)
        self.stdout.write(
            _("%(created)d dibuka, %(changed)d berubah, %(closed)d ditutup, %(unchanged)d tetap")
            % vars(done)
        )
        if options["successions"]:
            made = load_successions(
                read_rows(options["successions"]), government=government, by=SYSTEM
            )
            self.stdout.write(_("%d tautan penerus dicatat") % made)


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text) if text else None
    except DayMistake as mistake:
        raise CommandError(
            f"--as-of: {mistake.what} {mistake.next_step}", returncode=2
        ) from mistake
