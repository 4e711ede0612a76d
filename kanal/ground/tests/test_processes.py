"""A child of `kanal up`: what it inherits, how it ends, when it comes again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kanal.ground.processes import Child


@pytest.fixture
def started() -> Iterator[Callable[[Child], Child]]:
    children: list[Child] = []

    def start(child: Child) -> Child:
        child.start()
        children.append(child)
        return child

    yield start
    for child in children:
        child.patience = 0.0
        child.ask_to_stop()
        child.wait_until_stopped()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def tell_files(told: Path) -> None:
    names = sorted(os.listdir("/proc/self/fd"), key=int)
    told.write_text(" ".join(names) + " " + os.readlink("/proc/self/fd/0"))


def ignore_the_polite_signal(told: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    told.touch()
    time.sleep(60)


def test_it_has_no_file_of_its_parents_but_the_streams(
    tmp_path: Path, started: Callable[[Child], Child]
) -> None:
    told = tmp_path / "told"
    with (tmp_path / "lock").open("w"):
        child = started(Child("coba", partial(tell_files, told)))
        until(told.exists)
        until(lambda: told.read_text())
    *numbers, stdin = told.read_text().split()
    assert numbers[:3] == ["0", "1", "2"]
    assert len(numbers) <= 4  # the fourth is the look at the list itself
    assert stdin == "/dev/null"
    until(lambda: child.tend())
    assert child.ended == 0


def test_what_ends_by_itself_comes_again_ever_more_slowly(
    started: Callable[[Child], Child],
) -> None:
    child = started(Child("coba", partial(os._exit, 3)))
    sentences: list[str] = []
    until(lambda: sentences.append(child.tend()) or len([s for s in sentences if s]) == 2)
    first, second = [sentence for sentence in sentences if sentence]
    assert first == "Proses coba berhenti (kode 3); dijalankan lagi dalam 0.5 detik."
    assert second == "Proses coba berhenti (kode 3); dijalankan lagi dalam 1 detik."
    assert child.restarts == 1


def test_a_mistake_ends_only_the_child(started: Callable[[Child], Child]) -> None:
    def mistake() -> None:
        raise RuntimeError("begini")

    child = started(Child("coba", mistake))
    until(lambda: child.tend())
    assert child.ended == 1


def test_whoever_does_not_listen_is_ended_when_patience_is(
    tmp_path: Path, started: Callable[[Child], Child]
) -> None:
    told = tmp_path / "told"
    child = Child("coba", partial(ignore_the_polite_signal, told), patience=0.3)
    started(child)
    until(told.exists)
    began = time.monotonic()
    child.ask_to_stop()
    child.wait_until_stopped()
    assert child.ended == -signal.SIGKILL
    assert 0.3 <= time.monotonic() - began < 5
