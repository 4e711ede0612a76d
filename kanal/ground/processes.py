"""Processes of ours and of the machine: is it alive, and does it end when we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

PROC = Path("/proc")
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # what asks `kanal up` to stop
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """For Popen's preexec_fn: the kernel sends `sign` to the child when this process ends.

    Only Linux knows this; elsewhere the child lives on until somebody stops it.
    """
    parent = os.getpid()

    def tie() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:  # the parent ended between fork and prctl
            os.kill(os.getpid(), sign)

    return tie


def alive(pid: int) -> bool:
    """Whether a process runs under this number. A zombie has ended; only its parent doesn't know."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _state(pid) != "Z"


def _state(pid: int) -> str:
    try:
        stat = (PROC / str(pid) / "stat").read_text(errors="replace")
    except FileNotFoundError:
        if PROC.joinpath("self").exists():
            return "Z"  # gone since the question began
        return _ask_ps(pid, "state=")[:1]
    except ProcessLookupError:
        return "Z"
    return stat.rpartition(")")[2].split()[0]  # the name, in brackets, may hold spaces


def working_folder(pid: int) -> Path | None:
    """Where a process works; None where the system doesn't tell."""
    try:
        return Path(os.readlink(PROC / str(pid) / "cwd"))
    except OSError:
        return None


def command_of(pid: int) -> str:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return _ask_ps(pid, "command=") if not PROC.joinpath("self").exists() else ""
    return words.replace(b"\0", b" ").decode(errors="replace").strip()


def _ask_ps(pid: int, column: str) -> str:
    told = subprocess.run(
        ["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


def working_in(folder: Path) -> list[int]:
    """Every process whose working folder this is. Linux only; elsewhere an empty list."""
    numbers = [int(entry.name) for entry in PROC.glob("[0-9]*")]
    return [pid for pid in numbers if working_folder(pid) == folder and alive(pid)]


@dataclass
class Child:
    """One long-running process of `kanal up`, started again, ever more slowly, when it ends.

    It is a fork of this process, so that what is imported here is imported once for the whole
    tree, and its memory is shared. This process must have no threads and no open connections.
    """

    name: str
    task: Callable[[], object]
    patience: float = 15.0  # seconds between the polite signal and the other one
    when_orphaned: signal.Signals = signal.SIGTERM
    pid: int = 0
    ended: int | None = None  # its exit code, negative for a signal's number
    restarts: int = 0
    _started: float = field(default=0.0, init=False)
    _wait: float = field(default=0.5, init=False)
    _again_at: float = field(default=0.0, init=False)

    SLOWEST = 30.0
    SETTLED = 60.0

    def start(self) -> None:
        tie = die_with_parent(self.when_orphaned)
        sys.stdout.flush()
        sys.stderr.flush()
        # A signal that comes before the child has put our handlers away waits until it has.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        self.pid, self.ended = os.fork(), None
        if self.pid == 0:
            _live(self.name, self.task, tie)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        self._started = time.monotonic()
        self._again_at = 0.0

    def tend(self) -> str:
        """Look after it once; returns what to tell the operator, mostly nothing."""
        now = time.monotonic()
        if self._again_at:
            if now >= self._again_at:
                self.restarts += 1
                self.start()
            return ""
        if not self.pid or self._runs():
            return ""
        if now - self._started > self.SETTLED:
            self._wait = 0.5
        self._end_group()
        self._again_at = now + self._wait
        told = (
            f"Proses {self.name} berhenti (kode {self.ended}); "
            f"dijalankan lagi dalam {self._wait:g} detik."
        )
        self._wait = min(self._wait * 2, self.SLOWEST)
        return told

    def ask_to_stop(self) -> None:
        self._again_at = 0.0
        if self._runs():
            os.kill(self.pid, signal.SIGTERM)

    def wait_until_stopped(self) -> None:
        until = time.monotonic() + self.patience
        while self._runs():
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.02)
        self._end_group()

    def _runs(self) -> bool:
        if self.pid and self.ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.ended = os.waitstatus_to_exitcode(status) if pid else None
        return bool(self.pid) and self.ended is None

    def _end_group(self) -> None:
        # Its own children must not keep the port after it was killed.
        if self.pid:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return


def _live(name: str, task: Callable[[], object], tie: Callable[[], None]) -> NoReturn:
    """The child's whole life: nothing of the parent's but its memory and its three streams."""
    code = 1
    try:
        # A group of its own: Ctrl-C in the terminal reaches only the parent, which stops us in order.
        os.setsid()
        _name_process(f"kanal {name}")
        # Not the parent's locks: they would outlive it.
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        for sign in STOPS:
            if signal.getsignal(sign) is not signal.SIG_IGN:
                signal.signal(sign, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        tie()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        task()
        code = 0
    except SystemExit as told:
        code = told.code if isinstance(told.code, int) else int(told.code is not None)
    except BaseException:  # noqa: BLE001 - there is nobody above to raise it to
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _name_process(name: str) -> None:
    """As `ps -o comm` and `top` show it, at most 15 letters."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)
