"""External programs (Tesseract, LibreOffice): killable, confined, nothing left behind.

Reads: a command, what goes to its standard input, files for its private folder. Writes: what it said and the files
asked for. The program gets a session, an environment and a temporary folder of its own; what it gives up before it runs
stands in ``launcher``. What comes back was made from a hostile file and is as hostile: readers of it belong into the
parser child (``isolation``).
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.conversation import kill, opened
from nlp.errors import ReadingError

_LAUNCHER = str(Path(__file__).with_name("launcher.py"))
_SEARCHED = ("/usr/local/bin", "/usr/bin", "/bin", "/opt/local/bin")
_CHUNK = 256 * 1024
_NOT_STARTED = 127
_GRACE = 0.05  # seconds between two looks at a program that closed its output
FOLDER = "{folder}"  # in arguments and in the environment: the private folder


@dataclass(frozen=True, slots=True)
class Program:
    """A program that may be installed.

    ``setting`` is the environment variable that names its path where it is not in the usual folders; ``packages`` are
    the Debian packages that bring it, for the message where it is absent.
    """

    name: str
    packages: str
    setting: str

    def path(self) -> str:
        """The path of the program; raises ``ReadingError`` ``reading.program_missing`` {program, packages}."""
        named = os.environ.get(self.setting)
        searched = os.pathsep.join((*os.environ.get("PATH", "").split(os.pathsep), *_SEARCHED))
        found = shutil.which(named or self.name, path=searched)
        if not found:
            raise self.missing()
        return str(Path(found).absolute())

    def missing(self) -> ReadingError:
        """What to tell where the program is absent."""
        return ReadingError("reading.program_missing", program=self.name, packages=self.packages)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may cost.

    ``seconds``: wall clock, and processor time of each process. ``memory_bytes``: address space of each process.
    ``output_bytes``: standard output and all wanted files together. ``file_bytes``: the largest file that the program
    may write, 0 for none. ``alone``: it may start no processes and no threads.
    """

    seconds: float
    memory_bytes: int
    output_bytes: int
    file_bytes: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """``status``: exit status, or minus the number of the signal that ended it. ``files``: the wanted ones it made."""

    stdout: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 0


def run_program(
    program: Program,
    arguments: Sequence[str],
    bounds: Bounds,
    *,
    stdin: bytes = b"",
    files: Mapping[str, bytes] | None = None,
    wanted: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    readable: Sequence[str] = (),
) -> ProgramOutput:
    """Run a program to its end.

    ``files`` are put into its private folder, which is its working directory, ``HOME`` and ``TMPDIR``; ``{folder}`` in
    arguments and environment stands for it. ``wanted`` names files of that folder to bring back; those the program
    did not make are left out. ``readable`` names further folders it may read. Standard error is not looked at.

    Raises ``ReadingError``: ``reading.program_missing`` {program, packages}; ``reading.timeout`` {seconds};
    ``reading.program_output`` {program, limit} when it says more than ``bounds.output_bytes``. A program that fails is
    told by ``status``; ``failed`` makes the error of it.
    """
    path = program.path()
    with tempfile.TemporaryDirectory(prefix="saraptama-", ignore_cleanup_errors=True) as folder:
        folder = str(Path(folder).resolve())
        for name, data in (files or {}).items():
            (Path(folder) / _plain(name)).write_bytes(data)
        command = [path, *(argument.replace(FOLDER, folder) for argument in arguments)]
        surroundings = {
            name: value.replace(FOLDER, folder) for name, value in {**_ENVIRONMENT, **(environment or {})}.items()
        }
        spec = _spec(bounds, folder, [*readable, _home_of(path)])
        process = _start([sys.executable, "-I", "-S", _LAUNCHER, spec, *command], surroundings, folder)
        try:
            stdout = _converse(program, process, stdin, bounds)
        finally:
            kill(process)
        if process.returncode == _NOT_STARTED:
            raise program.missing()
        return ProgramOutput(stdout, _wanted(program, folder, wanted, bounds), process.returncode)


