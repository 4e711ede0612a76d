"""The warm process: it imports what jobs need once, and forks one child for each job.

It reads requests from one socket (file descriptor 0). Each is a packet with the limits and the
job's name, and two descriptors: the socket on which the child gets its data and gives its answer,
and the pipe on which the zygote tells how the child ended. One child is always forked ahead, and goes
through `rehearse` of the last job's module, where it has one: the pages that a fork shares are its
own then, for which its job would have to wait. When the socket closes, the parent is gone: every
child is killed and the zygote leaves.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from kanal.paper.workshop import frames, job
from kanal.paper.workshop.limits import Limits

BEGUN = b"b"
ENDED, KILLED_FOR_TIME, NOT_FOUND = b"e", b"t", b"n"
PACKET_BYTES = 1 << 16
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38


@dataclass(slots=True)
class _Child:
    deadline: float
    report: int
    out_of_time: bool = False


@dataclass(slots=True)
class _Spare:
    """Forked ahead, waiting at its socket for a job: nobody waits for the fork then."""

    pid: int
    line: socket.socket


class Zygote:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.children: dict[int, _Child] = {}
        self.spare: _Spare | None = None
        self.rehearse: Callable[[], object] | None = None
        self.libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
        self.woken, self.wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        while True:
            waiting = [self.control.fileno(), self.woken]
            ready, _, _ = select.select(waiting, [], [], self._patience())
            if self.woken in ready:
                os.read(self.woken, 4096)
            self._bury()
            self._kill_the_late()
            if waiting[0] in ready and not self._take_one():
                break
            if self.spare is None:
                self.spare = self._fork_a_spare()
        for pid in [*self.children, *([self.spare.pid] if self.spare else [])]:
            _kill_group(pid)

    def _patience(self) -> float | None:
        if not self.children:
            return None
        return max(0.0, min(child.deadline for child in self.children.values()) - time.monotonic())

    def _take_one(self) -> bool:
        packet, descriptors, _, _ = socket.recv_fds(self.control, PACKET_BYTES, 2)
        if not packet or len(descriptors) != 2:
            return False
        line, report = descriptors
        request = json.loads(packet)
        try:
            self._import(request["job"])
        except (ImportError, AttributeError) as error:
            os.write(report, NOT_FOUND + str(error).encode()[:500])
            os.close(report)
        else:
            child = _Child(time.monotonic() + request["limits"]["seconds"], report)
            self.children[self._hand_over(packet, line)] = child
        os.close(line)
        return True

    def _import(self, name: str) -> None:
        """A spare from before a module was imported would have to import it anew: it goes."""
        known = len(sys.modules)
        job.named(name)
        self.rehearse = job.rehearsal_of(name) or self.rehearse
        if len(sys.modules) != known and self.spare is not None:
            self._dismiss(self.spare)

    def _hand_over(self, packet: bytes, line: int) -> int:
        """To a child, whose number is the answer."""
        for _ in range(2):
            spare = self.spare or self._fork_a_spare()
            self.spare = None
            try:
                socket.send_fds(spare.line, [packet], [line])
            except OSError:
                self._dismiss(spare)  # somebody killed it; the next one is new
            else:
                spare.line.close()
                return spare.pid
        raise RuntimeError("children do not stay alive")

    def _dismiss(self, spare: _Spare) -> None:
        self.spare = None
        spare.line.close()
        _kill_group(spare.pid)
        os.waitpid(spare.pid, 0)

    def _fork_a_spare(self) -> _Spare:
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        gc.freeze()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._be_the_child(its)
        its.close()
        return _Spare(pid, ours)

    def _be_the_child(self, orders: socket.socket) -> NoReturn:
        try:
            self._leave_home()
            if self.rehearse is not None:
                self.rehearse()
            with orders:
                packet, descriptors, _, _ = socket.recv_fds(orders, PACKET_BYTES, 1)
            if descriptors:
                _work(json.loads(packet), descriptors[0])
        finally:
            os._exit(0)

    def _leave_home(self) -> None:
        # A child lives for one job: looking for rubbish every 700 objects costs it a tenth.
        gc.set_threshold(50_000)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        if self.libc is not None:
            self.libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            self.libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        self.control.close()
        for descriptor in (
            self.woken,
            self.wake,
            *(each.report for each in self.children.values()),
        ):
            os.close(descriptor)

    def _bury(self) -> None:
        """Takes the dead, and whatever they started with them while their number is still theirs."""
        for pid, child in list(self.children.items()):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            _kill_group(pid)
            _, status = os.waitpid(pid, 0)
            word = KILLED_FOR_TIME if child.out_of_time else ENDED
            with contextlib.suppress(BrokenPipeError):  # whoever asked has stopped waiting
                os.write(child.report, word + str(os.waitstatus_to_exitcode(status)).encode())
            os.close(child.report)
            del self.children[pid]

    def _kill_the_late(self) -> None:
        now = time.monotonic()
        for pid, child in self.children.items():
            if child.deadline <= now and not child.out_of_time:
                child.out_of_time = True
                child.deadline = now + 3600
                _kill_group(pid)


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _work(order: dict[str, Any], descriptor: int) -> None:
    limits = Limits(**order["limits"])
    function = job.named(order["job"])
    with socket.socket(fileno=descriptor) as line:
        line.sendall(BEGUN)
        request = _received(line)
        job.obey(limits)
        for part in job.answer(function, request, limits.output_bytes):
            line.sendall(part)


def _received(line: socket.socket) -> Any:
    head = frames.read_exactly(line.recv, frames.HEAD_BYTES)
    return frames.decode(frames.read_exactly(line.recv, frames.total_of(head)))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the parent; we follow it
    with socket.socket(fileno=os.dup(0)) as control:
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        Zygote(control).serve()


if __name__ == "__main__":
    main()
