"""How fast a batch is: ``python -m tests.batch.speed``; on two idle cores some four and a half minutes.

Writes the first drafts of the generated season (``evaluation.season``) into a folder that it deletes, examines them
with rules, detectors and classifier by two processes of this machine, then over Dask by one worker and by two, with
scheduler and client on the same cores. Prints the hours for the whole season, projected from the clock and from
processor seconds of all processes, and the ratio of Dask. Starting is told apart: every process first examines drafts
that are not counted. Linux.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from evaluation.season import SEASON, write
from expertise.batch.engines import Engine, dask, local
from expertise.batch.folder import Failure, OutFolder
from expertise.batch.listing import Draft, Listing, read_listing
from expertise.batch.run import Batch, State
from expertise.batch.settings import BatchSettings, Setup
from saraptama.weights import NONE
from tests.batch.conftest import until
from tests.batch.test_dask import scheduler, worker

WARM = 4  # drafts a process examines before anything is counted
CORES = 2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of one run: until all processes had examined something, then by the clock and of processors."""

    start: float
    clock: float
    processor: float


class _Silent:
    def __call__(self, state: State) -> None:
        pass

    def failed(self, draft: str, reason: Failure) -> None:
        raise click.ClickException(f"{draft}: {reason.code}")


@click.command()
@click.option("--drafts", default=60, show_default=True, help="For two processes of this machine.")
@click.option("--dask-drafts", default=100, show_default=True, help="For Dask; 0 leaves it out.")
@click.option("--rules-only", is_flag=True, help="Without the classifier.")
def main(drafts: int, dask_drafts: int, rules_only: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "season", max(drafts, dask_drafts) + WARM * CORES)
        setup = Setup("saraptama.batch_child", "kz", NONE if rules_only else "")
        listing = read_listing(folder / "season" / "season.csv", folder / "none", setup.settings)
        with local(CORES) as engine:
            took = _run(engine, setup, listing, drafts, folder / "local")
        _tell(f"two processes, {drafts} drafts", took)
        hours = SEASON / drafts / 3600
        click.echo(f"  {SEASON} drafts: {took.clock * hours:.2f} hours by the clock, "
                   f"{took.processor * hours / CORES:.2f} by processor seconds on {CORES} cores")  # fmt: skip
        if dask_drafts:
            one, two = (_over_dask(setup, listing, dask_drafts, folder / f"dask{n}", n) for n in (1, 2))
            for count, each in (("one worker", one), ("two workers", two)):
                _tell(f"Dask, {count}, {dask_drafts} drafts", each)
            more = (two.processor - one.processor) / dask_drafts * 1000
            click.echo(f"  two workers are {one.clock / two.clock:.2f} times as fast as one, {more:+.0f} ms a draft")


def _tell(what: str, took: Took) -> None:
    click.echo(f"{what}: {took.clock:.1f} s, {took.processor:.1f} of processors; start {took.start:.1f} s")


def _over_dask(setup: Setup, listing: Listing, drafts: int, folder: Path, workers: int) -> Took:
    folder.mkdir()
    with ExitStack() as stack:
        url = stack.enter_context(scheduler(folder))
        stack.enter_context(worker(url, folder, "--nworkers", str(workers)))
        engine = stack.enter_context(dask(url, BatchSettings(batch_scheduler_seconds=60)))
        until(lambda: engine.width() == workers)
        return _run(engine, setup, listing, drafts, folder / "out")


def _run(engine: Engine, setup: Setup, listing: Listing, drafts: int, out: Path) -> Took:
    """The last drafts of the list warm every process, the first are measured."""
    begun = time.monotonic()
    _examine(engine, setup, listing.drafts[-WARM * CORES :], out)
    start, used = time.monotonic() - begun, _processor_seconds()
    begun = time.monotonic()
    _examine(engine, setup, listing.drafts[:drafts], out)
    return Took(start, time.monotonic() - begun, _processor_seconds() - used)


def _examine(engine: Engine, setup: Setup, drafts: tuple[Draft, ...], out: Path) -> None:
    folder = OutFolder(out)
    with folder.locked():
        state = Batch(Listing(tuple(drafts), ()), folder, setup, _Silent()).run(engine)
    if state.examined != len(drafts):
        raise click.ClickException(f"{state.examined} of {len(drafts)} drafts were examined")


def _processor_seconds() -> float:
    """Of this process and of all under it, living or ended."""
    total, wanted = 0.0, {os.getpid()}
    rows = dict(_processes())
    while wanted:
        total += sum(rows[pid][1] for pid in wanted if pid in rows)
        wanted = {pid for pid, (parent, _) in rows.items() if parent in wanted}
    return total


def _processes() -> Iterator[tuple[int, tuple[int, float]]]:
    """Process id → its parent, and processor seconds of it and of its children that have ended."""
    for path in Path("/proc").iterdir():
        if not path.name.isdecimal():
            continue
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(path.name), (int(fields[1]), sum(map(int, fields[11:15])) / _TICKS)


if __name__ == "__main__":
    main()
