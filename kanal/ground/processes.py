"""Processes of ours and of the machine: is it alive, and does it end when we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
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
    """One long-running process of `kanal up`, started again, ever more slowly, when it ends."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    patience: float = 15.0  # seconds between the polite signal and the other one
    when_orphaned: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    _started: float = field(default=0.0, init=False)
    _wait: float = field(default=0.5, init=False)
    _again_at: float = field(default=0.0, init=False)

    SLOWEST = 30.0
    SETTLED = 60.0

    def start(self) -> None:
        # A group of its own: Ctrl-C in the terminal reaches only us, and we stop them in order.
        self.process = subprocess.Popen(
            list(self.command),
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(self.when_orphaned),  # noqa: PLW1509 - no threads yet
        )
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
        if self.process is None or self.process.poll() is None:
            return ""
        if now - self._started > self.SETTLED:
            self._wait = 0.5
        self._end_group()
        self._again_at = now + self._wait
        told = (
            f"Proses {self.name} berhenti (kode {self.process.returncode}); "
            f"dijalankan lagi dalam {self._wait:g} detik."
        )
        self._wait = min(self._wait * 2, self.SLOWEST)
        return told

    def ask_to_stop(self) -> None:
        self._again_at = 0.0
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until_stopped(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_group()

    def _end_group(self) -> None:
        # Its own children must not keep the port after it was killed.
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return
