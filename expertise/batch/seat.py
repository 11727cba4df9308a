"""One examining process as its starter sees it: asked, waited for up to a deadline, killed.

Reads: names and bytes of files. Writes: the answer of the process, or ``LateError`` and ``GoneError``. A plain
``Popen`` in a session of its own: the worker processes of Dask may not have children of ``multiprocessing``.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from expertise.batch import wire
from expertise.batch.settings import BatchError, Setup, setup_to
from nlp.errors import ClassifierError, PackError, ReadingError, SaraptamaError

_CHUNK = 1024 * 1024
_END_SECONDS = 5
_ROOT = str(Path(__file__).resolve().parents[2])
_KINDS = {kind.__name__: kind for kind in (PackError, ClassifierError, ReadingError)}


class LateError(Exception):
    """The deadline passed; the process is killed."""


class GoneError(Exception):
    """The process ended, or said what it may not; it is killed."""


class Seat:
    """A started examining process. ``versions``: what its results depend on, as it says itself."""

    def __init__(self, setup: Setup) -> None:
        """Raises ``PackError``, ``ReadingError`` … where the process cannot be set up, ``BatchError`` where it does
        not come up."""
        self.setup = setup
        self.served = 0
        self.worn = False  # ran out of memory: what is left of it is not to be trusted
        self._process = _start(setup)
        try:
            greeting, _ = self._converse(wire.encode(setup_to(setup)), setup.settings.batch_start_seconds)
        except (LateError, GoneError):
            raise BatchError("batch.not_started") from None
        if greeting["code"]:
            self.close()
            kind = _KINDS.get(str(greeting.get("kind")), SaraptamaError)
            raise kind(str(greeting["code"]), **greeting["params"])
        self.versions: dict[str, Any] = {"program": greeting["program"], **greeting["versions"]}

    @property
    def pid(self) -> int:
        """Process id, of a process that may have ended."""
        return self._process.pid

    def examine(self, files: Sequence[tuple[str, bytes]]) -> tuple[dict[str, Any], list[bytes]]:
        """Header and blobs of the answer (``child``). Raises ``LateError``, ``GoneError``."""
        self.served += 1
        parts = wire.encode({"names": [name for name, _ in files]}, [data for _, data in files])
        header, blobs = self._converse(parts, self.setup.settings.batch_seconds)
        self.worn = header["code"] == "batch.memory"
        return header, blobs

    def end(self) -> None:
        """Let the process end by itself, with its own children; one that does not is killed."""
        with contextlib.suppress(OSError):
            _open(self._process.stdin).close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self.close()

    def close(self) -> None:
        """End the process at once; safe to call from another thread and again."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _open(pipe).close()

    def _converse(self, parts: list[bytes], seconds: int) -> tuple[dict[str, Any], list[bytes]]:
        try:
            return wire.decode(_exchange(self._process, parts, time.monotonic() + seconds))
        except (wire.WireError, OSError, ValueError) as error:
            self.close()
            raise GoneError from error
        except BaseException:
            self.close()
            raise


def _start(setup: Setup) -> subprocess.Popen[bytes]:
    folders = [_ROOT, *setup.path, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(folders)),
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", setup.entry],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        bufsize=0,
    )
    for pipe in (process.stdin, process.stdout):
        os.set_blocking(_open(pipe).fileno(), False)
    return process


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # both pipes are asked for at the start
        raise GoneError
    return pipe


def _exchange(process: subprocess.Popen[bytes], parts: list[bytes], deadline: float) -> bytes:
    """Write all parts while reading one message; both sides may be slow."""
    pending = [memoryview(part) for part in parts if part]
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(_open(process.stdout), selectors.EVENT_READ)
        selector.register(_open(process.stdin), selectors.EVENT_WRITE)
        while not _complete(received):
            left = deadline - time.monotonic()
            if left <= 0:
                raise LateError
            for key, events in selector.select(left):
                if events & selectors.EVENT_WRITE and not _write(key.fd, pending):
                    selector.unregister(key.fileobj)
                if events & selectors.EVENT_READ:
                    received += _read(key.fd)
    return bytes(received[wire.LENGTH.size :])


def _complete(received: bytearray) -> bool:
    if len(received) < wire.LENGTH.size:
        return False
    length: int = wire.LENGTH.unpack_from(received)[0]
    if length > wire.MOST_BYTES or len(received) > wire.LENGTH.size + length:
        raise GoneError
    return len(received) == wire.LENGTH.size + length


def _write(descriptor: int, pending: list[memoryview]) -> bool:
    """Write what fits; False when all is written."""
    with contextlib.suppress(BlockingIOError):
        while pending:
            written = os.write(descriptor, pending[0][:_CHUNK])
            pending[0] = pending[0][written:]
            if not pending[0]:
                pending.pop(0)
        return False
    return True


def _read(descriptor: int) -> bytes:
    try:
        chunk = os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return b""
    if not chunk:
        raise GoneError
    return chunk
