"""One examining process as its starter sees it: asked, waited for up to a deadline, killed.

Reads: names and bytes of files. Writes: the answer of the process; ``LateError`` and ``GoneError`` say that it was
killed. A plain ``Popen`` in a session of its own: the workers of Dask may not have children of ``multiprocessing``.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from expertise.batch import wire
from expertise.batch.settings import BatchError, Setup, setup_to
from nlp.conversation import GoneError, LateError, exchange, kill, opened, signal_kill, unblocked
from nlp.errors import ClassifierError, PackError, ReadingError, SaraptamaError

_END_SECONDS = 5
_ROOT = str(Path(__file__).resolve().parents[2])
_KINDS = {kind.__name__: kind for kind in (PackError, ClassifierError, ReadingError)}


class Seat:
    """A started examining process. ``versions``: what its results depend on, as it says itself when it is ``ready``."""

    def __init__(self, setup: Setup) -> None:
        """Start the process; it can be killed from now on."""
        self.setup = setup
        self.served = 0
        self.worn = False  # ran out of memory: what is left of it is not to be trusted
        self.versions: dict[str, Any] = {}
        self._process = _start(setup)

    def ready(self) -> None:
        """Wait until the process has loaded what it needs.

        Raises ``PackError``, ``ReadingError`` … where it cannot be set up, ``BatchError`` where it does not come up;
        it has ended then.
        """
        if self.versions:
            return
        try:
            greeting, _ = self._converse(wire.encode(setup_to(self.setup)), self.setup.settings.batch_start_seconds)
        except (LateError, GoneError):
            raise BatchError("batch.not_started") from None
        if greeting["code"]:
            self.close()
            kind = _KINDS.get(str(greeting.get("kind")), SaraptamaError)
            raise kind(str(greeting["code"]), **greeting["params"])
        self.versions = {"program": greeting["program"], **greeting["versions"]}

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
            opened(self._process.stdin).close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self.close()

    def close(self) -> None:
        """End the process at once; safe to call again, but only by the thread that talks with it."""
        kill(self._process)

    def kill(self) -> None:
        """Let the process die, from any thread: whoever talks with it sees its pipe end, and closes."""
        signal_kill(self._process)

    def _converse(self, parts: list[bytes], seconds: int) -> tuple[dict[str, Any], list[bytes]]:
        try:
            return wire.decode(exchange(self._process, parts, time.monotonic() + seconds, wire.MOST_BYTES))
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
    unblocked(process)
    return process
