"""Invented people, numbers and units for sample letters; the same every time they are asked for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

GIVEN = [
    "Slamet",
    "Sutrisno",
    "Togar",
    "Puspita",
    "Teguh",
    "Anisa",
    "Hesti",
    "Ayu",
    "Umi",
    "Made",
    "Maya",
    "Mega",
    "Oki",
    "Andi",
    "Laras",
    "Budi",
    "Dimas",
    "Tri",
    "Irwan",
    "Endang",
    "Maria",
    "Lukman",
    "Retno",
    "Zahra",
    "Vina",
    "Murni",
    "Ujang",
    "Nadia",
    "Eka",
    "Rizki",
    "Imam",
    "Sigit",
    "Bambang",
    "Fajar",
    "Yanti",
    "Fitri",
    "Hendra",
    "Yohanes",
    "Asep",
    "Rini",
    "Ketut",
    "Galih",
    "Siti",
    "Dewi",
    "Yusuf",
    "Dedi",
    "Lestari",
]
FAMILY = [
    "Simanjuntak",
    "Maulana",
    "Siregar",
    "Utami",
    "Handayani",
    "Oktaviani",
    "Suryadi",
    "Mulyadi",
    "Basuki",
    "Sulistyo",
    "Rahayu",
    "Adi",
    "Susanti",
    "Aditya",
    "Kusuma",
    "Puspitasari",
    "Hapsari",
    "Wijaya",
    "Nurhayati",
    "Pratama",
    "Yulianto",
    "Rahman",
    "Prabowo",
    "Zulkarnain",
    "Subagyo",
    "Gunawan",
    "Permana",
    "Darmawan",
    "Sudarsono",
    "Febrianto",
    "Wicaksono",
    "Nugroho",
    "Situmorang",
]
DEGREES = ("", "", "S.E.", "S.H.", "S.Kom.", "S.I.Kom.", "A.Md.", "S.Sos., M.Si.", "S.STP", "ST")
POSITIONS = (
    "Pranata Hubungan Masyarakat", "Arsiparis Terampil", "Pengelola Data", "Pengadministrasi Umum",
    "Kepala Subbagian Umum", "Pranata Komputer Ahli Pertama", "Penyusun Bahan Publikasi",
    "Staf Subbagian Umum dan Kepegawaian", "Analis Media Sosial", "Kepala Seksi Informasi",
)  # fmt: skip
RANKS = (
    "Penata Muda (III/a)", "Pengatur (II/c)", "Penata (III/c)", "Pengatur Tk. I (II/d)",
    "Penata Muda Tk. I (III/b)", "Penata Tk. I (III/d)",
)  # fmt: skip
HEADS = (
    (("DINAS PERHUBUNGAN",), "Dinas Perhubungan", "Kepala Dinas Perhubungan"),
    (("KOTA ADMINISTRASI JAKARTA SELATAN", "KECAMATAN TEBET"), "Kecamatan Tebet", "Camat Tebet"),
    (("KOTA ADMINISTRASI JAKARTA UTARA", "KECAMATAN PADEMANGAN", "KELURAHAN ANCOL"),
     "Kelurahan Ancol", "Lurah Ancol"),
    (("SEKRETARIAT DAERAH", "BIRO TATA PEMERINTAHAN"), "Biro Tata Pemerintahan",
     "Kepala Biro Tata Pemerintahan"),
    (("BADAN KEPEGAWAIAN DAERAH",), "Badan Kepegawaian Daerah", "Kepala Badan Kepegawaian Daerah"),
    (("DINAS KESEHATAN", "RUMAH SAKIT UMUM DAERAH TARAKAN"), "RSUD Tarakan",
     "Direktur RSUD Tarakan"),
    (("DINAS PENANGGULANGAN KEBAKARAN", "DAN PENYELAMATAN"),
     "Dinas Penanggulangan Kebakaran dan Penyelamatan",
     "Kepala Dinas Penanggulangan Kebakaran dan Penyelamatan"),
    (("SUKU DINAS SOSIAL", "KOTA ADMINISTRASI JAKARTA TIMUR"),
     "Suku Dinas Sosial Kota Administrasi Jakarta Timur", "Kepala Suku Dinas Sosial"),
    (("INSPEKTORAT",), "Inspektorat", "Inspektur"),
    (("SATUAN POLISI PAMONG PRAJA",), "Satuan Polisi Pamong Praja",
     "Kepala Satuan Polisi Pamong Praja"),
)  # fmt: skip


class Invent:
    """Draws from the lists above with a seed: letter number 7 is always the same letter."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.serial = 0

    def name(self, degrees: str | None = None) -> str:
        words = [self.dice.choice(GIVEN), *self.dice.sample(FAMILY, self.dice.choice((1, 1, 2)))]
        degree = self.dice.choice(DEGREES) if degrees is None else degrees
        return " ".join(words) + (f", {degree}" if degree else "")

    def nip(self, *, pppk: bool = False) -> str:
        self.serial += 1
        born = self.dice.randint(1965, 1996)
        since = born + self.dice.randint(20, 24)
        tail = "21" if pppk else f"{self.dice.randint(1, 12):02d}"
        day = f"{self.dice.randint(1, 12):02d}{self.dice.randint(1, 28):02d}"
        return f"{born}{day}{since}{tail}{self.dice.choice('12')}{self.serial:03d}"

    def officer(self, **given: Any) -> dict[str, Any]:
        person = {
            "name": self.name(),
            "nip": self.nip(pppk=given.get("status") == "PPPK"),
            "position": self.dice.choice(POSITIONS),
            "rank": self.dice.choice(RANKS),
            "status": "PNS",
        }
        return person | given

    def unnumbered(self) -> dict[str, Any]:
        return self.officer(
            name=self.name(""), nip=None, rank=None, status="PJLP", position="PJLP Administrasi"
        )

    def head(self, which: int) -> Mapping[str, Any]:
        lines, agency, position = HEADS[which % len(HEADS)]
        return {"lines": lines, "agency": agency, "position": position}

    def signatory(self, position: str, capacity: str = "definitif") -> dict[str, Any]:
        return {
            "name": self.name("M.Si"), "nip": self.nip(), "position": position, "capacity": capacity,
        }  # fmt: skip


def grouped(nip: str) -> str:
    """As offices print it: `19640211 198403 1 002`."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
