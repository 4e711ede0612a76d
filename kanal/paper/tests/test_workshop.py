"""Jobs in a process of their own: every way of not answering is a name, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from kanal.paper import workshop
from kanal.paper.workshop import Limits, bench, frames, run, spawned

JOBS = "kanal.paper.tests.jobs:"
QUICK = Limits(seconds=2, cpu_seconds=1, memory=64 << 20)


def test_a_job_answers_in_plain_values() -> None:
    assert run(JOBS + "length", b"surat", options={"plus": 2}) == 7
    options = {"text": "é\udcff", "none": None, "rows": [1, 2.5, True], "raw": b"\0\xff"}
    assert run(JOBS + "echo", b"isi", options=options) == {"data": b"isi", "options": options}
    assert run(JOBS + "length", b"x" * (25 << 20)) == 25 << 20


@pytest.mark.parametrize(
    ("job", "failure"),
    [
        ("sleep", workshop.TooSlow),
        ("spin", workshop.TooSlow),
        ("eat", workshop.TooMuchMemory),
        ("crash", workshop.Died),
        ("raises", workshop.Died),
        ("leave_early", workshop.Died),
        ("object_answer", workshop.Died),
        ("nowhere", workshop.Died),
    ],
)
def test_no_answer_is_an_exception(job: str, failure: type[workshop.JobFailed]) -> None:
    with pytest.raises(failure):
        run(JOBS + job, b"", limits=QUICK)
    assert run(JOBS + "length", b"ok", limits=QUICK) == 2


def test_a_long_answer_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(workshop.TooMuchOutput):
        run(JOBS + "talk", b"", limits=Limits(output_bytes=1000))
    with pytest.raises(workshop.JobFailed):
        run(JOBS + "write_file", str(tmp_path / "jejak").encode())
    wide = Limits(file_bytes=1000)
    run(JOBS + "write_file", str(tmp_path / "boleh").encode(), limits=wide)
    assert (tmp_path / "boleh").stat().st_size == 100


def test_what_the_job_said_on_its_way_down_is_kept() -> None:
    with pytest.raises(workshop.Died, match="KeyError: 'tidak ada'"):
        run(JOBS + "raises", b"")


def test_the_offices_secrets_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANAL_SECRET_KEY", "rahasia")
    bench.bench("bare").close()
    assert "KANAL_SECRET_KEY" not in run(JOBS + "environment", b"", bench="bare")


def test_threads_share_one_warm_process() -> None:
    wrong = []

    def work(number: int) -> None:
        for _ in range(10):
            if run(JOBS + "length", b"x" * number) != number:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    parents = {run(JOBS + "whoami", b"")[1] for _ in range(3)}
    assert parents == {bench.bench("papers").pid}


def test_every_job_has_a_process_of_its_own() -> None:
    assert len({run(JOBS + "whoami", b"")[0] for _ in range(5)}) == 5


def test_every_process_has_rehearsed_before_its_job_comes() -> None:
    assert [run(JOBS + "is_rehearsed", b"") for _ in range(3)] == [True] * 3


def test_a_dead_warm_process_is_replaced() -> None:
    run(JOBS + "length", b"")
    before = bench.bench("papers").pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert run(JOBS + "length", b"abc") == 3
    assert bench.bench("papers").pid != before


def test_a_job_whose_warm_process_dies_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    note = tmp_path / "nomor"
    with pytest.raises(workshop.Died, match="went away"):
        run(
            JOBS + "orphan_itself", str(note).encode(), limits=Limits(file_bytes=20), bench="doomed"
        )
    orphan = int(note.read_text())
    patience = time.monotonic() + 10
    while _lives(orphan) and time.monotonic() < patience:
        time.sleep(0.01)
    assert not _lives(orphan)


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_forked_worker_has_a_warm_process_of_its_own() -> None:
    run(JOBS + "length", b"")
    before = bench.bench("papers").pid
    worker = os.fork()
    if worker == 0:
        fine = run(JOBS + "length", b"abc") == 3 and bench.bench("papers").pid != before
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0
    assert run(JOBS + "length", b"abc") == 3
    assert bench.bench("papers").pid == before


def test_what_a_job_started_ends_with_it() -> None:
    left = run(JOBS + "leave_a_child", b"", limits=Limits(processes=True))
    while psutil.pid_exists(left):
        time.sleep(0.01)


def test_nothing_stays_when_the_parent_is_killed() -> None:
    program = (
        "from kanal.paper.workshop import bench, run\n"
        "run('kanal.paper.tests.jobs:length', b'')\n"
        "print(bench.bench('papers').pid, flush=True)\n"
        "run('kanal.paper.tests.jobs:sleep', b'')\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env=bench.bare_environment(),
    )
    assert parent.stdout is not None
    warm = psutil.Process(int(parent.stdout.readline()))
    while len(children := warm.children()) < 2:
        time.sleep(0.01)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _, alive = psutil.wait_procs([warm, *children], timeout=10)
    assert alive == []


def test_without_fork_a_fresh_python_does_the_job() -> None:
    assert spawned.run(JOBS + "length", b"abc", Limits(), {"plus": 1}) == 4
    for job, failure in [
        ("crash", workshop.Died),
        ("eat", workshop.TooMuchMemory),
        ("spin", workshop.TooSlow),
        ("raises", workshop.Died),
    ]:
        with pytest.raises(failure):
            spawned.run(JOBS + job, b"", QUICK, {})


@pytest.mark.parametrize("body", [b"", b"\0" * 15, b"\0" * 16, b"\xff" * 40, b"[" * 99])
def test_a_child_that_was_taken_over_cannot_confuse_its_parent(body: bytes) -> None:
    with pytest.raises(workshop.Died):
        bench.said(body)


def test_nested_answers_are_refused_not_followed() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    sizes = b"[]"
    body = len(sizes).to_bytes(8, "big") + sizes + len(deep).to_bytes(8, "big") + deep
    with pytest.raises(ValueError, match="not a frame"):
        frames.decode(body)


def test_bytes_come_back_where_they_stood() -> None:
    value = {"parts": [{"data": b"satu"}, [b"", [b"dua", None]]], "cleaned": b"tiga", "n": 1.25}
    parts = frames.encode(value, most=1000)
    assert frames.decode(b"".join(parts[1:])) == value
    with pytest.raises(TypeError, match="a set is not plain"):
        frames.encode({"a": [{1}]}, most=1000)


def test_no_library_starts_threads_in_a_child() -> None:
    assert run(JOBS + "reckon", b"", bench="reckoning") == 1
