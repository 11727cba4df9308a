"""The service as it is run: ``saraptama serve`` in a process of its own, its worker beside it, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.conftest import REPOSITORY

LONGEST = 120  # seconds until it answers, on a machine under load


@dataclass(frozen=True, slots=True)
class Live:
    """Where it answers, its process, and what it has said so far."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Everything on standard output and error."""
        return self.log.read_text("utf-8", errors="replace")


@contextmanager
def serving(
    database: str, data: Path, settings: Mapping[str, str] | None = None, *, worker: bool = True, nice: int = 0
) -> Iterator[Live]:
    """The service over a database that has its tables; ended in good order. ``nice``: of a further worker."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    data.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"SARAPTAMA_DATABASE": database, "SARAPTAMA_DATA": str(data),
                                "SARAPTAMA_PLAIN_HTTP": "1"} | dict(settings or {})  # fmt: skip
    command = [sys.executable, "-m", "saraptama", "serve", "--port", str(port)]
    beside = [sys.executable, "-m", "saraptama", "worker"]
    log = data / "service.log"
    with log.open("wb") as out:
        start = {"cwd": REPOSITORY, "env": environment, "stdout": out, "stderr": out, "start_new_session": True}
        processes = [subprocess.Popen([*command, *([] if worker else ["--no-worker"])], **start)]  # type: ignore[call-overload]
        if nice:
            processes.append(subprocess.Popen(["nice", "-n", str(nice), *beside], **start))  # type: ignore[call-overload]
        live = Live(f"http://127.0.0.1:{port}", processes[0], log)
        try:
            _wait(live)
            yield live
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
            for process in processes:
                _end(process)


def _wait(live: Live) -> None:
    until = time.monotonic() + LONGEST
    while True:
        try:
            httpx.get(f"{live.url}/healthz", timeout=5).raise_for_status()
        except httpx.HTTPError:
            assert live.process.poll() is None and time.monotonic() < until, live.said()[-3000:]
            time.sleep(0.1)
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
