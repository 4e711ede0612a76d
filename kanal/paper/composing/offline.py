"""No sockets from here on: typst would fetch a package that a template names."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

# Architecture's mark in the kernel's audit words, and the numbers of socket and socketpair.
_MACHINES = {"x86_64": (0xC000003E, 41, 53), "aarch64": (0xC00000B7, 198, 199)}
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_NOT_BELOW, _RETURN = 0x20, 0x15, 0x35, 0x06
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
# On x86_64 numbers from here on are the x32 calls: other names for the same doors.
_X32 = 0x40000000
_RING_SETUP = 425


class NotOffline(OSError):
    """This system could not close the door; nothing of a stranger's may run."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def forbid_sockets() -> None:
    """For this thread and every one it starts; cannot be undone. Raises NotOffline."""
    machine = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        raise NotOffline(errno.ENOSYS, "no filter for this system")
    code = ctypes.create_string_buffer(_filter(*machine))
    program = _Program(len(code.raw) // 8, ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program)) != 0:
        raise NotOffline(ctypes.get_errno(), "the filter was refused")


def _filter(machine: int, *calls: int) -> bytes:
    """A small program over the call's number (word 0) and the machine it was made for (word 4)."""
    refused = (*calls, _RING_SETUP)
    steps = [
        (_LOAD_WORD, 0, 0, 4),
        (_JUMP_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD_WORD, 0, 0, 0),
        (_JUMP_IF_NOT_BELOW, len(refused) + 1, 0, _X32),
    ]
    for at, call in enumerate(refused):
        steps.append((_JUMP_IF_EQUAL, len(refused) - at, 0, call))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
