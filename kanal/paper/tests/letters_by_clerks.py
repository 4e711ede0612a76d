"""Letters in the words of many clerks, with what each does: read from `papers/clerks`.

One file for each author. A letter stands under a line with its verdict, `+NIP` for who comes and
`-NIP` for who goes. Most are bodies, under `JUDUL:` or `HAL:`; letterhead, number, day and
signature are put around them here. Lines with two tabs or more are the rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CLERKS = Path(__file__).parent / "papers" / "clerks"
_HEADS = (
    ("PEMERINTAH KABUPATEN SUKAMAJU", "DINAS PERHUBUNGAN", "Kepala Dinas Perhubungan"),
    (
        "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
        "KECAMATAN TEBET",
        "Camat Tebet",
    ),
    ("PEMERINTAH KOTA MAGELANG", "KELURAHAN KEMIREJO", "Lurah Kemirejo"),
    ("PEMERINTAH PROVINSI RIAU", "BADAN KEPEGAWAIAN DAERAH", "Kepala Badan Kepegawaian Daerah"),
)
_SIGNER = ("", "", "", "Dra. Hartini Wulandari, M.Si.", "NIP 197004041995032003")


@dataclass(frozen=True)
class Example:
    """`people`: NIPs, each with the sign of its side. `name`: the author and what is told apart.

    `file`: the letter's bytes and name, where it is more than a text.
    """

    author: str
    name: str
    verdict: str
    people: frozenset[str]
    text: str = ""
    file: tuple[bytes, str] | None = None


def examples_in(path: Path) -> Iterator[Example]:
    parts = re.split(r"(?m)^#### ", path.read_text(encoding="utf-8"))[1:]
    for at, part in enumerate(parts):
        head, _, text = part.partition("\n")
        said, _, name = head.partition("|")
        verdict, *people = said.split()
        text = text.strip("\n")
        whole = text if not text.startswith(("JUDUL:", "HAL:")) else _around(text, at)
        told = f"{path.stem}: {name.partition('|')[0].strip()}"
        yield Example(path.stem, told, verdict, frozenset(people), whole)


def _around(text: str, at: int) -> str:
    """A letter as offices send it, about a body."""
    government, office, head = _HEADS[at % len(_HEADS)]
    lines = text.split("\n")
    titles: list[str] = []
    subject = None
    while lines and lines[0].startswith(("JUDUL:", "HAL:")):
        label, _, value = lines.pop(0).partition(":")
        if label == "HAL":
            subject = value.strip()
        else:
            titles.append(value.strip())
    body = "\n".join(lines).strip("\n")
    top = [government, office, "Jalan Merdeka Nomor 1", ""]
    if titles:
        said = [f"Hal\t: {subject}", ""] if subject else []
        signed = ["Ditetapkan di Sukamaju", "pada tanggal 12 Agustus 2026", f"{head},", *_SIGNER]
        return "\n".join([*top, *titles, "NOMOR 45/HM.03/2024", "", *said, body, "", *signed])
    labels = ["Sukamaju, 12 Agustus 2026", "Nomor\t: 45/HM.03/2024", "Sifat\t: Biasa"]
    labels += ["Lampiran\t: -", f"Hal\t: {subject or 'Pemberitahuan'}", ""]
    labels += ["Yth. Kepala Dinas Komunikasi dan Informatika", "di Tempat", ""]
    return "\n".join([*top, *labels, body, "", f"{head},", *_SIGNER])
