"""The open list: what a citizen may know of every account, as CSV, row after row."""

import csv
from collections.abc import Iterator
from typing import Any

from kanal.register.models import Account, AccountState

COLUMNS = [
    "jaringan",
    "nama_akun",
    "tautan",
    "status",
    "kantor",
    "kode_kantor",
    "jenis_kantor",
    "pemerintah",
    "terdaftar_sejak",
    "diperiksa_pada",
    "berakhir_pada",
    "data_contoh",
]
# The words of the file are fixed: programs read them.
STATUS = {
    AccountState.VERIFIED: "terverifikasi",
    AccountState.DECLARED: "dinyatakan",
    AccountState.PARKED: "diparkir",
    AccountState.LOST: "hilang kendali",
    AccountState.CLOSED: "ditutup",
}


class Echo:
    """A file that hands every written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lines() -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    shown = Account.objects.for_the_public()
    rows = shown.order_by("unit__code", "network", "pk").values_list(
        "network",
        "handle",
        "url",
        "state",
        "unit__name",
        "unit__code",
        "unit__unit_class",
        "government__name",
        "declared_on",
        "verified_on",
        "ended_on",
        "is_sample",
    )
    for row in rows.iterator(chunk_size=2000):
        yield writer.writerow([safe(cell) for cell in _told(row)])


def _told(row: tuple[Any, ...]) -> list[Any]:
    cells = list(row)
    cells[3] = STATUS[AccountState(cells[3])]
    cells[-1] = "ya" if cells[-1] else ""
    return cells


def safe(cell: Any) -> str:
    """A cell a spreadsheet cannot take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
