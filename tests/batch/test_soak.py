"""Batches with the real examining process: hostile files, processes killed at random, Dask beside this machine."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import distributed
import pytest

from evaluation.season import Planned, paragraphs
from expertise.batch import work
from expertise.batch.engines import dask
from expertise.batch.folder import OutFolder
from expertise.batch.run import State
from expertise.batch.settings import BatchSettings
from expertise.batch.tables import write_tables
from tests.batch.conftest import Scene, until
from tests.batch.test_dask import scheduler, worker
from tests.hostile.case import READ
from tests.hostile.corpus import QUICK
from tests.seeds import SEED, chance

pytestmark = pytest.mark.slow
DRAFTS = 16


@pytest.fixture
def real(scene: Scene) -> Scene:
    """With the process of the product."""
    scene.setup = replace(scene.setup, entry="saraptama.batch_child", path=())
    return scene


def _drafts(real: Scene) -> None:
    for number in range(DRAFTS):
        planned = Planned(number, number % 2 == 0, ("ru", "kk")[number // 2 % 2], 2)
        (real.drafts / f"{number}.txt").write_text("\n\n".join(paragraphs(planned)), "utf-8")


def _contents(out: OutFolder) -> dict[str, bytes]:
    files = [path for path in out.path.rglob("*.*") if path.is_file()]
    return {path.relative_to(out.path).as_posix(): path.read_bytes() for path in files}


def test_killed_at_random_here_and_on_dask_the_results_are_the_same_bytes(real: Scene, tmp_path: Path) -> None:
    _drafts(real)
    random = chance("batch")

    def kill(state: State) -> None:
        """One of the processes at work, after every fourth draft. One that cannot even load ends the batch."""
        pids = work.process_ids(loaded=True)
        if state.examined % 4 == 2 and pids:
            os.kill(random.choice(pids), signal.SIGKILL)

    real.setup = replace(real.setup, settings=replace(real.setup.settings, batch_tries=5))
    state, watched = real.run(then=kill)
    assert (state.examined, watched.failures) == (DRAFTS, {})
    ids = [record.id for record in real.out.records()]
    write_tables(real.out, ids)
    here = _contents(real.out)

    real.out = OutFolder(tmp_path / "dask")
    killed: list[int] = []

    def kill_worker(state: State) -> None:
        """One of the two, in the midst of its work."""
        if state.examined == DRAFTS // 3 and not killed:
            with distributed.Client(url, set_as_default=False) as client:
                killed.append(random.choice(list(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    settings = BatchSettings(batch_scheduler_seconds=120)
    with (
        scheduler(tmp_path) as url,
        worker(url, tmp_path, "--nworkers", "2"),
        dask(url, settings) as engine,
    ):
        until(lambda: engine.width() == 2)
        state, watched = real.run(engine=engine, then=kill_worker)
    assert killed and (state.examined, watched.failures) == (DRAFTS, {})
    write_tables(real.out, ids)
    assert _contents(real.out) == here


def test_hostile_files_stop_nothing(real: Scene) -> None:
    cases = {case.name: case for case in QUICK if case.seconds == 0}
    for case in cases.values():
        (real.drafts / case.name.replace("/", "_")).write_bytes(case.bytes(int(SEED or 1)))
    (real.drafts / "zz-good.txt").write_text("\n\n".join(paragraphs(Planned(1, True, "ru", 2))), "utf-8")
    state, watched = real.run()
    assert state.seen == state.total
    assert "zz-good.txt" not in watched.failures
    for name, code in watched.failures.items():
        read = READ in cases[name].outcomes
        assert code in cases[name].outcomes or (read and code.startswith(("examine.", "dossier."))), (name, code)
