from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kanal.journal import sealing, signing
from kanal.lib.refusal import Refused


class Command(BaseCommand):
    help = "Seal the journal rows that wait, now. Workers do the same every few seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new-key",
            action="store_true",
            help="begin with a new signing key when the old one is lost; the break stays visible",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = sealing.seal(now=timezone.now(), new_key=options["new_key"])
        except Refused as refusal:
            parts = (refusal.what, refusal.kept, refusal.next_step)
            raise CommandError(" ".join(str(part) for part in parts)) from refusal
        except signing.KeyUnreadable as mistake:
            raise CommandError(
                _("Kunci segel tidak terbaca: %(path)s") % {"path": mistake}
            ) from mistake
        self.stdout.write(_("%(count)s baris disegel.") % {"count": count})
