"""What the parser child gives up before it sees a file.

Guaranteed by the kernel wherever it is POSIX: address space, CPU time, no file may grow, no core dump, few open files,
no new processes for an ordinary user. On Linux, where unprivileged user namespaces are allowed: a network namespace
without any interface (``network == "namespace"``). Always, but only as strong as the interpreter: an audit hook that
refuses sockets, new processes and files opened for writing (``network == "hook"`` when it stands alone). Native code
that takes over the process is not stopped by the hook; reading other files of the same user is not prevented by
either. The wall clock and the kill belong to the parent (``isolation``).
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys

_NEW_USER = 0x10000000
_NEW_NET = 0x40000000
_SET_DUMPABLE = 4
_SET_NO_NEW_PRIVILEGES = 38
_OPEN_FILES = 64
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
    "pty.",
    "ctypes.",
    "ftplib.",
    "smtplib.",
    "http.",
    "urllib.",
    "webbrowser.",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "shutil.",
    "tempfile.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(memory_bytes: int) -> str:
    """Give everything up; returns how the network is shut: ``namespace`` or ``hook``."""
    network = _leave_network()
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(_refuse)
    return network


def allow_cpu(seconds: int) -> None:
    """CPU time for the next file, counted from what is used by now; the kernel ends the process above it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def _leave_network() -> str:
    if not sys.platform.startswith("linux"):
        return "hook"
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    left = libc.unshare(_NEW_USER | _NEW_NET) == 0
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    return "namespace" if left else "hook"


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event == "open":
        mode, flags = args[1], args[2]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        if writes or (isinstance(flags, int) and flags & _WRITING):
            raise PermissionError("the parser may not write files")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"the parser may not: {event}")