def failed(program: Program, status: int) -> ReadingError:
    """The error of a program that ended with ``status``: ``reading.program_failed`` {program, reason}."""
    reason = f"exit {status}" if status >= 0 else _signal_name(-status)
    return ReadingError("reading.program_failed", program=program.name, reason=reason)


_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": FOLDER,
    "TMPDIR": FOLDER,
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
}


def _spec(bounds: Bounds, folder: str, readable: list[str]) -> str:
    return json.dumps(
        {
            "folder": folder,
            "readable": readable,
            "memory_bytes": bounds.memory_bytes,
            "cpu_seconds": int(bounds.seconds) + 1,
            "file_bytes": bounds.file_bytes,
            "temporary_bytes": max(bounds.file_bytes, 1024 * 1024),
            "alone": bounds.alone,
        }
    )


def _home_of(path: str) -> str:
    """Where a program outside the system's folders is installed: ``…/bin/program`` with all beside ``bin``."""
    folder = Path(path).resolve().parent
    return str(folder.parent if folder.name == "bin" and len(folder.parts) > 2 else folder)


def _plain(name: str) -> str:
    if not name or name != Path(name).name or name in (".", ".."):
        raise ValueError(repr(name))
    return name


def _start(command: list[str], environment: dict[str, str], folder: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
        bufsize=0,
    )
    for pipe in (process.stdin, process.stdout):
        os.set_blocking(opened(pipe).fileno(), False)
    return process


def _converse(program: Program, process: subprocess.Popen[bytes], stdin: bytes, bounds: Bounds) -> bytes:
    """Feed the program and listen until it closes its output and ends."""
    deadline = time.monotonic() + bounds.seconds
    pending = memoryview(stdin)
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(opened(process.stdout), selectors.EVENT_READ)
        if pending:
            selector.register(opened(process.stdin), selectors.EVENT_WRITE)
        else:
            opened(process.stdin).close()
        listening = True
        while listening:
            for key, events in selector.select(_left(deadline, bounds)):
                if events & selectors.EVENT_WRITE:
                    pending = _write(key.fd, pending)
                    if not pending:
                        selector.unregister(key.fileobj)
                        opened(process.stdin).close()
                if events & selectors.EVENT_READ:
                    chunk = _read(key.fd)
                    listening = chunk != b""
                    received += chunk or b""
                    if len(received) > bounds.output_bytes:
                        raise _too_much(program, bounds)
    while process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(min(_GRACE, _left(deadline, bounds)))
    return bytes(received)


def _left(deadline: float, bounds: Bounds) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ReadingError("reading.timeout", seconds=int(bounds.seconds))
    return left


def _write(descriptor: int, pending: memoryview) -> memoryview:
    """Write what fits; a program that reads no further is let be."""
    try:
        return pending[os.write(descriptor, pending[:_CHUNK]) :]
    except BlockingIOError:
        return pending
    except BrokenPipeError:
        return memoryview(b"")


def _read(descriptor: int) -> bytes | None:
    """What is there to read, ``b""`` at the end, None when there is nothing yet."""
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        return None


def _wanted(program: Program, folder: str, names: Sequence[str], bounds: Bounds) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in names:
        data = _taken(program, folder, name, bounds)
        if data is not None:
            found[name] = data
    if sum(map(len, found.values())) > bounds.output_bytes:
        raise _too_much(program, bounds)
    return found


def _taken(program: Program, folder: str, name: str, bounds: Bounds) -> bytes | None:
    """A file that the program made: a regular one, of bounded size, and no link to somewhere else."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(Path(folder) / _plain(name), flags)
    except OSError:
        return None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as stream:
        if status.st_size > bounds.output_bytes:
            raise _too_much(program, bounds)
        return stream.read(bounds.output_bytes + 1)


def _too_much(program: Program, bounds: Bounds) -> ReadingError:
    return ReadingError("reading.program_output", program=program.name, limit=bounds.output_bytes // 2**20)


def _signal_name(number: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(number).name
    return f"signal {number}"
