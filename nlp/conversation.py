"""A conversation with a child process over its pipes: messages with their length before them, up to a deadline.

Reads and writes bytes; what they mean is the business of who talks. Neither side may be able to block the other.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

LENGTH: Final = struct.Struct(">Q")
"""Length of a message, before it."""
_CHUNK = 256 * 1024


_WAIT_STEP = 0.01
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: exit code (minus the signal where one ended it) and the most memory it ever held, in bytes
    (0: not known). The system counts what its parent had held when it was started as held by it (``own_peak``)."""

    code: int
    peak_bytes: int


class LateError(Exception):
    """The deadline passed."""


class GoneError(Exception):
    """The child closed its pipe or broke the rules of the conversation."""


def opened(pipe: IO[bytes] | None) -> IO[bytes]:
    """The pipe of a process that was started with both. Raises ``GoneError`` for none."""
    if pipe is None:
        raise GoneError
    return pipe


def unblocked(process: subprocess.Popen[bytes]) -> None:
    """Make reading and writing never wait; ``exchange`` needs it."""
    for pipe in (process.stdin, process.stdout):
        os.set_blocking(opened(pipe).fileno(), False)


def exchange(process: subprocess.Popen[bytes], parts: Sequence[bytes], deadline: float, most_bytes: int) -> bytes:
    """Write all parts while reading one message, without its length; ``deadline`` by ``time.monotonic``.

    Raises ``LateError``, and ``GoneError`` also for a message of more than ``most_bytes`` or with something behind it.
    """
    pending = [memoryview(part) for part in parts if part]
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(opened(process.stdout), selectors.EVENT_READ)
        if pending:
            selector.register(opened(process.stdin), selectors.EVENT_WRITE)
        while not _complete(received, most_bytes):
            left = deadline - time.monotonic()
            if left <= 0:
                raise LateError
            for key, events in selector.select(left):
                if events & selectors.EVENT_WRITE and not _write(key.fd, pending):
                    selector.unregister(key.fileobj)
                if events & selectors.EVENT_READ:
                    received += _read(key.fd)
    return bytes(received[LENGTH.size :])


def own_peak() -> int:
    """The most memory that this process ever held, in bytes: what a process started now inherits as its peak."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT


def ended(process: subprocess.Popen[bytes], seconds: float) -> Ended | None:
    """How the process ended; None if it still lives after ``seconds``."""
    deadline = time.monotonic() + seconds
    while process.returncode is None:
        try:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
        except ChildProcessError:  # somebody else has waited for it
            return Ended(process.wait(), 0)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return Ended(process.returncode, used.ru_maxrss * _MAXRSS_UNIT)
        if time.monotonic() >= deadline:
            return None
        time.sleep(_WAIT_STEP)
    return Ended(process.returncode, 0)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all of its session, wait for it, close its pipes; safe to call again.

    Not from a thread beside the one that talks with it: a pipe that is closed wakes nobody who waits for it, and its
    number may soon be that of another file. ``signal_kill`` is for that.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            opened(pipe).close()


def signal_kill(process: subprocess.Popen[bytes]) -> None:
    """Tell the process and all of its session to end; its pipes end with it, and who reads them wakes."""
    if process.returncode is None:  # else its number may be that of another by now
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _complete(received: bytearray, most_bytes: int) -> bool:
    if len(received) < LENGTH.size:
        return False
    length: int = LENGTH.unpack_from(received)[0]
    if length > most_bytes or len(received) > LENGTH.size + length:
        raise GoneError
    return len(received) == LENGTH.size + length


def _write(descriptor: int, pending: list[memoryview]) -> bool:
    """Write what fits; False when all is written."""
    try:
        while pending:
            written = os.write(descriptor, pending[0][:_CHUNK])
            pending[0] = pending[0][written:]
            if not pending[0]:
                pending.pop(0)
    except BlockingIOError:
        return True
    except BrokenPipeError:
        raise GoneError from None
    return False


def _read(descriptor: int) -> bytes:
    try:
        chunk = os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return b""
    if not chunk:
        raise GoneError
    return chunk
