"""`kanal fetch-mail`: listens at the mailboxes; with `--once` it looks and ends."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management import BaseCommand

from kanal.intake import mail_fetching, mail_watching
from kanal.post.models import Mailbox


class Command(BaseCommand):
    help = "Ambil surel dari kotak surat; berjalan terus sampai dihentikan."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="ambil sekali, lalu selesai")

    def handle(self, *, once: bool, **options: object) -> None:
        if once:
            for box in Mailbox.objects.in_use():
                taken = mail_fetching.fetch(box)
                self.stdout.write(f"{box.name}: {taken}")
            return
        stop = threading.Event()

        def ask(sign: int, frame: FrameType | None) -> None:
            stop.set()

        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, ask)
        mail_watching.watch(stop=stop)
