"""kanal remove-sample: the invented people, letters and accounts go; what is real stays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kanal.directory.models import Government
from kanal.lib.dates import today
from kanal.sample.loading import first_administrator
from kanal.sample.removing import remove


class Command(BaseCommand):
    help = "Hapus semua data contoh; data sungguhan tetap."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--government", default="31", help="kode pemerintah (bawaan: 31)")

    def handle(self, *args: Any, **options: Any) -> None:
        government = Government.objects.filter(code=options["government"]).first()
        if government is None:
            raise CommandError(f"Tidak ada pemerintah dengan kode {options['government']}.")
        gone = remove(government=government, today=today(government.timezone))
        self.stdout.write(
            f"Terhapus: {gone.letters} surat, {gone.papers} naskah, {gone.mails} surel,"
            f" {gone.accounts} akun, {gone.people} orang;"
            f" {gone.users} pengguna contoh dinonaktifkan."
        )
        if gone.kept:
            self.stdout.write(f"{gone.kept} orang contoh tetap ada karena surat nyata menyebutnya.")
        if not government.users.filter(is_active=True).exists():
            first_administrator(government, self.stdout.write)
