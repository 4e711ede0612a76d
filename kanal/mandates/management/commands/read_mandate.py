"""kanal read-mandate FILE: reads an instruction, shows what was read, keeps it for confirmation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kanal.directory.models import Government
from kanal.journal.actions import SYSTEM
from kanal.mandates.actions import take_in
from kanal.mandates.models import Mandate
from kanal.paper.mandate import PaperUnreadable, text_of

LIMIT = 25 * 1024 * 1024


class Command(BaseCommand):
    help = "Baca sebuah instruksi (PDF, teks) dan simpan untuk dikonfirmasi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--government", default="31", help="kode pemerintah (bawaan: 31)")

    def handle(self, *args: Any, **options: Any) -> None:
        government = Government.objects.filter(code=options["government"]).first()
        if government is None:
            raise CommandError(
                f"Tidak ada pemerintah dengan kode {options['government']}."
                " Muat dulu kantornya: kanal load-units FILE."
            )
        mandate = take_in(government=government, text=self._text(options["file"]), by=SYSTEM)
        self._tell(mandate)

    def _text(self, file: Path) -> str:
        try:
            if file.stat().st_size > LIMIT:
                raise CommandError(f"{file}: lebih dari 25 MB, bukan sebuah instruksi.")
            data = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}.") from problem
        kind = "application/pdf" if data.startswith(b"%PDF") else "text/plain"
        try:
            return text_of(data, kind)
        except PaperUnreadable as problem:
            raise CommandError(f"{problem.what} {problem.next_step}") from problem

    def _tell(self, mandate: Mandate) -> None:
        lines = [
            ("Dasar hukum", mandate.name),
            ("Tentang", mandate.title),
            ("Ditetapkan", f"{mandate.signed_at} {mandate.signed_on or ''}".strip()),
            ("Kepada", f"{mandate.addressees.count()} jenis kantor"),
            ("Diktum", ", ".join(mandate.dicta.values_list("label", flat=True))),
            ("Batas tertulis", str(mandate.written_deadline or "")),
            ("Alamat", mandate.address),
            ("Penandatangan", f"{mandate.signer_name} {mandate.signer_nip}".strip()),
        ]
        for label, value in lines:
            self.stdout.write(f"{label:15} {value or '(tidak terbaca)'}")
        if mandate.deadline_precedes_signing:
            self.stdout.write("Perhatian: batas tertulis mendahului tanggal penetapan.")
        state = (
            "sudah dikonfirmasi" if mandate.confirmed_at else "menunggu konfirmasi di /dasar-hukum/"
        )
        self.stdout.write(f"Tersimpan, {state}.")
