from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kanal.compliance import actions
from kanal.directory.models import Government
from kanal.lib.dates import today

SHOWN = 200


class Command(BaseCommand):
    help = (
        "Hitung ulang status tiap kantor dari surat, akun, dan tanda terimanya. "
        "Dengan --check tidak ada yang ditulis: perbedaan disebut satu per satu."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="hanya membandingkan; kode keluar 1 bila ada yang berbeda",
        )
        parser.add_argument("--government", metavar="KODE", help="hanya pemerintah ini")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for government in _chosen(options["government"]):
            day = today(government.timezone)
            wrong += self._rebuild(government, day, check=options["check"])
        if wrong and options["check"]:
            raise CommandError(_("%d kolom berbeda dari fakta.") % wrong, returncode=1)

    def _rebuild(self, government: Government, day: date, *, check: bool) -> int:
        done = actions.rebuild(government=government, today=day, check=check)
        for found in done.differences[:SHOWN] if check else []:
            self.stdout.write(
                f"{government.code} {found.unit} {found.column}: "
                f"{_('tercatat')} {_shown(found.row)}, {_('fakta')} {_shown(found.fact)}"
            )
        if check and len(done.differences) > SHOWN:
            self.stdout.write(_("... dan %d lagi") % (len(done.differences) - SHOWN))
        outcome = (
            _("%(units)d kantor, %(columns)d kolom berbeda")
            if check
            else _("%(units)d kantor, %(columns)d kolom dibetulkan")
        )
        counts = {"units": done.units, "columns": len(done.differences)}
        self.stdout.write(f"{government.code}: {outcome % counts}")
        return len(done.differences)


def _chosen(code: str | None) -> list[Government]:
    if code is None:
        return list(Government.objects.order_by("code"))
    found = list(Government.objects.filter(code=code))
    if not found:
        known = ", ".join(Government.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(
            _("Tidak ada pemerintah dengan kode %(code)s. Yang ada: %(known)s.")
            % {"code": code, "known": known or "-"},
            returncode=2,
        )
    return found


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ",".join(str(part) for part in value) or "-"
    return str(value) if value not in (None, "") else "-"
