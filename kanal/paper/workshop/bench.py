"""The parent's side: one warm process per bench, found again after forks and deaths."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import kanal
from kanal.paper.workshop import frames, job
from kanal.paper.workshop.limits import Died, Limits, TooMuchMemory, TooMuchOutput, TooSlow
from kanal.paper.workshop.zygote import BEGUN, ENDED, KILLED_FOR_TIME, NOT_FOUND

_NEEDED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TESSDATA_PREFIX")
# Libraries read these when they are loaded. A thread of theirs is gone after a fork, and each child
# would start another, which spins.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# The first job of a bench waits until its modules are imported; OCR engines take their time.
_WARMING_SECONDS = 60.0
_LAST_WORDS_SECONDS = 5.0
_WARM = "from kanal.paper.workshop.zygote import main; main()"


def bare_environment() -> dict[str, str]:
    """What Python needs to start; the office's secrets stay with the parent."""
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    root = str(Path(kanal.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, [root, *sys.path]))
    return {**kept, **_ONE_THREAD, "PYTHONPATH": paths}


class Bench:
    """Thread safe. A forked worker gets a warm process of its own at its first job."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def run(self, name: str, data: bytes, limits: Limits, options: dict[str, Any]) -> Any:
        request = frames.encode({"data": data, "options": options}, most=1 << 40)
        try:
            return self._run(name, request, limits)
        except _NotBegun:
            return self._run(name, request, limits)

    def _run(self, name: str, request: list[bytes], limits: Limits) -> Any:
        mine, theirs = socket.socketpair()
        report, telling = os.pipe()
        try:
            with mine:
                with theirs:
                    self._ask(name, limits, [theirs.fileno(), telling])
                os.close(telling)
                telling = -1
                return _Errand(mine, report, limits).answer(request)
        finally:
            os.close(report)
            if telling >= 0:
                os.close(telling)

    def close(self) -> None:
        """Ends the warm process; the next job starts another."""
        with self._lock:
            self._let_go()

    def forget(self) -> None:
        """After a fork, in the child: that warm process is our parent's."""
        self._lock = threading.Lock()
        if self._control is not None:
            self._control.close()
        self._control = self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def _ask(self, name: str, limits: Limits, descriptors: list[int]) -> None:
        packet = json.dumps({"job": name, "limits": asdict(limits)}).encode()
        with self._lock:
            for _ in range(2):
                control = self._control or self._start()
                try:
                    socket.send_fds(control, [packet], descriptors)
                except OSError:
                    self._let_go()  # it died since the last job; another one takes its place
                else:
                    return
        raise Died("the warm process does not stay up")

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _WARM],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=bare_environment(),
                close_fds=True,
            )
        self._control = ours
        return ours

    def _let_go(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_LAST_WORDS_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


class _NotBegun(Died):
    """The warm process died before a child took the job, so it may be asked for again."""


class _Errand:
    """One job under way: the data in, the answer out, and how the child ended."""

    def __init__(self, line: socket.socket, report: int, limits: Limits) -> None:
        self.line, self.report, self.limits = line, report, limits
        # The warm process keeps the job's own clock; this one only guards against its death.
        self.deadline = time.monotonic() + limits.seconds + _WARMING_SECONDS

    def answer(self, request: list[bytes]) -> Any:
        begun = False
        try:
            begun = self._receive(1) == BEGUN
            for part in request:
                self._in_time()
                self.line.sendall(part)
            head = frames.read_exactly(self._receive, frames.HEAD_BYTES)
            if frames.total_of(head) > self.limits.output_bytes + frames.HEAD_BYTES + (1 << 16):
                raise TooMuchOutput
            body = frames.read_exactly(self._receive, frames.total_of(head))
        except (EOFError, ConnectionError):
            raise self._how_it_ended(begun) from None
        except TimeoutError:
            raise TooSlow from None
        return said(body)

    def _receive(self, size: int) -> bytes:
        self._in_time()
        return self.line.recv(size)

    def _in_time(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.settimeout(left)

    def _how_it_ended(self, begun: bool) -> Exception:
        left = max(0.0, self.deadline - time.monotonic())
        ready, _, _ = select.select([self.report], [], [], left)
        told = os.read(self.report, 1024) if ready else b""
        word, rest = told[:1], told[1:].decode("utf-8", "replace")
        if word == KILLED_FOR_TIME:
            return TooSlow()
        if word == NOT_FOUND:
            return Died(rest)
        if word == ENDED:
            return of_exit(int(rest))
        why = "the warm process went away"
        return Died(why) if begun else _NotBegun(why)


def of_exit(code: int) -> Exception:
    """What a child's end without an answer means."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return TooSlow()
    if code == -getattr(signal, "SIGKILL", 0):
        return TooMuchMemory("killed by the system")
    return Died(f"ended with {code}")


def said(body: bytes) -> Any:
    """The value of an answer; raises what the job's failure is called."""
    try:
        answer = frames.decode(body)
        state, value = answer["state"], answer["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise Died("no answer of ours") from error
    if state == job.DONE:
        return value
    if state == job.NO_MEMORY:
        raise TooMuchMemory
    if state == job.TOO_LONG:
        raise TooMuchOutput(value)
    raise Died(str(value))


_BENCHES: dict[str, Bench] = {}
_GATE = threading.Lock()


def bench(name: str) -> Bench:
    with _GATE:
        return _BENCHES.setdefault(name, Bench())


def close_all() -> None:
    for each in list(_BENCHES.values()):
        each.close()


def _after_fork() -> None:
    global _GATE
    _GATE = threading.Lock()
    for each in _BENCHES.values():
        with contextlib.suppress(OSError):
            each.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
