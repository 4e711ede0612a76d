import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kanal.journal import inclusion, sealing, signing, stored
from kanal.journal.verify import Check, Finding, Keys
from kanal.lib.refusal import Refused

_SHOWN = 200


class Command(BaseCommand):
    help = (
        "Recompute every hash, seal and signature of the journal and compare them with the "
        "exported heads. Exit code 0: nothing was touched; 1: something was, and it says what."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            type=Path,
            metavar="FILE",
            help="exported heads to compare with, best a copy kept on another machine "
            "(default: journal-heads.jsonl in the data folder)",
        )
        parser.add_argument(
            "--entry",
            type=int,
            metavar="ID",
            help="print the proof (JSON) that one row is inside, and check it",
        )
        parser.add_argument(
            "--public-key",
            type=Path,
            metavar="FILE",
            help="PEM file with the trusted public keys "
            "(default: journal-public.pem in the data folder)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = _keys(options["public_key"])
        if options["entry"] is not None:
            self._prove(options["entry"], keys)
        else:
            self._walk(Check(keys=keys, heads=_heads(options["heads"])))

    def _prove(self, entry_id: int, keys: Keys) -> None:
        try:
            proof = stored.prove(entry_id)
        except Refused as refusal:
            raise CommandError(" ".join([str(refusal.what), str(refusal.next_step)])) from refusal
        self.stdout.write(json.dumps(proof, indent=2, ensure_ascii=False))
        if not inclusion.holds(proof, keys):
            raise CommandError(_("Bukti ini tidak berlaku: baris atau segelnya diubah."))
        self.stderr.write(
            _("Terbukti: baris %(id)s ada di segel %(seal)s.")
            % {"id": entry_id, "seal": proof["seal"]["number"]}
        )

    def _walk(self, check: Check) -> None:
        found = 0
        try:
            for finding in check.findings():
                found += 1
                if found <= _SHOWN:
                    self._say(finding)
        except OSError as mistake:
            raise CommandError(str(mistake)) from mistake
        self.stdout.write(
            _(
                "%(sealed)s baris di %(seals)s segel diperiksa, %(exported)s dibandingkan dengan "
                "kepala yang diekspor; %(waiting)s baris menunggu disegel."
            )
            % vars(check)
        )
        if check.seals and check.heads is None:
            found += 1
            self.stdout.write(
                _("BERKAS KEPALA tidak ada: ekor yang terpotong tidak dapat ditemukan tanpanya.")
            )
        if found:
            raise CommandError(_("%(count)s temuan. Jurnal ini TIDAK utuh.") % {"count": found})
        self.stdout.write(_("Jurnal utuh."))

    def _say(self, finding: Finding) -> None:
        self.stdout.write(f"{finding.kind.upper()}  {finding.where}: {finding.what}")


def _keys(given: Path | None) -> Keys:
    path = given or signing.public_file()
    if given is None and not path.exists():
        return {}
    try:
        return signing.read_public(path)
    except (OSError, signing.KeyUnreadable) as mistake:
        raise CommandError(_("Kunci publik tidak terbaca: %(path)s") % {"path": path}) from mistake


def _heads(given: Path | None) -> Path | None:
    if given is not None and not given.is_file():
        raise CommandError(_("Berkas kepala tidak ada: %(path)s") % {"path": given})
    path = given or sealing.heads_file()
    return path if path.exists() else None
