"""Dask: the same batch on a real scheduler with worker processes; one is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from expertise.batch.engines import dask
from expertise.batch.run import State
from expertise.batch.settings import BatchError, BatchSettings
from tests.batch.conftest import Scene, alive, until

ROOT = Path(__file__).parents[2]


@contextmanager
def scheduler(folder: Path, pids: list[int] | None = None) -> Iterator[str]:
    """A scheduler of its own process; its address. Its process id is put into ``pids``."""
    file = folder / "scheduler.json"
    command = ["scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)]
    with _program(command, folder) as process:
        if pids is not None:
            pids.append(process.pid)
        until(lambda: file.exists() and file.stat().st_size > 0)
        yield json.loads(file.read_text())["address"]


@contextmanager
def worker(url: str, folder: Path, *options: str) -> Iterator[int]:
    """A worker under its nanny; the process id of the nanny."""
    command = ["worker", url, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder), *options]
    with _program(command, folder) as process:
        yield process.pid


@contextmanager
def _program(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FAKE_CHILD_FOLDER": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_worker_killed_in_the_middle(scene: Scene) -> None:
    """Two worker processes; one is killed with a draft in its hands: all results are there, each written once."""
    scene.write(**{f"d{n:02}": f"ok vague:{n}" for n in range(24)}, dies="die", empty="fail", gate="gate vague:g")
    killed: list[int] = []

    def holders() -> list[str]:
        begun = scene.folder / "begun"
        lines = begun.read_text(encoding="utf-8").splitlines() if begun.exists() else []
        return [line.split()[2] for line in lines if line.startswith("gate")]

    def kill() -> None:
        """The worker whose examining process has the draft that waits. Beside the batch, not at its steps: when that
        draft is the last one, no step comes before it ends."""
        try:
            until(lambda: bool(holders()))
            killed.append(int(holders()[-1]))
            os.kill(killed[0], signal.SIGKILL)
        finally:
            (scene.folder / "gate").touch()

    schedulers: list[int] = []
    with scheduler(scene.folder, schedulers) as url, worker(url, scene.folder, "--nworkers", "2"):
        settings = BatchSettings(batch_scheduler_seconds=60)
        with dask(url, settings) as engine:
            until(lambda: engine.width() == 2)
            killer = Thread(target=kill)
            killer.start()
            state, watched = scene.run(engine=engine)
            killer.join()
            assert len(killed) == 1
            assert watched.failures == {"dies.txt": "batch.killed", "empty.txt": "reading.empty"}
            assert (state.total, state.examined, state.failed) == (27, 25, 2)
            assert {record.id for record in scene.out.records() if not record.failure} == {
                f"{name}.txt" for name in (*(f"d{n:02}" for n in range(24)), "gate")
            }  # fmt: skip
            again = Counter(scene.begun())
            assert all(again[f"d{n:02}.txt"] <= 2 for n in range(24)) and again["gate.txt"] == 2
            state, _ = scene.run(engine=engine)
            assert (state.stood, state.failed) == (26, 1)  # a killed draft is tried every time
            until(lambda: not alive(killed[0]))
        with dask(url, BatchSettings(batch_scheduler_seconds=3)) as engine:  # the scheduler dies
            scene.write(late="gate vague:l", later="gate vague:m")
            (scene.folder / "gate").unlink()

            def lose(state: State) -> None:
                if len(killed) == 1:
                    killed.append(schedulers[0])
                    os.kill(schedulers[0], signal.SIGKILL)

            with pytest.raises(BatchError, match="scheduler_lost"):
                scene.run(engine=engine, then=lose)


def test_refusals() -> None:
    with (
        pytest.raises(BatchError, match="no_scheduler"),
        dask("tcp://127.0.0.1:1", BatchSettings(batch_scheduler_seconds=1)),
    ):
        pass
    with (
        pytest.raises(BatchError, match="no_scheduler"),
        dask("nonsense://x", BatchSettings(batch_scheduler_seconds=1)),
    ):
        pass
