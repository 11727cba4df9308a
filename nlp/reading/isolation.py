"""Parsing in a killable child process: limits, a wall clock, no network; one child serves many files.

Reads: bytes of a file. Writes: ``SourceText`` or ``PagePicture``, built here from checked data (``wire``,
``page_wire``). What the child gives up, and what is not guaranteed, stands in ``confinement``. Nothing is written to
disk by either side.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from nlp.conversation import LENGTH, Ended, GoneError, LateError, ended, exchange, kill, own_peak, unblocked
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import ocr_wire, page_wire, wire
from nlp.reading.archive import too_large
from nlp.reading.ocr_tesseract import Recognition
from nlp.reading.source import SourceText

_START_SECONDS = 60
_FILES_PER_CHILD = 200
_NEARLY_ALL = 0.8
_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])


class Parser:
    """A parser child for many files; a context manager. Calls from several threads wait for each other.

    ``entry`` names the module run as the child and ``path`` further folders to import it from.
    """

    def __init__(
        self, limits: Limits | None = None, *, entry: str = "nlp.reading.child", path: tuple[str, ...] = ()
    ) -> None:
        self._limits = limits or Limits()
        self._entry = entry
        self._path = path
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._inherited = 0  # peak of memory that the child got from this process
        self.network = ""  # how the present child's network is shut: "namespace" or "hook"

    def __enter__(self) -> Parser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the present child; 0 when none runs."""
        return self._child.pid if self._child else 0

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._kill()

    def read(self, data: bytes, name: str = "") -> SourceText:
        """Read one file in the child.

        Raises ``ReadingError``: all codes of the readers, and ``reading.timeout``, ``reading.memory``,
        ``reading.crashed`` when the child had to be ended or ended itself.
        """
        answer = self._ask(data, name)
        try:
            return wire.decode_answer(answer, name, hashlib.sha256(data).hexdigest())
        except wire.WireError:
            self.close()
            raise ReadingError("reading.crashed", reason="answer") from None

    def page(self, data: bytes, number: int, name: str = "") -> page_wire.PagePicture:
        """Draw page ``number`` (from 1) of a file in the child. Raises ``ReadingError`` as ``read`` and ``paint``."""
        answer = self._ask(data, name, number)
        try:
            return page_wire.decode_page(answer, self._limits)
        except wire.WireError:
            self.close()
            raise ReadingError("reading.crashed", reason="answer") from None

    def _ask(self, data: bytes, name: str, page: int | None = None) -> bytes:
        if len(data) > self._limits.file_bytes:
            raise too_large(len(data), self._limits)
        with self._lock:
            return self._answer(data, name, page)

    def _answer(self, data: bytes, name: str, page: int | None) -> bytes:
        child = self._started()
        header = json.dumps({"name": name, "page": page, "limits": asdict(self._limits)}).encode()
        deadline = time.monotonic() + self._limits.parse_seconds
        parts = [LENGTH.pack(len(header)), header, LENGTH.pack(len(data)), data]
        recognition = Recognition(self._limits)
        try:
            answer = self._converse(child, parts, deadline)
            while ocr_wire.is_question(answer):
                if page is not None:  # nothing is recognised on a page that is only shown
                    raise wire.WireError("question")
                reply = recognition.reply(answer)
                answer = self._converse(
                    child, [LENGTH.pack(len(reply)), reply], deadline + recognition.seconds + recognition.allowance
                )
        except wire.WireError:
            self._kill()
            raise ReadingError("reading.crashed", reason="question") from None
        except LateError:
            self._kill()
            raise ReadingError("reading.timeout", seconds=self._limits.parse_seconds) from None
        except GoneError:
            raise self._post_mortem() from None
        except BaseException:
            self._kill()
            raise
        self._served += 1
        return answer

    # The child

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child and (self._child.poll() is not None or self._served >= _FILES_PER_CHILD):
            self._kill()
        if self._child is None:
            self._child = self._start()
            self._served = 0
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            "PYTHONPATH": os.pathsep.join((_PACKAGE_ROOT, *self._path)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        command = [sys.executable, "-s", "-P", "-m", self._entry, str(self._limits.parse_memory_bytes)]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
            start_new_session=True,
            bufsize=0,
        )
        self._child, self._inherited = child, own_peak()
        unblocked(child)
        try:
            greeting = json.loads(self._converse(child, [], time.monotonic() + _START_SECONDS))
            self.network = str(greeting["ready"])
        except (GoneError, LateError, ValueError, KeyError, TypeError):
            self._kill()
            raise ReadingError("reading.crashed", reason="start") from None
        return child

    def _converse(self, child: subprocess.Popen[bytes], parts: list[bytes], deadline: float) -> bytes:
        return exchange(child, parts, deadline, self._limits.parse_answer_bytes)

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        kill(child)

    def _post_mortem(self) -> ReadingError:
        """What to tell of a child that ended by itself, or that is no longer to be believed."""
        end = ended(self._child, seconds=1) if self._child else None
        self._kill()
        if end is None:  # it lives, but does not keep to the conversation
            return ReadingError("reading.crashed", reason="answer")
        if end.code == -signal.SIGXCPU:
            return ReadingError("reading.timeout", seconds=self._limits.parse_seconds)
        if end.code == -signal.SIGKILL or self._refused_memory(end):  # the system ran out of memory, or the child did
            return ReadingError("reading.memory", limit=self._limits.parse_memory_bytes // 2**20)
        reason = signal.Signals(-end.code).name if end.code < 0 else f"exit {end.code}"
        return ReadingError("reading.crashed", reason=reason)

    def _refused_memory(self, end: Ended) -> bool:
        """A native library that is refused memory aborts; it had filled nearly all that it may have by then. Where this
        process is larger than that, the peak of its child tells nothing."""
        filled = end.peak_bytes >= _NEARLY_ALL * self._limits.parse_memory_bytes
        return end.code < 0 and filled and end.peak_bytes > self._inherited
