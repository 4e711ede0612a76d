"""Where the data folder keeps its database and its socket, so that the server's account gets in."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kanal.ground import account
from kanal.ground.account import Account
from kanal.lib.refusal import Refused

SOCKET = ".s.PGSQL.5432"
LONGEST = 100  # bytes; the kernel allows 107 on Linux and 103 on macOS
ELSEWHERE = Path("/var/lib")
POINTER = "postgres-folder"  # a file in the data folder: where the database is instead
OURS = {"files", "heads", "locks", "log", "run", "secret-key", "static"} | {POINTER}
OURS |= {"postgres", "postgres.part", "postgres-programs"}


class FolderRefused(Refused):
    """The data folder can't be used."""


@dataclass(frozen=True)
class Places:
    data: Path
    base: Path  # the data folder, or a folder the server's account can reach
    account: Account
    socket_folder: Path

    @property
    def cluster(self) -> Path:
        return self.base / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "log" / "postgres.log"

    @property
    def programs(self) -> Path:
        """Where copies of the PostgreSQL programs go when the account can't read the originals."""
        return self.base / "postgres-programs"

    @property
    def moved(self) -> bool:
        return self.base != self.data


def prepare(data: Path, *, elsewhere: Path = ELSEWHERE) -> Places:
    """Make the folders, as tight as the account allows. Folders above `data` keep their modes."""
    make_data_folder(data)
    base = _pointed_to(data) or data
    server = account.choose(base / "postgres")
    if server.dropped:
        base = _reachable(data, base, server, elsewhere)
    _check_owner(base / "postgres", server)
    (data / "log").mkdir(mode=0o700, exist_ok=True)
    return Places(data, base, server, _socket_folder(base, server))


def cluster_of(data: Path) -> Path:
    """Where this data folder's database is, or would be; makes nothing."""
    return (_pointed_to(data) or data) / "postgres"


def make_data_folder(data: Path) -> None:
    """Closed to everybody else when new; one that is already there keeps its mode."""
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        data.mkdir(mode=0o700, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise FolderRefused(
            f"{data} bukan folder.",
            kept="Tidak ada yang berubah.",
            next_step="Pilih folder lain dengan --data.",
        ) from None
    except OSError as mistake:
        raise _not_writable(data, mistake.strerror) from None
    if not os.access(data, os.W_OK | os.X_OK):
        raise _not_writable(data, "tidak dapat ditulisi")


def _not_writable(data: Path, reason: str | None) -> FolderRefused:
    return FolderRefused(
        f"Folder data {data} tidak dapat dipakai: {reason}.",
        kept="Tidak ada yang berubah.",
        next_step="Pilih folder lain dengan --data, atau jalankan sebagai pemilik folder itu.",
    )


def _pointed_to(data: Path) -> Path | None:
    pointer = data / POINTER
    return Path(pointer.read_text().strip()) if pointer.exists() else None


def _check_owner(cluster: Path, server: Account) -> None:
    if cluster.exists() and cluster.stat().st_uid != server.uid:
        raise FolderRefused(
            f"Basis data di {cluster} milik pengguna lain (uid {cluster.stat().st_uid}).",
            kept="Tidak ada yang berubah.",
            next_step="Jalankan kanal sebagai pengguna yang dulu membuatnya (atau root), "
            "atau pilih folder lain dengan --data.",
        )


def _reachable(data: Path, base: Path, server: Account, elsewhere: Path) -> Path:
    """As root: a base the unprivileged account can walk into."""
    if base == data and _is_ours(data):
        _let_in(data, server)
    if server.can_enter(base):
        return base
    if (base / "postgres").exists():
        raise FolderRefused(
            f"Basis data ada di {base}, tetapi pengguna '{server.name}' tidak dapat masuk ke sana.",
            kept="Tidak ada yang berubah.",
            next_step=f"Pulihkan izin folder di atasnya, atau pindahkan {data} ke tempat yang "
            f"terbuka bagi pengguna itu, misalnya /srv.",
        )
    return _make_elsewhere(data, server, elsewhere)


def _is_ours(data: Path) -> bool:
    """Whether we may set the folder's mode: it holds nothing but what we put there."""
    return {entry.name for entry in data.iterdir()} <= OURS


def _let_in(folder: Path, server: Account) -> None:
    """Passage for the server's group, nothing to see for anybody else."""
    if not server.can_enter(folder):
        os.chown(folder, -1, server.gid)
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXGRP)


def _make_elsewhere(data: Path, server: Account, elsewhere: Path) -> Path:
    base = elsewhere / f"kanal-{_digest(data)}"
    try:
        base.mkdir(mode=0o700, exist_ok=True)
    except OSError as mistake:
        raise FolderRefused(
            f"Pengguna '{server.name}', yang menjalankan PostgreSQL, tidak dapat masuk ke {data}, "
            f"dan {base} tidak dapat dibuat: {mistake.strerror}.",
            kept="Izin folder-folder di atasnya tidak diubah.",
            next_step="Pilih folder data yang terbuka bagi pengguna itu, misalnya "
            "`--data /srv/kanal`, atau jalankan kanal sebagai pengguna biasa.",
        ) from None
    _check_private(base, os.geteuid())
    _let_in(base, server)
    (data / POINTER).write_text(f"{base}\n")
    return base


def _socket_folder(base: Path, server: Account) -> Path:
    """Beside the database when the path is short and plain, else a short folder of its own."""
    beside = base / "run"
    if _fits(beside):
        folder = beside
    else:
        folder = _short_root(server) / f"kanal-{server.uid}-{_digest(base)}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if server.dropped:
            os.chown(folder, server.uid, server.gid)
    _check_private(folder, server.uid)
    return folder


def _fits(folder: Path) -> bool:
    path = str(folder / SOCKET)
    plain = path.isascii() and not set(path) & set(",\"'\\ ")
    return plain and len(os.fsencode(path)) < LONGEST


def _short_root(server: Account) -> Path:
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    runtime = Path(given)
    if given and not server.dropped and runtime.is_dir() and _fits(runtime / ("x" * 30)):
        return runtime
    return Path("/tmp") if os.name == "posix" else Path(tempfile.gettempdir())


def _check_private(folder: Path, uid: int) -> None:
    """A folder in a shared place may have been put there by somebody else."""
    seen = folder.lstat()
    shared = seen.st_mode & (stat.S_IRWXO | stat.S_IWGRP | stat.S_IRGRP)
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != uid or shared:
        raise FolderRefused(
            f"{folder} sudah ada, tetapi bukan folder pribadi milik pengguna server (uid {uid}).",
            kept="Tidak ada yang berubah.",
            next_step="Periksa siapa yang membuatnya, hapus bila tidak dipakai, lalu coba lagi.",
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
