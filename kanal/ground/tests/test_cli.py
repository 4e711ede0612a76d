"""The command line speaks in single lines, and its exit codes tell what happened."""

import subprocess
import sys
from pathlib import Path

import pytest

from kanal.ground import cli
from kanal.ground.tests.stage import environment


def kanal(*words: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kanal", *map(str, words)],
        env=environment(**more),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_without_a_command_it_lists_them_all(words: tuple[str, ...], place: Path) -> None:
    told = kanal(*words, cwd=place)
    assert told.returncode == 0
    for name in ("up", "work", "doctor", *cli.SHOWN):
        assert f"  {name} " in told.stdout


@pytest.mark.parametrize("name", [*cli.SHOWN, "migrate"])
def test_every_command_explains_itself_and_leaves_nothing_behind(name: str, place: Path) -> None:
    told = kanal(name, "--help", cwd=place)
    assert told.returncode == 0, told.stderr
    assert f"usage: kanal {name}" in told.stdout
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "more", "code", "said"),
    [
        (["terbang"], {}, 2, "Perintah tidak dikenal: terbang"),
        (["up", "--port", "70000"], {}, 2, "antara 1 dan 65535"),
        (["migrate", "--tanpa-arti"], {}, 2, "unrecognized arguments"),
        (["migrate", "tidakada"], {}, 1, "tidakada"),
        (
            ["migrate"],
            {"DATABASE_URL": "postgresql://nobody@/none?host=/nonexistent"},
            1,
            "Basis data tidak dapat dihubungi",
        ),
        (
            ["work"],
            {"DATABASE_URL": "postgresql://nobody@/none?host=/nonexistent"},
            1,
            "Basis data tidak dapat dihubungi",
        ),
        (["check"], {"KANAL_DEBUG": "mungkin"}, 2, "KANAL_DEBUG='mungkin'"),
        (["migrate"], {"KANAL_DATA": "/dev/null/kanal"}, 1, "bukan folder"),
        (["migrate"], {"KANAL_PG_BIN": "/nonexistent"}, 1, "apt install postgresql"),
    ],
)
def test_what_goes_wrong_is_said_without_a_stack_trace(
    words: list[str], more: dict[str, str], code: int, said: str, place: Path
) -> None:
    told = kanal(*words, cwd=place, **more)
    assert told.returncode == code, told.stderr
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_doctor_counts_what_is_missing(place: Path) -> None:
    fine = kanal("doctor", cwd=place)
    assert fine.returncode == 0, fine.stdout
    assert "belum dibuat" in fine.stdout
    lacking = kanal("doctor", cwd=place, KANAL_PG_BIN=str(place))
    assert lacking.returncode == 1
    assert "KURANG  Program PostgreSQL" in lacking.stdout
    assert "apt install postgresql" in lacking.stdout
    assert list(place.iterdir()) == []  # looking changes nothing


def test_doctor_looks_into_an_existing_database(place: Path) -> None:
    kanal("migrate", "contenttypes", cwd=place)
    told = kanal("doctor", cwd=place)
    assert told.returncode == 0
    assert "ada     Ekstensi" in told.stdout
    assert "migrasi belum dijalankan" in told.stdout
