"""Invented people and handles, the same ones every time. Nobody here exists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kanal.lib.identity import IdentityKind

FIRST = (
    "Ratna",
    "Bagus",
    "Siti",
    "Yohanes",
    "Nur",
    "Dimas",
    "Wulan",
    "Rudi",
    "Intan",
    "Fajar",
    "Lilis",
    "Andre",
    "Maya",
    "Hendra",
    "Putu",
    "Teguh",
    "Rina",
    "Ahmad",
    "Novita",
    "Galih",
    "Dewi",
    "Agung",
    "Sri",
    "Bayu",
    "Lestari",
    "Eko",
    "Fitri",
    "Joko",
    "Kartika",
    "Made",
    "Nanda",
    "Okta",
    "Puji",
    "Rangga",
    "Sekar",
    "Tono",
    "Utami",
    "Vina",
    "Wahyu",
    "Yuni",
)
LAST = (
    "Dewanti",
    "Priyambodo",
    "Maesaroh",
    "Tarigan",
    "Lestari",
    "Arkananta",
    "Kartikasari",
    "Hermanto",
    "Permatasari",
    "Nugroho",
    "Suryani",
    "Simanjuntak",
    "Anggraeni",
    "Gunawan",
    "Larasati",
    "Santoso",
    "Marlina",
    "Fauzan",
    "Sari",
    "Ramadhan",
    "Wibowo",
    "Hidayat",
    "Siregar",
    "Pratiwi",
    "Saputra",
    "Handayani",
    "Kusuma",
    "Nasution",
    "Wijaya",
    "Mulyani",
    "Setiawan",
    "Rahayu",
    "Sitorus",
    "Hakim",
    "Puspita",
    "Firmansyah",
    "Maulana",
    "Yuliana",
    "Ginting",
    "Subekti",
)
POSTS = ("Pranata Hubungan Masyarakat", "Pengadministrasi Umum", "Analis Media", "Pengelola Data")
RANKS = ("Penata Muda (III/a)", "Pengatur (II/c)", "Penata (III/c)", "Pengatur Tk. I (II/d)")

# Whoever heads an office holds a rank that fits the post (echelons II to IV).
HEAD_RANKS = {
    "kelurahan": ("Penata (III/c)", "Penata Tk. I (III/d)"),
    "kecamatan": ("Pembina (IV/a)", "Pembina (IV/a)"),
    "biro": ("Pembina Tk. I (IV/b)", "Pembina Utama Muda (IV/c)"),
    "kota": ("Pembina Utama Madya (IV/d)", "Pembina Utama Madya (IV/d)"),
    "kabupaten": ("Pembina Utama Madya (IV/d)", "Pembina Utama Madya (IV/d)"),
}
HEAD_OF_AGENCY = ("Pembina Utama Muda (IV/c)", "Pembina Utama Muda (IV/c)")
HEAD_TITLES = ("S.Sos., M.Si.", "S.STP., M.Si.", "S.E., M.M.", "S.IP., M.A.P.", "S.H., M.H.")


@dataclass(frozen=True)
class Invented:
    name: str
    title_after: str
    kind: IdentityKind
    number: str
    reason: str
    post: str
    rank: str


class Cast:
    """Gives out people no two of whom share a name and year, or a number."""

    def __init__(self, random: Random, *, taken: Collection[str] = ()) -> None:
        self._random = random
        pairs = ((first, last) for first in FIRST for last in LAST)
        self._pairs = [pair for pair in pairs if " ".join(pair) not in taken]
        random.shuffle(self._pairs)
        self._count = 0

    def head(self, unit_class: str, name: str = "") -> Invented:
        """A civil servant with years behind them; `name` for one who signs in."""
        drawn = self._name()
        born = date(1969, 1, 1) + timedelta(days=self._random.randrange(4300))
        return Invented(
            name=name or drawn,
            title_after=self._random.choice(HEAD_TITLES),
            kind=IdentityKind.NIP,
            number=self._nip(born),
            reason="",
            post="",
            rank=self._random.choice(HEAD_RANKS.get(unit_class, HEAD_OF_AGENCY)),
        )

    def _name(self) -> str:
        first, last = self._pairs[self._count % len(self._pairs)]
        self._count += 1
        return f"{first} {last}"

    def person(self, name: str = "") -> Invented:
        drawn = self._name()
        kind = IdentityKind.NIP if name else self._kind()
        number = self._number(kind)
        return Invented(
            name=name or drawn,
            title_after=self._random.choice(["", "", "S.Sos.", "S.Kom.", "A.Md.", "S.I.Kom."]),
            kind=kind,
            number=number,
            reason="" if number else "PJLP, tanpa nomor pegawai (contoh)",
            post=self._random.choice(POSTS),
            rank=self._random.choice(RANKS) if kind == IdentityKind.NIP else "",
        )

    def _kind(self) -> IdentityKind:
        drawn = self._random.random()
        if drawn < 0.12:
            return IdentityKind.NONE
        return IdentityKind.PPPK if drawn < 0.3 else IdentityKind.NIP

    def _number(self, kind: IdentityKind) -> str:
        if kind == IdentityKind.NONE:
            return ""
        born = date(1972, 1, 1) + timedelta(days=self._random.randrange(9000))
        if kind == IdentityKind.PPPK:
            sex, year = self._random.choice("12"), self._random.randrange(2021, 2025)
            return f"{born:%Y%m%d}{year}21{sex}{self._count:03d}"
        return self._nip(born)

    def _nip(self, born: date) -> str:
        sex = self._random.choice("12")
        year = min(born.year + self._random.randrange(22, 30), 2024)
        month = self._random.randrange(1, 13)
        return f"{born:%Y%m%d}{year}{month:02d}{sex}{self._count % 1000:03d}"


# The longest invented name each network has room for, "contoh" and its joint included.
ROOM = {"x": 15, "instagram": 30, "facebook": 50, "tiktok": 24, "youtube": 30}
JOINT = {"x": "_", "youtube": ""}
SHORT = (
    ("kotaadministrasi", ""),
    ("kabupatenadministrasi", ""),
    ("kelurahan", "kel"),
    ("kecamatan", "kec"),
)


def handle(name: str, network: str) -> str | None:
    """Every invented handle says that it is one: it ends in "contoh". None where it doesn't fit."""
    folded = "".join(sign for sign in name.lower() if sign.isalnum())
    for long, short in SHORT:
        folded = folded.replace(long, short)
    if network == "x":
        folded = folded.removeprefix("kel")
    made = f"{folded}{JOINT.get(network, '.')}contoh"
    return made if len(made) <= ROOM[network] else None
